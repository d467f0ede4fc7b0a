//! Dialects that are data: a dialect file says how a tool's files are recognised, and, in the words of conduct files,
//! what its settings mean. What it says of one file becomes a conduct file that points into that file, and is read
//! like any other. Documented in `docs/dialect-format.md`.

mod check;
mod condition;
mod cover;
mod each;
mod examples;
mod file;
mod looking;
mod lower;
mod page;
mod piece;
mod read;
mod reference;
mod resolve;
mod sample;
mod schema;
mod sign;
mod template;
mod way;

use std::sync::OnceLock;

pub use examples::{DialectExample, examples};
pub(super) use lower::lower;
pub use page::page;
pub use schema::schema;

use crate::mistake::{Mistake, Suspect};
use crate::model::Property;
use crate::rules::{EMBEDDED, Problem, RuleFile, Value, is_name};
use crate::source::Span;
use crate::syntax::Schema;
use sign::Signs;
use template::{Table, Template};
use way::Way;

/// Where the built-in dialect files are, below `rules/`.
const FOLDER: &str = "dialects/";

/// A tool whose files are described in a dialect file.
#[derive(Clone, Debug)]
pub struct Described {
    /// Its name on the command line and in reports.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: String,
    /// Where the format is documented.
    pub link: String,
    /// What was read of it: a version, or a revision.
    pub version: String,
    /// More about it: sentences; empty where there is no need.
    pub about: String,
    /// How a file is recognised, in one sentence.
    pub recognised_by: String,
    /// What the format can express, if only in some files.
    pub expresses: Vec<Property>,
    signs: Signs,
    values: Option<Schema>,
    /// Settings that reach nobody.
    inert: Vec<Way>,
    /// Sections in which every key is known.
    closed: Vec<Way>,
    account: Account,
    automations: Vec<Automation>,
    /// Facts, switches, limits and conditions of the account.
    common: Table,
    /// What it can express in a file.
    expressible: Option<Template>,
}

/// Where the account stands.
#[derive(Clone, Debug)]
struct Account {
    /// One account for each entry at these ways; one for the file where there are none.
    each: Vec<Way>,
    /// What files of one account have in common.
    instance: Option<Template>,
    /// Passwords and tokens that may stand in the file.
    secrets: Vec<Way>,
    said: Table,
}

/// One automation, or one for each entry.
#[derive(Clone, Debug)]
struct Automation {
    each: Vec<Way>,
    at: Option<Way>,
    /// Settings of its entries that reach nobody.
    inert: Vec<Way>,
    said: Table,
}

impl Described {
    /// The built-in ones, by name.
    pub(super) fn built_in() -> &'static [Self] {
        static BUILT_IN: OnceLock<Vec<Described>> = OnceLock::new();
        BUILT_IN
            .get_or_init(|| embedded().filter_map(|(stem, table, _)| file::read(table, stem).ok()).collect())
    }

    /// Reads a dialect file.
    ///
    /// # Errors
    /// Every mistake in it, at its place.
    pub fn read(file: &RuleFile) -> Result<Self, Vec<Mistake>> {
        let value = file.value()?;
        let stem = file.stem();
        let found = if is_name(&stem) {
            match file::read(&value, &stem) {
                Ok(described) => {
                    let problems = check::problems(&described, &value, file);
                    if problems.is_empty() {
                        return Ok(described);
                    }
                    problems
                }
                Err(problems) => problems,
            }
        } else {
            let message = "a dialect is named with small letters, digits and hyphens, like its file";
            vec![Problem::new(value.get("name").map_or(Span::at(0), |name| name.span), message)]
        };
        let suspect = Suspect::new(&file.path, &file.text);
        Err(found.iter().map(|problem| suspect.mistake(problem.span, problem.message.as_str())).collect())
    }

    /// Words of which every file of the dialect holds at least one.
    pub(super) fn hints(&self) -> Vec<&str> {
        self.signs.hints()
    }

    /// Whether it is asked before the dialects of botiquette.
    pub(super) const fn is_first(&self) -> bool {
        self.signs.is_first
    }

    /// Whether a file is of the dialect.
    pub(super) fn fits(&self, candidate: &super::Candidate<'_>) -> bool {
        self.signs.fit(candidate)
    }

    /// Hands out every way in it, apart from those by which files are recognised.
    fn each_way<'s>(&'s self, with: &mut dyn FnMut(&'s Way)) {
        let account = &self.account;
        account.each.iter().chain(&account.secrets).chain(&self.inert).for_each(&mut *with);
        account.instance.iter().chain(&self.expressible).for_each(|template| template.each_way(with));
        account.said.each_way(with);
        self.common.each_way(with);
        for automation in &self.automations {
            automation.each.iter().chain(&automation.at).chain(&automation.inert).for_each(&mut *with);
            automation.said.each_way(with);
        }
    }
}

/// The built-in dialect files: their stems, their content without examples, and their texts.
fn embedded() -> impl Iterator<Item = (&'static str, &'static Value, &'static str)> {
    EMBEDDED.iter().filter_map(|file| {
        let stem = file.path.strip_prefix(FOLDER)?.strip_suffix(".toml")?;
        Some((stem, &file.table, file.text))
    })
}

/// The text of a built-in dialect file.
#[must_use]
pub fn text_of(name: &str) -> Option<&'static str> {
    embedded().find(|(stem, ..)| *stem == name).map(|(.., text)| text)
}
