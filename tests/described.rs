//! What `describe` says of files of known tools, and what it must not say: `tests/described/*.toml`. Each case is a small
//! file, the sentences that must be there and those that must not, as people see them.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fs;
use std::process::Command;

use serde::Deserialize;

/// A file, and what is said of it.
#[derive(Deserialize)]
struct Case {
    /// What the case shows.
    shows: String,
    /// Where the file lies.
    path: String,
    text: String,
    /// Pieces of the description.
    #[serde(default)]
    says: Vec<String>,
    /// What would be wrong to say.
    #[serde(default)]
    never: Vec<String>,
    /// Rules that report something, and rules that must not.
    #[serde(default)]
    reports: Vec<String>,
    #[serde(default)]
    quiet: Vec<String>,
}

impl Case {
    fn of(path: &str, text: String) -> Self {
        let (shows, path) = (path.to_owned(), path.to_owned());
        Self { shows, path, text, says: vec![], never: vec![], reports: vec![], quiet: vec![] }
    }
}

/// The output of a command on one file, as one line.
fn run(case: &Case, arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(&case.path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, &case.text).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_botiquette"));
    let output = command.current_dir(folder.path()).args(arguments).arg(&case.path).output().unwrap();
    String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn descriptions_say_what_is_true() {
    let mut number = 0;
    let mut faults = Vec::new();
    for entry in fs::read_dir(crate::root().join("tests/described")).unwrap() {
        for case in &crate::cases::<Case>(entry.unwrap().path()) {
            number += 1;
            let said = run(case, &["describe"]);
            let mut fault = |what: String| faults.push(format!("{}: {what}\n    {said}", case.shows));
            for piece in case.says.iter().filter(|piece| !said.contains(*piece)) {
                fault(format!("does not say «{piece}»"));
            }
            for piece in case.never.iter().filter(|piece| said.to_lowercase().contains(&piece.to_lowercase()))
            {
                fault(format!("says «{piece}»"));
            }
            if case.reports.is_empty() && case.quiet.is_empty() {
                continue;
            }
            let found = run(case, &["lint", "--exit-zero", "--include-info", "--format", "concise"]);
            for rule in case.reports.iter().filter(|rule| !found.contains(&format!("[{rule}]"))) {
                fault(format!("{rule} reports nothing: {found}"));
            }
            for rule in case.quiet.iter().filter(|rule| found.contains(&format!("[{rule}]"))) {
                fault(format!("{rule} reports something: {found}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(number > 40, "{number} cases");
}

#[test]
fn every_event_of_github_is_told_in_its_words() {
    let table = fs::read_to_string(crate::root().join("tests/github/events.tsv")).unwrap();
    let mut number = 0;
    for row in table.lines().filter(|row| !row.starts_with('#')) {
        let [event, kind, said] = row.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let on = match (event, kind) {
            ("schedule", _) => "{ schedule: [{ cron: '0 5 * * *' }] }".to_owned(),
            (event, "") => event.to_owned(),
            (event, kind) => format!("{{ {event}: {{ types: [{kind}] }} }}"),
        };
        let steps =
            "[{ uses: peter-evans/create-or-update-comment@v4, with: { issue-number: 1, body: Hi } }]";
        let text = format!("on: {on}\njobs: {{ a: {{ runs-on: x, steps: {steps} }} }}\n");
        let case = Case::of(".github/workflows/x.yml", text);
        let told = run(&case, &["describe"]);
        assert!(
            told.contains(&format!("• {said}, it writes")) || told.contains(&format!("• {said} it writes")),
            "{row}: {told}"
        );
        number += 1;
    }
    assert!(number > 90, "{number} events");
}
