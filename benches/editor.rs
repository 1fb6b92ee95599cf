//! How long an editor waits: from a key pressed to the findings of the whole draft, over the protocol and both its streams.

use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Read, Write, pipe};
use std::sync::Mutex;

use divan::Bencher;
use recoupe::lsp::{Options, serve};
use serde_json::{Value, json};

fn main() {
    divan::main();
}

/// Words of the story; a news story has some 800, the longest report some 10,000.
const LENGTHS: [usize; 2] = [800, 10_000];

const STORIES: [&str; 2] = [include_str!("../examples/almaty.md"), include_str!("../examples/saint-malo.md")];

/// The French examples, paragraph by paragraph, until there are so many words.
fn story(words: usize) -> String {
    let bodies = STORIES.map(|text| text.splitn(3, "---\n").last().unwrap_or_default());
    let mut out = String::from("---\nlang: fr\ndate: 2024-06-14\n---\n\n");
    let mut so_far = 0;
    for paragraph in bodies.iter().flat_map(|body| body.split("\n\n")).cycle() {
        out.push_str(paragraph.trim());
        out.push_str("\n\n");
        so_far += paragraph.split_whitespace().count();
        if so_far >= words {
            return out;
        }
    }
    out
}

/// A session with one draft open.
struct Session {
    to: PipeWriter,
    from: BufReader<PipeReader>,
    version: i32,
}

impl Session {
    fn open(text: &str) -> Session {
        let (input, to) = pipe().unwrap();
        let (from, output) = pipe().unwrap();
        std::thread::spawn(move || serve(input, output, Options::default()));
        let mut session = Session { to, from: BufReader::new(from), version: 1 };
        session.send(&json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } }));
        session.read();
        let item = json!({ "uri": "untitled:story", "languageId": "markdown", "version": 1, "text": text });
        session.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": item } }));
        session.read();
        session
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    }

    fn read(&mut self) -> usize {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.from.read_line(&mut line).unwrap();
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().unwrap(),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).unwrap();
        length
    }

    /// Writes a letter, or takes it back, and waits for what is said of it.
    fn press(&mut self) -> usize {
        self.version += 1;
        let (from, text) = if self.version % 2 == 0 { (0, "x") } else { (1, "") };
        let range = json!({ "start": { "line": 5, "character": 0 }, "end": { "line": 5, "character": from } });
        let params = json!({ "textDocument": { "uri": "untitled:story", "version": self.version },
            "contentChanges": [{ "range": range, "text": text }] });
        self.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }));
        self.read()
    }
}

#[divan::bench(args = LENGTHS)]
fn change(bencher: Bencher, words: usize) {
    let session = Mutex::new(Session::open(&story(words)));
    bencher.bench(|| session.lock().unwrap().press());
}
