//! What every request is answered from: the rules, the limits, whose turn it is.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::draft;
use super::refusal::Refusal;
use crate::beside::Stop;
use crate::config::{Effective, Settings};
use crate::desk::Desk;

/// What the service may do and for whom.
#[derive(Clone, Debug)]
pub struct Options {
    /// Origins beside its own whose pages may call the service, as browsers write them: `https://cms.example`; `*` for all.
    pub origins: Vec<String>,
    /// Names beside `localhost` and IP addresses under which the service may be called, without a port.
    pub hosts: Vec<String>,
    /// The language of messages where a request names none; otherwise as the configuration says, or that of the draft.
    pub messages: Option<String>,
    /// What is too much.
    pub limits: Limits,
}

/// What is too much, too long, too many.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most bytes of a request's body.
    pub body: usize,
    /// How long a request may take to arrive: its head, then its body. Also how long an answer may wait to be taken.
    pub transfer: Duration,
    /// How long a request may wait for its turn.
    pub wait: Duration,
    /// How long one check may take.
    pub check: Duration,
    /// How many checks run at once.
    pub checks: usize,
    /// How many connections are open at once; the next one waits.
    pub connections: usize,
    /// How long those who are being answered may hold up a stop.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            body: 2 << 20,
            transfer: Duration::from_secs(20),
            wait: Duration::from_secs(30),
            check: Duration::from_secs(10),
            checks: std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
            connections: 256,
            stop: Duration::from_secs(5),
        }
    }
}

/// What every request is answered from.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) desk: Arc<Desk>,
    pub(super) options: Options,
    pub(super) turns: Arc<Semaphore>,
}

impl Service {
    /// What holds for a draft that comes without a path, given what its request says.
    pub(super) fn settings(&self, given: Settings) -> Effective {
        let messages = given.messages.or_else(|| self.options.messages.clone());
        self.desk.effective(Path::new(draft::NAME), &Settings { messages, ..given })
    }
}

/// Stops a check when nobody waits for it any more: it took too long, or whoever asked has gone.
struct Leave(Stop);

impl Drop for Leave {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Does a piece of work on a thread where it holds up nobody, in its turn.
pub(super) async fn in_turn<T: Send + 'static>(
    service: &Arc<Service>,
    work: impl FnOnce(&Service) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let limits = service.options.limits;
    let turn = tokio::time::timeout(limits.wait, service.turns.clone().acquire_owned()).await;
    let turn = turn.map_err(|_| Refusal::busy())?.map_err(|_| Refusal::busy())?;
    let (service, stop) = (service.clone(), Leave(Stop::default()));
    let heard = stop.0.clone();
    let work = tokio::task::spawn_blocking(move || {
        // The turn ends with the work, not with the patience of who asked.
        let _turn = turn;
        heard.unless(|| work(&service))
    });
    match tokio::time::timeout(limits.check, work).await {
        Ok(Ok(Some(done))) => done,
        Ok(Err(_)) => Err(Refusal::fault()),
        Ok(Ok(None)) | Err(_) => Err(Refusal::too_long(limits.check)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(limits: Limits) -> Arc<Service> {
        let options = Options { origins: Vec::new(), hosts: Vec::new(), messages: None, limits };
        let desk = Arc::new(Desk::default());
        Arc::new(Service { desk, turns: Arc::new(Semaphore::new(limits.checks)), options })
    }

    #[test]
    fn work_that_takes_too_long_keeps_its_turn_until_it_ends() {
        let short = Duration::from_millis(40);
        let service = service(Limits { checks: 1, check: short, wait: short, ..Limits::default() });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let (end, ends) = std::sync::mpsc::channel::<()>();
            let long = in_turn(&service, move |_| Ok(ends.recv().is_err())).await;
            assert_eq!(long.unwrap_err().code(), "too-long");
            assert_eq!(in_turn(&service, |_| Ok(())).await.unwrap_err().code(), "busy");
            drop(end);
            while in_turn(&service, |_| Ok(())).await.is_err() {}
        });
    }

    #[test]
    fn a_check_that_takes_too_long_is_stopped() {
        let short = Duration::from_millis(40);
        let service = service(Limits { checks: 1, check: short, wait: Duration::from_secs(60), ..Limits::default() });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let long = in_turn(&service, move |_| Ok(crate::beside::map(0, usize::MAX, |_| std::thread::sleep(short / 10)).len()));
            assert_eq!(long.await.unwrap_err().code(), "too-long");
            assert!(in_turn(&service, |_| Ok(())).await.is_ok(), "its turn is free again");
        });
    }

    #[test]
    fn a_fault_is_told_and_gives_its_turn_back() {
        let service = service(Limits { checks: 1, ..Limits::default() });
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let fault = in_turn::<()>(&service, |_| panic!("words of a draft")).await.unwrap_err();
            assert_eq!(fault.code(), "fault");
            assert!(in_turn(&service, |_| Ok(())).await.is_ok());
        });
    }
}
