//! Every shape of a secret (`tests/secrets/shapes.toml`) stands in every context (`tests/secrets/contexts.toml`), and
//! every command writes about it in every format: nothing but a glimpse may be shown. Each file has secrets of its
//! own, so that none is known from another file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

/// What writes about files.
const COMMANDS: &[&[&str]] = &[
    &["lint", "--format", "pretty", "--include-info", "--include-disabled", "--verbose"],
    &["lint", "--format", "concise", "--include-info", "--no-suppressions"],
    &["lint", "--format", "json", "--include-info"],
    &["lint", "--format", "sarif", "--include-info"],
    &["lint", "--format", "github", "--include-info"],
    &["lint", "--format", "gitlab", "--include-info"],
    &["lint", "--format", "junit", "--include-info"],
    &["describe"],
    &["describe", "--format", "json"],
    &["describe", "--format", "conduct"],
    &["describe", "--checklist"],
    &["describe", "--checklist", "--format", "json"],
    &["graph", "--format", "mermaid"],
    &["graph", "--format", "dot"],
    &["graph", "--format", "svg"],
    &["graph", "--format", "json"],
];

/// As much of a secret as may be shown, and as much of the rest as gives it away.
const GLIMPSE: usize = 4;
const TELLING: usize = 5;

#[derive(Deserialize)]
struct Contexts {
    context: Vec<Context>,
}

#[derive(Deserialize)]
struct Context {
    name: String,
    file: String,
    takes: Vec<String>,
    text: String,
    #[serde(default)]
    quiet: bool,
}

/// One file with one secret.
struct Case {
    path: String,
    secret: String,
    label: String,
    quiet: bool,
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new("tests/secrets").join(name)).unwrap()
}

fn cases(folder: &Path) -> Vec<Case> {
    let shapes: toml::Table = toml::from_str(&read("shapes.toml")).unwrap();
    let contexts: Contexts = toml::from_str(&read("contexts.toml")).unwrap();
    let mut cases = Vec::new();
    for context in &contexts.context {
        for kind in &context.takes {
            for (shape, pattern) in shapes[kind].as_table().unwrap() {
                let number = cases.len() + 1;
                let secret = made(pattern.as_str().unwrap(), number as u64);
                let path = format!("{number}/{}", context.file);
                let text = context.text.replace("@@", &secret).replace("##", &number.to_string());
                fs::create_dir_all(folder.join(&path).parent().unwrap()).unwrap();
                fs::write(folder.join(&path), text.trim_start_matches('\n')).unwrap();
                let label = format!("{kind} `{shape}` in `{}`", context.name);
                cases.push(Case { path, secret, label, quiet: context.quiet });
            }
        }
    }
    cases
}

/// A secret by its pattern, always the same for the same number.
fn made(pattern: &str, number: u64) -> String {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut any = |letters: &[u8]| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(letters[(state >> 33) as usize % letters.len()])
    };
    let mut secret = String::new();
    let mut parts = pattern.split('{');
    secret.push_str(parts.next().unwrap());
    for part in parts {
        let (how, rest) = part.split_once('}').unwrap();
        let letters: &[u8] = match &how[..1] {
            "a" => b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789",
            "A" => b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789",
            "x" => b"0123456789abcdef",
            "l" => b"abcdefghijkmnopqrstuvwxyz23456789",
            "d" => b"123456789",
            other => panic!("{other}"),
        };
        (0..how[1..].parse::<usize>().unwrap()).for_each(|_| secret.push(any(letters)));
        secret.push_str(rest);
    }
    secret
}

/// The parts of a secret that give it away, in the bytes of a page.
fn is_shown(secret: &str, page: &str) -> bool {
    // Names of users, and the words that a passphrase or a token always has, are no secret.
    let secret = secret.strip_prefix("robot:").unwrap_or(secret);
    let secret = secret.strip_prefix("https://").map_or(secret, |rest| rest.rsplit('/').next().unwrap());
    let letters: Vec<char> = secret.chars().skip(GLIMPSE).collect();
    letters.windows(TELLING).any(|window| {
        let window: String = window.iter().collect();
        let is_common = ["correct", "battery", "hunter", "api03", "proj"]
            .iter()
            .any(|word| word.contains(window.trim()) || window.contains(word));
        !is_common && page.contains(&window)
    })
}

#[test]
fn no_command_shows_more_of_a_secret_than_a_glimpse() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("botiquette.toml"), "").unwrap();
    let cases = cases(folder.path());
    assert!(cases.len() > 1000, "{}", cases.len());
    let mut leaks = Vec::new();
    for command in COMMANDS {
        let output = Command::new(env!("CARGO_BIN_EXE_botiquette"))
            .current_dir(folder.path())
            .args(*command)
            .args(cases.iter().map(|case| &case.path))
            .env_remove("GITHUB_STEP_SUMMARY")
            .env("CLICOLOR_FORCE", "0")
            .output()
            .unwrap();
        let page =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let page = page.replace("\\u005b", "[");
        for case in &cases {
            if is_shown(&case.secret, &page) {
                leaks.push(format!("{} {}: {}", command.join(" "), case.label, case.secret));
            }
            let is_told = page.contains(&format!("{}:", case.path));
            if command.contains(&"concise") && is_told == case.quiet {
                leaks.push(format!("said anything of {}: {is_told}", case.label));
            }
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
}
