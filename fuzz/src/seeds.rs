//! Where fuzzing begins: the samples, the catalogue and the rule files, as inputs of a target. Also the quarry that
//! mutations take their parts from.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use botiquette::syntax::Syntax;

use crate::targets::{Case, Target};

/// The sample configurations by their names, in order.
pub(crate) fn samples() -> &'static [(String, String)] {
    static SAMPLES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let mut samples = Vec::new();
        for folder in ["sample-configs", "tests/catalogue"] {
            let folder = root().join(folder);
            samples.extend(files(&folder).iter().filter_map(|path| named(path, &folder)));
        }
        samples
    })
}

/// The rule files that come with botiquette.
pub(crate) fn rules() -> &'static [(String, String)] {
    static RULES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    RULES.get_or_init(|| {
        let folder = root().join("rules");
        files(&folder).iter().filter_map(|path| named(path, &folder)).collect()
    })
}

/// Writes the inputs that a target begins with into a folder.
///
/// # Errors
/// What the system says.
pub fn write(target: Target, folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for (number, input) in inputs(target).iter().enumerate() {
        fs::write(folder.join(format!("{number:04}")), input)?;
    }
    Ok(())
}

/// The inputs that a target begins with.
#[must_use]
pub fn inputs(target: Target) -> Vec<String> {
    let case = |files: &[(String, String)]| Case { files: files.to_vec() }.print();
    let one = |(name, text): &(String, String)| case(&[(name.clone(), text.clone())]);
    match target {
        Target::Syntax(syntax) => {
            let of = |name: &str| Syntax::from_path(Path::new(name)) == Some(syntax);
            let json = |name: &str| syntax == Syntax::Jsonc && name.ends_with(".json");
            let all = samples().iter().chain(rules());
            all.filter(|(name, _)| of(name) || json(name)).map(|(_, text)| text.clone()).collect()
        }
        Target::Rules => rules().iter().map(|(_, text)| text.clone()).collect(),
        Target::Settings => {
            let with = |settings: String| {
                let bots = include_str!("targets/bots.yaml");
                format!("=== botiquette.toml\n{settings}\n{bots}")
            };
            settings().into_iter().map(with).collect()
        }
        Target::Dialect(dialect) => {
            let mine: Vec<String> = samples()
                .iter()
                .filter(|(name, _)| name.split('/').any(|part| dialect.name().contains(part)))
                .map(one)
                .collect();
            if mine.is_empty() { samples().iter().map(one).collect() } else { mine }
        }
        Target::Dialects => dialects().iter().map(|files| case(files)).collect(),
        Target::Lint | Target::Suppressions | Target::Writers => {
            samples().iter().map(one).chain(samples().chunks(3).map(case)).collect()
        }
    }
}

/// The dialect files that come with botiquette, under names of one's own, each with the samples of its tool.
fn dialects() -> Vec<Vec<(String, String)>> {
    let with_samples = |(name, text): &(String, String)| {
        let stem = name.strip_prefix("dialects/")?.strip_suffix(".toml")?;
        let own = (format!("own-{stem}.toml"), text.replacen("name = \"", "name = \"own-", 1));
        let samples = samples().iter().filter(|(name, _)| name.starts_with(stem)).cloned();
        Some(std::iter::once(own).chain(samples).collect())
    };
    rules().iter().filter_map(with_samples).collect()
}

/// The settings that the documentation shows.
fn settings() -> Vec<String> {
    let page = fs::read_to_string(root().join("docs/settings.md")).unwrap_or_default();
    let blocks = page.split("```toml\n").skip(1);
    let texts = blocks.filter_map(|block| Some(block.split_once("```")?.0));
    // What lies in other files cannot be had here.
    let elsewhere = |line: &&str| {
        ["rules =", "extend", "baseline", "ignore = [\"acme", "\"acme"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    texts
        .map(|text| text.lines().filter(|line| !elsewhere(line)).map(|line| format!("{line}\n")).collect())
        .collect()
}

/// A file under its name below a folder.
fn named(path: &Path, folder: &Path) -> Option<(String, String)> {
    let name = path.strip_prefix(folder).ok()?.to_str()?.to_owned();
    Some((name, fs::read_to_string(path).ok()?))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}
