//! What `ARCHITECTURE.md` says about who may know whom, held against the imports of the library, and the things that
//! only some files, or none, may touch.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Modules that know each other. The list may only become shorter.
const CIRCLES: &[&[&str]] = &[&["analysis", "rules"], &["dialect", "reader"]];

/// What the library may not touch, and the files that may all the same: paths below `src/` begin so.
const RESERVED: &[(&[&str], &[&str])] = &[
    (
        &[
            "std::fs",
            ".canonicalize()",
            ".exists()",
            ".is_dir()",
            ".is_file()",
            ".metadata()",
            "path::absolute",
        ],
        &["fs/"],
    ),
    (&["std::env", "env::var", "env::args", "option_env!"], &[]),
    (&["std::process", "Command::new"], &["fs/revision.rs"]),
    (&["process::exit", "process::abort"], &[]),
    (&["std::net", "SystemTime", "Instant"], &[]),
    (&["std::thread", "rayon"], &["parallel.rs"]),
    (&["rustix"], &["fs/read.rs"]),
    (&["miette"], &["report/snippet.rs"]),
    (&["owo_colors"], &["report/snippet.rs", "report/pretty.rs"]),
    (&["io::stdin", "io::stdout", "io::stderr", "print!", "println!", "dbg!"], &[]),
    (&["clap", "indicatif", "terminal_size", "tempfile", "signal_hook", "WalkBuilder", "IsTerminal"], &[]),
];

/// The Rust files below a folder.
fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of the library by its path below `src/`: without comments, and without the tests at the end of a file.
fn library() -> Vec<(String, String)> {
    let root = crate::root().join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    assert!(files.len() > 300, "only {} files", files.len());
    let code = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        (name, code(&fs::read_to_string(path).unwrap()))
    };
    files.into_iter().map(code).collect()
}

fn code(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let begin_tests = |at: &usize| {
        let ahead = &lines[*at..];
        let is_test = ahead[0].starts_with("#[cfg(test)]") || ahead[0].starts_with("#[cfg(all(test");
        is_test
            && ahead.iter().find(|line| !line.starts_with('#')).is_some_and(|line| line.starts_with("mod "))
    };
    let end = (0..lines.len()).find(begin_tests).unwrap_or(lines.len());
    lines[..end].iter().map(|line| without_comment(line)).collect::<Vec<_>>().join("\n")
}

/// A line up to its comment. An address in a text is none.
fn without_comment(line: &str) -> &str {
    let mut from = 0;
    while let Some(at) = line.get(from..).and_then(|rest| rest.find("//")).map(|at| at + from) {
        if !line[..at].ends_with(':') {
            return &line[..at];
        }
        from = at + 2;
    }
    line
}

/// The module that a file belongs to.
fn module(path: &str) -> &str {
    path.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Who imports whom.
fn imports() -> Graph {
    let mut graph = Graph::new();
    for (path, code) in library().iter().filter(|(path, _)| path != "lib.rs") {
        let known = graph.entry(module(path).to_owned()).or_default();
        for (at, _) in code.match_indices("crate::") {
            // `pub(crate)` and `$crate` are no imports, and neither is the end of `some_crate::`.
            if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
                continue;
            }
            let name: String =
                code[at + 7..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            assert!(
                !name.is_empty(),
                "{path}: an import from the root hides what it knows: {}",
                line(code, at)
            );
            if name != module(path) {
                known.insert(name);
            }
        }
    }
    graph
}

fn line(code: &str, at: usize) -> &str {
    let start = code[..at].rfind('\n').map_or(0, |start| start + 1);
    code[start..].lines().next().unwrap_or_default()
}

/// Who may know whom, as the table says.
fn stated() -> Graph {
    let text = fs::read_to_string(crate::root().join("ARCHITECTURE.md")).unwrap();
    let mut graph = Graph::new();
    for row in text.lines().filter(|line| line.starts_with("| `src/")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let [place, _, may_know] = cells.as_slice() else { panic!("three cells: {row}") };
        let ticked =
            |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
        for place in ticked(place) {
            let name = module(place.trim_start_matches("src/")).to_owned();
            let before = graph.insert(name, ticked(may_know).into_iter().collect());
            assert!(before.is_none(), "{place} stands there twice");
        }
    }
    graph
}

#[test]
fn modules_know_what_the_page_says() {
    let stated = stated();
    let imports = imports();
    let names = |graph: &Graph| graph.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(
        names(&imports),
        names(&stated),
        "the table of ARCHITECTURE.md does not list the modules of src/"
    );
    for (name, known) in &imports {
        let more: Vec<_> = known.difference(&stated[name]).collect();
        assert!(more.is_empty(), "`{name}` imports {more:?}, which ARCHITECTURE.md does not say");
        let less: Vec<_> = stated[name].difference(known).collect();
        assert!(less.is_empty(), "`{name}` no longer imports {less:?}: take it out of ARCHITECTURE.md");
    }
}

#[test]
fn no_new_circles() {
    let imports = imports();
    let reached = |from: &str| {
        let mut reached = BTreeSet::new();
        let mut ahead = vec![from.to_owned()];
        while let Some(name) = ahead.pop() {
            for next in &imports[&name] {
                if reached.insert(next.clone()) {
                    ahead.push(next.clone());
                }
            }
        }
        reached
    };
    let reached: BTreeMap<&str, _> = imports.keys().map(|name| (name.as_str(), reached(name))).collect();
    let circles: BTreeSet<Vec<&str>> = imports
        .keys()
        .filter(|name| reached[name.as_str()].contains(*name))
        .map(|name| {
            let back =
                |other: &&str| reached[name.as_str()].contains(*other) && reached[other].contains(name);
            reached.keys().copied().filter(back).collect()
        })
        .collect();
    assert_eq!(circles, CIRCLES.iter().map(|circle| circle.to_vec()).collect());
}

#[test]
fn the_library_leaves_the_world_alone() {
    let library = library();
    let mut touched = Vec::new();
    for (words, allowed) in RESERVED {
        for place in *allowed {
            let uses = |(path, code): &&(String, String)| {
                path.starts_with(place) && words.iter().any(|word| code.contains(word))
            };
            assert!(library.iter().any(|file| uses(&file)), "src/{place} no longer needs {words:?}");
        }
        for (path, code) in
            library.iter().filter(|(path, _)| !allowed.iter().any(|place| path.starts_with(place)))
        {
            for word in words.iter().filter(|word| holds(code, word)) {
                touched.push(format!("src/{path} uses {word}"));
            }
        }
    }
    assert!(touched.is_empty(), "{}", touched.join("\n"));
}

/// Whether code holds a word, and not only as a part of another one.
fn holds(code: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + word.len()..]);
        let starts = !word.starts_with(is_part) || !before.ends_with(is_part);
        let ends = !word.ends_with(is_part) || !after.starts_with(is_part);
        starts
            && ends
            && !line(code, at)[..at - before.rfind('\n').map_or(0, |start| start + 1)].contains('"')
    })
}

