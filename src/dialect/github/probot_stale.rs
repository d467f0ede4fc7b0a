//! `.github/stale.yml` of the app probot/stale. The keys stand at the top; under `issues:` and `pulls:` they
//! hold for one kind of item and win.

use std::path::Path;

use super::stale::{self, Policy};
use super::{EXPRESSES, Item, Speaker, account};
use crate::dialect::reading::{Reader, number_of};
use crate::dialect::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{Guard, GuardKind, Site, Stated, Text};
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef, Schema, Value};

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
        let at_home = is_at_home(candidate.path) && KEYS.iter().chain(TOP_KEYS).any(|key| has(key));
        has("daysUntilStale") || marks || at_home
    })
}

/// Whether the file is where the app looks for it.
fn is_at_home(path: &Path) -> bool {
    path.ends_with(".github/stale.yml") || path.ends_with(".github/stale.yaml")
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let Some(first) = document.entries().next() else { continue };
        let reader = Reader::new(*candidate, Schema::Yaml12);
        let file = File { reader, root: document, site: candidate.site(first.key) };
        file.unknown_keys(lowered);
        let account = account(lowered, candidate.path, Speaker::Bot, file.site);
        let policies = Item::ALL.into_iter().map(|item| file.policy(item, account)).collect();
        stale::lower(policies, lowered);
    }
}

/// One document of settings.
struct File<'t> {
    reader: Reader<'t>,
    root: NodeRef<'t>,
    /// Where the defaults of the app come in.
    site: Site,
}

impl<'t> File<'t> {
    fn policy(&self, item: Item, account: usize) -> Policy {
        let text = |key| self.find(key, item).map_or(Stated::Absent, |node| self.text(node));
        let performs = self.find("perform", item).map_or(Stated::Absent, |node| self.reader.flag(node));
        let stale_days = self.days("daysUntilStale", item, DEFAULT_STALE_DAYS);
        Policy {
            item,
            name: item.name().to_owned(),
            site: self.site,
            account,
            enabled: performs,
            stale_days: self.excluded(item).map_or(stale_days, |site| Stated::Known(-1.0, site)),
            close_days: self.close_days(item),
            mark_message: self.mark_message(item),
            close_message: text("closeComment"),
            mark_label: text("staleLabel").or(self.default(DEFAULT_LABEL.to_owned())),
            close_label: Stated::Absent,
            deletes_branch: None,
            ignores_activity: Stated::Absent,
            guards: self.guards(item),
        }
    }

    /// The value of a key for one kind of item: its own, else the common one.
    fn find(&self, key: &str, item: Item) -> Option<NodeRef<'t>> {
        let own = match item {
            Item::Issues => self.root.get("issues"),
            Item::Pulls => self.root.get("pulls"),
        };
        own.and_then(|own| own.get(key)).or_else(|| self.root.get(key))
    }

    /// What holds where a key is not given: the default of the app, or what the settings of another
    /// repository say that these only extend.
    fn default<T>(&self, value: T) -> Stated<T> {
        match self.root.get("_extends") {
            Some(other) => Stated::Unknown(self.reader.site(other)),
            None => Stated::Known(value, self.site),
        }
    }

    /// Where it says that this kind of item is left alone.
    fn excluded(&self, item: Item) -> Option<Site> {
        let only = self.root.get("only")?;
        let other = match item {
            Item::Issues => "pulls",
            Item::Pulls => "issues",
        };
        (only.text() == other).then(|| self.reader.site(only))
    }

    /// Days; `false` is never.
    fn days(&self, key: &str, item: Item, default: f64) -> Stated<f64> {
        let Some(node) = self.find(key, item) else { return self.default(default) };
        let days = self.reader.stated(node, |value| match value {
            Value::Bool(false) => Some(-1.0),
            value => number_of(&value),
        });
        days.or(self.default(default))
    }

    /// Days until an item is closed. For the app, zero is as good as `false`.
    fn close_days(&self, item: Item) -> Stated<f64> {
        let days = self.days("daysUntilClose", item, DEFAULT_CLOSE_DAYS);
        days.map(|days| if days == 0.0 { -1.0 } else { days })
    }

    /// A text; anything else switches it off.
    fn text(&self, node: NodeRef<'t>) -> Stated<String> {
        self.reader.stated(node, |value| match value {
            Value::Str(text) if !text.trim().is_empty() => Some(text.to_owned()),
            _ => None,
        })
    }

    /// The announcement. The app has one of its own, whose words are not in the file.
    fn mark_message(&self, item: Item) -> Stated<String> {
        self.find("markComment", item).map_or(Stated::Unknown(self.site), |node| self.text(node))
    }

    fn guards(&self, item: Item) -> Vec<Guard> {
        let mut guards: Vec<_> = GUARDS
            .iter()
            .filter_map(|(key, kind)| match self.find(key, item) {
                Some(node) => self.guard(*kind, node),
                None if *kind == GuardKind::ExemptLabels => Some(self.default_exemptions()),
                None => None,
            })
            .collect();
        // The mark stands until somebody reacts, and only then is there another one.
        guards.push(Guard::new(GuardKind::OncePerThread, self.site));
        guards
    }

    /// A list of labels, which may be a single one, or a switch.
    fn guard(&self, kind: GuardKind, node: NodeRef<'t>) -> Option<Guard> {
        let mut guard = Guard::new(kind, self.reader.site(node));
        let is_off = node.kind() == Kind::Scalar
            && matches!(node.value(Schema::Yaml12), Value::Null | Value::Bool(false));
        if matches!(kind, GuardKind::OnlyLabels | GuardKind::ExemptLabels) {
            guard.values = self.reader.texts(node);
            return (!is_off && !guard.values.is_empty()).then_some(guard);
        }
        (!is_off).then_some(guard)
    }

    /// What is exempt where nothing is said. Of other settings that these extend, only a run knows.
    fn default_exemptions(&self) -> Guard {
        let mut guard = Guard::new(GuardKind::ExemptLabels, self.site);
        if self.root.get("_extends").is_none() {
            let text = |label: &str| Text { text: label.to_owned(), site: self.site };
            guard.values = DEFAULT_EXEMPT_LABELS.into_iter().map(text).collect();
        }
        guard
    }

    fn unknown_keys(&self, lowered: &mut Lowered) {
        let kinds =
            [(Some(self.root), TOP_KEYS), (self.root.get("issues"), &[]), (self.root.get("pulls"), &[])];
        for (keys, more) in kinds {
            let known = || KEYS.iter().chain(more).copied();
            for key in keys.into_iter().flat_map(NodeRef::entries).map(|entry| entry.key) {
                if !known().any(|known| known == key.text()) {
                    let help = match nearest(key.text(), known()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "delete it; the app refuses or ignores it".to_owned(),
                    };
                    let text = format!("probot/stale has no key `{}`", key.text());
                    lowered.remark(RemarkKind::UnknownKey, self.reader.site(key), text, help);
                }
            }
        }
    }
}
