//! What the client said of itself, read leniently: an odd capability is one that the client does not have.

use std::path::PathBuf;

use serde_json::Value;

use super::position::Encoding;
use super::uri;

/// What is to be known of the client.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// In which units it counts columns.
    pub encoding: Encoding,
    /// The language of its menus, `fr-CA`.
    pub locale: Option<String>,
    /// The folders that it has open.
    pub roots: Vec<PathBuf>,
    /// Whether a diagnostic may name other places.
    pub related: bool,
    /// Whether a diagnostic may say for which version it is.
    pub versions: bool,
    /// Whether a diagnostic may carry the address of its rule's reason.
    pub links: bool,
    /// Whether hovers may be Markdown.
    pub markdown: bool,
    /// Whether symbols may hold others.
    pub nested_symbols: bool,
    /// Whether an edit may name the version it is for.
    pub document_changes: bool,
    /// Whether an edit may create a file.
    pub creates_files: bool,
    /// Whether an edit may leave a place for the author to fill.
    pub snippet_edits: bool,
    /// Whether it asks for diagnostics when it wants them, instead of being sent them.
    pub pulls: bool,
    /// Whether it asks for them anew once told to.
    pub refreshes: bool,
    /// Whether it tells of changed files once asked to.
    pub watches_files: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub fn of(params: &Value) -> Client {
        let can = |pointer: &str| params.pointer(&format!("/capabilities/{pointer}"));
        let flag = |pointer: &str| can(pointer).and_then(Value::as_bool).unwrap_or(false);
        let list = |pointer: &str| -> Vec<&str> {
            can(pointer).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
        };
        let folders = params["workspaceFolders"].as_array().into_iter().flatten().map(|f| &f["uri"]);
        let mut roots: Vec<PathBuf> = folders.filter_map(Value::as_str).filter_map(uri::path).collect();
        if roots.is_empty() {
            let old = params["rootUri"].as_str().and_then(uri::path).or_else(|| params["rootPath"].as_str().map(PathBuf::from));
            roots.extend(old.filter(|p| p.is_absolute()));
        }
        Client {
            encoding: Encoding::agreed(list("general/positionEncodings")),
            locale: params["locale"].as_str().filter(|l| !l.is_empty()).map(str::to_owned),
            roots,
            related: flag("textDocument/publishDiagnostics/relatedInformation"),
            versions: flag("textDocument/publishDiagnostics/versionSupport"),
            links: flag("textDocument/publishDiagnostics/codeDescriptionSupport")
                || flag("textDocument/diagnostic/codeDescriptionSupport"),
            markdown: list("textDocument/hover/contentFormat").contains(&"markdown"),
            nested_symbols: flag("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            document_changes: flag("workspace/workspaceEdit/documentChanges"),
            // Some can, and say nothing of `documentChanges`.
            creates_files: list("workspace/workspaceEdit/resourceOperations").contains(&"create"),
            snippet_edits: flag("workspace/workspaceEdit/documentChanges") && flag("workspace/workspaceEdit/snippetEditSupport"),
            pulls: can("textDocument/diagnostic").is_some_and(Value::is_object),
            refreshes: flag("workspace/diagnostics/refreshSupport"),
            watches_files: flag("workspace/didChangeWatchedFiles/dynamicRegistration"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn odd_capabilities_are_none() {
        for odd in [
            json!(null),
            json!([]),
            json!({"capabilities": 3, "locale": 5, "workspaceFolders": [{"uri": 1}], "rootPath": "not/absolute"}),
        ] {
            let client = Client::of(&odd);
            assert!(client.roots.is_empty() && client.locale.is_none() && !client.related);
            assert_eq!(client.encoding, Encoding::Utf16);
        }
    }

    #[test]
    #[cfg(unix)]
    fn folders_stand_for_the_older_root() {
        let client = Client::of(&json!({"rootUri": "file:///a", "workspaceFolders": [{"uri": "file:///b", "name": "b"}]}));
        assert_eq!(client.roots, [PathBuf::from("/b")]);
        assert_eq!(Client::of(&json!({"rootUri": "file:///a", "workspaceFolders": null})).roots, [PathBuf::from("/a")]);
    }
}
