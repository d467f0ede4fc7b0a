//! Safety switches of a workflow that a person starts: inputs that promise a rehearsal or a limit, and
//! whether the step that acts obeys them.

use super::credentials::Variable;
use super::limits::REHEARSALS;
use crate::dialect::github::expression;
use crate::dialect::github::step::{Runs, Step};
use crate::dialect::reading::flag_of;
use crate::model::{DeadSwitch, Site, SwitchFlaw};
use crate::syntax::{Entry, NodeRef};

/// A safety switch among the inputs of a workflow.
struct Input<'w> {
    entry: Entry<'w>,
    name: &'w str,
    /// What it is set to unless somebody says otherwise.
    default: Option<&'w str>,
    is_limit: bool,
}

/// What the programs of a step say about rehearsing, and where they are started.
pub(super) struct Acting {
    /// Where the bot acts.
    pub(super) site: Site,
    /// What an argument says: that it rehearses, or that it does not.
    pub(super) argued: Option<bool>,
}

/// As many safety switches of a workflow are looked at.
const MAX_INPUTS: usize = 8;

/// The safety switches that this step does not obey.
pub(super) fn dead(step: &Step<'_>, variables: &[Variable<'_>], acting: &Acting) -> Vec<DeadSwitch> {
    let on = step.workflow.root.get("on");
    let inputs = on.and_then(|on| on.get("workflow_dispatch")).and_then(|event| event.get("inputs"));
    let inputs = inputs.into_iter().flat_map(NodeRef::entries).filter_map(Input::of).take(MAX_INPUTS);
    inputs.filter_map(|input| input.dead(step, variables, acting)).collect()
}

/// Whether a variable makes the step a rehearsal, where that is known.
pub(super) fn rehearsal(step: &Step<'_>, variables: &[Variable<'_>]) -> Option<(bool, Site)> {
    variables.iter().filter(|variable| REHEARSALS.contains(&fold(variable.name).as_str())).find_map(
        |variable| {
            let value = step.wholly_filled(variable.node.text())?;
            Some((flag_of(&value)?, variable.site))
        },
    )
}

impl<'w> Input<'w> {
    fn of(entry: Entry<'w>) -> Option<Self> {
        let name = entry.key.text();
        let folded = fold(name);
        let is_limit = folded == "limit"
            || folded.starts_with("max")
            || folded.ends_with("cap")
            || folded.ends_with("limit");
        let default = entry.value.get("default").map(NodeRef::text);
        (is_limit || REHEARSALS.contains(&folded.as_str())).then_some(Self { entry, name, default, is_limit })
    }

    fn dead(&self, step: &Step<'_>, variables: &[Variable<'_>], acting: &Acting) -> Option<DeadSwitch> {
        let (flaw, ignored) = self
            .hard_coded(step, variables, acting)
            .or_else(|| self.never_read(step, acting))
            .or_else(|| self.manual_only(step, variables, acting))?;
        let declared = step.site_of(self.entry.key);
        Some(DeadSwitch { name: self.name.to_owned(), declared, ignored, flaw })
    }

    /// A variable of the same name is set to a text that does not depend on the input.
    fn hard_coded(
        &self,
        step: &Step<'_>,
        variables: &[Variable<'_>],
        acting: &Acting,
    ) -> Option<(SwitchFlaw, Site)> {
        let passed = step.script().lines().any(|line| self.is_in(line) && !prints(line));
        if passed || self.conditions(step).next().is_some() {
            return None;
        }
        let same = variables.iter().find(|variable| fold(variable.name) == fold(self.name));
        let weak = same.filter(|variable| {
            let text = variable.node.text();
            !text.contains("${{") && self.is_weak(text)
        });
        let is_argued = acting.argued == Some(false) && !self.is_limit;
        let site = weak.map(|variable| variable.site).or(is_argued.then_some(acting.site))?;
        Some((SwitchFlaw::HardCoded, site))
    }

    /// No line of the file speaks of it, but to print it.
    fn never_read(&self, step: &Step<'_>, acting: &Acting) -> Option<(SwitchFlaw, Site)> {
        const ALL_AT_ONCE: &[&str] =
            &["toJSON(", "toJson(", "tojson(", "GITHUB_EVENT_PATH", "payload.inputs"];
        let text = step.workflow.candidate.tree.text();
        let mut lines = text.lines().filter(|line| !prints(line));
        let read = lines.any(|line| self.is_in(line) || ALL_AT_ONCE.iter().any(|mark| line.contains(mark)));
        (!read).then_some((SwitchFlaw::NeverRead, acting.site))
    }

    /// It is safe when a person starts the workflow and says nothing; the clock starts it without.
    fn manual_only(
        &self,
        step: &Step<'_>,
        variables: &[Variable<'_>],
        acting: &Acting,
    ) -> Option<(SwitchFlaw, Site)> {
        let default = self.default?;
        let is_safe = if self.is_limit { number(default).is_some() } else { flag_of(default) == Some(true) };
        if !is_safe || step.runs != Runs::ByItself("schedule") {
            return None;
        }
        let condition = self.conditions(step).next().filter(|_| !self.is_limit);
        let variable = variables.iter().find(|variable| {
            self.is_in(variable.node.text())
                && step.wholly_filled(variable.node.text()).is_some_and(|text| self.is_weak(&text))
        });
        let script = step.script();
        let loses = !self.is_limit
            && self.is_in(script)
            && script.contains("'--dry")
            && !expression::fill(script, &|name| step.value_of(name)).0.contains("--dry");
        let site = condition.map(|node| step.site_of(node)).or(variable.map(|variable| variable.site));
        Some((SwitchFlaw::ManualOnly, site.or(loses.then_some(acting.site))?))
    }

    /// The conditions of the step and its job that ask for it.
    fn conditions<'s>(&'s self, step: &Step<'s>) -> impl Iterator<Item = NodeRef<'s>> {
        let conditions = [step.node.get("if"), step.job.value.get("if")];
        conditions.into_iter().flatten().filter(|condition| self.is_in(condition.text()))
    }

    /// Whether a text refers to it.
    fn is_in(&self, text: &str) -> bool {
        text.match_indices("inputs").any(|(at, found)| {
            let rest = text.get(at + found.len()..).unwrap_or("");
            let rest = rest.trim_start_matches(['.', '[', '\'', '"']);
            rest.strip_prefix(self.name).is_some_and(|after| {
                !after.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '-'))
            })
        })
    }

    /// Whether a value is off, or allows more than the input would.
    fn is_weak(&self, value: &str) -> bool {
        if self.is_limit {
            let declared = self.default.and_then(number);
            return declared.zip(number(value)).is_some_and(|(declared, given)| given > declared);
        }
        flag_of(value) == Some(false)
    }
}

/// Whether a line of the file prints something.
fn prints(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("- ");
    let line = line.strip_prefix("run:").unwrap_or(line).trim_start();
    line.starts_with("echo ") || line.starts_with("printf ") || line.starts_with('#')
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

/// A name without signs, in lower case.
fn fold(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
