//! What is done with one line: a report, or why there is none.

use std::path::PathBuf;

use botiquette::diagnostic::Summary;
use botiquette::report::{document, write_json_line};
use botiquette::rules::Rulebook;
use botiquette::settings::{Heed, Settings};
use botiquette::{BuildError, Linter, LinterBuilder, Outcome, Project, fix};
use serde::Serialize;

use super::arguments::Arguments;
use super::lines::Line;
use super::own_settings;
use super::record::{Id, Kind, Record, Refusal, read, too_long};
use crate::understood::is_trouble;
use crate::{Failure, Verdict};

/// How lines are judged.
pub(super) struct Work {
    arguments: Arguments,
    /// For all projects without settings of their own that count.
    linter: Linter,
}

/// What somebody wants of a project besides.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    /// Every file gets the benefit of the doubt.
    pub(super) named: bool,
    /// Accounts in words.
    pub(super) describe: bool,
}

/// A line with its number, from 1.
pub(super) struct Numbered {
    pub(super) number: u64,
    pub(super) line: Line,
}

/// A report as it is written, and what it comes to.
pub(super) struct Done {
    pub(super) report: Vec<u8>,
    /// None where the line is no project.
    pub(super) summary: Option<Summary>,
    pub(super) verdict: Verdict,
}

#[derive(Serialize)]
struct Report<R, A> {
    line: u64,
    id: Option<Id>,
    #[serde(flatten)]
    report: R,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accounts: Option<Vec<A>>,
}

#[derive(Serialize)]
struct NoReport {
    line: u64,
    id: Option<Id>,
    error: Refusal,
}

impl Work {
    /// Checks the arguments and the settings that they name.
    pub(super) fn new(arguments: Arguments) -> Result<Self, Failure> {
        let mut settings = match &arguments.config {
            Some(path) => Settings::read(path).map_err(Failure::Settings)?,
            None => Settings::default(),
        };
        tune(&arguments, &mut settings);
        let linter = builder(&arguments).settings(settings).build()?;
        Ok(Self { arguments, linter })
    }

    /// What the arguments want.
    pub(super) const fn wish(&self) -> Wish {
        Wish { named: self.arguments.named, describe: self.arguments.describe }
    }

    /// The rules, and how they are set.
    pub(super) fn rulebook(&self) -> &Rulebook {
        self.linter.rulebook()
    }

    /// The report of a line. Fails only where a report cannot be made into JSON, which is a bug.
    pub(super) fn report(&self, line: Numbered, wish: Wish) -> std::io::Result<Done> {
        let Numbered { number, line } = line;
        let record = match line.length > line.bytes.len() as u64 {
            true => Err(too_long(line.length)),
            false => read(&line.bytes),
        };
        drop(line);
        match record {
            Ok(record) => self.judged(number, record, wish),
            Err(error) => refused(number, None, error),
        }
    }

    fn judged(&self, number: u64, record: Record, wish: Wish) -> std::io::Result<Done> {
        let own = match self.own_linter(&record) {
            Ok(own) => own,
            Err(message) => {
                let error = Refusal { kind: Kind::Settings, message, column: None };
                return refused(number, record.id, error);
            }
        };
        let linter = own.as_ref().unwrap_or(&self.linter);
        let mut outcome = self.outcome(linter, project(record.files.0, wish.named));
        self.arguments.judging.filter(&mut outcome.report);
        let accounts = wish.describe.then(|| botiquette::describe::accounts(linter, &outcome));
        let report = Report {
            line: number,
            id: record.id,
            report: document(&outcome.report, &outcome.sources),
            problems: outcome.problems().to_vec(),
            accounts,
        };
        Ok(Done {
            report: written(&report)?,
            summary: Some(outcome.report.summary()),
            verdict: self.verdict(linter, &outcome),
        })
    }

    fn outcome(&self, linter: &Linter, project: Project) -> Outcome {
        if self.arguments.fixes { fix::check(linter, &project, &|_, _| true) } else { linter.check(&project) }
    }

    fn verdict(&self, linter: &Linter, outcome: &Outcome) -> Verdict {
        if is_trouble(&outcome.report) {
            Verdict::Trouble
        } else if !self.arguments.judging.exit_zero && linter.fails(outcome) {
            Verdict::Findings
        } else {
            Verdict::Clean
        }
    }

    /// A linter under the settings of a project, if it has some and they count.
    fn own_linter(&self, record: &Record) -> Result<Option<Linter>, String> {
        if !self.arguments.own_settings {
            return Ok(None);
        }
        let own = own_settings::read(&record.files.0, |settings| tune(&self.arguments, settings))?;
        if own.is_empty() {
            return Ok(None);
        }
        let mut plain = Settings::default();
        tune(&self.arguments, &mut plain);
        let builder = builder(&self.arguments).settings(plain);
        let builder = own
            .into_iter()
            .fold(builder, |builder, (folder, settings)| builder.settings_below(folder, settings));
        builder.build().map(Some).map_err(|error| match &error {
            BuildError::Settings(settings) => own_settings::first(settings),
            other => other.to_string(),
        })
    }
}

fn project(files: impl IntoIterator<Item = (PathBuf, String)>, named: bool) -> Project {
    let mut project = Project::new();
    for (path, text) in files {
        if named {
            project.add_named(path, text);
        } else {
            project.add(path, text);
        }
    }
    project
}

fn builder(arguments: &Arguments) -> LinterBuilder {
    let builder = arguments.judging.chosen(Linter::builder());
    match &arguments.dialect {
        Some(dialect) => builder.dialect(dialect),
        None => builder,
    }
}

fn tune(arguments: &Arguments, settings: &mut Settings) {
    settings.heed = if arguments.isolated { Heed::Nothing } else { Heed::Everything };
    arguments.judging.tune(settings);
}

fn refused(line: u64, id: Option<Id>, error: Refusal) -> std::io::Result<Done> {
    let report = written(&NoReport { line, id, error })?;
    Ok(Done { report, summary: None, verdict: Verdict::Trouble })
}

fn written(report: &impl Serialize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write_json_line(report, &mut bytes)?;
    Ok(bytes)
}
