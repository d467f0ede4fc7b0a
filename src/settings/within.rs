//! Settings by the name of their file: a file of our own, or a part of a file that other tools read, too,
//! `[tool.botiquette]` of `pyproject.toml` and `"botiquette"` of `package.json`. Mistakes keep their places.

use std::borrow::Cow;
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, ValueDeserializer};

use super::FILE_NAME;
use super::file::File;
use crate::mistake::{Mistake, Suspect};
use crate::source::Span;
use crate::syntax::{Kind, NodeRef, Schema, Syntax, Value, parse};

/// Where the settings of a folder may stand: the first of these that is there and has some holds.
pub const PLACES: [&str; 5] = [FILE_NAME, ".botiquette.toml", ".config/botiquette.toml", PYPROJECT, PACKAGE];

/// Whether a file has the name of one that holds only settings.
pub fn is_own_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == FILE_NAME || name == ".botiquette.toml")
}

/// Whether a file has the name of one that holds settings among other things.
pub fn is_shared_file(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == PYPROJECT || name == PACKAGE)
}

const PYPROJECT: &str = "pyproject.toml";
const PACKAGE: &str = "package.json";

/// Our part of `pyproject.toml`.
#[derive(Deserialize)]
struct PyProject {
    #[serde(default)]
    tool: Tool,
}

#[derive(Default, Deserialize)]
struct Tool {
    botiquette: Option<File>,
}

/// The same, to see whether there is one.
#[derive(Deserialize)]
struct AnyPyProject {
    #[serde(default)]
    tool: AnyTool,
}

#[derive(Default, Deserialize)]
struct AnyTool {
    botiquette: Option<IgnoredAny>,
}

/// Whether the file of this name holds settings. A file of our own always does; one of another tool only if it has a
/// part for botiquette, or, where it cannot be read, seems to have one.
#[must_use]
pub fn holds_settings(path: &Path, text: &str) -> bool {
    match name(path) {
        PYPROJECT if !text.contains("botiquette") => false,
        PYPROJECT => match toml::from_str::<AnyPyProject>(text) {
            Ok(project) => project.tool.botiquette.is_some(),
            Err(_) => text.contains("[tool.botiquette"),
        },
        PACKAGE => text.contains("\"botiquette\"") && of_package(text, |_| ()).is_some(),
        _ => true,
    }
}

/// Reads the settings in the text of a file.
pub(super) fn read(path: &Path, text: &str) -> Result<File, Vec<Mistake>> {
    let mistakes = |error: &toml::de::Error| vec![Suspect::broken(path, text).toml_mistake(error)];
    let none = |part: &str| {
        vec![Suspect::broken(path, text).mistake(Span::at(0), format!("there is no `{part}` here"))]
    };
    match name(path) {
        PYPROJECT => {
            let project: PyProject = toml::from_str(text).map_err(|error| mistakes(&error))?;
            project.tool.botiquette.ok_or_else(|| none("[tool.botiquette]"))
        }
        PACKAGE => {
            let wrong =
                |(span, message): (Span, String)| vec![Suspect::broken(path, text).mistake(span, message)];
            let read = |node: NodeRef<'_>| {
                let value = value(node).map_err(wrong)?;
                File::deserialize(ValueDeserializer::from(value)).map_err(|error| mistakes(&error))
            };
            of_package(text, read).unwrap_or_else(|| Err(none("\"botiquette\"")))
        }
        _ => toml::from_str(text).map_err(|error| mistakes(&error)),
    }
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(std::ffi::OsStr::to_str).unwrap_or_default()
}

/// Does something with the value of `"botiquette"`, where a package has one.
fn of_package<T>(text: &str, with: impl for<'t> Fn(NodeRef<'t>) -> T) -> Option<T> {
    let parsed = parse(text, Syntax::Json);
    let node = parsed.tree.documents().next()?.get("botiquette")?;
    Some(with(node))
}

