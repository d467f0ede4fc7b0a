//! `botiquette batch` for other programs: a record in, a report out, on the thread that asks.

use std::ffi::OsString;

use clap::Parser;

use super::arguments::Arguments;
use super::lines::Line;
use super::record::LONGEST;
use super::work::{Numbered, Wish, Work};
use crate::catalogue::summary;

/// Projects are given to it as to `botiquette batch`, and reports come back as that writes them.
pub struct Reporter(Work);

/// The options alone, without the name of a command.
#[derive(Parser)]
#[command(no_binary_name = true)]
struct Lone {
    #[command(flatten)]
    arguments: Arguments,
}

impl Reporter {
    /// Takes the options of `botiquette batch`. Those that say how a batch runs change nothing.
    ///
    /// # Errors
    /// A sentence about options or settings that cannot be used.
    pub fn new(options: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let lone = Lone::try_parse_from(options).map_err(|error| first_words(&error.to_string()))?;
        Work::new(lone.arguments).map(Self).map_err(|failure| failure.to_string())
    }

    /// The report of a record, on one line; `named` and `describe` are options that can be asked for each time.
    ///
    /// # Errors
    /// Only where a report is no JSON, which is a bug.
    pub fn report(&self, record: &[u8], named: bool, describe: bool) -> Result<String, String> {
        let line = Line {
            bytes: record.get(..record.len().min(LONGEST)).unwrap_or_default().to_vec(),
            length: record.len() as u64,
            is_whole: true,
        };
        let done = self.0.report(Numbered { number: 1, line }, Wish { named, describe });
        let report = done.map_err(|error| error.to_string())?.report;
        String::from_utf8(report).map_err(|error| error.to_string())
    }

    /// The rules, as `botiquette rules --format json` has them.
    ///
    /// # Errors
    /// Only where that is no JSON, which is a bug.
    pub fn rules(&self) -> Result<String, String> {
        let rules: Vec<_> = self.0.rulebook().rules().iter().map(summary).collect();
        serde_json::to_string(&rules).map_err(|error| error.to_string())
    }
}

/// What is wrong with an option, without what a terminal would be told besides.
fn first_words(message: &str) -> String {
    let words: Vec<&str> = message.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    let words = words.join(" ");
    words.strip_prefix("error: ").unwrap_or(&words).to_owned()
}
