//! Notifications: what is opened, typed, saved, closed, and what happens on the disk.

use lsp_server::Notification;
use lsp_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, FileChangeType,
};
use serde_json::json;

use super::requests::parsed;
use super::{Server, Stage};
use crate::buffers::Buffer;
use crate::uri;

/// What is watched: all that a file is recognised by, and what decides which files are looked at.
const WATCHED: &str = "**/{*.{yaml,yml,json,jsonc,json5,toml,env,ini,cfg},*.{yaml,yml,json,toml,env,ini}.*,.env,.env.*,.gitignore,.ignore}";

impl Server<'_> {
    /// Takes a notification. What cannot be understood is passed over: nobody waits for an answer.
    pub(super) fn take(&mut self, notification: Notification) {
        if self.stage != Stage::Serving {
            return;
        }
        let Notification { method, params } = notification;
        let taken = match method.as_str() {
            "initialized" => {
                self.watch();
                Some(())
            }
            "textDocument/didOpen" => parsed(params).ok().and_then(|params| self.opened(params)),
            "textDocument/didChange" => parsed(params).ok().and_then(|params| self.changed(params)),
            "textDocument/didSave" => parsed(params).ok().and_then(|params| self.saved(&params)),
            "textDocument/didClose" => parsed(params).ok().and_then(|params| self.closed(&params)),
            "workspace/didChangeWatchedFiles" => parsed(params).ok().map(|params| self.on_disk(params)),
            "workspace/didChangeWorkspaceFolders" => parsed(params).ok().map(|params| self.moved(params)),
            "workspace/didChangeConfiguration" => {
                parsed(params).ok().map(|params: DidChangeConfigurationParams| {
                    self.client.heed(Some(&params.settings));
                })
            }
            _ => None,
        };
        self.untold |= taken.is_some();
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) -> Option<()> {
        let document = params.text_document;
        let path = uri::to_path(&document.uri)?;
        self.places.open(&path, &document.text);
        let buffer = Buffer { uri: document.uri, version: document.version, text: document.text };
        self.buffers.open(&path, buffer);
        self.touched.insert(path);
        Some(())
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) -> Option<()> {
        let path = uri::to_path(&params.text_document.uri)?;
        let (version, encoding) = (params.text_document.version, self.client.can.encoding);
        let text = self.buffers.change(&path, version, params.content_changes, encoding)?;
        self.places.open(&path, text);
        self.touched.insert(path);
        Some(())
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) -> Option<()> {
        let path = uri::to_path(&params.text_document.uri)?;
        // Clients that watch nothing tell here that a file is new.
        self.places.on_disk(vec![(path, FileChangeType::CHANGED)], &self.buffers);
        Some(())
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) -> Option<()> {
        let path = uri::to_path(&params.text_document.uri)?;
        self.buffers.close(&path)?;
        self.places.close(&path);
        Some(())
    }

    fn on_disk(&mut self, params: DidChangeWatchedFilesParams) {
        let events = params.changes.into_iter();
        let events = events.filter_map(|event| Some((uri::to_path(&event.uri)?, event.typ)));
        self.places.on_disk(events.collect(), &self.buffers);
    }

    fn moved(&mut self, params: DidChangeWorkspaceFoldersParams) {
        for folder in params.event.removed.iter().filter_map(|folder| uri::to_path(&folder.uri)) {
            self.places.remove_folder(&folder, &self.buffers);
        }
        for folder in params.event.added.iter().filter_map(|folder| uri::to_path(&folder.uri)) {
            self.places.add_folder(folder, &self.buffers);
        }
    }

    /// Asks to hear of files that change on the disk.
    fn watch(&mut self) {
        if self.client.can.watches {
            let watchers = json!({ "watchers": [{ "globPattern": WATCHED }] });
            let method = "workspace/didChangeWatchedFiles";
            let registration = json!({ "id": "files", "method": method, "registerOptions": watchers });
            self.client.ask("client/registerCapability", json!({ "registrations": [registration] }));
        }
    }
}
