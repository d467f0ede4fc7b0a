//! Which names stand before secrets, and which of the values behind them are none.

/// What kind of secret a name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// A password: whatever it is, also a number.
    Password,
    /// A token or key.
    Token,
    /// Several, by names of their own.
    Many,
    /// The value of a header, up to its end.
    Header,
}

/// Parts of names that are looked for; each name that holds one is then read word by word.
pub(super) const STEMS: &[&str] = &[
    "pass",
    "pwd",
    "secret",
    "token",
    "credential",
    "cookie",
    "key",
    "jwt",
    "bearer",
    "authorization",
    "otp",
    "senha",
    "contrase",
    "kennwort",
    "webhook",
    "dsn",
    "session",
    "mnemonic",
];

const PASSWORDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pass",
    "pwd",
    "passwort",
    "kennwort",
    "senha",
    "contrasena",
    "contraseña",
    "userpass",
    "dbpass",
    "otp",
];

const TOKENS: &[&str] = &[
    "secret",
    "token",
    "credential",
    "jwt",
    "apikey",
    "authtoken",
    "accesstoken",
    "bearer",
    "sessionid",
    "totp",
    "mnemonic",
    "dsn",
    "secretkey",
    "accesskey",
    "privatekey",
    "apisecret",
    "apitoken",
    "usertoken",
    "bottoken",
];

const MANY: &[&str] =
    &["secrets", "tokens", "credentials", "passwords", "passwds", "apikeys", "cookies", "passphrases"];

const HEADERS: &[&str] = &["authorization", "cookie"];

/// Two words that are a secret only together.
const PAIRS: &[(&str, &[&str])] = &[
    (
        "key",
        &[
            "api",
            "access",
            "private",
            "secret",
            "signing",
            "encryption",
            "consumer",
            "client",
            "auth",
            "service",
            "master",
            "app",
            "bot",
            "account",
            "license",
            "session",
            "ssh",
            "deploy",
            "hmac",
            "webhook",
        ],
    ),
    ("id", &["session"]),
    ("string", &["session", "connection"]),
    ("url", &["webhook", "hook"]),
    ("session", &["string", "telegram", "instagram", "login"]),
];

/// Words behind the one that counts: `TOKEN_2`, `password-prod`, `SECRET_KEY_BASE`.
const BEHIND: &[&str] = &[
    "prod",
    "production",
    "dev",
    "staging",
    "test",
    "old",
    "new",
    "current",
    "base",
    "value",
    "raw",
    "plain",
    "b64",
    "base64",
    "env",
    "main",
    "live",
];

/// What a name of at most a few words promises; nothing for most names.
pub(super) fn holds(name: &str) -> Option<Holds> {
    let mut words = words(name);
    while words
        .last()
        .is_some_and(|word| BEHIND.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit()))
    {
        words.pop();
    }
    let last = words.last()?.as_str();
    let before = words.len().checked_sub(2).and_then(|place| words.get(place)).map(String::as_str);
    let is_pair = |(second, firsts): &(&str, &[&str])| {
        *second == last && before.is_some_and(|before| firsts.contains(&before))
    };
    match () {
        () if PASSWORDS.contains(&last) => Some(Holds::Password),
        () if HEADERS.contains(&last) => Some(Holds::Header),
        () if MANY.contains(&last) => Some(Holds::Many),
        () if TOKENS.contains(&last) || PAIRS.iter().any(is_pair) => Some(Holds::Token),
        () => None,
    }
}

/// The words of a name, in lower case: of `accessToken`, `ACCESS_TOKEN` and `access-token`, both.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for character in name.chars() {
        let begins = character.is_uppercase() && before.is_lowercase()
            || character.is_ascii_digit() && before.is_alphabetic();
        if begins || !character.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| character.is_alphanumeric()) {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Words that are a value of some setting, or stand where a secret will go.
const NO_SECRETS: &[&str] = &[
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
        || NO_SECRETS.contains(&lower.as_str())
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
    fn names_are_read_by_their_last_words() {
        for name in [
            "password",
            "accessToken",
            "IG_PASSWORD_2",
            "x-api-key",
            "SECRET_KEY_BASE",
            "webhookUrl",
            "dbPass",
        ] {
            assert!(holds(name).is_some(), "{name}");
        }
        for name in
            ["password_file", "token-url", "hotkey", "max-keys", "passenger", "passive", "monkey", "compass"]
        {
            assert_eq!(holds(name), None, "{name}");
        }
    }

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
