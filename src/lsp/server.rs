//! The loop: one message after the other, and a check of what changed once no message waits.
//!
//! There is one thread for all of it. A check looks, between its stages, whether its answer is still wanted: a newer change of
//! the same text and a cancelled request end it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use gen_lsp_types::{Diagnostic, PublishDiagnosticsParams, Uri};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::Client;
use super::documents::{Change, Kind, Open};
use super::draft::{self, Checked};
use super::setup::Desks;
use super::{Options, capabilities, uri, yaml};

/// How the session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client shut the server down, then left.
    Orderly,
    /// The client left without a word.
    Abrupt,
}

/// Why a request has no result.
#[derive(Debug)]
pub struct Refused {
    code: ErrorCode,
    message: String,
}

impl Refused {
    fn new(code: ErrorCode, message: impl Into<String>) -> Refused {
        Refused { code, message: message.into() }
    }
}

type Answer = Result<Value, Refused>;

/// All that a session knows.
pub(super) struct Server {
    connection: Connection,
    pub(super) client: Client,
    pub(super) desks: Desks,
    /// The open texts by their address.
    pub(super) open: BTreeMap<String, Open>,
    /// The last check of each, of the text as it now is; missing where it changed since.
    checked: BTreeMap<String, Checked>,
    /// Texts whose diagnostics are to be told anew.
    stale: BTreeSet<String>,
    /// Configurations and rule files that are not open and are shown as wrong, by address.
    shown_wrong: BTreeSet<String>,
    /// Messages that were taken off the channel and not yet heard.
    waiting: VecDeque<Message>,
    state: State,
    requests: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Running,
    ShutDown,
}

impl Server {
    pub(super) fn new(connection: Connection, options: Options) -> Server {
        Server {
            connection,
            client: Client::default(),
            desks: Desks::new(options),
            open: BTreeMap::new(),
            checked: BTreeMap::new(),
            stale: BTreeSet::new(),
            shown_wrong: BTreeSet::new(),
            waiting: VecDeque::new(),
            state: State::New,
            requests: 0,
        }
    }

    /// Serves until the client leaves.
    pub(super) fn run(mut self) -> Ended {
        loop {
            self.take_all();
            let next = match self.waiting.pop_front() {
                Some(message) => message,
                None => match self.stale.first().cloned() {
                    Some(uri) => {
                        self.tell(&uri);
                        continue;
                    }
                    None => match self.connection.receiver.recv() {
                        Ok(message) => message,
                        Err(_) => return if self.state == State::ShutDown { Ended::Orderly } else { Ended::Abrupt },
                    },
                },
            };
            match next {
                Message::Request(request) => self.answer(request),
                Message::Notification(n) if n.method == "exit" => {
                    return if self.state == State::ShutDown { Ended::Orderly } else { Ended::Abrupt };
                }
                Message::Notification(n) => self.hear(n),
                // The answer to a registration: what is not watched is reloaded when it is saved.
                Message::Response(_) => {}
            }
        }
    }

    fn take_all(&mut self) {
        self.waiting.extend(self.connection.receiver.try_iter());
    }

    fn send(&self, message: impl Into<Message>) {
        // A client that is gone is noticed where its messages end.
        let _ = self.connection.sender.send(message.into());
    }

    /// Whether a waiting message makes an answer about a text needless: a newer change of it, a cancelled request, or the end.
    fn overtaken(&mut self, uri: &str, request: Option<&RequestId>) -> bool {
        self.take_all();
        self.waiting.iter().any(|message| match message {
            Message::Notification(n) => match n.method.as_str() {
                "textDocument/didChange" | "textDocument/didClose" => n.params["textDocument"]["uri"] == *uri,
                "$/cancelRequest" => request.is_some_and(|id| cancels(n, id)),
                "exit" => true,
                _ => false,
            },
            _ => false,
        })
    }

    fn is_cancelled(&mut self, id: &RequestId) -> bool {
        self.take_all();
        self.waiting.iter().any(|m| matches!(m, Message::Notification(n) if cancels(n, id)))
    }

