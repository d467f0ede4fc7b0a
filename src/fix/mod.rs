//! Fixes: what a rule file says about mending what it finds, made into edits of the files, each tried on a copy and
//! kept only if the finding is gone and nothing else has changed. Costs nothing unless fixes are asked for.

mod attempt;
mod edit;
mod insert;
mod plan;
mod remove;
mod set;
mod value;
mod verify;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::attempt::{Attempt, Text, Texts, attempts};
use self::verify::{Aim, is_good};
use crate::diagnostic::{Edit, FileStatus, Finding, Fix, Safety};
use crate::dialect::depends_on_its_folder;
use crate::lint::{Input, Loaded, Outcome};
use crate::linter::Linter;
use crate::model::World;
use crate::project::Project;
use crate::rules::Recipe;
use crate::source::{FileId, Place, SourceFile, Sources};
use crate::syntax::{Syntax, parse};

pub use plan::{Done, Fixed, fix};

/// So many bytes may be read anew to try fixes, so that a run with many findings stays a run.
const MOST_BYTES: usize = 16 << 20;

/// A run of more bytes than that can still try so many.
const FEWEST_TRIALS: usize = 16;

/// Tries to find a fix for every finding that counts, and puts it there. `inputs` are those of the outcome: its own
/// texts have their secrets masked.
pub fn propose(linter: &Linter, inputs: &[Input], outcome: &mut Outcome) {
    propose_where(linter, inputs, outcome, &|_| true);
}

/// The same for some findings.
pub fn propose_where(
    linter: &Linter,
    inputs: &[Input],
    outcome: &mut Outcome,
    wanted: &dyn Fn(&Finding) -> bool,
) {
    let originals = originals(inputs, outcome);
    let texts = texts(&originals, outcome);
    let inputs = lightened(inputs, outcome);
    let trial = Trial { linter, inputs: &inputs, texts: &texts, outcome };
    let mut left = trial.most();
    let proposals = trial.proposals(&mut left, wanted);
    let fixes: Vec<(usize, Fix)> =
        proposals.iter().map(|proposal| (proposal.finding, proposal.fix())).collect();
    for (number, fix) in fixes {
        if let Some(finding) = outcome.report.findings.get_mut(number) {
            finding.fix = Some(Box::new(fix));
        }
    }
}

/// Checks a project, with fixes for the findings that are wanted.
#[must_use]
pub fn check(linter: &Linter, project: &Project, wanted: &dyn Fn(&Finding, &Sources) -> bool) -> Outcome {
    let inputs = linter.inputs(project);
    let mut outcome = linter.check_inputs(inputs.clone());
    let sources = outcome.sources.clone();
    propose_where(linter, &inputs, &mut outcome, &|finding| wanted(finding, &sources));
    outcome
}

/// The inputs without the texts of files that are no bot's configuration and do not matter to any other file: a run that
/// tries a fix need not look at them again.
fn lightened(inputs: &[Input], outcome: &Outcome) -> Vec<Input> {
    let foreign = outcome.report.files.iter().filter(|file| file.status == FileStatus::Unrecognised);
    let foreign = foreign.filter(|file| !file.named).filter_map(|file| outcome.sources.get(file.file));
    let foreign: BTreeSet<&Path> =
        foreign.map(SourceFile::path).filter(|path| !depends_on_its_folder(path)).collect();
    let lighter = |input: &Input| match input {
        Input::File(file) if file.text.is_ok() && foreign.contains(file.path.as_path()) => {
            Input::File(Loaded { text: Ok(String::new()), path: file.path.clone(), ..*file })
        }
        other => other.clone(),
    };
    inputs.iter().map(lighter).collect()
}

/// The texts of the inputs by the numbers of their files, where they can be edited.
fn originals(inputs: &[Input], outcome: &Outcome) -> BTreeMap<FileId, String> {
    let linted = outcome.report.files.iter().filter(|file| file.status == FileStatus::Linted);
    let mut by_path: BTreeMap<_, Vec<FileId>> = BTreeMap::new();
    for file in linted {
        if let Some(source) = outcome.sources.get(file.file) {
            by_path.entry(source.path().to_path_buf()).or_default().push(file.file);
        }
    }
    let mut originals = BTreeMap::new();
    for input in inputs {
        let Some((path, text)) = plan::text_of(input) else { continue };
        // A file that is there twice would be edited twice.
        if let Some([id]) = by_path.get(path).map(Vec::as_slice) {
            let fits = outcome.sources.get(*id).is_some_and(|source| source.text().len() == text.len());
            if fits {
                originals.insert(*id, text.into_owned());
            }
        }
    }
    originals
}

