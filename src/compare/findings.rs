//! Findings that appeared or disappeared. They are matched by fingerprint, never by line; the others by rule and by
//! account or automation, so that a changed number does not make an old finding new.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::pairs::Accounts;
use super::{Side, Version};
use crate::diagnostic::{Finding, Severity, Subject, note};
use crate::model::Verb;
use crate::source::Span;

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It was not there before, or was suppressed.
    New,
    /// It is more severe than before.
    Worse,
    /// A stronger one that is gone had told it as a note.
    Uncovered,
    /// It is less severe than before.
    Milder,
    /// A stronger one tells it as a note now.
    Covered,
    /// It is there, and suppressed now.
    Silenced,
    /// It is there no more.
    Gone,
}

/// A finding that is not what it was.
#[derive(Clone, Debug)]
pub struct FindingChange<'s> {
    /// What becomes of it.
    pub fate: Fate,
    /// The finding; for one that is gone, as it was.
    pub finding: &'s Finding,
    /// How severe it was before, if it was there.
    pub before: Option<Severity>,
}

impl FindingChange<'_> {
    /// Which version its places are in.
    #[must_use]
    pub fn version(&self) -> Version {
        if matches!(self.fate, Fate::Gone | Fate::Covered) { Version::Old } else { Version::New }
    }
}

/// All findings that are not what they were.
#[derive(Clone, Debug, Default)]
pub struct FindingChanges<'s> {
    /// By what becomes of them, the new ones first; each kind in the order of the files.
    pub changes: Vec<FindingChange<'s>>,
    /// How many stay as they were.
    pub stay: usize,
}

impl FindingChanges<'_> {
    /// Whether one that is this severe is new, or was less severe.
    #[must_use]
    pub fn adds(&self, least: Severity) -> bool {
        let added = |change: &&FindingChange<'_>| matches!(change.fate, Fate::New | Fate::Worse);
        self.changes.iter().filter(added).any(|change| change.finding.severity >= least)
    }
}

/// What is the same in both versions.
pub(super) struct Same<'a> {
    accounts: &'a Accounts,
    /// Automations, by their numbers.
    pub(super) automations: Vec<(usize, usize)>,
}

impl<'a> Same<'a> {
    pub(super) const fn new(accounts: &'a Accounts) -> Self {
        Self { accounts, automations: Vec::new() }
    }
}

/// Whom a finding is about, in the numbers of the new version; of an act, what is done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    Account(usize),
    Automation(usize),
    Act(usize, Verb),
}

/// Compares the findings of two versions.
pub(super) fn changes<'s>(old: &'s Side<'s>, new: &'s Side<'s>, same: &Same<'_>) -> FindingChanges<'s> {
    let automations: BTreeMap<usize, usize> = same.automations.iter().copied().collect();
    let after = |about: About| match about {
        About::Account(number) => same.accounts.after(number).map(About::Account),
        About::Automation(number) => Some(About::Automation(*automations.get(&number)?)),
        About::Act(number, verb) => Some(About::Act(*automations.get(&number)?, verb)),
    };
    let about_old =
        |finding: &Finding| -> Vec<About> { about(old, finding).into_iter().filter_map(after).collect() };
    let print = |finding: &Finding| finding.fingerprint.split(':').next().unwrap_or_default().to_owned();
    let file = |side: &Side<'_>, finding: &Finding| (side.file)(finding.primary.place.file);
    let mut left =
        Left { old: old.findings.iter().collect(), new: new.findings.iter().collect(), pairs: Vec::new() };
    left.pair(
        |finding| Some((print(finding), file(old, finding))),
        |finding| Some((print(finding), file(new, finding))),
    );
    left.pair(|finding| Some(print(finding)), |finding| Some(print(finding)));
    let rule = |finding: &Finding| finding.rule.to_string();
    left.pair(
        |finding| Some((rule(finding), *about_old(finding).first()?, before(old, finding))),
        |finding| Some((rule(finding), *about(new, finding).first()?, before(new, finding))),
    );
    left.pair_by_subjects(about_old, |finding| about(new, finding));
    let mut found = FindingChanges::default();
    for (before, now) in left.pairs {
        let fate = match (before.is_live(), now.is_live()) {
            (false, false) => continue,
            (true, false) => Fate::Silenced,
            (false, true) => Fate::New,
            _ if now.severity > before.severity => Fate::Worse,
            _ if now.severity < before.severity => Fate::Milder,
            _ => {
                found.stay += 1;
                continue;
            }
        };
        found.changes.push(FindingChange { fate, finding: now, before: Some(before.severity) });
    }
    let (was_covered, is_covered) = (covered(old), covered(new));
    for finding in left.new.into_iter().filter(|finding| finding.is_live()) {
        let fate = if was_covered.contains(&note(finding)) { Fate::Uncovered } else { Fate::New };
        found.changes.push(FindingChange { fate, finding, before: None });
    }
    for finding in left.old.into_iter().filter(|finding| finding.is_live()) {
        let fate = if is_covered.contains(&note(finding)) { Fate::Covered } else { Fate::Gone };
        found.changes.push(FindingChange { fate, finding, before: Some(finding.severity) });
    }
    found.changes.sort_by(|one, other| {
        one.fate.cmp(&other.fate).then_with(|| one.finding.order().cmp(&other.finding.order()))
    });
    found
}

