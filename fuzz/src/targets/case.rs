//! An input that people can read: files one after the other, each below a line `=== name`. What stands above the
//! first such line is the first file, called `bot.yaml`.

use std::path::{Component, Path, PathBuf};

/// More files than this show nothing new.
const MOST_FILES: usize = 6;
const MARK: &str = "=== ";

/// The files of an input: names and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// In the order of the input.
    pub files: Vec<(String, String)>,
}

impl Case {
    /// Reads an input. Every text is one.
    #[must_use]
    pub fn parse(input: &str) -> Self {
        let mut files: Vec<(String, String)> = Vec::new();
        for line in input.split_inclusive('\n') {
            match line.strip_prefix(MARK) {
                Some(name) if files.len() < MOST_FILES => files.push((name.trim().to_owned(), String::new())),
                _ => {
                    if files.is_empty() {
                        files.push(("bot.yaml".to_owned(), String::new()));
                    }
                    if let Some((_, text)) = files.last_mut() {
                        text.push_str(line);
                    }
                }
            }
        }
        Self { files }
    }

    /// The input that is read as this case.
    #[must_use]
    pub fn print(&self) -> String {
        let mut input = String::new();
        for (name, text) in &self.files {
            if !input.is_empty() && !input.ends_with('\n') {
                input.push('\n');
            }
            input.push_str(&format!("{MARK}{name}\n{text}"));
        }
        input
    }

    /// The name and text of the first file.
    #[must_use]
    pub fn first(&self) -> (&str, &str) {
        self.files.first().map_or(("bot.yaml", ""), |(name, text)| (name, text))
    }
}

/// A name as a path below a folder, wherever it would lead by itself.
pub(super) fn below(folder: &Path, name: &str) -> PathBuf {
    let short: String = name.chars().filter(|character| *character != '\0').take(60).collect();
    let parts = Path::new(&short).components().filter(|part| matches!(part, Component::Normal(_)));
    let path = parts.fold(folder.to_path_buf(), |path, part| path.join(part));
    if path == folder { folder.join("bot.yaml") } else { path }
}
