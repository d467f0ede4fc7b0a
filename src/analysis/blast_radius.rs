//! Accounts whose automations together reach more people in a day, who did not ask, than anybody could answer.

use super::effects::{Reach, firings, reach};
use super::{Discovery, Study};
use crate::diagnostic::Severity;
use crate::model::FactKind;

/// So many people a day are too many.
pub(super) const THRESHOLD: &str = "blast-radius-per-day";

/// Contributors that are named.
const NAMED: usize = 3;

/// Finds accounts that reach too many people.
pub(super) fn find<'m>(study: &Study<'m>) -> Vec<Discovery<'m>> {
    let effects = study.effects();
    let firings = firings(&effects.network, study.components());
    let reaches = reach(effects, &firings).into_iter();
    reaches.filter_map(|(account, reach)| too_many(study, account, &reach)).collect()
}

fn too_many<'m>(study: &Study<'m>, account: usize, reach: &Reach) -> Option<Discovery<'m>> {
    let view = study.world.account(account)?;
    let capacity = view.account.fact(FactKind::RepliesCapacity);
    let capacity = capacity.and_then(|fact| fact.value.known()?.parse::<f64>().ok());
    let level = |severity| study.thresholds.number(THRESHOLD, severity).unwrap_or(f64::INFINITY);
    let most = capacity.unwrap_or_else(|| level(Severity::Warning));
    if reach.per_day <= most {
        return None;
    }
    let is_error = reach.per_day > level(Severity::Error).max(most);
    let whole = match reach.per_day {
        // As a description counts them: nobody is a part of a person.
        finite if finite.is_finite() => format!("up to {:.0} people a day who did not ask", finite.ceil()),
        _ => "no end of people a day who did not ask".to_owned(),
    };
    let mut labels = Vec::new();
    let mut actions = Vec::new();
    for (place, contributor) in reach.contributors.iter().take(NAMED).enumerate() {
        let Some(node) = study.effects().nodes.get(contributor.node) else { continue };
        let Some(action) = node.acts.get(contributor.act) else { continue };
        let share = match contributor.per_day {
            finite if finite.is_finite() => format!("{:.0} of them", finite.ceil()),
            _ => "without limit".to_owned(),
        };
        labels.push((action.site, if place == 0 { format!("{whole}, {share} here") } else { share }));
        actions.push((node.automation, *action));
    }
    let severity = Some(if is_error { Severity::Error } else { Severity::Warning });
    let notes = notes(study, reach, capacity);
    Some(Discovery { labels, actions, notes, severity, ..Discovery::of(account) })
}

fn notes(study: &Study<'_>, reach: &Reach, capacity: Option<f64>) -> Vec<String> {
    let mut notes = Vec::new();
    let mut names: Vec<&str> = reach.assumed.iter().map(|event| study.assumptions.name_of(*event)).collect();
    names.sort_unstable();
    names.dedup();
    if !names.is_empty() {
        let said = names.iter().map(|name| format!("{name} = {}", study.assumptions.number(name)));
        let said: Vec<String> = said.collect();
        notes.push(format!(
            "assumed events a day: {}; `[assume]` in botiquette.toml sets them",
            said.join(", ")
        ));
    }
    if reach.assumed_daily_run {
        notes.push("the configuration does not say how often it runs; one run a day is assumed".to_owned());
    }
    if let Some(capacity) = capacity {
        notes.push(format!("you say that {capacity} people can be answered in a day"));
    }
    notes
}
