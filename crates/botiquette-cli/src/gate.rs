//! Gates that the author of a change cannot loosen: `lint --base` and `--no-suppressions`.

use std::path::Path;

use botiquette::Linter;
use botiquette::fs::Revision;
use botiquette::rules::Rulebook;
use botiquette::settings::{Looser, Profile, Settings};

use super::{Failure, catalogue};

/// The revision that is trusted, if one is named.
pub(super) fn base(name: Option<&str>, first: &Path) -> Result<Option<Revision>, Failure> {
    let Some(name) = name else { return Ok(None) };
    let folder = if first.is_dir() { Some(first) } else { first.parent() };
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    Revision::open(folder, name).map(Some).map_err(|error| Failure::Usage(error.to_string()))
}

/// What the command line says about the rules that run.
#[derive(Clone, Copy)]
pub(super) struct Choice<'a> {
    pub(super) profile: Option<Profile>,
    pub(super) select: &'a [String],
    pub(super) ignore: &'a [String],
}

/// In what the settings of the working tree are looser than the trusted ones; or why they cannot be used, which is
/// no reason to stop: they do not hold in this run.
pub(super) fn looser(
    nearest: Option<&Path>,
    trusted: &Settings,
    of_trusted: &Rulebook,
    choice: Choice<'_>,
) -> Result<Result<Vec<Looser>, String>, Failure> {
    let mut own = catalogue::rulebook()?;
    let mut read = || {
        let mut proposed = nearest.map(Settings::read).transpose()?.unwrap_or_default();
        proposed.add_to(&mut own)?;
        proposed.apply(&mut own, choice.profile, choice.select, choice.ignore);
        Ok(proposed.looser_than(trusted, &own, of_trusted))
    };
    let result: Result<_, botiquette::settings::SettingsError> = read();
    Ok(result.map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned()))
}

/// What `--no-suppressions` leaves in force.
pub(super) fn left_in_force(linter: &Linter) -> Vec<String> {
    let of_all = linter.all_settings().filter(|settings| settings.no_suppressions);
    let mut left: Vec<&str> = Vec::new();
    for key in of_all.flat_map(Settings::left_in_force) {
        if !left.contains(&key) {
            left.push(key);
        }
    }
    if left.is_empty() {
        return Vec::new();
    }
    let left = left.join(", ");
    vec![format!("--no-suppressions leaves {left} of the settings in force; --isolated sets them aside, too")]
}
