//! Rule files: a file is refused with a mistake that has a place, or its rule can judge anything, and has a page.

use std::path::PathBuf;
use std::sync::OnceLock;

use botiquette::model::Model;
use botiquette::rules::{RuleFile, Rulebook, evaluate, page_of};

use super::Case;
use super::lint::lint_case;

/// A bot that does a bit of everything, so that every condition has something to look at.
const BOTS: &str = include_str!("bots.yaml");

pub(super) fn run(text: &str) {
    let file = RuleFile { path: PathBuf::from("acme/own-rule.toml"), text: text.to_owned() };
    let mut rulebook = Rulebook::built_in().unwrap_or_else(|broken| panic!("{broken}"));
    let mistakes = rulebook.add("acme", std::slice::from_ref(&file));
    for mistake in &mistakes {
        assert!(!mistake.to_string().is_empty(), "a mistake that says nothing");
    }
    let is_known = rulebook.rule("acme/own-rule").is_some();
    assert_eq!(is_known, mistakes.is_empty(), "neither read nor refused");
    let _ = file.examples();
    let _ = page_of(&file);
    if is_known {
        rulebook.retain(|rule| rule.name == "acme/own-rule");
        let _ = evaluate(&rulebook, model());
    }
}

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| lint_case(&Case::parse(BOTS)).model)
}
