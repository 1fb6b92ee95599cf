//! Work on many drafts at once, its results taken in the order of the drafts.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::{io, thread};

/// How many drafts a worker may be ahead of the one whose turn it is: what bounds the memory of a long run.
const AHEAD: usize = 16;

/// Does `work` on every item with so many workers, and hands the results to `each` on this thread, in the order of the items.
///
/// # Errors
/// The first of `each`; what is not yet begun is then left.
pub fn in_order<T: Sync, R: Send>(
    items: &[T],
    jobs: NonZeroUsize,
    work: impl Fn(&T) -> R + Sync,
    mut each: impl FnMut(&T, R) -> io::Result<()>,
) -> io::Result<()> {
    let jobs = jobs.get().min(items.len());
    if jobs < 2 {
        return items.iter().try_for_each(|item| each(item, work(item)));
    }
    let turns = Turns::default();
    let (send, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (send, turns, work) = (send.clone(), &turns, &work);
            scope.spawn(move || {
                while let Some(i) = turns.take(items.len(), AHEAD * jobs) {
                    let done = catch_unwind(AssertUnwindSafe(|| work(&items[i])));
                    if send.send((i, done)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut next = 0;
        for (i, done) in results {
            early.insert(i, done);
            while let Some(done) = early.remove(&next) {
                let told = match done {
                    Ok(result) => each(&items[next], result),
                    Err(panic) => {
                        turns.stop();
                        resume_unwind(panic)
                    }
                };
                if told.is_err() {
                    turns.stop();
                    return told;
                }
                next += 1;
                turns.pass();
            }
        }
        Ok(())
    })
}

/// Which item is next, and how many have been handed on.
#[derive(Default)]
struct Turns {
    state: Mutex<(usize, usize)>,
    passed: Condvar,
}

impl Turns {
    /// The next item, once it is no more than `ahead` items early; `None` at the end.
    fn take(&self, all: usize, ahead: usize) -> Option<usize> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let early = |s: &mut (usize, usize)| s.0 < all && s.0 >= s.1.saturating_add(ahead);
        let mut state = self.passed.wait_while(state, early).unwrap_or_else(PoisonError::into_inner);
        let next = state.0;
        (next < all).then(|| {
            state.0 += 1;
            next
        })
    }

    fn pass(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1 += 1;
        self.passed.notify_all();
    }

    fn stop(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = (usize::MAX, usize::MAX);
        self.passed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_come_in_order_whatever_the_workers() {
        let items: Vec<u64> = (0..500).collect();
        for n in [1, 2, 7, 64] {
            let mut got = Vec::new();
            // The first are the slowest.
            let work = |i: &u64| {
                thread::sleep(std::time::Duration::from_micros(500 - i));
                i * 2
            };
            in_order(&items, jobs(n), work, |item, result| {
                got.push((*item, result));
                Ok(())
            })
            .unwrap();
            assert_eq!(got, items.iter().map(|i| (*i, i * 2)).collect::<Vec<_>>());
        }
        in_order(&[], jobs(4), |(): &()| (), |(), ()| Ok(())).unwrap();
    }

    #[test]
    fn an_error_ends_the_work() {
        let items: Vec<usize> = (0..10_000).collect();
        let done = std::sync::atomic::AtomicUsize::new(0);
        let work = |_: &usize| done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let ended = in_order(&items, jobs(4), work, |i, _| if *i == 3 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) });
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        assert!(done.into_inner() <= 4 + AHEAD * 4 + 4);
    }

    #[test]
    fn a_panic_of_a_worker_is_no_standstill() {
        let items: Vec<usize> = (0..1_000).collect();
        let run = || in_order(&items, jobs(3), |i| assert!(*i != 500, "odd"), |_, ()| Ok(()));
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
    }
}
