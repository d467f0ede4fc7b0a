//! What the client is told: only what has changed since it was told last.

use std::path::PathBuf;

use lsp_types::PublishDiagnosticsParams;

use super::Server;
use crate::diagnostics::ByFile;
use crate::uri;

impl Server<'_> {
    pub(super) fn bring_up_to_date(&mut self) {
        for area in self.places.areas() {
            area.check(&self.buffers);
        }
    }

    /// Begins the checks that can wait, beside the conversation.
    pub(super) fn begin_checks(&mut self) {
        for area in self.places.areas() {
            area.begin_whole(&self.later);
        }
    }

    /// Tells the client what has changed since it was told last.
    pub(super) fn tell(&mut self) {
        self.untold = false;
        let (can, wants) = (self.client.can, self.client.wants);
        let mut now = ByFile::new();
        for area in self.places.areas() {
            for (path, said) in area.said(&self.buffers, can, wants) {
                now.entry(path).or_default().extend(said);
            }
        }
        let mut paths: Vec<PathBuf> =
            self.shown.keys().chain(now.keys()).chain(&self.touched).cloned().collect();
        paths.sort_unstable();
        paths.dedup();
        for path in paths {
            let said = now.remove(&path).unwrap_or_default();
            let buffer = self.buffers.get(&path);
            let version = buffer.map(|buffer| buffer.version);
            let known = self.shown.get(&path).is_some_and(|(_, shown)| *shown == said);
            if known && !self.touched.contains(&path) {
                continue;
            }
            let Some(uri) = buffer.map(|buffer| buffer.uri.clone()).or_else(|| uri::of_path(&path)) else {
                continue;
            };
            let params = PublishDiagnosticsParams { uri, diagnostics: said.clone(), version };
            self.client.notify("textDocument/publishDiagnostics", params);
            if said.is_empty() && version.is_none() {
                self.shown.remove(&path);
            } else {
                self.shown.insert(path, (version, said));
            }
        }
        self.touched.clear();
    }
}