#[test]
fn the_library_depends_on_nothing_of_the_command() {
    let manifest: toml::Table =
        fs::read_to_string(crate::root().join("Cargo.toml")).unwrap().parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    assert_eq!(features.keys().collect::<Vec<_>>(), ["default", "fs", "parallel", "pretty"]);
    let dependencies = manifest["dependencies"].as_table().unwrap();
    for name in ["clap", "clap_complete", "indicatif", "signal-hook", "tempfile", "terminal_size"] {
        assert!(!dependencies.contains_key(name), "the library depends on {name}");
    }
    for name in ["miette", "owo-colors", "rayon"] {
        let optional = dependencies[name].get("optional").and_then(toml::Value::as_bool);
        assert_eq!(optional, Some(true), "{name} is not optional");
    }
}

#[test]
fn the_language_server_knows_the_library_and_two_streams() {
    leaves_the_world_alone(
        "botiquette-lsp",
        &["botiquette", "lsp-server", "lsp-types", "serde", "serde_json"],
    );
}

#[test]
fn the_module_for_javascript_knows_the_bare_library() {
    let manifest =
        leaves_the_world_alone("botiquette-wasm", &["botiquette", "serde", "serde_json", "wasm-bindgen"]);
    let library = &manifest["dependencies"]["botiquette"];
    assert_eq!(library["default-features"].as_bool(), Some(false));
    assert_eq!(library.get("features"), None);
}

/// Whether a package depends on these others only, and touches no file system, environment, process or terminal.
fn leaves_the_world_alone(package: &str, dependencies: &[&str]) -> toml::Table {
    let folder = crate::root().join("crates").join(package);
    let manifest: toml::Table = fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap();
    let names: Vec<&String> = manifest["dependencies"].as_table().unwrap().keys().collect();
    assert_eq!(names, dependencies);
    let mut files = Vec::new();
    rust_files(&folder.join("src"), &mut files);
    assert!(files.len() > 3, "only {} files", files.len());
    for path in files {
        let code = code(&fs::read_to_string(&path).unwrap());
        for word in
            ["std::fs", "std::env", "std::process", "io::stdin", "io::stdout", "io::stderr", "println!"]
        {
            assert!(!holds(&code, word), "{} uses {word}", path.display());
        }
    }
    manifest
}

#[test]
fn comments_and_tests_are_no_code() {
    let text = "use crate::a; // crate::b\n/// [`crate::c`]\nlet x = \"https://e\"; // crate::d\n#[cfg(test)]\nuse x;\n#[cfg(test)]\nmod tests {\nuse crate::e;\n";
    assert_eq!(code(text), "use crate::a; \n\nlet x = \"https://e\"; \n#[cfg(test)]\nuse x;");
    assert!(holds("use std::env;", "std::env") && !holds("x(\"std::env\")", "std::env"));
    assert!(!holds("overclap()", "clap") && holds("a.exists()", ".exists()"));
}
