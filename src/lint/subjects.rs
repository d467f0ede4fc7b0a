//! The names of what findings are about.

use crate::diagnostic::{Finding, Subject};
use crate::model::Model;

/// The names of the automations that a finding is about.
pub(super) fn automations_of<'m>(finding: &Finding, model: &'m Model) -> Vec<&'m str> {
    let number = |subject: &Subject| match subject {
        Subject::Automation(number) | Subject::Action(number, _) => usize::try_from(*number).ok(),
        Subject::Account(_) | Subject::File(_) => None,
    };
    let numbers = finding.subjects.iter().filter_map(number);
    numbers.filter_map(|number| Some(model.automations.get(number)?.name.as_str())).collect()
}

/// The name of the automation that a finding is about, or else of the account.
pub(super) fn whose(subject: Subject, model: &Model) -> &str {
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    match subject {
        Subject::Automation(number) | Subject::Action(number, _) => {
            model.automations.get(index(number)).map_or("", |automation| &automation.name)
        }
        Subject::Account(number) => model.accounts.get(index(number)).map_or("", |account| &account.name),
        Subject::File(_) => "",
    }
}
