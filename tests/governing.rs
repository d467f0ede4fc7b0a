//! Each file is governed by the settings nearest to it, whatever the order of the inputs.

#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// One finding of severity warning: auto-follow-back.
const BOT: &str =
    "account: \"@NAME\"\nautomations:\n  - { on: followed, do: follow, limits: { per-day: 3 } }\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = if text.is_empty() && name.ends_with(".yaml") {
            BOT.replace("NAME", &name.replace(['/', '.'], "_"))
        } else {
            (*text).to_owned()
        };
        fs::write(path, text).unwrap();
    }
    folder
}

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_botiquette"));
    command.current_dir(folder).args(["lint", "--format", "concise"]).args(arguments).output().unwrap()
}

/// Exit code, what is found (without order), and what is said on standard error.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, Vec<String>, String) {
    let output = lint(folder, arguments);
    let mut found: Vec<String> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    found.sort();
    (output.status.code(), found, String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn the_order_of_inputs_changes_nothing() {
    let folder = folder(&[
        ("a/bot.yaml", ""),
        ("a/botiquette.toml", "severity = { follow = \"error\" }"),
        ("b/bot.yaml", ""),
        ("b/botiquette.toml", "ignore = [\"follow\"]"),
        ("c/bot.yaml", ""),
        ("c/botiquette.toml", "fail-on = \"warning\""),
        ("d/bot.yaml", ""),
    ]);
    let root = folder.path();
    let error = "a/bot.yaml:3:25: error[auto-follow-back]";
    for order in [["a", "b"], ["b", "a"], ["a/bot.yaml", "b/bot.yaml"], ["b/bot.yaml", "a"]] {
        let (code, found, said) = run(root, &order);
        assert_eq!((code, found), (Some(1), vec![error.to_owned()]), "{order:?}: {said}");
    }
    // A finding fails the run by the settings of its own file.
    for (paths, code) in [(["d", "b"], 0), (["d", "c"], 1), (["c", "d"], 1), (["b", "d"], 0)] {
        assert_eq!(run(root, &paths).0, Some(code), "{paths:?}");
    }
    let (_, all, _) = run(root, &["."]);
    let (_, parts, _) = run(root, &["d", "c", "b", "a"]);
    assert_eq!(all, parts);
    assert_eq!(all.len(), 3, "{all:?}");
}

#[test]
fn settings_stand_where_people_put_them() {
    let off = "ignore = [\"follow\"]";
    for (name, text) in [
        ("botiquette.toml", off.to_owned()),
        (".botiquette.toml", off.to_owned()),
        (".config/botiquette.toml", off.to_owned()),
        ("pyproject.toml", format!("[project]\nname = \"x\"\n[tool.botiquette]\n{off}\n")),
        ("package.json", "{ \"name\": \"x\", \"botiquette\": { \"ignore\": [\"follow\"] } }".to_owned()),
    ] {
        let folder = folder(&[("deep/down/bot.yaml", ""), (name, &text)]);
        let (code, found, said) = run(folder.path(), &["--verbose"]);
        assert_eq!((code, found), (Some(0), Vec::new()), "{name}: {said}");
        assert!(said.contains(&format!("settings: {name} for deep/down/bot.yaml\n")), "{said}");
        // What is in there is seen from the folder that it speaks about.
        let folder = self::folder(&[
            ("deep/bot.yaml", ""),
            ("house.toml", off),
            (
                name,
                &text
                    .replace(off, "extend = \"house.toml\"")
                    .replace("\"ignore\": [\"follow\"]", "\"extend\": \"house.toml\""),
            ),
        ]);
        let (code, found, said) = run(folder.path(), &[]);
        assert_eq!((code, found), (Some(0), Vec::new()), "{name}: {said}");
    }
    // Files of other tools that do not speak of us change nothing, and the first one that does holds.
    let folder = folder(&[
        ("bot.yaml", ""),
        ("pyproject.toml", "[tool.black]\nbroken"),
        ("package.json", "{ \"dependencies\": { \"botiquette\": \"1\" } }"),
    ]);
    let (code, found, said) = run(folder.path(), &[]);
    assert_eq!((code, found.len(), said), (Some(0), 1, String::new()));
}

#[test]
fn verbose_says_which_settings_govern_which_files() {
    let folder = folder(&[
        (".git/config", ""),
        ("one.yaml", ""),
        ("a/bot.yaml", ""),
        ("a/botiquette.toml", "extend = \"../house.toml\""),
        ("b/bot.yaml", ""),
        ("b/deep/bot.yaml", ""),
        ("b/botiquette.toml", ""),
        ("house.toml", ""),
    ]);
    let (_, _, said) = run(folder.path(), &["--verbose"]);
    for line in [
        "settings: none for one.yaml",
        "settings: a/botiquette.toml for a/bot.yaml",
        "settings: b/botiquette.toml for b/bot.yaml, b/deep/bot.yaml",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(said.contains("house.toml is extended"), "{said}");
}

/// The facts, thresholds and overrides of a folder are about its own bots only.
#[test]
fn what_settings_say_stays_in_their_folder() {
    let news = "account: { handle: \"@NAME\", platform: mastodon, auth: official-api, bot: true, operator: \"@kim\", contact: kim@example.org }\nautomations:\n  - { on: { schedule: weekly }, do: { dm: { to: own-followers, text: \"What is new in town: {title}\" } }, limits: { per-day: 5 } }\n";
    let folder = folder(&[
        ("a/bot.yaml", &news.replace("NAME", "a")),
        ("a/botiquette.toml", "facts = { opt-out = \"write STOP\" }"),
        ("b/bot.yaml", &news.replace("NAME", "b")),
        ("b/botiquette.toml", "baseline = \"known.json\""),
        ("b/known.json", "{ \"schema\": \"botiquette-baseline/1\", \"findings\": [] }"),
    ]);
    let select = ["--select", "missing-opt-out", "--exit-zero"];
    let (_, found, said) = run(folder.path(), &select);
    assert_eq!(found.len(), 1, "{found:?} {said}");
    assert!(found.iter().all(|line| line.starts_with("b/")), "{found:?}");
    // A baseline holds below its settings, too.
    let written =
        lint(&folder.path().join("b"), &["--write-baseline", "known.json", "--select", "missing-opt-out"]);
    assert!(written.status.success(), "{written:?}");
    let (_, found, said) = run(folder.path(), &select);
    assert_eq!(found, Vec::<String>::new(), "{said}");
}

/// What is excluded from above is left out with its settings, unless it is named.
#[test]
fn excluded_folders_keep_their_settings_to_themselves() {
    let folder = folder(&[
        ("bot.yaml", ""),
        ("botiquette.toml", "exclude = [\"drafts/\"]"),
        ("drafts/bot.yaml", ""),
        ("drafts/botiquette.toml", "nonsense"),
    ]);
    let (code, found, said) = run(folder.path(), &[]);
    assert_eq!((code, found.len()), (Some(0), 1), "{found:?} {said}");
    let (code, _, said) = run(folder.path(), &["drafts/bot.yaml"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("drafts/botiquette.toml:1:"), "{said}");
    let (code, found, said) = run(folder.path(), &["--exclude", "bot.yaml"]);
    assert_eq!((code, found), (Some(0), Vec::new()), "{said}");
    assert!(said.contains("everything is excluded"), "{said}");
}

/// A repository inside of another folder does not take its settings.
#[test]
fn the_search_ends_at_a_repository() {
    let folder = folder(&[
        ("botiquette.toml", "ignore = [\"follow\"]"),
        ("bot.yaml", ""),
        ("repo/.git/config", ""),
        ("repo/bot.yaml", ""),
    ]);
    let (_, found, said) = run(folder.path(), &[]);
    assert_eq!(found, ["repo/bot.yaml:3:25: warning[auto-follow-back]"], "{said}");
}

#[test]
fn mistakes_in_any_of_the_settings_are_told() {
    let folder = folder(&[
        ("a/bot.yaml", ""),
        ("a/botiquette.toml", "profil = \"strict\""),
        ("b/bot.yaml", ""),
        ("b/pyproject.toml", "[tool.botiquette]\nignore = [\"folow\"]"),
        ("c/bot.yaml", ""),
        ("c/package.json", "{ \"botiquette\": { \"profile\": 3 } }"),
    ]);
    let (code, found, said) = run(folder.path(), &[]);
    assert_eq!((code, found), (Some(2), Vec::new()), "{said}");
    assert!(said.contains("a/botiquette.toml:1:1: unknown key `profil`"), "{said}");
    assert!(said.contains("c/package.json:1:30: "), "{said}");
    let (code, _, said) = run(folder.path(), &["b"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("b/pyproject.toml:2:11: unknown rule or family `folow`"), "{said}");
}

/// One file for all where somebody says so.
#[test]
fn one_file_can_be_named_for_all() {
    let folder = folder(&[
        ("a/bot.yaml", ""),
        ("a/botiquette.toml", "ignore = [\"follow\"]"),
        ("house.toml", "severity = { \"*-back\" = \"error\" }"),
    ]);
    let error = ["a/bot.yaml:3:25: error[auto-follow-back]"];
    assert_eq!(run(folder.path(), &["--config", "house.toml"]).1, error);
    assert_eq!(run(folder.path(), &["--no-config"]).1, ["a/bot.yaml:3:25: warning[auto-follow-back]"]);
    assert_eq!(run(folder.path(), &["--isolated"]).1, ["a/bot.yaml:3:25: warning[auto-follow-back]"]);
}

/// A change of any settings nearer to a bot is judged like a change of those above.
#[test]
fn settings_that_a_change_brings_along_do_not_hold() {
    let folder = folder(&[
        ("bots/bot.yaml", ""),
        ("other/bot.yaml", ""),
        ("other/botiquette.toml", "severity = { follow = \"error\" }"),
        ("botiquette.toml", "fail-on = \"warning\""),
    ]);
    let root = folder.path();
    let git = |arguments: &[&str]| {
        let name = ["-c", "user.name=kim", "-c", "user.email=kim@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").arg("-C").arg(root).args(name).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "base"]);
    let before = run(root, &["--base", "HEAD"]);
    assert_eq!((before.0, before.1.len()), (Some(1), 2), "{before:?}");
    for (name, text) in [
        ("bots/botiquette.toml", "ignore = [\"follow\"]"),
        ("bots/.config/botiquette.toml", "ignore = [\"follow\"]"),
        ("bots/pyproject.toml", "[tool.botiquette]\nignore = [\"follow\"]"),
        ("bots/package.json", "{ \"botiquette\": { \"ignore\": [\"follow\"] } }"),
        ("other/botiquette.toml", "severity = { follow = \"off\" }"),
    ] {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        for order in [["bots", "other"], ["other", "bots"]] {
            let (code, found, said) = run(root, &[&order[..], &["--base", "HEAD"]].concat());
            assert_eq!(code, Some(1), "{name}: {found:?} {said}");
            let kept = found.iter().filter(|line| line.ends_with("[auto-follow-back]")).count();
            assert_eq!(kept, 2, "{name}: {found:?} {said}");
            assert!(found.iter().any(|line| line.contains("[loosened-gate]")), "{name}: {found:?} {said}");
        }
        git(&["checkout", "--quiet", "--", "."]);
        git(&["clean", "--quiet", "-dffx"]);
    }
}

/// A file of another tool is only settings if it is what it is called: small, regular, within the repository.
#[cfg(unix)]
#[test]
fn files_of_other_tools_reach_no_further() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[
        ("outside/package.json", "{ \"botiquette\": { \"hunter2\": 1 } }"),
        ("outside/pyproject.toml", "[tool.botiquette]\nhunter2 = 1"),
        ("repo/.git/config", ""),
        ("repo/bot.yaml", ""),
        ("repo/.env.json", "{ \"botiquette\": { \"hunter2\": 1 } }"),
    ]);
    let repo = folder.path().join("repo");
    for (name, target) in [
        ("package.json", "../outside/package.json"),
        ("pyproject.toml", "../outside/pyproject.toml"),
        ("package.json", ".env.json"),
        (".config", "../outside"),
    ] {
        symlink(target, repo.join(name)).unwrap();
        let (code, _, said) = run(&repo, &[]);
        assert!(!said.contains("hunter2"), "{name}: {said}");
        let is_settings = name != ".config";
        assert_eq!(code, Some(if is_settings { 2 } else { 0 }), "{name}: {said}");
        fs::remove_file(repo.join(name)).unwrap();
    }
    // Settings in files of other tools reach as far as others.
    fs::write(repo.join("package.json"), "{ \"botiquette\": { \"extend\": \"../outside/pyproject.toml\" } }")
        .unwrap();
    let (code, _, said) = run(&repo, &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("out of reach") && !said.contains("hunter2"), "{said}");
}