/// Those of them that some finding is about, parsed.
fn texts<'t>(originals: &'t BTreeMap<FileId, String>, outcome: &Outcome) -> Texts<'t> {
    let about = |finding: &Finding| {
        let related = finding.related.iter().map(|label| label.place.file);
        related.chain([finding.primary.place.file]).collect::<Vec<_>>()
    };
    let wanted: BTreeSet<FileId> = outcome.findings().flat_map(about).collect();
    let mut texts = Texts::new();
    for file in &outcome.report.files {
        let (Some(text), Some(dialect)) = (originals.get(&file.file), file.dialect) else { continue };
        let Some(source) = outcome.sources.get(file.file).filter(|_| wanted.contains(&file.file)) else {
            continue;
        };
        let syntax = Syntax::from_path(source.path()).unwrap_or_else(|| Syntax::guess(text));
        let parsed = parse(text, syntax);
        if parsed.errors.is_empty() && parsed.limits.is_empty() {
            texts.insert(file.file, Text { text, syntax, parsed, dialect });
        }
    }
    texts
}

/// A run on which fixes are tried.
struct Trial<'t> {
    linter: &'t Linter,
    inputs: &'t [Input],
    texts: &'t Texts<'t>,
    outcome: &'t Outcome,
}

/// A fix that works.
struct Proposal<'t> {
    /// The number of its finding in the report.
    finding: usize,
    recipe: Recipe,
    attempt: Attempt<'t>,
}

impl<'t> Trial<'t> {
    /// A fix for each finding that has one, as far as the bytes that are left reach.
    fn proposals(&self, left: &mut usize, wanted: &dyn Fn(&Finding) -> bool) -> Vec<Proposal<'t>> {
        let findings = self.outcome.report.findings.iter().enumerate();
        // Where findings were left out, another one takes the place of each that is gone.
        let crowded = self.outcome.findings().filter(|finding| finding.rule == "too-many-findings");
        let crowded: BTreeSet<FileId> = crowded.map(|finding| finding.primary.place.file).collect();
        let findings = findings.filter(|(_, finding)| {
            finding.is_live() && !crowded.contains(&finding.primary.place.file) && wanted(finding)
        });
        let (world, cost) = (self.outcome.world(), self.cost());
        let mut spend = |bytes: usize| {
            *left = left.checked_sub(bytes)?;
            Some(())
        };
        findings
            .filter_map(|(number, finding)| self.proposal(number, finding, &world, cost, &mut spend))
            .collect()
    }

    /// A fix for one finding. Making the edits costs something, too; `spend` says when it is enough.
    fn proposal(
        &self,
        number: usize,
        finding: &Finding,
        world: &World<'_>,
        cost: usize,
        spend: &mut dyn FnMut(usize) -> Option<()>,
    ) -> Option<Proposal<'t>> {
        let path = self.outcome.sources.get(finding.primary.place.file)?.path();
        let (_, rulebook) = self.linter.at(path);
        for recipe in rulebook.recipes(finding, world) {
            spend(cost / 4 + cost / 16 * recipe.steps.len())?;
            let aim = Aim {
                targets: vec![finding],
                safety: recipe.safety,
                changes_words: recipe.changes_words,
                may_rest: recipe.may_rest,
            };
            for attempt in attempts(&recipe, self.texts) {
                spend(cost)?;
                if self.works(&attempt, &aim) {
                    return Some(Proposal { finding: number, recipe, attempt });
                }
            }
        }
        None
    }

    /// The bytes that all trials may read: a fixed number, or some times those of the run.
    fn most(&self) -> usize {
        MOST_BYTES.max(FEWEST_TRIALS.saturating_mul(self.cost()))
    }

    /// The bytes that a trial reads.
    fn cost(&self) -> usize {
        let linted = self.outcome.report.files.iter().filter(|file| file.status == FileStatus::Linted);
        let sizes = linted.filter_map(|file| Some(self.outcome.sources.get(file.file)?.text().len()));
        sizes.sum::<usize>() + 1024
    }

    fn works(&self, attempt: &Attempt<'_>, aim: &Aim<'_>) -> bool {
        let after = self.linter.check_inputs(self.after(attempt));
        is_good(self.outcome, &after, attempt, aim)
    }

    /// The inputs with the attempt made.
    fn after(&self, attempt: &Attempt<'_>) -> Vec<Input> {
        let new = attempt
            .files
            .iter()
            .filter_map(|(file, made)| Some((self.outcome.sources.get(*file)?.path(), made.text.as_str())));
        plan::with_texts(self.inputs, &new.collect())
    }
}

impl Proposal<'_> {
    fn fix(&self) -> Fix {
        let edits = self.attempt.files.iter().flat_map(|(file, made)| {
            let edit = |edit: &edit::Edit| Edit {
                place: Place { file: *file, span: edit.span },
                text: edit.text.clone(),
            };
            made.edits.iter().map(edit).collect::<Vec<_>>()
        });
        Fix { title: self.recipe.title.clone(), safety: self.recipe.safety, edits: edits.collect() }
    }

    const fn is_within(&self, most: Safety) -> bool {
        matches!((self.recipe.safety, most), (Safety::Safe, _) | (_, Safety::Unsafe))
    }
}

#[cfg(test)]
#[path = "../../tests/random_edits/mod.rs"]
mod random_edits;
