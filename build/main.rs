//! Embeds the rulebook: turns every file under `rules/` into static data, so that the binary starts
//! without parsing TOML. Adding a rule file is enough; nothing here names one.

/// Patterns are folded here, messages when the tool runs.
#[allow(dead_code)]
#[path = "../src/rules/cues/fold.rs"]
mod fold;
mod lexicon;
mod needles;
mod pieces;
/// Where words begin, noted here and looked up when the tool runs.
#[path = "../src/rules/cues/start.rs"]
mod start;
/// How names fall into words, here those of the lexicon.
#[allow(dead_code)]
#[path = "../src/reader/words/tokens.rs"]
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// Parts of a rule file that only `explain` and the tests need; they are read from the text when asked for.
const LAZY: &[&str] = &["example", "sources", "false-positives"];

/// More needles for a pattern of a rule, sought one after the other, are no quicker than the pattern.
const MOST_NEEDLES: usize = 64;

/// Words of cues are looked up in one sorted table, which bears more of them.
const MOST_WORDS: usize = 512;

/// A file of the rulebook.
struct File<'t> {
    /// Where it is.
    source: &'t Path,
    /// Its path below `rules/`, with forward slashes.
    path: String,
    /// What it says.
    table: Spanned<DeTable<'t>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("rules");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut sources = Vec::new();
    collect(&root, &mut sources)?;
    sources.sort();
    let texts = sources.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let texts = sources.iter().zip(&texts);
    let (words, rules): (Vec<_>, Vec<_>) =
        texts.partition(|(source, _)| source.starts_with(root.join("lexicon")));
    let files =
        rules.into_iter().map(|(source, text)| parse(&root, source, text)).collect::<Result<Vec<_>, _>>()?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("rulebook.rs"), rulebook(&files)?)?;
    fs::write(out.join("cues.rs"), cues(&files)?)?;
    fs::write(out.join("needles.rs"), rule_needles(&files)?)?;
    fs::write(out.join("lexicon.rs"), lexicon_code(&words)?)?;
    Ok(())
}

fn parse<'t>(root: &Path, source: &'t Path, text: &'t str) -> Result<File<'t>, Box<dyn Error>> {
    let path = source.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
    let table = DeTable::parse(text).map_err(|error| format!("{}: {error}", source.display()))?;
    Ok(File { source, path, table })
}

/// The concepts and the words of every language.
fn lexicon_code(files: &[(&PathBuf, &String)]) -> Result<String, Box<dyn Error>> {
    let name =
        |path: &PathBuf| path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let named: Vec<(String, &str)> = files.iter().map(|(path, text)| (name(path), text.as_str())).collect();
    let (others, languages): (Vec<_>, Vec<_>) =
        named.iter().partition(|(name, _)| matches!(name.as_str(), "concepts" | "same"));
    let other = |wanted: &str| {
        let found = others.iter().find(|(name, _)| name == wanted).map(|(_, text)| *text);
        found.ok_or_else(|| format!("rules/lexicon/{wanted}.toml is missing"))
    };
    let languages: Vec<_> = languages.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    lexicon::code(other("concepts")?, &languages, other("same")?)
}

