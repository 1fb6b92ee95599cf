//! What the server can do, and the parameters that it reads: of each only what it needs, so that a client with habits of its own
//! is understood.

use gen_lsp_types::Position;
use serde::Deserialize;
use serde_json::{Value, json};

use super::client::Client;

/// What the server says of itself in answer to `initialize`.
pub fn of(client: &Client) -> Value {
    let mut out = json!({
        "positionEncoding": client.encoding.kind(),
        // 2: changes come as they are typed, each with its range.
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "hoverProvider": true,
        "documentSymbolProvider": true,
        "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll"] },
        "completionProvider": { "triggerCharacters": [":", " ", "@", "["] },
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    });
    if client.pulls {
        // A configuration or a rule file that changes is told by a request to ask anew.
        out["diagnosticProvider"] =
            json!({ "identifier": "recoupe", "interFileDependencies": false, "workspaceDiagnostics": false });
    }
    out
}

/// The registration by which a client tells of changed rule files and configurations.
pub fn watchers() -> Value {
    json!({ "registrations": [{
        "id": "recoupe-files",
        "method": "workspace/didChangeWatchedFiles",
        "registerOptions": { "watchers": [{ "globPattern": "**/*.{yaml,yml}" }] },
    }] })
}

/// A text by its address.
#[derive(Debug, Deserialize)]
pub struct Text {
    /// Its address.
    pub uri: String,
}

/// Parameters that name a text.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// The text.
    pub text_document: Text,
}

/// Parameters that name a place in a text.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct At {
    /// The text.
    pub text_document: Text,
    /// The place.
    pub position: Position,
}

/// A text that was opened.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// The text.
    pub text_document: OpenedText,
}

/// A text that was opened.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenedText {
    /// Its address.
    pub uri: String,
    /// The editor's name for its language.
    #[serde(default)]
    pub language_id: String,
    /// Its number.
    #[serde(default)]
    pub version: i32,
    /// The text.
    pub text: String,
}

/// A text that was changed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Changed<C> {
    /// The text.
    pub text_document: ChangedText,
    /// What changed.
    pub content_changes: Vec<C>,
}

/// A text that was changed.
#[derive(Debug, Deserialize)]
pub struct ChangedText {
    /// Its address.
    pub uri: String,
    /// Its new number.
    #[serde(default)]
    pub version: i32,
}
