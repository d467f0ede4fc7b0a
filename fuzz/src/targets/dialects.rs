//! Dialect files: a file is refused with mistakes that have places, or what it makes of the other files of the case
//! points into them.

use std::path::{Path, PathBuf};

use botiquette::dialect::described::{Described, examples, page};
use botiquette::dialect::{Own, Tool};
use botiquette::rules::RuleFile;

use super::Case;
use super::dialect;

pub(super) fn run(case: &Case) {
    let Some(((name, text), others)) = case.files.split_first() else { return };
    let file = RuleFile { path: PathBuf::from(name), text: text.clone() };
    let (own, mistakes) = Own::read(std::slice::from_ref(&file));
    for mistake in &mistakes {
        assert!(!mistake.to_string().is_empty(), "a mistake that says nothing");
    }
    let stem =
        Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let known = own.find(&stem);
    assert_eq!(known.is_some(), mistakes.is_empty(), "neither read nor refused");
    let Some(tool) = known else { return };
    for other in others {
        dialect::run(&Case { files: vec![other.clone()] }, tool);
    }
    if let Tool::Described(described) = tool {
        assert!(!page(described, &examples(&file).unwrap_or_default()).is_empty());
        assert!(Described::read(&file).is_ok());
    }
}
