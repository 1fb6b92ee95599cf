//! Two threads for one draft: a second pair of hands where nobody else needs the core. And a word to stop, which both hear between two
//! sentences and between two rules.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

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

/// Tells work on a draft that nobody waits for it any more.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

/// What unwinds work that was stopped.
struct Stopped;

thread_local! {
    /// What stops the work of this thread.
    static STOP: RefCell<Option<Stop>> = const { RefCell::new(None) };
}

impl Stop {
    /// Stops the work, wherever it is.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Does some work on drafts, unless it is stopped: then there is nothing.
    ///
    /// # Panics
    ///
    /// If `work` does.
    pub fn unless<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let before = STOP.replace(Some(self.clone()));
        let done = catch_unwind(AssertUnwindSafe(work));
        STOP.set(before);
        match done {
            Ok(done) => Some(done),
            Err(why) if why.is::<Stopped>() => None,
            Err(panic) => resume_unwind(panic),
        }
    }
}

/// Goes on, unless the work of this thread was stopped.
pub(crate) fn go_on() {
    STOP.with_borrow(|stop| heed(stop.as_ref()));
}

fn heed(stop: Option<&Stop>) {
    if stop.is_some_and(|stop| stop.0.load(Ordering::Relaxed)) {
        let why: Box<dyn Any + Send> = Box::new(Stopped);
        // No panic: nothing is told, and nothing is wrong.
        resume_unwind(why);
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
    let stop = STOP.with_borrow(Option::clone);
    let work = |i: usize| {
        heed(stop.as_ref());
        work(i)
    };
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
    fn work_that_is_stopped_ends_between_two_items() {
        let (stop, done) = (Stop::default(), AtomicUsize::new(0));
        for tokens in [0, 10_000] {
            let all = stop.unless(|| {
                map(tokens, 100, |i| {
                    done.fetch_add(1, Ordering::Relaxed);
                    if i == 3 {
                        stop.stop();
                    }
                })
            });
            assert!(all.is_none());
        }
        // A second pair of hands may be at one more; what was stopped before it began does nothing.
        assert!(done.into_inner() <= 5);
        assert_eq!(Stop::default().unless(|| map(10_000, 3, |i| i)), Some(vec![0, 1, 2]));
    }

    #[test]
    fn a_panic_is_passed_on_and_the_turn_given_back() {
        let panics = std::panic::catch_unwind(|| map(10_000, 100, |i| assert!(i < 50)));
        assert!(panics.is_err());
        assert_eq!(map(10_000, 3, |i| i), [0, 1, 2]);
    }
}
