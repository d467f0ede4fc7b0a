//! From firings to curves: the contacts of each day, added up. Exact where expected values are enough, else the mean
//! of many random runs, with the range in which nine of ten lie.

use std::collections::{BTreeMap, BTreeSet};

use super::contacts::Act;
use super::steps::{Course, Days};
use super::{Plan, Series, What};
use crate::analysis::effects::Case;
use crate::model::Site;
use crate::narrate::deed;

/// Draws for each case; and how much work all of them may take, so that huge networks end as well.
const DRAWS: usize = 200;
const WORK: usize = 4_000_000;
/// With fewer draws a range says nothing.
const FEWEST: usize = 40;

/// A count, day by day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// On each day.
    pub per_day: Vec<f64>,
    /// Up to each day, that day included.
    pub in_all: Vec<f64>,
    /// Nine of ten draws end within this range on the last day; nothing where no chance is drawn.
    pub range: Option<(f64, f64)>,
    /// Whether the numbers are exact expectations, rather than draws or averages under a limit.
    pub is_exact: bool,
}

impl Curve {
    /// The number on the last day, added up.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.in_all.last().copied().unwrap_or_default()
    }

    /// Up to a day, counted from one.
    #[must_use]
    pub fn after(&self, days: usize) -> f64 {
        days.checked_sub(1).and_then(|day| self.in_all.get(day)).copied().unwrap_or_default()
    }
}

/// Both cases, run.
pub(super) struct Counting<'n> {
    cases: Vec<Ran<'n>>,
    days: usize,
}

/// A case: what is expected, and what was drawn.
struct Ran<'n> {
    case: Case,
    course: Course<'n>,
    exact: Vec<bool>,
    expected: Days,
    draws: Vec<Days>,
}

impl<'n> Counting<'n> {
    pub(super) fn new(courses: [(Case, Course<'n>); 2], plan: Plan) -> Self {
        let ran = |(case, course): (Case, Course<'n>)| {
            let exact = course.exact();
            let draws = (WORK / course.work(plan.days)).min(DRAWS);
            let draws = if draws < FEWEST || exact.iter().all(|exact| *exact) { 0 } else { draws };
            let draws = (0..draws as u64).map(|draw| course.drawn(plan.days, plan.seed.wrapping_add(draw)));
            let draws = draws.collect();
            Ran { case, exact, expected: course.expected(plan.days), draws, course }
        };
        Self { cases: courses.into_iter().map(ran).collect(), days: plan.days }
    }

    /// Whether nothing bounds an automation, in the worst case.
    pub(super) fn is_unbounded(&self, node: usize) -> bool {
        self.cases.iter().any(|ran| ran.case == Case::Worst && ran.course.is_unbounded(node))
    }
}

/// The curves of an account.
pub(super) struct Counted {
    pub(super) series: Vec<Series>,
    pub(super) exhausted: Vec<String>,
}

pub(super) fn counted(counting: &Counting<'_>, acts: &[Act<'_>]) -> Counted {
    let acts: Vec<&Act<'_>> = acts.iter().filter(|act| act.open.is_none()).collect();
    let mut series = Vec::new();
    let mut exhausted = BTreeSet::new();
    for what in What::ALL {
        let of: Vec<&Act<'_>> = acts.iter().copied().filter(|act| act.is(what)).collect();
        let mut curves = Vec::new();
        for ran in &counting.cases {
            let (curve, emptied) = curve(ran, &of, what, counting.days);
            curves.push(curve);
            exhausted.extend(emptied);
        }
        let mut curves = curves.into_iter();
        if let (Some(typical), Some(worst)) = (curves.next(), curves.next())
            && typical.end().max(worst.end()) > 0.0
        {
            series.push(Series { what, typical, worst });
        }
    }
    // Where nobody is known to be met twice, people and contacts are one number.
    let of = |what: What| series.iter().position(|series| series.what == what);
    if let (Some(contacts), Some(people)) = (of(What::Contacts), of(What::People)) {
        let same = series.get(contacts).zip(series.get(people)).is_some_and(|(one, other)| {
            one.typical.in_all == other.typical.in_all && one.worst.in_all == other.worst.in_all
        });
        if same {
            series.remove(contacts);
        }
    }
    Counted { series, exhausted: exhausted.into_iter().collect() }
}

/// One curve, and the audiences that it exhausts.
fn curve(ran: &Ran<'_>, acts: &[&Act<'_>], what: What, days: usize) -> (Curve, Vec<String>) {
    let is_sure = |act: &&Act<'_>| {
        ran.exact.get(act.node) == Some(&true) && (act.is_plain() || ran.course.is_certain(act.node))
    };
    let is_exact = acts.iter().all(is_sure);
    let (expected, mut emptied) = added_up(&ran.course, &ran.expected, acts, what, days);
    if is_exact || ran.draws.is_empty() {
        return (Curve::of(expected, is_exact), emptied);
    }
    let mut sum = vec![0.0; days];
    let mut ends = Vec::new();
    emptied.clear();
    for draw in &ran.draws {
        let (drawn, of_draw) = added_up(&ran.course, draw, acts, what, days);
        ends.push(drawn.iter().sum::<f64>());
        sum.iter_mut().zip(&drawn).for_each(|(sum, drawn)| *sum += drawn);
        emptied.extend(of_draw);
    }
    let count = ran.draws.len() as f64;
    let mut curve = Curve::of(sum.into_iter().map(|sum| sum / count).collect(), false);
    ends.sort_by(f64::total_cmp);
    let at = |share: f64| ends.get(((ends.len() - 1) as f64 * share).round() as usize).copied();
    curve.range = at(0.05).zip(at(0.95));
    (curve, emptied)
}

