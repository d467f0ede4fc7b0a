//! Which syntax a file is written in, by its name.

use std::path::Path;

/// The syntaxes that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Syntax {
    /// YAML 1.2, with the scalars of 1.1 on request (see [`super::Schema`]).
    Yaml,
    /// JSON by the letter.
    Json,
    /// JSON with comments and trailing commas.
    Jsonc,
    /// TOML 1.1.
    Toml,
    /// `KEY=value` lines of an environment file.
    Dotenv,
    /// Sections of `key = value` or `key: value` lines.
    Ini,
}

/// Endings that mark a file as a pattern to copy. The name before them tells the syntax.
const TEMPLATE_SUFFIXES: [&str; 4] = [".dist", ".example", ".sample", ".template"];

impl Syntax {
    /// The syntax that a file name promises, or `None` for a name that no configuration has.
    ///
    /// `.json5` is read as JSON with comments; what only JSON5 allows is reported.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let full_name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let mut name = full_name.as_str();
        while let Some(stem) = TEMPLATE_SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix)) {
            name = stem;
        }
        if name == ".env" || name.starts_with(".env.") {
            return Some(Self::Dotenv);
        }
        let (stem, extension) = name.rsplit_once('.')?;
        match extension {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" if has_comments_by_custom(path, stem) => Some(Self::Jsonc),
            "json" => Some(Self::Json),
            "jsonc" | "json5" => Some(Self::Jsonc),
            "toml" => Some(Self::Toml),
            "env" => Some(Self::Dotenv),
            "ini" | "cfg" => Some(Self::Ini),
            _ => None,
        }
    }

    /// The syntax that a text without a telling name most likely has.
    #[must_use]
    pub fn guess(text: &str) -> Self {
        let first = text.trim_start_matches('\u{feff}').trim_start().chars().next();
        if matches!(first, Some('{' | '[')) { Self::Json } else { Self::Yaml }
    }
}

/// Whether the tools that read this `.json` file accept comments in it.
fn has_comments_by_custom(path: &Path, stem: &str) -> bool {
    stem == "tsconfig"
        || stem.starts_with("tsconfig.")
        || matches!(stem, "jsconfig" | "devcontainer" | ".devcontainer" | ".eslintrc")
        || path.parent().and_then(Path::file_name).is_some_and(|folder| folder == ".vscode")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_syntax() {
        let cases = [
            ("bot.yaml", Some(Syntax::Yaml)),
            (".github/Stale.YML", Some(Syntax::Yaml)),
            ("config.yaml.dist", Some(Syntax::Yaml)),
            ("workflow.json", Some(Syntax::Json)),
            ("tsconfig.base.json", Some(Syntax::Jsonc)),
            (".vscode/settings.json", Some(Syntax::Jsonc)),
            ("renovate.json5", Some(Syntax::Jsonc)),
            ("a.toml", Some(Syntax::Toml)),
            (".env", Some(Syntax::Dotenv)),
            (".env.example", Some(Syntax::Dotenv)),
            (".env.production.sample", Some(Syntax::Dotenv)),
            ("bot.env", Some(Syntax::Dotenv)),
            ("settings.ini.template", Some(Syntax::Ini)),
            ("setup.cfg", Some(Syntax::Ini)),
            (".environment", None),
            ("yaml", None),
            ("main.py", None),
            ("..", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Syntax::from_path(Path::new(name)), expected, "{name}");
        }
    }
}
