//! A step of a workflow: which action it uses, when it runs, and what its inputs and expressions come to.
//! Knows nothing of any action.

use std::path::Path;

use super::Speaker;
use super::expression::{self, Value};
use super::workflow::Workflow;
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Guard, GuardKind, Site, Stated};
use crate::names::nearest;
use crate::source::Span;
use crate::syntax::{Entry, Kind, NodeRef, Schema, Value as Scalar};

/// The event of a person starting a workflow.
pub(super) const BY_HAND: &str = "workflow_dispatch";

/// The event of another workflow calling this one.
pub(super) const CALL: &str = "workflow_call";

/// How often a variable may refer to another one before it counts as unknown.
const MAX_REFERENCES: usize = 8;

/// A step of a job of a workflow.
pub(super) struct Step<'w> {
    pub(super) workflow: &'w Workflow<'w>,
    pub(super) job: Entry<'w>,
    pub(super) node: NodeRef<'w>,
    /// When it runs.
    pub(super) runs: Runs<'w>,
}

/// When a step runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Runs<'t> {
    /// On this event, without anybody asking for it.
    ByItself(&'t str),
    /// When a person starts it; where that is said.
    ByHand(Site),
    /// Not at all; where that is said.
    Never(Site),
}

impl<'w> Step<'w> {
    /// A step of a job.
    pub(super) fn new(workflow: &'w Workflow<'w>, job: Entry<'w>, node: NodeRef<'w>) -> Self {
        let mut step = Self { workflow, job, node, runs: Runs::Never(workflow.candidate.site(node)) };
        step.runs = step.when();
        step
    }

    /// Whether the step uses this action, in any version.
    pub(super) fn is_action(&self, action: &str) -> bool {
        let used = self.node.get("uses").map_or("", NodeRef::text);
        used.split_once('@').is_some_and(|(name, _)| name.trim().eq_ignore_ascii_case(action))
    }

