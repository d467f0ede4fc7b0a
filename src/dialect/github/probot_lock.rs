//! `.github/lock.yml` of the app Lock Threads: what was closed and has been quiet for long is locked.

use super::lock::{self, Lock};
use super::probot::{self, Settings, is_at_home};
use super::{EXPRESSES, Item, Speaker, account};
use crate::dialect::{Candidate, Dialect, Lowered};
use crate::model::{Guard, GuardKind, Stated};
use crate::syntax::{Schema, Value};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "probot-lock",
    title: "Lock Threads, a GitHub app (.github/lock.yml)",
    reference: "docs/dialects/probot-lock.md",
    recognised_by: "`daysUntilLock`; in `.github/lock.yml` any key of the app",
    expresses: EXPRESSES,
    hints: &["daysUntilLock", "lockComment", "lockLabel", "setLockReason", "skipCreatedBefore"],
    detect,
    lower,
};

/// Keys that hold for all items or, below `issues:` and `pulls:`, for one kind.
const KEYS: &[&str] =
    &["daysUntilLock", "skipCreatedBefore", "exemptLabels", "lockLabel", "lockComment", "setLockReason"];

/// Keys that stand only at the top.
const TOP_KEYS: &[&str] = &["only", "issues", "pulls", "perform", "_extends"];

const DEFAULT_DAYS: f64 = 365.0;

/// The only reason that the app gives.
const REASON: &str = "resolved";

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let parts = [Some(document), document.get("issues"), document.get("pulls")];
        let has = |key: &str| parts.into_iter().flatten().any(|part| part.get(key).is_some());
        let is_home = is_at_home(candidate.path, "lock");
        let elsewhere = probot::is_home_of_another(candidate.path, "lock");
        !elsewhere && has("daysUntilLock")
            || is_home && (KEYS.iter().any(|key| has(key)) || probot::is_for_another_app(document))
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let Some(first) = document.entries().next() else { continue };
        let settings = Settings::new(*candidate, document, candidate.site(first.key));
        settings.unknown_keys("the app Lock Threads", KEYS, TOP_KEYS, lowered);
        let account = account(lowered, candidate.path, &Speaker::Bot, settings.site);
        let locks = Item::ALL.into_iter().map(|item| policy(&settings, item, account)).collect();
        lock::lower(locks, lowered);
    }
}

fn policy(settings: &Settings<'_>, item: Item, account: usize) -> Lock {
    let flag = |key| settings.find(key, item).map_or(Stated::Absent, |node| settings.reader.flag(node));
    let label = settings.find("lockLabel", item).map_or(Stated::Absent, |node| settings.text(node));
    let gives_reason = flag("setLockReason").or(settings.default(true));
    Lock {
        kind: item.name(),
        name: "lock".to_owned(),
        site: settings.site,
        account,
        enabled: flag("perform"),
        included: settings.excluded(item).is_none(),
        days: settings.days("daysUntilLock", item, DEFAULT_DAYS),
        message: settings.message("lockComment", item),
        reason: match gives_reason {
            Stated::Known(true, site) => Stated::Known(REASON.to_owned(), site),
            Stated::Unknown(site) => Stated::Unknown(site),
            _ => Stated::Absent,
        },
        label,
        guards: guards(settings, item),
    }
}

fn guards(settings: &Settings<'_>, item: Item) -> Vec<Guard> {
    let labels = settings.find("exemptLabels", item);
    let labels = labels.and_then(|node| settings.guard(GuardKind::ExemptLabels, node));
    let since = settings.find("skipCreatedBefore", item);
    let since = since.filter(|node| node.value(Schema::Yaml12) != Value::Bool(false));
    let since = since.and_then(|node| settings.guard(GuardKind::AgeLimit, node));
    labels.into_iter().chain(since).collect()
}
