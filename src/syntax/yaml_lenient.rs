//! YAML as most tools read it, whose parser minds less than the standard: brackets that close at the margin, and
//! quoted texts that go on in the first column. A file that its own tool accepts is no broken file.

use std::borrow::Cow;

use super::builder::Builder;
use super::yaml::{Indentation, read_as};
use super::{Limits, Syntax};

/// So many quoted texts may go on at the margin; each costs another reading of the file.
const MOST: usize = 32;

/// The file read leniently; nothing where it is broken for such a reader as well.
pub(super) fn read<'s>(text: &'s str, limits: &Limits) -> Option<Builder<'s>> {
    let mut written = Cow::Borrowed(text);
    for _ in 0..MOST {
        let mut builder = Builder::new(text, Syntax::Yaml, limits);
        read_as(text, &written, Indentation::Lenient, &mut builder);
        let Some(error) = builder.first_error() else { return Some(builder) };
        let joined = on_one_line(&written, error.opening?.start as usize)?;
        written = Cow::Owned(joined);
    }
    None
}

/// The text with the quoted part that begins at `start` on one line: a line break within quotes is a space. Every
/// byte keeps its place.
fn on_one_line(text: &str, start: usize) -> Option<String> {
    let quote = text.as_bytes().get(start).copied().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let mut bytes = text.as_bytes().to_vec();
    let mut broken = false;
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'\\' if quote == b'"' => at += 1,
            // Two of them are an apostrophe.
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            b'\n' | b'\r' => {
                *bytes.get_mut(at)? = b' ';
                broken = true;
            }
            byte if byte == quote => break,
            _ => {}
        }
        at += 1;
    }
    // A key must stand on one line even for them.
    let is_key = bytes.get(at + 1) == Some(&b':');
    (broken && !is_key).then(|| String::from_utf8(bytes).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Schema, Syntax, Value, parse};

    #[test]
    fn what_tools_accept_is_read() {
        for text in [
            "author: [\n\"ana\", # new\n]\naction: filter\n",
            "a:\n  b: {\n    c: d\n}\naction: filter\n",
            "a:\n  help: \"one.\n\\ntwo: 2\n\\nthree\"\naction: filter\n",
            "a:\n  help: 'it''s\nfine'\n  more: \"x\ny\"\naction: filter\n",
        ] {
            let parsed = parse(text, Syntax::Yaml);
            assert!(parsed.errors.is_empty(), "{text}: {:?}", parsed.errors);
            let root = parsed.tree.documents().next().unwrap();
            assert_eq!(root.get("action").map(|action| action.text()), Some("filter"), "{text}");
        }
    }

    #[test]
    fn a_text_that_goes_on_at_the_margin_keeps_its_value_and_its_place() {
        let text = "a:\n  help: \"one\nmore\"\nb: 1\n";
        let parsed = parse(text, Syntax::Yaml);
        let root = parsed.tree.documents().next().unwrap();
        let help = root.get("a").and_then(|a| a.get("help")).unwrap();
        assert_eq!(help.value(Schema::Yaml12), Value::Str("one more"));
        assert_eq!(help.span().slice(text), "\"one\nmore\"");
    }

    #[test]
    fn what_no_tool_accepts_stays_an_error() {
        for text in ["a: \"b\nc: d\n", "a: \"b\nc: \"d\"\n", "a: [1, 2\nb: 3\n", "- - \"a\nb\": x\n"] {
            assert_eq!(parse(text, Syntax::Yaml).errors.len(), 1, "{text}");
        }
    }
}
