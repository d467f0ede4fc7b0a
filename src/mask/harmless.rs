//! Which values after the name of a secret are no secrets, and which are so peculiar that they are secrets anywhere.

use super::keys::Holds;

/// Words that people write where a secret will go.
pub(crate) const FILLERS: &[&str] = &[
    "password",
    "passwd",
    "secret",
    "token",
    "changeme",
    "change-me",
    "change_me",
    "todo",
    "tbd",
    "hidden",
    "masked",
    "redacted",
    "example",
    "sample",
    "dummy",
    "placeholder",
    "test",
];

/// Words that are a value of some setting, and further ones that stand where a secret will go.
const SETTINGS: &[&str] = &[
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "null",
    "none",
    "nil",
    "undefined",
    "inherit",
    "read",
    "write",
    "required",
    "optional",
    "string",
    "text",
    "~",
    "your-token-here",
    "your-password",
    "bearer",
];

/// Whether a value is a setting, a reference, or to be filled in.
pub(super) fn is_harmless(value: &str, holds: Holds) -> bool {
    let value = value.trim();
    let lower = value.to_lowercase();
    let shortest = if holds == Holds::Password { 1 } else { 4 };
    let is_number = holds != Holds::Password
        && value.len() < 12
        && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-' | b','));
    value.len() < shortest
        || is_number
        || FILLERS.contains(&lower.as_str())
        || SETTINGS.contains(&lower.as_str())
        || is_reference(value, &lower)
        || is_file(&lower)
        || is_variable(value)
        || is_one_letter(value)
}

/// Beginnings of references, whose rest is a name.
const REFERENCES: &[&str] = &[
    "env:",
    "env.",
    "env(",
    "process.env",
    "os.environ",
    "os.getenv",
    "getenv(",
    "!secret",
    "!vault",
    "vault:",
    "op://",
    "ssm:",
    "keyring:",
    "/run/secrets/",
    "secrets.",
    "enc[",
    "sops:",
    "sha256:",
    "sha1:",
    "md5:",
    "ssh-ed",
    "ssh-rsa",
    "-----begin public",
];

fn is_reference(value: &str, lower: &str) -> bool {
    let between = |open: &str, close: &str| {
        value.len() <= 256 && value.starts_with(open) && value.ends_with(close) && !is_filled(value)
    };
    let is_shell = value.strip_prefix('$').is_some_and(|name| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && name.bytes().all(|byte| !byte.is_ascii_lowercase())
    });
    between("${", "}")
        || between("$(", ")")
        || between("{{", "}}")
        || between("<", ">")
        || between("%", "%")
        || is_shell
        || REFERENCES.iter().any(|start| lower.starts_with(start))
}

/// Whether a reference holds a default with digits in it: `${TOKEN:-hunter2}`.
fn is_filled(value: &str) -> bool {
    value.split_once(":-").is_some_and(|(_, default)| default.bytes().any(|byte| byte.is_ascii_digit()))
}

/// Beginnings and endings of paths.
const FOLDERS: &[&str] = &[
    "./", "../", "~/", "/etc/", "/home/", "/var/", "/run/", "/opt/", "/usr/", "/tmp/", "/root/", "/srv/",
    "/app/",
];
const ENDINGS: &[&str] =
    &[".txt", ".json", ".yaml", ".yml", ".toml", ".env", ".csv", ".pem", ".py", ".js", ".secret"];

fn is_file(lower: &str) -> bool {
    let named = FOLDERS.iter().any(|folder| lower.starts_with(folder))
        || ENDINGS.iter().any(|ending| lower.ends_with(ending));
    named && !lower.contains(char::is_whitespace)
}

/// The name of an environment variable: `BOT_TOKEN`.
fn is_variable(value: &str) -> bool {
    value.contains('_')
        && value.starts_with(|first: char| first.is_ascii_uppercase())
        && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// One character over and over: `xxxx-xxxx`, `****`.
fn is_one_letter(value: &str) -> bool {
    let mut letters = value.chars().filter(|c| !matches!(c, '-' | '_' | ':' | ' ' | '.'));
    letters.next().is_none_or(|first| letters.all(|letter| letter == first)) && value.len() > 3
}

/// Whether a value is so peculiar that it is the same secret wherever it stands: no lone word of everyday language.
pub(super) fn is_telling(value: &str) -> bool {
    value.chars().count() >= 6 && value.chars().any(|character| !character.is_lowercase() && character != '-')
}

/// The same of one among several values, of which some are names.
pub(super) fn is_telling_among_others(value: &str) -> bool {
    value.len() >= 8 && value.bytes().any(|byte| byte.is_ascii_digit()) && is_telling(value)
}

/// Whether a lone word looks as if chance had made it: letters and digits, or letters of both kinds within.
pub(super) fn looks_random(word: &str) -> bool {
    let has = |wanted: fn(&u8) -> bool| word.bytes().any(|byte| wanted(&byte));
    word.len() >= 6 && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_references_are_no_secrets() {
        for value in
            ["true", "500", "${TOKEN}", "${{ secrets.T }}", "$TOKEN", "<token>", "tokens.txt", "BOT_TOKEN"]
        {
            assert!(is_harmless(value, Holds::Token), "{value}");
        }
        for value in ["hunter2", "$ecret123", "correct horse", "${TOKEN:-hunter2}", "yourmom123"] {
            assert!(!is_harmless(value, Holds::Token), "{value}");
        }
        assert!(!is_harmless("12345678", Holds::Password));
    }
}