    /// The name of the action's repository, without owner, path and version. Forks mostly keep it.
    pub(super) fn action_name(&self) -> &'w str {
        let used = self.node.get("uses").map_or("", NodeRef::text);
        let path = used.split_once('@').map_or("", |(path, _)| path);
        path.split('/').nth(1).unwrap_or("").trim()
    }

    /// The major version in `uses: action@v4.1` or, for a commit, in the comment behind it (`# v4.1`).
    /// None for branches and bare commits, which are read as the newest version.
    pub(super) fn major_version(&self) -> Option<u32> {
        let uses = self.node.get("uses")?;
        let (_, version) = uses.text().split_once('@')?;
        version_in(version).or_else(|| version_in(self.comment_behind(uses)?.trim_start_matches(['#', ' '])))
    }

    /// The comment on the line on which a node ends.
    fn comment_behind(&self, node: NodeRef<'w>) -> Option<&'w str> {
        let end = node.span().end;
        let tree = node.tree();
        let after = tree.comments().partition_point(|comment| comment.span.start < end);
        let span = tree.comments().get(after)?.span;
        let between = Span::new(end, span.start).slice(tree.text());
        (!between.contains('\n')).then(|| span.slice(tree.text()))
    }

    /// Where the step says what it is.
    pub(super) fn site(&self) -> Site {
        self.workflow.candidate.site(self.node.get("uses").unwrap_or(self.node))
    }

    /// The path of the workflow file.
    pub(super) fn path(&self) -> &Path {
        self.workflow.candidate.path
    }

    /// What the step is called in messages: its name, else that of its job.
    pub(super) fn name(&self) -> &'w str {
        let names = [self.node.get("name"), self.node.get("id"), self.job.value.get("name")];
        let name = names.into_iter().flatten().map(NodeRef::text).find(|name| !name.trim().is_empty());
        name.unwrap_or(self.job.key.text()).trim()
    }

    /// The inputs of the step.
    pub(super) fn inputs(&self) -> impl Iterator<Item = Entry<'w>> + use<'w> {
        self.node.get("with").into_iter().flat_map(NodeRef::entries)
    }

    /// The node of an input. The platform does not tell capitals from small letters here.
    pub(super) fn input_node(&self, name: &str) -> Option<NodeRef<'w>> {
        self.inputs().find(|input| input.key.text().eq_ignore_ascii_case(name)).map(|input| input.value)
    }

    /// The text of an input as the action gets it; nothing where it is not given or blank.
    pub(super) fn input(&self, name: &str) -> Stated<String> {
        let Some(node) = self.input_node(name) else { return Stated::Absent };
        let site = self.workflow.candidate.site(node);
        let raw = match node.value(Schema::Yaml12) {
            _ if node.kind() != Kind::Scalar => return Stated::Unknown(site),
            Scalar::Null => return Stated::Absent,
            Scalar::Bool(flag) => flag.to_string(),
            _ => node.text().to_owned(),
        };
        let (text, is_known) = expression::fill(&raw, &|name| self.value_of(name));
        match text.trim() {
            "" => Stated::Absent,
            // A text with a name filled in is still a text; a value that is only a name is unknown.
            _ if !is_known && node.templated() => Stated::Unknown(site),
            _ => Stated::Known(text, site),
        }
    }

    /// A variable of the environment, where it is set nearest to the step.
    pub(super) fn variable(&self, name: &str) -> Option<NodeRef<'w>> {
        let scopes = [self.node, self.job.value, self.workflow.root];
        scopes.into_iter().find_map(|scope| scope.get("env")?.get(name))
    }

    /// The text of a variable as a program of the step gets it.
    pub(super) fn variable_text(&self, name: &str) -> Option<String> {
        let (text, is_known) = expression::fill(self.variable(name)?.text(), &|name| self.value_of(name));
        is_known.then_some(text)
    }

    /// A text with the expressions filled in that the file tells.
    pub(super) fn filled(&self, text: &str) -> String {
        expression::fill(text, &|name| self.value_of(name)).0
    }

    /// Whose token stands in the first of these inputs that is given, or else in these variables.
    pub(super) fn speaker(&self, inputs: &[&str], variables: &[&str]) -> Speaker {
        let given = inputs.iter().find_map(|name| self.input_node(name));
        let token = given.or_else(|| variables.iter().find_map(|name| self.variable(name)));
        token.and_then(|node| Speaker::of(node.text())).unwrap_or(Speaker::Bot)
    }

    /// Whether it is given a token of another account than the workflow's own.
    pub(super) fn has_own_token(&self) -> bool {
        let scopes = [self.node, self.job.value, self.workflow.root];
        let variables = scopes.into_iter().filter_map(|scope| scope.get("env")).flat_map(NodeRef::entries);
        let texts = self.inputs().chain(variables).map(|entry| entry.value.text());
        let texts = texts.chain(self.node.get("run").map(NodeRef::text));
        texts.into_iter().any(|text| {
            text.match_indices("secrets.").any(|(place, found)| {
                let name = text.get(place + found.len()..).unwrap_or("");
                !name.starts_with("GITHUB_TOKEN")
            })
        })
    }

    /// Where a node of the step stands.
    pub(super) fn site_of(&self, node: NodeRef<'_>) -> Site {
        self.workflow.candidate.site(node)
    }

    /// What decides when the step runs: the events, and the conditions of its job and its own.
    fn when(&self) -> Runs<'w> {
        let site = |node| self.workflow.candidate.site(node);
        let mut never = site(self.workflow.root.entry("on").map_or(self.job.key, |on| on.key));
        for event in &self.workflow.events {
            match self.prevented(event.text(), None) {
                Some(condition) => never = site(condition),
                None if event.text() == BY_HAND => return Runs::ByHand(site(*event)),
                None => return Runs::ByItself(event.text()),
            }
        }
        Runs::Never(never)
    }

    /// The condition that certainly does not hold on this event, of this type.
    pub(super) fn prevented(&self, event: &str, kind: Option<&str>) -> Option<NodeRef<'w>> {
        let names = |name: &str| match (name, kind) {
            ("github.event.action", Some(kind)) => Value::Text(kind.to_owned()),
            _ => self.value_on(event, name, MAX_REFERENCES),
        };
        let mut conditions = self.conditions();
        conditions.find(|condition| expression::condition(condition.text(), &names) == Some(false))
    }

    /// The conditions (`if:`) of its job and its own.
    pub(super) fn conditions(&self) -> impl Iterator<Item = NodeRef<'w>> + use<'w> {
        [self.job.value.get("if"), self.node.get("if")].into_iter().flatten()
    }

    /// Whether it happens: not where no event sets it off, or `rehearses` says that nothing is done.
    pub(super) fn enabled(&self, rehearses: Stated<bool>) -> Stated<bool> {
        match self.runs {
            Runs::Never(site) => Stated::Known(false, site),
            _ => rehearses.map(|rehearses| !rehearses),
        }
    }

    /// What a person who starts it by hand amounts to.
    pub(super) fn approval(&self) -> Option<Guard> {
        match self.runs {
            Runs::ByHand(site) => Some(Guard::new(GuardKind::Approval, site)),
            _ => None,
        }
    }

    /// Remarks on inputs that this version of the action does not have. `elsewhere` tells what to do about an
    /// input that another version has.
    pub(super) fn unknown_inputs(
        &self,
        action: &str,
        known: &[&str],
        elsewhere: impl Fn(&str) -> Option<String>,
        lowered: &mut Lowered,
    ) {
        for input in self.inputs() {
            let name = input.key.text();
            if known.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                continue;
            }
            let known = known.iter().copied().filter(|known| !known.is_empty());
            let (text, mut help) = match (elsewhere(name), nearest(name, known)) {
                (Some(help), _) => {
                    (format!("{action} ignores `{name}`, which is an input of another version"), help)
                }
                (None, near) => (
                    format!("{action} has no input `{name}`"),
                    near.map_or_else(
                        || "delete it; the action ignores it".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    ),
                ),
            };
            if self.major_version().is_none() {
                help.push_str(" (read as the newest version, since no tag tells which one it is)");
            }
            lowered.remark(RemarkKind::UnknownKey, self.site_of(input.key), text, help);
        }
    }

    /// The value of a name in an expression, on the event that starts the step.
    pub(super) fn value_of(&self, name: &str) -> Value {
        let event = match self.runs {
            Runs::ByItself(event) => event,
            Runs::ByHand(_) => BY_HAND,
            Runs::Never(_) => "schedule",
        };
        self.value_on(event, name, MAX_REFERENCES)
    }

    fn value_on(&self, event: &str, name: &str, references: usize) -> Value {
        if references == 0 || !self.workflow.may_look_up() {
            return Value::Unknown;
        }
        let resolved = |node: NodeRef<'_>| {
            let (text, is_known) =
                expression::fill(node.text(), &|name| self.value_on(event, name, references - 1));
            if is_known && node.kind() == Kind::Scalar { Value::Text(text) } else { Value::Unknown }
        };
        let (context, rest) = name.split_once('.').unwrap_or((name, ""));
        match (context, rest) {
            ("github", "event_name") => Value::Text(event.to_owned()),
            ("github", rest) => rest
                .strip_prefix("event.inputs.")
                .map_or(Value::Unknown, |input| self.run_input(event, input)),
            ("inputs", input) => self.run_input(event, input),
            ("env", variable) => self.variable(variable).map_or(Value::Unknown, resolved),
            ("matrix", variable) => {
                // A matrix of one is a constant; of several, each job has its own.
                let matrix = self.job.value.get("strategy").and_then(|strategy| strategy.get("matrix"));
                let mut values =
                    matrix.and_then(|matrix| matrix.get(variable)).into_iter().flat_map(NodeRef::items);
                match (values.next(), values.next()) {
                    (Some(only), None) => resolved(only),
                    _ => Value::Unknown,
                }
            }
            _ => Value::Unknown,
        }
    }

    /// An input of the run: its default when a person or another workflow starts it, nothing when the clock does.
    fn run_input(&self, event: &str, name: &str) -> Value {
        let given = self.workflow.given.as_ref().filter(|_| event == CALL);
        if let Some((_, text)) = given.and_then(|given| given.iter().find(|(known, _)| known == name)) {
            return if text.contains("${{") { Value::Unknown } else { Value::Text(text.clone()) };
        }
        match event {
            BY_HAND | CALL => {
                let dispatch = self.workflow.root.get("on").and_then(|on| on.get(event));
                let input =
                    dispatch.and_then(|dispatch| dispatch.get("inputs")).and_then(|all| all.get(name));
                let default = input.and_then(|input| input.get("default"));
                match (default, event) {
                    (Some(default), _) => Value::Text(default.text().to_owned()),
                    // Whoever calls gives it.
                    (None, CALL) => Value::Unknown,
                    (None, _) => Value::Null,
                }
            }
            _ => Value::Null,
        }
    }
}

/// The major version that a tag such as `v4.1` begins with.
fn version_in(tag: &str) -> Option<u32> {
    let number = tag.strip_prefix(['v', 'V']).unwrap_or(tag).split(['.', ' ', '-']).next()?;
    number.parse().ok().filter(|_| number.len() <= 3)
}
