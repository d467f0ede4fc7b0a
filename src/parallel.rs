//! Work on many items at once, with the feature `parallel`. The order of the results never depends on threads.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// Does the same with every item and keeps the order; `alone` where starting threads would take longer than the
/// work itself.
pub(crate) fn in_order<T: Send, R: Send>(
    items: Vec<T>,
    alone: bool,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    #[cfg(feature = "parallel")]
    if !alone {
        return items.into_par_iter().map(work).collect();
    }
    let _ = alone;
    items.into_iter().map(work).collect()
}

/// Does two things, at once where that is worth while.
pub(crate) fn both<A: Send, B: Send>(
    alone: bool,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    #[cfg(feature = "parallel")]
    if !alone {
        return rayon::join(one, other);
    }
    let _ = alone;
    (one(), other())
}
