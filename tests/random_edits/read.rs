//! What other parsers than our own read.

use serde_json::{Map, Value};

use crate::syntax::Syntax;

/// What another parser reads; none where it does not read the text, or reads it in another way than ours.
pub(super) fn read(text: &str, syntax: Syntax) -> Option<Value> {
    let text = text.trim_start_matches('\u{feff}');
    match syntax {
        Syntax::Yaml => {
            let documents = serde_yaml::Deserializer::from_str(text);
            let values = documents.map(|document| {
                let value: serde_yaml::Value = serde::Deserialize::deserialize(document).ok()?;
                from_yaml(&value)
            });
            values.collect::<Option<Vec<Value>>>().map(Value::Array)
        }
        Syntax::Json => serde_json::from_str(text).ok(),
        Syntax::Jsonc => {
            let plain: String = text
                .split_inclusive('\n')
                .map(|line| match line.find("// ") {
                    Some(at) => format!("{}\n", &line[..at]),
                    None => line.to_owned(),
                })
                .collect();
            serde_json::from_str(&plain).ok()
        }
        Syntax::Toml => serde_json::to_value(toml::from_str::<toml::Value>(text).ok()?).ok(),
        Syntax::Dotenv | Syntax::Ini => Some(assignments(text, syntax)),
    }
}

fn from_yaml(value: &serde_yaml::Value) -> Option<Value> {
    use serde_yaml::Value as Yaml;
    Some(match value {
        Yaml::Sequence(items) => Value::Array(items.iter().map(from_yaml).collect::<Option<_>>()?),
        Yaml::Mapping(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                map.insert(serde_yaml::to_string(key).ok()?.trim().to_owned(), from_yaml(value)?);
            }
            Value::Object(map)
        }
        Yaml::Tagged(tagged) => from_yaml(&tagged.value)?,
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(*flag),
        Yaml::Number(number) => serde_json::to_value(number).ok()?,
        Yaml::String(text) => Value::String(text.clone()),
    })
}

/// The lines of a file that has nothing but lines.
fn assignments(text: &str, syntax: Syntax) -> Value {
    let mut map = Map::new();
    let mut section = String::new();
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if syntax == Syntax::Ini && line.starts_with('[') {
            section = line.to_owned();
        } else if let Some((key, value)) = line.split_once(['=', ':']) {
            let key = key.trim().trim_start_matches("export ");
            let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
            map.insert(format!("{section}{key}"), Value::String(value.to_owned()));
        }
    }
    Value::Object(map)
}
