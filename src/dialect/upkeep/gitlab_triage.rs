//! gitlab-triage (`.triage-policies.yml`): rules that a scheduled pipeline applies to the issues and merge requests of a
//! GitLab project. Quick actions in a comment (`/lock`) are deeds as well.

use super::checks::{Check, Checks};
use super::policy::{Names, Policy, When, said as told};
use super::stages;
use crate::dialect::github::{act, label};
use crate::dialect::reading::Reader;
use crate::dialect::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{
    Account, Action, Audience, AudienceKind, Bound, Identity, LimitKind, Limits, Property, Stated, Text,
    Verb, unit_in_days,
};
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(in crate::dialect) static DIALECT: Dialect = Dialect {
    name: "gitlab-triage",
    title: "gitlab-triage, policies for a GitLab tracker (.triage-policies.yml)",
    reference: "docs/dialects/gitlab-triage.md",
    recognised_by: "`resource_rules` with `rules` or `summaries` for issues, merge requests or epics",
    expresses: &[Property::Exemptions],
    hints: &["resource_rules"],
    detect,
    lower,
};

/// The items of a tracker of which rules are known.
const RESOURCES: &[&str] = &["issues", "merge_requests", "epics", "branches"];

const NAMES: Names = Names { issue: "issue", pull: "merge request" };
const EPICS: Names = Names { issue: "epic", pull: "merge request" };

/// Conditions that the tool knows.
const CONDITIONS: &[&str] = &[
    "assignee_member",
    "author_member",
    "author_username",
    "date",
    "discussions",
    "draft",
    "forbidden_labels",
    "health_status",
    "issue_type",
    "iteration",
    "labels",
    "milestone",
    "name",
    "no_additional_labels",
    "project_path_with_namespace",
    "protected",
    "reviewer_id",
    "ruby",
    "source_branch",
    "state",
    "status",
    "target_branch",
    "upvotes",
    "votes",
    "weight",
];

/// Actions that the tool knows.
const ACTIONS: &[&str] = &[
    "comment",
    "comment_internal",
    "comment_on_summary",
    "comment_type",
    "delete",
    "issue",
    "labels",
    "mention",
    "move",
    "redact_confidential_resources",
    "remove_labels",
    "status",
    "summarize",
];

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().filter_map(|document| document.get("resource_rules")).any(|rules| {
        let parts = RESOURCES.iter().filter_map(|resource| rules.get(resource));
        parts.into_iter().any(|part| part.get("rules").is_some() || part.get("summaries").is_some())
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Yaml11);
    for document in candidate.tree.documents() {
        let Some(rules) = document.get("resource_rules") else { continue };
        let site = reader.site(rules);
        let account = lowered.account(Account {
            name: "the project".to_owned(),
            site,
            identity: Identity {
                platform: Stated::Known("gitlab".to_owned(), site),
                instance: Some(format!("gitlab-triage:{}", candidate.path.display())),
                ..Identity::default()
            },
            expressible: vec![Property::Exemptions],
            ..Account::default()
        });
        let file = File { reader, account };
        for resource in RESOURCES {
            let Some(part) = rules.get(resource) else { continue };
            let mut automations = Vec::new();
            for rule in part.get("rules").into_iter().flat_map(NodeRef::items) {
                file.unknown_keys(rule, lowered);
                automations.extend(file.policy(rule, resource).automations());
            }
            for summary in part.get("summaries").into_iter().flat_map(NodeRef::items) {
                automations.extend(file.policy(summary, resource).automations());
            }
            stages::join(automations).into_iter().for_each(|automation| lowered.automation(automation));
        }
    }
}

struct File<'t> {
    reader: Reader<'t>,
    account: usize,
}

