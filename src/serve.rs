//! The service: drafts checked over HTTP, for this machine alone unless told otherwise.
//!
//! The only module that opens a socket, and it only listens: nothing is asked of any other machine. A draft lives as long
//! as its request, in memory; nothing of it is written, logged or remembered. Checks run on threads of their own, a few at a
//! time; who comes later waits. Every limit is in [`Limits`].

mod answer;
mod connection;
mod draft;
mod guard;
mod languagetool;
mod openapi;
mod page;
mod refusal;
mod routes;
mod service;
mod story;

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::desk::Desk;
use service::Service;
pub use service::{Limits, Options};

/// Answers requests until the process is told to stop (Ctrl-C, or SIGTERM), then finishes those that were begun.
///
/// # Errors
/// Where threads or signal handlers cannot be had from the system.
pub fn serve(listener: TcpListener, desk: Arc<Desk>, options: Options) -> io::Result<()> {
    let limits = options.limits;
    let turns = Arc::new(Semaphore::new(limits.checks.max(1)));
    let service = Arc::new(Service { desk, options, turns });
    let runtime = tokio::runtime::Builder::new_multi_thread().max_blocking_threads(limits.checks.max(1)).enable_all().build()?;
    let done = runtime.block_on(connection::accept(listener, routes::router(service), limits));
    // A check that never ends holds up nothing.
    runtime.shutdown_timeout(Duration::from_millis(100));
    done
}
