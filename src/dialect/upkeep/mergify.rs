//! Mergify (`.mergify.yml`): rules for pull requests, each with conditions and actions. Those that merge or queue are
//! left alone; those that speak, close, mark and ask are understood.

use super::checks::{Check, Checks};
use super::policy::{GITHUB, Policy, When, said};
use super::stages;
use crate::dialect::github::{Speaker, account, act, label};
use crate::dialect::reading::{Reader, flag_of};
use crate::dialect::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{Action, Audience, AudienceKind, Event, Limits, Property, Stated, Text, Verb};
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef, Schema, Value};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "mergify",
    title: "Mergify, a GitHub app (.mergify.yml)",
    reference: "docs/dialects/mergify.md",
    recognised_by: "`pull_request_rules` with `conditions` and `actions`",
    expresses: &[Property::Exemptions],
    hints: &["pull_request_rules"],
    detect,
    lower,
};

/// Keys of a rule.
const KEYS: &[&str] = &["name", "description", "disabled", "conditions", "actions", "priority", "hidden"];

/// All actions, also those that are about code alone.
const ACTIONS: &[&str] = &[
    "assign",
    "backport",
    "close",
    "comment",
    "copy",
    "delete_head_branch",
    "dismiss_reviews",
    "edit",
    "github_actions",
    "label",
    "merge",
    "post_check",
    "queue",
    "rebase",
    "request_reviews",
    "review",
    "squash",
    "update",
];

/// Options of the actions that speak or mark.
const OPTIONS: &[(&str, &[&str])] = &[
    ("comment", &["message", "bot_account"]),
    ("close", &["message"]),
    ("label", &["add", "remove", "remove_all", "toggle"]),
    ("review", &["type", "message", "bot_account"]),
];

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let rules = document.get("pull_request_rules");
        let mut rules = rules.into_iter().flat_map(NodeRef::items);
        rules.any(|rule| rule.get("actions").is_some() && rule.get("conditions").is_some())
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Yaml12);
    for document in candidate.tree.documents() {
        let Some(rules) = document.get("pull_request_rules") else { continue };
        let account = account(lowered, candidate.path, &Speaker::Bot, reader.site(rules));
        let file =
            File { reader, defaults: document.get("defaults").and_then(|all| all.get("actions")), account };
        let mut automations = Vec::new();
        for rule in rules.items() {
            file.unknown_keys(rule, lowered);
            automations.extend(file.policy(rule).automations());
        }
        stages::join(automations).into_iter().for_each(|automation| lowered.automation(automation));
    }
}

struct File<'t> {
    reader: Reader<'t>,
    defaults: Option<NodeRef<'t>>,
    account: usize,
}

impl<'t> File<'t> {
    fn policy(&self, rule: NodeRef<'t>) -> Policy {
        let name = rule.get("name");
        let conditions = rule.get("conditions");
        let checks = conditions.into_iter().flat_map(NodeRef::items).map(|one| self.checks(one));
        let actions = rule.get("actions").into_iter().flat_map(NodeRef::entries);
        let pulls = Checks::One(Check::Pull, self.reader.site(rule));
        Policy {
            name: name.map_or("a rule", NodeRef::text).to_owned(),
            site: self.reader.site(name.unwrap_or(rule)),
            account: self.account,
            enabled: match rule.get("disabled") {
                Some(off) if off.kind() != Kind::Scalar || off.value(Schema::Yaml12) != Value::Null => {
                    Stated::Known(false, self.reader.site(off))
                }
                _ => Stated::Absent,
            },
            names: GITHUB,
            checks: Checks::All(checks.chain([pulls]).collect()),
            when: When::Events(Event::PrOpened),
            actions: actions.flat_map(|entry| self.actions(entry.key, entry.value)).collect(),
            limits: Limits::default(),
        }
    }

    /// A condition, or several below `and`, `or`, `not`.
    fn checks(&self, node: NodeRef<'t>) -> Checks {
        match node.kind() {
            Kind::Scalar => self.check(node),
            Kind::Sequence => Checks::All(node.items().map(|one| self.checks(one)).collect()),
            Kind::Mapping => {
                let parts = node.entries().map(|entry| {
                    let within = || entry.value.items().map(|one| self.checks(one)).collect();
                    match entry.key.text() {
                        "or" => Checks::Any(within()),
                        "not" => Checks::Not(Box::new(self.checks(entry.value))),
                        "and" => Checks::All(within()),
                        _ => Checks::One(Check::Other, self.reader.site(entry.key)),
                    }
                });
                Checks::All(parts.collect())
            }
        }
    }

