//! Microsoft's GitOps policies (`.github/policies/*.yml`): searches that run by the clock and tasks that answer events,
//! each with conditions and deeds.

use super::checks::Checks;
use super::microsoft::{Occasion, condition, count, deed, payload, rhythm};
use super::policy::{GITHUB, Policy, When};
use super::stages;
use crate::dialect::github::{Speaker, account};
use crate::dialect::reading::{Reader, flag_of};
use crate::dialect::{Candidate, Dialect, Lowered};
use crate::model::{Action, Automation, Event, Limits, Property, Schedule, Site, Stated};
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "gitops",
    title: "Microsoft's GitOps policies, a GitHub app (.github/policies/*.yml)",
    reference: "docs/dialects/gitops.md",
    recognised_by: "`resourceManagementConfiguration` with `scheduledSearches` or `eventResponderTasks`",
    expresses: &[Property::Exemptions],
    hints: &["resourceManagementConfiguration"],
    detect,
    lower,
};

/// Tasks within a task that are looked at, and how deep they may stand.
const MOST_WITHIN: usize = 500;
const DEEPEST: usize = 8;

fn settings(document: NodeRef<'_>) -> Option<NodeRef<'_>> {
    document.get("configuration")?.get("resourceManagementConfiguration")
}

fn detect(candidate: &Candidate<'_>) -> bool {
    let has = |settings: NodeRef<'_>| {
        ["scheduledSearches", "eventResponderTasks"].iter().any(|key| settings.get(key).is_some())
    };
    candidate.tree.documents().filter_map(settings).any(has)
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Yaml12);
    for document in candidate.tree.documents() {
        let Some(settings) = settings(document) else { continue };
        let account = account(lowered, candidate.path, &Speaker::Bot, reader.site(settings));
        let off = document.get("disabled").filter(|node| flag_of(node.text()) == Some(true));
        let enabled = off.map_or(Stated::Absent, |node| Stated::Known(false, reader.site(node)));
        let file = File { reader, account, enabled };
        let mut automations = Vec::new();
        for search in settings.get("scheduledSearches").into_iter().flat_map(NodeRef::items) {
            automations.extend(file.search(search));
        }
        for task in settings.get("eventResponderTasks").into_iter().flat_map(NodeRef::items) {
            file.task(task, &[], 0, &mut automations);
        }
        stages::join(automations).into_iter().for_each(|automation| lowered.automation(automation));
    }
}

struct File<'t> {
    reader: Reader<'t>,
    account: usize,
    enabled: Stated<bool>,
}

impl<'t> File<'t> {
    fn policy(&self, node: NodeRef<'t>, checks: Checks, when: When, actions: Vec<Action>) -> Vec<Automation> {
        let name = node.get("description").filter(|name| !name.text().trim().is_empty());
        let policy = Policy {
            name: name.map_or_else(|| kind(&when).to_owned(), |name| name.text().to_owned()),
            site: self.reader.site(name.unwrap_or(node)),
            account: self.account,
            enabled: self.enabled.clone(),
            names: GITHUB,
            checks,
            when,
            actions,
            limits: Limits::default(),
        };
        policy.automations()
    }

    fn search(&self, search: NodeRef<'t>) -> Vec<Automation> {
        let nothing = Occasion { payloads: Vec::new(), says_what: true };
        let filters = search.get("filters").into_iter().flat_map(NodeRef::items);
        let checks = Checks::All(filters.map(|one| self.checks(one, &nothing)).collect());
        let actions = search.get("actions").into_iter().flat_map(NodeRef::items);
        let actions = actions.flat_map(|one| self.deeds(one)).collect();
        self.policy(search, checks, When::Clock(self.schedule(search)), actions)
    }

