//! Every line of `tests/report/injections.txt` is put into bots, settings and rule files, and every command writes
//! about them in every format, on standard output and on standard error: nothing of it may be an order to a build
//! server, a control sequence for a terminal, or a character that nobody sees.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn injections() -> Vec<String> {
    let text = fs::read_to_string(crate::root().join("tests/report/injections.txt")).unwrap();
    text.lines().filter(|line| !line.starts_with("# ")).map(crate::report_hostile::unescape).collect()
}

/// Bots that say something hostile wherever a configuration can.
fn bot(hostile: &str, number: usize) -> Value {
    let (start, end) = (format!("{hostile} {number}"), format!("x {number} {hostile}"));
    json!({
        "account": {
            "handle": format!("@{number}{hostile}"),
            "name": start,
            "platform": start,
            "profile": { "operator": start, "contact": end, "bio": hostile, "url": end },
            "dead-switches": { end.clone(): "no-such-flaw" },
            "facts": { "purpose": start },
        },
        "automations": [
            {
                "id": start,
                "on": { "post-by": [hostile, end] },
                "if": { "keyword": [hostile, end] },
                "do": [{ "dm": { "text": format!("follow back! {hostile}"), "to": hostile } }, "follow"],
            },
            { "id": end, "on": [{ "followed": {} }, { "mention": { "text": hostile } }], "do": [{ "reply": hostile }, { "post": end }] },
            { "id": format!("off {hostile}"), "enabled": false, "on": hostile, "do": { "follow": start } },
            { hostile: 1, "on": "followed", "do": { hostile: end } },
        ],
        start: hostile,
    })
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("CLICOLOR_FORCE", "0")
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// Everything that is wrong with what a command wrote.
fn faults(page: &str, has_orders: bool) -> Vec<String> {
    let mut faults = Vec::new();
    for line in page.lines() {
        let begins = line.trim_start().starts_with("::");
        let ours = has_orders
            && ["::error file=", "::warning file=", "::notice file="].iter().any(|own| line.starts_with(own));
        if begins && !ours {
            faults.push(format!("order: {line}"));
        }
    }
    for order in ["##[", "##vso[", "##teamcity["] {
        if let Some(line) = page.lines().find(|line| line.contains(order)) {
            faults.push(format!("order: {line}"));
        }
    }
    let hidden = |c: char| {
        c != '\n' && c.is_control()
            || matches!(c, '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
    };
    for line in page.lines().filter(|line| line.contains(hidden)).take(1) {
        faults.push(format!("hidden: {}", line.escape_unicode()));
    }
    faults
}

#[test]
fn no_command_passes_on_what_a_bot_says() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("botiquette.toml"), "").unwrap();
    for (number, hostile) in injections().iter().enumerate() {
        let text = serde_json::to_string(&bot(hostile, number)).unwrap();
        fs::write(folder.path().join(format!("{number}.conduct.json")), text).unwrap();
    }
    for command in crate::WRITERS {
        let output = run(folder.path(), command);
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.len() > 1000, "{command:?}: something is written: {page}");
        let mut found = faults(&page, command.contains(&"github"));
        found.extend(faults(&String::from_utf8(output.stderr).unwrap(), false));
        assert!(found.is_empty(), "{command:?}: {found:#?}");
        if command.ends_with(&["json"]) {
            assert!(serde_json::from_str::<Value>(&page).is_ok(), "{command:?}: {page}");
        }
        if command.ends_with(&["conduct"]) {
            let again = folder.path().join("again");
            fs::create_dir_all(&again).unwrap();
            fs::write(again.join("bot.yaml"), &page).unwrap();
            let output = run(&again, &["lint", "bot.yaml", "--dialect", "conduct", "--format", "concise"]);
            let page = String::from_utf8(output.stdout).unwrap();
            assert!(!page.contains("[syntax-error]"), "{page}");
            fs::remove_dir_all(again).unwrap();
        }
    }
}

