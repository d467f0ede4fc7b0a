//! Conditions of rules as a tree of checks, and what they leave: which items, since when they are quiet, what happened
//! to them, and the guards that the rest amounts to. Negations are pushed down to single checks.

use crate::model::{Event, Guard, GuardKind, Site, Stated, Text};

/// Conditions, joined.
pub(super) enum Checks {
    /// All must hold.
    All(Vec<Checks>),
    /// One must hold.
    Any(Vec<Checks>),
    /// It must not hold.
    Not(Box<Checks>),
    /// One condition.
    One(Check, Site),
}

/// What one condition asks.
#[derive(Clone)]
pub(super) enum Check {
    /// Nobody touched it for so many days.
    Quiet(Stated<f64>),
    /// It was opened so many days ago.
    Age(Stated<f64>),
    /// It is an issue.
    Issue,
    /// It is a pull request.
    Pull,
    /// It is closed or merged.
    Closed,
    /// It is merged.
    Merged,
    /// It has this label.
    Label(String),
    /// It has any label.
    Labelled,
    /// Somebody is assigned.
    Assigned,
    /// It is in a milestone.
    Milestone,
    /// It is a draft.
    Draft,
    /// A bot opened it.
    Bot,
    /// Its author, or whoever acts, is here for the first time.
    Newcomer,
    /// Its own author acts.
    ByAuthor,
    /// Somebody writes these words.
    Says(String),
    /// This happened to it; with the words of an event that has none of its own.
    Happened(Event, Vec<String>),
    /// It holds for nearly everything.
    Nothing,
    /// Anything else that somebody chose.
    Other,
}

/// What conditions leave.
#[derive(Default)]
pub(super) struct Left {
    pub(super) issues: Option<bool>,
    pub(super) pulls: Option<bool>,
    pub(super) closed: Option<bool>,
    /// Days of silence, or of age, which activity does not change.
    pub(super) quiet: Option<(Stated<f64>, bool)>,
    pub(super) happened: Vec<(Event, Vec<Text>, Site)>,
    /// Whether what was closed must have been merged.
    pub(super) merged: bool,
    pub(super) guards: Vec<Guard>,
}

/// Nested deeper, conditions are taken for a choice that is not read.
const DEEPEST: usize = 32;

/// So many labels of one event are kept.
const MOST_LABELS: usize = 500;

impl Checks {
    /// What these conditions leave.
    pub(super) fn left(&self) -> Left {
        let mut left = Left::default();
        self.add(true, 0, &mut left);
        left
    }

    fn add(&self, holds: bool, depth: usize, left: &mut Left) {
        match self {
            _ if depth > DEEPEST => {}
            Self::Not(inner) => inner.add(!holds, depth + 1, left),
            Self::One(check, site) => check.add(holds, *site, left),
            Self::All(all) if holds => all.iter().for_each(|one| one.add(true, depth + 1, left)),
            Self::Any(any) if !holds => any.iter().for_each(|one| one.add(false, depth + 1, left)),
            Self::All(parts) | Self::Any(parts) => {
                if let [only] = parts.as_slice() {
                    return only.add(holds, depth + 1, left);
                }
                let parts = parts.iter().map(|one| {
                    let mut part = Left::default();
                    one.add(holds, depth + 1, &mut part);
                    part
                });
                left.add_any(parts.collect());
            }
        }
    }
}

