//! The schema of a line that `batch` writes: a report as `lint` has it, with a few more fields, or an error.

use botiquette::report::JSON_SCHEMA;
use serde_json::{Value, json};

/// The schema as a document of its own: that of reports is part of it.
pub(crate) fn schema() -> Value {
    let mut report: Value = serde_json::from_str(JSON_SCHEMA).unwrap_or_default();
    let home = report.get("$id").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(fields) = report.as_object_mut() {
        fields.remove("$schema");
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": home.replace("report.schema.json", "batch.schema.json"),
        "title": "botiquette batch",
        "description": "A line that `botiquette batch` prints.",
        "type": "object",
        "required": ["line", "id"],
        "properties": {
            "line": { "description": "The number of the line of the input, counted from 1.", "type": "integer", "minimum": 1 },
            "id": { "description": "As the input has it; null where it has none or cannot be read.", "type": ["string", "integer", "null"] },
        },
        "if": { "required": ["error"] },
        "then": { "properties": { "error": error() } },
        "else": {
            "$ref": home,
            "properties": {
                "problems": {
                    "description": "Files that could not be read: a sentence about each. Absent when there are none.",
                    "type": "array",
                    "items": { "type": "string" },
                },
                "accounts": {
                    "description": "With `--describe`: what was understood, as `botiquette describe --format json` has it.",
                    "type": "array",
                    "items": account(),
                },
            },
        },
        "$defs": { "report": report },
    })
}

fn error() -> Value {
    json!({
        "description": "Why this line has no report.",
        "type": "object",
        "required": ["kind", "message"],
        "properties": {
            "kind": {
                "description": "length: too long. encoding: not UTF-8. json: not JSON. shape: JSON of another shape. settings: mistakes in the settings in the project.",
                "enum": ["length", "encoding", "json", "shape", "settings"],
            },
            "message": { "description": "For people.", "type": "string" },
            "column": { "description": "The byte of the line, counted from 1, where it was noticed.", "type": "integer", "minimum": 1 },
        },
    })
}

fn account() -> Value {
    json!({
        "type": "object",
        "required": ["account", "who", "automations", "reach", "rates", "loops", "unknown"],
        "properties": {
            "account": { "type": "string" },
            "automations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "live", "sentence", "deed", "file", "line"],
                    "properties": {
                        "live": { "description": "Whether it is switched on.", "type": "boolean" },
                        "sentence": { "description": "What it does.", "type": "string" },
                        "deed": { "description": "The same in a few words.", "type": "string" },
                        "file": { "type": ["string", "null"] },
                        "line": { "type": ["integer", "null"] },
                    },
                },
            },
        },
    })
}
