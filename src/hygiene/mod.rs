//! Good practice as a checklist: what an exemplary bot does, and which of it a configuration shows.
//! May know the model only; advice, never a finding.

mod bot;
mod lines;

pub use lines::{Line, checklist_lines};

use crate::model::{Model, View, World};
use bot::Bot;

/// What a configuration shows of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The configuration shows it.
    Present,
    /// The configuration shows that it is not so, or could have said it and does otherwise.
    Absent,
    /// The configuration does not tell.
    NotStated,
    /// The account does nothing that would call for it.
    NotApplicable,
}

impl State {
    /// Its name in machine-readable output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::NotStated => "not-stated",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// The checklist of one account.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// How the account is called.
    pub account: String,
    /// Every line of [`checklist_lines()`], in its order, and what the configuration shows of it.
    pub lines: Vec<(&'static Line, State)>,
}

impl Checklist {
    /// The weight of the lines that are present.
    #[must_use]
    pub fn earned(&self) -> u32 {
        self.weight(|state| state == State::Present)
    }

    /// The weight of the lines that apply.
    #[must_use]
    pub fn possible(&self) -> u32 {
        self.weight(|state| state != State::NotApplicable)
    }

    /// Earned weight in per cent of possible weight; nothing where no line applies.
    #[must_use]
    pub fn percent(&self) -> Option<u32> {
        (self.earned() * 100).checked_div(self.possible())
    }

    /// How many lines are in this state.
    #[must_use]
    pub fn count(&self, wanted: State) -> usize {
        self.lines.iter().filter(|(_, state)| *state == wanted).count()
    }

    fn weight(&self, counts: impl Fn(State) -> bool) -> u32 {
        self.lines.iter().filter(|(_, state)| counts(*state)).map(|(line, _)| line.weight).sum()
    }
}

/// The checklists of all accounts that do anything, in the order of the files.
#[must_use]
pub fn checklists(model: &Model) -> Vec<Checklist> {
    let world = World::new(model);
    let views = (0..model.accounts.len()).filter_map(|account| world.account(account));
    views.filter_map(checklist).collect()
}

/// The checklist of an account; nothing where it does nothing.
#[must_use]
pub fn checklist(view: View<'_>) -> Option<Checklist> {
    view.actions_of_account().next()?;
    let bot = Bot::new(view);
    let account = view.account.name.clone();
    let lines = checklist_lines().map(|line| (line, line.state(&bot))).collect();
    Some(Checklist { account, lines })
}