    fn answer(&mut self, request: Request) {
        let id = request.id.clone();
        let answer = if self.is_cancelled(&id) {
            Err(Refused::new(ErrorCode::RequestCanceled, "cancelled"))
        } else {
            // Nothing here should panic; if something does, one answer is lost and not the session.
            catch_unwind(AssertUnwindSafe(|| self.result(request))).unwrap_or_else(|_| {
                Err(Refused::new(ErrorCode::InternalError, "a fault of recoupe: please report it, with the draft if you can"))
            })
        };
        let response = match answer {
            Ok(result) => Response { id, response_result: Ok(result) },
            Err(Refused { code, message }) => Response::new_err(id, code as i32, message),
        };
        self.send(response);
    }

    fn result(&mut self, request: Request) -> Answer {
        let Request { id, method, params } = request;
        match (self.state, method.as_str()) {
            (State::New, "initialize") => return Ok(self.initialize(&params)),
            (State::New, _) => return Err(Refused::new(ErrorCode::ServerNotInitialized, "`initialize` comes first")),
            (State::ShutDown, _) => return Err(Refused::new(ErrorCode::InvalidRequest, "the server was shut down")),
            (State::Running, "initialize") => return Err(Refused::new(ErrorCode::InvalidRequest, "`initialize` comes once")),
            (State::Running, _) => {}
        }
        match method.as_str() {
            "shutdown" => {
                self.state = State::ShutDown;
                Ok(Value::Null)
            }
            "textDocument/diagnostic" => self.pulled(&id, parsed(params)?),
            "textDocument/hover" => self.hover(&id, parsed(params)?),
            "textDocument/codeAction" => self.code_actions(&id, parsed(params)?),
            "textDocument/documentSymbol" => self.symbols(&id, parsed(params)?),
            "textDocument/completion" => self.completion(parsed(params)?),
            _ => Err(Refused::new(ErrorCode::MethodNotFound, format!("recoupe has no `{method}`"))),
        }
    }

    fn initialize(&mut self, params: &Value) -> Value {
        self.client = Client::of(params);
        self.desks.meet(&self.client);
        self.state = State::Running;
        json!({
            "capabilities": capabilities::of(&self.client),
            "serverInfo": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        })
    }

    fn hear(&mut self, n: Notification) {
        if self.state != State::Running {
            return;
        }
        let method = n.method.clone();
        if let Err(refused) = self.heard(n) {
            // A notification has no answer: what was wrong with it goes to the client's log.
            self.log(&format!("{method}: {}", refused.message));
        }
    }

    fn heard(&mut self, n: Notification) -> Result<(), Refused> {
        match n.method.as_str() {
            "initialized" => self.watch_files(),
            "textDocument/didOpen" => {
                let opened: capabilities::Opened = parsed(n.params)?;
                let opened = opened.text_document;
                let kind = Kind::of(&opened.language_id, &opened.uri);
                let open = Open::new(kind, opened.version, opened.text, self.client.encoding);
                self.open.insert(opened.uri.clone(), open);
                self.changed(&opened.uri);
            }
            "textDocument/didChange" => {
                let change: capabilities::Changed<Change> = parsed(n.params)?;
                let uri = change.text_document.uri;
                let Some(open) = self.open.get_mut(&uri) else {
                    return Err(Refused::new(ErrorCode::InvalidParams, format!("{uri} is not open")));
                };
                open.apply(change.text_document.version, change.content_changes, self.client.encoding);
                self.changed(&uri);
            }
            "textDocument/didClose" => {
                let closed: capabilities::Named = parsed(n.params)?;
                let uri = closed.text_document.uri;
                let was_yaml = self.open.remove(&uri).is_some_and(|open| open.kind == Kind::Yaml);
                self.checked.remove(&uri);
                self.stale.remove(&uri);
                if !self.client.pulls {
                    self.publish(&uri, None, Vec::new());
                }
                if was_yaml {
                    self.reload();
                }
            }
            "textDocument/didSave" => {
                let saved: capabilities::Named = parsed(n.params)?;
                let uri = saved.text_document.uri;
                if self.open.get(&uri).is_some_and(|open| open.kind == Kind::Yaml) {
                    self.reload();
                }
            }
            "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => self.reload(),
            "workspace/didChangeWorkspaceFolders" => {
                let gone = n.params.pointer("/event/removed").and_then(Value::as_array).into_iter().flatten();
                let gone: Vec<_> = gone.filter_map(|f| uri::path(f["uri"].as_str()?)).collect();
                let new = n.params.pointer("/event/added").and_then(Value::as_array).into_iter().flatten();
                self.client.roots.retain(|root| !gone.contains(root));
                self.client.roots.extend(new.filter_map(|f| uri::path(f["uri"].as_str()?)));
                self.desks.meet(&self.client);
                self.reload();
            }
            // `$/cancelRequest` was heard when its request was; the rest is not for this server.
            _ => {}
        }
        Ok(())
    }

