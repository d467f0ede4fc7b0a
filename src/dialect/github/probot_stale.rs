//! `.github/stale.yml` of the app probot/stale. The keys stand at the top; under `issues:` and `pulls:` they
//! hold for one kind of item and win.

use super::probot::{self, Settings, is_at_home};
use super::stale::{self, Policy};
use super::{EXPRESSES, Item, Speaker, account};
use crate::dialect::{Candidate, Dialect, Lowered};
use crate::model::{Guard, GuardKind, Stated, Text};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "probot-stale",
    title: "Stale, a GitHub app (.github/stale.yml)",
    reference: "docs/dialects/probot-stale.md",
    recognised_by: "`daysUntilStale`, or `daysUntilClose` with `staleLabel` or `markComment`; in `.github/stale.yml` any key of the app",
    expresses: EXPRESSES,
    hints: &["daysUntil", "exemptLabels", "staleLabel", "markComment", "closeComment", "_extends"],
    detect,
    lower,
};

/// Keys that hold for all items or, below `issues:` and `pulls:`, for one kind.
const KEYS: &[&str] = &[
    "daysUntilStale",
    "daysUntilClose",
    "onlyLabels",
    "exemptLabels",
    "exemptProjects",
    "exemptMilestones",
    "exemptAssignees",
    "staleLabel",
    "markComment",
    "unmarkComment",
    "closeComment",
    "limitPerRun",
    "perform",
];

/// Keys by which the app is told from others that close items.
const MARKING: &[&str] = &["staleLabel", "markComment", "exemptLabels", "exemptMilestones"];

/// Keys that stand only at the top.
const TOP_KEYS: &[&str] = &["only", "issues", "pulls", "_extends"];

/// Lists and switches that keep items out, and the guard that each stands for.
const GUARDS: &[(&str, GuardKind)] = &[
    ("onlyLabels", GuardKind::OnlyLabels),
    ("exemptLabels", GuardKind::ExemptLabels),
    ("exemptProjects", GuardKind::ExemptMilestones),
    ("exemptMilestones", GuardKind::ExemptMilestones),
    ("exemptAssignees", GuardKind::ExemptAssigned),
];

const DEFAULT_STALE_DAYS: f64 = 60.0;
const DEFAULT_CLOSE_DAYS: f64 = 7.0;
const DEFAULT_LABEL: &str = "wontfix";
const DEFAULT_EXEMPT_LABELS: [&str; 2] = ["pinned", "security"];

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let parts = [Some(document), document.get("issues"), document.get("pulls")];
        let has = |key: &str| parts.into_iter().flatten().any(|part| part.get(key).is_some());
        // The app "no response" has `daysUntilClose` as well, and marks nothing.
        let marks = has("daysUntilClose") && MARKING.iter().any(|key| has(key));
        let at_home = is_at_home(candidate.path, "stale") && KEYS.iter().chain(TOP_KEYS).any(|key| has(key));
        let is_home = is_at_home(candidate.path, "stale");
        let elsewhere = probot::is_home_of_another(candidate.path, "stale");
        !elsewhere && (has("daysUntilStale") || marks || at_home)
            || is_home && probot::is_for_another_app(document)
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let Some(first) = document.entries().next() else { continue };
        let file = File(Settings::new(*candidate, document, candidate.site(first.key)));
        file.0.unknown_keys("probot/stale", KEYS, TOP_KEYS, lowered);
        let account = account(lowered, candidate.path, &Speaker::Bot, file.0.site);
        let policies = Item::ALL.into_iter().map(|item| file.policy(item, account)).collect();
        stale::lower(policies, lowered);
    }
}

/// One document of settings.
struct File<'t>(Settings<'t>);

impl File<'_> {
    fn policy(&self, item: Item, account: usize) -> Policy {
        let text = |key| self.0.find(key, item).map_or(Stated::Absent, |node| self.0.text(node));
        let performs = self.0.find("perform", item).map_or(Stated::Absent, |node| self.0.reader.flag(node));
        let stale_days = self.0.days("daysUntilStale", item, DEFAULT_STALE_DAYS);
        Policy {
            item,
            name: item.name().to_owned(),
            site: self.0.site,
            account,
            enabled: performs,
            stale_days: self.0.excluded(item).map_or(stale_days, |site| Stated::Known(-1.0, site)),
            close_days: self.close_days(item),
            mark_message: self.mark_message(item),
            close_message: text("closeComment"),
            mark_label: text("staleLabel").or(self.0.default(DEFAULT_LABEL.to_owned())),
            close_label: Stated::Absent,
            deletes_branch: None,
            ignores_activity: Stated::Absent,
            guards: self.guards(item),
        }
    }

    /// Days until an item is closed. For the app, zero is as good as `false`.
    fn close_days(&self, item: Item) -> Stated<f64> {
        let days = self.0.days("daysUntilClose", item, DEFAULT_CLOSE_DAYS);
        days.map(|days| if days == 0.0 { -1.0 } else { days })
    }

    /// The announcement. The app has one of its own, whose words are not in the file.
    fn mark_message(&self, item: Item) -> Stated<String> {
        self.0.find("markComment", item).map_or(Stated::Unknown(self.0.site), |node| self.0.text(node))
    }

    fn guards(&self, item: Item) -> Vec<Guard> {
        let mut guards: Vec<_> = GUARDS
            .iter()
            .filter_map(|(key, kind)| match self.0.find(key, item) {
                Some(node) => self.0.guard(*kind, node),
                None if *kind == GuardKind::ExemptLabels => Some(self.default_exemptions()),
                None => None,
            })
            .collect();
        // The mark stands until somebody reacts, and only then is there another one.
        guards.push(Guard::new(GuardKind::OncePerThread, self.0.site));
        guards
    }

    /// What is exempt where nothing is said. Of other settings that these extend, only a run knows.
    fn default_exemptions(&self) -> Guard {
        let mut guard = Guard::new(GuardKind::ExemptLabels, self.0.site);
        if self.0.root.get("_extends").is_none() {
            let text = |label: &str| Text { text: label.to_owned(), site: self.0.site };
            guard.values = DEFAULT_EXEMPT_LABELS.into_iter().map(text).collect();
        }
        guard
    }
}