impl Check {
    fn add(&self, holds: bool, site: Site, left: &mut Left) {
        let mut guard = |kind: GuardKind| left.guards.push(Guard::new(kind, site));
        match (self, holds) {
            (Self::Quiet(days), true) => left.wait(days, false),
            (Self::Age(days), true) => left.wait(days, true),
            (Self::Quiet(_) | Self::Age(_), false) => guard(GuardKind::AgeLimit),
            (Self::Issue, _) => left.issues = Some(holds),
            (Self::Pull, _) => left.pulls = Some(holds),
            (Self::Closed, _) => left.closed = Some(holds),
            (Self::Merged, _) => {
                left.closed = Some(holds);
                left.merged = holds;
            }
            (Self::Label(name), true) => left.guards.push(valued(GuardKind::OnlyLabels, name, site)),
            (Self::Label(name), false) => left.guards.push(valued(GuardKind::ExemptLabels, name, site)),
            (Self::Labelled, false) => guard(GuardKind::Unlabelled),
            (Self::Assigned, false) => guard(GuardKind::ExemptAssigned),
            (Self::Milestone, false) => guard(GuardKind::ExemptMilestones),
            (Self::Draft, false) => guard(GuardKind::ExemptDrafts),
            (Self::Bot, false) => guard(GuardKind::ExcludeBots),
            (Self::Newcomer, true) => guard(GuardKind::FirstTime),
            (Self::ByAuthor, true) => guard(GuardKind::ByAuthor),
            (Self::Says(words), true) => left.guards.push(valued(GuardKind::Keyword, words, site)),
            (Self::Happened(event, words), true) => {
                let words = words.iter().map(|text| Text { text: text.clone(), site });
                left.happened.push((*event, words.collect(), site));
            }
            (Self::Nothing, _) | (Self::Happened(..), false) => {}
            _ => {
                let said = self.otherwise(holds).unwrap_or_default();
                left.guards.push(Guard::new(GuardKind::Relevance, site).saying(said));
            }
        }
    }

    /// What it asks for where no guard of the model does, as a clause.
    const fn otherwise(&self, holds: bool) -> Option<&'static str> {
        Some(match (self, holds) {
            (Self::Labelled, true) => "it has a label",
            (Self::Assigned, true) => "somebody is assigned to it",
            (Self::Milestone, true) => "it is in a milestone",
            (Self::Draft, true) => "it is a draft",
            (Self::Bot, true) => "a bot did it",
            (Self::Newcomer, false) => "its author was here before",
            (Self::ByAuthor, false) => "somebody else than its author did it",
            _ => return None,
        })
    }
}

fn valued(kind: GuardKind, value: &str, site: Site) -> Guard {
    Guard { values: vec![Text { text: value.to_owned(), site }], ..Guard::new(kind, site) }
}

impl Left {
    fn wait(&mut self, days: &Stated<f64>, by_age: bool) {
        // Silence says more than age.
        if self.quiet.as_ref().is_none_or(|(_, known)| *known && !by_age) {
            self.quiet = Some((days.clone(), by_age));
        }
    }

    /// Adds what alternatives leave together: labels of which one will do, kinds of items, events; of guards that
    /// stand in one of them only, that they choose.
    fn add_any(&mut self, parts: Vec<Self>) {
        let site = parts.iter().flat_map(|part| &part.guards).map(|guard| guard.site).next();
        let all = |has: fn(&Self) -> bool| !parts.is_empty() && parts.iter().all(has);
        let only = |kind: GuardKind| {
            parts
                .iter()
                .all(|part| !part.guards.is_empty() && part.guards.iter().all(|guard| guard.kind == kind))
        };
        let shared = [GuardKind::OnlyLabels, GuardKind::Keyword, GuardKind::FirstTime, GuardKind::ByAuthor];
        if let Some(site) = site {
            let kind = shared.into_iter().find(|kind| only(*kind)).unwrap_or(GuardKind::Relevance);
            let mut guard = Guard::new(kind, site);
            if kind != GuardKind::Relevance {
                guard.values = parts
                    .iter()
                    .flat_map(|part| &part.guards)
                    .flat_map(|guard| guard.values.clone())
                    .collect();
            }
            self.guards.push(guard);
        }
        if all(|part| part.quiet.is_some()) {
            let soonest = parts.iter().filter_map(|part| part.quiet.clone());
            let days = |quiet: &(Stated<f64>, bool)| quiet.0.get().unwrap_or(f64::INFINITY);
            self.quiet = soonest.min_by(|one, other| days(one).total_cmp(&days(other)));
        }
        if all(|part| part.issues == Some(true) || part.pulls == Some(true)) {
            self.issues = parts.iter().any(|part| part.issues == Some(true)).then_some(true);
            self.pulls = parts.iter().any(|part| part.pulls == Some(true)).then_some(true);
        }
        if all(|part| part.closed == Some(true)) {
            self.closed = Some(true);
        }
        for (event, words, site) in parts.into_iter().flat_map(|part| part.happened) {
            // Labels of which any will do are one event.
            let labels = self.happened.iter_mut().find(|(one, ..)| *one == event && event == Event::Labelled);
            if let Some((_, said, _)) = labels {
                let room = MOST_LABELS.saturating_sub(said.len());
                said.extend(words.into_iter().take(room));
                continue;
            }
            let known = self.happened.iter().any(|(one, said, _)| {
                *one == event && said.iter().map(|text| &text.text).eq(words.iter().map(|text| &text.text))
            });
            if !known {
                self.happened.push((event, words, site));
            }
        }
    }

