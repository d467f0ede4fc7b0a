//! A description for machines. May know a whole run: its linter, its findings about the files, its places.

use serde::Serialize;

use super::{Contributor as Reached, Description, Told, describe};
use crate::analysis::Assumed;
use crate::diagnostic::Finding;
use crate::lint::Outcome;
use crate::linter::Linter;
use crate::model::{Coverage, Site};
use crate::rules::DailyRate;
use crate::source::{Place, Sources, Span, spelled};

/// Rules whose findings leave something out of the picture.
const SLIPS: [&str; 3] = ["unknown-key", "inert-setting", "malformed-config"];

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
    /// How many that is, as a sentence; none where it reaches nobody but those it names.
    words: Option<String>,
    per_day: Option<f64>,
    contributors: Vec<Contributor>,
    /// Whether people are reached of whom the file does not say whether they asked.
    unsaid: bool,
    /// Acts on people of whom the file does not say whether they asked.
    open: Vec<Contributor>,
    /// Acts that name people in front of others.
    named: Vec<Contributor>,
    assumptions: Vec<Assumed>,
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

/// The description of a run as it is written.
#[must_use]
pub fn document(linter: &Linter, outcome: &Outcome) -> impl Serialize + use<> {
    let sources = &outcome.sources;
    let rates = linter.rates(outcome);
    let noted =
        |finding: &Finding| Noted { what: finding.title.clone(), at: at(sources, finding.primary.place) };
    let descriptions = describe(&outcome.model, linter.rulebook().assumptions());
    Document {
        schema: "botiquette-description/1",
        accounts: descriptions.iter().map(|description| account(description, &rates, sources)).collect(),
        remarks: slips(outcome).map(noted).collect(),
        coverage: outcome.model.coverage.iter().map(|coverage| covered(coverage, sources)).collect(),
    }
}

/// What is known of each account of a run.
#[must_use]
pub fn accounts(linter: &Linter, outcome: &Outcome) -> Vec<impl Serialize + use<>> {
    let rates = linter.rates(outcome);
    let descriptions = describe(&outcome.model, linter.rulebook().assumptions());
    descriptions.iter().map(|description| account(description, &rates, &outcome.sources)).collect()
}

/// The findings about slips in the files that leave something out of the picture: unknown keys, settings without effect.
pub fn slips(outcome: &Outcome) -> impl Iterator<Item = &Finding> {
    outcome.report.findings.iter().filter(|finding| SLIPS.contains(&finding.rule.as_ref()))
}

/// The path and line of a place; nothing where it is in no file.
#[must_use]
pub fn line_of(sources: &Sources, place: Place) -> Option<(String, u32)> {
    let file = sources.get(place.file)?;
    let path = spelled(file.path());
    let path = path.strip_prefix("./").unwrap_or(&path);
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    Some((path, file.position(place.span.start).line))
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

fn account(description: &Description, rates: &[DailyRate], sources: &Sources) -> Account {
    let rates = rates.iter().filter(|rate| rate.account == description.number);
    let rate = |rate: &DailyRate| Rate { of: rate.unit.clone(), per_day: rate.per_day };
    let at = |site: Site| at(sources, site.used);
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
    let contributor = |contributor: &Reached| Contributor {
        deed: contributor.deed.clone(),
        per_day: bounded(contributor.per_day),
        at: at(contributor.site),
    };
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
            words: reach.sentence(description.unknown.is_empty()),
            per_day: bounded(reach.per_day),
            contributors: reach.contributors.iter().map(contributor).collect(),
            unsaid: reach.unsaid,
            open: reach.open.iter().map(contributor).collect(),
            named: reach.named.iter().map(contributor).collect(),
            assumptions: reach.assumed.clone(),
        },
        rates: rates.map(rate).collect(),
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
