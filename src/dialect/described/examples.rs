//! The examples in dialect files: each is a file of the tool with a verdict, run as a test and shown by `explain`.

use super::sign::SYNTAXES;
use crate::mistake::{Mistake, Suspect};
use crate::rules::{Data, Problem, RuleFile, Value, Verdict, each_example};
use crate::source::Span;

/// An example of a dialect file.
#[derive(Clone, Debug)]
pub struct DialectExample {
    /// Whether something is found in it.
    pub is_bad: bool,
    /// What it shows; empty where it speaks for itself.
    pub note: String,
    /// The name of the file.
    pub file: String,
    /// What the file says.
    pub config: String,
    /// The rules that are found, all of them.
    pub rules: Vec<String>,
    /// Where the example stands in the dialect file.
    pub span: Span,
}

/// Keys of an example.
pub(super) const KEYS: &[&str] = &["verdict", "note", "file", "config", "rules"];

/// The examples in a dialect file.
///
/// # Errors
/// What is wrong with them, at its place.
pub fn examples(file: &RuleFile) -> Result<Vec<DialectExample>, Vec<Mistake>> {
    let value = file.value()?;
    read(&value).map_err(|problems| {
        let suspect = Suspect::new(&file.path, &file.text);
        problems.iter().map(|problem| suspect.mistake(problem.span, problem.message.as_str())).collect()
    })
}

/// What is wrong with the examples of a file; that one kind of them is missing, too.
pub(super) fn problems(file: &Value, text: &str) -> Vec<Problem> {
    let read = match read(file) {
        Ok(examples) => examples,
        Err(problems) => return problems,
    };
    let mut problems = Vec::new();
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    for (is_bad, message) in [
        (
            true,
            "a dialect needs a bad example: `[[example]]` with `verdict = \"bad\"` and the `rules` that find it",
        ),
        (false, "a dialect needs a good example: `[[example]]` with `verdict = \"good\"`"),
    ] {
        if !read.iter().any(|example| example.is_bad == is_bad) {
            problems.push(Problem::new(Span::at(end.saturating_sub(1)), message));
        }
    }
    problems
}

fn read(file: &Value) -> Result<Vec<DialectExample>, Vec<Problem>> {
    let usual = usual_name(file);
    each_example(file, |value| example(value, &usual))
}

fn example(value: &Value, usual: &str) -> Result<DialectExample, Problem> {
    let Verdict { is_bad, note, config } = Verdict::read(value, KEYS)?;
    let rules = match value.get("rules").map(|rules| &rules.data) {
        Some(Data::List(rules)) => {
            rules.iter().filter_map(|rule| rule.text().map(|rule| rule.to_string())).collect()
        }
        _ => Vec::new(),
    };
    if is_bad == rules.is_empty() {
        let message = if is_bad {
            "a bad example needs `rules`: the names of those that find it"
        } else {
            "a good example gives no finding: leave `rules` out"
        };
        return Err(Problem::new(value.span, message));
    }
    let file =
        value.get("file").and_then(Value::text).map_or_else(|| usual.to_owned(), |file| file.to_string());
    Ok(DialectExample { is_bad, note, file, config, rules, span: value.span })
}

/// The name that an example has where it says none: one that the paths and the syntax allow.
fn usual_name(file: &Value) -> String {
    let first = |key: &str| {
        let value = file.get("recognise")?.get(key)?;
        let one = value.items().and_then(<[Value]>::first).unwrap_or(value);
        one.text().map(|text| text.to_string())
    };
    if let Some(path) = first("paths").filter(|path| !path.contains(['?', '[', '!'])) {
        return path.trim_start_matches('/').replace("**/", "").replace('*', "config");
    }
    let syntax = first("syntax").filter(|name| SYNTAXES.iter().any(|(known, _)| known == name));
    format!("config.{}", syntax.unwrap_or_else(|| "yaml".to_owned()))
}
