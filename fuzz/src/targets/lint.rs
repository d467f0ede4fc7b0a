//! The whole journey: files are understood, composed, judged by all rules and analyses, described and drawn. What is
//! found lies in a file of the run and says something.

use std::sync::OnceLock;

use botiquette::analysis::Study;
use botiquette::describe::describe;
use botiquette::graph::Drawing;
use botiquette::hygiene;
use botiquette::model::World;
use botiquette::rules::Rulebook;
use botiquette::{Input, Outcome, Request, lint};

use super::Case;
use super::syntax::fits;

pub(super) fn run(case: &Case) {
    let outcome = lint_case(case);
    check(&outcome);
    let descriptions = describe(&outcome.model, rulebook().assumptions());
    assert!(descriptions.iter().flat_map(|account| &account.does).all(|told| !told.sentence.is_empty()));
    for checklist in hygiene::checklists(&outcome.model) {
        assert!(checklist.earned() <= checklist.possible(), "more earned than there is");
    }
    let _ = draw(&outcome);
}

/// The rules as they come, read once.
pub(super) fn rulebook() -> &'static Rulebook {
    static RULEBOOK: OnceLock<Rulebook> = OnceLock::new();
    RULEBOOK.get_or_init(|| Rulebook::built_in().unwrap_or_else(|broken| panic!("{broken}")))
}

/// The files of a case, each as if it came from standard input.
pub(super) fn inputs(files: &[(String, String)]) -> Vec<Input> {
    let input = |(name, text): &(String, String)| Input::Stdin {
        name: name.clone(),
        bytes: text.clone().into_bytes(),
    };
    files.iter().map(input).collect()
}

pub(super) fn lint_case(case: &Case) -> Outcome {
    lint(&Request { inputs: inputs(&case.files), dialect: None, rulebook: rulebook() })
}

/// Whether all that was found can be shown.
pub(super) fn check(outcome: &Outcome) {
    for finding in &outcome.report.findings {
        assert!(!finding.title.is_empty() && !finding.fingerprint.is_empty(), "{finding:?}");
        for label in [&finding.primary].into_iter().chain(&finding.related).chain(&finding.hops) {
            let file = outcome.sources.get(label.place.file);
            assert!(
                file.is_some_and(|file| fits(label.place.span, file.text())),
                "a label outside: {finding:?}"
            );
        }
    }
}

pub(super) fn draw(outcome: &Outcome) -> Drawing {
    let world = World::new(&outcome.model);
    let study = Study::new(&world, rulebook().thresholds(), rulebook().assumptions());
    Drawing::new(&study)
}
