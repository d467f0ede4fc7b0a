//! What the conditions (`if:`) of a job and a step ask for that only a run knows, as guards: parts that must hold
//! together, alternatives, and what is turned round by `!`. Says nothing about what the file itself decides.

use super::expression;
use super::step::Step;
use crate::model::{Guard, GuardKind, Site, Text};

/// How deeply brackets may nest.
const MAX_DEPTH: usize = 20;

/// The guards that the conditions of a step amount to.
pub(super) fn guards(step: &Step<'_>) -> Vec<Guard> {
    let conditions = step.conditions().map(|condition| {
        let text = condition.text().trim();
        let inside = text.strip_prefix("${{").and_then(|text| text.strip_suffix("}}")).unwrap_or(text);
        let reading = Reading { step, site: step.site_of(condition) };
        reading.guards(inside, true, MAX_DEPTH)
    });
    let mut guards: Vec<Guard> = conditions.flatten().collect();
    // Whoever leaves out bots, or an account by name, while a person's token speaks, leaves out its own acts.
    let others = guards.iter().find(|guard| guard.kind == GuardKind::ExcludeBots).map(|guard| guard.site);
    if let Some(site) = others.filter(|_| step.has_own_token()) {
        guards.push(Guard::new(GuardKind::ExcludeSelf, site));
    }
    guards
}

/// The guard that asks whether a pull request was merged, by its place among these.
pub(super) fn merged(guards: &[Guard]) -> Option<usize> {
    guards.iter().position(|guard| guard.said == MERGED)
}

/// What a condition on `pull_request.merged` asks for.
const MERGED: &str = "it was merged";

struct Reading<'s, 'w> {
    step: &'s Step<'w>,
    site: Site,
}

impl Reading<'_, '_> {
    /// What a part asks for if it must hold, or must not.
    fn guards(&self, text: &str, holds: bool, depth: usize) -> Vec<Guard> {
        let text = text.trim();
        let (any, all) = (parts(text, "||"), parts(text, "&&"));
        if depth == 0 {
            return Vec::new();
        }
        // Not one of several is none of them.
        match (any.len() > 1, all.len() > 1, holds) {
            (true, _, true) => self.alternatives(&any, holds, depth),
            (true, _, false) => any.iter().flat_map(|part| self.guards(part, holds, depth - 1)).collect(),
            (_, true, true) => all.iter().flat_map(|part| self.guards(part, holds, depth - 1)).collect(),
            (_, true, false) => self.alternatives(&all, holds, depth),
            _ => match (text.strip_prefix('!').filter(|rest| !rest.starts_with('=')), bracketed(text)) {
                (Some(rest), _) if parts(rest, "==").len() == 1 && parts(rest, "!=").len() == 1 => {
                    self.guards(rest, !holds, depth - 1)
                }
                (None, Some(inside)) => self.guards(inside, holds, depth - 1),
                _ => self.leaf(text, holds).into_iter().collect(),
            },
        }
    }

    /// Alternatives, one of which is enough: one guard with the words of all where they ask for the same, else a
    /// choice that the workflow makes; nothing where one of them asks for nothing.
    fn alternatives(&self, alternatives: &[&str], holds: bool, depth: usize) -> Vec<Guard> {
        let mut found: Vec<Guard> = Vec::new();
        for part in alternatives {
            let truth = expression::condition(part, &|name| self.step.value_of(name));
            match truth.map(|truth| truth == holds) {
                Some(true) => return Vec::new(),
                Some(false) => continue,
                None => {}
            }
            let mut guards = self.guards(part, holds, depth - 1);
            match (guards.pop(), guards.is_empty(), found.first_mut()) {
                (None, ..) => return Vec::new(),
                (Some(guard), true, None) => found.push(guard),
                (Some(guard), true, Some(first)) if first.kind == guard.kind && is_a_choice(guard.kind) => {
                    first.values.extend(guard.values);
                }
                _ => return vec![Guard::new(GuardKind::Relevance, self.site)],
            }
        }
        found
    }

    /// What one comparison or call asks for. What it says of the run itself is no guard.
    fn leaf(&self, part: &str, holds: bool) -> Option<Guard> {
        let says = |words: &[&str]| words.iter().any(|word| part.contains(word));
        if says(&["github.event.action", "github.event_name", "github.event.inputs", "github.repository"]) {
            return None;
        }
        let is = holds != is_negated(part);
        let kind = kind_of(part, is, self.step.has_own_token())?;
        let named = !matches!(kind, GuardKind::Unlabelled | GuardKind::ByAuthor | GuardKind::NotStarred);
        if kind == GuardKind::Relevance {
            return Some(Guard::new(kind, self.site).saying(&words(part, is)));
        }
        let values = quoted(part).filter(|_| named);
        let values = values.map(|text| Text { text: text.to_owned(), site: self.site }).collect();
        Some(Guard { values, ..Guard::new(kind, self.site) })
    }
}

