//! The linter in browsers and in Node: a [`Run`] is given files and options, and answers in JSON, in the shapes of the
//! command. `npm/wasm/` makes functions for JavaScript of it.

mod guess;
mod options;
mod panic;

use std::path::PathBuf;
use std::sync::Arc;

use botiquette::describe::document;
use botiquette::diagnostic::FileStatus;
use botiquette::fix::propose;
use botiquette::graph::{self, Drawing};
use botiquette::report::{self, Style, one_line, write_json};
use botiquette::rules::Rulebook;
use botiquette::source::{MAX_FILE_BYTES, decode_within, spelled};
use botiquette::{Input, Linter, Loaded, NoText, Outcome};
use serde::Serialize;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use options::Options;

pub use guess::guess_name;
pub use panic::panic_message;

/// Files that are looked at together, and what was found out about them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Run {
    linter: Linter,
    inputs: Vec<Input>,
    outcome: Option<Outcome>,
}

/// What the command says beside a report.
#[derive(Serialize)]
struct Beside<'r> {
    problems: &'r [String],
    #[serde(rename = "leftOut")]
    left_out: Vec<LeftOut>,
}

/// A file that is no bot's configuration.
#[derive(Serialize)]
struct LeftOut {
    path: String,
    because: String,
}

/// A rule, as `rules --format json` lists it.
#[derive(Serialize)]
struct Rule<'r> {
    name: &'r str,
    family: &'r str,
    severity: botiquette::Severity,
    confidence: botiquette::Confidence,
    title: &'r str,
}

#[wasm_bindgen]
impl Run {
    /// A run without files, under options in JSON.
    ///
    /// # Errors
    /// If the options are none, name what does not exist, or hold settings with mistakes.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Self, JsError> {
        panic::remember();
        let linter = Options::read(options).and_then(Options::linter).map_err(|error| failed(&error))?;
        Ok(Self { linter, inputs: Vec::new(), outcome: None })
    }

    /// Adds a file by its bytes.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) {
        let text = decode_within(bytes, MAX_FILE_BYTES).map_err(|error| NoText::Unread(Arc::new(error)));
        self.inputs.push(Input::File(Loaded { path: PathBuf::from(path), named: true, hidden: false, text }));
        self.outcome = None;
    }

    /// The report of `lint --format json`, with what mends each finding where `fixes` asks for that.
    ///
    /// # Errors
    /// If the report cannot be written.
    pub fn lint(&mut self, fixes: bool) -> Result<String, JsError> {
        self.check();
        let Some(outcome) = &mut self.outcome else { return Ok(String::new()) };
        if fixes {
            propose(&self.linter, &self.inputs, outcome);
        }
        let style = Style { one_line: true, ..Style::default() };
        let mut json = Vec::new();
        report::write(report::Format::Json, &outcome.report, &outcome.sources, &style, &mut json)?;
        Ok(String::from_utf8(json)?)
    }

    /// What the command says beside the report: files that could not be read, and those that are no bot's configuration.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn beside(&mut self) -> Result<String, JsError> {
        self.check();
        let Some(outcome) = &self.outcome else { return Ok(String::new()) };
        written(&Beside { problems: &outcome.report.problems, left_out: left_out(outcome) })
    }

    /// What was understood, in sentences.
    ///
    /// # Errors
    /// If the description cannot be written.
    pub fn describe(&mut self) -> Result<String, JsError> {
        self.check();
        let Some(outcome) = &self.outcome else { return Ok(String::new()) };
        written(&document(&self.linter, outcome))
    }

    /// Who sets off whom, as a picture; empty where no automation does anything.
    ///
    /// # Errors
    /// If the picture cannot be written.
    pub fn graph_svg(&mut self) -> Result<String, JsError> {
        self.check();
        let Some(outcome) = &self.outcome else { return Ok(String::new()) };
        let world = outcome.world();
        let drawing = Drawing::new(&self.linter.study(&world));
        if drawing.cards.is_empty() {
            return Ok(String::new());
        }
        let mut svg = Vec::new();
        graph::write(&drawing, graph::Format::Svg, &mut svg)?;
        Ok(String::from_utf8(svg)?)
    }

    /// Looks at the files, unless that is done.
    fn check(&mut self) {
        if self.outcome.is_none() {
            self.inputs.sort_by(|one, other| name(one).cmp(&name(other)));
            self.outcome = Some(self.linter.check_inputs(self.inputs.clone()));
        }
    }
}

/// The built-in rules, as `rules --format json` lists them.
///
/// # Errors
/// If they cannot be read: a bug.
#[wasm_bindgen]
pub fn rules() -> Result<String, JsError> {
    let rulebook = Rulebook::built_in()?;
    let rules: Vec<Rule<'_>> = rulebook
        .rules()
        .iter()
        .map(|rule| Rule {
            name: &rule.name,
            family: &rule.family,
            severity: rule.severity,
            confidence: rule.confidence,
            title: &rule.title,
        })
        .collect();
    written(&rules)
}

/// The version of the linter.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

fn name(input: &Input) -> Option<&PathBuf> {
    match input {
        Input::File(file) => Some(&file.path),
        _ => None,
    }
}

fn left_out(outcome: &Outcome) -> Vec<LeftOut> {
    let refused = outcome.report.files.iter().filter(|file| file.status == FileStatus::Unrecognised);
    let told = refused.filter_map(|file| {
        let path = spelled(outcome.sources.get(file.file)?.path()).to_string();
        Some(LeftOut { path, because: file.because.to_string() })
    });
    told.collect()
}

fn written(document: &impl Serialize) -> Result<String, JsError> {
    let mut json = Vec::new();
    write_json(document, &mut json)?;
    Ok(String::from_utf8(json)?)
}

fn failed(message: &str) -> JsError {
    JsError::new(&one_line(message))
}
