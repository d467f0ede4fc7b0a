//! What an automation does when it fires.

use super::FieldKind::{Flag, Number, Text as Words};
use super::{Datum, Field, field, flag, spellings};
use crate::model::Verb;

pub(super) const FIELDS: &[Field] = &[
    field!("automation", Words, Automation, "the automation's name; a place to point at", |view, out| {
        if let Some(automation) = view.automation {
            out.push(Datum::Text(&automation.name), automation.site);
        }
    }),
    field!("automation.approved", Flag, Automation, "whether a person decides each time", |view, out| {
        flag(view, out, |_, view| view.is_approved());
    }),
    field!(
        "automation.does",
        spellings!(Verb),
        Automation,
        "everything it does: of an action, in the same branch",
        |view, out| {
            for action in view.branch() {
                out.push(Datum::Word(action.verb.name()), action.site);
            }
        }
    ),
    field!(
        "automation.private-messages",
        Number,
        Automation,
        "private messages in one firing",
        |view, out| {
            if let Some(automation) = view.automation {
                let messages = automation.actions.iter().filter(|action| action.verb.is_private_message());
                out.push(Datum::Number(messages.count() as f64), automation.site);
            }
        }
    ),
    field!("automation.verbs", spellings!(Verb), Automation, "all that it does", |view, out| {
        let automation = view.automation.into_iter();
        for action in automation.flat_map(|automation| automation.actions.iter().chain(&automation.otherwise))
        {
            out.push(Datum::Word(action.verb.name()), action.site);
        }
    }),
];
