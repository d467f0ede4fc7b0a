//! The server: takes what the client sends in batches, brings everything up to date once, answers in order.

mod capabilities;
mod notifications;
mod requests;
mod telling;

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender};

use lsp_server::RequestId;
use lsp_types::{CancelParams, Diagnostic, NumberOrString};
use serde_json::Value;

use crate::buffers::Buffers;
use crate::client::Client;
use crate::disk::Disk;
use crate::places::{Later, Places};
use crate::transport::Incoming;

pub(crate) use requests::Asked;

/// So often in a row the client is not told what was found, because it went on typing.
const MOST_HELD_BACK: usize = 3;

/// How far the conversation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nobody said hello yet.
    Start,
    /// In conversation.
    Serving,
    /// Said goodbye; only `exit` is left.
    Leaving,
}

/// The server of one client.
pub(crate) struct Server<'d> {
    client: Client,
    later: Later,
    stage: Stage,
    buffers: Buffers,
    places: Places<'d>,
    /// What the client shows: diagnostics by file, with the version that they are about.
    shown: BTreeMap<PathBuf, (Option<i32>, Vec<Diagnostic>)>,
    /// Files whose version the client has not heard about.
    touched: HashSet<PathBuf>,
    /// Whether anything may have to be told.
    untold: bool,
}

impl<'d> Server<'d> {
    pub(crate) fn new(disk: &'d dyn Disk, out: Sender<Value>, later: Later) -> Self {
        Self {
            client: Client::new(out),
            later,
            stage: Stage::Start,
            buffers: Buffers::default(),
            places: Places::new(disk),
            shown: BTreeMap::new(),
            touched: HashSet::new(),
            untold: false,
        }
    }

    /// Serves until the end; returns whether the client said goodbye before.
    pub(crate) fn run(mut self, queue: &Receiver<Incoming>) -> bool {
        let mut held_back = 0;
        let mut is_over = false;
        let mut waiting: VecDeque<Incoming> = VecDeque::new();
        while !is_over {
            if waiting.is_empty() {
                match queue.recv() {
                    Ok(incoming) => waiting.push_back(incoming),
                    Err(_) => return false,
                }
            }
            waiting.extend(queue.try_iter());
            let cancelled = cancelled(&waiting);
            while let Some(incoming) = waiting.pop_front() {
                match incoming {
                    Incoming::Malformed(answer) => self.client.answer_malformed(answer),
                    Incoming::Notification(it) if it.method == "exit" => return self.stage == Stage::Leaving,
                    Incoming::Notification(it) => self.take(it),
                    Incoming::Request(request) => self.answer(request, &cancelled),
                    // Nothing that the client answers changes anything here.
                    Incoming::Response => {}
                    Incoming::Checked(whole) => self.untold |= self.places.finish(*whole),
                    Incoming::End => is_over = true,
                }
            }
            if !self.untold {
                self.begin_checks();
                continue;
            }
            self.bring_up_to_date();
            waiting.extend(queue.try_iter());
            // What has been found about a text that has changed meanwhile is not told.
            if !waiting.iter().any(is_change) || held_back >= MOST_HELD_BACK {
                held_back = 0;
                self.tell();
                self.begin_checks();
            } else {
                held_back += 1;
            }
        }
        false
    }
}

/// Whether it changes a text, so that what was found is outdated.
fn is_change(incoming: &Incoming) -> bool {
    matches!(incoming, Incoming::Notification(it) if it.method == "textDocument/didChange")
}

/// The requests that the client no longer wants.
fn cancelled(waiting: &VecDeque<Incoming>) -> HashSet<RequestId> {
    let cancelled = waiting.iter().filter_map(|incoming| match incoming {
        Incoming::Notification(it) if it.method == "$/cancelRequest" => {
            serde_json::from_value::<CancelParams>(it.params.clone()).ok()
        }
        _ => None,
    });
    cancelled
        .map(|params| match params.id {
            NumberOrString::Number(id) => RequestId::from(id),
            NumberOrString::String(id) => RequestId::from(id),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::{channel, sync_channel};

    use lsp_server::{Notification, Request};
    use serde_json::json;

    use super::*;

    struct Nothing;

    impl Disk for Nothing {
        fn files(&self, _: &Path) -> Vec<PathBuf> {
            Vec::new()
        }

        fn settings(&self, _: &Path) -> Option<PathBuf> {
            None
        }
    }

    /// What is sent when all of this has come in before anything could be looked at.
    fn conversation(messages: Vec<Value>) -> Vec<Value> {
        let (taken, queue) = sync_channel(100);
        let (out, sent) = channel();
        for message in messages {
            let Value::Object(mut fields) = message else { panic!("{message}") };
            let method = fields["method"].as_str().unwrap().to_owned();
            let params = fields.remove("params").unwrap_or_default();
            let incoming = match fields.remove("id").and_then(|id| id.as_i64()) {
                Some(id) => Incoming::Request(Request {
                    id: RequestId::from(i32::try_from(id).unwrap()),
                    method,
                    params,
                }),
                None => Incoming::Notification(Notification { method, params }),
            };
            taken.send(incoming).unwrap();
        }
        taken.send(Incoming::End).unwrap();
        Server::new(&Nothing, out, Later::new(taken)).run(&queue);
        sent.iter().collect()
    }

    const RUDE: &str =
        "account: '@x'\nautomations: [{ on: unfollowed, do: { post: '@{handle} has left us' } }]\n";

    fn hello() -> Value {
        json!({ "id": 1, "method": "initialize", "params": { "capabilities": {} } })
    }

    fn open(text: &str) -> Value {
        let document = json!({ "uri": "file:///a.yaml", "languageId": "yaml", "version": 1, "text": text });
        json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } })
    }

    fn typed(version: i32, text: &str) -> Value {
        let document = json!({ "uri": "file:///a.yaml", "version": version });
        json!({ "method": "textDocument/didChange", "params": { "textDocument": document, "contentChanges": [{ "text": text }] } })
    }

    #[test]
    fn what_is_cancelled_is_not_answered() {
        let at = json!({ "textDocument": { "uri": "file:///a.yaml" }, "position": { "line": 1, "character": 20 } });
        let ask = |id: i32| json!({ "id": id, "method": "textDocument/hover", "params": at });
        let cancel = json!({ "method": "$/cancelRequest", "params": { "id": 2 } });
        let sent = conversation(vec![hello(), open(RUDE), ask(2), ask(3), cancel]);
        let answer = |id: i32| sent.iter().find(|message| message["id"] == id).unwrap();
        assert_eq!(answer(2)["error"]["code"], -32800);
        assert!(answer(3)["result"]["contents"].is_object(), "{sent:?}");
    }

    #[test]
    fn many_keystrokes_are_one_check() {
        let mut messages = vec![hello(), open("")];
        messages.extend((2..50).map(|version| typed(version, RUDE)));
        let published: Vec<Value> = conversation(messages)
            .into_iter()
            .filter(|it| it["method"] == "textDocument/publishDiagnostics")
            .collect();
        let [published] = published.as_slice() else { panic!("{published:?}") };
        assert_eq!(published["params"]["version"], 49);
        let said = published["params"]["diagnostics"].as_array().unwrap();
        assert!(said.iter().any(|diagnostic| diagnostic["code"] == "unfollow-shaming"), "{said:?}");
    }
}
