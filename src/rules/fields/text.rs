//! What is said.

use super::FieldKind::{Cue, Flag, Number, Text as Words};
use super::{Datum, Field, act, field};
use crate::model::{names_person, pings, pings_on_reddit, slots};

pub(super) const FIELDS: &[Field] = &[
    field!("text", Words, Action, "the message", |view, out| {
        act(view, out, |action, out| out.texts(&action.texts));
    }),
    field!("text.cues", Cue, Action, "cue families that the message shows", |view, out| {
        act(view, out, |action, out| out.texts(&action.texts));
    }),
    field!("text.slots", Words, Action, "the last words of the message's slots", |view, out| {
        act(view, out, |action, out| {
            for text in &action.texts {
                for slot in slots(&text.text) {
                    out.push(Datum::Text(slot.name), text.site);
                }
            }
        });
    }),
    field!("text.pings", Number, Action, "how many people the message pings", |view, out| {
        let on_reddit = view.account.identity.platform.known().is_some_and(|platform| platform == "reddit");
        let pinged = if on_reddit { pings_on_reddit } else { pings };
        act(view, out, |action, out| {
            for text in &action.texts {
                out.push(Datum::Number(pinged(&text.text) as f64), text.site);
            }
        });
    }),
    field!(
        "text.names-person",
        Flag,
        Action,
        "whether the message names the person it is about",
        |view, out| {
            act(view, out, |action, out| {
                for text in &action.texts {
                    out.push(Datum::Flag(names_person(&text.text)), text.site);
                }
            });
        }
    ),
];