impl<'t> File<'t> {
    fn policy(&self, rule: NodeRef<'t>, resource: &str) -> Policy {
        let name = rule.get("name");
        let site = self.reader.site(name.unwrap_or(rule));
        let is_pull = resource == "merge_requests";
        let mut checks = vec![Checks::One(if is_pull { Check::Pull } else { Check::Issue }, site)];
        let conditions = rule.get("conditions").into_iter().flat_map(NodeRef::entries);
        checks.extend(conditions.map(|entry| self.condition(entry.key, entry.value)));
        let mut limits = Limits::default();
        let most = |key: &str| rule.get("limits").and_then(|limits| limits.get(key));
        if let Some(most) = most("most_recent").or_else(|| most("oldest")) {
            limits.set(LimitKind::PerRun, self.reader.number(most).map(Bound::AtMost));
        }
        // The branches of a repository are nobody's report.
        let actions = if resource == "branches" { None } else { rule.get("actions") };
        Policy {
            name: name.map_or("a rule", NodeRef::text).to_owned(),
            site,
            account: self.account,
            enabled: Stated::Absent,
            names: if resource == "epics" { EPICS } else { NAMES },
            checks: Checks::All(checks),
            when: When::Clock(Stated::Absent),
            actions: actions.map_or_else(Vec::new, |actions| self.actions(actions)),
            limits,
        }
    }

    fn condition(&self, key: NodeRef<'t>, value: NodeRef<'t>) -> Checks {
        let site = self.reader.site(key);
        let one = |check: Check| Checks::One(check, site);
        let labels = |none: Check| {
            let labels = self.reader.texts(value).into_iter();
            Checks::All(
                labels
                    .map(|name| match name.text.trim() {
                        "None" | "No Label" => Checks::Not(Box::new(Checks::One(none.clone(), name.site))),
                        "Any" => Checks::One(none.clone(), name.site),
                        text => choices(text, &name),
                    })
                    .collect(),
            )
        };
        match key.text() {
            "date" => self.date(value),
            "state" => match value.text() {
                "closed" => one(Check::Closed),
                "merged" => one(Check::Merged),
                "opened" => Checks::Not(Box::new(one(Check::Closed))),
                _ => one(Check::Nothing),
            },
            "labels" => labels(Check::Labelled),
            "forbidden_labels" => {
                let names = self.reader.texts(value).into_iter();
                let names = names.map(|name| Checks::One(Check::Label(name.text), name.site));
                Checks::Not(Box::new(Checks::Any(names.collect())))
            }
            "milestone" | "iteration" => {
                let none = self
                    .reader
                    .texts(value)
                    .iter()
                    .any(|text| matches!(text.text.as_str(), "none" | "None" | "No Milestone"));
                if none { Checks::Not(Box::new(one(Check::Milestone))) } else { one(Check::Milestone) }
            }
            "draft" => match self.reader.flag(value).get() {
                Some(false) => Checks::Not(Box::new(one(Check::Draft))),
                _ => one(Check::Draft),
            },
            "target_branch" => one(Check::Nothing),
            _ => one(Check::Other),
        }
    }

    /// `date`: how long ago something was.
    fn date(&self, date: NodeRef<'t>) -> Checks {
        let text = |key: &str| date.get(key).map_or("", NodeRef::text).trim();
        let interval = date.get("interval");
        let site = self.reader.site(interval.unwrap_or(date));
        let amount = interval.map_or(Stated::Absent, |node| self.reader.number(node));
        let days = match unit_in_days(text("interval_type")) {
            Some(unit) => amount.map(|amount| amount * unit),
            None => Stated::Unknown(site),
        };
        let check = match (text("attribute"), text("condition")) {
            ("created_at" | "authored_date" | "committed_date", "older_than") => Check::Age(days),
            (_, "older_than") => Check::Quiet(days),
            (_, "newer_than") => return Checks::Not(Box::new(Checks::One(Check::Quiet(days), site))),
            _ => Check::Other,
        };
        Checks::One(check, site)
    }

