//! The JSON Schema of rule files, built from the table of fields so that it cannot fall behind.

use serde_json::{Map, Value, json};

use super::condition::OPERATORS;
use super::fields::{self, Field, FieldKind};
use super::rule::MENDS;
use crate::analysis::Analysis;
use crate::model::{GuardKind, Property};

/// Where the schema is published.
const ID: &str = "https://github.com/botiquette/botiquette/blob/main/docs/rule.schema.json";

/// The schema, draft 2020-12.
#[must_use]
pub fn schema() -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let severity = json!({ "enum": ["error", "warning", "info"] });
    let confidence = json!({ "enum": ["high", "medium", "low"] });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "botiquette rule file",
        "description": "One rule: what it detects, what it says, and examples that are run as tests.",
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "title", "severity", "confidence", "since", "what", "why", "instead", "detect"],
        "properties": {
            "name": { "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" },
            "title": text,
            "severity": severity,
            "confidence": confidence,
            "since": text,
            "subsumes": texts,
            "once-per": { "enum": ["account", "automation", "action"] },
            "what": text, "why": text, "instead": text,
            "false-positives": texts,
            "sources": texts,
            "detect": detect(),
            "label": { "type": "array", "items": object(&["at", "text"], json!({
                "at": { "enum": fields::all().map(|field| field.name).collect::<Vec<_>>() },
                "of": { "enum": ["first", "second", "account"] },
                "where": { "$ref": "#/$defs/condition" },
                "only": texts,
                "all": { "type": "boolean" },
                "text": text,
            })) },
            "adjust": { "type": "array", "items": object(&["where"], json!({
                "severity": severity,
                "confidence": confidence,
                "note": text,
                "where": { "$ref": "#/$defs/condition" },
            })) },
            "fix": { "type": "array", "items": object(&["title", "safety"], json!({
                "title": text,
                "safety": { "enum": ["safe", "unsafe"] },
                "remove": { "enum": fields::all().map(|field| field.name).chain(["here"]).collect::<Vec<_>>() },
                "state": stated(),
                "mend": { "enum": MENDS },
                "where": { "$ref": "#/$defs/condition" },
                "only": texts,
            })) },
            "example": { "type": "array", "items": object(&["verdict", "config"], json!({
                "verdict": { "enum": ["bad", "good"] },
                "note": text,
                "config": text,
                "line": { "type": "integer", "minimum": 1 },
                "severity": severity,
                "also": texts,
            })) },
        },
        "$defs": { "condition": condition(), "conditions": conditions() },
    })
}

/// What a fix may state: any field, or that there is a guard of some kind.
fn stated() -> Value {
    let value = json!({ "type": ["number", "string", "boolean"] });
    let guards = GuardKind::ALL.iter().map(|kind| format!("guard.{}", kind.name()));
    let names = fields::all().map(|field| field.name.to_owned()).chain(guards);
    let properties: Map<_, _> = names.map(|name| (name, value.clone())).collect();
    json!({ "type": "object", "additionalProperties": false, "minProperties": 1, "properties": properties })
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

fn conditions() -> Value {
    json!({ "anyOf": [
        { "$ref": "#/$defs/condition" },
        { "type": "array", "items": { "$ref": "#/$defs/condition" } },
    ] })
}

/// A condition: every field with every comparison, and the ways to combine.
fn condition() -> Value {
    let several = json!({ "$ref": "#/$defs/conditions" });
    let mut properties = Map::new();
    for combination in ["any", "all", "not", "nowhere"] {
        properties.insert(combination.to_owned(), several.clone());
    }
    properties.insert("somewhere".to_owned(), json!({ "$ref": "#/$defs/condition" }));
    let at_least =
        object(&["count", "of"], json!({ "count": { "type": "integer", "minimum": 1 }, "of": several }));
    properties.insert("at-least".to_owned(), at_least);
    for field in fields::all() {
        properties.insert(field.name.to_owned(), literals(field));
        for (operator, _) in OPERATORS {
            properties.insert(format!("{}|{operator}", field.name), comparison(field, operator));
        }
    }
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn comparison(field: &Field, operator: &str) -> Value {
    match operator {
        "missing" | "empty" | "unknown" => json!({ "type": "boolean", "description": field.about }),
        "matches" | "contains" => json!({ "type": ["string", "array"], "items": { "type": "string" } }),
        _ => literals(field),
    }
}

/// What a field is compared with: one literal or several.
fn literals(field: &Field) -> Value {
    let one = match field.kind {
        FieldKind::Words(words) => json!({ "enum": (words.all)() }),
        FieldKind::Text | FieldKind::Cue => json!({ "type": "string" }),
        FieldKind::Flag => json!({ "type": "boolean" }),
        FieldKind::Number => json!({ "anyOf": [
            { "type": "number" },
            { "type": "string", "pattern": "^@[a-z0-9-]+(\\.error)?$" },
        ] }),
    };
    json!({ "description": field.about, "anyOf": [one, { "type": "array", "items": one }] })
}

/// The kinds of detection.
fn detect() -> Value {
    let one = json!({ "$ref": "#/$defs/condition" });
    let several = json!({ "$ref": "#/$defs/conditions" });
    let budget = object(
        &["where", "threshold", "unit"],
        json!({
            "where": one, "threshold": { "type": "string" }, "unit": { "type": "string" },
            "each": { "const": "person" },
        }),
    );
    let kind = |name: &str| json!({ "const": name });
    json!({ "anyOf": [
        object(&["each"], json!({
            "kind": kind("match"), "each": { "enum": ["account", "automation", "action"] },
            "where": one, "any": several, "all": several, "not": several,
        })),
        object(&["kind", "when"], json!({
            "kind": kind("missing"), "when": one, "unless": several,
            "requires-expressible": { "enum": Property::ALL.iter().map(|property| property.name()).collect::<Vec<_>>() },
        })),
        object(&["kind", "first", "second"], json!({
            "kind": kind("together"), "first": one, "second": one, "unless": several,
        })),
        object(&["kind", "budget"], json!({ "kind": kind("rate"), "budget": { "type": "array", "items": budget } })),
        object(&["kind", "analysis"], json!({
            "kind": kind("graph"),
            "analysis": { "enum": Analysis::names().collect::<Vec<_>>() },
        })),
        object(&["kind"], json!({ "kind": kind("engine") })),
    ] })
}
