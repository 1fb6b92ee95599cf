//! What an editor may send. Lines are messages, each sent with its length; the first byte says whether the greeting and an open draft come
//! before them, and whether the whole is sent as it stands instead.
#![no_main]

use std::io::{Cursor, sink};

use libfuzzer_sys::fuzz_target;
use recoupe::desk::Which;
use recoupe::lsp::{Options, serve};

const GREETING: &[&str] = &[
    r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{"general":{"positionEncodings":["utf-16"]}}}}"#,
    r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#,
    r#"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:a.md","languageId":"markdown","version":1,"text":"Le 31 avril, il y a 80 internes : 45 garçons et 30 filles."}}}"#,
];

fn framed(message: &[u8], out: &mut Vec<u8>) {
    out.extend(format!("Content-Length: {}\r\n\r\n", message.len()).into_bytes());
    out.extend(message);
}

fuzz_target!(|data: &[u8]| {
    let Some((&how, sent)) = data.split_first() else { return };
    let mut input = Vec::new();
    if how & 1 == 0 {
        GREETING.iter().for_each(|m| framed(m.as_bytes(), &mut input));
    }
    if how & 2 == 0 {
        sent.split(|b| *b == b'\n').for_each(|m| framed(m, &mut input));
    } else {
        input.extend(sent);
    }
    let options = Options { which: Which::None, ..Options::default() };
    serve(Cursor::new(input), sink(), options);
});
