//! Standard input under a name, as editors send it: the settings of that name hold, with their patterns.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

const BOT: &str = "account: \"@a\"\nautomations:\n  - { on: followed, do: follow, limits: { per-day: 3 } }\n";

const SETTINGS: &str = r#"
fail-on = "warning"
exclude = ["drafts/"]
[[overrides]]
paths = ["friends/"]
severity = { auto-follow-back = "error" }
[[suppressions]]
path = "/agreed.yaml"
rule = "auto-follow-back"
reason = "friends only"
"#;

#[test]
fn the_name_decides() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("bots")).unwrap();
    fs::write(folder.path().join("bots/botiquette.toml"), SETTINGS).unwrap();
    for (name, code, expected) in [
        ("bots/bot.yaml", 1, "bots/bot.yaml:3:25: warning[auto-follow-back]"),
        ("bots/friends/bot.yaml", 1, "bots/friends/bot.yaml:3:25: error[auto-follow-back]"),
        ("bots/drafts/bot.yaml", 0, ""),
        ("bots/agreed.yaml", 0, ""),
        ("elsewhere.yaml", 0, "elsewhere.yaml:3:25: warning[auto-follow-back]"),
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_botiquette"))
            .current_dir(folder.path())
            .args(["lint", "-", "--stdin-filename", name, "--format", "concise", "--dialect", "conduct"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(BOT.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let found = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(code), "{name}: {found}");
        assert!(found.starts_with(expected) && found.is_empty() == expected.is_empty(), "{name}: {found:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        // Silence about what is excluded would look like praise.
        let excluded = "note: nothing was linted: everything is excluded\n";
        assert_eq!(said, if name == "bots/drafts/bot.yaml" { excluded } else { "" }, "{name}");
    }
}
