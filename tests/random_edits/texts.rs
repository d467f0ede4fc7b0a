//! What is edited.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::syntax::Syntax;

/// All texts with their syntaxes: samples, rule examples, and these again as JSON and TOML.
pub(super) fn texts() -> Vec<(String, String, Syntax)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.join("sample-configs"), root.join("tests/catalogue")];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if let (Some(syntax), Ok(text)) = (Syntax::from_path(&path), fs::read_to_string(&path)) {
                texts.push((path.display().to_string(), text, syntax));
            }
        }
    }
    let conduct: Vec<(String, String)> = texts
        .iter()
        .filter(|(path, _, syntax)| *syntax == Syntax::Yaml && path.contains("catalogue"))
        .map(|(path, text, _)| (path.clone(), text.clone()))
        .collect();
    for (path, text) in conduct {
        let Ok(value) = serde_yaml::from_str::<Value>(&text) else { continue };
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        texts.push((format!("{path} as JSON"), pretty.clone(), Syntax::Json));
        texts.push((format!("{path} as JSON of one line"), value.to_string(), Syntax::Json));
        texts.push((format!("{path} as JSON with comments"), pretty, Syntax::Jsonc));
        if let Ok(block) = serde_yaml::to_string(&value) {
            texts.push((format!("{path} in blocks"), block, Syntax::Yaml));
        }
        if let Ok(toml) = toml::to_string(&value) {
            texts.push((format!("{path} as TOML"), toml, Syntax::Toml));
        }
    }
    texts
}
