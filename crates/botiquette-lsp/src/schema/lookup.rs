//! What a JSON Schema allows at a path: keys and words, as far as our own schemas go.

use serde_json::{Map, Value};

use super::spot::Step;

/// References lead this deep; ours lead nowhere in circles without a step between.
const DEEPEST: usize = 8;

/// Something that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) name: String,
    pub(super) description: Option<String>,
    /// Whether it is a text, as opposed to `true` or `false`.
    pub(super) is_text: bool,
}

impl Offer {
    pub(super) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), description: None, is_text: true }
    }
}

/// The keys of what may stand at a path.
pub(super) fn keys(schema: &Value, path: &[Step]) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    for alternative in at(schema, path) {
        for (name, value) in alternative.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if offers.iter().all(|known| known.name != *name) {
                offers.push(Offer { description: described(schema, value), ..Offer::named(name) });
            }
        }
    }
    offers
}

/// The words that may stand at a path.
pub(super) fn values(schema: &Value, path: &[Step]) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    let mut push = |offer: Offer| {
        if !offers.contains(&offer) {
            offers.push(offer);
        }
    };
    for alternative in at(schema, path) {
        let words = alternative.get("enum").and_then(Value::as_array).into_iter().flatten();
        words
            .chain(alternative.get("const"))
            .filter_map(Value::as_str)
            .for_each(|word| push(Offer::named(word)));
        let kind = alternative.get("type");
        let is_flag = |kind: &Value| {
            kind == "boolean" || kind.as_array().is_some_and(|kinds| kinds.contains(&"boolean".into()))
        };
        if kind.is_some_and(is_flag) {
            ["true", "false"]
                .into_iter()
                .for_each(|word| push(Offer { is_text: false, ..Offer::named(word) }));
        }
    }
    offers
}

/// What a key at a path is for.
pub(super) fn description(schema: &Value, path: &[Step], key: &str) -> Option<String> {
    let own = |alternative: &Map<String, Value>| described(schema, alternative.get("properties")?.get(key)?);
    at(schema, path).into_iter().find_map(own)
}

fn described(schema: &Value, value: &Value) -> Option<String> {
    let say =
        |value: &Map<String, Value>| value.get("description").and_then(Value::as_str).map(str::to_owned);
    value.as_object().and_then(say).or_else(|| flat(schema, value, DEEPEST).into_iter().find_map(say))
}

/// What may stand at a path, in all its alternatives.
fn at<'s>(schema: &'s Value, path: &[Step]) -> Vec<&'s Map<String, Value>> {
    let mut here = flat(schema, schema, DEEPEST);
    for step in path {
        let below = |alternative: &'s Map<String, Value>| match step {
            Step::Item => alternative.get("items"),
            Step::Key(key) => {
                let own = alternative.get("properties").and_then(|properties| properties.get(key));
                own.or_else(|| alternative.get("additionalProperties").filter(|more| more.is_object()))
            }
        };
        here = here.into_iter().filter_map(below).flat_map(|below| flat(schema, below, DEEPEST)).collect();
    }
    here
}

/// A schema with its references followed and its alternatives side by side.
fn flat<'s>(root: &'s Value, schema: &'s Value, left: usize) -> Vec<&'s Map<String, Value>> {
    let Some(fields) = schema.as_object().filter(|_| left > 0) else { return Vec::new() };
    let mut all = vec![fields];
    let reference = fields.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix('#'));
    all.extend(
        reference.and_then(|name| root.pointer(name)).into_iter().flat_map(|next| flat(root, next, left - 1)),
    );
    for kind in ["anyOf", "oneOf", "allOf"] {
        let choices = fields.get(kind).and_then(Value::as_array).into_iter().flatten();
        all.extend(choices.flat_map(|choice| flat(root, choice, left - 1)));
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn alternatives_and_references_are_seen_through() {
        let schema = json!({
            "properties": { "list": { "type": "array", "items": { "anyOf": [{ "$ref": "#/$defs/word" }, { "type": "boolean" }] } } },
            "additionalProperties": { "properties": { "inner": { "description": "deep" } } },
            "$defs": { "word": { "enum": ["one", "two"] }, "circle": { "$ref": "#/$defs/circle" } },
        });
        let names = |offers: Vec<Offer>| offers.into_iter().map(|offer| offer.name).collect::<Vec<_>>();
        let key = |name: &str| Step::Key(name.to_owned());
        assert_eq!(names(keys(&schema, &[])), ["list"]);
        assert_eq!(names(values(&schema, &[key("list"), Step::Item])), ["one", "two", "true", "false"]);
        assert_eq!(names(keys(&schema, &[key("anything")])), ["inner"]);
        assert_eq!(description(&schema, &[key("anything")], "inner").as_deref(), Some("deep"));
        assert!(flat(&schema, &json!({ "$ref": "#/$defs/circle" }), DEEPEST).len() <= DEEPEST);
    }
}
