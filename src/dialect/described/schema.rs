//! The JSON Schema of dialect files: that of conduct files, in which a setting may stand for every value.

use serde_json::{Map, Value, json};

use super::examples;
use super::file::{ACCOUNT, AUTOMATION, KEYS, SCHEMAS};
use super::read::{CONDITION, EACH, REFERENCE, UNITS};
use super::reference::Reading;
use super::sign::{self, SYNTAXES};
use crate::dialect::conduct;
use crate::model::Property;

/// Where the schema is published.
const ID: &str = "https://github.com/botiquette/botiquette/blob/main/docs/dialect.schema.json";

/// What each key is for, as editors show it.
const WORDS: &[(&str, &str)] = &[
    ("/properties/name", "Its name on the command line and in reports: the stem of the file."),
    ("/properties/title", "What the tool is, in a few words."),
    ("/properties/link", "Where the format is documented."),
    ("/properties/version", "What was read of it: a version, or a revision."),
    ("/properties/about", "More about it, in sentences."),
    ("/properties/sources", "Where the meaning of the settings is from."),
    ("/properties/values", "How unquoted values are read; as the syntax has it where this is left out."),
    ("/properties/expresses", "What the format can say, so that its absence counts."),
    ("/properties/inert", "Settings that reach nobody: storage, logs, appearance."),
    ("/properties/closed", "Sections in which every key is known; others there are slips."),
    ("/properties/recognise", "How a file is recognised."),
    ("/properties/account", "The account that acts."),
    ("/properties/automations", "What the tool does, in the words of conduct files."),
    ("/properties/facts", "What no automation shows."),
    ("/properties/switches", "Switches that change how the whole bot behaves."),
    ("/properties/limits", "Limits for all automations together."),
    ("/properties/if", "Conditions of all automations."),
    ("/properties/example", "Files of the tool with a verdict, run as tests."),
    ("/$defs/reference/properties/key", "A setting; of several the first that says something."),
    ("/$defs/reference/properties/value", "What is said instead of a setting, under conditions."),
    ("/$defs/reference/properties/words", "What the values of the setting mean."),
    ("/$defs/reference/properties/open", "Values that are none of the words are taken as they are."),
    ("/$defs/reference/properties/unit", "The unit of a number that is a time."),
    ("/$defs/reference/properties/times", "What a number is multiplied with."),
    (
        "/$defs/reference/properties/replace",
        "What parts of a text become, such as the tool's slots for names.",
    ),
    ("/$defs/reference/properties/form", "A text around the value, which stands for {}."),
    ("/$defs/reference/properties/default", "What holds where nothing is said."),
    ("/$defs/reference/properties/as", "How the setting is read."),
    ("/$defs/reference/properties/each", "It is said for each entry of these lists, where ways then begin."),
    ("/$defs/reference/properties/named", "Where the names stand by which an item may mean an entry."),
    ("/$defs/reference/properties/when", "Holds only if this setting is on."),
    ("/$defs/reference/properties/unless", "Holds only if this setting is not on."),
];

/// The schema, draft 2020-12.
#[must_use]
pub fn schema() -> Value {
    let of_conduct = conduct::schema();
    let text = json!({ "type": "string", "minLength": 1 });
    let mut definitions = Map::new();
    for (name, definition) in of_conduct.get("$defs").and_then(Value::as_object).into_iter().flatten() {
        definitions.insert(name.clone(), referring(definition));
    }
    add_details(definitions.get_mut("trigger"));
    extend(definitions.get_mut("account"), ACCOUNT);
    extend(definitions.get_mut("automation"), AUTOMATION);
    definitions.insert("setting".to_owned(), texts());
    definitions.insert("reference".to_owned(), reference());
    definitions.insert("conditions".to_owned(), conditions());
    let properties: Map<String, Value> = KEYS
        .iter()
        .map(|key| {
            let shape = match *key {
                "name" => json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" }),
                "sources" => json!({ "type": "array", "items": { "type": "string" } }),
                "values" => json!({ "enum": SCHEMAS.iter().map(|(name, _)| *name).collect::<Vec<_>>() }),
                "expresses" => expresses(),
                "inert" | "closed" => json!({ "$ref": "#/$defs/setting" }),
                "recognise" => recognise(),
                "account" => json!({ "$ref": "#/$defs/account" }),
                "automations" => {
                    json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/automation" } })
                }
                "facts" | "switches" | "limits" => json!({ "$ref": format!("#/$defs/{key}") }),
                "if" => json!({ "$ref": "#/$defs/guards" }),
                "example" => example(),
                _ => text.clone(),
            };
            ((*key).to_owned(), shape)
        })
        .collect();
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "botiquette dialect file",
        "description": "A tool: how its files are recognised, and what its settings mean in the words of conduct files.",
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "title", "link", "recognise", "account", "automations"],
        "properties": properties,
        "$defs": definitions,
    });
    for (place, words) in WORDS {
        if let Some(key) = schema.pointer_mut(place).and_then(Value::as_object_mut) {
            key.insert("description".to_owned(), json!(words));
        }
    }
    schema
}

