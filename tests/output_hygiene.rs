//! What the command itself writes: only the report on standard output, files replaced only when whole, no
//! secrets, no orders to build servers, and valid UTF-8 whatever files are called.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const FORMATS: [&str; 7] = ["pretty", "concise", "json", "sarif", "github", "gitlab", "junit"];

/// Tests may themselves run on GitHub, whose summary page is not meant.
fn botiquette(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("CLICOLOR_FORCE", "0")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("standard error is UTF-8")
}

const BOT: &str = "account: '@a'\nautomations:\n  - on: { schedule: daily }\n    do: { follow: own-followers }\n    limits: { per-run: 5 }\n";

/// Files in which other findings stand on the same line as a secret.
const SECRETS: &[(&str, &str, &str)] = &[
    (
        "bot.json",
        r#"{ "account": { "handle": "@a", "password": "kV9xQ2mT7rLw4ZbN8sPd" }, "automations": [{ "on": "followed", "do": { "dm": "buy my course https://shop.example", "follow": "own-followers" } }] }"#,
        "kV9xQ2mT7rLw4ZbN8sPd",
    ),
    (
        "matterbridge.toml",
        "[irc.town]\nServer=\"irc.example.org:6667\"\nNick=\"bridge\"\nNickServPassword=\"hW3pX8vY5tRq9LzM\"\nNoSuchKey=1\n[[gateway]]\nname=\"g\"\nenable=true\n[[gateway.inout]]\naccount=\"irc.town\"\nchannel=\"#a\"\n",
        "hW3pX8vY5tRq9LzM",
    ),
    (
        ".env",
        "BOT_PASSWORD=zT6yR1nM8kQw3XcV\nIG_USERNAME=somebody\nMAX_FOLLOWS_PER_DAY=600\nMAX_LIKES_PER_DAY=1500\n",
        "zT6yR1nM8kQw3XcV",
    ),
];

#[test]
fn no_format_shows_more_than_four_characters_of_a_secret() {
    let mut shown = 0;
    for (name, text, secret) in SECRETS {
        let folder = crate::folder(&[(name, text)]);
        let page = folder.path().join("summary.md");
        fs::write(&page, "").unwrap();
        for format in FORMATS {
            let output = Command::new(env!("CARGO_BIN_EXE_botiquette"))
                .current_dir(folder.path())
                .args(["lint", name, "--format", format, "--include-info", "--verbose"])
                .env("GITHUB_STEP_SUMMARY", &page)
                .output()
                .unwrap();
            let written = format!("{}{}", stdout(&output), stderr(&output));
            assert!(!written.contains(&secret[..5]), "{name}, {format}:\n{written}");
            assert!(!written.contains(&secret[secret.len() - 5..]), "{name}, {format}:\n{written}");
            shown += usize::from(format == "concise" && written.contains("hardcoded-secret"));
        }
        let summary = fs::read_to_string(&page).unwrap();
        assert!(summary.contains("botiquette") && !summary.contains(&secret[..5]), "{summary}");
    }
    assert!(shown >= 2, "the files hold secrets that are found");
}