    /// One condition: `-` for not, `#` for how many, an attribute, an operator, a value.
    fn check(&self, node: NodeRef<'t>) -> Checks {
        let site = self.reader.site(node);
        let text = node.text().trim();
        let (mut negated, rest) = match text.strip_prefix(['-', '\u{ac}']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (counted, rest) = match rest.strip_prefix('#') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let (attribute, operator, value) = parts(rest);
        if matches!(operator, "!=" | "\u{2260}") {
            negated = !negated;
        }
        let is_exact = matches!(operator, "" | "=" | ":" | "!=" | "\u{2260}");
        let is_none = counted && (operator == "=" && value == "0" || operator == "<" && value == "1");
        let is_some = counted && (operator == ">" && value == "0" || operator == ">=" && value == "1");
        let older = operator.starts_with(['<', '\u{2264}']);
        let known = |days: Option<f64>| days.map_or(Stated::Unknown(site), |days| Stated::Known(days, site));
        let happened = |event: Event, words: &str| {
            let words = Some(words.to_owned()).filter(|words| !words.is_empty());
            Check::Happened(event, words.into_iter().collect())
        };
        let check = match attribute {
            "updated-at" if older => Check::Quiet(known(days_ago(value))),
            "updated-at" => happened(Event::Happening, "something happens in a pull request"),
            "created-at" if older => Check::Age(known(days_ago(value))),
            "closed" | "merged" | "closed-at" | "merged-at" if negated && attribute == "merged" => {
                Check::Nothing
            }
            "closed" => Check::Closed,
            "merged" => Check::Merged,
            "label" if is_exact && !counted => Check::Label(unquoted(value).to_owned()),
            "label" if is_none || is_some => {
                negated ^= is_none;
                Check::Labelled
            }
            "assignee" if is_none || is_some => {
                negated ^= is_none;
                Check::Assigned
            }
            "milestone" if !counted && value.is_empty() => Check::Milestone,
            "milestone" if is_none || is_some => {
                negated ^= is_none;
                Check::Milestone
            }
            "draft" => Check::Draft,
            "author" if value.contains("[bot]") || is_known_bot(value) => Check::Bot,
            "author" if negated => Check::Nothing,
            "conflict" if negated => Check::Nothing,
            "conflict" => happened(Event::Happening, "a pull request cannot be merged because of a conflict"),
            "approved-reviews-by" if is_none => Check::Other,
            "approved-reviews-by" if !negated => {
                happened(Event::Happening, "somebody approves a pull request")
            }
            "changes-requested-reviews-by" if !negated && !is_none => {
                happened(Event::Happening, "somebody asks for changes in a pull request")
            }
            "check-failure" | "status-failure" if !negated && !is_none => {
                happened(Event::Happening, "a check of a pull request fails")
            }
            "check-success" | "status-success" if !negated => {
                happened(Event::Happening, "the checks of a pull request succeed")
            }
            "base" | "locked" | "schedule" | "current-datetime" | "commits" => Check::Nothing,
            _ => Check::Other,
        };
        let one = Checks::One(check, site);
        if negated { Checks::Not(Box::new(one)) } else { one }
    }

    /// What an action does to people; `key` is where it is named.
    fn actions(&self, key: NodeRef<'t>, options: NodeRef<'t>) -> Vec<Action> {
        let site = self.reader.site(key);
        let usual = self.defaults.and_then(|actions| actions.get(key.text()));
        let find = |name: &str| options.get(name).or_else(|| usual?.get(name));
        // A message that is none of the file's own has words all the same.
        let message = find("message").map_or(Stated::Unknown(site), |node| self.message(node));
        let texts = |name: &str| find(name).map_or_else(Vec::new, |node| self.reader.texts(node));
        let named = |verb: Verb, people: Vec<Text>| {
            let audience = Audience::new(AudienceKind::Named, site).of(people);
            Action::new(verb, site, audience)
        };
        let mut actions: Vec<Action> = Vec::new();
        match key.text() {
            "comment" => actions.extend(said(&message, site)),
            "close" => {
                actions.push(act(Verb::Close, site));
                actions.extend(said(&message, site));
            }
            "review" if find("message").is_some() => actions.extend(said(&message, site)),
            "label" => {
                for (name, verb) in [("add", Verb::Label), ("toggle", Verb::Label), ("remove", Verb::Unlabel)]
                {
                    for text in texts(name) {
                        let name = Stated::Known(text.text, text.site);
                        match verb {
                            Verb::Label => actions.extend(label(&name)),
                            verb => actions.push(act(verb, text.site).in_manner(name)),
                        }
                    }
                }
                let all = find("remove_all").filter(|node| flag_of(node.text()) == Some(true));
                actions.extend(all.map(|_| act(Verb::Unlabel, site)));
            }
            "request_reviews" => {
                let people: Vec<Text> =
                    ["users", "teams", "users_from_teams"].into_iter().flat_map(texts).collect();
                if !people.is_empty() {
                    actions.push(named(Verb::RequestReview, people));
                }
            }
            "assign" => {
                let people: Vec<Text> = ["users", "add_users"].into_iter().flat_map(texts).collect();
                if !people.is_empty() {
                    actions.push(named(Verb::Assign, people));
                }
            }
            _ => {}
        }
        // It can act in the name of somebody who agreed to it.
        if let Some(person) = find("bot_account").filter(|node| node.kind() == Kind::Scalar) {
            let person = self.reader.text(person);
            for action in actions.iter_mut().filter(|_| !person.text.is_empty() && person.text != "null") {
                action.acts_as = vec![person.clone()];
            }
        }
        actions
    }

    /// A message is a template by nature: what is filled in is the name of the author and the like.
    fn message(&self, node: NodeRef<'t>) -> Stated<String> {
        match node.value(Schema::Yaml12) {
            Value::Null => Stated::Unknown(self.reader.site(node)),
            _ => Stated::Known(node.text().to_owned(), self.reader.site(node)),
        }
    }

    fn unknown_keys(&self, rule: NodeRef<'t>, lowered: &mut Lowered) {
        let mut check = |node: NodeRef<'t>, known: &[&str], what: &str| {
            for key in node.entries().map(|entry| entry.key).filter(|key| !known.contains(&key.text())) {
                let help = match nearest(key.text(), known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "delete it; Mergify refuses the whole file because of it".to_owned(),
                };
                let text = format!("Mergify knows no {what} `{}`", key.text());
                lowered.remark(RemarkKind::UnknownKey, self.reader.site(key), text, help);
            }
        };
        check(rule, KEYS, "key of a rule");
        if let Some(actions) = rule.get("actions") {
            check(actions, ACTIONS, "action");
            for (action, known) in OPTIONS {
                if let Some(options) = actions.get(action) {
                    check(options, known, &format!("option of `{action}`"));
                }
            }
        }
    }
}

