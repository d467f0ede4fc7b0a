//! Which act causes which event: the induction table of `rules/effects.toml`, read once.

use std::sync::OnceLock;

use super::network::{Kind, Via};
use crate::model::{Event, Verb};
use crate::names::did_you_mean;
use crate::rules::{Problem, Value, embedded};

/// One row: what an act causes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Effect {
    /// The acts.
    pub(super) acts: Vec<Verb>,
    /// The events that one act causes.
    pub(super) events: Vec<Event>,
    /// Where the event arrives.
    pub(super) at: Place,
    /// Who completes it.
    pub(super) by: Completion,
    /// The assumption that holds the chance with people; certain where there is none.
    pub(super) share: Option<String>,
    /// Whether the chance is that it does *not* happen.
    pub(super) complement: bool,
    /// The assumption that holds how many events one act causes; one where there is none.
    pub(super) times: Option<String>,
    /// A condition on the act.
    pub(super) only: Option<Only>,
    /// What goes round.
    pub(super) kind: Kind,
}

/// Where an event arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At the account that acts.
    Us,
    /// At the account that is reached, if it is one of ours.
    Them,
    /// Where the act is published.
    Published,
}

/// Who completes a hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Completion {
    /// People by chance, automatic peers always.
    Peers,
    /// People only.
    People,
    /// The platform.
    Platform,
    /// Nobody else is needed.
    Ourselves,
}

/// A condition on an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Only {
    /// It is public and names a person.
    NamesSomebody,
    /// The account works in an issue tracker.
    Tracker,
    /// The automation that is set off does the same again.
    Retry,
}

impl Effect {
    /// The ways in which the hop is completed.
    #[must_use]
    pub(super) const fn ways(&self) -> &'static [Via] {
        match self.by {
            Completion::Peers => &[Via::Person, Via::Bot],
            Completion::People => &[Via::Person],
            Completion::Platform => &[Via::Platform],
            Completion::Ourselves => &[Via::Ourselves],
        }
    }
}

/// All effects, in the order of the table. A broken table is our bug; a test reads it.
pub(super) fn effects() -> &'static [Effect] {
    static EFFECTS: OnceLock<Vec<Effect>> = OnceLock::new();
    EFFECTS.get_or_init(|| load().unwrap_or_default())
}

fn load() -> Result<Vec<Effect>, Problem> {
    let rows = embedded("effects.toml").and_then(|table| table.get("effect")).and_then(Value::items);
    rows.unwrap_or(&[]).iter().map(effect).collect()
}

fn effect(row: &Value) -> Result<Effect, Problem> {
    let verbs = Verb::ALL.iter().map(|verb| verb.name());
    let events = Event::ALL.iter().map(|event| event.name());
    let text = |key: &str| row.get(key).and_then(Value::text).map(ToString::to_string);
    Ok(Effect {
        acts: words(row, "acts", "act", Verb::parse, verbs)?,
        events: words(row, "event", "event", Event::parse, events)?,
        at: word(row, "at", PLACES)?.ok_or_else(|| Problem::new(row.span, "an effect needs `at`"))?,
        by: word(row, "by", COMPLETIONS)?.ok_or_else(|| Problem::new(row.span, "an effect needs `by`"))?,
        share: text("share"),
        complement: row.get("complement").is_some_and(Value::is_true),
        times: text("events"),
        only: word(row, "only", CONDITIONS)?,
        kind: word(row, "kind", KINDS)?.ok_or_else(|| Problem::new(row.span, "an effect needs `kind`"))?,
    })
}

const PLACES: &[(&str, Place)] = &[("us", Place::Us), ("them", Place::Them), ("place", Place::Published)];
const COMPLETIONS: &[(&str, Completion)] = &[
    ("peers", Completion::Peers),
    ("people", Completion::People),
    ("platform", Completion::Platform),
    ("ourselves", Completion::Ourselves),
];
const CONDITIONS: &[(&str, Only)] =
    &[("names-somebody", Only::NamesSomebody), ("tracker", Only::Tracker), ("retry", Only::Retry)];
const KINDS: &[(&str, Kind)] = &[
    ("conversation", Kind::Conversation),
    ("recruitment", Kind::Recruitment),
    ("echo", Kind::Echo),
    ("state", Kind::State),
];

/// One of a few words; none where the key is missing.
fn word<T: Copy>(row: &Value, key: &str, known: &[(&str, T)]) -> Result<Option<T>, Problem> {
    let Some(value) = row.get(key) else { return Ok(None) };
    let text = value.text().map(AsRef::as_ref).unwrap_or_default();
    let found = known.iter().find(|(name, _)| *name == text);
    found.map(|(_, meaning)| Some(*meaning)).ok_or_else(|| {
        Problem::new(
            value.span,
            format!("unknown word `{text}`{}", did_you_mean(text, known.iter().map(|(name, _)| *name))),
        )
    })
}

/// A list of words of the model.
fn words<T>(
    row: &Value,
    key: &str,
    what: &str,
    parse: fn(&str) -> Option<T>,
    known: impl Iterator<Item = &'static str> + Clone,
) -> Result<Vec<T>, Problem> {
    let items = row.get(key).and_then(Value::items);
    let items = items.ok_or_else(|| Problem::new(row.span, format!("an effect needs a list `{key}`")))?;
    let word = |item: &Value| {
        let text = item.text().map(AsRef::as_ref).unwrap_or_default();
        parse(text).ok_or_else(|| Problem::unknown(item.span, what, text, known.clone()))
    };
    items.iter().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::super::assumptions::Assumptions;
    use super::*;

    #[test]
    fn the_table_is_sound() {
        let assumptions = Assumptions::built_in().unwrap();
        let effects = load().unwrap();
        assert!(effects.len() > 20);
        for effect in &effects {
            for name in effect.share.iter().chain(&effect.times) {
                assert!(assumptions.get(name).is_some(), "{name} is assumed nowhere");
            }
        }
    }
}
