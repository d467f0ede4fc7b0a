//! What a stranger's tree can make a run read: nothing outside of the repository, nothing endless, and whatever is
//! refused is named but never shown.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const BOT: &str = "account: \"@a\"\nautomations:\n  - { on: followed, do: follow, limits: { per-day: 3 } }\n";

/// Stands in every file that must not be shown, and in the environment.
const SECRET: &str = "TOKEN=hunter2hunter2hunter2";

/// `repo/` with a bot, and a secret beside it. `with_git` makes it a repository.
fn tree(with_git: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("outside/rules")).unwrap();
    fs::create_dir_all(root.join("repo/sub")).unwrap();
    if with_git {
        fs::create_dir(root.join("repo/.git")).unwrap();
        fs::write(root.join("repo/.git/config"), SECRET).unwrap();
        fs::write(root.join("repo/.git/x.toml"), SECRET).unwrap();
    }
    fs::write(root.join("repo/bot.yaml"), BOT).unwrap();
    fs::write(root.join("repo/.env"), SECRET).unwrap();
    for name in ["secret.env", "secret.toml", "secret.json", "secret.yaml", "rules/secret.toml"] {
        fs::write(root.join("outside").join(name), SECRET).unwrap();
    }
    folder
}

/// Runs to the end, which must be near; a run that hangs is ended and fails the test.
fn run(folder: &Path, arguments: &[&str], input: Stdio) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(folder)
        .args(arguments)
        .env("TOKEN", "hunter2hunter2hunter2")
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            let _ = child.wait();
            std::panic::resume_unwind(Box::new(format!("{arguments:?} hangs")));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

/// The run ends with 2, says why, and shows no secret.
fn refused(folder: &Path, arguments: &[&str], why: &str) {
    let output = run(folder, arguments, Stdio::null());
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(said.contains(why), "{arguments:?}: {said}");
    assert!(!said.contains("hunter2"), "{arguments:?}: {said}");
}

/// Settings that name what they may not reach, and what is said about it.
const SETTINGS: [(&str, &str); 14] = [
    ("extend = \"/proc/self/environ\"", "out of reach"),
    ("extend = \"/etc/passwd\"", "out of reach"),
    ("extend = \"../outside/secret.env\"", "out of reach"),
    ("extend = \"../outside/secret.toml\"", "out of reach"),
    ("extend = \"sub/link.toml\"", "out of reach"),
    ("extend = \"sub/folder/secret.toml\"", "out of reach"),
    ("extend = \".env\"", "is no `*.toml` file"),
    ("extend = \"sub/env.toml\"", "is no `*.toml` file"),
    ("extend = \"sub\"", "is no `*.toml` file"),
    ("pack = \"p\"\nrules = { paths = [\"../outside/rules\"] }", "out of reach"),
    ("pack = \"p\"\nrules = { paths = [\"sub/folder\"] }", "out of reach"),
    ("pack = \"p\"\nrules = { paths = [\".env\"] }", "is no `*.toml` file"),
    ("baseline = \"../outside/secret.json\"", "out of reach"),
    ("baseline = \"sub/link.json\"", "out of reach"),
];

#[test]
fn settings_reach_into_their_repository_only() {
    for with_git in [true, false] {
        let folder = tree(with_git);
        let repo = folder.path().join("repo");
        symlink("../../outside/secret.toml", repo.join("sub/link.toml")).unwrap();
        symlink("../../outside/secret.json", repo.join("sub/link.json")).unwrap();
        symlink("../../outside", repo.join("sub/folder")).unwrap();
        symlink("../.env", repo.join("sub/env.toml")).unwrap();
        for (settings, why) in SETTINGS {
            fs::write(repo.join("botiquette.toml"), settings).unwrap();
            refused(&repo, &["lint"], why);
            refused(&repo, &["lint", "--format", "sarif"], why);
            // A description needs no baseline.
            if !settings.contains("baseline") {
                refused(&repo, &["describe"], why);
                refused(&repo, &["graph"], why);
                refused(&repo, &["rules"], why);
                refused(&repo, &["explain", "post-flood"], why);
            }
        }
    }
}

#[test]
fn what_git_keeps_is_out_of_reach() {
    let folder = tree(true);
    let repo = folder.path().join("repo");
    for settings in [
        "extend = \".git/config\"",
        "extend = \".git/x.toml\"",
        "pack = \"p\"\nrules = { paths = [\".git\"] }",
    ] {
        fs::write(repo.join("botiquette.toml"), settings).unwrap();
        refused(&repo, &["lint"], "out of reach");
    }
}

