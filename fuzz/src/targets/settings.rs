//! Settings: a file is refused with a mistake that has a place, or a run under it ends, and what it silences stays in
//! the report.

use std::path::Path;

use botiquette::rules::Rulebook;
use botiquette::settings::Settings;
use botiquette::{Request, lint_with};

use super::Case;
use super::lint::{check, inputs};

pub(super) fn run(case: &Case) {
    let Some(((_, text), others)) = case.files.split_first() else { return };
    let path = Path::new("/nowhere/botiquette.toml");
    let mut settings = match Settings::parse(path, text.clone()) {
        Ok(settings) => settings,
        Err(refused) => {
            assert!(!refused.to_string().is_empty(), "refused without a reason");
            return;
        }
    };
    // Rule files lie on the disk, where a fuzzer has no business.
    let table = text.parse::<toml::Table>().unwrap_or_default();
    if table.get("rules").is_some() {
        return;
    }
    let mut rulebook = Rulebook::built_in().unwrap_or_else(|broken| panic!("{broken}"));
    if settings.add_to(&mut rulebook).is_err() {
        return;
    }
    settings.apply(&mut rulebook, None, &[], &[]);
    let outcome =
        lint_with(&Request { inputs: inputs(others), dialect: None, rulebook: &rulebook }, &settings);
    check(&outcome);
}
