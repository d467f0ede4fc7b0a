//! Puts settings to work before a run: rule files are added, every name is checked, thresholds are set, and
//! rules are switched on or off.

use std::path::PathBuf;

use super::file::{File, Name, Profile, Weight};
use super::overrides::weight_of;
use super::{NO_FILES, Settings};
use crate::mistake::Mistake;
use crate::model::FactKind;
use crate::names::did_you_mean;
use crate::rules::{Rule, RuleFile, Rulebook, rule_files};

/// What lists and tables of rules hold.
const EITHER: &str = "rule or family";

/// So many mistakes of one kind are told; a file with more of them is wrong as a whole.
const MOST_MISTAKES: usize = 100;

impl Settings {
    /// Mistakes that show without the rulebook: numbers, facts, globs.
    pub(super) fn check_values(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for (name, number) in &self.file.assume {
            if !number.is_finite() || *number <= 0.0 {
                mistakes
                    .push(self.mistake(&name.span(), format!("`{}` must be greater than 0", name.get_ref())));
            }
        }
        for (name, level) in &self.file.thresholds {
            let (warning, error) = level.levels();
            if [warning, error].into_iter().flatten().any(|number| !number.is_finite() || number < 0.0) {
                mistakes
                    .push(self.mistake(&name.span(), format!("`{}` must not be negative", name.get_ref())));
            }
        }
        let tables = std::iter::once(&self.file.facts)
            .chain(self.file.accounts.values().map(|account| &account.facts));
        for (name, value) in tables.flatten() {
            let known = FactKind::ALL.iter().map(|kind| kind.name());
            let unknown = fact_names(name.get_ref(), value).filter(|full| FactKind::parse(full).is_none());
            for full in unknown.take(MOST_MISTAKES.saturating_sub(mistakes.len())) {
                let near = did_you_mean(&full, known.clone());
                mistakes.push(self.mistake(&name.span(), format!("unknown fact `{full}`{near}")));
            }
        }
        mistakes.extend(self.check_globs());
        mistakes
    }

    /// Adds the rule files of `[rules] paths`.
    pub(super) fn add_rules(&self, rulebook: &mut Rulebook) -> Vec<Mistake> {
        let Some(first) = self.file.rules.paths.first() else { return Vec::new() };
        let Some(pack) = &self.file.pack else {
            let message = "rules of your own need a name in front: set `pack = \"…\"`";
            return vec![self.mistake(&first.span(), message)];
        };
        if let Err(message) = rulebook.check_pack(pack.get_ref()) {
            return vec![self.mistake(&pack.span(), message)];
        }
        let (files, mut mistakes) = self.named_files(&self.file.rules.paths, "rule");
        mistakes.extend(rulebook.add(pack.get_ref(), &files));
        mistakes
    }

    /// The dialect files of `[dialects] paths`, and what is wrong with the paths.
    pub(crate) fn read_dialect_files(&self) -> (Vec<RuleFile>, Vec<Mistake>) {
        let (mut files, mut mistakes) = (Vec::new(), Vec::new());
        for layer in self.layers() {
            let (found, wrong) = layer.named_files(&layer.file.dialects.paths, "dialect");
            files.extend(found);
            mistakes.extend(wrong);
        }
        (files, mistakes)
    }

    /// The files at these paths, and what is wrong with the paths.
    fn named_files(&self, paths: &[Name], kind: &str) -> (Vec<RuleFile>, Vec<Mistake>) {
        let (mut files, mut mistakes) = (Vec::new(), Vec::new());
        for path in paths {
            let Some(within) = &self.files else {
                mistakes.push(self.mistake(&path.span(), format!("cannot be read: {NO_FILES}")));
                continue;
            };
            match rule_files(&self.folder().join(path.get_ref()), within.as_ref()) {
                Ok(found) if found.is_empty() => {
                    let message = format!("there are no {kind} files (`*.toml`) here");
                    mistakes.push(self.mistake(&path.span(), message));
                }
                Ok(found) => files.extend(found),
                Err(problem) => mistakes.push(self.mistake(&path.span(), problem)),
            }
        }
        (files, mistakes)
    }

    /// The files and folders where rules of one's own are.
    #[must_use]
    pub fn rule_paths(&self) -> Vec<PathBuf> {
        self.named_paths(|file| &file.rules.paths)
    }

    /// The files and folders where dialects of one's own are.
    #[must_use]
    pub fn dialect_paths(&self) -> Vec<PathBuf> {
        self.named_paths(|file| &file.dialects.paths)
    }

    fn named_paths(&self, named: fn(&File) -> &Vec<Name>) -> Vec<PathBuf> {
        let own = |layer: &Self| {
            let paths = named(&layer.file).iter();
            paths.map(|path| layer.folder().join(path.get_ref())).collect::<Vec<_>>()
        };
        self.layers().into_iter().flat_map(own).collect()
    }

