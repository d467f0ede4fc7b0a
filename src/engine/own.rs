//! Recognises botiquette's own files: settings, rules, and what its commands write. They mention bots but configure
//! none.

use std::path::Path;

/// Why settings are no bot's configuration.
pub const OWN_SETTINGS: &str = "settings of botiquette";

/// What a search looks at to see whose a file is.
const HEAD: usize = 1024;

/// Whose a file is, if it is one of our own.
pub(crate) fn own(path: &Path, text: &str) -> Option<&'static str> {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    if name.ends_with("botiquette.toml") {
        return Some(OWN_SETTINGS);
    }
    if name.ends_with(".toml") {
        let is_rule =
            text.contains("[detect]") && (text.contains("[[label]]") || text.contains("[[example]]"));
        let is_dialect = text.contains("[recognise]") && text.contains("[[automations]]");
        return match (is_rule, is_dialect) {
            (true, _) => Some("a rule of botiquette"),
            (_, true) => Some("a dialect of botiquette"),
            _ => None,
        };
    }
    let head = text.trim_start().bytes().take(HEAD).filter(|byte| !byte.is_ascii_whitespace());
    let head = String::from_utf8_lossy(&head.collect::<Vec<_>>()).into_owned();
    if !head.starts_with(['{', '[']) {
        return None;
    }
    let of_sarif =
        || head.contains("sarif") && text.contains("\"botiquette\"") && text.contains("\"driver\"");
    let of_gitlab = || head.starts_with("[{\"description\":") && head.contains("\"check_name\":");
    let written = head.contains("\"schema\":\"botiquette-") || of_sarif() || of_gitlab();
    written.then_some("written by botiquette, about bots")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_files_are_known() {
        for (path, text, is_own) in [
            ("a/botiquette.toml", "[facts]", true),
            (".botiquette.toml", "", true),
            ("rules/x.toml", "name = 'x'\n[detect]\neach = 'action'\n[[label]]\nat = 'text'", true),
            (
                "dialects/x.toml",
                "name = 'x'\n[recognise]\nkeys = ['a']\n[[automations]]\non = 'followed'",
                true,
            ),
            ("bot.toml", "[[label]]\nat = 'x'", false),
            ("report.json", "{\n  \"schema\": \"botiquette-report/1\",\n  \"files\": []\n}", true),
            ("graph.json", "{\"schema\":\"botiquette-graph/1\"}", true),
            ("bot.json", "{ \"follow\": true, \"note\": \"see botiquette\" }", false),
            (
                "out.json",
                "{ \"$schema\": \"sarif-2.1.0.json\", \"runs\": [{ \"tool\": { \"driver\": { \"name\": \"botiquette\" } } }] }",
                true,
            ),
            (
                "out.json",
                "{ \"$schema\": \"sarif-2.1.0.json\", \"runs\": [{ \"tool\": { \"driver\": { \"name\": \"x\" } } }] }",
                false,
            ),
            ("quality.json", "[\n  {\n    \"description\": \"x\",\n    \"check_name\": \"y\"", true),
            ("bot.yaml", "schema: botiquette-report/1", false),
        ] {
            assert_eq!(own(Path::new(path), text).is_some(), is_own, "{path}: {text}");
        }
    }
}