    fn actions(&self, node: NodeRef<'t>) -> Vec<Action> {
        let mut actions = Vec::new();
        let named = |verb: Verb, people: Vec<Text>, site| {
            Action::new(verb, site, Audience::new(AudienceKind::Named, site).of(people))
        };
        let internal =
            node.get("comment_internal").and_then(|flag| self.reader.flag(flag).get()) == Some(true);
        for entry in node.entries() {
            let site = self.reader.site(entry.key);
            let texts = || self.reader.texts(entry.value);
            match entry.key.text() {
                "labels" => {
                    let names = texts().into_iter();
                    actions.extend(names.filter_map(|name| label(&Stated::Known(name.text, name.site))));
                }
                "remove_labels" => {
                    for name in texts() {
                        actions.push(
                            act(Verb::Unlabel, name.site).in_manner(Stated::Known(name.text, name.site)),
                        );
                    }
                }
                "status" => match entry.value.text() {
                    "close" => actions.push(act(Verb::Close, site)),
                    "reopen" => actions.push(act(Verb::Reopen, site)),
                    _ => {}
                },
                "mention" => {
                    let people = texts();
                    if !people.is_empty() {
                        actions.push(named(Verb::Mention, people, site));
                    }
                }
                "comment" => self.comment(entry.key, entry.value, internal, &mut actions),
                "delete" => actions.push(act(Verb::DeleteContent, site)),
                "summarize" | "issue" => {
                    let team = Audience::new(AudienceKind::Team, site);
                    let texts =
                        ["title", "summary", "description"].iter().filter_map(|key| entry.value.get(key));
                    let texts =
                        texts.filter(|text| text.kind() == Kind::Scalar).map(|text| self.reader.text(text));
                    let texts = texts.collect();
                    actions.push(Action { texts, ..Action::new(Verb::CreateTicket, site, team) });
                }
                _ => {}
            }
        }
        actions
    }

    /// A comment: what is said, and the quick actions in it, each of which begins a line.
    fn comment(&self, key: NodeRef<'t>, node: NodeRef<'t>, internal: bool, actions: &mut Vec<Action>) {
        let site = self.reader.site(node);
        let mut text = String::new();
        let mut deeds = Vec::new();
        for line in node.text().lines() {
            let Some(command) = line.strip_prefix('/').filter(|rest| rest.starts_with(char::is_alphabetic))
            else {
                text.push_str(line);
                text.push('\n');
                continue;
            };
            let (name, rest) = command.trim_end().split_once(' ').unwrap_or((command.trim_end(), ""));
            let labels = || labels_in(rest).map(|name| Stated::Known(name, site));
            match name {
                "close" => deeds.push(act(Verb::Close, site)),
                "reopen" => deeds.push(act(Verb::Reopen, site)),
                "lock" => deeds.push(act(Verb::Lock, site)),
                "label" | "labels" => deeds.extend(labels().filter_map(|name| label(&name))),
                "unlabel" | "remove_label" => {
                    deeds.extend(labels().map(|name| act(Verb::Unlabel, site).in_manner(name)));
                }
                _ => {}
            }
        }
        if !text.trim().is_empty() {
            let told = told(&Stated::Known(text.trim_end().to_owned(), site), self.reader.site(key));
            let team = || Audience::new(AudienceKind::Team, site);
            actions
                .extend(told.map(|told| if internal { Action { audience: team(), ..told } } else { told }));
        }
        actions.extend(deeds);
    }

    fn unknown_keys(&self, rule: NodeRef<'t>, lowered: &mut Lowered) {
        for (part, known) in [("conditions", CONDITIONS), ("actions", ACTIONS)] {
            for key in rule.get(part).into_iter().flat_map(NodeRef::entries).map(|entry| entry.key) {
                if !known.contains(&key.text())
                    && let Some(near) = nearest(key.text(), known.iter().copied())
                {
                    let text = format!("gitlab-triage knows no `{}` in `{part}`", key.text());
                    let help = format!("did you mean `{near}`?");
                    lowered.remark(RemarkKind::UnknownKey, self.reader.site(key), text, help);
                }
            }
        }
    }
}

/// A label, or several of which one will do: `stage::{new, old}`.
fn choices(text: &str, name: &Text) -> Checks {
    let one = |label: String| Checks::One(Check::Label(label), name.site);
    let Some((start, rest)) = text.split_once('{') else { return one(text.to_owned()) };
    let Some((list, end)) = rest.split_once('}') else { return one(text.to_owned()) };
    if list.contains("..") {
        return Checks::One(Check::Other, name.site);
    }
    Checks::Any(list.split(',').map(|part| one(format!("{start}{}{end}", part.trim()))).collect())
}

/// The labels of a quick action: `~old ~"not new"`.
fn labels_in(text: &str) -> impl Iterator<Item = String> {
    text.split('~').skip(1).map(|label| label.trim().trim_matches('"').to_owned())
}