/// The same bots as projects of a batch, whose ids and paths are hostile as well; and lines that are no projects.
#[test]
fn a_batch_passes_nothing_on() {
    let mut input = String::new();
    for (number, hostile) in injections().iter().enumerate() {
        let text = serde_json::to_string(&bot(hostile, number)).unwrap();
        let path = format!("{hostile}.conduct.json").replace('\0', "");
        for record in [
            json!({ "id": hostile, "files": { path.clone(): text } }),
            json!({ "id": [hostile], "files": {} }),
            json!({ "files": { path.clone(): [hostile] } }),
            json!({ "id": hostile, "files": { "botiquette.toml": format!("profile = {}", json!(hostile)) } }),
        ] {
            input.push_str(&format!("{record}\n"));
        }
        input.push_str(&format!("{}\n", hostile.replace('\n', " ")));
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("input"), input).unwrap();
    for more in [&["--describe", "--fixes", "--include-info"][..], &["--own-settings", "--unordered"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_botiquette"))
            .arg("batch")
            .args(more)
            .stdin(fs::File::open(folder.path().join("input")).unwrap())
            .output()
            .unwrap();
        let page = String::from_utf8(output.stdout).unwrap();
        assert_eq!(page.lines().count(), 5 * injections().len(), "{more:?}");
        assert_eq!(faults(&page, false), Vec::<String>::new(), "{more:?}");
        assert_eq!(faults(&String::from_utf8(output.stderr).unwrap(), false), Vec::<String>::new());
        assert!(page.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{more:?}");
    }
}

/// Accounts, automations and findings that come, go and change, with hostile words before and after.
#[test]
fn comparisons_pass_nothing_on() {
    let folder = tempfile::tempdir().unwrap();
    for (number, hostile) in injections().iter().enumerate() {
        let before = bot(hostile, number);
        let mut after = if number % 2 == 0 { bot(&format!("{hostile}!"), number) } else { before.clone() };
        after["account"] = if number % 3 == 0 { json!(hostile) } else { before["account"].clone() };
        for (side, bot) in [("old", before), ("new", after)] {
            fs::create_dir_all(folder.path().join(side)).unwrap();
            let text = serde_json::to_string(&bot).unwrap();
            fs::write(folder.path().join(side).join(format!("{number}.conduct.json")), text).unwrap();
        }
    }
    for format in ["text", "markdown", "json"] {
        let output = run(folder.path(), &["diff", "old", "new", "--format", format]);
        let page = String::from_utf8(output.stdout).unwrap();
        assert!(page.len() > 1000, "{format}: something is written: {page}");
        let mut found = faults(&page, false);
        found.extend(faults(&String::from_utf8(output.stderr).unwrap(), false));
        assert!(found.is_empty(), "{format}: {found:#?}");
        if format == "markdown" {
            let own = [
                "<!-- botiquette-diff -->",
                "<details><summary>In full, with places</summary>",
                "</details>",
            ];
            let foreign = own.iter().fold(page.clone(), |page, own| page.replace(own, ""));
            let foreign = foreign.replace("<code>", "").replace("</code>", "");
            assert!(!foreign.contains('<'), "{foreign}");
            assert!(!page.contains("evil.example)") && !page.contains("](javascript"), "{page}");
            assert!(page.chars().count() < 65_536, "{} characters", page.chars().count());
        }
    }
}

#[test]
fn mistakes_in_settings_and_rules_pass_nothing_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("bot.yaml"), "account: a\nautomations: [{ on: followed, do: follow }]\n").unwrap();
    for hostile in injections() {
        let quoted = serde_json::to_string(&hostile).unwrap();
        let settings = [
            format!("ignore = [{quoted}]\n"),
            format!("{quoted} = 1\n"),
            format!("profile = {quoted}\n"),
            format!("pack = {quoted}\n[rules]\npaths = [{quoted}]\n"),
            format!("ignore = [\"{}\n", hostile.replace(['\n', '\r'], " ")),
            format!("extend = {quoted}\n"),
        ];
        for text in settings {
            fs::write(path.join("botiquette.toml"), &text).unwrap();
            let output = run(path, &["lint", "bot.yaml"]);
            let page = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{text}");
            assert!(page.starts_with("error: "), "{page}");
            assert_eq!(faults(&page, false), Vec::<String>::new(), "{text}");
        }
        fs::write(path.join("rule.toml"), format!("name = {quoted}\n{quoted} = 1\n")).unwrap();
        let output = run(path, &["test-rules", "rule.toml"]);
        let page = format!(
            "{}{}",
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap()
        );
        assert_eq!(faults(&page, false), Vec::<String>::new(), "{page}");
    }
}