    /// A task, and the tasks within it, for which its conditions must hold as well.
    fn task(&self, task: NodeRef<'t>, outer: &[NodeRef<'t>], depth: usize, found: &mut Vec<Automation>) {
        let mut conditions = outer.to_vec();
        conditions.extend(task.get("if").into_iter().flat_map(NodeRef::items));
        let mut occasion = Occasion { payloads: Vec::new(), says_what: false };
        conditions.iter().for_each(|one| scan(*one, true, 0, &mut occasion));
        let then = || task.get("then").into_iter().flat_map(NodeRef::items);
        let actions: Vec<Action> =
            then().filter(|one| one.get("then").is_none()).flat_map(|one| self.deeds(one)).collect();
        if !actions.is_empty() {
            let checks = Checks::All(conditions.iter().map(|one| self.checks(*one, &occasion)).collect());
            found.extend(self.policy(task, checks, When::Events(Event::Happening), actions));
        }
        for inner in then().filter(|one| one.get("then").is_some()) {
            if depth < DEEPEST && found.len() < MOST_WITHIN {
                self.task(inner, &conditions, depth + 1, found);
            }
        }
    }

    fn checks(&self, node: NodeRef<'t>, occasion: &Occasion<'t>) -> Checks {
        let site = self.reader.site(node);
        match node.kind() {
            Kind::Scalar => condition(node.text().trim(), |_| None, occasion, &self.reader, site),
            Kind::Sequence => Checks::All(node.items().map(|one| self.checks(one, occasion)).collect()),
            Kind::Mapping => Checks::All(
                node.entries().map(|entry| self.entry(entry.key, entry.value, occasion)).collect(),
            ),
        }
    }

    fn entry(&self, key: NodeRef<'t>, value: NodeRef<'t>, occasion: &Occasion<'t>) -> Checks {
        let within = || value.items().map(|one| self.checks(one, occasion)).collect();
        let site = self.reader.site(key);
        match key.text() {
            "or" => Checks::Any(within()),
            "and" => Checks::All(within()),
            "not" => Checks::Not(Box::new(self.checks(value, occasion))),
            "payloadType" => payload(value.text().trim(), occasion, site),
            name => condition(name, |parameter| value.get(parameter), occasion, &self.reader, site),
        }
    }

    fn deeds(&self, node: NodeRef<'t>) -> Vec<Action> {
        if node.kind() == Kind::Scalar {
            return deed(node.text().trim(), |_| None, &self.reader, self.reader.site(node));
        }
        let one = |key: NodeRef<'t>, value: NodeRef<'t>| {
            deed(key.text(), |parameter| value.get(parameter), &self.reader, self.reader.site(key))
        };
        node.entries().flat_map(|entry| one(entry.key, entry.value)).collect()
    }

    /// Every so many hours, or at times of days; several add up.
    fn schedule(&self, search: NodeRef<'t>) -> Stated<Schedule> {
        let Some(frequencies) = search.get("frequencies") else { return Stated::Absent };
        let mut sum: Stated<Schedule> = Stated::Absent;
        for frequency in frequencies.items().flat_map(NodeRef::entries) {
            let site = self.reader.site(frequency.key);
            let one = self.frequency(frequency.key.text(), frequency.value, site);
            sum = match (sum, one) {
                (Stated::Known(sum, first), Stated::Known(one, _)) => Stated::Known(sum.and(one), first),
                (Stated::Absent, one) => one,
                _ => Stated::Unknown(site),
            };
        }
        sum
    }

    fn frequency(&self, name: &str, value: NodeRef<'t>, site: Site) -> Stated<Schedule> {
        let hours = value.get("hours");
        let at = value.get("time").map_or("", NodeRef::text).trim();
        let parsed =
            |text: &str| Schedule::parse(text).map_or(Stated::Unknown(site), |one| Stated::Known(one, site));
        match name {
            "hourly" => match value.get("hour").and_then(|node| self.reader.number(node).get()) {
                Some(hours) if hours > 0.0 => rhythm(24.0 / hours, site),
                _ => Stated::Unknown(site),
            },
            "daily" if !at.is_empty() => parsed(&format!("1 per day at {at}")),
            "daily" => rhythm(1.0, site),
            "weekday" => rhythm(hours.map_or(1.0, count) / 7.0, site),
            _ => Stated::Unknown(site),
        }
    }
}

const fn kind(when: &When) -> &'static str {
    match when {
        When::Clock(_) => "a search",
        When::Events(_) => "a task",
    }
}

/// Which events conditions name, and whether one says what must have happened.
fn scan<'t>(node: NodeRef<'t>, holds: bool, depth: usize, occasion: &mut Occasion<'t>) {
    if depth > DEEPEST * 4 {
        return;
    }
    for item in node.items() {
        scan(item, holds, depth + 1, occasion);
    }
    for entry in node.entries() {
        match entry.key.text() {
            "payloadType" if holds => occasion.payloads.push(entry.value.text().trim()),
            "isAction" | "labelAdded" | "labelRemoved" if holds => occasion.says_what = true,
            "or" | "and" => scan(entry.value, holds, depth + 1, occasion),
            "not" => scan(entry.value, !holds, depth + 1, occasion),
            _ => {}
        }
    }
}
