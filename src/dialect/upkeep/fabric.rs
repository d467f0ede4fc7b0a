//! FabricBot (`.github/fabricbot.json`), the elder of the GitOps policies: a list of tasks, with conditions as operators
//! and operands.

use super::checks::Checks;
use super::microsoft::{Occasion, condition, count, deed, payload, rhythm};
use super::policy::{GITHUB, Policy, When};
use super::stages;
use crate::dialect::github::{Speaker, account};
use crate::dialect::reading::{Reader, flag_of};
use crate::dialect::{Candidate, Dialect, Lowered};
use crate::model::{Automation, Event, Limits, Property, Schedule, Stated};
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "fabricbot",
    title: "FabricBot, a GitHub app (.github/fabricbot.json)",
    reference: "docs/dialects/fabricbot.md",
    recognised_by: "tasks with `capabilityId` and `config`, one of which has `actions`",
    expresses: &[Property::Exemptions],
    hints: &["capabilityId"],
    detect,
    lower,
};

/// The tasks of a document, which may be nothing but their list.
fn tasks(document: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    document.get("tasks").unwrap_or(document).items()
}

fn detect(candidate: &Candidate<'_>) -> bool {
    let is_task = |task: NodeRef<'_>| {
        task.get("capabilityId").is_some()
            && task.get("config").is_some_and(|config| config.get("actions").is_some())
    };
    candidate.tree.documents().flat_map(tasks).any(is_task)
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Json);
    for document in candidate.tree.documents() {
        let account = account(lowered, candidate.path, &Speaker::Bot, reader.site(document));
        let automations = tasks(document).flat_map(|task| policy(&reader, account, task)).collect();
        stages::join(automations).into_iter().for_each(|automation| lowered.automation(automation));
    }
}

fn policy<'t>(reader: &Reader<'t>, account: usize, task: NodeRef<'t>) -> Vec<Automation> {
    let Some(config) = task.get("config") else { return Vec::new() };
    let events = || config.get("eventNames").into_iter().flat_map(NodeRef::items);
    let mut occasion = Occasion { payloads: events().map(NodeRef::text).collect(), says_what: false };
    let conditions = config.get("conditions");
    if let Some(conditions) = conditions {
        occasion.says_what = says_what(conditions, true, 0);
    }
    let payloads = events().map(|event| payload(event.text(), &occasion, reader.site(event)));
    let mut checks = vec![Checks::Any(payloads.collect())];
    checks.extend(conditions.map(|node| tree(reader, node, &occasion)));
    let terms = config.get("searchTerms").into_iter().flat_map(NodeRef::items);
    checks.extend(terms.map(|term| tree(reader, term, &occasion)));
    let actions = config.get("actions").into_iter().flat_map(NodeRef::items).filter_map(|action| {
        let name = action.get("name")?;
        let parameters = action.get("parameters");
        Some(deed(name.text(), |key| parameters?.get(key), reader, reader.site(name)))
    });
    let name = config.get("taskName").filter(|name| !name.text().trim().is_empty());
    let off = task.get("disabled").filter(|node| flag_of(node.text()) == Some(true));
    let is_search = config.get("searchTerms").is_some();
    let policy = Policy {
        name: name.map_or("a task", NodeRef::text).to_owned(),
        site: reader.site(name.unwrap_or(task)),
        account,
        enabled: off.map_or(Stated::Absent, |node| Stated::Known(false, reader.site(node))),
        names: GITHUB,
        checks: Checks::All(checks),
        when: if is_search { When::Clock(schedule(reader, config)) } else { When::Events(Event::Happening) },
        actions: actions.flatten().collect(),
        limits: Limits::default(),
    };
    policy.automations()
}

/// A condition, or several below an operator.
fn tree<'t>(reader: &Reader<'t>, node: NodeRef<'t>, occasion: &Occasion<'t>) -> Checks {
    let operands = || -> Vec<Checks> {
        let operands = node.get("operands").into_iter().flat_map(NodeRef::items);
        operands.map(|one| tree(reader, one, occasion)).collect()
    };
    match node.get("operator").map(NodeRef::text) {
        Some("or") => Checks::Any(operands()),
        Some("not") => Checks::Not(Box::new(Checks::All(operands()))),
        Some(_) => Checks::All(operands()),
        None => {
            let Some(name) = node.get("name") else { return Checks::All(Vec::new()) };
            let parameters = node.get("parameters");
            condition(name.text(), |key| parameters?.get(key), occasion, reader, reader.site(name))
        }
    }
}

/// Whether a condition says what must have happened.
fn says_what(node: NodeRef<'_>, holds: bool, depth: usize) -> bool {
    const DEEPEST: usize = 32;
    let holds = if node.get("operator").map(NodeRef::text) == Some("not") { !holds } else { holds };
    let named = node.get("name").map(NodeRef::text);
    holds && matches!(named, Some("isAction" | "labelAdded" | "labelRemoved"))
        || depth < DEEPEST
            && node
                .get("operands")
                .into_iter()
                .flat_map(NodeRef::items)
                .any(|one| says_what(one, holds, depth + 1))
}

/// Hours of days of the week.
fn schedule(reader: &Reader<'_>, config: NodeRef<'_>) -> Stated<Schedule> {
    let Some(frequency) = config.get("frequency").filter(|node| node.kind() == Kind::Sequence) else {
        return Stated::Absent;
    };
    let per_week: f64 = frequency.items().map(|day| day.get("hours").map_or(1.0, count)).sum();
    rhythm(per_week / 7.0, reader.candidate.site(frequency))
}