/// Dialect files, broken and whole, and what they make of a bot.
#[test]
fn dialect_files_pass_nothing_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let written = |output: Output| {
        let texts = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        (output.status.code(), texts.concat())
    };
    fs::create_dir_all(path.join("dialects")).unwrap();
    for hostile in injections() {
        let quoted = serde_json::to_string(&hostile).unwrap();
        fs::write(path.join("own.toml"), format!("name = {quoted}\n{quoted} = 1\n")).unwrap();
        let (code, page) = written(run(path, &["test-dialects", "own.toml"]));
        assert_eq!(code, Some(2), "{page}");
        assert_eq!(faults(&page, false), Vec::<String>::new(), "{page}");
        let said = serde_json::to_string(&format!("x {hostile}")).unwrap();
        let config = serde_json::to_string(&format!(
            "own: {said}\nsay: {said}\nmode: {said}\nclosed: {{ {said}: 1 }}\n"
        ))
        .unwrap();
        let text = format!(
            "name = 'own'\ntitle = {said}\nlink = {said}\nabout = {said}\nclosed = ['closed']\n[recognise]\nkeys = ['own']\n\
             [account]\nid = {said}\nhandle = {{ key = 'own' }}\nplatform = {said}\n\
             [[automations]]\nid = {said}\non = {{ mention = {said} }}\n\
             do = {{ dm = {{ key = 'say' }}, visibility = {{ key = 'mode', words = {{ a = 'public' }} }} }}\n\
             [[example]]\nverdict = 'bad'\nnote = {said}\nrules = [{said}]\nconfig = {config}\n\
             [[example]]\nverdict = 'good'\nconfig = 'own: 1'\n"
        );
        fs::write(path.join("dialects/own.toml"), text).unwrap();
        fs::write(path.join("botiquette.toml"), "dialects = { paths = ['dialects'] }\n").unwrap();
        let bot: String = serde_json::from_str(&config).unwrap();
        fs::write(path.join("bot.yaml"), bot).unwrap();
        let commands: [&[&str]; 6] = [
            &["test-dialects", "dialects"],
            &["dialects"],
            &["dialects", "--format", "json"],
            &["explain", "own"],
            &["lint", "bot.yaml", "--format", "concise"],
            &["describe", "bot.yaml"],
        ];
        for command in commands {
            let (_, page) = written(run(path, command));
            assert!(!page.is_empty(), "{command:?}");
            assert_eq!(faults(&page, false), Vec::<String>::new(), "{command:?}: {page}");
        }
    }
}

/// Files may be called anything, and shells put their names where arguments are.
#[test]
fn arguments_pass_nothing_on() {
    let folder = tempfile::tempdir().unwrap();
    for hostile in injections().iter().filter(|hostile| !hostile.contains('\0')) {
        let cases: [&[&str]; 6] = [
            &["lint", hostile],
            &["lint", "--format", hostile],
            &["lint", &format!("--{hostile}")],
            &["lint", "--dialect", hostile],
            &["explain", hostile],
            &["graph", hostile],
        ];
        for arguments in cases {
            let output = run(folder.path(), arguments);
            let page = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert_eq!(faults(&page, false), Vec::<String>::new(), "{arguments:?}");
        }
    }
}

