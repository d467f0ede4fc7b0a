//! What a stranger's tree can make a run overwrite: nothing. Links are not followed, nothing half-written stays, and
//! a file that cannot be replaced as it is stays as it is.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const BOT: &str = "account: \"@a\"\nautomations:\n  - { on: followed, do: follow, limits: { per-day: 3 } }\n";

fn botiquette(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_botiquette")).current_dir(folder).args(arguments).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A repository with a bot and links to what is precious.
fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("repo/.git")).unwrap();
    fs::create_dir(root.join("outside")).unwrap();
    fs::write(root.join("repo/.git/config"), "precious").unwrap();
    fs::write(root.join("outside/precious"), "precious").unwrap();
    fs::write(root.join("repo/bot.yaml"), BOT).unwrap();
    symlink(".git/config", root.join("repo/report.sarif")).unwrap();
    symlink(".git/new", root.join("repo/dangling")).unwrap();
    symlink(".git", root.join("repo/inside")).unwrap();
    symlink("../outside", root.join("repo/dir")).unwrap();
    symlink("../outside/precious", root.join("repo/out.yaml")).unwrap();
    folder
}

fn nothing_is_lost(root: &Path) {
    for path in ["repo/.git/config", "outside/precious"] {
        assert_eq!(fs::read_to_string(root.join(path)).unwrap(), "precious", "{path}");
    }
    assert_eq!(fs::read_dir(root.join("outside")).unwrap().count(), 1);
    assert_eq!(fs::read_dir(root.join("repo/.git")).unwrap().count(), 1);
}

