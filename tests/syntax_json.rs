//! The JSON reader against JSONTestSuite: `y_` is accepted, `n_` refused, `i_` either, and what is
//! accepted means what `serde_json` makes of it.

mod suites;

use std::fs;

use botiquette::source::decode;
use botiquette::syntax::{Syntax, parse};
use serde_json::Value as Json;

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
                let found = root.map(|root| botiquette::syntax::from_node::<Json>(root, root.schema()));
                if !is_accepted || found != Some(Ok(expected)) {
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
