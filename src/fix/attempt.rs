//! Turns a rule's way to fix a finding into edits of bytes: one attempt after the other, beginning with the one that
//! removes least.

use std::collections::BTreeMap;

use super::edit::{Edit, applied, ordered};
use super::insert::{Wish, insert};
use super::remove::remove;
use super::set::set;
use super::value::{days, given, instead, turned};
use crate::dialect::{Removal, removal, state_paths};
use crate::model::Site;
use crate::names::is_slip;
use crate::rules::{Recipe, Step};
use crate::source::{FileId, Place, Span};
use crate::syntax::{Change, Given, Kind, Parsed, Role, Slot, Syntax, parse, says_the_same_but};

/// A file whose text can be edited.
pub(super) struct Text<'t> {
    pub(super) text: &'t str,
    pub(super) syntax: Syntax,
    pub(super) parsed: Parsed<'t>,
    pub(super) dialect: &'static str,
}

/// The files of a run that can be edited.
pub(super) type Texts<'t> = BTreeMap<FileId, Text<'t>>;

/// An edit of every file that a fix changes. Each says what it said, but for what was meant.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempt<'t> {
    pub(super) files: BTreeMap<FileId, Made<'t>>,
}

/// What is made of one file.
#[derive(Clone, Debug)]
pub(super) struct Made<'t> {
    /// In order, none touching another.
    pub(super) edits: Vec<Edit>,
    changes: Vec<Change<'t>>,
    /// The text that comes of it.
    pub(super) text: String,
}

impl<'t> Made<'t> {
    /// None where the text would say anything else than it did and should.
    fn of(text: &'t Text<'t>, edits: Vec<Edit>, changes: Vec<Change<'t>>) -> Option<Self> {
        let edits = ordered(edits)?;
        let new = applied(text.text, edits.iter().map(|edit| (edit.span, edit.text.as_str())))?;
        let after = parse(&new, text.syntax);
        let is_meant = after.errors.is_empty() && says_the_same_but(&text.parsed.tree, &after.tree, &changes);
        (is_meant && !edits.is_empty()).then_some(Self { edits, changes, text: new })
    }
}

impl<'t> Attempt<'t> {
    /// Both at once; none where one gets into the other's way.
    pub(super) fn with(&self, other: &Self, texts: &'t Texts<'t>) -> Option<Self> {
        let mut both = self.clone();
        for (file, more) in &other.files {
            let made = match both.files.remove(file) {
                None => more.clone(),
                Some(made) => {
                    let edits = made.edits.into_iter().chain(more.edits.iter().cloned()).collect();
                    let changes = made.changes.into_iter().chain(more.changes.iter().cloned()).collect();
                    Made::of(texts.get(file)?, edits, changes)?
                }
            };
            both.files.insert(*file, made);
        }
        Some(both)
    }

    /// Whether it does the same to the same bytes.
    fn is(&self, other: &Self) -> bool {
        let edits = |attempt: &Self| -> Vec<(FileId, Vec<Edit>)> {
            attempt.files.iter().map(|(file, made)| (*file, made.edits.clone())).collect()
        };
        edits(self) == edits(other)
    }
}

/// So far an attempt goes outward from what is to be removed, until nothing is left half.
const WIDEST: usize = 4;

/// So many ways of a format to say the same are tried.
const MOST_WAYS: usize = 2;

/// The attempts of a recipe, the smallest first, each of another effect.
pub(super) fn attempts<'t>(recipe: &Recipe, texts: &'t Texts<'t>) -> Vec<Attempt<'t>> {
    let removes = recipe.steps.iter().any(|step| matches!(step, Step::Remove { .. }));
    let adds = recipe.steps.iter().any(|step| matches!(step, Step::Add { .. }));
    let count = if removes {
        WIDEST
    } else if adds {
        MOST_WAYS
    } else {
        1
    };
    let mut attempts: Vec<Attempt<'t>> = Vec::new();
    for number in 0..count {
        if let Some(attempt) = attempt(recipe, texts, number) {
            let is_new = !attempts.iter().any(|known| known.is(&attempt));
            attempts.extend(is_new.then_some(attempt));
        }
    }
    attempts
}

/// What one file gets.
#[derive(Default)]
struct Planned<'t> {
    removed: Vec<Slot<'t>>,
    edits: Vec<Edit>,
    changes: Vec<Change<'t>>,
    wishes: Vec<Wish<'t>>,
}

fn attempt<'t>(recipe: &Recipe, texts: &'t Texts<'t>, number: usize) -> Option<Attempt<'t>> {
    let mut planned: BTreeMap<FileId, Planned<'t>> = BTreeMap::new();
    for step in &recipe.steps {
        let file = step.place().file;
        plan(step, texts.get(&file)?, number, planned.entry(file).or_default())?;
    }
    let mut files = BTreeMap::new();
    for (file, planned) in planned {
        let text = texts.get(&file)?;
        files.insert(file, planned.done(text)?);
    }
    Some(Attempt { files })
}

impl Step {
    fn place(&self) -> Place {
        match self {
            Self::Remove { site, .. } | Self::Set { site, .. } | Self::Add { anchor: site, .. } => site.used,
            Self::RemoveHere { place } | Self::Repetition { place } => *place,
            Self::Name { place, .. } | Self::Days { place, .. } => *place,
        }
    }
}

