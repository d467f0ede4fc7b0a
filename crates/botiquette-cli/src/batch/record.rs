//! Reads a line of the input as a project. Error messages never quote the line, because it may hold secrets.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Deserialize as Derived, Serialize};
use serde_json::error::Category;

/// A longer line is no project: 64 MiB.
pub(super) const LONGEST: usize = 64 * 1024 * 1024;

/// More files are no project.
const MOST_FILES: usize = 10_000;

/// A project. Fields that are not known are somebody else's.
#[derive(Debug, Derived)]
#[serde(expecting = "an object with `id` and `files`")]
pub(super) struct Record {
    #[serde(default)]
    pub(super) id: Option<Id>,
    pub(super) files: Texts,
}

/// What somebody calls a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Id {
    Number(i64),
    Large(u64),
    Text(String),
}

/// Texts by their paths.
#[derive(Debug, Default)]
pub(super) struct Texts(pub(super) BTreeMap<PathBuf, String>);

/// Why a line has no report.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Refusal {
    pub(super) kind: Kind,
    pub(super) message: String,
    /// Where on the line, in bytes from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) column: Option<usize>,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// It is too long.
    Length,
    /// It is not UTF-8.
    Encoding,
    /// It is no JSON.
    Json,
    /// It is JSON, and no project.
    Shape,
    /// The settings in the project have mistakes.
    Settings,
}

/// Reads a line. A byte order mark and white space around it are no matter.
pub(super) fn read(line: &[u8]) -> Result<Record, Refusal> {
    let text = str::from_utf8(line).map_err(|error| Refusal {
        kind: Kind::Encoding,
        message: "not UTF-8; write JSON in UTF-8".to_owned(),
        column: Some(error.valid_up_to() + 1),
    })?;
    let bare = text.trim_start_matches('\u{feff}');
    serde_json::from_str(bare).map_err(|error| {
        let (kind, message) = match error.classify() {
            Category::Data => (Kind::Shape, misshapen(&error.to_string())),
            Category::Syntax | Category::Eof | Category::Io => {
                (Kind::Json, format!("not JSON: {}", without_place(&error.to_string())))
            }
        };
        Refusal { kind, message, column: Some((error.column() + text.len() - bare.len()).max(1)) }
    })
}

/// The refusal of a line that was not read to its end.
pub(super) fn too_long(length: u64) -> Refusal {
    let message = format!("{length} bytes; a line has at most {LONGEST}");
    Refusal { kind: Kind::Length, message, column: None }
}

/// What is expected, without what is there.
fn misshapen(message: &str) -> String {
    let message = without_place(message);
    match message.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None => message.to_owned(),
    }
}

fn without_place(message: &str) -> &str {
    message.rsplit_once(" at line ").map_or(message, |(message, _)| message)
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfId;
        impl Visitor<'_> for OfId {
            type Value = Id;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text or a whole number as `id`")
            }
            fn visit_i64<E>(self, number: i64) -> Result<Id, E> {
                Ok(Id::Number(number))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Id, E> {
                Ok(Id::Large(number))
            }
            fn visit_str<E>(self, text: &str) -> Result<Id, E> {
                Ok(Id::Text(text.to_owned()))
            }
        }
        deserializer.deserialize_any(OfId)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfTexts;
        impl<'de> Visitor<'de> for OfTexts {
            type Value = Texts;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object of paths and texts as `files`")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Texts, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((path, Text(text))) = map.next_entry::<String, Text>()? {
                    if path.is_empty() {
                        return Err(de::Error::custom("a file without a path"));
                    }
                    if texts.len() == MOST_FILES {
                        return Err(de::Error::custom(format!("more than {MOST_FILES} files")));
                    }
                    if texts.insert(bare(&path), text).is_some() {
                        return Err(de::Error::custom("two files of one path"));
                    }
                }
                Ok(Texts(texts))
            }
        }
        deserializer.deserialize_map(OfTexts)
    }
}

/// The text of a file; says so where it is none.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfText;
        impl Visitor<'_> for OfText {
            type Value = Text;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text for each file")
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Text, E> {
                Ok(Text(text))
            }
        }
        deserializer.deserialize_string(OfText)
    }
}

/// The path without `.`, so that one file has one path.
fn bare(path: &str) -> PathBuf {
    Path::new(path).components().filter(|part| *part != Component::CurDir).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_project() {
        let record =
            read(b"\xef\xbb\xbf {\"more\": [1], \"id\": 7, \"files\": {\"./a.yaml\": \"\\u00e9\"}}\r")
                .unwrap();
        assert_eq!(record.id, Some(Id::Large(7)));
        assert_eq!(record.files.0, BTreeMap::from([(PathBuf::from("a.yaml"), "\u{e9}".to_owned())]));
        assert_eq!(read(b"{\"files\": {}}").unwrap().id, None);
        assert_eq!(read(b"{\"id\": null, \"files\": {}}").unwrap().id, None);
    }

    #[test]
    fn what_is_wrong_is_said_without_the_words_of_the_line() {
        for (line, kind, message, column) in [
            (&b"{"[..], Kind::Json, "not JSON: EOF while parsing an object", 1),
            (b"hunter2", Kind::Json, "not JSON: expected value", 1),
            (b"{\"files\": {}} {}", Kind::Json, "not JSON: trailing characters", 15),
            (b"\xff", Kind::Encoding, "not UTF-8; write JSON in UTF-8", 1),
            (b"{\"id\": \"a\"}", Kind::Shape, "missing field `files`", 11),
            (b"{\"id\": 1.5, \"files\": {}}", Kind::Shape, "expected a text or a whole number as `id`", 10),
            (
                b"{\"files\": \"hunter2, expected x at line 1\"}",
                Kind::Shape,
                "expected an object of paths and texts as `files`",
                41,
            ),
            (b"{\"files\": {\"a\": 12345678}}", Kind::Shape, "expected a text for each file", 24),
            (b"{\"files\": {\"\": \"\"}}", Kind::Shape, "a file without a path", 18),
            (b"{\"files\": {\"a\": \"\", \"./a\": \"\"}}", Kind::Shape, "two files of one path", 30),
            (b"\"hunter2\"", Kind::Shape, "expected an object with `id` and `files`", 9),
        ] {
            let expected = Refusal { kind, message: message.to_owned(), column: Some(column) };
            assert_eq!(read(line).unwrap_err(), expected, "{}", String::from_utf8_lossy(line));
        }
        let many: String = (0..=MOST_FILES).map(|number| format!("\"{number}\":\"\",")).collect();
        let line = format!("{{\"files\":{{{}}}}}", many.trim_end_matches(','));
        assert_eq!(read(line.as_bytes()).unwrap_err().message, "more than 10000 files");
        let deep = format!("{{\"x\":{}", "[".repeat(100_000));
        // Whether the reader counts levels or meets the end first is its own affair.
        assert!(read(deep.as_bytes()).unwrap_err().message.starts_with("not JSON: "));
    }
}
