//! The journey of a run on one page: inputs to texts to trees to one model to findings. Each file goes through alone
//! and in parallel until the model is composed; the order of the result never depends on threads.

mod beside;
mod conceal;
mod input;
mod judge;
mod outcome;
mod subjects;
mod texts;
mod understand;

use std::collections::BTreeMap;

pub use input::{Input, Loaded, NoText, Request};
pub use outcome::Outcome;

use crate::diagnostic::{self, Report};
use crate::dialect::{self, Tool};
use crate::engine::{self, exceptions::Asked};
use crate::model::{Coverage, Model};
use crate::settings::{Scope, Scopes, Settings};
use crate::source::{FileId, Sources};
use conceal::conceal;
use judge::{judge, loosened};
use subjects::whose;
use texts::{Texts, load};
use understand::{Understood, understand_all};

/// Lints the inputs without settings. Never fails: what cannot be read or understood is part of the report.
#[must_use]
pub fn lint(request: &Request<'_>) -> Outcome {
    lint_with(request, &Settings::default())
}

/// Lints the inputs under settings that have prepared the rulebook.
#[must_use]
pub fn lint_with(request: &Request<'_>, settings: &Settings) -> Outcome {
    lint_owned(request.clone(), settings)
}

/// The same without a copy of the texts.
#[must_use]
pub fn lint_owned(request: Request<'_>, settings: &Settings) -> Outcome {
    let scopes = Scopes::one(Scope { settings, rulebook: request.rulebook, dialects: &dialect::NONE });
    lint_under(request.inputs, request.dialect, scopes)
}

/// Lints the inputs, each under the settings that govern it.
#[must_use]
pub fn lint_under(inputs: Vec<Input>, dialect: Option<Tool<'_>>, mut scopes: Scopes<'_>) -> Outcome {
    let mut report = Report { rules: scopes.cards(), ..Report::default() };
    let mut sources = Sources::default();
    let Texts { files, hidden } = load(inputs, &scopes, &mut report, &mut sources);
    scopes.look_up(&sources);
    let scopes = &scopes;
    let understood = understand_all(files, dialect, scopes, &sources);
    let Gathered { mut model, mut asked, unsaid } = gathered(understood, &mut report);
    model.compose();
    report.files.sort_by_key(|outcome| outcome.file);
    scopes.add_facts(&mut model, &mut sources);
    report.findings.extend(scopes.evaluate(&model, &sources));
    let loosened = loosened(scopes, &mut asked, &hidden, &report.files, &mut sources);
    judge(&mut report, &model, scopes, asked, loosened, &mut sources);
    leave_out(&mut report, scopes, &sources, &unsaid);
    // Whatever is written from here on, by any command and in any format, shows no secret.
    conceal(&mut report, &mut model, &mut sources);
    complete(&mut report, &model, &sources);
    Outcome { report, sources, model, fixed: Vec::new() }
}

/// What all files say together.
#[derive(Default)]
struct Gathered {
    model: Model,
    asked: Asked,
    /// How much more there is to say of files of which that is too much.
    unsaid: BTreeMap<FileId, usize>,
}

/// Puts together what the files say, in their order. What is to be reported of each goes into the report.
fn gathered(understood: Vec<Understood>, report: &mut Report) -> Gathered {
    let mut all = Gathered::default();
    for file in understood {
        if file.unsaid > 0 {
            all.unsaid.insert(file.outcome.file, file.unsaid);
        }
        report.files.push(file.outcome);
        report.findings.extend(file.findings);
        all.model.append(file.lowered.model);
        all.asked.exceptions.extend(file.asked.exceptions);
        all.asked.slips.extend(file.asked.slips);
    }
    all
}

/// Keeps as many findings as the settings allow for each file and for the run, and says how many are left out.
fn leave_out(report: &mut Report, scopes: &Scopes<'_>, sources: &Sources, unsaid: &BTreeMap<FileId, usize>) {
    let of = |file: FileId| scopes.of(file, sources);
    let (kept, left_out) = diagnostic::cap(
        std::mem::take(&mut report.findings),
        |file| of(file).settings.caps().per_file,
        scopes.whole().settings.caps().per_run,
        unsaid,
    );
    report.findings = kept;
    report.findings.extend(engine::left_out(left_out, |file| of(file).rulebook));
    report.findings.sort_by(|one, other| one.order().cmp(&other.order()));
}

/// Adds what is known only now: how much of each file was understood, whose each finding is, and its fingerprint.
fn complete(report: &mut Report, model: &Model, sources: &Sources) {
    let covered: BTreeMap<FileId, &Coverage> = model.coverage.iter().map(|of| (of.file, of)).collect();
    for outcome in &mut report.files {
        outcome.coverage = covered.get(&outcome.file).copied().cloned();
    }
    for finding in &mut report.findings {
        finding.whose = finding.subjects.first().map_or("", |subject| whose(*subject, model)).to_owned();
    }
    diagnostic::stamp(&mut report.findings, sources);
}
