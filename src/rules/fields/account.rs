//! How an account is run: its switches, its secrets, and what all its automations add up to.

use super::super::shares;
use super::FieldKind::{Flag, Number, Text as Words};
use super::{Datum, Field, Reading, field, spellings};
use crate::model::{Account, Event, Property, SecretKind, Stated, SwitchFlaw, SwitchKind, Verb};

pub(super) const FIELDS: &[Field] = &[
    field!("account.switch", spellings!(SwitchKind), Account, "switches that are on", |view, out| {
        switches(view.account, true, out);
    }),
    field!("account.switch-off", spellings!(SwitchKind), Account, "switches that are off", |view, out| {
        switches(view.account, false, out);
    }),
    field!(
        "account.evasion",
        spellings!(SwitchKind),
        Account,
        "switches that are on and hide the bot from its platform",
        |view, out| {
            switches(view.account, true, out);
            out.values.retain(|(datum, _)| {
                matches!(datum, Datum::Word(word) if SwitchKind::parse(word).is_some_and(SwitchKind::hides_the_bot))
            });
        }
    ),
    field!(
        "account.dead-switch",
        Words,
        Account,
        "safety switches that are declared and not obeyed, where they are declared",
        |view, out| {
            for switch in &view.account.dead_switches {
                out.push(Datum::Text(&switch.name), switch.declared);
            }
        }
    ),
    field!(
        "account.dead-switch-flaw",
        spellings!(SwitchFlaw),
        Account,
        "why they are not obeyed, where they are ignored",
        |view, out| {
            for switch in &view.account.dead_switches {
                out.push(Datum::Word(switch.flaw.name()), switch.ignored);
            }
        }
    ),
    field!(
        "account.secret",
        Words,
        Account,
        "passwords and tokens written out, masked; placeholders are left out",
        |view, out| {
            for secret in view.account.secrets.iter().filter(|secret| secret.kind != SecretKind::Placeholder)
            {
                out.push(Datum::Text(&secret.masked), secret.site);
            }
        }
    ),
    field!(
        "account.secret-key",
        Words,
        Account,
        "the keys of passwords and tokens that are written out",
        |view, out| {
            for secret in view.account.secrets.iter().filter(|secret| secret.kind != SecretKind::Placeholder)
            {
                out.push(Datum::Text(&secret.key), secret.site);
            }
        }
    ),
    field!(
        "account.token-shape",
        Flag,
        Account,
        "whether a secret has the form of a known platform's token",
        |view, out| {
            for secret in view.account.secrets.iter().filter(|secret| secret.kind != SecretKind::Placeholder)
            {
                out.push(Datum::Flag(secret.kind == SecretKind::Token), secret.site);
            }
        }
    ),
    field!(
        "account.expresses",
        spellings!(Property),
        Account,
        "what its formats can express",
        |view, out| {
            for property in &view.account.expressible {
                out.push(Datum::Word(property.name()), view.account.site);
            }
        }
    ),
    field!(
        "account.routes",
        spellings!(Event),
        Account,
        "inbound events that reach a person or are answered",
        |view, out| {
            for event in Event::ALL.iter().filter(|event| event.is_inbound() && view.routes(**event)) {
                out.push(Datum::Word(event.name()), view.account.site);
            }
        }
    ),
    field!(
        "account.reacts-to",
        spellings!(Event),
        Account,
        "events that any automation reacts to, other than by putting away what came in",
        |view, out| {
            let reacts = |automation: &&crate::model::Automation| {
                automation
                    .actions
                    .iter()
                    .any(|action| !matches!(action.verb, Verb::Archive | Verb::Mute | Verb::DeleteContent))
            };
            for automation in view.automations().filter(reacts) {
                for trigger in &automation.triggers {
                    out.push(Datum::Word(trigger.event.name()), trigger.site);
                }
            }
        }
    ),
    field!("account.is-source", Flag, Account, "whether some automation waits for its posts", |view, out| {
        out.push(Datum::Flag(view.is_source()), view.account.site);
    }),
    field!(
        "account.own-repost-share",
        Number,
        Account,
        "share of content that repeats accounts of the same owner",
        |view, out| {
            if let Some((share, site)) = shares::own_repost_share(view) {
                out.push(Datum::Number(share), site);
            }
        }
    ),
    field!(
        "account.announcement-share",
        Number,
        Account,
        "share of content that comes from own feeds or promotes",
        |view, out| {
            if let Some((share, site)) = shares::announcement_share(view) {
                out.push(Datum::Number(share), site);
            }
        }
    ),
    field!(
        "account.comments-per-item",
        Number,
        Account,
        "comments that it adds to each issue, pull request or arrival",
        |view, out| out.push(Datum::Number(view.comments_per_item() as f64), view.account.site)
    ),
];

fn switches<'m>(account: &'m Account, position: bool, out: &mut Reading<'m>) {
    for switch in &account.switches {
        match &switch.on {
            Stated::Known(on, site) if *on == position => out.push(Datum::Word(switch.kind.name()), *site),
            _ => {}
        }
    }
}
