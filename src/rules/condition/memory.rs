//! A cache for one evaluation: what messages look like to patterns, and whether something holds somewhere on an
//! account. Keyed by address: the model does not move meanwhile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::test::Test;
use super::{Condition, Truth};
use crate::model::{Account, View};
use crate::rules::cues::{Cues, Message};
use crate::rules::fields::Level;

/// The memory of an evaluation of some accounts.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    messages: Mutex<HashMap<(usize, usize), Arc<Message>>>,
    somewhere: Mutex<HashMap<(usize, usize), Truth>>,
    shared: Mutex<HashMap<(usize, usize), Truth>>,
}

/// So few actions or automations beside each other are looked at each time.
const FEW: usize = 16;

impl Memory {
    /// A text of the model as patterns see it.
    pub(super) fn message(&self, text: &str, cues: &Cues) -> Arc<Message> {
        let key = (text.as_ptr().addr(), text.len());
        if let Some(known) = open(&self.messages).get(&key) {
            return Arc::clone(known);
        }
        let message = cues.message(text);
        open(&self.messages).insert(key, Arc::clone(&message));
        message
    }

    /// Whether a test holds that comes out the same for all actions of a branch, or of an account: asked once where
    /// there are many of them.
    pub(super) fn shared(&self, test: &Test, view: &View<'_>, find_out: impl FnOnce() -> Truth) -> Truth {
        let place = match test.field.level {
            Level::Account => {
                let is_large = view.automations().nth(FEW).is_some();
                is_large.then(|| std::ptr::from_ref(view.account).addr())
            }
            Level::Automation => {
                let branch = view.branch();
                (branch.len() > FEW).then(|| branch.as_ptr().addr())
            }
            Level::Action => None,
        };
        let Some(place) = place else { return find_out() };
        let key = (std::ptr::from_ref(test).addr(), place);
        let known = open(&self.shared).get(&key).copied();
        known.unwrap_or_else(|| {
            let truth = find_out();
            open(&self.shared).insert(key, truth);
            truth
        })
    }

    /// Whether a condition holds somewhere on an account.
    pub(super) fn somewhere(
        &self,
        condition: &Condition,
        account: &Account,
        find_out: impl FnOnce() -> Truth,
    ) -> Truth {
        let key = (std::ptr::from_ref(condition).addr(), std::ptr::from_ref(account).addr());
        // Looked up apart from finding out, which may ask again.
        let known = open(&self.somewhere).get(&key).copied();
        known.unwrap_or_else(|| {
            let truth = find_out();
            open(&self.somewhere).insert(key, truth);
            truth
        })
    }
}

fn open<T>(memory: &Mutex<T>) -> MutexGuard<'_, T> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}
