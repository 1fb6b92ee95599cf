//! Messages off a stream. What is no message is told, and the next one is read: the stream of `lsp-server` itself ends at
//! the first malformed message, and reserves whatever room a header asks for.

use std::io::{self, BufRead, Read};

use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};

/// A message of more bytes is read over.
pub const LONGEST: u64 = 256 << 20;
/// A header line of more bytes is none.
const LONGEST_HEADER: u64 = 8 << 10;

/// What came off the stream.
#[derive(Debug)]
pub enum Heard {
    /// A message.
    Message(Message),
    /// What was no message, as the response that tells so.
    Malformed(Value),
    /// The end.
    End,
}

/// The response to what could not be read; `id` is null where it could not be told.
pub fn refusal(id: &Value, code: ErrorCode, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": message } })
}

/// Reads the next message.
///
/// # Errors
/// Those of the stream.
pub fn next(mut input: &mut dyn BufRead) -> io::Result<Heard> {
    let malformed = |message: &str| Ok(Heard::Malformed(refusal(&Value::Null, ErrorCode::ParseError, message)));
    let mut length = None;
    let mut odd = None;
    loop {
        let mut line = Vec::new();
        (&mut input).take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(Heard::End);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            if length.is_none() && odd.is_none() {
                // Empty lines between two messages.
                continue;
            }
            break;
        }
        match line.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => match value.trim().parse::<u64>() {
                Ok(n) => (length, odd) = (Some(n), None),
                Err(_) => odd = Some(format!("`{}` is no length: Content-Length is a number of bytes", value.trim())),
            },
            Some((name, _)) if name.trim().eq_ignore_ascii_case("content-type") => {}
            _ => odd = odd.or_else(|| Some("a message starts with a header line « Content-Length: N »".to_owned())),
        }
    }
    let Some(length) = length else { return malformed(&odd.unwrap_or_default()) };
    if length > LONGEST {
        io::copy(&mut (&mut input).take(length), &mut io::sink())?;
        return malformed(&format!("a message of {length} bytes: the longest that is read has {LONGEST}"));
    }
    // Room grows with what arrives, not with what the header promises.
    let mut body = Vec::new();
    if ((&mut input).take(length).read_to_end(&mut body)? as u64) < length {
        return Ok(Heard::End);
    }
    Ok(match serde_json::from_slice::<Value>(&body) {
        Err(e) => Heard::Malformed(refusal(&Value::Null, ErrorCode::ParseError, &format!("the message is no JSON: {e}"))),
        Ok(json) => message(json),
    })
}

fn message(json: Value) -> Heard {
    let id = json.get("id").filter(|id| id.is_number() || id.is_string()).cloned().unwrap_or_default();
    let is_message = json.get("method").is_some_and(Value::is_string) || (!id.is_null() && json.get("method").is_none());
    // With an id that is out of range, a request would be taken for a notification, and never answered.
    if is_message
        && let Ok(message) = serde_json::from_value::<Message>(json)
        && (id.is_null() || !matches!(message, Message::Notification(_)))
    {
        return Heard::Message(message);
    }
    let why = "the message is no request, notification or response of JSON-RPC 2.0";
    Heard::Malformed(refusal(&id, ErrorCode::InvalidRequest, why))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(stream: &[u8]) -> Vec<String> {
        let mut input = stream;
        let mut out = Vec::new();
        loop {
            match next(&mut input).unwrap() {
                Heard::End => return out,
                Heard::Message(Message::Request(r)) => out.push(format!("request {}", r.method)),
                Heard::Message(Message::Notification(n)) => out.push(format!("notification {}", n.method)),
                Heard::Message(Message::Response(_)) => out.push("response".to_owned()),
                Heard::Malformed(v) => out.push(format!("{} {}", v["error"]["code"], v["id"])),
            }
        }
    }

    fn framed(bodies: &[&str]) -> Vec<u8> {
        bodies.iter().flat_map(|b| format!("Content-Length: {}\r\n\r\n{b}", b.len()).into_bytes()).collect()
    }

    #[test]
    fn malformed_bodies_are_told_and_the_next_message_is_read() {
        let exit = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let odd = framed(&[
            "{",
            "[]",
            r#"{"jsonrpc":"2.0","id":7,"method":3}"#,
            r#"{"jsonrpc":"2.0","id":99999999999,"method":"shutdown"}"#,
            r#"{"id":"a"}"#,
            "\u{feff}",
            "",
            exit,
        ]);
        let told = all(&odd);
        assert_eq!(
            told,
            [
                "-32700 null",
                "-32600 null",
                "-32600 7",
                "-32600 99999999999",
                "-32600 \"a\"",
                "-32700 null",
                "-32700 null",
                "notification exit"
            ]
        );
    }

    #[test]
    fn malformed_headers_are_told_and_the_next_message_is_read() {
        let exit = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let good = String::from_utf8(framed(&[exit])).unwrap();
        for odd in
            ["X\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Type: y\r\nGET / HTTP/1.1\r\n\r\n"]
        {
            assert_eq!(all(format!("{odd}{good}").as_bytes()), ["-32700 null", "notification exit"], "{odd}");
        }
        assert_eq!(all(format!("\r\n\r\n{good}").as_bytes()), ["notification exit"]);
        assert_eq!(all(format!("content-length:{}\ncontent-type: z\n\n{exit}", exit.len()).as_bytes()), ["notification exit"]);
    }

    #[test]
    fn a_stream_that_breaks_off_is_at_its_end() {
        let good = framed(&[r#"{"jsonrpc":"2.0","method":"exit"}"#]);
        for end in 0..good.len() {
            assert!(matches!(next(&mut &good[..end]).unwrap(), Heard::End) || end < 18, "{end}");
        }
        // A promise of more than a machine holds reserves nothing.
        assert!(matches!(next(&mut &b"Content-Length: 18446744073709551615\r\n\r\nx"[..]).unwrap(), Heard::Malformed(_)));
    }
}
