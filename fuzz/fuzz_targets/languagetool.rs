//! The body of a request as clients of LanguageTool send it, to the service on this machine. The first byte says whether the bytes are the
//! whole body, or the value of `data` (a text with markup) or of `text`.
#![no_main]

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use recoupe::desk::Desk;
use recoupe::serve::{Limits, Options, serve};

/// The service, and the one connection to it.
static SERVICE: LazyLock<Mutex<TcpStream>> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let limits = Limits { checks: 1, transfer: Duration::from_secs(600), ..Limits::default() };
    let options = Options { origins: Vec::new(), hosts: Vec::new(), messages: None, limits };
    std::thread::spawn(move || serve(listener, Arc::new(Desk::default()), options));
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("the service answers");
    stream.set_nodelay(true).expect("a socket");
    Mutex::new(stream)
});

fn encoded(bytes: &[u8]) -> String {
    bytes.iter().map(|b| if b.is_ascii_alphanumeric() { char::from(*b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Sends a body and reads the whole answer; its status.
fn ask(stream: &mut TcpStream, body: &[u8]) -> u16 {
    let head = format!(
        "POST /v2/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut request = head.into_bytes();
    request.extend(body);
    stream.write_all(&request).expect("the service listens");
    let mut answer = Vec::new();
    let mut piece = [0; 1 << 14];
    loop {
        // The clock that watches over each run interrupts what waits.
        let read = match stream.read(&mut piece) {
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            read => read.expect("the service answers"),
        };
        assert!(read > 0, "the service hung up");
        answer.extend(&piece[..read]);
        let Some(end) = answer.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
        let length =
            head.lines().find_map(|l| l.strip_prefix("content-length:")).and_then(|l| l.trim().parse().ok()).unwrap_or(0_usize);
        if answer.len() >= end + 4 + length {
            return head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((&how, bytes)) = data.split_first() else { return };
    let body = match how % 3 {
        0 => bytes.to_vec(),
        1 => format!("language=auto&level=picky&data={}", encoded(bytes)).into_bytes(),
        _ => format!("language=fr&text={}", encoded(bytes)).into_bytes(),
    };
    let mut stream = SERVICE.lock().expect("one at a time");
    let status = ask(&mut stream, &body);
    assert!((200..500).contains(&status), "status {status}");
});