#[test]
fn settings_may_build_on_others_in_the_repository() {
    let folder = tree(true);
    let repo = folder.path().join("repo");
    fs::write(repo.join("house.toml"), "ignore = [\"auto-follow-back\"]").unwrap();
    fs::write(repo.join("sub/botiquette.toml"), "extend = \"../house.toml\"").unwrap();
    fs::write(repo.join("sub/bot.yaml"), BOT).unwrap();
    symlink("../house.toml", repo.join("sub/link.toml")).unwrap();
    for arguments in [&["lint", "sub"][..], &["lint", "sub", "--config", "sub/link.toml"]] {
        let output = run(&repo, &[arguments, &["--fail-on", "warning"]].concat(), Stdio::null());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// The settings file itself, the inputs and the baseline, as links.
#[test]
fn links_that_leave_the_repository_are_not_followed() {
    let folder = tree(true);
    let repo = folder.path().join("repo");
    symlink("../outside/secret.yaml", repo.join("bot2.yaml")).unwrap();
    symlink("../outside", repo.join("bots")).unwrap();
    symlink("/proc/self/environ", repo.join("environ.yaml")).unwrap();
    symlink("../outside/secret.json", repo.join("known.json")).unwrap();
    symlink("../outside/secret.toml", repo.join("house.toml")).unwrap();
    let leaves = "out of the repository";
    for arguments in [
        &["lint", "bot2.yaml"][..],
        &["lint", "bots"],
        &["lint", "bots/secret.yaml"],
        &["lint", "environ.yaml"],
        &["describe", "environ.yaml"],
        &["lint", "--baseline", "known.json"],
        &["lint", "--config", "house.toml"],
        &["lint", "--config", "bots/secret.toml"],
    ] {
        refused(&repo, arguments, leaves);
    }
    for (target, with_git) in [("/proc/self/environ", true), ("../outside/secret.toml", false)] {
        let folder = tree(with_git);
        let repo = folder.path().join("repo");
        symlink(target, repo.join("botiquette.toml")).unwrap();
        for command in ["lint", "describe", "graph"] {
            refused(&repo, &[command], "botiquette.toml: ");
        }
    }
}

/// Pipes without a writer and devices without an end, wherever a file is named.
#[test]
fn what_has_no_end_is_not_read() {
    let folder = tree(true);
    let repo = folder.path().join("repo");
    for name in ["pipe.yaml", "pipe.toml", "pipe.json"] {
        assert!(Command::new("mkfifo").arg(repo.join(name)).status().unwrap().success());
    }
    let irregular = "is no regular file";
    for arguments in [
        &["lint", "pipe.yaml"][..],
        &["describe", "pipe.yaml"],
        &["lint", "/dev/zero"],
        &["lint", "--config", "pipe.toml"],
        &["lint", "--baseline", "pipe.json"],
        &["lint", "--baseline", "/dev/zero"],
        &["lint", "--write-baseline", "pipe.json"],
        &["test-rules", "pipe.toml"],
        &["test-rules", "/dev/zero"],
    ] {
        refused(&repo, arguments, irregular);
    }
    for settings in ["extend = \"pipe.toml\"", "pack = \"p\"\nrules = { paths = [\"pipe.toml\"] }"] {
        fs::write(repo.join("botiquette.toml"), settings).unwrap();
        refused(&repo, &["lint"], irregular);
    }
    let zero = Stdio::from(fs::File::open("/dev/zero").unwrap());
    let output = run(&repo, &["lint", "-", "--no-config"], zero);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is larger than"), "{output:?}");
}

#[test]
fn settings_and_rules_are_small() {
    let folder = tree(true);
    let repo = folder.path().join("repo");
    let mut large = fs::File::create(repo.join("large.toml")).unwrap();
    large.write_all(&vec![b'#'; 1024 * 1024 + 1]).unwrap();
    refused(&repo, &["lint", "--config", "large.toml"], "is larger than");
    refused(&repo, &["test-rules", "large.toml"], "is larger than");
    fs::write(repo.join("botiquette.toml"), "extend = \"large.toml\"").unwrap();
    refused(&repo, &["lint"], "is larger than");
}

/// Ignore files that are devices, pipes or links out of the repository: their folder is not searched, others are.
#[test]
fn ignore_files_without_an_end_are_not_read() {
    for target in ["/dev/zero", "/proc/kmsg", "../../outside/secret.env"] {
        for name in [".gitignore", ".ignore"] {
            let folder = tree(true);
            let repo = folder.path().join("repo");
            symlink(target, repo.join("sub").join(name)).unwrap();
            fs::write(repo.join("sub/bot.yaml"), BOT).unwrap();
            refused(
                &repo,
                &["lint", "--format", "concise"],
                "is no small regular file; its folder is not searched",
            );
            refused(&repo, &["lint", "sub"], "is no small regular file; its folder is not searched");
            let output = run(&repo, &["lint", "--format", "concise"], Stdio::null());
            assert!(String::from_utf8_lossy(&output.stdout).starts_with("bot.yaml:3"), "{output:?}");
        }
    }
}
