//! Bad input: each kind gets one clear message and the right exit code, and everything else is still linted.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A conduct file with one finding.
const GOOD: &str = "account: '@a'\nautomations:\n  - on: { schedule: daily }\n    do: { follow: own-followers }\n    limits: { per-run: 5 }\n";
const GOOD_FINDING: &str = "good.yaml:4:11: warning[auto-follow-back]";

fn botiquette(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_botiquette")).current_dir(folder).args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with the good file and one bad one.
fn beside_good(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.yaml"), GOOD).unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

#[test]
fn files_that_are_no_text_are_told_and_the_others_linted() {
    let cases: &[(&str, &[u8], &str)] = &[
        ("bin.yaml", b"a: 1\0b", "error: bin.yaml: looks like a binary file (NUL at byte 4); exclude it"),
        ("latin.yaml", b"a: \"\xff\"\n", "error: latin.yaml: is not UTF-8 text (first bad byte at 4)"),
        ("wide.yaml", b"\xff\xfea\0", "error: wide.yaml: is UTF-16 text; re-save it as UTF-8"),
    ];
    for (name, bytes, message) in cases {
        let folder = beside_good(name, bytes);
        let output = botiquette(folder.path(), &["lint", name, "good.yaml", "--format", "concise"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(stderr(&output).contains(message), "{name}: {}", stderr(&output));
        assert!(stdout(&output).contains(GOOD_FINDING), "{name}: {}", stdout(&output));
    }
}

#[test]
fn broken_files_have_findings_at_the_place() {
    let cases: &[(&str, &str, &str)] = &[
        ("flow.yaml", "a: [1, 2\nb: 3\n", "flow.yaml:2:1: error[syntax-error]"),
        ("comma.json", "{\"a\": 1,\n}\n", "comma.json:2:1: error[syntax-error]"),
        ("string.toml", "a = \"x\nb = 1\n", "string.toml:1:7: error[syntax-error]"),
        ("template.yaml", "a: {% if x %}\n", "template.yaml:1:5: warning[syntax-error]"),
    ];
    for (name, text, finding) in cases {
        let folder = beside_good(name, text.as_bytes());
        let output = botiquette(folder.path(), &["lint", name, "good.yaml", "--format", "concise"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(stdout(&output).contains(finding), "{name}: {}", stdout(&output));
        assert!(stdout(&output).contains(GOOD_FINDING), "{name}");
    }
}

#[test]
fn a_broken_document_does_not_hide_the_earlier_ones() {
    let folder = beside_good("later.yaml", format!("{GOOD}---\na: [1\nb: 2\n").as_bytes());
    let output = botiquette(folder.path(), &["lint", "later.yaml", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("later.yaml:4:11: warning[auto-follow-back]"), "{}", stdout(&output));
    assert!(stdout(&output).contains("later.yaml:8:1: error[syntax-error]"), "{}", stdout(&output));
}

#[test]
fn a_broken_bot_configuration_is_told_in_folders_too() {
    let folder = beside_good("broken.yaml", format!("{GOOD}  - on: [followed\n    do: {{\n").as_bytes());
    let output = botiquette(folder.path(), &["lint", ".", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    assert!(stdout(&output).contains("broken.yaml:7:5: error[syntax-error]"), "{}", stdout(&output));
}

#[test]
fn broken_files_of_other_kinds_are_silent_in_folders() {
    let folder = beside_good("helm.yaml", b"image: {{ .Values.image }}\n{{ if x }}\n");
    let output = botiquette(folder.path(), &["lint", ".", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stdout(&output));
}

#[test]
fn missing_paths_are_told() {
    let folder = beside_good("x.txt", b"");
    let output = botiquette(folder.path(), &["lint", "nope.yaml", "good.yaml", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("error: nope.yaml: there is no such file or folder"),
        "{}",
        stderr(&output)
    );
    assert!(stdout(&output).contains(GOOD_FINDING));
}

#[test]
fn files_that_are_no_bot_configuration_are_said_when_named() {
    let folder = beside_good("package.json", b"{\"name\": \"x\"}");
    let output = botiquette(folder.path(), &["lint", "package.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no bot configuration recognised"), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn links_that_loop_do_not_trap_the_walk() {
    let folder = beside_good("x.txt", b"");
    fs::create_dir(folder.path().join("sub.yaml")).unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("sub.yaml/up")).unwrap();
    let output = botiquette(folder.path(), &["lint", ".", "--format", "concise"]);
    assert_eq!(stdout(&output).lines().count(), 1, "{}", stdout(&output));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = beside_good("secret.yaml", GOOD.as_bytes());
    let path = folder.path().join("secret.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let output = botiquette(folder.path(), &["lint", ".", "--format", "concise"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("secret.yaml: cannot be read"), "{}", stderr(&output));
    assert!(stdout(&output).contains(GOOD_FINDING));
}

#[test]
fn unknown_names_suggest_the_nearest() {
    let folder = beside_good("x.txt", b"");
    let cases: &[(&[&str], &str)] = &[
        (&["--select", "folow-ratchet"], "did you mean `follow-ratchet`"),
        (&["--ignore", "folow"], "did you mean `follow`"),
        (&["--dialect", "gramadict"], "did you mean `gramaddict`?"),
        (&["--format", "xml"], "possible values: pretty, concise, json"),
        (&["--fail-on", "fatal"], "possible values: error, warning, info"),
    ];
    for (arguments, message) in cases {
        let output = botiquette(folder.path(), &[&["lint", "good.yaml"], *arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn standard_input_is_read_under_its_name() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .args(["lint", "-", "--stdin-filename", "piped/bot.yaml", "--format", "concise"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(GOOD.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stdout(&output).starts_with("piped/bot.yaml:4:11: warning[auto-follow-back]"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn findings_decide_the_exit_code() {
    let folder = beside_good("x.txt", b"");
    for (arguments, code) in [
        (&["--fail-on", "warning"][..], 1),
        (&["--fail-on", "warning", "--exit-zero"], 0),
        (&["--fail-on", "error"], 0),
        (&["--fail-on", "warning", "--ignore", "auto-follow-back"], 0),
        (&["--fail-on", "warning", "--select", "shaming"], 0),
    ] {
        let output = botiquette(folder.path(), &[&["lint", "good.yaml"], arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn secrets_are_never_printed() {
    let text = "account: { handle: '@a', password: hunter2-really-secret }\nautomations:\n  - on: followed\n    do: follow\n";
    let folder = beside_good("leaky.yaml", text.as_bytes());
    for format in ["pretty", "concise", "json"] {
        let output = botiquette(folder.path(), &["lint", "leaky.yaml", "--format", format]);
        assert!(stdout(&output).contains("hardcoded-secret"), "{}", stdout(&output));
        assert!(!stdout(&output).contains("hunter2"), "{}", stdout(&output));
    }
}