    /// The files of one's own dialects, as far as they can be found.
    #[must_use]
    pub fn dialect_files(&self) -> Vec<RuleFile> {
        self.read_dialect_files().0
    }

    /// The files of one's own rules, as far as they can be found.
    #[must_use]
    pub fn rule_files(&self) -> Vec<RuleFile> {
        let own = |layer: &Self| {
            let paths = layer.file.rules.paths.iter().map(|path| layer.folder().join(path.get_ref()));
            paths
                .filter_map(|path| rule_files(&path, layer.files.as_deref()?).ok())
                .flatten()
                .collect::<Vec<_>>()
        };
        self.layers().into_iter().flat_map(own).collect()
    }

    /// Mistakes in the names of rules, families and thresholds.
    pub(super) fn check_names(&self, rulebook: &Rulebook) -> Vec<Mistake> {
        let rules: Vec<&str> = rulebook.rules().iter().map(|rule| rule.name.as_ref()).collect();
        let families = rulebook.rules().iter().map(|rule| rule.family.as_ref());
        let mut either: Vec<&str> = rules.iter().copied().chain(families).collect();
        either.sort_unstable();
        either.dedup();
        let thresholds: Vec<&str> = rulebook.thresholds().iter().map(|(name, _)| name).collect();
        let file = &self.file;
        let mut mistakes = Vec::new();
        let means = |name: &str| rulebook.rules().iter().any(|rule| rule.is_called(name));
        let mut check = |what: &str, name: &Name, known: &[&str]| {
            let said = name.get_ref();
            let is_known = known.contains(&said.as_str()) || (what == EITHER && means(said));
            if mistakes.len() < MOST_MISTAKES && !is_known {
                let near = did_you_mean(said, known.iter().copied());
                mistakes.push(self.mistake(&name.span(), format!("unknown {what} `{said}`{near}")));
            }
        };
        let lists = file.overrides.iter().flat_map(|part| part.select.iter().chain(&part.ignore));
        let weighed = file.severity.keys().chain(file.overrides.iter().flat_map(|part| part.severity.keys()));
        for name in file.select.iter().chain(&file.ignore).chain(lists).chain(weighed) {
            check(EITHER, name, &either);
        }
        for name in file.suppressions.iter().map(|exempt| &exempt.get_ref().rule) {
            check("rule", name, &rules);
        }
        for name in file.thresholds.keys() {
            check("threshold", name, &thresholds);
        }
        let assumptions: Vec<&str> = rulebook.assumptions().iter().map(|(name, _)| name).collect();
        for name in file.assume.keys() {
            check("assumption", name, &assumptions);
        }
        mistakes.extend(self.check_shares(rulebook));
        mistakes
    }

    /// Assumed shares above one.
    fn check_shares(&self, rulebook: &Rulebook) -> Vec<Mistake> {
        let is_share = |name: &str| rulebook.assumptions().get(name).is_some_and(|known| known.is_share);
        let above =
            self.file.assume.iter().filter(|(name, number)| **number > 1.0 && is_share(name.get_ref()));
        above
            .map(|(name, _)| {
                let message = format!("`{}` is a share and must not be greater than 1", name.get_ref());
                self.mistake(&name.span(), message)
            })
            .collect()
    }

    /// Sets thresholds, the profile's, then those of the file, and what is assumed about people.
    pub(super) fn tune(&self, rulebook: &mut Rulebook) {
        if self.profile() == Profile::Strict {
            rulebook.thresholds_mut().make_strict();
        }
        for layer in self.layers() {
            for (name, number) in &layer.file.assume {
                rulebook.assumptions_mut().set(name.get_ref(), *number);
            }
            for (name, level) in &layer.file.thresholds {
                let (warning, error) = level.levels();
                rulebook.thresholds_mut().set(name.get_ref(), warning, error);
            }
        }
    }

    /// Switches rules on and off.
    pub(super) fn choose(&self, rulebook: &mut Rulebook, select: &[String], ignore: &[String]) {
        let of_file = |list: &[Name]| list.iter().map(|name| name.get_ref().clone()).collect::<Vec<_>>();
        let nearest = || self.nearest(|file| (!file.select.is_empty()).then(|| of_file(&file.select)));
        let mut select = select.to_vec();
        let mut ignore = ignore.to_vec();
        // Auditors see what the file leaves out.
        if !self.no_suppressions {
            if select.is_empty() {
                select = nearest().unwrap_or_default();
            }
            ignore.extend(self.layers().iter().flat_map(|layer| of_file(&layer.file.ignore)));
        }
        let off = |rule: &Rule| {
            let weight = |file: &File| weight_of(&file.severity, &rule.name, &rule.family);
            !self.no_suppressions && self.nearest(weight) == Some(Weight::Off)
        };
        rulebook.retain(|rule| {
            (select.is_empty() || rule.is_one_of(&select)) && !rule.is_one_of(&ignore) && !off(rule)
        });
    }
}

