//! The schemas describe what is really read: every rule file is valid by its schema, and every example and
//! decent bot by that of conduct files.

#![allow(clippy::unwrap_used)]

use std::fs;

use botiquette::rules::{Rulebook, page, rule_text};
use serde_json::Value;

/// What a schema finds wrong, in words; nothing for a valid document.
fn mistakes(schema: &jsonschema::Validator, document: &Value) -> Vec<String> {
    schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn rule_files_are_valid_by_their_schema() {
    let schema = jsonschema::validator_for(&botiquette::rules::schema()).unwrap();
    for rule in Rulebook::built_in().unwrap().rules() {
        let file: Value = toml::from_str(rule_text(&rule.name).unwrap()).unwrap();
        assert_eq!(mistakes(&schema, &file), Vec::<String>::new(), "{}", rule.name);
    }
    assert!(!schema.is_valid(&serde_json::json!({ "name": "x", "titel": "y" })));
}

#[test]
fn conduct_files_are_valid_by_their_schema() {
    let schema = jsonschema::validator_for(&botiquette::dialect::conduct::schema()).unwrap();
    let mut documents = Vec::new();
    for rule in Rulebook::built_in().unwrap().rules() {
        let examples = page(&rule.name).unwrap().unwrap().examples;
        documents.extend(examples.into_iter().map(|example| (rule.name.to_string(), example.config)));
    }
    let decent = crate::root().join("tests/catalogue/decent");
    for entry in fs::read_dir(decent).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            documents.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(documents.len() > 300, "only {} documents", documents.len());
    for (name, text) in documents {
        let document: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(mistakes(&schema, &document), Vec::<String>::new(), "{name}:\n{text}");
    }
    assert!(!schema.is_valid(&serde_json::json!({ "automations": [{ "on": "folowed", "do": "follow" }] })));
}
