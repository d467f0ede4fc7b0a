//! Every shape of a secret (`tests/secrets/shapes.toml`) stands in every context (`tests/secrets/contexts.toml`):
//! nothing but a glimpse of it may be left for any writer. Then every command writes about every context in every
//! format. Each file has secrets of its own, so that none is known from another file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use aho_corasick::AhoCorasick;
use botiquette::rules::Rulebook;
use botiquette::{Input, Request};
use rayon::prelude::*;
use serde::Deserialize;

/// What writes about files besides [`crate::WRITERS`].
const MORE: &[&[&str]] = &[
    &["lint", "--format", "pretty", "--include-info", "--include-disabled", "--verbose"],
    &["lint", "--format", "concise", "--include-info", "--no-suppressions"],
];

/// As much of a secret as may be shown, and as much of the rest as gives it away.
const GLIMPSE: usize = 4;
const TELLING: usize = 6;

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
    text: String,
    secret: String,
    label: String,
    quiet: bool,
}

fn read(name: &str) -> String {
    fs::read_to_string(crate::root().join("tests/secrets").join(name)).unwrap()
}

/// Every secret in every context that takes its kind.
fn cases() -> Vec<Case> {
    let shapes: toml::Table = toml::from_str(&read("shapes.toml")).unwrap();
    let contexts: Contexts = toml::from_str(&read("contexts.toml")).unwrap();
    let mut cases = Vec::new();
    for context in &contexts.context {
        for kind in &context.takes {
            for (shape, pattern) in shapes[kind].as_table().unwrap() {
                let number = cases.len() + 1;
                let secret = made(pattern.as_str().unwrap(), number as u64);
                let text = context.text.replace("@@", &secret).replace("##", &number.to_string());
                cases.push(Case {
                    path: format!("{number}/{}", context.file),
                    text: text.trim_start_matches('\n').to_owned(),
                    secret,
                    label: format!("{kind} `{shape}` in `{}`", context.name),
                    quiet: context.quiet,
                });
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

/// The parts of a secret that give it away.
fn parts(secret: &str) -> Vec<String> {
    // Names of users, numbers of bots, and what every one of a kind has, are no secret.
    let secret = match secret.strip_prefix("https://") {
        Some(address) => address.rsplit('/').next().unwrap(),
        None => secret.rsplit(':').next().unwrap(),
    };
    let letters: Vec<char> = secret.chars().skip(GLIMPSE).collect();
    let windows = letters.windows(TELLING).map(|window| window.iter().collect::<String>());
    // The last one is a colour of pictures within pages.
    let common = [" qzwolk-7 ", "hunter-", "api03-", "proj-", "%23b3261e"];
    windows.filter(|window| common.iter().all(|word| !word.contains(window.as_str()))).collect()
}

/// All that writers are given: masked texts, findings, and the model.
#[test]
fn writers_are_given_no_more_of_a_secret_than_a_glimpse() {
    let rulebook = Rulebook::built_in().unwrap();
    let cases = cases();
    assert!(cases.len() > 1000, "{}", cases.len());
    let leaks: Vec<String> = cases
        .par_iter()
        .filter_map(|case| {
            let bytes = case.text.clone().into_bytes();
            let inputs = vec![Input::Stdin { name: case.path.clone(), bytes }];
            let outcome = botiquette::lint(&Request { inputs, dialect: None, rulebook: &rulebook });
            let given = format!("{:?}\n{:?}\n{:?}", outcome.sources, outcome.report, outcome.model);
            let shown = parts(&case.secret).into_iter().find(|part| given.contains(part.as_str()))?;
            Some(format!("{}: `{shown}` of {}", case.label, case.secret))
        })
        .collect();
    assert!(leaks.is_empty(), "{} of {} leak:\n{}", leaks.len(), cases.len(), leaks.join("\n"));
}

#[test]
fn no_command_shows_more_of_a_secret_than_a_glimpse() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("botiquette.toml"), "").unwrap();
    // One shape of each kind in every context, always another one.
    let cases: Vec<Case> = cases().into_iter().step_by(13).collect();
    for case in &cases {
        let path = folder.path().join(&case.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &case.text).unwrap();
    }
    let parts: Vec<(usize, String)> = cases
        .iter()
        .enumerate()
        .flat_map(|(number, case)| parts(&case.secret).into_iter().map(move |part| (number, part)))
        .collect();
    let search = AhoCorasick::new(parts.iter().map(|(_, part)| part)).unwrap();
    let mut wrong = Vec::new();
    for command in crate::WRITERS.iter().chain(MORE) {
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
        // Each secret with what stands around its first part that is shown.
        let mut shown: BTreeMap<usize, String> = BTreeMap::new();
        for hit in search.find_overlapping_iter(&page) {
            let around: String = page[..hit.end()].chars().rev().take(40).collect();
            let around = || around.chars().rev().collect();
            shown.entry(parts[hit.pattern().as_usize()].0).or_insert_with(around);
        }
        for (number, around) in shown {
            let Case { label, secret, .. } = &cases[number];
            wrong.push(format!("{} {label}: {secret} in {around}", command.join(" ")));
        }
        // What is never spoken of proves nothing.
        for case in cases.iter().filter(|_| command.contains(&"--no-suppressions")) {
            if page.contains(&format!("{}:", case.path)) == case.quiet {
                wrong.push(format!("{} is marked as quiet: {}", case.label, case.quiet));
            }
        }
    }
    assert!(wrong.is_empty(), "{} leaks:\n{}", wrong.len(), wrong.join("\n"));
}
