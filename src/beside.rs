//! Two threads for one draft: a second pair of hands where nobody else needs the core.

use std::sync::atomic::{AtomicUsize, Ordering};

/// From so many tokens on a second thread brings more than its start costs.
const WORTH_A_THREAD: usize = 400;

/// The drafts that are being read or checked in this process.
static BUSY: AtomicUsize = AtomicUsize::new(0);

/// Counts a draft as long as it is worked on.
struct Turn {
    alone: bool,
}

impl Turn {
    fn take() -> Turn {
        Turn { alone: BUSY.fetch_add(1, Ordering::Relaxed) == 0 }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        BUSY.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Calls `work` with each number below `items` and returns the results in the order of the numbers. A draft of many tokens that is
/// the only one at the time is worked on by two threads, each of which takes the next number: the results are the same either way.
///
/// # Panics
///
/// If `work` does.
pub(crate) fn map<T: Send>(tokens: usize, items: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let turn = Turn::take();
    if !turn.alone || tokens < WORTH_A_THREAD || items < 2 {
        return (0..items).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            if i >= items {
                return done;
            }
            done.push((i, work(i)));
        }
    };
    let mut all = std::thread::scope(|scope| {
        // Where the system gives no thread, this one does all.
        let other = std::thread::Builder::new().spawn_scoped(scope, take);
        let mut mine = take();
        match other.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(theirs)) => mine.extend(theirs),
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => {}
        }
        mine
    });
    all.sort_unstable_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, done)| done).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_their_order() {
        let squares = |tokens| map(tokens, 1000, |i| i * i);
        assert_eq!(squares(0), squares(10_000));
        assert_eq!(squares(10_000)[31], 961);
    }

    #[test]
    fn a_panic_is_passed_on_and_the_turn_given_back() {
        let panics = std::panic::catch_unwind(|| map(10_000, 100, |i| assert!(i < 50)));
        assert!(panics.is_err());
        assert_eq!(map(10_000, 3, |i| i), [0, 1, 2]);
    }
}