    /// Whether it is about issues, and whether about pull requests.
    pub(super) fn items(&self) -> (bool, bool) {
        match (self.issues, self.pulls) {
            (Some(issues), Some(pulls)) => (issues, pulls),
            (Some(issues), None) => (issues, !issues),
            (None, Some(pulls)) => (!pulls, pulls),
            (None, None) => (true, true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(check: Check) -> Checks {
        Checks::One(check, Site::default())
    }

    fn label(name: &str) -> Checks {
        one(Check::Label(name.to_owned()))
    }

    fn guards(checks: &Checks) -> Vec<String> {
        let told = |guard: &Guard| {
            let values: Vec<&str> = guard.values.iter().map(|value| value.text.as_str()).collect();
            format!("{} {}", guard.kind, values.join("+"))
        };
        checks.left().guards.iter().map(told).collect()
    }

    #[test]
    fn negations_and_alternatives() {
        let either = || Checks::Any(vec![label("a"), label("b")]);
        assert_eq!(guards(&either()), ["only-labels a+b"]);
        assert_eq!(guards(&Checks::Not(Box::new(either()))), ["exempt-labels a", "exempt-labels b"]);
        let both = Checks::All(vec![label("a"), label("b")]);
        assert_eq!(guards(&both), ["only-labels a", "only-labels b"]);
        assert_eq!(guards(&Checks::Not(Box::new(both))), ["relevance "]);
        assert_eq!(guards(&Checks::Any(vec![label("a"), one(Check::Draft)])), ["relevance "]);
        assert_eq!(guards(&Checks::Not(Box::new(Checks::Not(Box::new(label("a")))))), ["only-labels a"]);
    }

    #[test]
    fn the_sooner_of_two_waits_counts() {
        let quiet = |days: f64| one(Check::Quiet(Stated::Known(days, Site::default())));
        let left = Checks::Any(vec![quiet(9.0), quiet(3.0)]).left();
        assert_eq!(left.quiet.and_then(|(days, _)| days.get()), Some(3.0));
        assert!(Checks::Any(vec![quiet(9.0), one(Check::Issue)]).left().quiet.is_none());
        let age = one(Check::Age(Stated::Known(1.0, Site::default())));
        let left = Checks::All(vec![age, quiet(9.0)]).left();
        assert_eq!(left.quiet.map(|(days, by_age)| (days.get(), by_age)), Some((Some(9.0), false)));
    }

    #[test]
    fn items_are_what_is_left() {
        assert_eq!(one(Check::Issue).left().items(), (true, false));
        assert_eq!(Checks::Not(Box::new(one(Check::Issue))).left().items(), (false, true));
        assert_eq!(Checks::Any(vec![one(Check::Issue), one(Check::Pull)]).left().items(), (true, true));
        assert_eq!(Checks::All(vec![]).left().items(), (true, true));
    }

    #[test]
    fn conditions_without_end_are_no_danger() {
        let deep = (0..40).fold(label("a"), |inner, _| Checks::All(vec![inner]));
        assert!(guards(&deep).is_empty());
    }
}
