//! `botiquette batch`: `tests/batch/*.toml` hold what goes in, the snapshots beside them what comes out; and what no
//! transcript shows: order, waiting, ends in the middle.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Transcript {
    /// What it shows.
    about: String,
    #[serde(default)]
    arguments: Vec<String>,
    /// Whether reports are shown in full.
    #[serde(default)]
    full: bool,
    /// Files on the disk.
    #[serde(default)]
    disk: BTreeMap<String, String>,
    line: Vec<Line>,
}

/// A line of the input.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    Record(toml::Value),
    Raw(String),
    /// Bytes by their numbers.
    Bytes(Vec<u8>),
}

impl Line {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Record(record) => serde_json::to_vec(record).unwrap(),
            Self::Raw(text) => text.clone().into_bytes(),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(folder)
        .arg("batch")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn batch(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = start(folder, arguments);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // It may end before it has read everything.
    let writer = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn reports(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn validator() -> jsonschema::Validator {
    let output = Command::new(env!("CARGO_BIN_EXE_botiquette")).args(["schema", "batch"]).output().unwrap();
    jsonschema::validator_for(&serde_json::from_slice(&output.stdout).unwrap()).unwrap()
}

/// A report in a few words.
fn short(report: &Value) -> String {
    let mut words = format!("line {} id {}", report["line"], report["id"]);
    if let Some(error) = report.get("error") {
        write!(words, "\n  {error}").unwrap();
        return words;
    }
    for file in report["files"].as_array().unwrap() {
        write!(words, "\n  {} {} {}", file["path"], file["status"], file["dialect"]).unwrap();
    }
    for finding in report["findings"].as_array().unwrap() {
        let silenced = if finding["suppressed"].is_null() { "" } else { " suppressed" };
        let fix = if finding["fix"].is_null() { "" } else { " with a fix" };
        let (line, path) = (&finding["start"]["line"], finding["path"].as_str().unwrap());
        let (severity, rule) = (finding["severity"].as_str().unwrap(), finding["rule"].as_str().unwrap());
        write!(words, "\n  {path}:{line} {severity} {rule}{silenced}{fix}").unwrap();
    }
    for account in report["accounts"].as_array().into_iter().flatten() {
        for automation in account["automations"].as_array().unwrap() {
            write!(words, "\n  {} {}", account["account"], automation["sentence"]).unwrap();
        }
    }
    words
}

fn held(transcript: &Transcript, validator: &jsonschema::Validator) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in &transcript.disk {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let arguments: Vec<&str> = transcript.arguments.iter().map(String::as_str).collect();
    let input: Vec<u8> =
        transcript.line.iter().flat_map(|line| [line.bytes(), b"\n".to_vec()].concat()).collect();
    let output = batch(folder.path(), &arguments, &input);
    let mut said = format!("$ botiquette batch {}\n", arguments.join(" "));
    for report in reports(&output) {
        assert!(validator.is_valid(&report), "{}: {report}", transcript.about);
        let shown = if transcript.full { format!("{report:#}") } else { short(&report) };
        writeln!(said, "{shown}\n").unwrap();
    }
    write!(said, "{}exit code {}", text(&output.stderr), output.status.code().unwrap()).unwrap();
    said
}

#[test]
fn transcripts_go_as_they_went() {
    let validator = validator();
    crate::held_beside(
        "tests/batch",
        |transcript: &Transcript| &transcript.about,
        |transcript| held(transcript, &validator),
    );
}

const RUDE: &str = "account: { handle: '@N', platform: mastodon }\nautomations:\n  - { on: unfollowed, do: { post: '@{handle} has left us' } }\n";

/// Many projects, of which every seventh has much to read.
fn many(count: usize) -> String {
    let record = |number: usize| {
        let padding = "# nothing\n".repeat(if number.is_multiple_of(7) { 4000 } else { 0 });
        let bot = format!("{}{padding}", RUDE.replace('N', &number.to_string()));
        format!("{}\n", json!({ "id": number, "files": { "bot.yaml": bot } }))
    };
    (0..count).map(record).collect()
}

/// The samples, a project for each folder.
fn samples() -> Vec<(String, BTreeMap<String, String>)> {
    let root = crate::root().join("sample-configs");
    let mut samples = Vec::new();
    for folder in fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let mut files = BTreeMap::new();
        collect(&folder, &folder, &mut files);
        samples.push((folder.file_name().unwrap().to_str().unwrap().to_owned(), files));
    }
    samples.sort();
    samples
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn a_project_gets_the_report_that_its_folder_gets() {
    let samples = samples();
    assert!(samples.len() > 20, "{}", samples.len());
    let input: String =
        samples.iter().map(|(id, files)| format!("{}\n", json!({ "id": id, "files": files }))).collect();
    let output = batch(crate::root(), &["--fixes", "--quiet"], input.as_bytes());
    let reports = reports(&output);
    assert_eq!((reports.len(), text(&output.stderr).as_str()), (samples.len(), ""));
    let validator = validator();
    for (report, (name, _)) in reports.into_iter().zip(&samples) {
        assert!(validator.is_valid(&report), "{name}");
        let lint = Command::new(env!("CARGO_BIN_EXE_botiquette"))
            .current_dir(crate::root().join("sample-configs").join(name))
            .args(["lint", "--no-config", "--format", "json"])
            .output()
            .unwrap();
        let lint: Value = serde_json::from_slice(&lint.stdout).unwrap();
        assert_eq!((&report["id"], &report["findings"]), (&json!(name), &lint["findings"]), "{name}");
        assert_eq!(report["summary"], lint["summary"], "{name}");
    }
}

#[test]
fn reports_come_in_the_order_of_the_input_unless_that_is_no_matter() {
    let input = many(60);
    let folder = tempfile::tempdir().unwrap();
    let in_order = batch(folder.path(), &["--jobs", "4"], input.as_bytes());
    let lines: Vec<u64> = reports(&in_order).iter().map(|report| report["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, (1..=60).collect::<Vec<_>>());
    let alone = batch(folder.path(), &["--jobs", "1"], input.as_bytes());
    assert_eq!(in_order, alone, "threads change nothing");
    let unordered = batch(folder.path(), &["--jobs", "4", "--unordered"], input.as_bytes());
    let sorted = |output: &Output| {
        let mut lines: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&unordered), sorted(&in_order));
}

/// Somebody who sends a project and waits for its report gets it before the next one is sent.
#[test]
fn a_report_does_not_wait_for_the_next_line() {
    for arguments in [&[][..], &["--unordered"]] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = start(folder.path(), arguments);
        let mut input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        for record in many(3).lines() {
            writeln!(input, "{record}").unwrap();
            let mut report = String::new();
            output.read_line(&mut report).unwrap();
            assert!(report.contains("unfollow-shaming"), "{report}");
        }
        drop(input);
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = start(folder.path(), &[]);
    let mut input = child.stdin.take().unwrap();
    drop(child.stdout.take());
    input.write_all(many(40).as_bytes()).ok();
    // The input stays open: it ends all the same.
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    assert_eq!(
        (child.wait().unwrap().code(), said.as_str()),
        (Some(1), ""),
        "what was found until then counts"
    );
    drop(input);
}

#[test]
fn an_earlier_run_is_gone_on_with() {
    let input = many(30);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reports.ndjson");
    let run = |arguments: &[&str]| {
        batch(folder.path(), &[&["--resume", "reports.ndjson"], arguments].concat(), input.as_bytes())
    };
    let whole = run(&[]);
    assert_eq!((whole.status.code(), text(&whole.stdout).as_str()), (Some(1), ""));
    let expected = fs::read_to_string(&path).unwrap();
    assert_eq!(expected.lines().count(), 30);
    // Ended between two reports, in the middle of one, right before its end, and before anything was done.
    let ninth: usize = expected.split_inclusive('\n').take(9).map(str::len).sum();
    for cut in [ninth, ninth + 100, ninth - 1, ninth + 3, 0, expected.len()] {
        fs::write(&path, &expected[..cut]).unwrap();
        let again = run(&[]);
        assert_eq!(fs::read_to_string(&path).unwrap(), expected, "cut at {cut}: {}", text(&again.stderr));
    }
    assert_eq!(run(&[]).status.code(), Some(0), "nothing is left to do");
    // Also where reports are in no order: the lines that are missing are done, and only those.
    let some: String = expected.lines().rev().step_by(2).map(|line| format!("{line}\n")).collect();
    fs::write(&path, some).unwrap();
    assert!(text(&run(&["--unordered"]).stderr).ends_with(" of 15 more projects\n"));
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&fs::read_to_string(&path).unwrap()), sorted(&expected));
}

#[test]
fn no_other_file_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other");
    for (held, row) in [("account: me\n", 1), ("{\"line\":1,\"id\":1}\n{\"id\":2}\n", 2), ("x", 1)] {
        fs::write(&path, held).unwrap();
        let output = batch(folder.path(), &["--resume", "other"], many(1).as_bytes());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        let expected =
            format!("error: cannot go on with other: line {row} is no report of `botiquette batch`\n");
        assert_eq!(said, expected);
        assert_eq!(fs::read_to_string(&path).unwrap(), held, "it stays as it is");
    }
    let output = batch(folder.path(), &["--resume", "."], b"");
    assert!(text(&output.stderr).contains("it is a folder"), "{}", text(&output.stderr));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
        let output = batch(folder.path(), &["--resume", "link"], b"");
        assert!(text(&output.stderr).contains("it is a symbolic link"), "{}", text(&output.stderr));
    }
}

/// Lines and files that are too large are told, and those behind them are linted.
#[test]
fn what_is_too_large_is_told_and_passed_over() {
    let mut input = vec![b'x'; 64 * 1024 * 1024 + 1];
    input.push(b'\n');
    let large = "#".repeat(16 * 1024 * 1024 + 1);
    writeln!(input, "{}", json!({ "id": "large", "files": { "large.yaml": large } })).unwrap();
    input.extend(many(1).into_bytes());
    let folder = tempfile::tempdir().unwrap();
    let output = batch(folder.path(), &["--quiet"], &input);
    let reports = reports(&output);
    let message = "67108865 bytes; a line has at most 67108864";
    assert_eq!(
        reports[0],
        json!({ "line": 1, "id": null, "error": { "kind": "length", "message": message } })
    );
    assert_eq!(reports[1]["files"][0]["status"], "unrecognised");
    assert_eq!((reports.len(), &reports[2]["summary"]["errors"]), (3, &json!(1)));
    let named = batch(folder.path(), &["--quiet", "--named"], &input);
    let problem = &self::reports(&named)[1]["problems"][0];
    assert!(problem.as_str().unwrap().starts_with("large.yaml: is larger than 16777216 bytes"), "{problem}");
}
