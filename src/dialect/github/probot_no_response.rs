//! `.github/no-response.yml` of the app No Response: issues are closed when their author does not answer.

use super::no_response::{DEFAULT_DAYS, DEFAULT_LABEL, NoResponse};
use super::probot::{self, Settings, is_at_home};
use super::{EXPRESSES, Item, Speaker, account};
use crate::dialect::{Candidate, Dialect, Lowered};
use crate::model::Stated;

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "probot-no-response",
    title: "No Response, a GitHub app (.github/no-response.yml)",
    reference: "docs/dialects/probot-no-response.md",
    recognised_by: "`responseRequiredLabel` with `daysUntilClose`; in `.github/no-response.yml` any key of the app",
    expresses: EXPRESSES,
    hints: &["responseRequiredLabel", "daysUntilClose", "closeComment"],
    detect,
    lower,
};

/// Every key of the app.
const KEYS: &[&str] = &[
    "daysUntilClose",
    "responseRequiredLabel",
    "responseRequiredColor",
    "closeComment",
    "perform",
    "_extends",
];

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let has = |key: &str| document.get(key).is_some();
        let at_home = is_at_home(candidate.path, "no-response") && KEYS.iter().any(|key| has(key));
        let is_home = is_at_home(candidate.path, "no-response");
        let elsewhere = probot::is_home_of_another(candidate.path, "no-response");
        !elsewhere && has("responseRequiredLabel") && has("daysUntilClose")
            || at_home
            || is_home && probot::is_for_another_app(document)
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let Some(first) = document.entries().next() else { continue };
        let settings = Settings::new(*candidate, document, candidate.site(first.key));
        settings.unknown_keys("the app No Response", KEYS, &[], lowered);
        let account = account(lowered, candidate.path, &Speaker::Bot, settings.site);
        let label = document.get("responseRequiredLabel").map_or(Stated::Absent, |node| settings.text(node));
        let performs = document.get("perform").map_or(Stated::Absent, |node| settings.reader.flag(node));
        let policy = NoResponse {
            name: "no response".to_owned(),
            site: settings.site,
            account,
            enabled: performs,
            days: settings.days("daysUntilClose", Item::Issues, DEFAULT_DAYS),
            label: label.or(settings.default(DEFAULT_LABEL.to_owned())),
            message: settings.message("closeComment", Item::Issues),
            guards: Vec::new(),
        };
        policy.lower(lowered);
    }
}
