//! The JSON Schema of settings files, built from the rulebook and the model's lists so that it cannot fall behind.

use serde_json::{Map, Value, json};

use super::Profile;
use crate::model::FactKind;
use crate::rules::Rulebook;

/// Where the schema is published.
const ID: &str = "https://github.com/botiquette/botiquette/blob/main/docs/settings.schema.json";

/// What each key is for, as editors show it.
const WORDS: &[(&str, &str)] = &[
    ("/properties/extend", "A local settings file that this one builds on."),
    ("/properties/exclude", "Files that a search leaves out, as patterns of .gitignore."),
    ("/properties/baseline", "A file with findings that were there before and do not count."),
    ("/properties/max-findings", "How many findings a report holds at most; the most severe ones stay."),
    ("/properties/max-findings/properties/per-file", "How many findings of one file."),
    ("/properties/max-findings/properties/per-run", "How many findings in all."),
    ("/properties/profile", "The defaults for a kind of bot."),
    ("/properties/select", "Only these rules or families; all where it is left out."),
    ("/properties/ignore", "Not these rules or families."),
    ("/properties/fail-on", "The least severity that makes a run fail."),
    ("/properties/pack", "What the names of rules of one's own begin with: acme/…"),
    ("/properties/rules", "Rules of one's own."),
    ("/properties/rules/properties/paths", "Rule files, or folders of them, relative to this file."),
    ("/properties/dialects", "Dialects of one's own, for tools that botiquette does not know."),
    ("/properties/dialects/properties/paths", "Dialect files, or folders of them, relative to this file."),
    ("/properties/thresholds", "The numbers that rules compare with."),
    ("/properties/severity", "How much the findings of a rule matter, or off."),
    ("/properties/facts", "What no configuration can say, about every account."),
    ("/properties/accounts", "What no configuration can say, about one account by its handle or name."),
    ("/properties/overrides", "Other settings for some files; the last one that fits wins."),
    (
        "/properties/overrides/items/properties/paths",
        "The files, as patterns of .gitignore relative to this file.",
    ),
    ("/properties/overrides/items/properties/select", "Only these rules or families speak about the files."),
    ("/properties/overrides/items/properties/ignore", "These rules or families are silent about the files."),
    ("/properties/overrides/items/properties/severity", "How much findings in the files matter."),
    ("/properties/suppressions", "Findings to silence where a format has no comments."),
    (
        "/properties/suppressions/items/properties/path",
        "The files, as a pattern of .gitignore relative to this file.",
    ),
    ("/properties/suppressions/items/properties/rule", "The rule whose findings are silent."),
    ("/properties/suppressions/items/properties/automation", "Only those about the automation of this name."),
    ("/properties/suppressions/items/properties/reason", "Why; an error needs one."),
    ("/properties/assume", "What the effect graph assumes about people."),
];

