//! `botiquette test-dialects`: the examples in dialect files of one's own, run as tests.

use std::collections::BTreeSet;
use std::path::PathBuf;

use botiquette::diagnostic::Severity;
use botiquette::dialect::Own;
use botiquette::dialect::described::{DialectExample, examples};
use botiquette::report::one_line;
use botiquette::rules::RuleFile;
use botiquette::{Linter, Project};

use super::test_rules::toml_files;
use super::{Failure, Verdict, print_text, say_mistakes};

/// Test dialect files of your own by their examples
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Example:
  botiquette test-dialects dialects/

Exit codes: 0 every example does what it says, 1 some do not, 2 a dialect file cannot be used
(the others are tested all the same)")]
pub(super) struct Arguments {
    /// Dialect files, or folders of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let mut files = Vec::new();
    for path in &arguments.paths {
        files.extend(toml_files(path).map_err(Failure::Usage)?);
    }
    let (own, mistakes) = Own::read(&files);
    say_mistakes(&mistakes);
    let mut tested = 0;
    let mut count = 0;
    let mut failures = Vec::new();
    for file in &files {
        let is_usable =
            own.find(&file.stem()).is_some() && mistakes.iter().all(|mistake| mistake.path != file.path);
        let Some(examples) = is_usable.then(|| examples(file).ok()).flatten() else { continue };
        let linter = Linter::builder().dialects(vec![file.clone()]).build()?;
        tested += 1;
        for (number, example) in examples.iter().enumerate() {
            count += 1;
            if let Some(failure) = check(&linter, file, example) {
                let verdict = if example.is_bad { "bad" } else { "good" };
                let place = file.position(example.span);
                failures.push(format!("{place}: example {} ({verdict}) {failure}", number + 1));
            }
        }
    }
    print_text(false, |out| {
        failures.iter().try_for_each(|failure| writeln!(out, "{}", one_line(failure)))?;
        let (failed, passed) = (failures.len(), count - failures.len());
        writeln!(out, "dialects: {tested}, examples: {count}, passed: {passed}, failed: {failed}")
    })?;
    Ok(match () {
        () if !mistakes.is_empty() || files.is_empty() => Verdict::Trouble,
        () if !failures.is_empty() => Verdict::Findings,
        () => Verdict::Clean,
    })
}

/// What is wrong with an example; nothing if it does what it says.
fn check(linter: &Linter, file: &RuleFile, example: &DialectExample) -> Option<String> {
    let mut project = Project::new();
    project.add(&example.file, example.config.as_str());
    let outcome = linter.check(&project);
    let read_as = outcome.files().first().and_then(|file| file.dialect);
    if read_as != Some(file.stem().as_str()) {
        return Some(match read_as {
            Some(other) => format!("is read as {other}"),
            None => "is not recognised".to_owned(),
        });
    }
    let findings = outcome.findings().filter(|finding| finding.severity > Severity::Info);
    let found: BTreeSet<&str> = findings.map(|finding| finding.rule.as_ref()).collect();
    let wanted: BTreeSet<&str> = example.rules.iter().map(String::as_str).collect();
    let listed = |rules: Vec<&&str>| rules.into_iter().copied().collect::<Vec<_>>().join(", ");
    let missing = listed(wanted.difference(&found).collect());
    let more = listed(found.difference(&wanted).collect());
    match (missing.is_empty(), more.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("is not reported by {missing}")),
        (true, false) => Some(format!("is reported by {more}")),
        (false, false) => Some(format!("is not reported by {missing}, but by {more}")),
    }
}
