//! `exclude`: files that a search leaves out, as patterns of `.gitignore`, each relative to its settings file.

use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::Gitignore;

use super::Settings;
use super::overrides::{globs, patterns_of};
use crate::fs::plain;

/// Why a file that a search finds is left out.
pub const EXCLUDED: &str = "excluded by the settings";

/// Why an input is left out. Whoever asked for that is not told that nothing was linted.
pub const EXCLUDED_INPUT: &str = "an input, but excluded by the settings";

/// The patterns of a run.
#[derive(Debug, Default)]
pub struct Excluded {
    /// Folder and patterns of each settings file, what is extended first.
    patterns: Vec<(PathBuf, Gitignore)>,
    /// Whether they also hold for files that the user names.
    force: bool,
}

/// Whether a pattern can be used.
#[must_use]
pub fn is_pattern(text: &str) -> bool {
    patterns_of(std::iter::once(text)).is_some()
}

impl Settings {
    /// The files that a search leaves out.
    #[must_use]
    pub fn excluded(&self) -> Excluded {
        let layers = self.layers();
        let with = layers.iter().filter(|layer| !self.no_suppressions && !layer.file.exclude.is_empty());
        let patterns = with.filter_map(|layer| Some((plain(&layer.folder())?, globs(&layer.file.exclude)?)));
        let mut patterns: Vec<_> = patterns.collect();
        let own = self.also_exclude.iter().map(String::as_str);
        patterns.extend(plain(Path::new("")).zip(patterns_of(own).filter(|own| !own.is_empty())));
        Excluded { patterns, force: self.force_exclude }
    }
}

impl Excluded {
    /// Why a file is left out, if it is. Whoever names a file wants it, unless the run says otherwise.
    #[must_use]
    pub fn because(&self, path: &Path, named: bool) -> Option<&'static str> {
        let can_be = !named || self.force;
        (can_be && self.holds(path)).then_some(if named { EXCLUDED_INPUT } else { EXCLUDED })
    }

    /// Whether the file is left out: the last pattern that fits decides.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        if self.patterns.is_empty() {
            return false;
        }
        let Some(path) = plain(path) else { return false };
        let mut patterns = self.patterns.iter().rev();
        let found = patterns.find_map(|(folder, globs)| {
            let below = path.strip_prefix(folder).ok()?;
            match globs.matched_path_or_any_parents(below, false) {
                Match::None => None,
                Match::Ignore(_) => Some(true),
                Match::Whitelist(_) => Some(false),
            }
        });
        found.unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_relative_to_the_settings_and_the_last_one_decides() {
        let text = "exclude = [\"drafts/\", \"*.example.yaml\", \"/only-here.yaml\", \"!keep.example.yaml\"]";
        let settings = Settings::parse(Path::new("conf/botiquette.toml"), text.to_owned()).unwrap();
        let excluded = settings.excluded();
        for (path, expected) in [
            ("conf/drafts/a.yaml", true),
            ("conf/deep/drafts/b/a.yaml", true),
            ("conf/bots/../drafts/a.yaml", true),
            ("drafts/a.yaml", false),
            ("conf/bot.example.yaml", true),
            ("conf/keep.example.yaml", false),
            ("conf/only-here.yaml", true),
            ("conf/deep/only-here.yaml", false),
            ("conf/bot.yaml", false),
        ] {
            assert_eq!(excluded.holds(Path::new(path)), expected, "{path}");
        }
    }
}
