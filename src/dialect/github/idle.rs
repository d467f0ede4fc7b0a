//! What a script on the clock goes by: items that nobody touched for a while, which makes it a stale policy by hand, or
//! everything that is open. Reads searches, periods and marks; what else the script weighs is not known.

use super::periods;
use super::script::Deed;
use super::step::Step;
use crate::model::{Event, Guard, GuardKind, Site, Stated, Text, Trigger, Verb};
use crate::source::boundary;

/// Words by which a script asks when something was last touched.
const DATES: &[&str] = &["updated:", "updated_at", "updatedAt", "lastUpdated", "last_updated", "updated ="];

/// Words of a search that limit it, and the guards that they are.
const WORDS: &[(&str, GuardKind)] = &[
    ("-label:", GuardKind::ExemptLabels),
    ("label:", GuardKind::OnlyLabels),
    ("--label ", GuardKind::OnlyLabels),
    ("--label=", GuardKind::OnlyLabels),
    ("labels=", GuardKind::OnlyLabels),
    ("labels: '", GuardKind::OnlyLabels),
    ("labels: \"", GuardKind::OnlyLabels),
    ("no:milestone", GuardKind::ExemptMilestones),
    ("no:assignee", GuardKind::ExemptAssigned),
    ("no:label", GuardKind::Unlabelled),
];

/// Ways to list the open items of a tracker, and the kind that each lists.
const LISTS: &[(&str, &str)] = &[
    ("gh issue list", "issue"),
    ("gh pr list", "pull request"),
    ("gh search issues", "issue"),
    ("gh search prs", "pull request"),
    ("listForRepo", "issue"),
    ("pulls.list(", "pull request"),
    ("pulls.list,", "pull request"),
    ("issuesAndPullRequests", "issue"),
    ("/issues?", "issue"),
    ("/pulls?", "pull request"),
    ("/issues\"", "issue"),
    ("/pulls\"", "pull request"),
    ("get_issues(", "issue"),
    ("get_pulls(", "pull request"),
    ("search_issues(", "issue"),
    ("is:issue", "issue"),
    ("is:pr", "pull request"),
];

/// Words by which a script marks what it has dealt with, or looks whether it has.
const MARKS: &[&str] = &[
    "--add-label",
    "--remove-label",
    "addLabels",
    "removeLabel",
    "add_to_labels",
    "add_label",
    "setLabels",
    "-label:",
    "listComments",
    "get_comments",
    "list_comments",
    "--json comments",
    "comments,",
    "/comments?",
    "/comments\" |",
    "--comments",
    "<!--",
    "--edit-last",
    "updateComment",
    "deleteComment",
    "actions/cache",
    "/labels",
    "created:>",
    "updated:>",
];

/// What a script on the clock waits for: silence, if it asks how old something is and closes it, or comments on it.
/// `site` gives the site of a place in the script.
pub(super) fn silence(
    step: &Step<'_>,
    script: &str,
    deeds: &[&Deed],
    clock: &Trigger,
    site: impl Fn(usize) -> Site,
) -> Option<(Trigger, Vec<Guard>)> {
    let acts = deeds.iter().any(|deed| matches!(deed.verb, Verb::Close | Verb::Lock));
    let date = DATES.iter().find_map(|word| script.find(word))?;
    if clock.event != Event::Schedule || !acts || script.contains("updated:>") {
        return None;
    }
    // What is limited to a label was mostly marked by an earlier step, and its people were told then.
    let guards = guards(script, &site);
    if guards.iter().any(|guard| guard.kind == GuardKind::OnlyLabels) {
        return None;
    }
    let (days, place) = periods::days(Some(step), script)?;
    let pulls =
        ["gh pr ", "/pulls", "pulls.", "is:pr", "get_pulls("].iter().any(|word| script.contains(word));
    let event = if pulls { Event::PrIdle } else { Event::IssueIdle };
    let mut trigger = Trigger::new(event, clock.site);
    trigger.schedule = clock.schedule.clone();
    trigger.after = Stated::Known(days, site(if place == 0 { date } else { place }));
    Some((trigger, guards))
}

