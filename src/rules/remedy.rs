//! What a rule's fixes mean for one finding: which places of which files are removed, set or added to, and in which
//! order the ways are tried. May know the model; how a format writes it is not known here.

use std::collections::BTreeSet;

use super::condition::{Context, Memory, Truth};
use super::fields::{Datum, Reading};
use super::rule::{Detect, FixSpec, Literal, Remedy, Said};
use super::rulebook::Rulebook;
use crate::diagnostic::{Finding, Safety, Severity, Subject};
use crate::model::{Site, Stated, View, World};
use crate::source::Place;

/// Nobody checks an edit of more acts than this, and each costs a look at its file.
const MOST_SUBJECTS: usize = 200;

/// One way to make a finding go away.
#[derive(Clone, Debug)]
pub(crate) struct Recipe {
    /// What it does, as a wish.
    pub(crate) title: String,
    pub(crate) safety: Safety,
    /// All of these together.
    pub(crate) steps: Vec<Step>,
    /// Whether only words change, not what is done.
    pub(crate) changes_words: bool,
    /// Whether it makes a switch work that puts acts to rest.
    pub(crate) may_rest: bool,
}

/// What is done at one place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// What stands there is taken out: the act, or the whole automation if nothing else is in it.
    Remove { site: Site, automation: Option<Site>, whole: bool },
    /// Exactly what stands there is taken out.
    RemoveHere { place: Place },
    /// What stands there says this instead of the number that it is.
    Set { site: Site, field: String, was: Option<f64>, value: Given },
    /// This is said where nothing says it yet.
    Add { anchor: Site, field: String, value: Given },
    /// The entry is taken out if another one says the same.
    Repetition { place: Place },
    /// A misspelt name becomes this one.
    Name { place: Place, name: String },
    /// A number in a text becomes another one.
    Days { place: Place, was: u32, is: u32 },
}

/// A value as a rule file gives it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    Number(f64),
    Flag(bool),
    Text(String),
}

impl Recipe {
    /// Whether it takes acts out.
    pub(crate) fn removes(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Remove { .. }))
    }
}

impl Rulebook {
    /// The ways to make a finding go away, in the order in which they are tried.
    pub(crate) fn recipes(&self, finding: &Finding, world: &World<'_>) -> Vec<Recipe> {
        let Some(rule) = self.rule(&finding.rule).filter(|rule| rule.has_fix()) else { return Vec::new() };
        if finding.subjects.len() > MOST_SUBJECTS {
            return Vec::new();
        }
        let memory = Memory::default();
        let context = Context { tables: self.tables(), memory: &memory };
        let mut views = views(finding, world);
        if let Detect::Match { condition, .. } = &rule.detect {
            // A finding may tell of more acts than those that its rule is about.
            views.retain(|view| condition.holds(view, context) == Truth::Yes);
        }
        let recipe = |spec: &FixSpec| {
            let holds = |view: &&View<'_>| {
                spec.condition.as_ref().is_none_or(|condition| condition.holds(view, context) == Truth::Yes)
            };
            let views: Vec<View<'_>> = views.iter().filter(holds).copied().collect();
            let steps = self.steps(spec, finding, &views)?;
            let changes_words = matches!(spec.remedy, Remedy::Days);
            let may_rest = spec.revives_a_switch();
            (!steps.is_empty()).then(|| Recipe {
                title: spec.title.to_string(),
                safety: spec.safety,
                steps,
                changes_words,
                may_rest,
            })
        };
        let mut recipes: Vec<Recipe> = rule.fixes.iter().filter_map(recipe).collect();
        recipes.extend(all_at_once(&recipes));
        recipes
    }

    /// None where some place that has to change is not known.
    fn steps(&self, spec: &FixSpec, finding: &Finding, views: &[View<'_>]) -> Option<Vec<Step>> {
        let mut steps: Vec<Step> = Vec::new();
        match &spec.remedy {
            Remedy::RemoveHere => steps.push(Step::RemoveHere { place: finding.primary.place }),
            Remedy::Repetition => steps.push(Step::Repetition { place: finding.primary.place }),
            Remedy::Name => steps.push(misspelt(finding)?),
            Remedy::Days => steps.push(days(finding)?),
            Remedy::Remove(field) => {
                for view in views {
                    let sites = sites(spec, view, field.read);
                    let whole = is_whole(view, views);
                    let automation = view.automation.map(|automation| automation.site);
                    steps.extend(sites.into_iter().map(|(site, _)| Step::Remove { site, automation, whole }));
                }
            }
            Remedy::State(stated) => {
                for view in views {
                    for (said, literal) in stated {
                        steps.extend(self.stated(spec, view, *said, literal)?);
                    }
                }
            }
        }
        let mut unique: Vec<Step> = Vec::new();
        for step in steps {
            if !unique.contains(&step) {
                unique.push(step);
            }
        }
        Some(unique)
    }

    fn stated(&self, spec: &FixSpec, view: &View<'_>, said: Said, literal: &Literal) -> Option<Vec<Step>> {
        let value = self.given(literal)?;
        let field = said.name();
        let known = match said {
            Said::Field(field) => sites(spec, view, field.read),
            Said::Guard(kind) => {
                let guards = view.guards().filter(|guard| guard.kind == kind);
                let window = |days: &Stated<f64>| match days {
                    Stated::Known(days, site) => Some((*site, Some(*days))),
                    _ => None,
                };
                guards.filter_map(|guard| window(&guard.window)).collect()
            }
        };
        if known.is_empty() {
            let automation = view.automation.map(|automation| automation.site);
            let of_account = field.starts_with("account.");
            let anchor = if of_account { Some(view.account.site) } else { automation };
            return Some(
                anchor
                    .into_iter()
                    .map(|anchor| Step::Add { anchor, field: field.clone(), value: value.clone() })
                    .collect(),
            );
        }
        let set = |(site, was): (Site, Option<f64>)| {
            // What is said there already needs no change.
            let is_so = was.is_some() && was == literal.number();
            (!is_so).then(|| Step::Set { site, field: field.clone(), was, value: value.clone() })
        };
        Some(known.into_iter().filter_map(set).collect())
    }

    fn given(&self, literal: &Literal) -> Option<Given> {
        Some(match literal {
            Literal::Number(number) => Given::Number(*number),
            Literal::Flag(flag) => Given::Flag(*flag),
            Literal::Text(text) => Given::Text(text.to_string()),
            Literal::Threshold(name) => Given::Number(self.thresholds().number(name, Severity::Warning)?),
        })
    }
}

