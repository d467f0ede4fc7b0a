//! The JSON reader against JSONTestSuite: `y_` is accepted, `n_` refused, `i_` either, and what is
//! accepted means what `serde_json` makes of it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use crate::suites;

use std::fs;

use botiquette::source::decode;
use botiquette::syntax::{Syntax, from_node, parse};
use serde_json::Value as Json;

/// `-0` is a whole number here; to `serde_json` it is the float `-0.0`.
const MINUS_ZERO: [&str; 2] = ["y_number_minus_zero.json", "y_number_negative_zero.json"];

#[test]
fn valid_files_are_accepted_and_invalid_ones_refused() {
    let Some(suite) = suites::folder("json-test-suite") else { return };
    let (mut accepted, mut refused, mut failures) = (0, 0, Vec::new());
    for path in suites::files(&suite) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = decode(fs::read(&path).unwrap());
        let is_accepted = text.as_ref().is_ok_and(|text| parse(text, Syntax::Json).errors.is_empty());
        match name.split('_').next() {
            Some("y") => {
                accepted += 1;
                let text = text.unwrap();
                let expected: Json = serde_json::from_str(&text).unwrap();
                let parsed = parse(&text, Syntax::Json);
                let root = parsed.tree.documents().next();
                let found = root.map(|root| from_node::<Json>(root, root.schema()));
                let is_same = found == Some(Ok(expected)) || MINUS_ZERO.contains(&name.as_str());
                if !is_accepted || !is_same {
                    failures.push(format!("{name}: {:?} {found:?}", parsed.errors));
                }
            }
            Some("n") => {
                refused += 1;
                if is_accepted {
                    failures.push(format!("{name}: accepted"));
                }
            }
            _ => {}
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!((accepted, refused), (95, 188));
}
