//! Accounts whose automations together reach more people in a day, who did not ask, than anybody could answer.

use super::effects::{firings, reach};
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
    let mut found = Vec::new();
    for reach in reach(effects, &firings, study.assumptions) {
        let Some(view) = study.world.account(reach.account) else { continue };
        let capacity = view
            .account
            .fact(FactKind::RepliesCapacity)
            .and_then(|fact| fact.value.known()?.parse::<f64>().ok());
        let level = |severity| study.thresholds.number(THRESHOLD, severity).unwrap_or(f64::INFINITY);
        let most = capacity.unwrap_or_else(|| level(Severity::Warning));
        if reach.per_day <= most {
            continue;
        }
        let is_error = reach.per_day > level(Severity::Error).max(most);
        let whole = if reach.per_day.is_finite() {
            format!("up to {:.0} people a day who did not ask", reach.per_day)
        } else {
            "no end of people a day who did not ask".to_owned()
        };
        let mut labels = Vec::new();
        for (place, (node, contacts)) in reach.contributors.iter().take(NAMED).enumerate() {
            let Some(node) = effects.nodes.get(*node) else { continue };
            let Some(site) = node.acts.iter().find(|action| node.view.on(action).is_unsolicited()) else {
                continue;
            };
            let share = if contacts.is_finite() {
                format!("{contacts:.0} of them")
            } else {
                "without limit".to_owned()
            };
            labels.push((site.site, if place == 0 { format!("{whole}, {share} here") } else { share }));
        }
        let assumed: Vec<String> =
            reach.assumed.iter().map(|name| format!("{name} = {}", study.assumptions.number(name))).collect();
        let mut notes = Vec::new();
        if !assumed.is_empty() {
            notes.push(format!(
                "assumed events a day: {}; set them under `[assume]` in botiquette.toml",
                assumed.join(", ")
            ));
        }
        if let Some(capacity) = capacity {
            notes.push(format!("you say that {capacity} people can be answered in a day"));
        }
        let severity = Some(if is_error { Severity::Error } else { Severity::Warning });
        found.push(Discovery { labels, notes, severity, ..Discovery::of(reach.account) });
    }
    found
}