/// A JSON value as the reader of TOML has it, with its place; or what no TOML can say.
fn value<'t>(node: NodeRef<'t>) -> Result<Spanned<DeValue<'t>>, (Span, String)> {
    let place = |span: Span| span.start as usize..span.end as usize;
    let wrong = |message: &str| Err((node.span(), message.to_owned()));
    let value = match node.kind() {
        Kind::Mapping => {
            let mut table = DeTable::new();
            for entry in node.entries() {
                let key = Spanned::new(place(entry.key.span()), Cow::Borrowed(entry.key.text()));
                table.insert(key, value(entry.value)?);
            }
            DeValue::Table(table)
        }
        Kind::Sequence => {
            let mut array = DeArray::new();
            for item in node.items() {
                array.push(value(item)?);
            }
            DeValue::Array(array)
        }
        Kind::Scalar => match node.value(Schema::Json) {
            Value::Bool(bool) => DeValue::Boolean(bool),
            Value::Null => return wrong("`null` says nothing here; leave the key out"),
            Value::Str(text) => DeValue::String(Cow::Borrowed(text)),
            _ => match DeValue::parse(node.text()).map(Spanned::into_inner) {
                Ok(number @ (DeValue::Integer(_) | DeValue::Float(_))) => number,
                _ => return wrong("this is no value for settings"),
            },
        },
    };
    Ok(Spanned::new(place(node.span()), value))
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    const TOML: &str = "profile = \"strict\"\nmax-findings = { per-file = 7 }\n";

    fn told(path: &str, text: &str) -> String {
        Settings::parse(Path::new(path), text.to_owned())
            .map_or_else(|error| error.to_string(), |_| "fine".to_owned())
    }

    #[test]
    fn a_part_of_another_tools_file_says_the_same() {
        let own = Settings::parse(Path::new("botiquette.toml"), TOML.to_owned()).unwrap();
        let project = "[project]\nname = \"x\"\n[tool.black]\nline-length = 3\n[tool.botiquette]\n";
        let package = "{ \"name\": \"x\", \"botiquette\": { \"profile\": \"strict\", \"max-findings\": { \"per-file\": 7 } } }";
        for (path, text) in
            [("a/pyproject.toml", format!("{project}{TOML}")), ("package.json", package.to_owned())]
        {
            assert!(holds_settings(Path::new(path), &text), "{path}");
            let settings = Settings::parse(Path::new(path), text).unwrap();
            assert_eq!(settings.profile(), own.profile(), "{path}");
            assert_eq!(settings.caps(), own.caps(), "{path}");
        }
    }

    #[test]
    fn files_without_such_a_part_hold_none() {
        for (path, text, holds) in [
            ("pyproject.toml", "[tool.black]\nline-length = 3", false),
            ("pyproject.toml", "[project]\ndependencies = [\"botiquette\"]", false),
            ("pyproject.toml", "[tool]\nbotiquette = {}", true),
            ("pyproject.toml", "[tool.botiquette]\nbroken", true),
            ("pyproject.toml", "dependencies = [\"botiquette\"]\nbroken", false),
            ("package.json", "{\"devDependencies\": {\"botiquette\": \"1\"}}", false),
            ("package.json", "{\"name\": \"botiquette\"}", false),
            ("package.json", "{\"botiquette\": {}}", true),
            ("botiquette.toml", "", true),
        ] {
            assert_eq!(holds_settings(Path::new(path), text), holds, "{path}: {text}");
        }
    }

    #[test]
    fn mistakes_have_the_place_in_the_whole_file() {
        for (path, text, message) in [
            ("pyproject.toml", "[tool.botiquette]\nprofil = 1", "pyproject.toml:2:1: unknown key `profil`"),
            (
                "package.json",
                "{\n  \"botiquette\": {\"profil\": 1}\n}",
                "package.json:2:18: unknown key `profil`",
            ),
            (
                "package.json",
                "{\"botiquette\": {\"profile\": \"strikt\"}}",
                "package.json:1:28: unknown word `strikt`",
            ),
            (
                "package.json",
                "{\"botiquette\": {\"baseline\": null}}",
                "package.json:1:29: `null` says nothing here",
            ),
            ("package.json", "{}", "package.json:1:1: there is no `\"botiquette\"` here"),
        ] {
            let said = told(path, text);
            assert!(said.starts_with(message), "{text}: {said}");
        }
    }
}
