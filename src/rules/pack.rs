//! Rule files of one's own: read like those of the rulebook, and named after their pack,
//! `acme/no-giveaways`. A broken file never keeps the others from being read.

use std::path::{Path, PathBuf};

use super::condition::Tables;
use super::examples::{self, Example};
use super::problem::Problem;
use super::rule::{self, Detect, Rule};
use super::rulebook::Rulebook;
use super::value::Value;
use crate::mistake::{Mistake, Suspect};
use crate::source::{Files, SourceFile, Span, spelled};

/// A rule file with its text.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

impl RuleFile {
    /// The rule's name without its pack: the stem of the file.
    #[must_use]
    pub fn stem(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Where something stands in it: `path:line`.
    #[must_use]
    pub fn position(&self, span: Span) -> String {
        let line = SourceFile::new(&self.path, self.text.as_str()).position(span.start).line;
        format!("{}:{line}", spelled(&self.path))
    }

    fn mistakes<'p>(&self, problems: impl IntoIterator<Item = &'p Problem>) -> Vec<Mistake> {
        let suspect = Suspect::new(&self.path, &self.text);
        problems.into_iter().map(|problem| suspect.mistake(problem.span, problem.message.as_str())).collect()
    }

    /// Its content, with places.
    pub(crate) fn value(&self) -> Result<Value, Vec<Mistake>> {
        Value::parse(&self.text).map_err(|errors| {
            let suspect = Suspect::broken(&self.path, &self.text);
            errors.iter().map(|error| suspect.toml_mistake(error)).collect()
        })
    }

    /// The examples in the file.
    pub fn examples(&self) -> Result<Vec<Example>, Vec<Mistake>> {
        examples::read(&self.value()?).map_err(|problems| self.mistakes(&problems))
    }
}

/// The rule files at a path: the file itself, or all `*.toml` below a folder, in order.
pub fn rule_files(path: &Path, files: &dyn Files) -> Result<Vec<RuleFile>, String> {
    let file = |path: PathBuf| match files.read_toml(&path) {
        Ok(text) => Ok(RuleFile { path, text }),
        Err(error) => Err(format!("{}: {error}", spelled(&path))),
    };
    files.toml_files(path)?.into_iter().map(file).collect()
}

impl Rulebook {
    /// Whether a pack may have this name; if not, why.
    pub fn check_pack(&self, pack: &str) -> Result<(), String> {
        if !is_name(pack) {
            return Err(format!("`{pack}` is no name for a pack: use small letters, digits and hyphens"));
        }
        if self.rules().iter().any(|rule| rule.family == pack && !rule.name.starts_with(&format!("{pack}/")))
        {
            return Err(format!(
                "`{pack}` is the name of a family of botiquette; choose another for your pack"
            ));
        }
        Ok(())
    }

    /// Adds the rules of a pack, switched on, as a family of the pack's name. Files with mistakes are left out.
    pub fn add(&mut self, pack: &str, files: &[RuleFile]) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for file in files {
            match self.load_own(pack, file) {
                Ok(rule) => self.push(rule),
                Err(mut found) => mistakes.append(&mut found),
            }
        }
        mistakes
    }

    fn load_own(&self, pack: &str, file: &RuleFile) -> Result<Rule, Vec<Mistake>> {
        let value = file.value()?;
        let stem = file.stem();
        let tables: Tables<'_> = self.tables();
        let mut problems = Vec::new();
        let at = value.get("name").map_or(Span::at(0), |name| name.span);
        let full = format!("{pack}/{stem}");
        if !is_name(&stem) {
            problems.push(Problem::new(
                at,
                "a rule is named with small letters, digits and hyphens, like its file",
            ));
        } else if self.rule(&stem).is_some() {
            problems.push(Problem::new(at, format!("`{stem}` is a rule of botiquette; choose another name")));
        } else if self.rule(&full).is_some() {
            problems.push(Problem::new(at, format!("there are two rules of the name `{full}`")));
        }
        match rule::load(&value, pack, &stem, tables) {
            Ok(mut rule) if problems.is_empty() => {
                if matches!(rule.detect, Detect::Engine) {
                    let at = value.get("detect").map_or(at, |detect| detect.span);
                    let problem =
                        Problem::new(at, "`kind = \"engine\"` is for what botiquette itself reports");
                    return Err(file.mistakes([&problem]));
                }
                rule.name = full.into();
                Ok(rule)
            }
            Ok(_) => Err(file.mistakes(&problems)),
            Err(found) => Err(file.mistakes(problems.iter().chain(&found))),
        }
    }
}

/// Whether a text is a name: small letters, digits and hyphens.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}
