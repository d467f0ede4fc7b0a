//! The pages in `docs/rules/` say what the rule files say. With `UPDATE_DOCS=1` they are written anew.

#![expect(clippy::unwrap_used, reason = "a page that cannot be read or written fails the test")]

use crate::markdown;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use botiquette::rules::Rulebook;

fn folder() -> PathBuf {
    crate::root().join("docs/rules")
}

/// What is there: texts by their paths below the folder, with forward slashes and plain line ends.
fn written() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut folders = vec![folder()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder()).unwrap().to_str().unwrap().replace('\\', "/");
                pages.insert(name, fs::read_to_string(&path).unwrap().replace("\r\n", "\n"));
            }
        }
    }
    pages
}

fn write(pages: &BTreeMap<String, String>) {
    if folder().exists() {
        fs::remove_dir_all(folder()).unwrap();
    }
    for (name, text) in pages {
        let path = folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

#[test]
fn the_pages_say_what_the_rule_files_say() {
    let wanted = markdown::pages(&Rulebook::built_in().unwrap());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        write(&wanted);
    }
    let written = written();
    let stale = wanted.iter().filter_map(|(name, text)| match written.get(name) {
        None => Some(format!("{name} is missing")),
        Some(other) if other != text => Some(format!("{name} is stale")),
        Some(_) => None,
    });
    let left_over = written.keys().filter(|name| !wanted.contains_key(*name));
    let problems: Vec<String> = stale.chain(left_over.map(|name| format!("{name} is left over"))).collect();
    let renew = markdown::RENEW;
    assert!(problems.is_empty(), "docs/rules is not up to date; run {renew}\n{}", problems.join("\n"));
    assert_eq!(broken_links(&written), [""; 0]);
}

/// What is wrong with the links between pages: each leads to a page or to a rule file.
fn broken_links(pages: &BTreeMap<String, String>) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, text) in pages {
        let here = folder().join(name);
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.starts_with("https://")) {
            if !here.parent().unwrap().join(link).exists() {
                broken.push(format!("{name} links to {link}, which is not there"));
            }
        }
    }
    broken
}
