//! All integration tests in one binary: one link instead of fifty.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use botiquette::Input;
use botiquette_cli::files::{Ignores, Search};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;

/// The root of the project; the tests run in the folder of the command's package.
fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own)
}

/// What is at a path, as the command reads it without settings.
fn inputs_at(path: impl AsRef<Path>) -> Vec<Input> {
    Search::new(&[path.as_ref().to_path_buf()], Ignores::Heeded, None, |_| None).inputs()
}

/// The commands that write about bots, in each of their formats.
const WRITERS: &[&[&str]] = &[
    &["lint", "--format", "pretty", "--include-info", "--verbose"],
    &["lint", "--format", "concise", "--include-info"],
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
    &["forecast"],
    &["forecast", "--format", "json"],
    &["forecast", "--format", "svg"],
    &["report"],
    &["graph", "--format", "mermaid"],
    &["graph", "--format", "dot"],
    &["graph", "--format", "svg"],
    &["graph", "--format", "json"],
];

/// A new folder with these files.
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Runs git in a folder; what it refuses fails the test.
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=kim", "-c", "user.email=kim@example.org", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The cases of a TOML file: its tables `[[case]]`.
#[allow(clippy::panic, reason = "tests may fail loudly")]
fn cases<C: DeserializeOwned>(path: impl AsRef<Path>) -> Vec<C> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, bound = "C: DeserializeOwned")]
    struct Cases<C> {
        case: Vec<C>,
    }
    let path = root().join(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases: Cases<C> = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    cases.case
}

/// Holds each `*.toml` of a folder against the snapshot beside it: what `held` makes of a case, described by `about`.
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]
fn held_beside<C: DeserializeOwned>(folder: &str, about: fn(&C) -> &str, held: impl Fn(&C) -> String) {
    let folder = root().join(folder);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let entries = fs::read_dir(&folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    assert!(paths.len() >= 5, "{paths:?}");
    for path in paths {
        let case: C = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        settings.set_description(about(&case));
        let name = path.file_stem().unwrap().to_str().unwrap();
        settings.bind(|| insta::assert_snapshot!(name, held(&case)));
    }
}

mod agreement;
mod architecture;
mod bad_input;
mod baseline;
mod batch;
mod bounds;
mod catalogue;
mod cli;
mod compositions;
mod conduct_words;
mod conduct_written;
mod described;
mod description;
mod dialect_adhoc;
mod dialect_adhoc_data;
mod dialect_automoderator;
mod dialect_echo_bot;
mod dialect_eliza;
mod dialect_feed2toot;
mod dialect_files;
mod dialect_github_cases;
mod dialect_github_scripts;
mod dialect_github_social;
mod dialect_github_steps;
mod dialect_gramaddict;
mod dialect_insomniac;
mod dialect_mass_dm;
mod dialect_matterbridge;
mod dialect_mjolnir;
mod dialect_n8n;
mod dialect_pleroma_bot;
mod dialect_probot;
mod dialect_rasa;
mod dialect_stale;
mod dialect_tgcf;
mod dialect_upkeep;
mod dialect_x_use;
mod dice;
mod diff;
mod discovery;
mod effect_graph;
mod effects_page;
mod event_shapes;
mod fixes;
mod forecast;
mod fuzz_regressions;
mod github;
mod governing;
mod graph;
mod hostile_gate;
mod hostile_reads;
mod hostile_writes;
mod hygiene;
mod injections;
mod linted;
mod lsp;
mod markdown;
mod output_hygiene;
mod report;
mod report_any;
mod report_hostile;
mod report_page;
mod rule_examples;
mod rule_pages;
mod rule_words;
mod samples;
mod schemas;
mod secrets;
mod settings;
mod shapes;
mod stdin;
mod suites;
mod suppressions;
mod syntax_hostile;
mod syntax_json;
mod syntax_properties;
mod syntax_toml;
mod syntax_yaml;
mod terminal;
mod watch;
mod wording;