/// What a condition asks for that no guard of the model says: `“missing” of the step “changelog” is “true”`.
fn words(part: &str, is: bool) -> String {
    let unread = "a condition holds that a run decides";
    if part.contains("pull_request.merged") && !part.contains("merged_at") {
        return if is { MERGED.to_owned() } else { "it was not merged".to_owned() };
    }
    if part.contains("failure()") {
        return if is { "an earlier step failed" } else { "no earlier step failed" }.to_owned();
    }
    if part.contains("cancelled()") {
        return if is { "the run was cancelled" } else { "the run was not cancelled" }.to_owned();
    }
    let (what, value) = match part.split_once("==").or_else(|| part.split_once("!=")) {
        Some((what, value)) => (what, Some(value)),
        None => (part, None),
    };
    let what = what.trim().trim_start_matches(['!', '(']).trim();
    let Some(what) = thing(what) else { return unread.to_owned() };
    let value = value.map(|value| value.trim().trim_matches(['\'', ')', ' ']));
    match value {
        Some(value) if value.contains(['.', '(', '$']) => unread.to_owned(),
        Some("true" | "false") | None => format!("{what} {} true", if is { "is" } else { "is not" }),
        Some("" | "null" | "0") => format!("{what} is {}", if is { "empty" } else { "not empty" }),
        Some(value) => format!("{what} {} “{value}”", if is { "is" } else { "is not" }),
    }
}

/// A name of the run in words: `the state of the issue` for `github.event.issue.state`.
fn thing(name: &str) -> Option<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let plain = |word: &str| word.replace(['_', '-'], " ");
    let path: Vec<&str> = name.split('.').collect();
    match path.as_slice() {
        ["steps" | "needs", step, "outputs", output] => Some(format!("“{output}” of the step “{step}”")),
        ["steps" | "needs", step, "outcome" | "conclusion" | "result"] => {
            Some(format!("the outcome of the step “{step}”"))
        }
        ["github", "event", rest @ ..] if !rest.is_empty() => {
            let words: Vec<String> = rest.iter().rev().map(|word| format!("the {}", plain(word))).collect();
            Some(words.join(" of "))
        }
        ["github", "actor" | "triggering_actor"] => Some("the account that set it off".to_owned()),
        _ => None,
    }
}

/// Guards with words, one of which is enough.
const fn is_a_choice(kind: GuardKind) -> bool {
    matches!(kind, GuardKind::OnlyLabels | GuardKind::Keyword | GuardKind::FirstTime)
}

/// The guard of a comparison that holds, or does not.
fn kind_of(part: &str, is: bool, own_token: bool) -> Option<GuardKind> {
    let says = |words: &[&str]| words.iter().any(|word| part.contains(word));
    let commenter = says(&["comment.user.login", "sender.login", "github.actor", "triggering_actor"]);
    Some(if says(&["label"]) && is_about_nothing(part) {
        if is == is_empty_wanted(part) { GuardKind::Unlabelled } else { GuardKind::OnlyLabels }
    } else if says(&["label"]) {
        if is { GuardKind::OnlyLabels } else { GuardKind::ExemptLabels }
    } else if says(&["stargazer", "starred"]) {
        if is { GuardKind::HasStarred } else { GuardKind::NotStarred }
    } else if commenter && says(&["issue.user.login", "pull_request.user.login", "discussion.user.login"]) {
        if is { GuardKind::ByAuthor } else { GuardKind::Relevance }
    } else if !is && says(&["[bot]", "user.type", "sender.type"]) {
        GuardKind::ExcludeBots
    } else if !is && (commenter || says(&["user.login"])) {
        let is_a_bot = quoted(part).any(|name| name.to_ascii_lowercase().contains("bot"));
        match (is_a_bot, own_token) {
            (true, _) => GuardKind::ExcludeBots,
            (false, true) => GuardKind::ExcludeSelf,
            (false, false) => GuardKind::Relevance,
        }
    } else if says(&["FIRST_TIME"]) && is {
        GuardKind::FirstTime
    } else if says(&["comment.body"]) && is {
        GuardKind::Keyword
    } else if says(&[".draft"]) && !is {
        GuardKind::ExemptDrafts
    } else if says(&["github.event.", "steps.", "needs.", "failure()", "cancelled()"]) {
        GuardKind::Relevance
    } else {
        return None;
    })
}

/// Whether a comparison says that something is not so.
fn is_negated(part: &str) -> bool {
    let compared = |words: &[&str]| {
        let folded: String = part.chars().filter(|c| !c.is_whitespace()).collect();
        words.iter().any(|word| folded.contains(word))
    };
    let turned = part.trim_start().starts_with('!');
    let denied = compared(&["==false", "=='false'", "!=true", "!='true'"]);
    let differs = !denied && compared(&["!="]) && !compared(&["!=false", "!='false'"]);
    turned != (denied || differs)
}