/// The full names of a fact as the model has them: `replies = { within = … }` is `replies.within`.
pub(super) fn fact_names<'n>(name: &'n str, value: &'n toml::Value) -> Box<dyn Iterator<Item = String> + 'n> {
    match value {
        toml::Value::Table(table) => Box::new(table.keys().map(move |inner| format!("{name}.{inner}"))),
        _ => Box::new(std::iter::once(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn prepare(text: &str) -> Result<Rulebook, String> {
        let mut rulebook = Rulebook::built_in().unwrap();
        let mut settings = Settings::parse(&PathBuf::from("botiquette.toml"), text.to_owned())
            .map_err(|error| error.to_string())?;
        settings.add_to(&mut rulebook).map_err(|error| error.to_string())?;
        settings.apply(&mut rulebook, None, &[], &[]);
        Ok(rulebook)
    }

    #[test]
    fn every_mistake_is_told_at_its_place_with_the_nearest_name() {
        for (text, message) in [
            ("profil = \"strict\"", "1:1: unknown key `profil`; did you mean `profile`?"),
            ("profile = \"strikt\"", "1:11: unknown word `strikt`; did you mean `strict`?"),
            (
                "ignore = [\n  \"follow-ratchett\",\n]",
                "2:3: unknown rule or family `follow-ratchett`; did you mean `follow-ratchet`?",
            ),
            (
                "[thresholds]\nfollows-a-day = 3",
                "2:1: unknown threshold `follows-a-day`; did you mean `follows-per-day`?",
            ),
            ("[severity]\nfollow-churn = \"of\"", "2:16: unknown word `of`; did you mean `off`?"),
            (
                "[severity]\nfollow-chrun = \"off\"",
                "2:1: unknown rule or family `follow-chrun`; did you mean `follow-churn`?",
            ),
            (
                "[facts]\nreplies = { whitin = 1 }",
                "2:1: unknown fact `replies.whitin`; did you mean `replies.within`?",
            ),
            ("[assume]\nfollow-back = 0", "2:1: `follow-back` must be greater than 0"),
            ("[assume]\nfollow-back = 1.5", "2:1: `follow-back` is a share and must not be greater than 1"),
            ("[assume]\nanswers = 0.5", "2:1: unknown assumption `answers`; did you mean `answer`?"),
            ("[[overrides]]\npaths = [\"a{b\"]", "2:10: this pattern cannot be used"),
            ("[rules]\npaths = [\"rules\"]", "2:10: rules of your own need a name in front"),
            ("select = [1", "1:12: "),
            ("exclude = [\"a{b\"]", "1:12: this pattern cannot be used"),
            ("exclud = [\"a\"]", "1:1: unknown key `exclud`; did you mean `exclude`?"),
            (
                "[[suppressions]]\npath = \"a\"\nrule = \"folow-churn\"",
                "3:8: unknown rule `folow-churn`; did you mean `follow-churn`?",
            ),
            ("[[suppressions]]\nrule = \"follow-churn\"", "1:1: `path` is missing"),
        ] {
            let error = prepare(text).unwrap_err();
            assert!(
                error.starts_with(&format!("botiquette.toml:{message}")),
                "{text}\n{error}\nwanted {message}"
            );
        }
    }

    #[test]
    fn rules_and_thresholds_are_set() {
        let rulebook = prepare("profile = \"strict\"\nselect = [\"follow\"]\nignore = [\"follow-churn\"]\n[thresholds]\nfollows-per-day = { warning = 3 }\ndms-per-day = 99\n[severity]\nauto-follow-back = \"off\"").unwrap();
        let names: Vec<_> = rulebook.enabled().map(|rule| rule.name.as_ref()).collect();
        assert!(
            names.contains(&"follow-ratchet")
                && names
                    .iter()
                    .all(|name| !["follow-churn", "auto-follow-back", "post-flood"].contains(name)),
            "{names:?}"
        );
        let threshold = |name| {
            let threshold = rulebook.thresholds().get(name).unwrap();
            (threshold.warning, threshold.error)
        };
        assert_eq!(threshold("follows-per-day"), (3.0, Some(100.0)));
        assert_eq!(threshold("dms-per-day"), (99.0, Some(99.0)));
        assert_eq!(threshold("posts-per-day").0, 5.0);
    }
}
