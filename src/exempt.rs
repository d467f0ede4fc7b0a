//! Exceptions for findings, as edits of the files that they are in: a comment above what each is about, where the
//! format has comments; else an entry for the settings. Knows findings, texts and syntaxes, never the model.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::diagnostic::suppress::grammar;
use crate::diagnostic::{FileStatus, Finding, Report, Subject};
use crate::fs::identity;
use crate::plain::{needs_quotes, quoted};
use crate::source::{FileId, LineIndex, SourceFile, Sources, Span, spelled};
use crate::syntax::{Beginnings, Syntax, parse};

/// What became of the findings of a run.
#[derive(Debug, Default)]
pub struct Exempted {
    /// Files with what they would say with comments in them.
    pub edited: Vec<Edited>,
    /// Files that are left as they are, and why.
    pub refused: Vec<(PathBuf, String)>,
    /// Entries for the settings, for files that have no comments; TOML.
    pub entries: String,
}

/// A file with comments.
#[derive(Debug)]
pub struct Edited {
    /// Its path.
    pub path: PathBuf,
    /// Its whole new text.
    pub text: String,
    /// How many comments are new.
    pub comments: usize,
}

/// Whether a reason can stand in a comment and says anything.
#[must_use]
pub fn is_reason(reason: &str) -> bool {
    !grammar::said(reason).is_empty() && !reason.contains(char::is_control)
}

/// Makes an exception with this reason for every live finding of the report. Entries for the settings have paths
/// seen from their folder. `text_of` gives the text of a file, or why there is none: those of the run have their
/// secrets masked.
#[must_use]
pub fn exempt(
    report: &Report,
    sources: &Sources,
    reason: &str,
    settings_folder: &Path,
    text_of: &dyn Fn(&Path) -> Result<String, String>,
) -> Exempted {
    exempt_under(report, sources, reason, &|_| settings_folder.to_path_buf(), text_of)
}

/// The same where each file may have settings of its own.
#[must_use]
pub fn exempt_under(
    report: &Report,
    sources: &Sources,
    reason: &str,
    settings_folder: &dyn Fn(&Path) -> PathBuf,
    text_of: &dyn Fn(&Path) -> Result<String, String>,
) -> Exempted {
    let mut done = Exempted::default();
    let mut by_file: BTreeMap<FileId, Vec<&Finding>> = BTreeMap::new();
    for finding in report.live().filter(|finding| can_be_exempted(finding)) {
        by_file.entry(finding.primary.place.file).or_default().push(finding);
    }
    for (id, findings) in by_file {
        let Some(source) = sources.get(id) else { continue };
        let path = source.path().to_path_buf();
        let outcome = report.files.iter().find(|outcome| outcome.file == id);
        if outcome.is_none_or(|outcome| outcome.status != FileStatus::Linted) {
            done.refused.push((path, "repair it first".to_owned()));
            continue;
        }
        let syntax = syntax_of(source);
        let Some(mark) = comment_mark(syntax) else {
            done.entries.push_str(&entries(&seen_from(&settings_folder(&path), &path), &findings, reason));
            done.refused.push((
                path,
                "its format has no comments; use `[[suppressions]]` in the settings".to_owned(),
            ));
            continue;
        };
        let edited = text_of(&path).and_then(|text| edit(source, &text, (syntax, mark), &findings, reason));
        match edited {
            Ok((text, comments)) => done.edited.push(Edited { path, text, comments }),
            Err(why) => done.refused.push((path, why)),
        }
    }
    done
}

/// The engine's remarks on exceptions, and broken files, are repaired and not excused.
fn can_be_exempted(finding: &Finding) -> bool {
    !["unused-suppression", "suppression-without-reason", "syntax-error"].contains(&finding.rule.as_ref())
}

fn syntax_of(source: &SourceFile) -> Syntax {
    Syntax::from_path(source.path()).unwrap_or_else(|| Syntax::guess(source.text()))
}

/// What a comment begins with.
const fn comment_mark(syntax: Syntax) -> Option<&'static str> {
    match syntax {
        Syntax::Yaml | Syntax::Toml | Syntax::Dotenv | Syntax::Ini => Some("#"),
        Syntax::Jsonc => Some("//"),
        Syntax::Json => None,
    }
}

fn edit(
    source: &SourceFile,
    text: &str,
    (syntax, mark): (Syntax, &str),
    findings: &[&Finding],
    reason: &str,
) -> Result<(String, usize), String> {
    if text.len() != source.text().len() {
        return Err("it has changed since it was read".to_owned());
    }
    let wanted: Vec<(u32, &str)> =
        findings.iter().map(|finding| (finding.primary.place.span.start, finding.rule.as_ref())).collect();
    with_comments(text, syntax, mark, &wanted, reason).ok_or_else(|| {
        "a comment would change what it says; use `[[suppressions]]` in the settings".to_owned()
    })
}

