//! How much one automation may hold. Rules look at each of its actions together with all its triggers and guards, so
//! that thousands of both would take very long; nobody means them.

use super::{Lowered, RemarkKind};
use crate::model::{Automation, Site};

/// Actions of one branch.
const MOST_ACTIONS: usize = 5000;

/// Actions times triggers, and actions times guards.
const MOST_PAIRS: usize = 20_000;

/// Cuts automations that hold too much, and says where.
pub(super) fn keep(lowered: &mut Lowered) {
    let mut cut = Vec::new();
    for automation in &mut lowered.model.automations {
        cut.extend(shorten(automation));
    }
    for (site, what) in cut {
        let text = format!("one automation has too many {what}; those from here on are not looked at");
        lowered.remark(RemarkKind::Malformed, site, text, "make several automations of it");
    }
}

/// Shortens an automation; tells where each list was cut.
fn shorten(automation: &mut Automation) -> Vec<(Site, &'static str)> {
    let mut cut = Vec::new();
    for branch in [&mut automation.actions, &mut automation.otherwise] {
        cut.extend(branch.get(MOST_ACTIONS).map(|action| (action.site, "actions")));
        branch.truncate(MOST_ACTIONS);
    }
    let actions = automation.actions.len() + automation.otherwise.len();
    let most = MOST_PAIRS / actions.max(1);
    cut.extend(automation.triggers.get(most).map(|trigger| (trigger.site, "triggers")));
    automation.triggers.truncate(most);
    cut.extend(automation.guards.get(most).map(|guard| (guard.site, "guards")));
    automation.guards.truncate(most);
    cut
}