#[test]
fn no_link_is_followed() {
    let folder = tree();
    let repo = folder.path().join("repo");
    let absolute = repo.join("report.sarif").display().to_string();
    for (arguments, why) in [
        (&["--output", "report.sarif"][..], "it is a symbolic link"),
        (&["--output", &absolute], "it is a symbolic link"),
        (&["--output", "dangling"], "it is a symbolic link"),
        (&["--output", "inside/config"], "a symbolic link is on the way"),
        (&["--output", "inside/new"], "a symbolic link is on the way"),
        (&["--output", "inside/../.git/new"], "a symbolic link is on the way"),
        (&["--output", "dir/precious"], "a symbolic link is on the way"),
        (&["--write-baseline", "dir/b.json"], "a symbolic link is on the way"),
        (&["--write-baseline", "inside/b.json"], "a symbolic link is on the way"),
        (&["--write-baseline", "dangling"], "it is a symbolic link"),
    ] {
        for folder in [repo.as_path(), Path::new("/")] {
            let paths: Vec<String> = arguments
                .iter()
                .map(|argument| match argument.starts_with("--") {
                    true => (*argument).to_owned(),
                    false => repo.join(argument).display().to_string(),
                })
                .collect();
            let arguments: Vec<&str> = paths.iter().map(String::as_str).collect();
            let bot = repo.join("bot.yaml").display().to_string();
            let output = botiquette(folder, &[&["lint", &bot], arguments.as_slice()].concat());
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(stderr(&output).contains(why), "{arguments:?}: {}", stderr(&output));
        }
        let output = botiquette(&repo, &[&["lint", "bot.yaml"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(why), "{arguments:?}: {}", stderr(&output));
    }
    nothing_is_lost(folder.path());
}

/// Comments, a pruned baseline, the page of a build server.
#[test]
fn edits_do_not_follow_links_either() {
    let folder = tree();
    let repo = folder.path().join("repo");
    fs::write(repo.join("real.yaml"), BOT).unwrap();
    symlink("real.yaml", repo.join("link.yaml")).unwrap();
    let output = botiquette(&repo, &["lint", "link.yaml", "--add-suppressions", "so be it"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("nothing added to link.yaml: it is a symbolic link"),
        "{}",
        stderr(&output)
    );
    let output = botiquette(&repo, &["lint", "link.yaml", "--fix-only", "--unsafe-fixes"]);
    assert_eq!(output.status.code(), Some(2));
    let why = "nothing fixed in link.yaml: it is a symbolic link";
    assert!(stderr(&output).contains(why), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(repo.join("real.yaml")).unwrap(), BOT);
    symlink("known.json", repo.join("link.json")).unwrap();
    assert_eq!(botiquette(&repo, &["lint", "--write-baseline", "known.json"]).status.code(), Some(0));
    let known = fs::read_to_string(repo.join("known.json")).unwrap();
    let output = botiquette(&repo, &["lint", "--baseline", "link.json", "--prune-baseline"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(repo.join("known.json")).unwrap(), known);
    Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(&repo)
        .args(["lint", "bot.yaml", "--format", "github"])
        .env("GITHUB_STEP_SUMMARY", "out.yaml")
        .output()
        .unwrap();
    nothing_is_lost(folder.path());
}

#[test]
fn suppressions_that_cannot_be_written_are_trouble() {
    let folder = tree();
    let repo = folder.path().join("repo");
    fs::write(repo.join("kept.yaml"), BOT).unwrap();
    fs::hard_link(repo.join("kept.yaml"), repo.join("second.yaml")).unwrap();
    fs::write(repo.join("read-only.yaml"), BOT).unwrap();
    fs::set_permissions(repo.join("read-only.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    fs::write(
        repo.join("bot.json"),
        "{\"account\": \"@b\", \"automations\": [{\"on\": \"followed\", \"do\": \"follow\"}]}",
    )
    .unwrap();
    for (name, why) in [
        ("kept.yaml", "it has hard links"),
        ("read-only.yaml", "it is read-only"),
        ("bot.json", "its format has no comments"),
    ] {
        for zero in [&[][..], &["--exit-zero"]] {
            let arguments =
                [&["lint", name, "--dialect", "conduct", "--add-suppressions", "so be it"], zero].concat();
            let output = botiquette(&repo, &arguments);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
            assert!(stderr(&output).contains(why), "{arguments:?}: {}", stderr(&output));
        }
    }
    assert_eq!(fs::metadata(repo.join("kept.yaml")).unwrap().nlink(), 2);
    assert_eq!(fs::read_to_string(repo.join("second.yaml")).unwrap(), BOT);
    // What can be written is written, and is no trouble.
    let output = botiquette(&repo, &["lint", "bot.yaml", "--add-suppressions", "so be it", "--exit-zero"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn two_outputs_do_not_share_a_file() {
    let folder = tree();
    let repo = folder.path().join("repo");
    fs::write(
        repo.join("botiquette.toml"),
        "baseline = \"known.json\"\npack = \"p\"\nrules = { paths = [\"rules\"] }",
    )
    .unwrap();
    fs::write(repo.join("known.json"), "{\"schema\": \"botiquette-baseline/1\", \"findings\": []}").unwrap();
    fs::create_dir(repo.join("rules")).unwrap();
    fs::write(repo.join("rules/no-giveaways.toml"), include_str!("cli/settings.in/rules/no-giveaways.toml"))
        .unwrap();
    for (arguments, why) in [
        (&["--output", "new.json", "--write-baseline", "./new.json"][..], "the baseline would go there, too"),
        (&["--output", "known.json"], "the baseline would go there, too"),
        (&["--output", "botiquette.toml"], "it is one of the inputs"),
        (&["--output", "rules/no-giveaways.toml"], "it is one of the inputs"),
        (&["--format", "json", "--output", "x", "--format", "sarif", "--output", ".git/../x"], "two reports"),
        (&["--format", "json", "--output", "-", "--format", "sarif"], "only one report can go to standard"),
        (&["--write-baseline", "-"], "--write-baseline needs a file"),
        (&["--baseline", "-"], "--baseline needs a file"),
        (&["--config", "-"], "--config needs a file"),
    ] {
        let output = botiquette(&repo, &[&["lint", "bot.yaml"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(why), "{arguments:?}: {}", stderr(&output));
    }
    let output = botiquette(&repo, &["lint", "bot.yaml", "--format", "concise", "--output", "-"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("bot.yaml:3"), "{output:?}");
    assert!(!repo.join("-").exists());
}

#[test]
fn devices_take_a_report_and_pipes_need_a_reader() {
    let folder = tree();
    let repo = folder.path().join("repo");
    assert_eq!(botiquette(&repo, &["lint", "bot.yaml", "--output", "/dev/null"]).status.code(), Some(0));
    assert!(Command::new("mkfifo").arg(repo.join("pipe")).status().unwrap().success());
    let output = botiquette(&repo, &["lint", "bot.yaml", "--output", "pipe"]);
    assert_eq!(output.status.code(), Some(2), "nobody reads it: {}", stderr(&output));
    let reader = Command::new("cat").arg(repo.join("pipe")).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = botiquette(&repo, &["lint", "bot.yaml", "--format", "concise", "--output", "pipe"]);
    // The reader may not have opened it yet.
    for _ in 0..200 {
        if output.status.code() == Some(0) {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
        output = botiquette(&repo, &["lint", "bot.yaml", "--format", "concise", "--output", "pipe"]);
    }
    let read = reader.wait_with_output().unwrap().stdout;
    assert!(String::from_utf8_lossy(&read).starts_with("bot.yaml:3"), "{}", stderr(&output));
}

/// Ended at any moment, a run leaves the old report or the new one, and nothing beside it.
#[test]
fn an_interrupted_run_leaves_nothing_behind() {
    let folder = tree();
    let repo = folder.path().join("repo");
    for number in 0..40 {
        fs::write(repo.join(format!("bot{number}.yaml")), BOT.replace("@a", &format!("@a{number}"))).unwrap();
    }
    let files = fs::read_dir(&repo).unwrap().count();
    for number in 0..60_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_botiquette"))
            .current_dir(&repo)
            .args(["lint", "--quiet", "--format", "json", "--output", "report", "--write-baseline", "b.json"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(number * 1500));
        let signal = if number % 2 == 0 { "-INT" } else { "-TERM" };
        let _ = Command::new("kill").args([signal, &child.id().to_string()]).status();
        child.wait().unwrap();
        let names: Vec<_> = fs::read_dir(&repo).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        let left: Vec<_> =
            names.iter().filter(|name| name.to_string_lossy().starts_with(".botiquette-")).collect();
        assert!(left.is_empty(), "{left:?}");
        assert!(names.len() <= files + 2);
        if let Ok(report) = fs::read_to_string(repo.join("report")) {
            assert!(serde_json::from_str::<serde_json::Value>(&report).is_ok());
        }
    }
}