/// All that takes nothing out, together: a finding may be about several things of which each has its own way.
fn all_at_once(recipes: &[Recipe]) -> Option<Recipe> {
    let stating: Vec<&Recipe> = recipes.iter().filter(|recipe| !recipe.removes()).collect();
    let (first, others) = stating.split_first().filter(|(_, others)| !others.is_empty())?;
    let mut all = (*first).clone();
    for recipe in others {
        if !all.title.contains(&recipe.title) {
            all.title = format!("{}, and {}", all.title, recipe.title);
        }
        all.safety = all.safety.max(recipe.safety);
        all.changes_words |= recipe.changes_words;
        all.may_rest |= recipe.may_rest;
        let new = recipe.steps.iter().filter(|step| !all.steps.contains(step));
        let new: Vec<Step> = new.cloned().collect();
        all.steps.extend(new);
    }
    Some(all)
}

/// What a finding is about.
fn views<'m>(finding: &Finding, world: &'m World<'m>) -> Vec<View<'m>> {
    let index = |number: u32| usize::try_from(number).ok();
    let subjects: BTreeSet<&Subject> = finding.subjects.iter().collect();
    let view = |subject: &Subject| match subject {
        Subject::Account(account) => world.account(index(*account)?),
        Subject::Automation(number) => world.automation(index(*number)?),
        Subject::Action(number, action) => {
            let view = world.automation(index(*number)?)?;
            view.actions().nth(index(*action)?)
        }
        Subject::File(_) => None,
    };
    subjects.into_iter().filter_map(view).collect()
}

/// Where the values of a field stand that the fix is about, with the numbers that they are.
fn sites<'m>(
    spec: &FixSpec,
    view: &View<'m>,
    read: for<'v> fn(&View<'v>, &mut Reading<'v>),
) -> Vec<(Site, Option<f64>)> {
    let mut reading = Reading::default();
    read(view, &mut reading);
    let is_meant = |datum: &Datum<'_>| {
        spec.only.is_empty()
            || match datum {
                Datum::Word(word) => spec.only.iter().any(|only| only == word),
                Datum::Text(text) => spec.only.iter().any(|only| only == text),
                Datum::Number(_) | Datum::Flag(_) => false,
            }
    };
    let number = |datum: &Datum<'_>| match datum {
        Datum::Number(number) => Some(*number),
        _ => None,
    };
    let values = reading.values.into_iter().filter(|(datum, _)| is_meant(datum));
    values.map(|(datum, site)| (site, number(&datum))).collect()
}

/// Whether everything that an automation does is what the finding is about.
fn is_whole(view: &View<'_>, views: &[View<'_>]) -> bool {
    let is_meant = |action: &View<'_>| {
        let same = |other: &View<'_>| match (other.action, action.action) {
            (Some(one), Some(other)) => std::ptr::eq(one, other),
            _ => false,
        };
        views.iter().any(same)
    };
    view.automation.is_some() && (view.action.is_none() || view.actions().all(|action| is_meant(&action)))
}

/// The name that is meant by one that nobody knows, as the finding proposes it.
fn misspelt(finding: &Finding) -> Option<Step> {
    let (_, proposed) = finding.help.split_once('`')?;
    let (name, after) = proposed.split_once('`')?;
    let is_proposal = finding.help.starts_with("did you mean `") && after == "?";
    is_proposal.then(|| Step::Name { place: finding.primary.place, name: name.to_owned() })
}

/// The days that a message names, and those that its setting keeps.
fn days(finding: &Finding) -> Option<Step> {
    let number = |text: &str| {
        let digits = text.split(' ').find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        digits.parse::<u32>().ok()
    };
    let setting = finding.related.first()?;
    let (was, is) = (number(&finding.primary.text)?, number(&setting.text)?);
    Some(Step::Days { place: finding.primary.place, was, is })
}
