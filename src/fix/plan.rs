//! Applies many fixes: those that do not touch each other together, the others in further rounds, until nothing more
//! can be fixed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::verify::Aim;
use super::{Attempt, Proposal, Trial, lightened, originals, texts};
use crate::diagnostic::{Safety, Subject};
use crate::lint::{Input, Outcome};
use crate::linter::Linter;

/// Each round has something to do that the one before made possible; a chain of so many is a mistake.
const MOST_ROUNDS: usize = 10;

/// A fix that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The rule of the finding that is gone.
    pub rule: String,
    /// The file that the finding was in.
    pub path: PathBuf,
    /// What was done, as a wish.
    pub title: String,
    /// Whether it could be made without asking.
    pub safety: Safety,
}

/// What fixing came to.
#[derive(Debug, Default)]
pub struct Fixed {
    /// The fixes in the order in which they were made.
    pub done: Vec<Done>,
    /// Files that change, with their new texts.
    pub texts: BTreeMap<PathBuf, String>,
    /// Findings that a fix would remove that may not be made without asking.
    pub unsafe_left: usize,
    /// The inputs with the new texts.
    pub inputs: Vec<Input>,
}

/// Makes all fixes that are as safe as this.
#[must_use]
pub fn fix(linter: &Linter, inputs: Vec<Input>, most: Safety) -> Fixed {
    let mut fixed = Fixed { inputs, ..Fixed::default() };
    for _ in 0..MOST_ROUNDS {
        let outcome = linter.check_inputs(fixed.inputs.clone());
        if !round(linter, &outcome, most, &mut fixed) {
            break;
        }
    }
    fixed
}

/// Makes the fixes that can be made at once. Returns whether there were any.
fn round(linter: &Linter, outcome: &Outcome, most: Safety, fixed: &mut Fixed) -> bool {
    let originals = originals(&fixed.inputs, outcome);
    let texts = texts(&originals, outcome);
    let inputs = lightened(&fixed.inputs, outcome);
    let trial = Trial { linter, inputs: &inputs, texts: &texts, outcome };
    let proposals = trial.proposals(&mut trial.most(), &|_| true);
    fixed.unsafe_left = proposals.iter().filter(|proposal| !proposal.is_within(most)).count();
    let mut chosen: Vec<&Proposal<'_>> =
        proposals.iter().filter(|proposal| proposal.is_within(most)).collect();
    // What is taken out needs nothing else.
    chosen.sort_by_key(|proposal| std::cmp::Reverse(proposal.recipe.removes()));
    let Some((made, attempt)) = trial.together(&chosen) else { return false };
    let new: Vec<(PathBuf, String)> = attempt
        .files
        .iter()
        .filter_map(|(file, made)| {
            Some((outcome.sources.get(*file)?.path().to_path_buf(), made.text.clone()))
        })
        .collect();
    let done = made.iter().filter_map(|proposal| {
        let finding = outcome.report.findings.get(proposal.finding)?;
        Some(Done {
            rule: finding.rule.to_string(),
            path: outcome.sources.get(finding.primary.place.file)?.path().to_path_buf(),
            title: proposal.recipe.title.clone(),
            safety: proposal.recipe.safety,
        })
    });
    fixed.done.extend(done);
    let changed = new.iter().map(|(path, text)| (path.as_path(), text.as_str())).collect();
    fixed.inputs = with_texts(&fixed.inputs, &changed);
    fixed.texts.extend(new);
    true
}

impl<'t> Trial<'t> {
    /// Whether two findings are about the same act or automation.
    fn shares(&self, one: &Proposal<'_>, other: &Proposal<'_>) -> bool {
        let subjects = |proposal: &Proposal<'_>| {
            let finding = self.outcome.report.findings.get(proposal.finding);
            finding.map_or(&[][..], |finding| finding.subjects.as_slice())
        };
        let is_act = |subject: &Subject| matches!(subject, Subject::Action(..) | Subject::Automation(_));
        subjects(one).iter().any(|subject| is_act(subject) && subjects(other).contains(subject))
    }

    /// As many of the proposals as can be made at once, and what comes of it; if they do not work together, the
    /// first one alone, which is known to work.
    fn together<'p>(&self, proposals: &[&'p Proposal<'t>]) -> Option<(Vec<&'p Proposal<'t>>, Attempt<'t>)> {
        let (first, others) = proposals.split_first()?;
        let mut made = vec![*first];
        let mut all = first.attempt.clone();
        for proposal in others {
            let is_moot = made.iter().any(|other| other.recipe.removes() && self.shares(proposal, other));
            if is_moot {
                continue;
            }
            if let Some(more) = all.with(&proposal.attempt, self.texts) {
                all = more;
                made.push(proposal);
            }
        }
        let targets = made.iter().filter_map(|proposal| self.outcome.report.findings.get(proposal.finding));
        let aim = Aim {
            targets: targets.collect(),
            safety: made.iter().map(|proposal| proposal.recipe.safety).max()?,
            changes_words: made.iter().any(|proposal| proposal.recipe.changes_words),
            may_rest: made.iter().any(|proposal| proposal.recipe.may_rest),
        };
        if made.len() == 1 || self.works(&all, &aim) {
            return Some((made, all));
        }
        Some((vec![*first], first.attempt.clone()))
    }
}

/// The path and the text of an input that has one.
pub(super) fn text_of(input: &Input) -> Option<(&Path, Cow<'_, str>)> {
    match input {
        Input::File(file) => Some((&file.path, Cow::Borrowed(file.text.as_ref().ok()?))),
        Input::Stdin { name, bytes } => Some((Path::new(name), std::str::from_utf8(bytes).ok()?.into())),
        Input::Problem(_) => None,
    }
}

/// The inputs, some of them with other texts.
pub(super) fn with_texts(inputs: &[Input], new: &BTreeMap<&Path, &str>) -> Vec<Input> {
    let mut inputs = inputs.to_vec();
    for input in &mut inputs {
        match input {
            Input::File(file) => {
                if let (Some(text), true) = (new.get(file.path.as_path()), file.text.is_ok()) {
                    file.text = Ok((*text).to_owned());
                }
            }
            Input::Stdin { name, bytes } => {
                if let Some(text) = new.get(Path::new(name)) {
                    *bytes = text.as_bytes().to_vec();
                }
            }
            Input::Problem(_) => {}
        }
    }
    inputs
}
