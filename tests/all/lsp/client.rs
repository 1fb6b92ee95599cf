//! A client of the language server, as an editor is one, and what tests ask of its answers.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// Long enough for a machine that does much else.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    /// What came and was not asked for yet.
    heard: VecDeque<Value>,
    requests: i64,
}

impl Client {
    /// A server that was started and not yet spoken to.
    pub fn start(args: &[&str], folder: &Path) -> Client {
        let mut child = Command::new(env!("CARGO_BIN_EXE_recoupe"))
            .arg("lsp")
            .args(args)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, output) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Client { input: child.stdin.take(), child, output, heard: VecDeque::new(), requests: 0 }
    }

    /// A session that is under way; `capabilities` are those of the client.
    pub fn open(folder: &Path, params: Value) -> Client {
        let mut client = Client::start(&[], folder);
        let mut all = json!({ "processId": null, "rootUri": uri(folder), "locale": "en", "capabilities": able() });
        all.as_object_mut().unwrap().extend(params.as_object().unwrap().clone());
        client.request("initialize", all).unwrap();
        client.notify("initialized", json!({}));
        client
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    pub fn send(&mut self, messages: &[Value]) {
        self.raw(&messages.iter().flat_map(framed).collect::<Vec<u8>>());
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&[json!({ "jsonrpc": "2.0", "method": method, "params": params })]);
    }

    pub fn ask(&mut self, method: &str, params: Value) -> (i64, Value) {
        self.requests += 1;
        (self.requests, json!({ "jsonrpc": "2.0", "id": self.requests, "method": method, "params": params }))
    }

    /// The result of a request, or the code of its error.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, i64> {
        let (id, message) = self.ask(method, params);
        self.send(&[message]);
        self.answer(id)
    }

    pub fn answer(&mut self, id: i64) -> Result<Value, i64> {
        let answer = self.wait(|m| m["id"] == id && m.get("method").is_none());
        answer.get("error").map_or_else(|| Ok(answer["result"].clone()), |e| Err(e["code"].as_i64().unwrap()))
    }

    #[track_caller]
    pub fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(i) = self.heard.iter().position(&wanted) {
            return self.heard.remove(i).unwrap();
        }
        loop {
            let message = self.output.recv_timeout(PATIENCE).expect("an answer");
            if wanted(&message) {
                return message;
            }
            self.heard.push_back(message);
        }
    }

    /// The next diagnostics of a text.
    pub fn diagnostics(&mut self, uri: &str) -> Value {
        self.wait(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == *uri)["params"].take()
    }

    /// Opens a text and waits for what is said of it.
    pub fn opened(&mut self, uri: &str, language: &str, text: &str) -> Value {
        let item = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
        self.diagnostics(uri)
    }

    pub fn change(&mut self, uri: &str, version: i32, changes: Value) {
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes }),
        );
    }

    /// Shuts the server down; the exit status.
    pub fn close(mut self) -> i32 {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.notify("exit", Value::Null);
        self.ended()
    }

    /// Hangs up; the exit status.
    pub fn ended(mut self) -> i32 {
        drop(self.input.take());
        let mut err = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!(err, "");
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

pub fn framed(message: &Value) -> Vec<u8> {
    let text = message.to_string();
    format!("Content-Length: {}\r\n\r\n{text}", text.len()).into_bytes()
}

pub fn read(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((_, value)) => length = value.parse().unwrap(),
            None => break,
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// A client that can do all that the server has a use for.
pub fn able() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
    })
}

/// A folder of its own for one test.
pub fn folder(test: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("recoupe-lsp-{test}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir.canonicalize().unwrap()
}

pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

pub fn codes(diagnostics: &Value) -> Vec<&str> {
    diagnostics["diagnostics"].as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap_or("-")).collect()
}

/// `2:23-31`, lines and columns as the protocol counts them.
pub fn place(range: &Value) -> String {
    let (a, b) = (&range["start"], &range["end"]);
    assert_eq!(a["line"], b["line"]);
    format!("{}:{}-{}", a["line"], a["character"], b["character"])
}

pub fn at(line: u32, character: u32) -> Value {
    json!({ "line": line, "character": character })
}

pub fn titles(actions: &Value) -> Vec<&str> {
    actions.as_array().unwrap().iter().map(|a| a["title"].as_str().unwrap()).collect()
}

pub const LYCEE: &str =
    "# Le lycée\n\nLe lycée accueille 80 internes : 45 garçons et 30 filles.\n\nL'examen aura lieu le 31 avril.\n";
