//! Embeds the rulebook: turns every file under `rules/` into static data, so that the binary starts
//! without parsing TOML. Adding a rule file is enough; nothing here names one.

/// Patterns are folded here, messages when the tool runs.
#[allow(dead_code)]
#[path = "../src/rules/cues/fold.rs"]
mod fold;
mod needles;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Parts of a rule file that only `explain` and the tests need; they are read from the text when asked for.
const LAZY: &[&str] = &["example", "sources", "false-positives"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("rules");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut code = String::from("pub(crate) static EMBEDDED: &[Embedded] = &[\n");
    for file in &files {
        let text = fs::read_to_string(file)?;
        let table = DeTable::parse(&text).map_err(|error| format!("{}: {error}", file.display()))?;
        let path = file.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        write!(
            code,
            "Embedded {{ path: {path:?}, text: include_str!({:?}), table: ",
            file.display().to_string()
        )?;
        write_table(&mut code, &table)?;
        code.push_str("},\n");
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("rulebook.rs"), code)?;
    fs::write(out.join("cues.rs"), cues(&root.join("cues"), &files)?)?;
    fs::write(out.join("needles.rs"), rule_needles(&files)?)?;
    Ok(())
}

/// The cue patterns, folded as messages are, each with its family and its needles.
fn cues(folder: &Path, files: &[PathBuf]) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    let mut count = 0;
    for file in files.iter().filter(|file| file.starts_with(folder)) {
        let table: toml::Table = fs::read_to_string(file)?.parse()?;
        for (family, value) in &table {
            let patterns = match value {
                toml::Value::Array(patterns) => patterns.as_slice(),
                toml::Value::String(_) => std::slice::from_ref(value),
                // The table of traps holds names, no patterns.
                _ => &[],
            };
            for pattern in patterns.iter().filter_map(toml::Value::as_str) {
                let pattern = fold::pattern(pattern);
                let needles =
                    needles::of(&pattern).map_err(|error| format!("{}: {error}", file.display()))?;
                writeln!(code, "Pattern::new({family:?}, {pattern:?}, &{needles:?}),")?;
                count += 1;
            }
        }
    }
    Ok(format!("pub(super) static PATTERNS: [Pattern; {count}] = [\n{code}];\n"))
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

/// Writes a table as a constant of type `Value`.
fn write_table(code: &mut String, table: &Spanned<DeTable<'_>>) -> Result<(), Box<dyn Error>> {
    let mut entries: Vec<_> = table.get_ref().iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    code.push_str("Value { data: Data::Table(Cow::Borrowed(&[");
    for (key, value) in entries {
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
fn rule_needles(files: &[PathBuf]) -> Result<String, Box<dyn Error>> {
    let mut patterns = BTreeMap::new();
    for file in files {
        let table: toml::Table = fs::read_to_string(file)?.parse()?;
        collect_patterns(&toml::Value::Table(table), false, &mut patterns)?;
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
    value: &toml::Value,
    is_pattern: bool,
    patterns: &mut BTreeMap<String, Vec<String>>,
) -> Result<(), Box<dyn Error>> {
    match value {
        toml::Value::String(pattern) if is_pattern => {
            patterns.insert(pattern.clone(), needles::of(pattern)?);
        }
        toml::Value::Array(items) => {
            for item in items {
                collect_patterns(item, is_pattern, patterns)?;
            }
        }
        toml::Value::Table(table) => {
            for (key, value) in table {
                collect_patterns(value, key.ends_with("|matches"), patterns)?;
            }
        }
        _ => {}
    }
    Ok(())
}
