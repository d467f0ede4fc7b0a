//! YAML whose strings nobody obeys: a conduct file goes to standard output, which terminals and build servers read.
//! The serialiser leaves some characters and line beginnings as they are; such strings are written in double quotes.

use serde_yaml::{Mapping, Value};

use crate::plain::{guarded, needs_quotes, quoted};

/// The mapping as YAML that reads back as it was.
pub(super) fn to_string(mapping: &Mapping) -> Result<String, serde_yaml::Error> {
    let text = serde_yaml::to_string(mapping)?;
    if guarded(&text, false) == text {
        return Ok(text);
    }
    // Each such string is written as a word that stands nowhere else, which its quoted form replaces afterwards.
    let mark = (0_u32..).map(|number| format!("quoted{number}x")).find(|mark| !text.contains(mark));
    let mut held = Held { mark: mark.unwrap_or_default(), quoted: Vec::new() };
    let text = serde_yaml::to_string(&held.mapping(mapping))?;
    Ok(held.put_back(&text))
}

/// The strings that are held back while the others are written.
struct Held {
    mark: String,
    quoted: Vec<String>,
}

impl Held {
    fn mapping(&mut self, mapping: &Mapping) -> Mapping {
        mapping.iter().map(|(key, value)| (self.value(key), self.value(value))).collect()
    }

    fn value(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) if needs_quotes(text) => {
                self.quoted.push(quoted(text));
                Value::from(format!("{}{}-", self.mark, self.quoted.len() - 1))
            }
            Value::Sequence(values) => {
                Value::Sequence(values.iter().map(|value| self.value(value)).collect())
            }
            Value::Mapping(mapping) => Value::Mapping(self.mapping(mapping)),
            other => other.clone(),
        }
    }

    fn put_back(&self, text: &str) -> String {
        let mut parts = text.split(&self.mark);
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (number, rest) = part.split_once('-').unwrap_or((part, ""));
            let held = number.parse::<usize>().ok().and_then(|number| self.quoted.get(number));
            whole.push_str(held.map_or("", String::as_str));
            whole.push_str(rest);
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_strings_are_quoted_and_read_back() {
        let texts = ["plain", "a\n::error::b", "##[group]", "\u{202e}x\u{200b}", "quoted0x1-", "a\u{1b}b: c"];
        let mapping: Mapping = texts
            .iter()
            .map(|text| (Value::from(*text), Value::Sequence(vec![Value::from(*text), Value::from(1)])))
            .collect();
        let text = to_string(&mapping).unwrap();
        assert_eq!(guarded(&text, false), text);
        assert_eq!(serde_yaml::from_str::<Mapping>(&text).unwrap(), mapping, "{text}");
    }
}