/// Whether a list is compared with nothing: `join(labels) == ''`, `labels[0] != null`, or asked for its first item.
fn is_about_nothing(part: &str) -> bool {
    let folded: String = part.chars().filter(|c| !c.is_whitespace()).collect();
    let nothing = ["=''", "=null", "='[]'", "=0", "=\"\"", ">0", "<1"];
    nothing.iter().any(|nothing| folded.ends_with(nothing))
        || folded.ends_with("labels[0]")
        || folded.ends_with("labels[0].name")
        || folded.ends_with(".labels")
}

/// Whether a comparison with nothing, or a question for an item, asks for nothing.
fn is_empty_wanted(part: &str) -> bool {
    let folded: String = part.chars().filter(|c| !c.is_whitespace()).collect();
    // `is` has turned `!=` round already.
    folded.contains('=') || folded.ends_with("<1")
}

/// The texts in single quotes.
fn quoted(part: &str) -> impl Iterator<Item = &str> {
    part.split('\'').skip(1).step_by(2).filter(|text| !text.is_empty())
}

/// The parts of a text between marks that stand outside of brackets and quotes.
fn parts<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    let (mut depth, mut quoted, mut begin, mut skip) = (0_usize, false, 0, 0);
    let mut found = Vec::new();
    for (place, letter) in text.char_indices() {
        match letter {
            _ if place < skip => {}
            '\'' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 && text.get(place..).is_some_and(|rest| rest.starts_with(mark)) => {
                found.push(text.get(begin..place).unwrap_or(""));
                begin = place + mark.len();
                skip = begin;
            }
            _ => {}
        }
    }
    found.push(text.get(begin..).unwrap_or(""));
    found
}

/// What stands in brackets that hold the whole text.
fn bracketed(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('(')?.strip_suffix(')')?;
    let (mut depth, mut quoted) = (0_usize, false);
    for letter in inside.chars() {
        match letter {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    Some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_outside_of_brackets_and_quotes() {
        assert_eq!(parts("a || (b || c) || 'd || e'", "||"), ["a ", " (b || c) ", " 'd || e'"]);
        assert_eq!(parts("a && b", "||"), ["a && b"]);
        assert_eq!(bracketed("(a) || (b)"), None);
        assert_eq!(bracketed("(a || (b))"), Some("a || (b)"));
    }

    #[test]
    fn conditions_are_told_in_words() {
        for (part, said) in [
            ("steps.changelog.outputs.missing == 'true'", "“missing” of the step “changelog” is true"),
            ("steps.changelog.outputs.missing != 'true'", "“missing” of the step “changelog” is not true"),
            ("github.event.issue.state == 'closed'", "the state of the issue is “closed”"),
            ("github.event.issue.state != 'closed'", "the state of the issue is not “closed”"),
            ("github.event.pull_request.merged == true", "it was merged"),
            ("github.event.pull_request.merged == false", "it was not merged"),
            ("!github.event.pull_request.merged", "it was not merged"),
            ("failure()", "an earlier step failed"),
            ("github.event.issue.pull_request == null", "the pull request of the issue is empty"),
            ("contains(github.event.issue.body, 'x')", "a condition holds that a run decides"),
        ] {
            assert_eq!(words(part, !is_negated(part) || part.contains("null")), said, "{part}");
        }
    }

    #[test]
    fn comparisons_are_guards() {
        for (part, kind) in [
            ("contains(github.event.issue.labels.*.name, 'x')", GuardKind::OnlyLabels),
            ("github.event.label.name != 'x'", GuardKind::ExemptLabels),
            ("contains(github.event.issue.labels.*.name, 'x') == false", GuardKind::ExemptLabels),
            ("join(github.event.issue.labels) == ''", GuardKind::Unlabelled),
            ("join(github.event.issue.labels) != ''", GuardKind::OnlyLabels),
            ("toJSON(github.event.issue.labels) == '[]'", GuardKind::Unlabelled),
            ("github.event.issue.labels[0] == null", GuardKind::Unlabelled),
            ("!github.event.issue.labels[0]", GuardKind::Unlabelled),
            ("github.event.issue.labels[0]", GuardKind::OnlyLabels),
            ("github.event.comment.user.login == github.event.issue.user.login", GuardKind::ByAuthor),
            ("github.actor != 'kim-bot'", GuardKind::ExcludeBots),
            ("github.actor != 'kim'", GuardKind::ExcludeSelf),
            ("steps.x.outputs.is-stargazer != 'true'", GuardKind::NotStarred),
            ("steps.x.outputs.is-stargazer == 'false'", GuardKind::NotStarred),
            ("steps.x.outputs.is-stargazer == 'true'", GuardKind::HasStarred),
        ] {
            assert_eq!(kind_of(part, !is_negated(part), true), Some(kind), "{part}");
        }
    }
}
