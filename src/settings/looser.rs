//! What proposed settings would find less than trusted ones: rules that no longer run, lower severities, other
//! numbers, more exceptions. Compares what is written, so that it also speaks where nothing is found today.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;

use super::Settings;
use super::file::{FailOn, Name, Override, Profile, Weight};
use super::overrides::weight_of;
use crate::rules::{Rule, Rulebook};

/// One way in which proposed settings are looser, and where they say so.
#[derive(Clone, Debug)]
pub struct Looser {
    /// The settings file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// The place in it; empty at its beginning where no single place says it.
    pub at: Range<usize>,
    /// What: a phrase.
    pub what: String,
}

/// More names in one phrase are counted.
const MOST_NAMES: usize = 8;

impl Settings {
    /// What these settings, as proposed, would find less than trusted ones. Each comes with the rulebook that it
    /// has prepared.
    #[must_use]
    pub fn looser_than(&self, trusted: &Self, own: &Rulebook, of_trusted: &Rulebook) -> Vec<Looser> {
        let mut found = Found { settings: self, all: Vec::new() };
        rules(&mut found, trusted, own, of_trusted);
        dialects(&mut found, trusted);
        severities(&mut found, trusted, of_trusted);
        numbers(&mut found, own, of_trusted);
        whole_run(&mut found, trusted);
        lists(&mut found, trusted);
        facts(&mut found, trusted);
        baseline(&mut found, trusted);
        found.all
    }
}

struct Found<'s> {
    settings: &'s Settings,
    all: Vec<Looser>,
}

impl Found<'_> {
    /// Notes something that no single place says.
    fn say(&mut self, what: String) {
        self.say_at(self.settings, 0..0, what);
    }

    fn say_at(&mut self, layer: &Settings, at: Range<usize>, what: String) {
        let path = layer.path.clone().unwrap_or_else(|| PathBuf::from(super::FILE_NAME));
        self.all.push(Looser { path, text: layer.text.clone(), at, what });
    }
}

/// Rules that no longer run, and rules of one's own that are written otherwise.
fn rules(found: &mut Found<'_>, trusted: &Settings, own: &Rulebook, of_trusted: &Rulebook) {
    let off: Vec<&str> = of_trusted
        .enabled()
        .map(|rule| rule.name.as_ref())
        .filter(|name| own.active(name).is_none())
        .collect();
    if !off.is_empty() {
        found.say(format!("no longer run: {}", counted(&off)));
    }
    let texts = |settings: &Settings| -> BTreeMap<String, String> {
        settings.rule_files().into_iter().map(|file| (file.stem(), file.text.replace("\r\n", "\n"))).collect()
    };
    let (before, now) = (texts(trusted), texts(found.settings));
    let changed = |name: &&String| now.get(*name).is_some_and(|text| before.get(*name) != Some(text));
    let names: Vec<&str> = before.keys().filter(changed).map(String::as_str).collect();
    if !names.is_empty() {
        found.say(format!("rules of your own that are written otherwise: {}", counted(&names)));
    }
}

/// Dialects of one's own: who says how files are read can have them read as harmless, with a new dialect, too.
fn dialects(found: &mut Found<'_>, trusted: &Settings) {
    let texts = |settings: &Settings| -> BTreeMap<String, String> {
        let files = settings.dialect_files().into_iter();
        files.map(|file| (file.stem(), file.text.replace("\r\n", "\n"))).collect()
    };
    let (before, now) = (texts(trusted), texts(found.settings));
    let all: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let names: Vec<&str> =
        all.into_iter().filter(|name| before.get(*name) != now.get(*name)).map(String::as_str).collect();
    if !names.is_empty() {
        found.say(format!("dialects of your own that are written otherwise: {}", counted(&names)));
    }
}

/// Lower severities than the trusted settings have, or, where they say none, the rule itself.
fn severities(found: &mut Found<'_>, trusted: &Settings, of_trusted: &Rulebook) {
    let lowered = |rule: &Rule| {
        let severity =
            |settings: &Settings| settings.weight(rule).map_or(Some(rule.severity), Weight::severity);
        severity(found.settings) < severity(trusted)
    };
    let mut lowered: Vec<&Rule> = of_trusted.rules().iter().filter(|rule| lowered(rule)).collect();
    // Told where they are named; a family may be named for many.
    for layer in found.settings.layers() {
        for name in layer.file.severity.keys() {
            let (here, elsewhere): (Vec<_>, Vec<_>) =
                lowered.into_iter().partition(|rule| rule.is_called(name.get_ref()));
            lowered = elsewhere;
            if !here.is_empty() {
                found.say_at(layer, name.span(), format!("`{}` weighs less", name.get_ref()));
            }
        }
    }
    for rule in lowered {
        found.say(format!("`{}` weighs less", rule.name));
    }
}

