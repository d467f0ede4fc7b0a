//! Dialects that are data: the built-in files do what their examples say, their pages say what they say, mistakes are
//! told at their places, and settings add dialects of one's own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use botiquette::dialect::described::{Described, examples, page, schema};
use botiquette::dialect::{self, Own, Tool};
use botiquette::rules::RuleFile;
use botiquette::settings::Settings;
use botiquette::{Linter, Project, Severity};
use serde::Deserialize;

/// The built-in dialect files.
fn built_in() -> Vec<RuleFile> {
    let mut files: Vec<RuleFile> = fs::read_dir(crate::root().join("rules/dialects"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| RuleFile { text: fs::read_to_string(&path).unwrap(), path })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn file(name: &str, text: &str) -> RuleFile {
    RuleFile { path: PathBuf::from(name), text: text.to_owned() }
}

#[test]
fn built_in_files_pass_the_checks_of_users_files() {
    let files = built_in();
    assert!(files.len() >= 5, "{}", files.len());
    let (own, mistakes) = Own::read(&files);
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(told, Vec::<String>::new());
    for tool in own.iter() {
        assert!(matches!(dialect::find(tool.name()), Some(Tool::Described(_))), "{}", tool.name());
    }
}

#[test]
fn examples_do_what_they_say() {
    for file in built_in() {
        let linter = Linter::builder().build().unwrap();
        for example in examples(&file).unwrap() {
            let mut project = Project::new();
            project.add(&example.file, example.config.as_str());
            let outcome = linter.check(&project);
            let read_as = outcome.files().first().and_then(|file| file.dialect);
            assert_eq!(read_as, Some(file.stem().as_str()), "{}", example.config);
            let findings = outcome.findings().filter(|finding| finding.severity > Severity::Info);
            let mut found: Vec<String> = findings.map(|finding| finding.rule.to_string()).collect();
            found.sort();
            found.dedup();
            let mut wanted = example.rules.clone();
            wanted.sort();
            assert_eq!(found, wanted, "{}\n{}", file.stem(), example.config);
            let coverage = outcome.files()[0].coverage.as_ref().unwrap();
            assert_eq!(
                coverage.shortest_first().len(),
                0,
                "{}: {:?}",
                file.stem(),
                coverage.shortest_first()
            );
        }
    }
}

#[test]
fn pages_say_what_the_files_say() {
    let folder = crate::root().join("docs/dialects");
    for file in built_in() {
        let described = Described::read(&file).unwrap();
        let wanted = page(&described, &examples(&file).unwrap());
        let path = folder.join(format!("{}.md", described.name));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, &wanted).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(written, wanted, "renew it: UPDATE_DOCS=1 cargo test --test all dialect_files");
    }
}

#[test]
fn files_are_valid_by_their_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for file in built_in() {
        let value: serde_json::Value = toml::from_str(&file.text).unwrap();
        let errors = validator.iter_errors(&value);
        let errors: Vec<String> = errors.map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", file.stem());
    }
    assert!(!validator.is_valid(&serde_json::json!({ "name": "x", "titel": "y" })));
}

/// A dialect file with something wrong in it, and what is said.
#[derive(Deserialize)]
struct Mistaken {
    name: String,
    /// What replaces a part of the sound file, or the end of it.
    replace: Option<String>,
    with: String,
    says: Vec<String>,
}

#[derive(Deserialize)]
struct Cases {
    sound: String,
    case: Vec<Mistaken>,
}

#[test]
fn mistakes_are_told_at_their_places() {
    let text = fs::read_to_string(crate::root().join("tests/dialects/mistakes.toml")).unwrap();
    let Cases { sound, case: cases } = toml::from_str(&text).unwrap();
    let told = |text: &str| -> Vec<String> {
        let (_, mistakes) = Own::read(&[file("acme-greeter.toml", text)]);
        mistakes.iter().map(ToString::to_string).collect()
    };
    assert_eq!(told(&sound), Vec::<String>::new());
    for case in cases {
        let text = match &case.replace {
            Some(part) => {
                assert!(sound.contains(part.as_str()), "{}: `{part}` is not in the sound file", case.name);
                sound.replacen(part.as_str(), &case.with, 1)
            }
            None => format!("{sound}{}", case.with),
        };
        let told = told(&text);
        let wanted: Vec<String> = case.says.iter().map(|said| format!("acme-greeter.toml:{said}")).collect();
        assert_eq!(told, wanted, "{}:\n{text}", case.name);
    }
}

/// The findings, and how the file was read, in a project with these files beside `botiquette.toml`.
fn linted(files: &[(&str, &str)], path: &str, text: &str) -> Result<(Option<String>, Vec<String>), String> {
    let settings = "botiquette.toml";
    let files: BTreeMap<PathBuf, String> =
        files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect();
    let settings =
        Settings::read_from(Path::new(settings), Arc::new(files)).map_err(|error| error.to_string())?;
    let linter = Linter::builder().settings(settings).build().map_err(|error| error.to_string())?;
    let mut project = Project::new();
    project.add(path, text);
    let outcome = linter.check(&project);
    let found = outcome.findings().map(|finding| finding.rule.to_string()).collect();
    Ok((outcome.files().first().and_then(|file| file.dialect).map(str::to_owned), found))
}