/// What is counted on each day. A limit that stands in one place holds once, however many acts share it.
fn added_up(
    course: &Course<'_>,
    days_of: &Days,
    acts: &[&Act<'_>],
    what: What,
    days: usize,
) -> (Vec<f64>, Vec<String>) {
    let mut per_day = vec![0.0; days];
    let mut reached: Vec<f64> = vec![0.0; acts.len()];
    let mut emptied = Vec::new();
    for (day, slot) in per_day.iter_mut().enumerate() {
        let mut shares: BTreeMap<Site, f64> = BTreeMap::new();
        for (act, reached) in acts.iter().zip(&mut reached) {
            let fires = days_of.get(day).and_then(|fires| fires.get(act.node)).copied().unwrap_or_default();
            let contacts =
                if course.is_unbounded(act.node) { act.at_its_limit() } else { act.contacts(fires) };
            let count = within(act, what, contacts, reached);
            let share = shares.entry(act.place).or_insert(0.0);
            *share = share.max(count);
        }
        *slot = shares.values().sum();
    }
    for (act, reached) in acts.iter().zip(&reached) {
        let all = act.audience.is_some_and(|size| size > 0.0 && *reached >= 0.99 * size);
        if all && act.remembers {
            emptied.push(deed(&act.view));
        }
    }
    (per_day, emptied)
}

/// A day's contacts within an audience: an audience cannot be larger than it is. `reached` is how many different people
/// of it were contacted before.
fn within(act: &Act<'_>, what: What, contacts: f64, reached: &mut f64) -> f64 {
    let Some(size) = act.audience.filter(|size| *size > 0.0) else { return contacts };
    let left = (size - *reached).max(0.0);
    let people = if act.remembers || contacts >= size {
        contacts.min(left)
    } else {
        // Whoever is met is anybody of them: the share of those who were not met before.
        let never = (1.0 - 1.0 / size).max(0.0).powf(contacts);
        left * (1.0 - never)
    };
    *reached += people;
    if act.remembers || what == What::People { people } else { contacts }
}

impl Act<'_> {
    /// Whether its contacts are the same multiple of its automation's firings, so that expectation is enough.
    fn is_plain(&self) -> bool {
        self.audience.is_none() && (self.each.is_none() || self.most.is_infinite())
    }
}

impl Curve {
    fn of(per_day: Vec<f64>, is_exact: bool) -> Self {
        let mut sum = 0.0;
        let in_all = per_day.iter().map(|count| {
            sum += count;
            sum
        });
        Self { in_all: in_all.collect(), per_day, range: None, is_exact }
    }
}
