//! Which accounts of several files are one, and one account made of them. What nothing ties together stays apart.

mod groups;
mod join;

use super::{Account, Model};
use groups::groups;
use join::{bring_along, forget_what_came_along, join};

/// On what it rests that accounts of several files are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unity {
    /// What they have in common.
    pub basis: Basis,
    /// Whether that proves it; a name alone does not.
    pub is_proven: bool,
}

/// What accounts of several files have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The handle.
    Handle(String),
    /// The name of the secret that they sign in with.
    Secret(String),
    /// The tool reads their files together.
    Instance,
}

impl Unity {
    /// Whether the files belong to different installations, so that what one says about its bot as a whole
    /// holds for its own automations only.
    fn is_loose(&self) -> bool {
        self.basis != Basis::Instance
    }
}

impl Model {
    /// Makes one account of those that are one. Each file's own switches, guards and limits stay with its
    /// own automations.
    pub fn compose(&mut self) {
        if self.accounts.len() < 2 {
            return;
        }
        let groups = groups(&self.accounts);
        if groups.iter().all(|(members, _)| members.len() == 1) {
            return;
        }
        let mut new_number = vec![0; self.accounts.len()];
        for (number, (members, _)) in groups.iter().enumerate() {
            for member in members {
                if let Some(slot) = new_number.get_mut(*member) {
                    *slot = number;
                }
            }
        }
        for automation in &mut self.automations {
            let old = automation.account;
            let new = new_number.get(old).copied().unwrap_or(old);
            let is_joined =
                groups.get(new).is_some_and(|(_, unity)| unity.as_ref().is_some_and(Unity::is_loose));
            if is_joined && let Some(account) = self.accounts.get(old) {
                bring_along(account, automation);
            }
            automation.account = new;
        }
        let mut accounts: Vec<Option<Account>> =
            std::mem::take(&mut self.accounts).into_iter().map(Some).collect();
        self.accounts = groups
            .into_iter()
            .filter_map(|(members, unity)| {
                let mut parts = members.into_iter().filter_map(|member| accounts.get_mut(member)?.take());
                let first = parts.next()?;
                let mut one = parts.fold(first, join);
                if unity.as_ref().is_some_and(Unity::is_loose) {
                    forget_what_came_along(&mut one);
                }
                one.unity = unity;
                Some(one)
            })
            .collect();
    }
}

/// Which accounts of two versions of a configuration are the same: pairs of numbers, by what makes accounts of
/// several files one. Where several could be meant, none is.
#[must_use]
pub fn partners(old: &[Account], new: &[Account]) -> Vec<(usize, usize)> {
    // Both versions count their files from zero, and two accounts of one file are two.
    let files = old.iter().map(|account| account.site.used.file.0.saturating_add(1)).max().unwrap_or(0);
    let mut all = old.to_vec();
    all.extend(new.iter().cloned().map(|mut account| {
        account.site.used.file.0 = account.site.used.file.0.saturating_add(files);
        account
    }));
    let pair = |(members, _): (Vec<usize>, _)| match members.as_slice() {
        [one, other] if *one < old.len() => Some((*one, other.checked_sub(old.len())?)),
        _ => None,
    };
    groups(&all).into_iter().filter_map(pair).collect()
}
