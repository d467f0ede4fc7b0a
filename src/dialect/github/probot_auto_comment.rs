//! `.github/auto-comment.yml` of the app auto-comment: a comment on each event that has a key, for everybody.

use super::auto_comment::{event_of, trigger_of};
use super::probot::{self, Settings, is_at_home};
use super::{EXPRESSES, Speaker, account, act};
use crate::dialect::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{Automation, Verb};
use crate::syntax::{Kind, NodeRef};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "probot-auto-comment",
    title: "auto-comment, a GitHub app (.github/auto-comment.yml)",
    reference: "docs/dialects/probot-auto-comment.md",
    recognised_by: "nothing but keys of events, such as `issuesOpened` and `pullRequestOpened`; in `.github/auto-comment.yml` any of them",
    expresses: EXPRESSES,
    hints: &[
        "issuesOpened",
        "issueOpened",
        "pullRequestOpened",
        "issuesClosed",
        "pullRequestClosed",
        "issuesLabeled",
    ],
    detect,
    lower,
};

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let is_text = |node: NodeRef<'_>| node.kind() != Kind::Mapping;
        let mut events =
            document.entries().map(|entry| event_of(entry.key.text()).is_some() && is_text(entry.value));
        if is_at_home(candidate.path, "auto-comment") {
            return events.any(|is_event| is_event) || probot::is_for_another_app(document);
        }
        if probot::is_home_of_another(candidate.path, "auto-comment") {
            return false;
        }
        let has_keys = document.entries().next().is_some();
        has_keys
            && document.entries().all(|entry| {
                let key = entry.key.text();
                key == "_extends" || event_of(key).is_some() && is_text(entry.value)
            })
            && events.any(|is_event| is_event)
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    for document in candidate.tree.documents() {
        let Some(first) = document.entries().next() else { continue };
        let settings = Settings::new(*candidate, document, candidate.site(first.key));
        let account = account(lowered, candidate.path, &Speaker::Bot, settings.site);
        for entry in document.entries() {
            let key = entry.key.text();
            let site = settings.reader.site(entry.key);
            let Some(trigger) = trigger_of(key, site) else {
                if key != "_extends" {
                    let text = format!("auto-comment has no event `{key}`");
                    let usual = || "write for example `issuesOpened` or `pullRequestOpened`".to_owned();
                    let help = probot::moved(key, candidate.path).unwrap_or_else(usual);
                    lowered.remark(RemarkKind::UnknownKey, site, text, help);
                }
                continue;
            };
            let texts = settings.reader.texts(entry.value);
            if texts.iter().all(|text| text.text.trim().is_empty()) {
                continue;
            }
            let mut reply = act(Verb::Comment, site);
            reply.texts = texts;
            lowered.automation(Automation {
                name: key.to_owned(),
                site,
                account,
                triggers: vec![trigger],
                actions: vec![reply],
                ..Automation::default()
            });
        }
    }
}
