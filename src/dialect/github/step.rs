//! A step of a workflow: which action it uses, when it runs, and what its inputs and expressions come to.
//! Knows nothing of any action.

use std::path::Path;

use super::expression::{self, Value};
use super::workflow::Workflow;
use crate::model::{Site, Stated};
use crate::syntax::{Entry, Kind, NodeRef, Schema, Value as Scalar};

/// The event of a person starting a workflow.
pub(super) const BY_HAND: &str = "workflow_dispatch";

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

    /// The major version in `uses: action@v4.1`; none for branches and commits.
    pub(super) fn major_version(&self) -> Option<u32> {
        let (_, version) = self.node.get("uses")?.text().split_once('@')?;
        let number = version.strip_prefix('v').unwrap_or(version).split('.').next()?;
        number.parse().ok().filter(|_| number.len() <= 3)
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

    /// The text of an input as the action gets it; nothing where it is not given or blank.
    pub(super) fn input(&self, name: &str) -> Stated<String> {
        let Some(node) = self.node.get("with").and_then(|with| with.get(name)) else { return Stated::Absent };
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

    /// The secret that an input holds, unless it is the token that every workflow gets.
    pub(super) fn secret(&self, name: &str) -> Option<String> {
        let reference = self.node.get("with")?.get(name)?.template_name()?;
        let secret = reference.strip_prefix("secrets.")?;
        (secret != "GITHUB_TOKEN").then(|| secret.to_owned())
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
            match self.prevented(event.text()) {
                Some(condition) => never = site(condition),
                None if event.text() == BY_HAND => return Runs::ByHand(site(*event)),
                None => return Runs::ByItself(event.text()),
            }
        }
        Runs::Never(never)
    }

    /// The condition that certainly does not hold on this event.
    fn prevented(&self, event: &str) -> Option<NodeRef<'w>> {
        let conditions = [self.job.value.get("if"), self.node.get("if")];
        conditions.into_iter().flatten().find(|condition| {
            expression::condition(condition.text(), &|name| self.value_on(event, name, MAX_REFERENCES))
                == Some(false)
        })
    }

    /// The value of a name in an expression, on the event that starts the step.
    fn value_of(&self, name: &str) -> Value {
        let event = match self.runs {
            Runs::ByItself(event) => event,
            Runs::ByHand(_) => BY_HAND,
            Runs::Never(_) => "schedule",
        };
        self.value_on(event, name, MAX_REFERENCES)
    }

    fn value_on(&self, event: &str, name: &str, references: usize) -> Value {
        if references == 0 {
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
            ("env", variable) => {
                let scopes = [Some(self.node), Some(self.job.value), Some(self.workflow.root)];
                let mut values =
                    scopes.into_iter().flatten().filter_map(|scope| scope.get("env")?.get(variable));
                values.next().map_or(Value::Unknown, resolved)
            }
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

    /// An input of the run: its default when a person starts it, nothing when the clock does.
    fn run_input(&self, event: &str, name: &str) -> Value {
        match event {
            "workflow_call" => Value::Unknown,
            BY_HAND => {
                let dispatch = self.workflow.root.get("on").and_then(|on| on.get(event));
                let input =
                    dispatch.and_then(|dispatch| dispatch.get("inputs")).and_then(|all| all.get(name));
                let default = input.and_then(|input| input.get("default"));
                default.map_or(Value::Null, |default| Value::Text(default.text().to_owned()))
            }
            _ => Value::Null,
        }
    }
}
