//! `botiquette batch`: one project on each line of standard input, one report on each line of standard output.

mod arguments;
mod lines;
mod own_settings;
mod pipeline;
mod record;
mod reporter;
mod resume;
mod schema;
mod work;

use std::io::{self, BufReader, BufWriter, Write};
use std::num::NonZero;
use std::path::Path;
use std::thread::available_parallelism;

use botiquette::diagnostic::Summary;
use botiquette::source::spelled;

use super::inputs::needs_file;
use super::{Failure, Verdict, say};
use lines::Numbers;
use pipeline::{Pipeline, Plan};
use work::{Done, Work};

pub(super) use arguments::Arguments;
pub use reporter::Reporter;
pub(super) use schema::schema;

pub(super) fn run(arguments: Arguments) -> Result<Verdict, Failure> {
    needs_file("--config", arguments.config.as_deref())?;
    needs_file("--resume", arguments.resume.as_deref())?;
    let cores = || available_parallelism().map_or(1, NonZero::get);
    let workers = arguments.jobs.map_or_else(cores, usize::from);
    let (in_order, quiet, resumed) = (!arguments.unordered, arguments.quiet, arguments.resume.clone());
    let work = Work::new(arguments)?;
    let (out, done) = match &resumed {
        Some(path) => {
            let (file, done) = resume::open(path)?;
            (Box::new(file) as Box<dyn Write>, done)
        }
        None => (Box::new(io::stdout().lock()) as Box<dyn Write>, Numbers::default()),
    };
    let is_resumed = !done.is_empty();
    let start = |source| Failure::System { doing: "start threads", source };
    let pipeline = Pipeline::start(BufReader::new(io::stdin()), work, Plan { workers, in_order, done });
    let mut pipeline = pipeline.map_err(start)?;
    let mut tally = Tally::default();
    match write_all(&mut pipeline, &mut BufWriter::new(out), resumed.as_deref(), &mut tally) {
        // Who reads no more needs no more.
        Err(Failure::Unread) => return Ok(tally.verdict),
        other => other?,
    }
    pipeline.end().map_err(|source| Failure::System { doing: "lint all lines", source })?;
    tally.say(quiet, is_resumed);
    Ok(tally.verdict)
}

/// Writes each report when it is there, and lets nobody wait for one that is.
fn write_all(
    pipeline: &mut Pipeline,
    out: &mut impl Write,
    file: Option<&Path>,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let failed = |error: io::Error| match file {
        Some(path) => Failure::Usage(format!("cannot write {}: {error}", spelled(path))),
        None => Failure::writing(error),
    };
    while let Some(done) = pipeline.next(&mut || out.flush()).map_err(failed)? {
        // A closed pipe does not change what was found.
        tally.add(&done);
        out.write_all(&done.report).map_err(failed)?;
    }
    out.flush().map_err(failed)
}

/// What a batch comes to.
struct Tally {
    projects: usize,
    refused: usize,
    files: usize,
    errors: usize,
    warnings: usize,
    verdict: Verdict,
}

impl Default for Tally {
    fn default() -> Self {
        Self { projects: 0, refused: 0, files: 0, errors: 0, warnings: 0, verdict: Verdict::Clean }
    }
}

impl Tally {
    fn add(&mut self, done: &Done) {
        self.verdict = self.verdict.max(done.verdict);
        match &done.summary {
            None => self.refused += 1,
            Some(Summary { files, errors, warnings, .. }) => {
                self.projects += 1;
                self.files += files;
                self.errors += errors;
                self.warnings += warnings;
            }
        }
    }

    fn say(&self, quiet: bool, is_resumed: bool) {
        if self.refused > 0 {
            say("error", &format!("{} got an error instead of a report", counted(self.refused, "line")));
        }
        if !quiet {
            let more = if is_resumed { "more " } else { "" };
            let (errors, warnings) = (counted(self.errors, "error"), counted(self.warnings, "warning"));
            let (files, projects) = (counted(self.files, "file"), counted(self.projects, "project"));
            let projects = projects.replacen(' ', &format!(" {more}"), 1);
            say("note", &format!("{errors}, {warnings} in {files} of {projects}"));
        }
    }
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
