//! The JSON Schema of conduct files, built from the model's own word lists so that it cannot fall behind.

use serde_json::{Map, Value, json};

use super::account::{ACCOUNT, LIMIT, SWITCH};
use super::action::MODIFIERS;
use super::automation::{AUTOMATION, GUARD};
use super::origin::SECRET_KINDS;
use super::trigger::DETAIL;
use crate::model::{
    AccountKind, AudienceKind, Auth, Event, FactKind, GuardKind, LimitKind, ListSource, Property, SwitchFlaw,
    SwitchKind, Verb, Visibility,
};

/// Where the schema is published.
const ID: &str = "https://github.com/botiquette/botiquette/blob/main/docs/conduct.schema.json";

/// The schema, draft 2020-12.
#[must_use]
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "botiquette conduct file",
        "description": "What a bot does to people: its account, its automations, and what else is true of it.",
        "type": "object",
        "required": ["automations"],
        "additionalProperties": false,
        "properties": {
            "account": { "$ref": "#/$defs/account" },
            "accounts": { "type": "array", "items": { "$ref": "#/$defs/account" } },
            "automations": { "type": "array", "items": { "$ref": "#/$defs/automation" } },
            "facts": { "$ref": "#/$defs/facts" },
            "switches": { "$ref": "#/$defs/switches" },
            "limits": { "$ref": "#/$defs/limits" },
            "if": { "$ref": "#/$defs/guards" },
        },
        "$defs": {
            "account": { "anyOf": [{ "type": "string" }, account()] },
            "automation": automation(),
            "trigger": trigger(),
            "guards": guards(),
            "action": action(),
            "actions": one_or_more("#/$defs/action"),
            "audience": audience(),
            "limits": table(LimitKind::ALL.iter().map(|kind| kind.name()), &limit()),
            "facts": facts(),
            "switches": table(SwitchKind::ALL.iter().map(|kind| kind.name()), &switch()),
            "texts": { "type": ["string", "number", "boolean", "null", "array"], "items": { "type": ["string", "number"] } },
            "duration": { "type": "string", "description": "a number with a unit: 30m, 24h, 7d, 2 weeks" },
            "flag": { "type": ["boolean", "string"] },
            "number": { "type": ["number", "string"] },
        },
    })
}

