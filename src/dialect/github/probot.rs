//! What the settings of hosted apps have in common: keys at the top, keys under `issues:` and `pulls:` that hold
//! for one kind of item and win, `only`, and `_extends`, with which other settings come in.

use std::path::Path;

use super::Item;
use crate::dialect::reading::{Reader, number_of};
use crate::dialect::{Candidate, Lowered, RemarkKind};
use crate::model::{Guard, GuardKind, Site, Stated};
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef, Schema, Value};

/// One document of settings.
pub(super) struct Settings<'t> {
    pub(super) reader: Reader<'t>,
    pub(super) root: NodeRef<'t>,
    /// Where the defaults of the app come in.
    pub(super) site: Site,
}

/// Whether a file is `.github/<name>.yml`, where apps look for it.
pub(super) fn is_at_home(path: &Path, name: &str) -> bool {
    ["yml", "yaml"].iter().any(|ending| path.ends_with(format!(".github/{name}.{ending}")))
}

/// Apps and actions that have a file of their own, and keys by which it is told.
const HOMES: &[(&str, &[&str])] = &[
    ("stale", &["daysUntilStale", "staleLabel", "markComment", "unmarkComment", "exemptProjects"]),
    ("lock", &["daysUntilLock", "lockLabel", "lockComment", "setLockReason", "skipCreatedBefore"]),
    ("no-response", &["responseRequiredLabel", "responseRequiredColor"]),
    ("auto-comment", &["issuesOpened", "pullRequestOpened", "issuesClosed", "pullRequestClosed"]),
    ("config", &["newIssueWelcomeComment", "newPRWelcomeComment", "requestInfoReplyComment"]),
    ("boring-cyborg", &["labelPRBasedOnFilePath", "firstPRWelcomeComment", "firstIssueWelcomeComment"]),
    ("support", &["supportLabel", "supportComment"]),
    ("move", &["deleteCommand", "closeSourceIssue", "lockSourceIssue"]),
    ("label-actions", &[]),
    ("", &["days-before-stale", "days-before-close", "issue-inactive-days", "process-only"]),
];

/// Whether a file is where another app than this one looks for its settings, so that this one never reads it.
pub(super) fn is_home_of_another(path: &Path, own: &str) -> bool {
    HOMES.iter().any(|(name, _)| !name.is_empty() && *name != own && is_at_home(path, name))
}

/// What to do about a key that belongs in the file of another app.
pub(super) fn moved(key: &str, path: &Path) -> Option<String> {
    let (home, _) = HOMES.iter().find(|(_, keys)| keys.contains(&key))?;
    match *home {
        "" => Some("write it below `with:` of its step; this file belongs to an app".to_owned()),
        home if is_at_home(path, home) => None,
        home => Some(format!("move it to `.github/{home}.yml`, where its own app looks")),
    }
}

/// Whether a document has keys of an app or action.
pub(super) fn is_for_another_app(document: NodeRef<'_>) -> bool {
    HOMES.iter().flat_map(|(_, keys)| *keys).any(|key| document.get(key).is_some())
}

impl<'t> Settings<'t> {
    /// The settings in a document of a file.
    pub(super) const fn new(candidate: Candidate<'t>, root: NodeRef<'t>, site: Site) -> Self {
        Self { reader: Reader::new(candidate, Schema::Yaml12), root, site }
    }

    /// The value of a key for one kind of item: its own, else the common one.
    pub(super) fn find(&self, key: &str, item: Item) -> Option<NodeRef<'t>> {
        let own = match item {
            Item::Issues => self.root.get("issues"),
            Item::Pulls => self.root.get("pulls"),
        };
        own.and_then(|own| own.get(key)).or_else(|| self.root.get(key))
    }

    /// What holds where a key is not given: the default of the app, or what the settings of another
    /// repository say that these only extend.
    pub(super) fn default<T>(&self, value: T) -> Stated<T> {
        match self.root.get("_extends") {
            Some(other) => Stated::Unknown(self.reader.site(other)),
            None => Stated::Known(value, self.site),
        }
    }

    /// Where it says that this kind of item is left alone.
    pub(super) fn excluded(&self, item: Item) -> Option<Site> {
        let only = self.root.get("only")?;
        let other = match item {
            Item::Issues => "pulls",
            Item::Pulls => "issues",
        };
        (only.text() == other).then(|| self.reader.site(only))
    }

    /// Days; `false` is never.
    pub(super) fn days(&self, key: &str, item: Item, default: f64) -> Stated<f64> {
        let Some(node) = self.find(key, item) else { return self.default(default) };
        let days = self.reader.stated(node, |value| match value {
            Value::Bool(false) => Some(-1.0),
            value => number_of(&value),
        });
        days.or(self.default(default))
    }

    /// A text; anything else switches it off.
    pub(super) fn text(&self, node: NodeRef<'t>) -> Stated<String> {
        self.reader.stated(node, |value| match value {
            Value::Str(text) if !text.trim().is_empty() => Some(text.to_owned()),
            _ => None,
        })
    }

    /// A message; where nothing is said, the app has one of its own, whose words are not in the file.
    pub(super) fn message(&self, key: &str, item: Item) -> Stated<String> {
        self.find(key, item).map_or(Stated::Unknown(self.site), |node| self.text(node))
    }

    /// A list of labels, which may be a single one, or a switch.
    pub(super) fn guard(&self, kind: GuardKind, node: NodeRef<'t>) -> Option<Guard> {
        let mut guard = Guard::new(kind, self.reader.site(node));
        let is_off = node.kind() == Kind::Scalar
            && matches!(node.value(Schema::Yaml12), Value::Null | Value::Bool(false));
        if matches!(kind, GuardKind::OnlyLabels | GuardKind::ExemptLabels) {
            guard.values = self.reader.texts(node);
            return (!is_off && !guard.values.is_empty()).then_some(guard);
        }
        (!is_off).then_some(guard)
    }

    /// Remarks on keys that the app does not have. Those of `top` stand only at the top.
    pub(super) fn unknown_keys(&self, app: &str, keys: &[&str], top: &[&str], lowered: &mut Lowered) {
        let kinds = [(Some(self.root), top), (self.root.get("issues"), &[]), (self.root.get("pulls"), &[])];
        for (part, more) in kinds {
            let known = || keys.iter().chain(more).copied();
            for key in part.into_iter().flat_map(NodeRef::entries).map(|entry| entry.key) {
                if !known().any(|known| known == key.text()) {
                    let elsewhere = moved(key.text(), self.reader.candidate.path);
                    let help = match (elsewhere, nearest(key.text(), known())) {
                        (Some(help), _) => help,
                        (None, Some(near)) => format!("did you mean `{near}`?"),
                        (None, None) => "delete it; the app refuses or ignores it".to_owned(),
                    };
                    let text = format!("{app} has no key `{}`", key.text());
                    lowered.remark(RemarkKind::UnknownKey, self.reader.site(key), text, help);
                }
            }
        }
    }
}
