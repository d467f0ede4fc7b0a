//! `botiquette report`: the page is whole, holds everything, and is strict about what it may do.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

use std::fs;
use std::path::Path;
use std::process::Command;

fn page(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .current_dir(folder)
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The page as XML: every element that has no content of its own is closed first.
fn document(page: &str) -> String {
    let mut xml = page.replacen("<!DOCTYPE html>\n", "", 1);
    for name in ["<meta ", "<img "] {
        let parts: Vec<&str> = xml.split(name).collect();
        let closed: Vec<String> = parts
            .iter()
            .enumerate()
            .map(|(number, part)| if number == 0 { (*part).to_owned() } else { part.replacen('>', "/>", 1) })
            .collect();
        xml = closed.join(name);
    }
    xml
}

#[test]
fn a_page_is_whole_and_asks_for_nothing() {
    let page = page(crate::root(), &["report", "sample-configs/conduct"]);
    let xml = document(&page);
    let document = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}"));
    let names: std::collections::BTreeSet<&str> =
        document.descendants().filter(|node| node.is_element()).map(|node| node.tag_name().name()).collect();
    for name in ["script", "iframe", "object", "embed", "link", "form", "base", "svg"] {
        assert!(!names.contains(name), "{name}: {names:?}");
    }
    for node in document.descendants().filter(|node| node.is_element()) {
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && name != "style", "{name}={value}");
            if ["src", "href"].contains(&name) {
                let ours = value.starts_with("data:image/svg+xml,%3Csvg")
                    || value.starts_with("https://github.com/botiquette/botiquette/blob/main/docs/rules/");
                assert!(ours, "{name}={value}");
            }
        }
    }
    assert!(page.contains("default-src 'none'; style-src 'sha256-"), "{page}");
    for said in
        ["What it does", "How many people it reaches", "What feeds itself", "Findings", "Good practice"]
    {
        assert!(page.contains(&format!("<h3>{said}</h3>")), "{said}");
    }
}

/// A bot that says markup wherever it can.
#[test]
fn words_of_a_bot_are_text() {
    let folder = tempfile::tempdir().unwrap();
    let evil =
        "</style></pre></p><script>alert(1)</script><img src=x onerror=alert(1)>\\\" onmouseover=\\\"x";
    let bot = format!(
        "{{ \"account\": {{ \"handle\": \"@{evil}\", \"operator\": \"{evil}\" }}, \"automations\": [\n\
         {{ \"id\": \"{evil}\", \"on\": \"unfollowed\", \"do\": {{ \"post\": \"@{{handle}} has left {evil}\" }} }},\n\
         {{ \"on\": \"followed\", \"do\": {{ \"dm\": \"follow back! {evil}\" }} }}, {{ \"on\": {{ \"post-match\": \"{evil}\" }}, \"do\": {{ \"{evil}\": 1 }} }}] }}"
    );
    fs::write(folder.path().join("bot.conduct.json"), bot).unwrap();
    let page = page(folder.path(), &["report", "bot.conduct.json", "--dialect", "conduct"]);
    assert!(page.contains("&lt;script&gt;") && page.len() > 5000, "it is quoted: {page}");
    assert!(!page.contains("<script") && !page.contains("<img src=x"), "{page}");
    let xml = document(&page);
    let document = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}"));
    let images = document.descendants().filter(|node| node.has_tag_name("img")).count();
    assert_eq!(images, 1, "the picture and nothing else");
    assert_eq!(page.matches("</style>").count(), 1);
}

#[test]
fn secrets_are_covered() {
    let folder = tempfile::tempdir().unwrap();
    let bot = "account: { handle: '@a', password: kV9xQ2mT7rLw4ZbN8sPd }\nautomations:\n  - { on: followed, do: follow }\n";
    fs::write(folder.path().join("bot.yaml"), bot).unwrap();
    let page = page(folder.path(), &["report", "bot.yaml"]);
    assert!(page.contains("hardcoded-secret") && !page.contains("xQ2mT7"), "{page}");
}

#[test]
fn nothing_is_written_about_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("notes.yaml"), "a: 1\n").unwrap();
    assert_eq!(page(folder.path(), &["report", "."]), "");
}