/// The kinds of item that a script lists while they are open; none where it lists nothing.
pub(super) fn open_items(script: &str, site: Site) -> Option<Vec<Text>> {
    if script.contains("state closed") || script.contains("state: 'closed'") && !script.contains("'open'") {
        return None;
    }
    let mut kinds: Vec<Text> = Vec::new();
    for (_, kind) in LISTS.iter().filter(|(list, _)| script.contains(list)) {
        if kinds.iter().all(|known| known.text != *kind) {
            kinds.push(Text { text: (*kind).to_owned(), site });
        }
    }
    (!kinds.is_empty()).then_some(kinds)
}

/// Whether a script marks what it has dealt with, or looks at it before it does it again.
pub(super) fn remembers(script: &str) -> bool {
    MARKS.iter().any(|mark| script.contains(mark))
        || DATES.iter().chain(&["created_at", "createdAt"]).any(|word| script.contains(word))
        || script.contains(".labels")
}

/// Whether the conditions of a script ask for nothing but how old something is, or whether it is an issue at all.
pub(super) fn asks_only_for_age(script: &str) -> bool {
    const AGE: &[&str] = &[
        "updat",
        "creat",
        "age",
        "day",
        "diff",
        "date",
        "time",
        "cutoff",
        "threshold",
        "since",
        "old",
        "limit",
        "pull_request",
        "length",
        "-lt",
        "-gt",
        "-ge",
        "-le",
        "-z",
        "-n ",
        "assign",
        "state",
        "empty",
        "data",
    ];
    let conditions = conditions(script);
    conditions.iter().all(|condition| {
        let text = condition.to_ascii_lowercase();
        AGE.iter().any(|word| text.contains(word)) && !text.contains("label") && !text.contains("comment")
    })
}

/// Whether a script acts on people who have not starred the repository.
pub(super) fn asks_for_stars(script: &str) -> bool {
    ["stargazer", "Stargazer", "checkRepoIsStarred", "user/starred", "/starred", "has_starred", "hasStarred"]
        .iter()
        .any(|word| script.contains(word))
}

/// How many bytes a condition may have. Without an end, each would reach to that of the script.
const LONGEST_CONDITION: usize = 2_000;

/// The conditions of a script: between `if` and `then`, or in brackets.
fn conditions(script: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (place, _) in script.match_indices("if") {
        let whole = script.get(..place).and_then(|before| before.chars().next_back());
        let rest = script.get(place + 2..).unwrap_or("");
        let rest = rest.get(..boundary(rest, LONGEST_CONDITION)).unwrap_or(rest);
        if whole.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
            || !rest.starts_with([' ', '(', '['])
        {
            continue;
        }
        let end = rest.find("then").or_else(|| rest.find(") {")).or_else(|| rest.find('\n'));
        found.push(rest.get(..end.unwrap_or(rest.len())).unwrap_or(""));
    }
    found
}

fn guards(script: &str, site: impl Fn(usize) -> Site) -> Vec<Guard> {
    let mut guards: Vec<Guard> = Vec::new();
    for (word, kind) in WORDS {
        for (place, _) in script.match_indices(word) {
            let before = script.get(..place).unwrap_or("").chars().next_back();
            if before.is_some_and(|c| c == '-' || c.is_ascii_alphanumeric()) {
                continue;
            }
            let value = script.get(place + word.len()..).unwrap_or("");
            let value = value.trim_start_matches(['\\', '"', '\'']);
            let end = value.find(['"', '\'', '\\', '\n', ' ', '&']).unwrap_or(value.len());
            let text = value.get(..end).unwrap_or("").to_owned();
            let site = site(place);
            guards.push(Guard { values: vec![Text { text, site }], ..Guard::new(*kind, site) });
        }
    }
    let asks = |word: &str| script.contains(word);
    if let Some(place) = script.find(".labels") {
        // Which labels a program weighs is read no further.
        guards.push(Guard::new(GuardKind::Relevance, site(place)));
    }
    if asks(".assignee == null") || asks("!issue.assignee") || asks(".assignees | length == 0") {
        guards.push(Guard::new(GuardKind::ExemptAssigned, site(0)));
    }
    guards
}
