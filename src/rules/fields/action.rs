//! What is done, to whom, how often and how openly.

use super::FieldKind::{Cue, Flag, Number, Text as Words};
use super::{Datum, Field, Reading, act, field, flag, spellings};
use crate::model::{Action, AudienceKind, Consent, ListSource, Stated, Verb, Visibility, parse_duration};

pub(super) const FIELDS: &[Field] = &[
    field!("action", spellings!(Verb), Action, "the act; a place to point at", |view, out| {
        act(view, out, |action, out| out.push(Datum::Word(action.verb.name()), action.site));
    }),
    field!("action.verb", spellings!(Verb), Action, "what is done", |view, out| {
        act(view, out, |action, out| out.push(Datum::Word(action.verb.name()), action.site));
    }),
    field!("action.audience", spellings!(AudienceKind), Action, "who is reached", |view, out| {
        act(view, out, |action, out| {
            out.push(Datum::Word(action.audience.kind.name()), action.audience.site)
        });
    }),
    field!("action.audience-of", Words, Action, "of whom, which list, which search", |view, out| {
        act(view, out, |action, out| out.texts(&action.audience.of));
    }),
    field!(
        "action.audience-of-cues",
        Cue,
        Action,
        "cue families that the names of the search show",
        |view, out| {
            act(view, out, |action, out| out.texts(&action.audience.of));
        }
    ),
    field!(
        "action.self-referential",
        Flag,
        Action,
        "whether the audience grows with our own followers",
        |view, out| {
            act(view, out, |action, out| {
                out.push(Datum::Flag(action.audience.is_self_referential()), action.audience.site);
            });
        }
    ),
    field!("action.finite", Flag, Action, "whether the audience runs out of people", |view, out| {
        act(view, out, |action, out| {
            out.push(Datum::Flag(action.audience.is_finite()), action.audience.site)
        });
    }),
    field!("action.size", Number, Action, "how many people the audience holds", |view, out| {
        act(view, out, |action, out| out.stated(&action.audience.size, |size| Datum::Number(*size)));
    }),
    field!(
        "action.list-source",
        spellings!(ListSource),
        Action,
        "where a list of people comes from",
        |view, out| {
            act(view, out, |action, out| {
                out.stated(&action.audience.source, |source| Datum::Word(source.name()))
            });
        }
    ),
    field!("action.visibility", spellings!(Visibility), Action, "who can see it", |view, out| {
        act(view, out, |action, out| match &action.visibility {
            Stated::Known(visibility, site) => out.push(Datum::Word(visibility.name()), *site),
            Stated::Unknown(site) => out.unknown = Some(*site),
            Stated::Absent => out.push(Datum::Word(action.visible_to().name()), action.site),
        });
    }),
    field!(
        "action.consent",
        spellings!(Consent),
        Action,
        "what the person reached has agreed to",
        |view, out| {
            if let (Some(action), Some(consent)) = (view.action, view.consent()) {
                out.push(Datum::Word(consent.name()), action.audience.site);
            }
        }
    ),
    field!("action.contact", Flag, Action, "whether it lands with one person", |view, out| {
        flag(view, out, |_, view| view.is_contact());
    }),
    field!("action.unsolicited", Flag, Action, "whether it reaches somebody who did not ask", |view, out| {
        flag(view, out, |_, view| view.is_unsolicited());
    }),
    field!("action.outward", Flag, Action, "whether people notice it", |view, out| {
        flag(view, out, |action, _| action.verb.is_outward());
    }),
    field!("action.private", Flag, Action, "whether it is a private message", |view, out| {
        flag(view, out, |action, _| action.verb.is_private_message());
    }),
    field!("action.publication", Flag, Action, "whether it publishes content", |view, out| {
        flag(view, out, |action, _| action.verb.is_publication());
    }),
    field!(
        "action.capped",
        Flag,
        Action,
        "whether something bounds how many people it reaches in a day",
        |view, out| {
            flag(view, out, |_, view| view.is_capped());
        }
    ),
    field!("action.recurring", Flag, Action, "whether the same person can be reached again", |view, out| {
        flag(view, out, |_, view| view.is_recurring());
    }),
    field!("action.per-day", Number, Action, "contacts or posts in a day, at worst", |view, out| {
        let rate = view.rate();
        if let (Some(per_day), Some(action)) = (rate.per_day, view.action) {
            out.push(Datum::Number(per_day), rate.sites.first().copied().unwrap_or(action.site));
        }
    }),
    field!("action.delay", Number, Action, "days between the trigger and the act", |view, out| {
        act(view, out, |action, out| out.stated(&action.delay, |days| Datum::Number(*days)));
    }),
    field!(
        "action.idle-days",
        Number,
        Action,
        "days of silence before the act, its delay included",
        |view, out| {
            let after = view
                .automation
                .iter()
                .flat_map(|automation| &automation.triggers)
                .map(|trigger| &trigger.after);
            if let (Some(action), Some(Stated::Known(after, site))) = (view.action, after.into_iter().next())
            {
                match action.delay {
                    Stated::Known(delay, _) => out.push(Datum::Number(after + delay), *site),
                    Stated::Absent => out.push(Datum::Number(*after), *site),
                    Stated::Unknown(site) => out.unknown = Some(site),
                }
            }
        }
    ),
    field!(
        "action.gap",
        Number,
        Action,
        "days since the message before it in the same sequence",
        |view, out| {
            if let (Some(action), Some(days)) = (view.action, view.days_since_last_message()) {
                out.push(Datum::Number(days), action.site);
            }
        }
    ),
    field!("action.lasts", Number, Action, "days for which a ban, time-out or lock holds", |view, out| {
        act(view, out, |action, out| lasting(action, out));
    }),
    field!("action.within", Number, Action, "days within which a person answers", |view, out| {
        act(view, out, |action, out| out.stated(&action.within, |days| Datum::Number(*days)));
    }),
    field!("action.times", Number, Action, "how often it is done to one person each time", |view, out| {
        act(view, out, |action, out| out.stated(&action.times, |times| Datum::Number(*times)));
    }),
    field!("action.acts-as", Words, Action, "the accounts that act", |view, out| {
        act(view, out, |action, out| out.texts(&action.acts_as));
    }),
    field!("action.voices", Number, Action, "how many named accounts act", |view, out| {
        act(view, out, |action, out| {
            if let Some(first) = action.acts_as.first() {
                out.push(Datum::Number(action.acts_as.len() as f64), first.site);
            }
        });
    }),
    field!(
        "action.comments-on-every-item",
        Flag,
        Action,
        "whether it adds a comment to each item of its kind",
        |view, out| flag(view, out, |_, view| view.comments_on_every_item())
    ),
    field!("action.manner", Words, Action, "a direction, scope or manner", |view, out| {
        act(view, out, |action, out| out.stated(&action.manner, |text| Datum::Text(text)));
    }),
    field!("action.marked", Flag, Action, "whether a copy carries a mark", |view, out| {
        act(view, out, |action, out| out.stated(&action.marked, |flag| Datum::Flag(*flag)));
    }),
    field!("action.model-generated", Flag, Action, "whether a language model writes it", |view, out| {
        act(view, out, |action, out| out.stated(&action.model_generated, |flag| Datum::Flag(*flag)));
    }),
    field!("action.promotion", Flag, Action, "whether it is declared promotion", |view, out| {
        act(view, out, |action, out| out.stated(&action.promotion, |flag| Datum::Flag(*flag)));
    }),
];

/// How long a sanction holds: what its manner says; a ban that says nothing is for ever.
fn lasting<'m>(action: &'m Action, out: &mut Reading<'m>) {
    match &action.manner {
        Stated::Known(manner, site) => match parse_duration(manner) {
            Some(days) => out.push(Datum::Number(days), *site),
            None if matches!(manner.as_str(), "forever" | "for ever" | "permanent" | "permanently") => {
                out.push(Datum::Number(f64::INFINITY), *site);
            }
            None => {}
        },
        Stated::Unknown(site) => out.unknown = Some(*site),
        Stated::Absent if action.verb == Verb::Ban => out.push(Datum::Number(f64::INFINITY), action.site),
        Stated::Absent => {}
    }
}