/// Attribute, operator and value of a condition.
fn parts(text: &str) -> (&str, &str, &str) {
    const OPERATORS: &[&str] =
        &["!=", "\u{2260}", "~=", "*=", ">=", "\u{2265}", "<=", "\u{2264}", "=", ":", ">", "<"];
    let end =
        text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '[' | ']' | '*' | '.')));
    // In `files*=src/**` the star belongs to the operator.
    let end = end.map_or(text.len(), |end| {
        let before = text.get(..end).unwrap_or("");
        if before.ends_with('*') && text.get(end..).is_some_and(|rest| rest.starts_with('=')) {
            end - 1
        } else {
            end
        }
    });
    let (attribute, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let rest = rest.trim_start();
    let operator = OPERATORS.iter().find(|operator| rest.starts_with(**operator)).copied().unwrap_or("");
    (attribute.trim(), operator, rest.get(operator.len()..).unwrap_or("").trim())
}

/// Days of `14 days 3 hours ago`; none for a date.
fn days_ago(text: &str) -> Option<f64> {
    let period = text.trim().strip_suffix("ago")?;
    let mut days = 0.0;
    let mut amount: Option<f64> = None;
    for word in period.split_whitespace() {
        // Hours and minutes may stand as `2:03`.
        if let Some((hours, minutes)) = word.split_once(':') {
            days += hours.parse::<f64>().ok()? / 24.0 + minutes.parse::<f64>().ok()? / 1440.0;
        } else if let Ok(number) = word.parse::<f64>() {
            amount = Some(number);
        } else {
            days += amount.take()? * crate::model::unit_in_days(word)?;
        }
    }
    (days.is_finite() && amount.is_none()).then_some(days)
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(['"', '\''])
}

/// Bots that are known without the mark of one.
fn is_known_bot(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    ["dependabot", "renovate", "greenkeeper", "snyk-bot", "github-actions", "pre-commit-ci", "mergify"]
        .iter()
        .any(|bot| value.contains(bot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_taken_apart() {
        for (text, expected) in [
            ("label=bug", ("label", "=", "bug")),
            ("label != work in progress", ("label", "!=", "work in progress")),
            ("closed", ("closed", "", "")),
            ("files ~= ^docs/", ("files", "~=", "^docs/")),
            ("files*=src/**", ("files", "*=", "src/**")),
            ("commits[*].author = kim", ("commits[*].author", "=", "kim")),
            ("approved-reviews-by>=2", ("approved-reviews-by", ">=", "2")),
            ("updated-at < 14 days ago", ("updated-at", "<", "14 days ago")),
            ("", ("", "", "")),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn times_are_counted_back() {
        for (text, days) in [
            ("14 days ago", Some(14.0)),
            ("1 day 12 hours ago", Some(1.5)),
            ("9 days 12:00 ago", Some(9.5)),
            ("90 minutes ago", Some(0.0625)),
            ("2021-04-05", None),
            ("days ago", None),
            ("14 ago", None),
        ] {
            assert_eq!(days_ago(text), days, "{text}");
        }
    }
}
