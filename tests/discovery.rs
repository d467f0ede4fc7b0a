//! What a run over a whole repository looks at and what it says of each file with `--verbose`. A tree is built from
//! a table of files; each line of the table says what is told about it.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const FOLLOWS: &str =
    "twitter: {token: '${T}'}\nauto_follow: true\nhashtags: [cats]\nmax_follows_per_day: 5\n";
const CONDUCT: &str = "account: { handle: '@b', platform: mastodon, bot: true, operator: '@kim' }\nautomations:\n  - on: { command: /hi }\n    do: { reply: hi }\n";

/// Path, content, and what is said of it; an empty word means that nothing is said.
const FILES: &[(&str, &str, &str)] = &[
    ("bot.yaml", CONDUCT, "linted: bot.yaml (conduct, automations: 1; "),
    (
        ".env",
        "AUTO_FOLLOW_BACK=true\nMASTODON_TOKEN=\n",
        "linted: .env (adhoc, automations: 1; it names a platform (mastodon), a login and what bots do to people (follow), \
         but no text or schedule; evidence 5, needed 5)",
    ),
    (".env.example", "AUTO_FOLLOW_BACK=true\nMASTODON_TOKEN=\n", "linted: .env.example (adhoc"),
    ("accounts/one/config.yml", FOLLOWS, "linted: accounts/one/config.yml (adhoc"),
    (
        ".github/workflows/test.yml",
        "on: push\njobs: { reply: { runs-on: x } }\n",
        "skipped: .github/workflows/test.yml (it names no platform of people)",
    ),
    (".github/bot.yml", CONDUCT, "linted: .github/bot.yml (conduct"),
    (".vscode/settings.json", "{\"follow\": true}", "not looked at: .vscode (a hidden folder)"),
    ("node_modules/x/bot.yaml", CONDUCT, "not looked at: node_modules (a folder of other people's code)"),
    ("package-lock.json", "{\"follow\": 1}", "not looked at: package-lock.json (a lock file)"),
    (
        "private/bot.yaml",
        CONDUCT,
        "not looked at: private (ignored by git or an .ignore file; name it to lint it)",
    ),
    (
        "secret.yaml",
        CONDUCT,
        "not looked at: secret.yaml (ignored by git or an .ignore file; name it to lint it)",
    ),
    (
        "k8s.yaml",
        "apiVersion: v1\nkind: ConfigMap\ndata: { AUTO_FOLLOW: 'true', TWITTER_TOKEN: x }\n",
        "skipped: k8s.yaml (a Kubernetes manifest)",
    ),
    (
        "compose.yaml",
        "services:\n  bot:\n    image: x\n    environment: { AUTO_FOLLOW: 'true' }\n",
        "skipped: compose.yaml (it names no platform of people)",
    ),
    (
        "package.json",
        "{\"name\": \"a\", \"version\": \"1\", \"scripts\": {\"follow\": \"x\"}, \"dependencies\": {}}",
        "skipped: package.json (it names no platform of people)",
    ),
    (
        "home.yaml",
        "homeassistant: {}\ntelegram_bot: { reply: true }\n",
        "skipped: home.yaml (settings of Home Assistant)",
    ),
    (
        ".gitlab-ci.yml",
        "stages: [a]\nfollow: { stage: a, script: [x], variables: { AUTO_FOLLOW: true } }\n",
        "skipped: .gitlab-ci.yml (it names no platform of people)",
    ),
    ("app.toml", "[server]\nport = 80\n", "skipped: app.toml (it names no platform of people)"),
    ("off.yaml", "auto_follow: false\n", "skipped: off.yaml (it names no platform of people)"),
    ("follow.yaml", "follow: true\n", "skipped: follow.yaml (it names no platform of people)"),
    ("main.py", "follow = True\n", ""),
    (".ignore", "private/\nsecret.yaml\n", ""),
];

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_botiquette"));
    command.current_dir(folder).env("NO_COLOR", "1").args(["lint", "--no-config"]).args(arguments);
    command.output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).replace('\\', "/")
}

fn tree(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

#[test]
fn each_file_is_taken_or_turned_away_for_a_reason() {
    let files: Vec<(&str, &[u8])> = FILES.iter().map(|(path, text, _)| (*path, text.as_bytes())).collect();
    let folder = tree(&files);
    let told = stderr(&lint(folder.path(), &["--verbose"]));
    let mut lines: Vec<&str> = told.lines().collect();
    for (path, _, expected) in FILES.iter().filter(|(_, _, expected)| !expected.is_empty()) {
        let found = lines.iter().position(|line| line.starts_with(expected));
        assert!(found.is_some(), "{path}: {expected}\n{told}");
        found.map(|number| lines.remove(number));
    }
    assert_eq!(lines, Vec::<&str>::new());
    let quiet = stderr(&lint(folder.path(), &[]));
    assert_eq!(quiet, "");
}

/// What cannot be a configuration is passed over in a folder, and told where the user named it.
#[test]
fn files_that_are_no_text_or_too_large() {
    let large = vec![b'#'; 16 * 1024 * 1024 + 1];
    let files: &[(&str, &[u8], &str, &str)] = &[
        ("binary.yaml", b"follow: \0\x01", "a binary file", "looks like a binary file"),
        ("wide.yaml", b"\xff\xfef\0o\0", "UTF-16 text; re-save it as UTF-8", "is UTF-16 text"),
        ("latin.env", b"NAME=caf\xe9\n", "not UTF-8 text", "is not UTF-8 text"),
        ("huge.json", &large, "too large for a configuration", "is larger than"),
    ];
    let mut in_folder: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes, _, _)| (*path, *bytes)).collect();
    in_folder.push(("bot.yaml", CONDUCT.as_bytes()));
    let folder = tree(&in_folder);
    let output = lint(folder.path(), &["--verbose"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for (path, _, because, named) in files {
        assert!(stderr(&output).contains(&format!("skipped: {path} ({because})")), "{}", stderr(&output));
        let alone = lint(folder.path(), &[path]);
        assert_eq!(alone.status.code(), Some(2), "{path}");
        assert!(stderr(&alone).contains(named), "{path}: {}", stderr(&alone));
    }
}

/// What git ignores is linted where it is named.
#[test]
fn an_ignored_file_can_be_named() {
    let folder = tree(&[(".ignore", b"bot.yaml\n"), ("bot.yaml", CONDUCT.as_bytes())]);
    assert_eq!(lint(folder.path(), &["bot.yaml"]).status.code(), Some(0));
    let output = lint(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stderr(&output).contains("there is no file that could be a bot's configuration"),
        "{}",
        stderr(&output)
    );
}
