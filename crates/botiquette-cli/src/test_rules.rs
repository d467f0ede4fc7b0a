//! `botiquette test-rules`: the examples in rule files of one's own, run as tests.

use std::path::{Path, PathBuf};

use botiquette::diagnostic::Severity;
use botiquette::fs::read;
use botiquette::report::one_line;
use botiquette::rules::{Example, RuleFile, Rulebook};
use botiquette::source::{MAX_SETTINGS_BYTES, spelled};
use botiquette::{Input, Outcome, Request, dialect};

use super::files::discover;
use super::{Failure, Verdict, catalogue, print_text, say_mistakes};

/// The pack that tested rules belong to where none is named.
const PACK: &str = "own";

/// Test rule files of your own by their examples
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette test-rules rules/
  botiquette test-rules --pack acme rules/no-giveaways.toml

Exit codes: 0 every example does what it says, 1 some do not, 2 a rule file cannot be used
(the others are tested all the same)")]
pub(super) struct Arguments {
    /// Rule files, or folders of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// The name of your pack, as in `botiquette.toml`
    #[arg(long, value_name = "NAME", default_value = PACK)]
    pack: String,
}

/// What a run of examples comes to.
#[derive(Default)]
struct Tally {
    rules: usize,
    examples: usize,
    failures: Vec<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let mut rulebook = catalogue::rulebook()?;
    rulebook.check_pack(&arguments.pack).map_err(Failure::Usage)?;
    let mut files = Vec::new();
    for path in &arguments.paths {
        files.extend(toml_files(path).map_err(Failure::Usage)?);
    }
    // Only the pack speaks, and the engine where an example cannot be read: what the rest of the rulebook
    // thinks of an example is not what is tested.
    rulebook.retain(|rule| rule.family == "engine");
    let mistakes = rulebook.add(&arguments.pack, &files);
    say_mistakes(&mistakes);
    let mut broken = !mistakes.is_empty();
    let mut tally = Tally::default();
    for file in &files {
        let name = format!("{}/{}", arguments.pack, file.stem());
        // Two files of one stem: the second is broken and was told so.
        if rulebook.rule(&name).is_none() || mistakes.iter().any(|mistake| mistake.path == file.path) {
            continue;
        }
        match file.examples() {
            Ok(examples) => tally.test(&rulebook, file, &name, &examples),
            Err(mistakes) => {
                say_mistakes(&mistakes);
                broken = true;
            }
        }
    }
    print_text(false, |out| {
        for failure in &tally.failures {
            writeln!(out, "{}", one_line(failure))?;
        }
        let passed = tally.examples - tally.failures.len();
        writeln!(
            out,
            "rules: {}, examples: {}, passed: {passed}, failed: {}",
            tally.rules,
            tally.examples,
            tally.failures.len()
        )
    })?;
    Ok(match () {
        () if broken || files.is_empty() => Verdict::Trouble,
        () if !tally.failures.is_empty() => Verdict::Findings,
        () => Verdict::Clean,
    })
}

/// The files at a path: the file itself, or all `*.toml` that a search finds below a folder.
pub(super) fn toml_files(path: &Path) -> Result<Vec<RuleFile>, String> {
    let found = discover([path], |path| path.extension().is_some_and(|extension| extension == "toml"));
    if let Some(problem) = found.problems.first() {
        return Err(problem.to_string());
    }
    let file = |path: PathBuf| match read(&path, MAX_SETTINGS_BYTES) {
        Ok(text) => Ok(RuleFile { path, text }),
        Err(error) => Err(format!("{}: {error}", spelled(&path))),
    };
    found.files.into_iter().map(|candidate| file(candidate.path)).collect()
}

impl Tally {
    fn test(&mut self, rulebook: &Rulebook, file: &RuleFile, name: &str, examples: &[Example]) {
        self.rules += 1;
        for (number, example) in examples.iter().enumerate() {
            self.examples += 1;
            if let Some(failure) = check(rulebook, name, example) {
                let verdict = if example.is_bad { "bad" } else { "good" };
                let place = file.position(example.span);
                self.failures.push(format!("{place}: example {} ({verdict}) {failure}", number + 1));
            }
        }
        if examples.iter().all(|example| !example.is_bad) {
            self.examples += 1;
            self.failures.push(format!("{}: {name} has no bad example", spelled(&file.path)));
        }
    }
}

/// What is wrong with an example; nothing if it does what it says.
fn check(rulebook: &Rulebook, name: &str, example: &Example) -> Option<String> {
    let input = Input::Stdin { name: "example.yaml".to_owned(), bytes: example.config.as_bytes().to_vec() };
    let outcome =
        botiquette::lint(&Request { inputs: vec![input], dialect: dialect::find("conduct"), rulebook });
    let (own, others): (Vec<_>, Vec<_>) =
        outcome.report.findings.iter().partition(|finding| finding.rule == name);
    let allowed =
        |rule: &str| example.also.iter().any(|also| also == rule || rule.ends_with(&format!("/{also}")));
    if let Some(other) =
        others.iter().find(|finding| finding.severity > Severity::Info && !allowed(&finding.rule))
    {
        return Some(format!("is also reported by {}", other.rule));
    }
    match (example.is_bad, own.as_slice()) {
        (false, []) => None,
        (false, [finding, ..]) => Some(format!("is reported at line {}", line(&outcome, finding))),
        (true, []) => Some("is not reported".to_owned()),
        (true, [finding]) if Some(line(&outcome, finding)) != example.line => Some(format!(
            "is reported at line {}, not {}",
            line(&outcome, finding),
            example.line.unwrap_or_default()
        )),
        (true, [finding]) => {
            let wanted = example.severity.as_deref().unwrap_or_default();
            let found = finding.severity.to_string();
            (!wanted.is_empty() && wanted != found).then(|| format!("is of severity {found}, not {wanted}"))
        }
        (true, many) => Some(format!("is reported {} times", many.len())),
    }
}

fn line(outcome: &Outcome, finding: &botiquette::diagnostic::Finding) -> u32 {
    let place = finding.primary.place;
    outcome.sources.get(place.file).map_or(0, |file| file.position(place.span.start).line)
}
