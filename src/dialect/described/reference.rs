//! A reference to a setting: where it stands, what its values mean, and what holds where it is not there.

use super::condition::Condition;
use super::template::Template;
use super::way::Way;
use crate::model::parse_duration;

/// What a setting says, or something that is said under conditions.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// The first of these that says something counts.
    pub(super) ways: Vec<Way>,
    /// What is said instead of a setting.
    pub(super) value: Option<Template>,
    pub(super) conditions: Vec<Condition>,
    pub(super) reading: Reading,
    /// What values mean; a star stands for anything, and alone for all others.
    pub(super) words: Vec<(String, Template)>,
    /// Whether other values are taken as they are.
    pub(super) is_open: bool,
    /// The unit of a number that is a time.
    pub(super) unit: Option<String>,
    /// What a number is multiplied with.
    pub(super) times: Option<f64>,
    /// What parts of a text become.
    pub(super) replace: Vec<(String, String)>,
    /// A text around the value, which stands for `{}`.
    pub(super) form: Option<String>,
    /// What holds where nothing is said.
    pub(super) default: Option<Template>,
}

/// Stands for every value that nothing else stands for.
pub(super) const ANY: &str = "*";

/// Whether a text is as it is wanted; a star stands for anything.
pub(super) fn fits(wanted: &str, text: &str) -> bool {
    match wanted.split_once(ANY) {
        None => wanted == text,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| rest.ends_with(after)),
    }
}

/// How a setting is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Reading {
    /// As what it says.
    #[default]
    Value,
    /// Whether it is on: true, above zero, filled in.
    On,
    /// How many items it has.
    Count,
    /// The parts between commas.
    Parts,
}

impl Reading {
    pub(super) const ALL: &'static [(&'static str, Self)] =
        &[("value", Self::Value), ("on", Self::On), ("count", Self::Count), ("parts", Self::Parts)];
}

/// What a value becomes.
#[derive(Clone, Debug)]
pub(super) enum Said<'r> {
    /// A word of the dialect file.
    Word(&'r Template),
    /// A text, or a number.
    Text(String),
    /// What nobody can tell from here.
    Unknown,
    /// A value that is none of the words.
    Refused,
}

impl Reference {
    /// Hands out every way in it.
    pub(super) fn each_way<'s>(&'s self, with: &mut dyn FnMut(&'s Way)) {
        self.ways
            .iter()
            .chain(self.conditions.iter().flat_map(|condition| &condition.any))
            .for_each(&mut *with);
        self.value.iter().chain(&self.default).for_each(|template| template.each_way(with));
    }

    /// What a text, and the number that it may be, means.
    pub(super) fn means(&self, text: &str, number: Option<f64>) -> Said<'_> {
        if !self.words.is_empty() {
            let word = |fold: fn(&str, &str) -> bool| self.words.iter().find(|(word, _)| fold(word, text));
            let known = word(|word, text| word == text)
                .or_else(|| word(|word, text| word.eq_ignore_ascii_case(text)));
            let known = known.or_else(|| word(|word, text| word != ANY && fits(word, text)));
            let known = known.or_else(|| word(|word, _| word == ANY));
            match known {
                Some((_, meaning)) => return Said::Word(meaning),
                None if self.is_open => {}
                None => return Said::Refused,
            }
        }
        let Some(mut said) = self.measured(text, number) else { return Said::Unknown };
        for (part, instead) in &self.replace {
            said = said.replace(part.as_str(), instead);
        }
        match &self.form {
            Some(form) => Said::Text(form.replacen("{}", &said, 1)),
            None => Said::Text(said),
        }
    }

    /// A number multiplied, and with its unit; a time that has a unit already stays as it is.
    fn measured(&self, text: &str, number: Option<f64>) -> Option<String> {
        if self.times.is_none() && self.unit.is_none() {
            return Some(text.to_owned());
        }
        let number = number.map(|number| number * self.times.unwrap_or(1.0));
        match (number.filter(|number| number.is_finite()), &self.unit) {
            (Some(number), Some(unit)) => Some(format!("{number} {unit}")),
            (Some(number), None) => Some(number.to_string()),
            (None, Some(_)) => parse_duration(text).map(|_| text.to_owned()),
            (None, None) => None,
        }
    }
}