/// Neither where projects come on lines, with fixes and descriptions, nor where their settings have mistakes.
#[test]
fn a_batch_shows_no_more_of_a_secret() {
    let folder = crate::folder(&[]);
    let input: String = SECRETS
        .iter()
        .map(|(name, text, secret)| {
            let settings = format!("password = \"{secret}\"\n");
            let records = [
                serde_json::json!({ "files": { *name: text } }),
                serde_json::json!({ "files": { *name: text, "botiquette.toml": settings } }),
                serde_json::json!({ "files": secret }),
            ];
            records.map(|record| format!("{record}\n")).concat()
        })
        .collect();
    fs::write(folder.path().join("input"), input).unwrap();
    for more in [&["--describe", "--fixes"][..], &["--own-settings"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_botiquette"))
            .args(["batch", "--include-info", "--named"])
            .args(more)
            .stdin(fs::File::open(folder.path().join("input")).unwrap())
            .output()
            .unwrap();
        let written = format!("{}{}", stdout(&output), stderr(&output));
        assert!(written.contains("hardcoded-secret"), "{written}");
        for (name, _, secret) in SECRETS {
            assert!(!written.contains(&secret[..5]), "{name}:\n{written}");
            assert!(!written.contains(&secret[secret.len() - 5..]), "{name}:\n{written}");
        }
    }
}

#[test]
fn other_findings_on_the_line_of_a_secret_are_still_shown() {
    let (name, text, _) = SECRETS[0];
    let output = botiquette(crate::folder(&[(name, text)]).path(), &["lint", name, "--format", "concise"]);
    let rules = stdout(&output);
    assert!(rules.contains("[hardcoded-secret]"), "{rules}");
    assert!(rules.lines().count() > 1, "{rules}");
}

/// A configuration that tries to speak to the build server in everything that is quoted from it.
#[test]
fn hostile_configurations_give_no_orders() {
    let hostile =
        "\\n::error::forged\\u001b[31m ##[error]x ]]></testcase> <script> [a](https://evil.example) \\u202e";
    let text = format!(
        "{{ \"account\": \"@{hostile}\", \"automations\": [{{ \"name\": \"{hostile}\", \"on\": \"followed\", \"do\": {{ \"dm\": \"follow back! {hostile}\", \"follow\": \"{hostile}\" }} }}], \"{hostile}\": 1 }}"
    );
    let folder = crate::folder(&[("bot.json", &text), ("botiquette.toml", "")]);
    for format in FORMATS {
        let output = botiquette(
            folder.path(),
            &["lint", "bot.json", "--dialect", "conduct", "--format", format, "--include-info", "--verbose"],
        );
        let written = format!("{}{}", stdout(&output), stderr(&output));
        assert!(written.len() > 100, "{format}: something is found\n{written}");
        for line in written.lines().map(str::trim_start).filter(|line| line.starts_with("::")) {
            assert!(format == "github" && !line.contains("::forged"), "{format}:\n{written}");
        }
        assert!(
            !written.contains("##[") && !written.contains(['\u{1b}', '\u{202e}']),
            "{format}:\n{written}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_give_reports_that_are() {
    use std::os::unix::ffi::OsStrExt;
    let folder = crate::folder(&[]);
    let names =
        [&b"b\xff\xfe.yaml"[..], b"\n::error::forged.yaml", b"::warning::forged.yaml", b"a,b%0A:c d.yaml"];
    for (number, name) in names.iter().enumerate() {
        let bot = BOT.replace("@a", &format!("@bot{number}"));
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(name)), bot).unwrap();
    }
    for format in FORMATS {
        let output = botiquette(folder.path(), &["lint", "--format", format, "--verbose"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let written = stdout(&output);
        assert!(!stderr(&output).lines().any(|line| line.starts_with("::")), "{}", stderr(&output));
        let orders = written.lines().filter(|line| line.trim_start().starts_with("::"));
        assert_eq!(orders.count(), if format == "github" { 4 } else { 0 }, "{written}");
    }
    let sarif = stdout(&botiquette(folder.path(), &["lint", "--format", "sarif"]));
    for uri in ["b%FF%FE.yaml", "%0A%3A%3Aerror%3A%3Aforged.yaml", "a%2Cb%250A%3Ac%20d.yaml"] {
        assert!(sarif.contains(&format!("\"uri\": \"{uri}\"")), "{uri}: {sarif}");
    }
}

#[test]
fn several_reports_go_to_their_files() {
    let folder = crate::folder(&[("bot.yaml", BOT)]);
    let arguments = [
        "lint", "bot.yaml", "--format", "concise", "--format", "sarif", "--output", "a.sarif", "--format",
        "junit", "--output", "b.xml",
    ];
    let output = botiquette(folder.path(), &arguments);
    assert_eq!(stdout(&output).lines().count(), 1);
    assert_eq!(stderr(&output), "");
    let read = |name| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("a.sarif").contains("auto-follow-back") && read("b.xml").starts_with("<?xml"));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "no temporary file stays behind");
}

#[test]
fn what_cannot_be_written_is_told_before_linting() {
    let folder = crate::folder(&[("bot.yaml", BOT)]);
    fs::create_dir(folder.path().join("reports")).unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["--output", "bot.yaml"], "it is one of the inputs"),
        (&["--output", "./reports/../bot.yaml"], "it is one of the inputs"),
        (&["--output", "reports"], "it is a folder"),
        (&["--output", "missing/report.txt"], "No such file"),
        (&["--format", "json", "--format", "sarif"], "only one report can go to standard output"),
        (&["--format", "json", "--output", "x", "--format", "junit", "--output", "./x"], "two reports"),
    ];
    for (arguments, message) in cases {
        // A file that is not there would be told if anything were read.
        let arguments = [&["lint", "bot.yaml", "nothing.yaml"], *arguments].concat();
        let output = botiquette(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(message), "{arguments:?}: {}", stderr(&output));
        assert!(!stderr(&output).contains("nothing.yaml"), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("bot.yaml")).unwrap(), BOT);
}

/// The input is found in a folder, not named, and is still not replaced.
#[test]
fn a_bot_that_is_found_is_not_replaced_by_a_report() {
    let folder = crate::folder(&[("bot.yaml", BOT)]);
    let output = botiquette(folder.path(), &["lint", ".", "--output", "bot.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("it is one of the inputs"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(folder.path().join("bot.yaml")).unwrap(), BOT);
}

#[test]
fn the_job_summary_is_added_to_the_page() {
    let folder = crate::folder(&[("bot.yaml", BOT)]);
    let page = folder.path().join("page.md");
    fs::write(&page, "before\n").unwrap();
    for format in ["github", "concise"] {
        Command::new(env!("CARGO_BIN_EXE_botiquette"))
            .current_dir(folder.path())
            .args(["lint", "bot.yaml", "--format", format])
            .env("GITHUB_STEP_SUMMARY", &page)
            .output()
            .unwrap();
    }
    let text = fs::read_to_string(&page).unwrap();
    assert!(text.starts_with("before\n## botiquette\n"), "{text}");
    assert_eq!(text.matches("## botiquette").count(), 1, "only the format `github` writes it: {text}");
}
