//! `botiquette report`: everything that is known of a run on one page that needs nothing else: no script, no network, no
//! fonts. What bots do, whom they reach, the picture, good practice, and the findings with their lines.

mod html;

use std::collections::BTreeMap;

use botiquette::describe::{Description, describe};
use botiquette::diagnostic::{Finding, Subject};
use botiquette::graph::{self, Drawing};
use botiquette::hygiene::{Checklist, checklist};
use botiquette::{Linter, Outcome};
use clap::ValueEnum;

use super::inputs::Inputs;
use super::understood::{Understood, nothing, understand};
use super::{Failure, Verdict, print};

/// Write one page about bots: what they do, whom they reach, a picture, findings
///
/// The page needs no script and no network, and can be sent, printed and read on a phone. It judges nothing by its exit
/// code: that is what `botiquette lint` is for.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Example:
  botiquette report bots/ > bots.html

Exit codes: 0 always, unless 2: an input could not be read, recognised or parsed")]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// How to write the page
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

/// How to write a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One self-contained page
    #[default]
    Html,
}

/// What a page is made of.
struct Page<'p> {
    outcome: &'p Outcome,
    /// Each account with its checklist and its findings.
    accounts: Vec<(Description, Option<Checklist>, Vec<&'p Finding>)>,
    /// Findings that are about files.
    of_files: Vec<&'p Finding>,
    /// Who sets off whom, as an SVG; nothing where nothing does anything.
    picture: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let Understood { linter, outcome, verdict } = understand(&arguments.inputs, "write about")?;
    if outcome.model.automations.is_empty()
        && (verdict == Verdict::Trouble || nothing(&outcome.report).is_some())
    {
        return Ok(verdict);
    }
    let page = page(&linter, &outcome)?;
    match arguments.format {
        Format::Html => print(|out| html::write(&page, out))?,
    }
    Ok(verdict)
}

fn page<'p>(linter: &Linter, outcome: &'p Outcome) -> Result<Page<'p>, Failure> {
    let mut by_account: BTreeMap<Option<usize>, Vec<&Finding>> = BTreeMap::new();
    for finding in outcome.findings() {
        by_account.entry(account_of(outcome, finding)).or_default().push(finding);
    }
    let world = outcome.world();
    let descriptions = describe(&outcome.model, linter.rulebook().assumptions());
    let accounts: Vec<_> = descriptions
        .into_iter()
        .map(|description| {
            let checklist = world.account(description.number).and_then(checklist);
            let findings = by_account.remove(&Some(description.number)).unwrap_or_default();
            (description, checklist, findings)
        })
        .collect();
    // Those of accounts that do nothing stand with those of files.
    let of_files = by_account.into_values().flatten().collect();
    let drawing = Drawing::new(&linter.study(&world));
    let mut picture = Vec::new();
    if !drawing.cards.is_empty() {
        graph::write(&drawing, graph::Format::Svg, &mut picture).map_err(Failure::writing)?;
    }
    let picture = String::from_utf8(picture).ok().filter(|picture| !picture.is_empty());
    Ok(Page { outcome, accounts, of_files, picture })
}

/// The account that a finding is about.
fn account_of(outcome: &Outcome, finding: &Finding) -> Option<usize> {
    let index = |number: u32| usize::try_from(number).ok();
    match finding.subjects.first()? {
        Subject::Account(number) => index(*number),
        Subject::Automation(number) | Subject::Action(number, _) => {
            Some(outcome.model.automations.get(index(*number)?)?.account)
        }
        Subject::File(_) => None,
    }
}