/// The text with a comment above each line that a finding is about, and how many there are; none where that would
/// change what the text says.
fn with_comments(
    text: &str,
    syntax: Syntax,
    mark: &str,
    wanted: &[(u32, &str)],
    reason: &str,
) -> Option<(String, usize)> {
    let parsed = parse(text, syntax);
    let lines = LineIndex::new(text);
    let beginnings = Beginnings::new(&parsed.tree, &lines);
    let mut by_line: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for (offset, rule) in wanted {
        by_line.entry(beginnings.line_to_comment(*offset)).or_default().insert(rule);
    }
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut commented = String::with_capacity(text.len() + 64 * by_line.len());
    let mut copied = 0;
    for (line, rules) in &by_line {
        let span = lines.span(text, *line)?;
        let content = span.slice(text);
        let shown = content.trim_start_matches('\u{feff}');
        let start = span.start + u32::try_from(content.len() - shown.len()).ok()?;
        commented.push_str(Span::new(copied, start).slice(text));
        copied = start;
        let indent = shown.get(..shown.len() - shown.trim_start_matches([' ', '\t']).len())?;
        let rules: Vec<&str> = rules.iter().copied().collect();
        let (names, reason) = (rules.join(", "), reason.trim());
        write!(commented, "{indent}{mark} botiquette: ignore[{names}] {reason}{line_break}").ok()?;
    }
    commented.push_str(text.get(copied as usize..)?);
    let (before, after) = (parsed.tree, parse(&commented, syntax));
    let unchanged = after.errors.len() == parsed.errors.len()
        && after.tree.node_count() == before.node_count()
        && after.tree.comments().len() == before.comments().len() + by_line.len();
    unchanged.then_some((commented, by_line.len()))
}

/// A path as the settings in a folder have it, with forward slashes.
fn seen_from(folder: &Path, path: &Path) -> String {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let path = identity(path);
    let below = path.strip_prefix(identity(folder)).unwrap_or(&path);
    let shown = spelled(below);
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
}

/// Entries of the settings that silence these findings.
fn entries(path: &str, findings: &[&Finding], reason: &str) -> String {
    let of_automation = |subject: &Subject| matches!(subject, Subject::Action(..) | Subject::Automation(_));
    let wanted: BTreeSet<(&str, Option<&str>)> = findings
        .iter()
        .map(|finding| {
            let named = finding.subjects.first().is_some_and(of_automation) && !finding.whose.is_empty();
            (finding.rule.as_ref(), named.then_some(finding.whose.as_str()))
        })
        .collect();
    let written = |text: &str| match needs_quotes(text) || text.contains('\n') {
        true => quoted(text),
        false => toml::Value::String(text.to_owned()).to_string(),
    };
    let mut entries = String::new();
    for (rule, automation) in wanted {
        let (path, rule) = (written(&format!("/{path}")), written(rule));
        entries.push_str(&format!("[[suppressions]]\npath = {path}\nrule = {rule}\n"));
        if let Some(automation) = automation {
            entries.push_str(&format!("automation = {}\n", written(automation)));
        }
        entries.push_str(&format!("reason = {}\n", written(reason.trim())));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commented(text: &str, syntax: Syntax, at: &[&str]) -> Option<String> {
        let wanted: Vec<(u32, &str)> =
            at.iter().map(|at| (u32::try_from(text.find(at).unwrap()).unwrap(), "rule")).collect();
        let mark = comment_mark(syntax)?;
        with_comments(text, syntax, mark, &wanted, "why").map(|(text, _)| text)
    }

    #[test]
    fn comments_stand_above_with_the_indent_and_line_break_of_the_file() {
        let note = "# botiquette: ignore[rule] why";
        for (text, syntax, at, expected) in [
            ("a: 1\n", Syntax::Yaml, "1", format!("{note}\na: 1\n")),
            ("\u{feff}a: 1\r\n", Syntax::Yaml, "1", format!("\u{feff}{note}\r\na: 1\r\n")),
            ("- a: 1\n  b: 2", Syntax::Yaml, "2", format!("- a: 1\n  {note}\n  b: 2")),
            (
                "a:\n  - |\n    one\n    two\n",
                Syntax::Yaml,
                "two",
                format!("a:\n  {note}\n  - |\n    one\n    two\n"),
            ),
            ("a = '''\none'''\n", Syntax::Toml, "one", format!("{note}\na = '''\none'''\n")),
            ("[s]\na = b\n  c\n", Syntax::Ini, "c", format!("[s]\n{note}\na = b\n  c\n")),
            ("A=1\nB=2\n", Syntax::Dotenv, "2", format!("A=1\n{note}\nB=2\n")),
            (
                "{\n  \"a\": 1\n}\n",
                Syntax::Jsonc,
                "1",
                format!("{{\n  {}\n  \"a\": 1\n}}\n", note.replace('#', "//")),
            ),
        ] {
            assert_eq!(commented(text, syntax, &[at]).as_deref(), Some(expected.as_str()), "{text}");
        }
    }

    #[test]
    fn rules_about_one_line_share_a_comment() {
        let text = "a: { b: 1, c: 2 }\n";
        let expected = format!("# botiquette: ignore[rule] why\n{text}");
        assert_eq!(commented(text, Syntax::Yaml, &["1", "2"]), Some(expected));
    }

    #[test]
    fn reasons_say_something_on_one_line() {
        assert!(is_reason("until May"));
        for reason in ["", "--", "a\nb: 1", "x\u{1b}[31m"] {
            assert!(!is_reason(reason), "{reason:?}");
        }
    }
}