const SETTINGS: &str = "[dialects]\npaths = [\"dialects\"]\n";

fn greeter() -> String {
    let text = fs::read_to_string(crate::root().join("tests/dialects/mistakes.toml")).unwrap();
    toml::from_str::<Cases>(&text).unwrap().sound
}

#[test]
fn settings_add_dialects_of_ones_own() {
    let greeter = greeter();
    let files = [("botiquette.toml", SETTINGS), ("dialects/acme-greeter.toml", greeter.as_str())];
    let config =
        "greeter: { channel: lobby }\nwelcome: { text: 'Hi {user}, glad to have you here', private: true }\n";
    let (read_as, found) = linted(&files, "any.yaml", config).unwrap();
    assert_eq!(read_as.as_deref(), Some("acme-greeter"));
    assert!(found.iter().any(|rule| rule == "welcome-auto-dm"), "{found:?}");
    let without = linted(&[("botiquette.toml", "")], "any.yaml", config).unwrap();
    assert_ne!(without.0.as_deref(), Some("acme-greeter"));
    let broken = [("botiquette.toml", SETTINGS), ("dialects/acme-greeter.toml", "name = 1")];
    let error = linted(&broken, "any.yaml", config).unwrap_err();
    assert!(error.starts_with("dialects/acme-greeter.toml:1:8: `name` is a text"), "{error}");
    let error = linted(&[("botiquette.toml", SETTINGS)], "any.yaml", config).unwrap_err();
    assert!(error.contains("botiquette.toml:2:10: there are no dialect files (`*.toml`) here"), "{error}");
}

#[test]
fn built_in_dialects_are_asked_first_unless_the_file_says_otherwise() {
    let own = greeter().replace("keys = [\"greeter.channel\"]", "keys = [\"automations\"]");
    let config = "account: '@x'\nautomations: [{ on: followed, do: follow }]\n";
    for (before, wanted) in [("", "conduct"), ("before-others = true\n", "acme-greeter")] {
        let own = own.replace("[recognise]\n", &format!("[recognise]\n{before}"));
        let files = [("botiquette.toml", SETTINGS), ("dialects/acme-greeter.toml", own.as_str())];
        assert_eq!(linted(&files, "bot.yaml", config).unwrap().0.as_deref(), Some(wanted), "{before}");
    }
}

#[test]
fn two_dialects_of_one_name_are_one_too_many() {
    let greeter = greeter();
    let (_, mistakes) =
        Own::read(&[file("a/acme-greeter.toml", &greeter), file("b/acme-greeter.toml", &greeter)]);
    assert_eq!(
        mistakes[0].to_string(),
        "b/acme-greeter.toml:1:1: there are two dialects of the name `acme-greeter`"
    );
    let taken = greeter.replace("acme-greeter", "conduct");
    let (_, mistakes) = Own::read(&[file("conduct.toml", &taken)]);
    assert_eq!(
        mistakes[0].to_string(),
        "conduct.toml:1:1: `conduct` is a dialect of botiquette; choose another name"
    );
}

#[test]
fn what_is_not_understood_is_told() {
    let greeter = greeter();
    let mut project = Project::new();
    project.add(
        "greeter.yaml",
        "greeter: { channel: lobby, colour: red }\nlog: { level: 3 }\nwelcome: { text: Welcome }\nother: 1\n",
    );
    let linter = Linter::builder().dialects(vec![file("acme-greeter.toml", &greeter)]).build().unwrap();
    let outcome = linter.check(&project);
    let coverage = outcome.files()[0].coverage.as_ref().unwrap();
    let unread: Vec<String> = coverage.shortest_first().into_iter().map(|(path, _)| path).collect();
    assert_eq!(unread, ["other", "greeter.colour"]);
    assert_eq!((coverage.used, coverage.clutter), (2, 1));
}

#[test]
fn every_way_of_reading_a_value() {
    let text = fs::read_to_string(crate::root().join("tests/dialects/values.toml")).unwrap();
    let Values { dialect, case: cases } = toml::from_str(&text).unwrap();
    let (own, mistakes) = Own::read(&[file("values.toml", &dialect)]);
    assert_eq!(mistakes.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(own.iter().count(), 1);
    let linter = Linter::builder().dialects(vec![file("values.toml", &dialect)]).build().unwrap();
    for case in cases {
        let mut project = Project::new();
        project.add("values.yaml", case.config.as_str());
        let outcome = linter.check(&project);
        assert_eq!(outcome.files()[0].dialect, Some("values"), "{}", case.config);
        let written = dialect::conduct::write(&outcome.model).unwrap();
        for part in &case.says {
            assert!(written.contains(part.as_str()), "{}: no `{part}` in\n{written}", case.config);
        }
        for part in &case.not {
            assert!(!written.contains(part.as_str()), "{}: `{part}` in\n{written}", case.config);
        }
    }
}

#[derive(Deserialize)]
struct Values {
    dialect: String,
    case: Vec<Read>,
}

/// A file, and parts of the conduct file that it comes to.
#[derive(Deserialize)]
struct Read {
    config: String,
    says: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}
