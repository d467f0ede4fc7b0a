//! Which names stand before secrets.

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
}
