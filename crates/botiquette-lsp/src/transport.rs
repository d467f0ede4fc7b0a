//! Messages in and out, each direction on a thread of its own. A message that cannot be read is reported and skipped;
//! only the end of the stream ends the server.

use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use lsp_server::{ErrorCode, Notification, Request, RequestId};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::places::Whole;

/// A longer message is passed over; no file is that large.
const LONGEST: u64 = 128 * 1024 * 1024;

/// A longer line is no header.
const LONGEST_HEADER: u64 = 4 * 1024;

/// So many messages wait to be taken; then the client waits.
const WAITING: usize = 1024;

/// What a client sends.
#[derive(Debug)]
pub(crate) enum Incoming {
    Request(Request),
    Notification(Notification),
    /// An answer to something that the server asked for.
    Response,
    /// The end of the stream.
    End,
    /// What a check beside the conversation has found, which comes in the same way.
    Checked(Box<Whole>),
    /// Something that is no message, with what is answered to it.
    Malformed(Value),
}

/// A conversation: what comes in, where else something can come from, and what goes out.
pub(crate) struct Streams {
    pub(crate) queue: Receiver<Incoming>,
    pub(crate) taken: SyncSender<Incoming>,
    pub(crate) out: Sender<Value>,
}

/// Starts to read and to write. What is sent after the reader is gone is lost.
pub(crate) fn start(input: impl BufRead + Send + 'static, output: impl Write + Send + 'static) -> Streams {
    let (taken, queue) = sync_channel(WAITING);
    let (out, to_write) = channel();
    let reader = taken.clone();
    thread::spawn(move || read_all(input, &reader));
    thread::spawn(move || write_all(output, &to_write));
    Streams { queue, taken, out }
}

fn read_all(mut input: impl BufRead, taken: &SyncSender<Incoming>) {
    // An error is the end of the stream, too.
    while let Ok(Some(incoming)) = read(&mut input) {
        let is_exit = matches!(&incoming, Incoming::Notification(it) if it.method == "exit");
        if taken.send(incoming).is_err() || is_exit {
            return;
        }
    }
    let _ = taken.send(Incoming::End);
}

fn write_all(mut output: impl Write, to_write: &Receiver<Value>) {
    for message in to_write {
        let text = message.to_string();
        let written = write!(output, "Content-Length: {}\r\n\r\n{text}", text.len());
        if written.and_then(|()| output.flush()).is_err() {
            return;
        }
    }
}

/// The next message; none at the end of the stream.
fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        match line.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("Content-Length") => {
                length = value.trim().parse::<u64>().ok();
            }
            // Behind the empty line there is the message; without its length it is taken for headers.
            None if line.is_empty() && length.is_some() => break,
            _ => {}
        }
    }
    let length = length.unwrap_or_default();
    let mut content = input.by_ref().take(length);
    if length > LONGEST {
        io::copy(&mut content, &mut io::sink())?;
        return Ok(Some(refused(ErrorCode::InvalidRequest, "a message of more than 128 MiB")));
    }
    let mut bytes = Vec::new();
    if (content.read_to_end(&mut bytes)? as u64) < length {
        return Ok(None);
    }
    Ok(Some(understood(&bytes)))
}

/// A message before it is known what kind it is. What the client answers matters to nobody here.
#[derive(Deserialize)]
struct Raw {
    id: Option<Value>,
    method: Option<String>,
    #[serde(default)]
    params: Value,
}

fn understood(bytes: &[u8]) -> Incoming {
    let Raw { id, method, params } = match serde_json::from_slice(bytes) {
        Ok(raw) => raw,
        Err(error) if error.is_data() => {
            return refused(ErrorCode::InvalidRequest, "no request, notification or response");
        }
        Err(error) => return refused(ErrorCode::ParseError, &error.to_string()),
    };
    match (method, id.map(serde_json::from_value::<RequestId>)) {
        (Some(method), Some(Ok(id))) => Incoming::Request(Request { id, method, params }),
        (Some(method), None) => Incoming::Notification(Notification { method, params }),
        (Some(_), Some(Err(_))) => {
            refused(ErrorCode::InvalidRequest, "its id is no text and no number of 32 bits")
        }
        (None, _) => Incoming::Response,
    }
}

fn refused(code: ErrorCode, why: &str) -> Incoming {
    Incoming::Malformed(
        json!({ "jsonrpc": "2.0", "id": null, "error": { "code": code as i32, "message": why } }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        while let Ok(Some(incoming)) = read(&mut bytes) {
            found.push(match incoming {
                Incoming::Request(request) => request.method,
                Incoming::Notification(notification) => notification.method,
                Incoming::Response => "response".to_owned(),
                Incoming::Malformed(answer) => answer["error"]["code"].to_string(),
                Incoming::End | Incoming::Checked(_) => panic!("nothing that is read"),
            });
        }
        found
    }

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        let good = framed(r#"{"jsonrpc":"2.0","id":1,"method":"good"}"#);
        for (bad, expected) in [
            (framed("{"), vec!["-32700", "good"]),
            (framed("\u{fffd}{}"), vec!["-32700", "good"]),
            (framed(r#"{"id":[],"method":"x"}"#), vec!["-32600", "good"]),
            (framed("7"), vec!["-32600", "good"]),
            (framed(&format!("{{\"params\":{}", "[".repeat(100_000))), vec!["-32700", "good"]),
            ("Content-Length: none\r\n\r\n".to_owned(), vec!["good"]),
            ("rubbish\r\n\n".to_owned(), vec!["good"]),
            (good.replace('\r', "").replace("Content-Length: ", "content-length:"), vec!["good", "good"]),
        ] {
            assert_eq!(all(format!("{bad}{good}").as_bytes()), expected, "{bad:.40}");
        }
        let end = "Content-Length: 18446744073709551615\r\n\r\n{}";
        assert_eq!(all(format!("{good}{end}").as_bytes()), ["good", "-32600"]);
        assert_eq!(all(format!("{good}Content-Length: 10\r\n\r\n{{}}").as_bytes()), ["good"]);
    }
}
