//! Events of the platform that are no event of the model, in words: `a release is published`, `an issue is
//! assigned`. Knows names and types of events and nothing else.

use crate::model::Event;

/// What GitHub calls `watch`, for reasons of history.
pub(super) const STAR: &str = "somebody stars the repository";

/// What an event is about, by its name.
const NOUNS: &[(&str, &str)] = &[
    ("issues", "an issue"),
    ("issue_comment", "a comment"),
    ("pull_request", "a pull request"),
    ("pull_request_review", "a review"),
    ("pull_request_review_comment", "a comment of a review"),
    ("discussion", "a discussion"),
    ("discussion_comment", "a comment of a discussion"),
    ("release", "a release"),
    ("label", "a label of the repository"),
    ("milestone", "a milestone"),
    ("check_run", "a check"),
    ("check_suite", "a suite of checks"),
    ("workflow_run", "another workflow"),
    ("merge_group", "a merge group"),
    ("registry_package", "a package"),
    ("branch_protection_rule", "a rule for branches"),
];

/// Types whose words are not their own, with `{}` for what the event is about.
const TYPES: &[(&str, &str)] = &[
    ("assigned", "somebody is assigned to {}"),
    ("unassigned", "somebody is taken off {}"),
    ("review_requested", "a review of {} is asked for"),
    ("review_request_removed", "a request for a review of {} is withdrawn"),
    ("labeled", "{} is labelled"),
    ("unlabeled", "a label is taken off {}"),
    ("milestoned", "{} is put in a milestone"),
    ("demilestoned", "{} is taken out of its milestone"),
    ("converted_to_draft", "{} becomes a draft"),
    ("auto_merge_enabled", "auto-merge is switched on for {}"),
    ("auto_merge_disabled", "auto-merge is switched off for {}"),
    ("answered", "a comment is chosen as the answer of {}"),
    ("unanswered", "the answer of {} is taken back"),
    ("category_changed", "{} gets another category"),
    ("requested", "{} begins"),
    ("in_progress", "{} is under way"),
    ("rerequested", "{} is asked for again"),
    ("requested_action", "somebody asks {} for something"),
    ("checks_requested", "checks of {} are asked for"),
    ("enqueued", "{} is put in the merge queue"),
    ("dequeued", "{} is taken out of the merge queue"),
    ("released", "{} is published as a full one"),
    ("prereleased", "{} is published as a preview"),
    ("typed", "{} gets a type"),
    ("untyped", "{} loses its type"),
];

/// Events without types, or with none given.
const PLAIN: &[(&str, &str)] = &[
    ("create", "a branch or tag is created"),
    ("delete", "a branch or tag is deleted"),
    ("deployment", "something is deployed"),
    ("deployment_status", "the state of a deployment changes"),
    ("fork", "somebody forks the repository"),
    ("image_version", "there is a new version of an image for runners"),
    ("gollum", "a page of the wiki is changed"),
    ("page_build", "the pages of the repository are built"),
    ("public", "the repository is made public"),
    ("status", "the state of a commit changes"),
    ("watch", STAR),
    ("workflow_call", "another workflow calls it"),
    ("workflow_run", "another workflow runs"),
    ("check_run", "a check runs"),
    ("check_suite", "a suite of checks runs"),
];

/// The kind of item that an event is about, where it is one.
pub(super) fn item(event: &str) -> Option<&'static str> {
    match event {
        "issues" => Some("issue"),
        "pull_request" => Some("pull request"),
        "discussion" => Some("discussion"),
        _ => None,
    }
}

/// Calls from outside keep their event; everything else happens on the platform.
pub(super) fn event(name: &str) -> Event {
    if name == "repository_dispatch" { Event::Webhook } else { Event::Happening }
}

/// What happens, as a clause.
pub(super) fn words(event: &str, kind: Option<&str>) -> String {
    let noun = NOUNS.iter().find(|(name, _)| *name == event).map(|(_, noun)| *noun);
    let plain = PLAIN.iter().find(|(name, _)| *name == event).map(|(_, words)| (*words).to_owned());
    let shown = event.replace('_', " ");
    match (kind, noun) {
        (Some("started"), _) | (None, _) if plain.is_some() => plain.unwrap_or_default(),
        (Some(kind), Some(noun)) => match TYPES.iter().find(|(name, _)| *name == kind) {
            Some((_, words)) => words.replace("{}", noun),
            None => format!("{noun} is {}", kind.replace('_', " ")),
        },
        (None, Some(noun)) => format!("something happens to {noun}"),
        (Some(kind), None) => format!("`{shown}` is {}", kind.replace('_', " ")),
        (None, None) => format!("the event `{shown}` happens"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_have_words() {
        for (event, kind, said) in [
            ("issues", Some("assigned"), "somebody is assigned to an issue"),
            ("issues", Some("edited"), "an issue is edited"),
            ("pull_request", Some("review_requested"), "a review of a pull request is asked for"),
            ("release", Some("published"), "a release is published"),
            ("release", None, "something happens to a release"),
            ("workflow_run", Some("completed"), "another workflow is completed"),
            ("workflow_run", None, "another workflow runs"),
            ("watch", Some("started"), "somebody stars the repository"),
            ("fork", None, "somebody forks the repository"),
        ] {
            assert_eq!(words(event, kind), said);
        }
    }
}