/// Numbers that rules compare with, and what is assumed about people. Which way is looser differs, so any change
/// is told.
fn numbers(found: &mut Found<'_>, own: &Rulebook, of_trusted: &Rulebook) {
    let level = |number: Option<f64>| number.map_or_else(|| "none".to_owned(), |number| number.to_string());
    for (name, before) in of_trusted.thresholds().iter() {
        let Some(now) = own.thresholds().get(name) else { continue };
        if (now.warning, now.error) != (before.warning, before.error) {
            let levels = |warning, error| format!("{} and {}", level(Some(warning)), level(error));
            let (now, before) = (levels(now.warning, now.error), levels(before.warning, before.error));
            found.say(format!("the threshold `{name}` (warning and error) is {now}, no longer {before}"));
        }
    }
    for (name, before) in of_trusted.assumptions().iter() {
        let Some(now) = own.assumptions().get(name).filter(|now| now.value != before.value) else { continue };
        found.say(format!("`{name}` is assumed to be {}, no longer {}", now.value, before.value));
    }
}

/// What holds for the run as a whole.
fn whole_run(found: &mut Found<'_>, trusted: &Settings) {
    // Nothing is laxer than a run that never fails.
    let rank = |level: Option<FailOn>| {
        let level = level.unwrap_or(FailOn::Error).severity();
        (level.is_none(), level)
    };
    if rank(found.settings.fail_on()) > rank(trusted.fail_on()) {
        found.say("`fail-on` lets more pass".to_owned());
    }
    let (before, now) = (trusted.profile(), found.settings.profile());
    if now != before && now != Profile::Strict {
        found.say(format!("the profile is {now:?}, no longer {before:?}").to_lowercase());
    }
}

/// Lists that only grow: files left out, exceptions, settings for some files.
fn lists(found: &mut Found<'_>, trusted: &Settings) {
    let settings = found.settings;
    let excluded = |layer: &Settings| layer.file.exclude.clone();
    let before: Vec<Name> = trusted.layers().into_iter().flat_map(excluded).collect();
    let suppressed = |layer: &Settings| {
        let all = layer.file.suppressions.iter();
        all.map(|one| Settings::key_of(one.get_ref())).collect::<Vec<_>>()
    };
    let silent: Vec<_> = trusted.layers().into_iter().flat_map(suppressed).collect();
    let weighed: Vec<&Override> =
        trusted.layers().into_iter().flat_map(|layer| &layer.file.overrides).collect();
    for layer in settings.layers() {
        for pattern in layer.file.exclude.iter().filter(|pattern| !before.contains(pattern)) {
            found.say_at(layer, pattern.span(), format!("`{}` is excluded", pattern.get_ref()));
        }
        for one in &layer.file.suppressions {
            if !silent.contains(&Settings::key_of(one.get_ref())) {
                let (rule, path) = (one.get_ref().rule.get_ref(), one.get_ref().path.get_ref());
                found.say_at(layer, one.span(), format!("`{rule}` is suppressed in `{path}`"));
            }
        }
        for part in layer.file.overrides.iter().filter(|part| !weighed.contains(part)) {
            let at = part.paths.first().map_or(0..0, Name::span);
            found.say_at(layer, at, "other settings for some files".to_owned());
        }
    }
}

/// Facts meet rules about what is missing.
fn facts(found: &mut Found<'_>, trusted: &Settings) {
    let words = |name: &Name, value: &toml::Value| format!("{} = {value}", name.get_ref());
    let all = |layer: &Settings| {
        let of_accounts = layer.file.accounts.iter().flat_map(|(account, own)| {
            own.facts
                .iter()
                .map(move |(name, value)| format!("{}: {}", account.get_ref(), words(name, value)))
        });
        let of_all = layer.file.facts.iter().map(|(name, value)| words(name, value));
        of_accounts.chain(of_all).collect::<Vec<_>>()
    };
    let before: Vec<String> = trusted.layers().into_iter().flat_map(all).collect();
    for layer in found.settings.layers() {
        for (name, value) in &layer.file.facts {
            if !before.contains(&words(name, value)) {
                found.say_at(
                    layer,
                    name.span(),
                    format!("`{}` is stated about every account", name.get_ref()),
                );
            }
        }
        for (account, own) in &layer.file.accounts {
            for (name, value) in &own.facts {
                if !before.contains(&format!("{}: {}", account.get_ref(), words(name, value))) {
                    let what = format!("`{}` is stated about `{}`", name.get_ref(), account.get_ref());
                    found.say_at(layer, name.span(), what);
                }
            }
        }
    }
}

/// Findings that were not in the baseline before.
fn baseline(found: &mut Found<'_>, trusted: &Settings) {
    let Ok(Some(now)) = found.settings.baseline() else { return };
    let more = match trusted.baseline() {
        Ok(Some(before)) => now.without(&before).len(),
        _ => now.len(),
    };
    if more > 0 {
        found.say(format!("the baseline holds more findings than before: {more}"));
    }
}

fn counted(names: &[&str]) -> String {
    let shown: Vec<&str> = names.iter().copied().take(MOST_NAMES).collect();
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

impl Settings {
    /// The severity that the nearest file gives to a rule.
    fn weight(&self, rule: &Rule) -> Option<Weight> {
        self.nearest(|file| weight_of(&file.severity, &rule.name, &rule.family))
    }

    /// What an exception silences, whatever its reason.
    fn key_of(exempt: &super::file::Exempt) -> (String, String, Option<String>) {
        (exempt.path.get_ref().clone(), exempt.rule.get_ref().clone(), exempt.automation.clone())
    }
}