impl<'t> Planned<'t> {
    fn does(&mut self, (edit, change): (Edit, Change<'t>)) {
        self.edits.push(edit);
        self.changes.push(change);
    }

    fn done(mut self, text: &'t Text<'t>) -> Option<Made<'t>> {
        let removed = std::mem::take(&mut self.removed);
        let outermost =
            |slot: &&Slot<'t>| !removed.iter().any(|other| !slot.is(*other) && slot.is_within(*other));
        let outermost: Vec<Slot<'t>> = removed.iter().filter(outermost).copied().collect();
        let (edits, changes) = remove(&outermost)?;
        self.edits.extend(edits);
        self.changes.extend(changes);
        let (edits, changes) = insert(&self.wishes)?;
        self.edits.extend(edits);
        self.changes.extend(changes);
        Made::of(text, self.edits, self.changes)
    }
}

fn plan<'t>(step: &Step, text: &'t Text<'t>, number: usize, planned: &mut Planned<'t>) -> Option<()> {
    let at = |span: Span| text.parsed.tree.slot_at(span);
    match step {
        Step::Remove { site, automation, whole } => {
            let slot = direct(*site).and_then(at)?;
            if let Some((edit, change)) = switched_off(slot, text.dialect) {
                (number == 0).then(|| planned.does((edit, change)))?;
                return Some(());
            }
            let around = automation.and_then(direct).and_then(at);
            let slot = widened(slot, around, *whole, number, removal(text.dialect))?;
            if !planned.removed.iter().any(|known| known.is(slot)) {
                planned.removed.push(slot);
            }
        }
        Step::RemoveHere { place } => planned.removed.push(at(place.span)?),
        Step::Repetition { place } => {
            let slot = at(place.span).filter(|slot| is_repetition(*slot))?;
            planned.removed.push(slot);
        }
        Step::Set { site, field, was, value } => {
            let slot = direct(*site).and_then(at)?;
            let value = instead(slot, field, *was, value, text.dialect)?;
            planned.does(set(slot, &value)?);
        }
        Step::Add { anchor, field, value } => {
            let slot = direct(*anchor).and_then(at)?;
            let mapping = match slot.kind() {
                Some(Kind::Mapping) => slot,
                _ => slot.parent().filter(|parent| parent.kind() == Some(Kind::Mapping))?,
            };
            let path = state_paths(text.dialect, field).into_iter().nth(number)?;
            planned.wishes.push(Wish { mapping, path, value: given(value) });
        }
        Step::Name { place, name } => {
            let slot = at(place.span)?;
            let is_slip = is_slip(slot.look().text(), name);
            planned.does(is_slip.then(|| set(slot, &Given::Text(name.clone()))).flatten()?);
        }
        Step::Days { place, was, is } => planned.does(days(at(place.span)?, *was, *is)?),
    }
    Some(())
}

/// The value of a key, as it is written.
fn value_of<'t>(key: Slot<'t>) -> Option<&'t str> {
    key.member().last().map(|value| value.extent().slice(value.tree().text()))
}

/// Whether a key stands before with a value in the same words.
fn is_repetition(key: Slot<'_>) -> bool {
    let keys = key.parent().into_iter().flat_map(Slot::children).step_by(2);
    let mut before =
        keys.take_while(|other| !other.is(key)).filter(|other| other.raw() == key.raw()).peekable();
    key.role() == Role::Key && before.peek().is_some() && before.all(|other| value_of(other) == value_of(key))
}

/// Where something is written; none where that is somewhere else than where it is used.
fn direct(site: Site) -> Option<Span> {
    site.defined.is_none().then_some(site.used.span)
}

/// The edit that turns off the switch by which an act is on, where it has one.
fn switched_off<'t>(slot: Slot<'t>, dialect: &str) -> Option<(Edit, Change<'t>)> {
    if removal(dialect) == Removal::Automations {
        return None;
    }
    let value = slot.member().last().copied().filter(|value| value.kind() == Some(Kind::Scalar))?;
    let text = value.look().text();
    let off = turned(text, false).filter(|off| off != text && value.role() == Role::Value)?;
    set(value, &Given::Word(off))
}

/// What the attempt with this number removes: the automation if it holds nothing else, else what the site points at,
/// then one level more for each attempt. Always less than the automation, and only what `can` allows.
fn widened<'t>(
    slot: Slot<'t>,
    automation: Option<Slot<'t>>,
    whole: bool,
    number: usize,
    can: Removal,
) -> Option<Slot<'t>> {
    let around = automation.filter(|around| slot.is_within(*around) && around.kind() == Some(Kind::Mapping));
    let is_whole = around.is_some() && whole;
    if let (true, 0, Some(around)) = (is_whole, number, around) {
        let can = can >= Removal::Automations || (can == Removal::Items && around.role() == Role::Item);
        return can.then_some(around);
    }
    let wider = if is_whole { number - 1 } else { number };
    if around.is_none() && wider > 1 {
        return None;
    }
    let mut slot = slot;
    for _ in 0..wider {
        slot = slot.parent().filter(|parent| parent.role() != Role::Root)?;
    }
    let is_inside = around.is_none_or(|around| slot.is_within(around) && !slot.is(around));
    let can = can == Removal::Settings || (can >= Removal::Items && slot.role() == Role::Item);
    (is_inside && can).then_some(slot)
}