/// Every file with its text and its content as a constant.
fn rulebook(files: &[File<'_>]) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("pub(crate) static EMBEDDED: &[Embedded] = &[\n");
    for File { source, path, table } in files {
        let source = source.display().to_string();
        write!(code, "Embedded {{ path: {path:?}, text: include_str!({source:?}), table: ")?;
        write_table(&mut code, table)?;
        code.push_str("},\n");
    }
    code.push_str("];\n");
    Ok(code)
}

/// The cue patterns, folded as messages are, each with the number of its family; the words of which every
/// match of them holds one, sorted; and the numbers with which these words start.
fn cues(files: &[File<'_>]) -> Result<String, Box<dyn Error>> {
    let cues = cue_patterns(files)?;
    let families: BTreeSet<&str> = cues.iter().map(|(family, _)| *family).collect();
    let numbers: BTreeMap<&str, usize> = families.iter().copied().zip(0..).collect();
    let mut code = String::new();
    let mut words = BTreeSet::new();
    let mut wordless = Vec::new();
    for (number, (family, pattern)) in cues.iter().enumerate() {
        let needles = needles::of(pattern, MOST_WORDS).map_err(|error| format!("{pattern}: {error}"))?;
        if needles.is_empty() {
            wordless.push(number);
        }
        words.extend(needles.into_iter().map(|word| (word, number)));
        writeln!(code, "Cue::new({}, {pattern:?}),", numbers.get(family).copied().unwrap_or_default())?;
    }
    let mut code = format!("pub(in super::super) static CUES: [Cue; {}] = [\n{code}];\n", cues.len());
    let families: Vec<_> = families.into_iter().collect();
    writeln!(code, "pub(in super::super) static FAMILIES: [&str; {}] = {families:?};", families.len())?;
    writeln!(code, "pub(super) static WORDLESS: [u16; {}] = {wordless:?};", wordless.len())?;
    let mut text = String::new();
    let mut starts = [0_u64; start::COUNT / 64];
    writeln!(code, "pub(super) static WORDS: [Word; {}] = [", words.len())?;
    for (word, number) in words {
        if let [first, second, third, ..] = *word.as_bytes() {
            let start = start::number(first, second, third);
            if let Some(bits) = starts.get_mut(start / 64) {
                *bits |= 1 << (start % 64);
            }
        }
        writeln!(code, "Word::new({}, {}, {number}),", text.len(), text.len() + word.len())?;
        text.push_str(&word);
    }
    writeln!(code, "];\npub(super) static TEXT: &str = {text:?};")?;
    writeln!(code, "pub(super) static STARTS: [u64; {}] = {starts:?};", starts.len())?;
    Ok(code)
}

/// Every cue pattern with its family, in the order of the files.
fn cue_patterns<'f>(files: &'f [File<'_>]) -> Result<Vec<(&'f str, String)>, Box<dyn Error>> {
    let is_cues = |file: &&File<'_>| file.path.starts_with("cues/");
    let common = files.iter().find(|file| file.path == "cues/any.toml").map(pieces::of).unwrap_or_default();
    let mut cues = Vec::new();
    for file in files.iter().filter(is_cues) {
        let mut pieces = common.clone();
        pieces.extend(pieces::of(file));
        for (family, value) in entries(file.table.get_ref()) {
            let patterns = match value.get_ref() {
                DeValue::Array(patterns) => patterns.iter().collect(),
                DeValue::String(_) => vec![value],
                // The tables hold names and pieces.
                _ => Vec::new(),
            };
            for pattern in patterns.into_iter().filter_map(|pattern| pattern.get_ref().as_str()) {
                let whole = pieces::put_together(pattern, &pieces)
                    .map_err(|piece| format!("{}: there is no piece `{piece}`", file.path))?;
                cues.push((family.get_ref().as_ref(), fold::pattern(&whole)));
            }
        }
    }
    Ok(cues)
}

/// All TOML files below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    Ok(())
}

/// The entries of a table, in the order of the file.
fn entries<'s, 't>(table: &'s DeTable<'t>) -> Vec<(&'s Spanned<DeString<'t>>, &'s Spanned<DeValue<'t>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// Writes a table as a constant of type `Value`.
fn write_table(code: &mut String, table: &Spanned<DeTable<'_>>) -> Result<(), Box<dyn Error>> {
    code.push_str("Value { data: Data::Table(Cow::Borrowed(&[");
    for (key, value) in entries(table.get_ref()) {
        if LAZY.contains(&key.get_ref().as_ref()) {
            continue;
        }
        write!(code, "(Key {{ text: Cow::Borrowed({:?}), span: {} }}, ", key.get_ref(), span(&key.span()))?;
        write_value(code, value)?;
        code.push_str("),");
    }
    write!(code, "])), span: {} }}", span(&table.span()))?;
    Ok(())
}

/// Writes a value as a constant of type `Value`.
fn write_value(code: &mut String, value: &Spanned<DeValue<'_>>) -> Result<(), Box<dyn Error>> {
    let data = match value.get_ref() {
        DeValue::Table(table) => return write_table(code, &Spanned::new(value.span(), table.clone())),
        DeValue::Array(items) => {
            code.push_str("Value { data: Data::List(Cow::Borrowed(&[");
            for item in items {
                write_value(code, item)?;
                code.push(',');
            }
            write!(code, "])), span: {} }}", span(&value.span()))?;
            return Ok(());
        }
        DeValue::String(text) => format!("Data::Text(Cow::Borrowed({text:?}))"),
        DeValue::Integer(number) => {
            format!("Data::Integer({})", i64::from_str_radix(number.as_str(), number.radix())?)
        }
        DeValue::Float(number) => format!("Data::Float({:?})", number.as_str().parse::<f64>()?),
        DeValue::Boolean(flag) => format!("Data::Boolean({flag})"),
        DeValue::Datetime(date) => return Err(format!("rule files hold no dates: {date}").into()),
    };
    write!(code, "Value {{ data: {data}, span: {} }}", span(&value.span()))?;
    Ok(())
}

/// A byte range as a constant.
fn span(range: &std::ops::Range<usize>) -> String {
    format!("Span::new({}, {})", range.start, range.end)
}

/// The patterns of rule conditions with their needles, sorted by pattern.
fn rule_needles(files: &[File<'_>]) -> Result<String, Box<dyn Error>> {
    let mut patterns = BTreeMap::new();
    for file in files {
        for (key, value) in file.table.get_ref() {
            collect_patterns(key.get_ref(), value.get_ref(), &mut patterns)?;
        }
    }
    let mut code = String::from("pub(super) static NEEDLES: &[(&str, &[&str])] = &[\n");
    for (pattern, needles) in patterns {
        writeln!(code, "({pattern:?}, &{needles:?}),")?;
    }
    code.push_str("];\n");
    Ok(code)
}

/// Every text that stands under a key such as `text|matches`.
fn collect_patterns(
    key: &str,
    value: &DeValue<'_>,
    patterns: &mut BTreeMap<String, Vec<String>>,
) -> Result<(), Box<dyn Error>> {
    match value {
        DeValue::String(pattern) if key.ends_with("|matches") => {
            patterns.insert(pattern.to_string(), needles::of(pattern, MOST_NEEDLES)?);
        }
        DeValue::Array(items) => {
            for item in items {
                collect_patterns(key, item.get_ref(), patterns)?;
            }
        }
        DeValue::Table(table) => {
            for (key, value) in table {
                collect_patterns(key.get_ref(), value.get_ref(), patterns)?;
            }
        }
        _ => {}
    }
    Ok(())
}
