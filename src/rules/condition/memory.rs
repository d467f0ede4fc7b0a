//! What was found out during an evaluation and would be asked again: what messages look like to patterns, and
//! whether something holds somewhere on an account. Keyed by address: the model stays where it is meanwhile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Condition, Truth};
use crate::model::Account;
use crate::rules::cues::{Cues, Message};

/// The memory of an evaluation of some accounts.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    messages: Mutex<HashMap<(usize, usize), Arc<Message>>>,
    somewhere: Mutex<HashMap<(usize, usize), Truth>>,
}

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