/// The schema, draft 2020-12, for the rules of a rulebook. Rules of packs are allowed by their form.
#[must_use]
pub fn schema(rulebook: &Rulebook) -> Value {
    let mut rules: Vec<&str> = rulebook.rules().iter().map(|rule| rule.name.as_ref()).collect();
    let mut either: Vec<&str> =
        rulebook.rules().iter().map(|rule| rule.family.as_ref()).chain(rules.iter().copied()).collect();
    for list in [&mut rules, &mut either] {
        list.sort_unstable();
        list.dedup();
    }
    let profiles: Vec<&str> = Profile::ALL.iter().map(|(_, name)| *name).collect();
    let of_packs = "^[a-z0-9-]+(/[a-z0-9-]+)?$";
    // `ALL`, and patterns.
    let many = "^(ALL|[a-z0-9-]*[*][a-z0-9/*-]*)$";
    let names = json!({ "type": "array", "items": { "anyOf": [
        { "enum": either }, { "type": "string", "pattern": of_packs }, { "type": "string", "pattern": many },
    ] } });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let weight = json!({ "enum": ["error", "warning", "info", "off"] });
    let severity = json!({
        "type": "object",
        "properties": either.iter().map(|name| ((*name).to_owned(), weight.clone())).collect::<Map<_, _>>(),
        "additionalProperties": weight,
    });
    let number = json!({ "type": "number", "minimum": 0 });
    let count = json!({ "type": "integer", "minimum": 1 });
    let level = json!({ "anyOf": [number, {
        "type": "object", "additionalProperties": false,
        "properties": { "warning": number, "error": number },
    }] });
    let thresholds: Map<_, _> = rulebook
        .thresholds()
        .iter()
        .map(|(name, threshold)| {
            let mut level = level.clone();
            if let Some(level) = level.as_object_mut() {
                level.insert("description".to_owned(), json!(threshold.why));
            }
            (name.to_owned(), level)
        })
        .collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "botiquette settings",
        "description": "Which rules run, how much they matter, and what no bot's configuration can say.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "extend": { "type": "string" },
            "exclude": texts,
            "baseline": { "type": "string" },
            "max-findings": {
                "type": "object", "additionalProperties": false,
                "properties": { "per-file": count, "per-run": count },
            },
            "profile": { "enum": profiles },
            "select": names, "ignore": names,
            "fail-on": { "enum": ["error", "warning", "info", "never"] },
            "pack": { "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" },
            "rules": { "type": "object", "additionalProperties": false, "properties": { "paths": texts } },
            "dialects": { "type": "object", "additionalProperties": false, "properties": { "paths": texts } },
            "thresholds": { "type": "object", "additionalProperties": false, "properties": thresholds },
            "severity": severity,
            "facts": { "$ref": "#/$defs/facts" },
            "accounts": { "type": "object", "additionalProperties": {
                "type": "object", "additionalProperties": false,
                "properties": { "facts": { "$ref": "#/$defs/facts" } },
            } },
            "overrides": { "type": "array", "items": {
                "type": "object", "additionalProperties": false, "required": ["paths"],
                "properties": { "paths": texts, "select": names, "ignore": names, "severity": severity },
            } },
            "suppressions": { "type": "array", "items": {
                "type": "object", "additionalProperties": false, "required": ["path", "rule"],
                "properties": {
                    "path": { "type": "string" },
                    "rule": { "anyOf": [{ "enum": rules }, { "type": "string", "pattern": of_packs }] },
                    "automation": { "type": "string" },
                    "reason": { "type": "string" },
                },
            } },
            "assume": { "type": "object", "additionalProperties": { "type": "number", "exclusiveMinimum": 0 } },
        },
        "$defs": { "facts": facts() },
    });
    for (place, words) in WORDS {
        if let Some(key) = schema.pointer_mut(place).and_then(Value::as_object_mut) {
            key.insert("description".to_owned(), json!(words));
        }
    }
    schema
}

/// Facts, alone or grouped: `opt-out = "…"` or `opt-out = { steps = 2 }`.
fn facts() -> Value {
    let plain = json!({ "type": ["string", "number", "boolean"] });
    let mut groups: Map<String, Value> = Map::new();
    for kind in FactKind::ALL {
        let (group, inner) =
            kind.name().split_once('.').map_or((kind.name(), None), |(group, inner)| (group, Some(inner)));
        let entry = groups.entry(group).or_insert_with(|| json!({ "anyOf": [plain] }));
        if let (Some(inner), Some(forms)) = (inner, entry.get_mut("anyOf").and_then(Value::as_array_mut)) {
            if forms.len() == 1 {
                forms.push(json!({ "type": "object", "additionalProperties": false, "properties": {} }));
            }
            if let Some(properties) =
                forms.last_mut().and_then(|form| form.get_mut("properties")).and_then(Value::as_object_mut)
            {
                properties.insert(inner.to_owned(), plain.clone());
            }
        }
    }
    json!({ "type": "object", "additionalProperties": false, "properties": groups })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_says_what_it_is_for() {
        let schema = schema(&Rulebook::built_in().unwrap());
        for (place, words) in WORDS {
            assert_eq!(schema.pointer(&format!("{place}/description")), Some(&json!(words)), "{place}");
        }
        let silent = |properties: &Value| -> Vec<String> {
            let keys = properties.as_object().unwrap().iter();
            keys.filter(|(_, key)| key.get("description").is_none()).map(|(name, _)| name.clone()).collect()
        };
        for place in [
            "/properties",
            "/properties/overrides/items/properties",
            "/properties/suppressions/items/properties",
        ] {
            assert_eq!(silent(schema.pointer(place).unwrap()), Vec::<String>::new(), "{place}");
        }
    }
}
