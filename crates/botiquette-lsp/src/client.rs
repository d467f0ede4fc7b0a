//! What the client can do and wants, and how messages are sent to it.

use std::sync::mpsc::Sender;

use lsp_server::{Request, RequestId, Response};
use lsp_types::{ClientCapabilities, InitializeParams, MessageType};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::position::Encoding;

/// Wishes, as `initializationOptions` and `workspace/didChangeConfiguration` have them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Options {
    /// Settings of which nothing was made are hinted at.
    pub(crate) hints: bool,
}

/// What matters here of what the client says that it can do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Abilities {
    pub(crate) encoding: Encoding,
    pub(crate) related: bool,
    pub(crate) tags: bool,
    pub(crate) pages: bool,
    pub(crate) nested_symbols: bool,
    pub(crate) versioned_edits: bool,
    pub(crate) new_files: bool,
    pub(crate) shows_documents: bool,
    pub(crate) watches: bool,
    pub(crate) markdown: bool,
}

/// The client.
#[derive(Debug)]
pub(crate) struct Client {
    out: Sender<Value>,
    next: i32,
    pub(crate) can: Abilities,
    pub(crate) wants: Options,
}

impl Client {
    pub(crate) fn new(out: Sender<Value>) -> Self {
        Self { out, next: 0, can: Abilities::default(), wants: Options::default() }
    }

    pub(crate) fn introduce(&mut self, params: &InitializeParams) {
        self.can = Abilities::of(&params.capabilities);
        self.heed(params.initialization_options.as_ref());
    }

    /// Takes wishes, alone or under the server's name; what is none changes nothing.
    pub(crate) fn heed(&mut self, wishes: Option<&Value>) {
        let own = |wishes: &Value| wishes.get("botiquette").cloned().unwrap_or_else(|| wishes.clone());
        if let Some(options) = wishes.map(own).filter(Value::is_object) {
            self.wants = serde_json::from_value(options).unwrap_or(self.wants);
        }
    }

    fn send(&self, message: Value) {
        // A client that is gone is noticed where its messages are read.
        let _ = self.out.send(message);
    }

    pub(crate) fn answer_malformed(&self, answer: Value) {
        self.send(answer);
    }

    pub(crate) fn answer(&self, response: Response) {
        let mut message = serde_json::to_value(response).unwrap_or_default();
        if let Some(fields) = message.as_object_mut() {
            fields.insert("jsonrpc".to_owned(), json!("2.0"));
        }
        self.send(message);
    }

    pub(crate) fn notify(&self, method: &str, params: impl Serialize) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks for something whose answer does not matter.
    pub(crate) fn ask(&mut self, method: &str, params: impl Serialize) {
        self.next += 1;
        let params = serde_json::to_value(params).unwrap_or_default();
        let request = Request { id: RequestId::from(self.next), method: method.to_owned(), params };
        self.send(
            json!({ "jsonrpc": "2.0", "id": request.id, "method": request.method, "params": request.params }),
        );
    }

    pub(crate) fn tell(&self, kind: MessageType, message: &str) {
        self.notify("window/showMessage", json!({ "type": kind, "message": message }));
    }
}

impl Abilities {
    fn of(capabilities: &ClientCapabilities) -> Self {
        let text = capabilities.text_document.as_ref();
        let space = capabilities.workspace.as_ref();
        let general = capabilities.general.as_ref();
        let published = text.and_then(|text| text.publish_diagnostics.as_ref());
        let edit = space.and_then(|space| space.workspace_edit.as_ref());
        let operations = edit.and_then(|edit| edit.resource_operations.as_deref()).unwrap_or_default();
        let symbols = text.and_then(|text| text.document_symbol.as_ref());
        let watched = space.and_then(|space| space.did_change_watched_files.as_ref());
        let shown = capabilities.window.as_ref().and_then(|window| window.show_document.as_ref());
        let formats =
            text.and_then(|text| text.hover.as_ref()?.content_format.as_deref()).unwrap_or_default();
        let says = |flag: Option<bool>| flag.unwrap_or(false);
        Self {
            encoding: Encoding::choose(general.and_then(|general| general.position_encodings.as_deref())),
            related: says(published.and_then(|it| it.related_information)),
            tags: published.is_some_and(|it| it.tag_support.is_some()),
            pages: says(published.and_then(|it| it.code_description_support)),
            nested_symbols: says(symbols.and_then(|it| it.hierarchical_document_symbol_support)),
            versioned_edits: says(edit.and_then(|it| it.document_changes)),
            new_files: operations.contains(&lsp_types::ResourceOperationKind::Create),
            shows_documents: shown.is_some_and(|it| it.support),
            watches: says(watched.and_then(|it| it.dynamic_registration)),
            markdown: formats.contains(&lsp_types::MarkupKind::Markdown),
        }
    }
}
