//! How long one request takes, from the first byte sent to the last received. `cargo bench --bench service`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use recoupe::desk::Desk;
use recoupe::serve::{Limits, Options, serve};

fn main() {
    LazyLock::force(&SERVICE);
    divan::main();
}

/// A service in this process, on a port of its own.
static SERVICE: LazyLock<SocketAddr> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let options = Options { origins: Vec::new(), hosts: Vec::new(), messages: None, limits: Limits::default() };
    let desk = Arc::new(Desk::new(Arc::default(), &[]).unwrap());
    std::thread::spawn(move || serve(listener, desk, options));
    at
});

/// A story of some 800 words: the bodies of the French examples.
fn story() -> String {
    let drafts = [include_str!("../examples/almaty.md"), include_str!("../examples/saint-malo.md")];
    let bodies: Vec<&str> = drafts.iter().map(|text| text.splitn(3, "---\n").last().unwrap_or_default()).collect();
    let words: Vec<&str> = bodies.iter().flat_map(|body| body.split_inclusive(' ')).cycle().take(800).collect();
    words.concat()
}

struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    fn new() -> Client {
        let stream = TcpStream::connect(*SERVICE).unwrap();
        stream.set_nodelay(true).unwrap();
        Client { stream: BufReader::new(stream) }
    }

    /// Sends a request; the length of the answer.
    fn ask(&mut self, request: &[u8]) -> usize {
        self.stream.get_mut().write_all(request).unwrap();
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).unwrap();
            match line.trim_end().split_once(": ") {
                Some(("content-length", n)) => length = n.parse().unwrap(),
                None if line.trim_end().is_empty() => break,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        length
    }
}

fn post(path: &str, media: &str, body: &str) -> Vec<u8> {
    let (at, length) = (*SERVICE, body.len());
    format!("POST {path} HTTP/1.1\r\nhost: {at}\r\ncontent-type: {media}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

fn bench(bencher: Bencher, request: Vec<u8>) {
    let mut client = Client::new();
    client.ask(&request);
    bencher.bench_local(|| client.ask(&request));
}

#[divan::bench]
fn check_800_words(bencher: Bencher) {
    bench(bencher, post("/check?lang=fr", "text/markdown", &story()));
}

#[divan::bench]
fn facts_800_words(bencher: Bencher) {
    bench(bencher, post("/facts?lang=fr", "text/markdown", &story()));
}

#[divan::bench]
fn languagetool_800_words(bencher: Bencher) {
    let text: String = form_urlencoded::byte_serialize(story().as_bytes()).collect();
    bench(bencher, post("/v2/check", "application/x-www-form-urlencoded", &format!("language=fr&text={text}")));
}

#[divan::bench]
fn nothing_but_the_way(bencher: Bencher) {
    bench(bencher, format!("GET /health HTTP/1.1\r\nhost: {}\r\n\r\n", *SERVICE).into_bytes());
}