    fn changed(&mut self, uri: &str) {
        self.checked.remove(uri);
        if !self.client.pulls {
            self.stale.insert(uri.to_owned());
        }
    }

    /// Forgets configurations and rules: all texts are checked anew.
    fn reload(&mut self) {
        self.desks.forget();
        self.checked.clear();
        if !self.client.pulls {
            self.stale.extend(self.open.keys().cloned());
        } else if self.client.refreshes {
            self.requests += 1;
            let id = RequestId::from(format!("recoupe-{}", self.requests));
            self.send(Request::new(id, "workspace/diagnostic/refresh".to_owned(), Value::Null));
        }
    }

    /// Tells what is wrong with configurations and rule files that drafts need and that are not open themselves.
    fn tell_wrong_files(&mut self) {
        let mut wrong = BTreeSet::new();
        for (path, problems) in self.desks.problems() {
            let is_open = self.open.keys().any(|uri| uri::path(uri).as_deref() == Some(path));
            let Some(uri) = uri::of_path(path).filter(|_| !is_open) else { continue };
            if !self.shown_wrong.contains(&uri) {
                let told = problems.iter().map(|p| yaml::unopened(p, self.client.encoding)).collect();
                self.publish(&uri, None, told);
                let message = problems.first().map(|p| format!("{}: {}", path.display(), p.message)).unwrap_or_default();
                self.send(Notification::new(
                    "window/showMessage".to_owned(),
                    json!({ "type": 1, "message": format!("recoupe: {message}") }),
                ));
            }
            wrong.insert(uri);
        }
        for mended in std::mem::replace(&mut self.shown_wrong, wrong) {
            if !self.shown_wrong.contains(&mended) && !self.open.contains_key(&mended) {
                self.publish(&mended, None, Vec::new());
            }
        }
    }

    /// Tells the diagnostics of one text.
    fn tell(&mut self, uri: &str) {
        self.stale.remove(uri);
        let told = catch_unwind(AssertUnwindSafe(|| self.diagnostics(uri)));
        match told {
            Ok(Some((version, diagnostics))) => {
                self.publish(uri, Some(version), diagnostics);
                self.tell_wrong_files();
            }
            // The newer change that overtook this check makes the text stale again.
            Ok(None) => {}
            Err(_) => self.log(&format!("{uri}: a fault of recoupe: please report it, with the draft if you can")),
        }
    }

    /// The diagnostics of a text, for a client that asks for them.
    fn pulled(&mut self, id: &RequestId, named: capabilities::Named) -> Answer {
        let uri = named.text_document.uri;
        if !self.open.contains_key(&uri) {
            return Ok(json!({ "kind": "full", "items": [] }));
        }
        self.prepare(&uri, id)?;
        let (_, items) = self.diagnostics(&uri).unwrap_or_default();
        self.tell_wrong_files();
        Ok(json!({ "kind": "full", "items": to_json(items)? }))
    }

    fn diagnostics(&mut self, uri: &str) -> Option<(i32, Vec<Diagnostic>)> {
        let address = Uri(uri.to_owned());
        let open = self.open.get(uri)?;
        if open.kind == Kind::Yaml {
            let diagnostics = yaml::diagnostics(open, uri, &self.open, &mut self.desks);
            return Some((open.version, diagnostics));
        }
        self.check(uri, None)?;
        let (open, checked) = (self.open.get(uri)?, self.checked.get(uri)?);
        Some((open.version, checked.diagnostics(open, &address, &self.client)))
    }

    /// Sees to it that the last check is one of the text as it is; `None` where that was overtaken, or is no draft.
    fn check(&mut self, uri: &str, request: Option<&RequestId>) -> Option<()> {
        if self.checked.contains_key(uri) {
            return Some(());
        }
        // Out of the map while it is checked, so that messages can be taken meanwhile.
        let open = self.open.remove(uri)?;
        let Kind::Draft(format) = open.kind else {
            self.open.insert(uri.to_owned(), open);
            return None;
        };
        let setup = self.desks.of_draft(uri);
        let format = format.or(setup.format);
        let done = catch_unwind(AssertUnwindSafe(|| draft::check(&open, format, setup, &mut || self.overtaken(uri, request))));
        self.open.insert(uri.to_owned(), open);
        match done {
            Ok(done) => self.checked.insert(uri.to_owned(), done?),
            Err(panic) => std::panic::resume_unwind(panic),
        };
        Some(())
    }

