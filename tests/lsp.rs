//! The language server as an editor meets it: conversations over standard input and output. `tests/lsp/*.toml` hold
//! what the editor sends, the snapshots beside them all that is said on both sides.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

/// How the folder of a conversation is called in it.
const FOLDER: &str = "/project";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conversation {
    /// What it shows.
    about: String,
    /// Files before it begins.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// What the editor says first; `initialize` has its place here.
    #[serde(default)]
    hello: Value,
    steps: Vec<Step>,
}

/// One thing after the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    request: Option<String>,
    notify: Option<String>,
    #[serde(default)]
    params: Value,
    /// Bytes that are sent as they are.
    raw: Option<String>,
    /// Files that change on the disk before.
    #[serde(default)]
    write: BTreeMap<String, String>,
    #[serde(default)]
    delete: Vec<String>,
}

struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    folder: String,
    next: i32,
    said: String,
}

impl Editor {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_botiquette"))
            .arg("lsp")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let folder = folder.to_str().unwrap().to_owned();
        Self { child, input, output, folder, next: 0, said: String::new() }
    }

    fn send(&mut self, message: &Value) {
        let text =
            message.to_string().replace(&format!("file://{FOLDER}"), &format!("file://{}", self.folder));
        self.send_raw(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    fn send_raw(&mut self, text: &str) {
        self.input.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the server is gone after\n{}", self.said);
            match line.trim().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse().unwrap(),
                None => break,
            }
        }
        let mut text = vec![0; length];
        self.output.read_exact(&mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        serde_json::from_str(&text.replace(&self.folder, FOLDER)).unwrap()
    }

    fn request(&mut self, method: &str, params: &Value) -> i32 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// Writes down all that comes in until the answer to a request, which is handed out.
    fn until(&mut self, id: i32) -> Value {
        loop {
            let message = self.receive();
            if message["id"] == id && message["method"].is_null() {
                return message;
            }
            self.note("<-", &message);
        }
    }

    /// Waits until the server has said all that it has to say: what is found is told after a batch, so two questions
    /// have to be answered.
    fn settle(&mut self) {
        for _ in 0..2 {
            let id = self.request("test/settled", &Value::Null);
            self.until(id);
        }
    }

    /// Opens a file and types a text into it.
    fn open(&mut self, name: &str, text: &str) {
        let document = json!({ "uri": format!("file://{FOLDER}/{name}"), "languageId": "yaml", "version": 1, "text": text });
        let params = json!({ "textDocument": document });
        self.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params }));
    }

    /// The rules that are told of a file, each time that something is told, until the last says this one.
    fn told_until(&mut self, name: &str, rule: &str) -> Vec<Vec<String>> {
        let uri = format!("file://{FOLDER}/{name}");
        let mut told = Vec::new();
        // What is checked beside the conversation takes its time.
        for _ in 0..6000 {
            let id = self.request("test/settled", &Value::Null);
            loop {
                let message = self.receive();
                if message["id"] == id {
                    break;
                }
                if message["params"]["uri"] == uri {
                    let said = message["params"]["diagnostics"].as_array().unwrap().iter();
                    told.push(said.map(|said| said["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>());
                }
            }
            if told.last().is_some_and(|last| last.iter().any(|said| said == rule)) {
                return told;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("{name} is never told {rule}: {told:?}");
    }

    fn note(&mut self, arrow: &str, message: &Value) {
        let mut message = message.clone();
        let fields = message.as_object_mut().unwrap();
        fields.remove("jsonrpc");
        let method = fields.remove("method");
        let method = method.as_ref().and_then(Value::as_str).unwrap_or("answer").to_owned();
        if method == "answer" {
            fields.remove("id");
        }
        let content = match fields.remove("params") {
            Some(params) if fields.keys().all(|key| key == "id") => params,
            Some(_) => panic!("{message}"),
            None => message,
        };
        writeln!(self.said, "{arrow} {method} {:#}\n", shortened(content)).unwrap();
    }

    fn step(&mut self, step: &Step) {
        for (name, text) in &step.write {
            write(&Path::new(&self.folder).join(name), text);
            writeln!(self.said, "   {name} is written\n").unwrap();
        }
        for name in &step.delete {
            fs::remove_file(Path::new(&self.folder).join(name)).unwrap();
            writeln!(self.said, "   {name} is deleted\n").unwrap();
        }
        if let Some(raw) = &step.raw {
            writeln!(self.said, "-> {raw:?}\n").unwrap();
            self.send_raw(raw);
        }
        if let Some(method) = &step.notify {
            let message = json!({ "jsonrpc": "2.0", "method": method, "params": step.params });
            self.note("->", &message);
            self.send(&message);
        }
        if let Some(method) = &step.request {
            self.note("->", &json!({ "method": method, "params": step.params }));
            let id = self.request(method, &step.params);
            let answer = self.until(id);
            self.note("<-", &answer);
        }
        self.settle();
    }

    /// Says goodbye and waits for the end; returns the exit code.
    fn leave(mut self) -> (String, Option<i32>) {
        let id = self.request("shutdown", &Value::Null);
        assert_eq!(self.until(id)["result"], Value::Null);
        self.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        let code = self.child.wait().unwrap().code();
        (self.said, code)
    }
}

/// The same with places as people read them: `3:8`, and `3:8-3:14` for a range.
fn shortened(value: Value) -> Value {
    let place = |value: &Value| Some(format!("{}:{}", value.get("line")?, value.get("character")?));
    let range =
        |value: &Value| Some(format!("{}-{}", place(value.get("start")?)?, place(value.get("end")?)?));
    if let Some(short) = place(&value).or_else(|| range(&value)) {
        return short.into();
    }
    match value {
        Value::Array(items) => items.into_iter().map(shortened).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, shortened(value))).collect(),
        other => other,
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn hello(conversation: &Conversation) -> Value {
    let mut hello = json!({
        "processId": null,
        "capabilities": {},
        "workspaceFolders": [{ "uri": format!("file://{FOLDER}"), "name": "project" }],
    });
    if let Some(own) = conversation.hello.as_object() {
        hello.as_object_mut().unwrap().extend(own.clone());
    }
    hello
}

fn held(conversation: &Conversation) -> String {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().canonicalize().unwrap();
    // Settings are looked for up to here.
    fs::create_dir(real.join(".git")).unwrap();
    for (name, text) in &conversation.files {
        write(&real.join(name), text);
    }
    let mut editor = Editor::start(&real);
    let id = editor.request("initialize", &hello(conversation));
    let answer = editor.until(id);
    if conversation.about.contains("capabilities") {
        editor.note("<-", &answer);
    }
    editor.send(&json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    editor.settle();
    conversation.steps.iter().for_each(|step| editor.step(step));
    let (said, code) = editor.leave();
    assert_eq!(code, Some(0));
    said.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\"")
}

#[test]
#[cfg(unix)]
fn conversations_go_as_they_went() {
    crate::held_beside("tests/lsp", |conversation: &Conversation| &conversation.about, held);
}

/// A client that goes away ends the server, whatever it was about to say.
#[test]
fn a_closed_pipe_ends_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let mut editor = Editor::start(folder.path());
    editor.request("initialize", &json!({ "capabilities": {} }));
    drop(editor.output);
    let input = editor.input.as_mut().unwrap();
    let ask = r#"{"jsonrpc":"2.0","id":9,"method":"textDocument/hover"}"#;
    for _ in 0..1000 {
        // It may be gone already.
        let _ = write!(input, "Content-Length: {}\r\n\r\n{ask}", ask.len());
    }
    drop(editor.input.take());
    assert_eq!(editor.child.wait().unwrap().code(), Some(1), "it did not end in peace, and did not panic");
}

/// Where much is checked together, what is typed is judged at once, and what it does to files that had nothing to do
/// with it before comes later.
#[test]
#[cfg(unix)]
fn what_is_far_away_follows() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().canonicalize().unwrap();
    let padding = "# nothing\n".repeat(3000);
    for number in 0..8 {
        let account = format!("account: {{ handle: '@bot{number}', platform: mastodon, bot: true }}\n");
        let follows = "automations: [{ on: followed, do: follow, limits: { per-day: 3 } }]\n";
        write(&real.join(format!("{number}.yaml")), &format!("{account}{follows}{padding}"));
    }
    let mut editor = Editor::start(&real);
    let folders = json!([{ "uri": format!("file://{FOLDER}"), "name": "project" }]);
    let id = editor.request("initialize", &json!({ "capabilities": {}, "workspaceFolders": folders }));
    editor.until(id);
    editor.told_until("3.yaml", "auto-follow-back");
    // It becomes an account of another file, and feeds that one's habit.
    let crawls =
        "automations: [{ on: { schedule: daily }, do: { follow: { followers-of: own-followers } } }]\n";
    editor
        .open("5.yaml", &format!("account: {{ handle: '@bot3', platform: mastodon, bot: true }}\n{crawls}"));
    let told = editor.told_until("5.yaml", "unbounded-rate");
    assert!(!told.is_empty());
    editor.told_until("3.yaml", "follow-ratchet");
    assert_eq!(editor.leave().1, Some(0));
}
