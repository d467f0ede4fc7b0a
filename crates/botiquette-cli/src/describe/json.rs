//! A description for machines.

use botiquette::describe::{Description, Told};
use botiquette::model::{Coverage, Site};
use botiquette::rules::DailyRate;
use botiquette::source::{Place, Sources, Span};
use serde::Serialize;

use super::{Run, line_of};

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    accounts: Vec<Account>,
    remarks: Vec<Noted>,
    coverage: Vec<Covered>,
}

/// What was made of the settings of a file; clutter reaches nobody and is not among them.
#[derive(Serialize)]
struct Covered {
    file: Option<String>,
    settings: usize,
    understood: usize,
    clutter: usize,
    unknown: Vec<Unread>,
}

#[derive(Serialize)]
struct Unread {
    key: String,
    line: Option<u32>,
}

#[derive(Serialize)]
struct Account {
    account: String,
    who: Vec<String>,
    automations: Vec<Automation>,
    reach: Reach,
    rates: Vec<Rate>,
    loops: Vec<Circle>,
    unknown: Vec<Noted>,
}

#[derive(Serialize)]
struct Automation {
    name: String,
    live: bool,
    sentence: String,
    deed: String,
    #[serde(flatten)]
    at: At,
}

/// `null` for numbers that nothing bounds.
#[derive(Serialize)]
struct Reach {
    per_day: Option<f64>,
    contributors: Vec<Contributor>,
    /// Whether people are reached of whom the file does not say whether they asked.
    unsaid: bool,
    /// Acts on people of whom the file does not say whether they asked.
    open: Vec<Contributor>,
    /// Acts that name people in front of others.
    named: Vec<Contributor>,
    assumptions: Vec<Assumption>,
}

#[derive(Serialize)]
struct Contributor {
    deed: String,
    per_day: Option<f64>,
    #[serde(flatten)]
    at: At,
}

/// How often it does something at most, as `lint` counts it.
#[derive(Serialize)]
struct Rate {
    of: String,
    per_day: f64,
}

#[derive(Serialize)]
struct Assumption {
    name: Option<&'static str>,
    value: f64,
    words: String,
    why: String,
}

#[derive(Serialize)]
struct Circle {
    class: &'static str,
    words: String,
    steps: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    account: String,
    deed: String,
    then: &'static str,
    #[serde(flatten)]
    at: At,
}

#[derive(Serialize)]
struct Noted {
    what: String,
    #[serde(flatten)]
    at: At,
}

#[derive(Serialize)]
struct At {
    file: Option<String>,
    line: Option<u32>,
}

/// The description as it is written.
pub(super) fn document(run: &Run<'_>) -> impl Serialize + use<> {
    let sources = run.sources;
    let remarks = run.remarks.iter();
    Document {
        schema: "botiquette-description/1",
        accounts: run.descriptions.iter().map(|description| account(description, run)).collect(),
        remarks: remarks
            .map(|finding| Noted { what: finding.title.clone(), at: at(sources, finding.primary.place) })
            .collect(),
        coverage: run.coverage.iter().map(|coverage| covered(coverage, sources)).collect(),
    }
}

/// What is known of each account.
pub(super) fn accounts(run: &Run<'_>) -> Vec<impl Serialize + use<>> {
    run.descriptions.iter().map(|description| account(description, run)).collect()
}

fn covered(coverage: &Coverage, sources: &Sources) -> Covered {
    let unread = |(key, site): (String, Site)| Unread { key, line: at(sources, site.used).line };
    Covered {
        file: at(sources, Place { file: coverage.file, span: Span::at(0) }).file,
        settings: coverage.settings(),
        understood: coverage.used,
        clutter: coverage.clutter,
        unknown: coverage.shortest_first().into_iter().map(unread).collect(),
    }
}

fn account(description: &Description, run: &Run<'_>) -> Account {
    let sources = run.sources;
    let rate = |rate: &DailyRate| Rate { of: rate.unit.clone(), per_day: rate.per_day };
    let at = |site: botiquette::model::Site| at(sources, site.used);
    let automation = |told: &Told, live| Automation {
        name: told.name.clone(),
        live,
        sentence: told.sentence.clone(),
        deed: told.deed.clone(),
        at: at(told.site),
    };
    let on = description.does.iter().map(|told| automation(told, true));
    let off = description.off.iter().map(|told| automation(told, false));
    let reach = &description.reach;
    let contributor = |contributor: &botiquette::describe::Contributor| Contributor {
        deed: contributor.deed.clone(),
        per_day: bounded(contributor.per_day),
        at: at(contributor.site),
    };
    let assumptions = reach.assumed.iter().map(|assumed| Assumption {
        name: assumed.name,
        value: assumed.value,
        words: assumed.words.clone(),
        why: assumed.why.clone(),
    });
    let circles = description.circles.iter().map(|circle| Circle {
        class: circle.class,
        words: circle.words.clone(),
        steps: circle
            .steps
            .iter()
            .map(|step| Step {
                account: step.account.clone(),
                deed: step.deed.clone(),
                then: step.then,
                at: at(step.site),
            })
            .collect(),
    });
    let unknown = description.unknown.iter();
    Account {
        account: description.account.clone(),
        who: description.who.clone(),
        automations: on.chain(off).collect(),
        reach: Reach {
            per_day: bounded(reach.per_day),
            contributors: reach.contributors.iter().map(contributor).collect(),
            unsaid: reach.unsaid,
            open: reach.open.iter().map(contributor).collect(),
            named: reach.named.iter().map(contributor).collect(),
            assumptions: assumptions.collect(),
        },
        rates: run.rates_of(description).map(rate).collect(),
        loops: circles.collect(),
        unknown: unknown.map(|(site, what)| Noted { what: what.clone(), at: at(*site) }).collect(),
    }
}

/// JSON has no infinity.
fn bounded(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

fn at(sources: &Sources, place: Place) -> At {
    match line_of(sources, place) {
        Some((file, line)) => At { file: Some(file), line: Some(line) },
        None => At { file: None, line: None },
    }
}
