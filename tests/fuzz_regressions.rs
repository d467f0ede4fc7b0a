//! Every input that once broke something (`fuzz/regressions/<target>/`) is given to its target again, and a few samples
//! go through all targets, so that the targets are right where nobody fuzzes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

#[allow(unreachable_pub, reason = "they are public in the crate that fuzzes")]
#[path = "../fuzz/src/targets/mod.rs"]
mod targets;

use targets::{Case, Target};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn what_once_broke_something_does_not_any_more() {
    for folder in files(&crate::root().join("fuzz/regressions")).iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let target = Target::find(name).unwrap_or_else(|| panic!("{name} is no target"));
        for path in files(folder) {
            println!("{}", path.display());
            target.run(&String::from_utf8_lossy(&fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn samples_go_through_every_target() {
    let names = ["conduct/growth.yaml", "gramaddict/growth/config.yml", "n8n/fans.bad.json"];
    for name in names {
        let path = crate::root().join("sample-configs").join(name);
        let text = fs::read_to_string(&path).unwrap();
        let case = Case { files: vec![(path.to_str().unwrap().to_owned(), text.clone())] };
        for (_, target) in Target::all() {
            target.run(&if target.takes_a_case() { case.print() } else { text.clone() });
        }
    }
}

#[test]
fn inputs_say_their_files() {
    let input = "a: 1\n=== .github/workflows/x.yml\non: push\n=== b.json\n{}";
    let case = Case::parse(input);
    let names: Vec<&str> = case.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["bot.yaml", ".github/workflows/x.yml", "b.json"]);
    assert_eq!(Case::parse(&case.print()), case);
}