/// An object with these properties and no others.
fn object(properties: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let properties: Map<_, _> = properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// An object whose properties all have one shape.
fn table(keys: impl Iterator<Item = &'static str>, each: &Value) -> Value {
    object(keys.map(|key| (key, each.clone())))
}

fn words(list: impl Iterator<Item = &'static str>) -> Value {
    json!({ "enum": list.collect::<Vec<_>>() })
}

/// One of these words, or a list of them.
fn some_of(list: impl Iterator<Item = &'static str>) -> Value {
    let words = words(list);
    json!({ "anyOf": [words, { "type": "array", "items": words }] })
}

/// Names of the author's own, each with one of these words.
fn named(list: impl Iterator<Item = &'static str>) -> Value {
    json!({ "type": "object", "additionalProperties": words(list) })
}

fn one_or_more(reference: &str) -> Value {
    json!({ "anyOf": [{ "$ref": reference }, { "type": "array", "items": { "$ref": reference } }] })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn account() -> Value {
    object(ACCOUNT.iter().map(|key| {
        let shape = match *key {
            "kind" => words(AccountKind::ALL.iter().map(|kind| kind.name())),
            "auth" => words(Auth::ALL.iter().map(|auth| auth.name())),
            "bot" => reference("flag"),
            "posts" | "followers" | "following" => reference("number"),
            "facts" | "switches" | "limits" => reference(key),
            "if" => reference("guards"),
            "cannot-say" => some_of(Property::ALL.iter().map(|property| property.name())),
            "tool-enforces" => some_of(GuardKind::ALL.iter().map(|kind| kind.name())),
            "tool-routes" => some_of(Event::ALL.iter().map(|event| event.name())),
            "dead-switches" => named(SwitchFlaw::ALL.iter().map(|flaw| flaw.name())),
            "written-secrets" => named(SECRET_KINDS.iter().copied()),
            _ => json!({ "type": ["string", "null"] }),
        };
        (*key, shape)
    }))
}

fn automation() -> Value {
    let mut schema = object(AUTOMATION.iter().map(|key| {
        let shape = match *key {
            "on" => one_or_more("#/$defs/trigger"),
            "do" | "else" => reference("actions"),
            "if" => reference("guards"),
            "limits" => reference("limits"),
            "enabled" => reference("flag"),
            _ => json!({ "type": "string" }),
        };
        (*key, shape)
    }));
    if let Some(object) = schema.as_object_mut() {
        object.insert("required".to_owned(), json!(["on", "do"]));
    }
    schema
}

fn trigger() -> Value {
    let detail = object(DETAIL.iter().map(|key| {
        let shape = match *key {
            "after" | "max-age" => reference("duration"),
            "from" => reference("audience"),
            "count" => reference("number"),
            "ignores-activity" | "repeats" => reference("flag"),
            "and" => one_or_more("#/$defs/texts"),
            _ => reference("texts"),
        };
        (*key, shape)
    }));
    let detail = json!({ "anyOf": [reference("texts"), detail] });
    let events = || Event::ALL.iter().map(|event| event.name());
    json!({ "anyOf": [words(events()), table(events(), &detail)] })
}

fn guards() -> Value {
    let long = object(GUARD.iter().map(|key| {
        let shape = if *key == "for" { reference("duration") } else { reference("texts") };
        (*key, shape)
    }));
    let guard = json!({ "anyOf": [reference("texts"), long] });
    let guards = table(GuardKind::ALL.iter().map(|kind| kind.name()), &guard);
    json!({ "anyOf": [guards, { "type": "array", "items": guards }] })
}

/// A limit: a number or a word, or a number that several automations use up together.
fn limit() -> Value {
    let bound = json!({ "type": ["number", "string"] });
    let shared = object(LIMIT.iter().map(|key| {
        let shape = if *key == "at-most" { bound.clone() } else { json!({ "type": "string" }) };
        (*key, shape)
    }));
    json!({ "anyOf": [bound, shared] })
}

fn modifier(key: &str) -> Value {
    match key {
        "to" => reference("audience"),
        "visibility" => words(Visibility::ALL.iter().map(|visibility| visibility.name())),
        "within" | "delay" => reference("duration"),
        "probability" | "times" => reference("number"),
        "model-generated" | "promotion" | "marked" | "in-parts" | "one-of" => reference("flag"),
        "limits" => reference("limits"),
        _ => reference("texts"),
    }
}

fn action() -> Value {
    let verbs = || Verb::ALL.iter().map(|verb| verb.name());
    let modifiers = object(MODIFIERS.iter().map(|key| (*key, modifier(key))));
    let what = json!({ "anyOf": [reference("texts"), reference("audience"), modifiers] });
    let with_modifiers = object(
        verbs().map(|verb| (verb, what.clone())).chain(MODIFIERS.iter().map(|key| (*key, modifier(key)))),
    );
    let wait = object([("wait", reference("duration"))]);
    json!({ "anyOf": [words(verbs()), wait, with_modifiers] })
}

fn audience() -> Value {
    let kinds = AudienceKind::ALL.iter().map(|kind| (kind.name(), reference("texts")));
    let beside = [
        ("source", words(ListSource::ALL.iter().map(|source| source.name()))),
        ("size", reference("number")),
    ];
    json!({ "anyOf": [
        { "type": "string" },
        { "type": "array", "items": { "type": "string" } },
        object(kinds.chain(beside)),
    ] })
}

/// A switch: its position, or what it promises and what holds where the bot acts.
fn switch() -> Value {
    let declared = object(SWITCH.iter().map(|key| (*key, reference("flag"))));
    json!({ "anyOf": [reference("flag"), declared] })
}

/// Facts; those named `group.name` can stand one level deeper.
fn facts() -> Value {
    let any = json!({ "type": ["string", "number", "boolean", "null"] });
    let mut groups: Map<String, Value> = Map::new();
    for kind in FactKind::ALL {
        match kind.name().split_once('.') {
            Some((group, name)) => {
                groups.insert(kind.name().to_owned(), any.clone());
                let entry = groups.entry(group).or_insert_with(|| any.clone());
                if let Some(object) = entry.as_object_mut() {
                    object
                        .insert("type".to_owned(), json!(["string", "number", "boolean", "null", "object"]));
                    object.insert("additionalProperties".to_owned(), json!(false));
                    let properties = object.entry("properties").or_insert_with(|| json!({}));
                    if let Some(properties) = properties.as_object_mut() {
                        properties.insert(name.to_owned(), any.clone());
                    }
                }
            }
            None => {
                groups.entry(kind.name()).or_insert_with(|| any.clone());
            }
        }
    }
    json!({ "type": "object", "additionalProperties": false, "properties": groups })
}
