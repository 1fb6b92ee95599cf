//! The language server: recoupe beside whoever is writing, as diagnostics of the text that is in the editor.
//!
//! [`serve`] speaks the Language Server Protocol over two streams. The whole draft is checked again at each change; nothing is
//! kept from one check for the next. Columns are counted in UTF-16, UTF-8 or characters, as the client prefers: only
//! `position` knows of that.

mod actions;
mod capabilities;
mod client;
mod complete;
mod config_edit;
mod cursor;
mod documents;
mod draft;
mod hover;
mod position;
mod schema;
mod server;
mod setup;
mod symbols;
mod uri;
mod wire;
mod words;
mod yaml;

use std::io::{BufReader, Read, Write};
use std::sync::{Mutex, PoisonError};

use lsp_server::{Connection, Message};

use server::Server;
use wire::Heard;

pub use server::Ended;
pub use setup::Options;

/// Serves one client until it leaves.
///
/// What cannot be read as a message is answered with an error, and the next message is read. A stream that breaks is a client
/// that left. Configurations and rules are read from disk, as the texts need them.
pub fn serve(input: impl Read + Send, output: impl Write + Send, options: Options) -> Ended {
    let (here, there) = Connection::memory();
    let Connection { sender, receiver } = there;
    let output = Mutex::new(output);
    let output = &output;
    std::thread::scope(|threads| {
        threads.spawn(move || read(input, &|message| sender.send(message).is_ok(), output));
        threads.spawn(move || {
            for message in receiver {
                // Whoever does not listen any more is noticed where its own messages end.
                let _ = message.write(&mut *lock(output));
            }
        });
        Server::new(here, options).run()
    })
}

/// Hands on what comes in, until the client leaves or nobody takes it.
fn read(input: impl Read, hand_on: &dyn Fn(Message) -> bool, output: &Mutex<impl Write>) {
    let mut input = BufReader::new(input);
    loop {
        match wire::next(&mut input) {
            Ok(Heard::Message(message)) => {
                let is_last = matches!(&message, Message::Notification(n) if n.method == "exit");
                if !hand_on(message) || is_last {
                    return;
                }
            }
            Ok(Heard::Malformed(response)) => {
                let text = response.to_string();
                let mut output = lock(output);
                let _ = write!(output, "Content-Length: {}\r\n\r\n{text}", text.len()).and_then(|()| output.flush());
            }
            Ok(Heard::End) | Err(_) => return,
        }
    }
}

fn lock<W>(output: &Mutex<W>) -> std::sync::MutexGuard<'_, W> {
    output.lock().unwrap_or_else(PoisonError::into_inner)
}
