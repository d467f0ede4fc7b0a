//! Delays the end of the process between the first byte of a temporary file and its renaming. Without this, Ctrl-C or
//! a build server's SIGTERM would leave the file behind.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

/// What the handlers share with us. They live as long as the process.
struct Shared {
    /// Whether a signal does at once what it usually does.
    at_once: Arc<AtomicBool>,
    /// The signal that came meanwhile; 0 for none.
    came: Arc<AtomicUsize>,
}

/// While it lives, signals wait; afterwards the last one that came takes effect.
#[derive(Debug)]
pub(super) struct Deferred {
    /// One moment at a time.
    _alone: MutexGuard<'static, ()>,
}

impl Deferred {
    /// Lets signals wait from now on.
    pub(super) fn start() -> std::io::Result<Self> {
        static ALONE: Mutex<()> = Mutex::new(());
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        shared()?.at_once.store(false, Ordering::SeqCst);
        Ok(Self { _alone: alone })
    }
}

impl Drop for Deferred {
    fn drop(&mut self) {
        let Ok(shared) = shared() else { return };
        shared.at_once.store(true, Ordering::SeqCst);
        let came = shared.came.swap(0, Ordering::SeqCst);
        if let Some(signal) = i32::try_from(came).ok().filter(|signal| *signal != 0) {
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}

fn shared() -> std::io::Result<&'static Shared> {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    if let Some(shared) = SHARED.get() {
        return Ok(shared);
    }
    let shared = Shared { at_once: Arc::new(AtomicBool::new(true)), came: Arc::new(AtomicUsize::new(0)) };
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_default(signal, Arc::clone(&shared.at_once))?;
        flag::register_usize(signal, Arc::clone(&shared.came), signal.unsigned_abs() as usize)?;
    }
    Ok(SHARED.get_or_init(|| shared))
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::path::Path;
    use std::process::Command;

    use super::*;

    /// Where the child leaves a sign that it has gone on.
    const SIGN: &str = "BOTIQUETTE_TEST_SIGN";

    /// Started again as a child, this test is what a run does: it is ended in the moment of writing.
    #[test]
    fn a_signal_waits_until_the_moment_is_over() {
        if let Some(sign) = std::env::var_os(SIGN) {
            let moment = Deferred::start().unwrap();
            low_level::raise(SIGTERM).unwrap();
            std::fs::write(Path::new(&sign).join("during"), "").unwrap();
            drop(moment);
            std::fs::write(Path::new(&sign).join("after"), "").unwrap();
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "files::signals::tests::a_signal_waits_until_the_moment_is_over"])
            .env(SIGN, folder.path())
            .output()
            .unwrap();
        assert!(folder.path().join("during").exists(), "it was ended too early");
        assert!(!folder.path().join("after").exists(), "it was not ended at all");
        assert_eq!(child.status.signal(), Some(SIGTERM));
    }
}
