//! What the samples are reported for, in one snapshot that people can read; and that every dialect has some.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::Command;

#[test]
fn samples_are_reported_for_what_they_show() {
    let output = Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(crate::root())
        .args(["lint", "sample-configs", "--format", "concise"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
}

/// Files of `src/dialect` that are no dialects.
const SHARED: &[&str] = &["bounds", "coverage", "described", "known", "mod", "reading", "states"];

#[test]
fn every_dialect_is_registered_documented_and_sampled() {
    let root = crate::root();
    let list = fs::read_to_string(root.join("src/dialect/mod.rs")).unwrap();
    for entry in fs::read_dir(root.join("src/dialect")).unwrap() {
        let stem = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        if !SHARED.contains(&stem.as_str()) {
            assert!(list.contains(&format!("&{stem}::")), "src/dialect/{stem} is not named in ALL");
        }
    }
    let documented = fs::read_dir(root.join("docs/dialects")).unwrap().count();
    assert!(documented > 0, "docs/dialects is empty");
    for dialect in botiquette::dialect::built_in() {
        let name = dialect.name();
        let page = root.join(format!("docs/dialects/{name}.md")).exists();
        let own = name == "conduct" && root.join("docs/conduct.md").exists();
        assert!(page || own, "docs/dialects/{name}.md is missing");
        assert!(!dialect.recognised_by().is_empty() && !dialect.title().is_empty(), "{name}");
    }
}
