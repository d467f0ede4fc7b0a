//! The lines of the checklist, by topic, each with what it is worth, what it says, what to do where it is absent, whom
//! it applies to and how a configuration shows it. May know the model only.

mod answers;
mod consent;
mod openness;
mod oversight;
mod restraint;

use super::State::{self, Absent, NotApplicable, Present};
use super::bot::Bot;

/// One line of the checklist.
pub struct Line {
    /// Its number: `E-1` to `E-24`.
    pub id: &'static str,
    /// What it is worth.
    pub weight: u32,
    /// What a bot does for which it holds.
    pub says: &'static str,
    /// What to do where it does not hold.
    pub advice: &'static str,
    applies: fn(&Bot<'_>) -> bool,
    check: fn(&Bot<'_>) -> State,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id)
    }
}

impl Line {
    /// What the account shows of this line.
    pub(super) fn state(&self, bot: &Bot<'_>) -> State {
        if (self.applies)(bot) { (self.check)(bot) } else { NotApplicable }
    }
}

/// Every line, in order.
pub fn checklist_lines() -> impl Iterator<Item = &'static Line> {
    let topics = [openness::LINES, consent::LINES, answers::LINES, restraint::LINES, oversight::LINES];
    topics.into_iter().flatten()
}

/// Present if the configuration shows it and nothing speaks against it, else what its silence means.
fn shown(present: bool, absent: bool, silence: State) -> State {
    match (present, absent) {
        (_, true) => Absent,
        (true, false) => Present,
        (false, false) => silence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_worded() {
        assert_eq!(checklist_lines().count(), 24);
        for (number, line) in checklist_lines().enumerate() {
            assert_eq!(line.id, format!("E-{}", number + 1));
            assert!(line.weight > 0 && !line.says.ends_with('.') && !line.advice.ends_with('.'), "{line:?}");
        }
        assert_eq!(checklist_lines().map(|line| line.weight).sum::<u32>(), 50);
    }
}