/// What stronger findings tell of the weaker ones that they cover, among their notes.
fn covered(side: &Side<'_>) -> BTreeSet<String> {
    let live = side.findings.iter().filter(|finding| finding.is_live());
    live.flat_map(|finding| finding.notes.iter().cloned()).collect()
}

/// Findings that have no partner yet, and those that have.
struct Left<'s> {
    old: Vec<&'s Finding>,
    new: Vec<&'s Finding>,
    pairs: Vec<(&'s Finding, &'s Finding)>,
}

impl<'s> Left<'s> {
    /// Pairs findings with equal keys, in the order of the files; one without a key stays alone.
    fn pair<K: Ord>(
        &mut self,
        key_of_old: impl Fn(&Finding) -> Option<K>,
        key_of_new: impl Fn(&Finding) -> Option<K>,
    ) {
        let mut waiting: BTreeMap<K, VecDeque<&'s Finding>> = BTreeMap::new();
        let mut alone = Vec::new();
        for finding in std::mem::take(&mut self.old) {
            match key_of_old(finding) {
                Some(key) => waiting.entry(key).or_default().push_back(finding),
                None => alone.push(finding),
            }
        }
        let pairs = &mut self.pairs;
        self.new.retain(|finding| {
            let partner = key_of_new(finding).and_then(|key| waiting.get_mut(&key)?.pop_front());
            pairs.extend(partner.map(|partner| (partner, *finding)));
            partner.is_none()
        });
        alone.extend(waiting.into_values().flatten());
        alone.sort_by(|one, other| one.order().cmp(&other.order()));
        self.old = alone;
    }

    /// Pairs findings of one rule that are about the same account, automation or act. A secret is never the one that
    /// stood there before.
    fn pair_by_subjects(
        &mut self,
        of_old: impl Fn(&Finding) -> Vec<About>,
        of_new: impl Fn(&Finding) -> Vec<About>,
    ) {
        let mut waiting: BTreeMap<(&str, About), VecDeque<usize>> = BTreeMap::new();
        for (number, finding) in self.old.iter().enumerate().filter(|(_, finding)| is_about_conduct(finding))
        {
            for about in of_old(finding) {
                waiting.entry((finding.rule.as_ref(), about)).or_default().push_back(number);
            }
        }
        let mut taken = vec![false; self.old.len()];
        let (old, pairs) = (&self.old, &mut self.pairs);
        self.new.retain(|finding| {
            for about in of_new(finding) {
                let Some(numbers) = waiting.get_mut(&(finding.rule.as_ref(), about)) else { continue };
                while let Some(number) = numbers.pop_front() {
                    if let (Some(slot @ false), Some(partner)) = (taken.get_mut(number), old.get(number)) {
                        *slot = true;
                        pairs.push((*partner, *finding));
                        return false;
                    }
                }
            }
            true
        });
        let mut taken = taken.into_iter();
        self.old.retain(|_| taken.next() == Some(false));
    }
}

fn is_about_conduct(finding: &Finding) -> bool {
    finding.family != "config-safety"
}

/// Whom a finding is about. What is said of a file itself, such as an unknown key, has nothing but its words.
fn about(side: &Side<'_>, finding: &Finding) -> Vec<About> {
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let about = |subject: &Subject| match subject {
        Subject::Account(number) => Some(About::Account(index(*number))),
        Subject::Automation(number) => Some(About::Automation(index(*number))),
        Subject::Action(number, act) => {
            let automation = side.model.automations.get(index(*number))?;
            let mut acts = automation.actions.iter().chain(&automation.otherwise);
            Some(About::Act(index(*number), acts.nth(index(*act))?.verb))
        }
        Subject::File(_) => None,
    };
    finding.subjects.iter().filter_map(about).collect()
}

/// What stands before it on its line, white space made even: the key of a value.
fn before(side: &Side<'_>, finding: &Finding) -> String {
    let span = finding.primary.place.span;
    let text = side.sources.get(finding.primary.place.file).and_then(|file| {
        let line = file.line_span(file.position(span.start).line)?;
        Some(file.slice(Span::new(line.start.min(span.start), span.start)))
    });
    text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
