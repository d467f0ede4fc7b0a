//! Requests: each gets an answer or an error, whatever it asks.

use std::collections::HashSet;

use botiquette::SourceFile;
use lsp_server::{ErrorCode, Request, RequestId, Response};
use lsp_types::{
    CodeActionParams, CompletionParams, DocumentSymbolParams, ExecuteCommandParams, HoverParams,
    InitializeParams, InitializeResult, ServerInfo, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::capabilities::capabilities;
use super::{Server, Stage};
use crate::buffers::Buffers;
use crate::places::Area;
use crate::{actions, hover, schema, symbols, uri};

/// Why a request has no result.
pub(super) struct Refusal(ErrorCode, String);

type Answer = Result<Value, Refusal>;

/// A file that something is asked about, as it is now.
pub(crate) struct Asked<'a> {
    pub(crate) area: &'a Area,
    pub(crate) buffers: &'a Buffers,
    pub(crate) file: &'a SourceFile,
}

impl Server<'_> {
    pub(super) fn answer(&mut self, request: Request, cancelled: &HashSet<RequestId>) {
        let Request { id, method, params } = request;
        let result = if cancelled.contains(&id) {
            Err(Refusal(ErrorCode::RequestCanceled, "cancelled".to_owned()))
        } else {
            self.result(&method, params)
        };
        self.client.answer(match result {
            Ok(result) => Response { id, response_result: Ok(result) },
            Err(Refusal(code, why)) => Response::new_err(id, code as i32, why),
        });
    }

    fn result(&mut self, method: &str, params: Value) -> Answer {
        match (self.stage, method) {
            (Stage::Start, "initialize") => self.initialize(parsed(params)?),
            (Stage::Start, _) => refuse(ErrorCode::ServerNotInitialized, "`initialize` comes first"),
            (Stage::Leaving, _) => refuse(ErrorCode::InvalidRequest, "only `exit` comes after `shutdown`"),
            (Stage::Serving, "initialize") => {
                refuse(ErrorCode::InvalidRequest, "`initialize` comes only once")
            }
            (Stage::Serving, "shutdown") => {
                self.stage = Stage::Leaving;
                Ok(Value::Null)
            }
            (Stage::Serving, "textDocument/hover") => {
                let HoverParams { text_document_position_params: at, .. } = parsed(params)?;
                let can = self.client.can;
                self.about(&at.text_document.uri, |asked| hover::at(&asked, at.position, can))
            }
            (Stage::Serving, "textDocument/codeAction") => {
                let params: CodeActionParams = parsed(params)?;
                let can = self.client.can;
                self.about(&params.text_document.uri, |asked| Some(actions::at(&asked, &params, can)))
            }
            (Stage::Serving, "textDocument/documentSymbol") => {
                let DocumentSymbolParams { text_document, .. } = parsed(params)?;
                let can = self.client.can;
                self.about(&text_document.uri, |asked| Some(symbols::of(&asked, can)))
            }
            (Stage::Serving, "textDocument/completion") => {
                let CompletionParams { text_document_position: at, .. } = parsed(params)?;
                let can = self.client.can;
                self.about(&at.text_document.uri, |asked| Some(schema::complete(&asked, at.position, can)))
            }
            (Stage::Serving, "workspace/executeCommand") => self.execute(&parsed(params)?),
            (Stage::Serving, _) => {
                refuse(ErrorCode::MethodNotFound, &format!("`{method}` is not known here"))
            }
        }
    }

    /// Answers about a file as it is now; nothing where it is not known.
    fn about<T: serde::Serialize>(
        &mut self,
        uri: &Uri,
        answer: impl FnOnce(Asked<'_>) -> Option<T>,
    ) -> Answer {
        let Some(path) = uri::to_path(uri) else { return Ok(Value::Null) };
        self.untold |= self.places.of(&path).check(&self.buffers);
        let area = self.places.of(&path);
        let Some(file) = area.file(&path) else { return Ok(Value::Null) };
        let asked = Asked { area, buffers: &self.buffers, file: &file };
        serde_json::to_value(answer(asked))
            .map_err(|error| Refusal(ErrorCode::InternalError, error.to_string()))
    }

    fn initialize(&mut self, params: InitializeParams) -> Answer {
        self.client.introduce(&params);
        self.stage = Stage::Serving;
        self.untold = true;
        let folders = params.workspace_folders.unwrap_or_default().into_iter().map(|folder| folder.uri);
        let mut folders: Vec<Uri> = folders.collect();
        if folders.is_empty() {
            #[expect(deprecated, reason = "older clients have nothing else")]
            folders.extend(params.root_uri);
        }
        for folder in folders.iter().filter_map(uri::to_path) {
            self.places.add_folder(folder, &self.buffers);
        }
        let result = InitializeResult {
            capabilities: capabilities(self.client.can.encoding.kind()),
            server_info: Some(ServerInfo {
                name: "botiquette".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        serde_json::to_value(result).map_err(|error| Refusal(ErrorCode::InternalError, error.to_string()))
    }

    fn execute(&mut self, params: &ExecuteCommandParams) -> Answer {
        match params.command.as_str() {
            actions::EXPLAIN => {
                let rule = params.arguments.first().and_then(Value::as_str).unwrap_or_default();
                actions::explain(rule, &mut self.client);
                Ok(Value::Null)
            }
            actions::SUPPRESS => {
                let wish: actions::Suppress = parsed(params.arguments.first().cloned().unwrap_or_default())?;
                let can = self.client.can;
                let mut edit = None;
                self.about(&wish.uri, |asked| {
                    edit = actions::suppress(&asked, &wish, can);
                    Some(())
                })?;
                match edit {
                    Some(edit) => self.client.ask("workspace/applyEdit", json!({ "edit": edit })),
                    None => {
                        return refuse(
                            ErrorCode::RequestFailed,
                            "there is no such finding, or no place for a reason",
                        );
                    }
                }
                Ok(Value::Null)
            }
            other => refuse(ErrorCode::InvalidParams, &format!("`{other}` is no command of this server")),
        }
    }
}

pub(super) fn parsed<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal(ErrorCode::InvalidParams, error.to_string()))
}

fn refuse(code: ErrorCode, why: &str) -> Answer {
    Err(Refusal(code, why.to_owned()))
}