/// One line of settings with thousands of mistakes: each is told with a part of the line, and most are counted.
#[test]
fn a_line_full_of_mistakes_gives_a_short_log() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.yaml"), "account: a\nautomations: [{ on: followed, do: follow }]\n")
        .unwrap();
    for (command, count) in [("lint", 5000), ("describe", 100), ("graph", 100)] {
        let names: Vec<String> = (0..count).map(|number| format!("\"no-such-rule-{number}\"")).collect();
        let settings = format!("ignore = [{}]\n", names.join(", "));
        fs::write(folder.path().join("botiquette.toml"), settings).unwrap();
        let output = run(folder.path(), &[command, "bot.yaml"]);
        let page = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(page.len() < 10_000, "{command}: {} bytes", page.len());
        assert!(page.contains("unknown rule or family `no-such-rule-0`"), "{page}");
        assert!(page.ends_with("error: and at least 80 more mistakes\n"), "{page}");
        assert!(page.lines().all(|line| line.chars().count() < 200), "{page}");
    }
    let long = format!("ignore = [\"{}\"]\n", "x".repeat(500_000));
    fs::write(folder.path().join("botiquette.toml"), long).unwrap();
    let page = String::from_utf8(run(folder.path(), &["lint", "bot.yaml"]).stderr).unwrap();
    assert!(page.len() < 1000, "{} bytes", page.len());
}

/// Secrets in files that a settings file only names are masked like those of bots.
#[test]
fn mistakes_show_no_secrets() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bot.yaml"), "account: a\nautomations: [{ on: followed, do: follow }]\n")
        .unwrap();
    fs::write(folder.path().join("botiquette.toml"), "extend = \"secret.env\"\n").unwrap();
    let secret = "{\"schema\": \"ghp_Kw3TzQ9vLmRxKw3TzQ9vLmRx\", \"findings\": []}";
    fs::write(folder.path().join("baseline.json"), secret).unwrap();
    for text in [
        secret,
        "{\"password\": \"Kw3TzQ9vLmRx\"}",
        "{\"findings\": {\"secrets\": \"Kw3TzQ9vLmRx\"}}",
        "\"Kw3TzQ9vLmRx7\"",
    ] {
        fs::write(folder.path().join("baseline.json"), text).unwrap();
        let arguments = ["lint", "bot.yaml", "--no-config", "--baseline", "baseline.json"];
        let page = String::from_utf8(run(folder.path(), &arguments).stderr).unwrap();
        assert!(page.contains("baseline.json"), "{page}");
        assert!(!page.contains("TzQ9"), "{text}: {page}");
    }
    for text in [
        "HOME=/root\0SHELL=/bin/sh\0BOT_PASSWORD=Kw3TzQ9vLmRx\0PATH=/bin\0",
        "BOT_PASSWORD=Kw3TzQ9vLmRx\n",
        "Kw3TzQ9vLmRx\n",
        "export BOT_TOKEN='Kw3TzQ9vLmRx\n",
        "password = \"Kw3TzQ9vLmRx\"\nignore = 1\n",
        "ignore = 1 # password: Kw3TzQ9vLmRx\n",
        "ignore = [\"password: Kw3TzQ9vLmRx\"]\n",
        "profile = \"ghp_Kw3TzQ9vLmRxKw3TzQ9vLmRxKw3TzQ9vLmRx\"\n",
    ] {
        fs::write(folder.path().join("secret.env"), text).unwrap();
        let page = String::from_utf8(run(folder.path(), &["lint", "bot.yaml"]).stderr).unwrap();
        assert!(page.contains("secret.env"), "{page}");
        assert!(!page.contains("TzQ9"), "{text}: {page}");
    }
}