/// A schema in which a setting, or something that holds under conditions, may stand for every value.
fn referring(schema: &Value) -> Value {
    let or_reference =
        |inner: &Value| json!({ "anyOf": [referring(inner), { "$ref": "#/$defs/reference" }] });
    let Value::Object(keys) = schema else { return schema.clone() };
    let mut changed = Map::new();
    for (key, value) in keys {
        let value = match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                let mut properties: Map<String, Value> =
                    properties.iter().map(|(name, inner)| (name.clone(), or_reference(inner))).collect();
                for key in ["when", "unless"] {
                    properties.insert(key.to_owned(), json!({ "$ref": "#/$defs/conditions" }));
                }
                for key in EACH {
                    properties.insert((*key).to_owned(), json!({ "$ref": "#/$defs/setting" }));
                }
                for key in ["event", "verb"] {
                    properties.insert(key.to_owned(), json!({ "$ref": "#/$defs/reference" }));
                }
                Value::Object(properties)
            }
            ("items", inner) => or_reference(inner),
            ("anyOf", Value::Array(several)) => {
                let mut several: Vec<Value> = several.iter().map(referring).collect();
                several.push(json!({ "$ref": "#/$defs/reference" }));
                Value::Array(several)
            }
            _ => value.clone(),
        };
        changed.insert(key.clone(), value);
    }
    Value::Object(changed)
}

/// Adds keys that name settings to the objects of a schema.
fn extend(schema: Option<&mut Value>, keys: &[&str]) {
    let Some(schema) = schema else { return };
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for key in keys {
            properties
                .insert((*key).to_owned(), json!({ "anyOf": [texts(), { "$ref": "#/$defs/reference" }] }));
        }
    }
    for inner in schema.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten() {
        extend(Some(inner), keys);
    }
}

/// A setting may name the event: then its details stand beside it.
fn add_details(trigger: Option<&mut Value>) {
    let Some(Value::Array(forms)) = trigger.and_then(|trigger| trigger.get_mut("anyOf")) else { return };
    for form in forms {
        let Some(Value::Object(events)) = form.get_mut("properties") else { continue };
        let detail = events.values().find_map(|event| event.pointer("/anyOf/0/anyOf/1/properties")).cloned();
        if let Some(Value::Object(details)) = detail {
            details.into_iter().for_each(|(name, detail)| {
                events.entry(name).or_insert(detail);
            });
        }
    }
}

fn object(keys: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let properties: Map<_, _> = keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// A text, or a list of texts.
fn texts() -> Value {
    json!({ "type": ["string", "array"], "items": { "type": "string" } })
}

fn reference() -> Value {
    let any = json!({ "type": ["string", "number", "boolean", "array", "object"] });
    object(REFERENCE.iter().chain(EACH).map(|key| {
        let shape = match *key {
            "key" | "each" | "named" => json!({ "$ref": "#/$defs/setting" }),
            "when" | "unless" => json!({ "$ref": "#/$defs/conditions" }),
            "as" => json!({ "enum": Reading::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>() }),
            "words" => json!({ "type": "object", "additionalProperties": any }),
            "replace" => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            "open" => json!({ "type": "boolean" }),
            "unit" => json!({ "enum": UNITS }),
            "times" => json!({ "type": "number", "exclusiveMinimum": 0 }),
            "form" => json!({ "type": "string", "pattern": "[{][}]" }),
            _ => any.clone(),
        };
        (*key, shape)
    }))
}

fn conditions() -> Value {
    let said = json!({ "type": ["string", "number", "boolean"] });
    let one = object(CONDITION.iter().map(|key| {
        let shape = match *key {
            "is" => json!({ "anyOf": [said, { "type": "array", "items": said }] }),
            "default" => json!({ "type": "boolean" }),
            "at-least" => json!({ "type": "number" }),
            _ => json!({ "$ref": "#/$defs/setting" }),
        };
        (*key, shape)
    }));
    let one = json!({ "anyOf": [{ "type": "string" }, one] });
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

fn expresses() -> Value {
    let words = Property::ALL.iter().map(|property| property.name()).collect::<Vec<_>>();
    json!({ "type": "array", "items": { "anyOf": [{ "enum": words }, { "$ref": "#/$defs/reference" }] } })
}

fn recognise() -> Value {
    let ways = json!({ "type": "array", "items": { "type": "string" } });
    object(sign::KEYS.iter().map(|key| {
        let shape = match *key {
            "syntax" => {
                let names = json!({ "enum": SYNTAXES.iter().map(|(name, _)| *name).collect::<Vec<_>>() });
                json!({ "anyOf": [names, { "type": "array", "items": names }] })
            }
            "any" => json!({ "type": "array", "items": { "anyOf": [{ "type": "string" }, ways] } }),
            "at-least" => json!({ "type": "integer", "minimum": 1 }),
            "before-others" => json!({ "type": "boolean" }),
            "when" | "unless" => json!({ "$ref": "#/$defs/conditions" }),
            _ => json!({ "$ref": "#/$defs/setting" }),
        };
        (*key, shape)
    }))
}

fn example() -> Value {
    let mut one = object(examples::KEYS.iter().map(|key| {
        let shape = match *key {
            "verdict" => json!({ "enum": ["bad", "good"] }),
            "rules" => json!({ "type": "array", "items": { "type": "string" } }),
            _ => json!({ "type": "string", "minLength": 1 }),
        };
        (*key, shape)
    }));
    if let Some(object) = one.as_object_mut() {
        object.insert("required".to_owned(), json!(["verdict", "config"]));
    }
    json!({ "type": "array", "items": one })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_says_what_it_is_for() {
        let schema = schema();
        for (place, words) in WORDS {
            assert_eq!(schema.pointer(&format!("{place}/description")), Some(&json!(words)), "{place}");
        }
        for place in ["/properties", "/$defs/reference/properties"] {
            for (name, key) in schema.pointer(place).unwrap().as_object().unwrap() {
                assert!(key.get("description").is_some(), "{place}/{name}");
            }
        }
    }
}