    fn publish(&self, uri: &str, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        let version = version.filter(|_| self.client.versions);
        let params = PublishDiagnosticsParams { uri: Uri(uri.to_owned()), version, diagnostics };
        self.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params));
    }

    fn log(&self, message: &str) {
        self.send(Notification::new(
            "window/logMessage".to_owned(),
            json!({ "type": 2, "message": format!("recoupe: {message}") }),
        ));
    }

    fn watch_files(&mut self) {
        if self.client.watches_files {
            self.requests += 1;
            let id = RequestId::from(format!("recoupe-{}", self.requests));
            self.send(Request::new(id, "client/registerCapability".to_owned(), capabilities::watchers()));
        }
    }

    /// Sees to it that a text that is asked about is checked; `false` where it is no draft.
    fn prepare(&mut self, uri: &str, request: &RequestId) -> Result<bool, Refused> {
        let Some(open) = self.open.get(uri) else {
            return Err(Refused::new(ErrorCode::InvalidParams, format!("{uri} is not open")));
        };
        if open.kind == Kind::Yaml {
            return Ok(false);
        }
        if self.check(uri, Some(request)).is_some() {
            return Ok(true);
        }
        Err(match self.is_cancelled(request) {
            true => Refused::new(ErrorCode::RequestCanceled, "cancelled"),
            false => Refused::new(ErrorCode::ContentModified, "the text changed meanwhile"),
        })
    }

    /// A draft that was checked.
    fn draft(&self, uri: &str) -> Option<(&Open, &Checked)> {
        self.open.get(uri).zip(self.checked.get(uri))
    }

    fn hover(&mut self, id: &RequestId, at: capabilities::At) -> Answer {
        let uri = &at.text_document.uri;
        self.prepare(uri, id)?;
        let hover = self.draft(uri).and_then(|(open, checked)| {
            super::hover::hover(checked, open, open.lines.byte(&open.text, at.position), self.client.markdown)
        });
        to_json(hover)
    }

    fn symbols(&mut self, id: &RequestId, named: capabilities::Named) -> Answer {
        let uri = Uri(named.text_document.uri);
        self.prepare(&uri.0, id)?;
        let nested = self.client.nested_symbols;
        to_json(self.draft(&uri.0).map(|(open, checked)| super::symbols::symbols(checked, open, &uri, nested)))
    }

    fn code_actions(&mut self, id: &RequestId, asked: super::actions::Asked) -> Answer {
        let uri = &asked.text_document.uri;
        self.prepare(uri, id)?;
        let actions = self.draft(uri).map(|(open, checked)| {
            super::actions::actions(&super::actions::Target { open, checked, client: &self.client, texts: &self.open }, &asked)
        });
        to_json(actions.unwrap_or_default())
    }

    fn completion(&mut self, at: capabilities::At) -> Answer {
        let uri = &at.text_document.uri;
        let Some(open) = self.open.get(uri) else {
            return Err(Refused::new(ErrorCode::InvalidParams, format!("{uri} is not open")));
        };
        if open.kind != Kind::Yaml {
            return Ok(Value::Null);
        }
        to_json(super::complete::items(open, uri, open.lines.byte(&open.text, at.position), &mut self.desks))
    }
}

fn cancels(n: &Notification, id: &RequestId) -> bool {
    n.method == "$/cancelRequest"
        && serde_json::from_value::<RequestId>(n.params["id"].clone()).is_ok_and(|cancelled| cancelled == *id)
}

fn parsed<T: DeserializeOwned>(params: Value) -> Result<T, Refused> {
    serde_json::from_value(params)
        .map_err(|e| Refused::new(ErrorCode::InvalidParams, format!("the parameters are not understood: {e}")))
}

fn to_json<T: serde::Serialize>(result: T) -> Answer {
    serde_json::to_value(result).map_err(|e| Refused::new(ErrorCode::InternalError, e.to_string()))
}
