//! Checks of everything in the background: each runs on a thread of its own, and its result arrives like a message.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::thread;

use botiquette::{Linter, Outcome, Project};

use crate::transport::Incoming;

/// What such a check has found.
#[derive(Debug)]
pub(crate) struct Whole {
    /// The area.
    pub(super) number: u64,
    /// What it was about: the number of changes until then.
    pub(super) edition: u64,
    pub(super) outcome: Outcome,
}

/// Where results go.
pub(crate) struct Later {
    queue: SyncSender<Incoming>,
}

impl Later {
    pub(crate) const fn new(queue: SyncSender<Incoming>) -> Self {
        Self { queue }
    }

    pub(super) fn check(&self, linter: Arc<Linter>, project: Project, (number, edition): (u64, u64)) {
        let queue = self.queue.clone();
        thread::spawn(move || {
            let outcome = linter.check(&project);
            // Where nobody takes it, nobody misses it.
            let _ = queue.send(Incoming::Checked(Box::new(Whole { number, edition, outcome })));
        });
    }
}
