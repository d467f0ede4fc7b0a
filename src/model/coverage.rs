//! How much of a file was understood: how many of its settings, and which were not, so that silence is not taken for
//! approval. A setting is an entry that holds a value; sections count through what stands in them.

use super::Site;
use crate::source::FileId;

/// What became of an entry. Of several readings, behind aliases, the last of this order counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Nothing was made of it.
    Unknown,
    /// It is part of what was understood, be it that nothing is done.
    Used,
    /// It reaches nobody: logging, storage, networks.
    Clutter,
}

/// What was made of the settings of one file.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// The file.
    pub file: FileId,
    /// How many settings were understood.
    pub used: usize,
    /// How many reach nobody.
    pub clutter: usize,
    /// The settings of which nothing was made, in the order of the file.
    pub unknown: Vec<Unread>,
    /// Sections in which such settings stand. Each is named once, however many settings it has.
    sections: Vec<(Option<usize>, String)>,
}

/// A setting of which nothing was made.
#[derive(Clone, Debug)]
pub struct Unread {
    /// Its key.
    key: String,
    /// The number of its section.
    within: Option<usize>,
    /// Where the key stands.
    pub site: Site,
}

/// Longer keys are cut when they are shown, and of deep paths the inner end is shown: a file may hold anything.
const WIDEST_KEY: usize = 60;
const DEEPEST_PATH: usize = 6;

impl Coverage {
    /// Nothing yet of this file.
    #[must_use]
    pub fn of(file: FileId) -> Self {
        Self { file, ..Self::default() }
    }

    /// How many settings there are, apart from those that reach nobody.
    #[must_use]
    pub fn settings(&self) -> usize {
        self.used + self.unknown.len()
    }

    /// Adds a section; returns its number.
    pub fn section(&mut self, within: Option<usize>, key: &str) -> usize {
        self.sections.push((within, key.to_owned()));
        self.sections.len() - 1
    }

    /// Adds a setting.
    pub fn add(&mut self, what: Use, key: &str, within: Option<usize>, site: Site) {
        match what {
            Use::Used => self.used += 1,
            Use::Clutter => self.clutter += 1,
            Use::Unknown => self.unknown.push(Unread { key: key.to_owned(), within, site }),
        }
    }

    /// The keys that lead to a setting, with points between them.
    #[must_use]
    pub fn path(&self, unread: &Unread) -> String {
        let mut keys = vec![shortened(&unread.key)];
        let mut next = unread.within;
        while let Some((within, key)) = next.and_then(|number| self.sections.get(number)) {
            if keys.len() >= DEEPEST_PATH {
                keys.push("…".to_owned());
                break;
            }
            keys.push(shortened(key));
            // Sections are added from outside to inside; so the way out ends.
            next = within.filter(|within| next.is_some_and(|number| *within < number));
        }
        keys.reverse();
        keys.join(".")
    }

    /// What was not understood, by its path, the shortest first.
    #[must_use]
    pub fn shortest_first(&self) -> Vec<(String, Site)> {
        let mut paths: Vec<_> = self.unknown.iter().map(|unread| (self.path(unread), unread.site)).collect();
        paths.sort_by_cached_key(|(path, site)| (path.chars().count(), *site));
        paths
    }

    /// Hands out every key.
    pub(super) fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.unknown.iter_mut().for_each(|unread| change(&mut unread.key));
        self.sections.iter_mut().for_each(|(_, key)| change(key));
    }
}

fn shortened(key: &str) -> String {
    match key.char_indices().nth(WIDEST_KEY) {
        Some((end, _)) => format!("{}…", key.get(..end).unwrap_or_default()),
        None => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_short_and_sorted_by_length() {
        let mut coverage = Coverage::default();
        let outer = coverage.section(None, "outer");
        let inner = coverage.section(Some(outer), &"x".repeat(100));
        coverage.add(Use::Unknown, "deep", Some(inner), Site::default());
        coverage.add(Use::Unknown, "flat", None, Site::default());
        coverage.add(Use::Used, "known", None, Site::default());
        coverage.add(Use::Clutter, "log", None, Site::default());
        let paths: Vec<String> = coverage.shortest_first().into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["flat".to_owned(), format!("outer.{}….deep", "x".repeat(60))]);
        assert_eq!((coverage.used, coverage.settings(), coverage.clutter), (1, 3, 1));
    }

    #[test]
    fn of_a_deep_path_the_inner_end_is_shown() {
        let mut coverage = Coverage::default();
        let mut within = None;
        for number in 0..20 {
            within = Some(coverage.section(within, &format!("s{number}")));
        }
        coverage.add(Use::Unknown, "key", within, Site::default());
        assert_eq!(coverage.shortest_first()[0].0, "….s15.s16.s17.s18.s19.key");
    }
}
