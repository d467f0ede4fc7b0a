//! What stands before an action.

use super::FieldKind::{Cue, Number, Text as Words};
use super::{Datum, Field, field, spellings};
use crate::model::{GuardKind, Stated};

pub(super) const FIELDS: &[Field] = &[
    field!("guard", spellings!(GuardKind), Automation, "the guards before the action", |view, out| {
        for guard in view.guards() {
            out.push(Datum::Word(guard.kind.name()), guard.site);
        }
        for kind in &view.account.enforced_by_tool {
            out.push(Datum::Word(kind.name()), view.account.site);
        }
    }),
    field!(
        "guard.memory",
        Number,
        Automation,
        "days for which it remembers whom or what it dealt with",
        |view, out| {
            for guard in view.guards().filter(|guard| guard.kind.remembers()) {
                match guard.window {
                    Stated::Absent => out.push(Datum::Number(f64::INFINITY), guard.site),
                    _ => out.stated(&guard.window, |days| Datum::Number(*days)),
                }
            }
            if view.account.enforced_by_tool.iter().any(|kind| kind.remembers()) {
                out.push(Datum::Number(f64::INFINITY), view.account.site);
            }
        }
    ),
    field!("guard.elsewhere", Words, Automation, "where else people's conduct is looked at", |view, out| {
        for guard in view.guards().filter(|guard| guard.kind == GuardKind::ElsewhereConduct) {
            out.texts(&guard.values);
        }
    }),
    field!("guard.window", Number, Automation, "days for which a guard remembers", |view, out| {
        for guard in view.guards() {
            out.stated(&guard.window, |days| Datum::Number(*days));
        }
    }),
    field!("guard.labels", Words, Automation, "labels that limit or exempt", |view, out| {
        for guard in view.guards() {
            if matches!(guard.kind, GuardKind::OnlyLabels | GuardKind::ExemptLabels) {
                out.texts(&guard.values);
            }
        }
    }),
    field!("guard.only-labels", Words, Automation, "labels that an item must have", |view, out| {
        for guard in view.guards().filter(|guard| guard.kind == GuardKind::OnlyLabels) {
            out.texts(&guard.values);
        }
    }),
    field!("guard.exempt-labels", Words, Automation, "labels that protect an item", |view, out| {
        for guard in view.guards().filter(|guard| guard.kind == GuardKind::ExemptLabels) {
            out.texts(&guard.values);
        }
    }),
    field!(
        "guard.only-label-cues",
        Cue,
        Automation,
        "cue families of labels that an item must have",
        |view, out| {
            for guard in view.guards().filter(|guard| guard.kind == GuardKind::OnlyLabels) {
                out.texts(&guard.values);
            }
        }
    ),
    field!(
        "guard.exempt-label-cues",
        Cue,
        Automation,
        "cue families of labels that protect an item",
        |view, out| {
            for guard in view.guards().filter(|guard| guard.kind == GuardKind::ExemptLabels) {
                out.texts(&guard.values);
            }
        }
    ),
];
