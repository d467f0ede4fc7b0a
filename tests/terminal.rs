//! What a person meets at the terminal: nothing to lint, standard input, widths, colours, names, grouping, completion.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const BOT: &str =
    "account: \"@town\"\nautomations:\n  - { on: followed, do: follow, limits: { per-day: 3 } }\n";

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_botiquette"));
    command.current_dir(folder).args(arguments).env_remove("COLUMNS");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    read(command(folder, arguments).output().unwrap())
}

fn read(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn typed(folder: &Path, arguments: &[&str], text: &str) -> (Option<i32>, String, String) {
    let mut child = command(folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    read(child.wait_with_output().unwrap())
}

#[test]
fn nothing_to_lint_is_said_and_no_failure() {
    let folder = crate::folder(&[
        ("empty/readme.md", "hello"),
        ("others/values.yaml", "replicas: 3"),
        ("excluded/bot.yaml", BOT),
        ("excluded/botiquette.toml", "exclude = [\"*.yaml\"]"),
        ("bots/bot.yaml", BOT),
    ]);
    for (path, why) in [
        ("empty", "there is no file that could be a bot's configuration"),
        ("others", "no bot configuration recognised"),
        ("excluded", "everything is excluded"),
    ] {
        for quiet in [&[][..], &["--quiet"]] {
            let (code, out, said) = run(folder.path(), &[&["lint", path], quiet].concat());
            assert_eq!((code, out.as_str()), (Some(0), ""), "{path}: {said}");
            assert!(said.starts_with(&format!("note: nothing was linted: {why}")), "{path}: {said}");
        }
        let (code, _, said) = run(folder.path(), &["lint", path, "--require-input"]);
        assert_eq!(code, Some(2), "{path}: {said}");
        for command in ["describe", "graph"] {
            assert_eq!(run(folder.path(), &[command, path]).0, Some(0), "{command} {path}");
        }
    }
    let (code, _, said) = run(folder.path(), &["lint", ".", "--exclude", "bots/", "--exclude", "*.yaml"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("everything is excluded"), "{said}");
    for command in ["lint", "describe", "graph"] {
        let (code, _, said) = run(folder.path(), &[command, "others/values.yaml"]);
        assert_eq!(code, Some(2), "{command}: {said}");
        let (code, _, said) = run(folder.path(), &[command, "others/values.yaml", "bots/bot.yaml"]);
        assert_eq!(code, Some(0), "{command}: {said}");
    }
    let (code, _, said) = run(folder.path(), &["lint", "bots", "--require-input"]);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn standard_input_works_for_all_three() {
    let folder = crate::folder(&[("bots/botiquette.toml", "ignore = [\"follow\"]")]);
    for (arguments, expected) in [
        (&["lint", "-", "--format", "concise"][..], "<stdin>:3:25: warning[auto-follow-back]"),
        (&["lint", "--stdin-filename", "x/bot.yaml", "--format", "concise"], "x/bot.yaml:3:25: warning"),
        (&["describe", "-"], "@town"),
        (&["describe", "--stdin-filename", "bot.yaml", "--format", "json"], "\"bot.yaml\""),
        (&["graph", "-"], "flowchart"),
        (&["graph", "--stdin-filename", "bot.yaml"], "flowchart"),
        (&["describe", "-", "--dialect", "conduct", "--isolated"], "@town"),
    ] {
        let (code, out, said) = typed(folder.path(), arguments, BOT);
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
        assert!(out.contains(expected), "{arguments:?}: {out} {said}");
    }
    // The name decides about the settings.
    let (_, out, _) =
        typed(folder.path(), &["lint", "--stdin-filename", "bots/bot.yaml", "--format", "concise"], BOT);
    assert_eq!(out, "");
}

#[test]
fn describe_and_graph_read_like_lint() {
    let folder = crate::folder(&[
        ("bot.yaml", BOT),
        ("drafts/bot.yaml", &BOT.replace("town", "draft")),
        ("house.toml", "exclude = [\"drafts/\"]"),
        ("wrong.toml", "nonsense = 1"),
    ]);
    for command in ["describe", "graph"] {
        let all = run(folder.path(), &[command, "."]).1;
        assert!(all.contains("@draft"), "{all}");
        for options in [&["--config", "house.toml"][..], &["--exclude", "drafts/"]] {
            let (code, some, said) = run(folder.path(), &[&[command, "."], options].concat());
            assert_eq!(code, Some(0), "{said}");
            assert!(some.contains("@town") && !some.contains("@draft"), "{some}");
        }
        assert_eq!(run(folder.path(), &[command, "--config", "wrong.toml"]).0, Some(2));
        assert_eq!(run(folder.path(), &[command, "--dialect", "nonsense"]).0, Some(2));
    }
}

/// Lines of text and of tables fit, whatever the width. Names and addresses are never cut.
#[test]
fn what_is_printed_fits() {
    let samples = "sample-configs/conduct";
    for width in [60, 80, 120] {
        for arguments in [
            &["lint", samples, "--exit-zero"][..],
            &["describe", samples],
            &["describe", samples, "--checklist"],
            &["rules"],
            &["dialects"],
            &["explain", "follow-ratchet", "shaming"],
        ] {
            let output =
                command(crate::root(), arguments).env("COLUMNS", width.to_string()).output().unwrap();
            let (_, out, said) = read(output);
            let long: Vec<&str> = out
                .lines()
                .filter(|line| line.chars().count() > width)
                // Code in examples, places, and links stay whole.
                .filter(|line| {
                    !line.starts_with("    ") && !line.contains(".yaml:") && !line.contains("https://")
                })
                .collect();
            assert!(long.is_empty(), "{arguments:?} at {width}: {long:#?} {said}");
        }
    }
}

#[test]
fn the_same_reason_is_said_once() {
    let folder = crate::folder(&[("a.yaml", BOT), ("b.yaml", &BOT.replace("town", "sea"))]);
    let count = |text: &str, part: &str| text.matches(part).count();
    let (_, grouped, _) = run(folder.path(), &["lint"]);
    assert_eq!((count(&grouped, "   why: "), count(&grouped, "[auto-follow-back]")), (1, 2), "{grouped}");
    assert_eq!(count(&grouped, "more: botiquette explain auto-follow-back"), 1, "{grouped}");
    let (_, whole, _) = run(folder.path(), &["lint", "--no-group"]);
    assert_eq!(count(&whole, "   why: "), 2, "{whole}");
    for format in ["pretty", "concise"] {
        let (_, counted, said) = run(folder.path(), &["lint", "--statistics", "--format", format]);
        assert!(counted.starts_with("2  warning  auto-follow-back\n"), "{counted} {said}");
    }
    assert_eq!(run(folder.path(), &["lint", "--statistics", "--format", "json"]).0, Some(2));
}

#[test]
fn filters_and_other_names_of_options() {
    let folder = crate::folder(&[
        ("bot.yaml", BOT),
        ("house.toml", "severity = { follow = \"error\" }\nfail-on = \"never\""),
    ]);
    let root = folder.path();
    for (arguments, code, found) in [
        (&["lint", "-f", "concise"][..], 0, 1),
        (&["lint", "--output-format", "concise", "--select", "ALL"], 0, 1),
        (&["lint", "-f", "concise", "--select", "*-follow-*"], 0, 1),
        (&["lint", "-f", "concise", "--ignore", "auto-*"], 0, 0),
        (&["lint", "-f", "concise", "--severity", "error"], 0, 0),
        (&["lint", "-f", "concise", "--severity", "error", "--fail-on", "warning"], 0, 0),
        (&["lint", "-f", "concise", "--confidence", "low", "--fail-on", "warning"], 1, 1),
        (&["lint", "-f", "concise", "--config", "house.toml"], 0, 1),
        (&["lint", "-f", "concise", "--config", "house.toml", "--fail-on", "error"], 1, 1),
        (&["lint", "-f", "concise", "--fail-on", "never", "--profile", "strict"], 0, 1),
    ] {
        let (status, out, said) = run(root, arguments);
        let lines = out.lines().filter(|line| line.contains("[auto-follow-back]")).count();
        assert_eq!((status, lines), (Some(code), found), "{arguments:?}: {out} {said}");
    }
    let (code, _, said) = run(root, &["lint", "--select", "no-such-*"]);
    assert_eq!(code, Some(2), "{said}");
    assert_eq!(run(root, &["help", "lint"]).0, Some(0));
    // The name of a file says how it is written.
    for (name, start) in [("r.json", "{"), ("r.sarif", "{"), ("r.xml", "<?xml"), ("r.txt", "warning[")] {
        let (code, out, said) = run(root, &["lint", "bot.yaml", "-o", name]);
        assert_eq!((code, out.as_str()), (Some(0), ""), "{said}");
        let text = fs::read_to_string(root.join(name)).unwrap();
        assert!(text.starts_with(start), "{name}: {text}");
    }
    // What was written is no bot's configuration.
    let (code, out, said) = run(root, &["lint", "--format", "concise", "--verbose"]);
    assert_eq!((code, out.lines().count()), (Some(0), 1), "{out} {said}");
    assert!(said.contains("skipped: r.json (written by botiquette"), "{said}");
    let (_, out, _) = run(root, &["explain", "auto-follow-back", "shaming", "churn"]);
    assert_eq!(out, "");
    let (_, out, _) = run(root, &["explain", "auto-follow-back", "shaming"]);
    assert!(out.starts_with("auto-follow-back: ") && out.contains("\nunfollow-shaming (error)\n"), "{out}");
}

#[test]
fn our_own_output_is_no_input() {
    let folder = crate::folder(&[
        ("bot.yaml", BOT),
        ("botiquette.toml", "[accounts.\"@town\"]\nfacts = { opt-out = \"write STOP\" }"),
    ]);
    let root = folder.path();
    for (name, arguments) in [
        ("report.json", &["lint", "--format", "json"][..]),
        ("report.sarif.json", &["lint", "--format", "sarif"]),
        ("quality.json", &["lint", "--format", "gitlab"]),
        ("graph.json", &["graph", "--format", "json"]),
        ("description.json", &["describe", "--format", "json"]),
        ("checklist.json", &["describe", "--checklist", "--format", "json"]),
    ] {
        let (_, out, said) = run(root, arguments);
        assert!(out.starts_with(['{', '[']), "{name}: {out} {said}");
        fs::write(root.join(name), out).unwrap();
    }
    run(root, &["lint", "--write-baseline", "known.json"]);
    let (_, out, said) = run(root, &["lint", "--format", "concise", "--verbose"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    for name in [
        "report.json",
        "report.sarif.json",
        "quality.json",
        "graph.json",
        "description.json",
        "checklist.json",
        "known.json",
    ] {
        assert!(said.contains(&format!("skipped: {name} (written by botiquette")), "{name}: {said}");
    }
    assert!(said.contains("skipped: botiquette.toml (settings of botiquette)"), "{said}");
    // Named, it is refused with the same words.
    let (code, _, said) = run(root, &["lint", "report.json"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("written by botiquette"), "{said}");
}

#[test]
fn what_is_written_for_us_and_fits_nothing_is_told() {
    let settings = "[[suppressions]]\npath = \"gone.yaml\"\nrule = \"post-flood\"\nreason = \"x\"\n[[overrides]]\npaths = [\"bot.yaml\", \"drafts/\"]\nignore = [\"follow\"]\n[accounts.\"@twon\"]\nfacts = { opt-out = \"x\" }\n[accounts.\"@town\"]\nfacts = { opt-out = \"x\" }\n";
    let folder = crate::folder(&[
        ("bot.yaml", &format!("# botiquette: disable[follow]\n{BOT}")),
        ("botiquette.toml", settings),
    ]);
    let (_, out, said) = run(folder.path(), &["lint", "--format", "concise"]);
    for told in [
        "bot.yaml:1:1: warning[unused-suppression] a suppression that cannot be read as one (nothing after `botiquette:` is understood)",
        "botiquette.toml:2:8: warning[unused-suppression] an entry of the settings that fits nothing (`gone.yaml` of a suppression fits no file)",
        "botiquette.toml:6:22: warning[unused-suppression] an entry of the settings that fits nothing (`drafts/` of an override fits no file)",
        "botiquette.toml:8:11: warning[unused-suppression] an entry of the settings that fits nothing (no account is called `@twon`)",
    ] {
        assert!(out.contains(told), "{told}\n{out} {said}");
    }
    assert_eq!(out.lines().count(), 4, "{out}");
    // A run that saw only a part cannot tell.
    let (_, out, _) = run(folder.path(), &["lint", "bot.yaml", "--format", "concise"]);
    assert_eq!(out.lines().count(), 1, "{out}");
}

#[test]
fn colour_is_for_those_who_want_it() {
    let folder = crate::folder(&[("bot.yaml", BOT)]);
    let colored = |variables: &[(&str, &str)]| {
        let mut command = command(folder.path(), &["lint"]);
        for name in ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        read(command.envs(variables.iter().copied()).output().unwrap()).1.contains('\u{1b}')
    };
    assert!(!colored(&[]));
    assert!(colored(&[("FORCE_COLOR", "1")]));
    assert!(!colored(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]));
    assert!(!colored(&[("FORCE_COLOR", "0")]));
}

/// Where the locale has no such signs, nothing but ASCII is printed.
#[test]
fn plain_signs_where_there_are_no_others() {
    let folder = crate::folder(&[("bot.yaml", BOT)]);
    for arguments in [
        &["lint"][..],
        &["describe"],
        &["describe", "--checklist"],
        &["explain", "auto-follow-back", "shaming"],
        &["rules"],
    ] {
        let output = command(folder.path(), arguments)
            .env_remove("LC_ALL")
            .env_remove("LC_CTYPE")
            .env("LANG", "de_DE.ISO-8859-1")
            .output()
            .unwrap();
        let (_, out, _) = read(output);
        let others: String = out.chars().filter(|c| !c.is_ascii()).collect();
        assert_eq!(others, "", "{arguments:?}: {out}");
    }
}

/// One object a line, so that the next one can be told from it.
#[test]
fn a_watched_report_is_one_line() {
    let folder = crate::folder(&[("bot.yaml", BOT)]);
    let (_, out, said) = run(folder.path(), &["lint", "--watch", "--watch-runs", "1", "--format", "json"]);
    assert_eq!(out.lines().count(), 1, "{out} {said}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["schema"], "botiquette-report/1");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_spelled_in_one_way() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = crate::folder(&[]);
    fs::write(folder.path().join(OsStr::from_bytes(b"bot\xff.yaml")), BOT).unwrap();
    fs::write(folder.path().join(OsStr::from_bytes(b"not\xff.yaml")), "a: 1").unwrap();
    let (_, out, said) = run(folder.path(), &["lint", "--format", "concise", "--verbose"]);
    assert!(out.starts_with("bot\\xff.yaml:3:25: "), "{out}");
    assert!(said.contains("linted: bot\\xff.yaml") && said.contains("skipped: not\\xff.yaml"), "{said}");
    let (_, out, _) = run(folder.path(), &["describe"]);
    assert!(out.contains("bot\\xff.yaml:3"), "{out}");
    let (_, out, _) = run(folder.path(), &["describe", "--format", "json"]);
    assert!(out.contains("bot\\\\xff.yaml"), "{out}");
    let mut command = command(folder.path(), &["lint"]);
    let (code, _, said) = read(command.arg(OsStr::from_bytes(b"gone\xff.yaml")).output().unwrap());
    assert_eq!(code, Some(2));
    assert!(said.contains("gone\\xff.yaml: there is no such file"), "{said}");
}

/// Nobody who writes settings should have to know what they are read with.
#[test]
fn mistakes_are_told_in_words_of_ours() {
    let folder = crate::folder(&[("bot.yaml", BOT)]);
    for text in [
        "profile = 3",
        "select = \"follow\"",
        "select = [1]",
        "fail-on = true",
        "max-findings = { per-file = 0 }",
        "max-findings = { per-file = -1 }",
        "max-findings = 3",
        "max-findings = { per-file = 99999999999999999999 }",
        "thresholds = { follows-per-day = \"x\" }",
        "thresholds = { follows-per-day = { warn = 1 } }",
        "severity = { follow = 3 }",
        "suppressions = [{ path = \"a\" }]",
        "overrides = [{ ignore = [] }]",
        "assume = { follow-back = \"x\" }",
        "accounts = { a = 3 }",
        "accounts = { a = { fact = 3 } }",
        "facts = 3",
        "baseline = 3",
        "extend = []",
    ] {
        fs::write(folder.path().join("botiquette.toml"), text).unwrap();
        let (code, _, said) = run(folder.path(), &["lint"]);
        assert_eq!(code, Some(2), "{text}: {said}");
        for word in [
            "invalid type",
            "invalid value",
            "expected",
            "untagged",
            "variant",
            "struct ",
            "enum ",
            "u32",
            "i64",
            "f64",
            "usize",
            "nonzero",
            "sequence",
            "missing field",
            "a map",
            "wanted ",
        ] {
            assert!(!said.contains(word), "{text}: `{word}` in {said}");
        }
    }
}

/// Completion knows the names that nobody can remember.
#[test]
fn completions_know_names() {
    let folder = crate::folder(&[]);
    for shell in ["bash", "zsh", "fish"] {
        let (code, script, said) = run(folder.path(), &["completions", shell]);
        assert_eq!(code, Some(0), "{said}");
        for name in ["follow-ratchet", "shaming", "gramaddict"] {
            assert!(script.contains(name), "{shell}: {name}");
        }
    }
}

/// Every command has a manual page, with its own name, what it does and its options.
#[test]
fn manual_pages() {
    let folder = crate::folder(&[]);
    let (code, page, said) = run(folder.path(), &["man"]);
    assert_eq!(code, Some(0), "{said}");
    for part in [".TH botiquette 1", "botiquette\\-lint(1)", "Exit codes"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for (command, about) in [
        ("lint", "Lint bot configurations"),
        ("test-rules", "Test rule files"),
        ("man", "Print a manual page"),
    ] {
        let (code, page, said) = run(folder.path(), &["man", command]);
        assert_eq!(code, Some(0), "{said}");
        let name = command.replace('-', "\\-");
        for part in [
            &format!(".TH botiquette-{command} 1"),
            &format!("botiquette\\-{name} \\- {about}"),
            ".SH OPTIONS",
            "color",
        ] {
            assert!(page.contains(part), "{command}: {part}: {page}");
        }
    }
}
