//! Guesses a file name, and so a syntax, for a text that has none.

use botiquette::syntax::{Syntax, parse};
use wasm_bindgen::prelude::wasm_bindgen;

/// A file name whose ending tells the syntax of the text.
#[wasm_bindgen]
#[must_use]
pub fn guess_name(text: &str) -> String {
    let name = match guess(text) {
        Syntax::Json | Syntax::Jsonc => "bot.json",
        Syntax::Toml => "bot.toml",
        Syntax::Dotenv => "bot.env",
        Syntax::Ini => "bot.ini",
        Syntax::Yaml => "bot.yaml",
    };
    name.to_owned()
}

fn guess(text: &str) -> Syntax {
    let lines =
        || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', ';']));
    let is_section =
        |line: &str| line.starts_with('[') && line.ends_with(']') && !line.contains([',', '"', '{']);
    if lines().next().is_some_and(is_section) || lines().next().is_some_and(is_assignment) {
        return match () {
            () if lines().all(is_variable) => Syntax::Dotenv,
            () if is_clean(text, Syntax::Toml) => Syntax::Toml,
            () if lines().any(is_section) => Syntax::Ini,
            () if is_clean(text, Syntax::Yaml) => Syntax::Yaml,
            () => Syntax::Toml,
        };
    }
    Syntax::guess(text)
}

fn is_clean(text: &str, syntax: Syntax) -> bool {
    parse(text, syntax).errors.is_empty()
}

/// `name = value`, where no colon comes before.
fn is_assignment(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| !key.trim().is_empty() && !key.contains([':', '{']))
}

/// `NAME=value` as shells have it.
fn is_variable(line: &str) -> bool {
    let line = line.strip_prefix("export ").unwrap_or(line);
    let is_name = |key: &str| {
        let fits = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
        !key.is_empty() && key.chars().all(fits)
    };
    line.split_once('=').is_some_and(|(key, _)| is_name(key))
}
