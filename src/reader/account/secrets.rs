//! Passwords and tokens that stand in the file. Files of this kind are full of examples, so a value counts only
//! if it looks like nothing that people write where a secret will go.

use crate::model::{Secret, SecretKind};
use crate::reader::account::sign_in::is_name_of_credential;
use crate::reader::clauses::frame::Frame;
use crate::reader::idioms::{Idea, Key, Role};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::tokens::words;
use crate::syntax::{Kind, NodeRef, Value};

/// Roles of keys whose values are to be kept secret. Names of users and public identifiers are none.
const KEPT_SECRET: [Role; 4] = [Role::Password, Role::Session, Role::UserToken, Role::Secret];

/// Parts of values that are to be filled in, in lower case.
const STAND_INS: &[&str] = &[
    "your",
    "xxx",
    "example",
    "sample",
    "placeholder",
    "changeme",
    "change_me",
    "dummy",
    "masked",
    "redacted",
    "removed",
    "hidden",
    "insert",
    "replace",
    "here",
    "abcdef",
    "abc123",
    "123456",
    "qwerty",
    "password",
    "passwd",
    "passw0rd",
    "secret",
    "token",
    "foobar",
    "...",
];

/// Words in the names of files that are patterns to copy.
const PATTERNS: &[&str] = &["example", "sample", "template", "dist", "demo"];

impl<'t> Walk<'t> {
    /// Notes the secret that stands in an entry, if one does.
    pub(crate) fn secret(&mut self, item: &Item<'t>, key: &Key, frame: &Frame) {
        let Some(role) = KEPT_SECRET.into_iter().find(|role| key.ends_with(*role)) else { return };
        if item.value.templated() || names_something_public(key) {
            return;
        }
        let value = item.value.text().trim();
        let is_machine = frame.name.split('.').any(|name| self.vocabulary.read(name).has(Role::Machine));
        let is_ours = !is_machine && key.is_only(is_name_of_credential);
        let counts = match SecretKind::of(value) {
            SecretKind::Placeholder => false,
            SecretKind::Token => !is_stand_in(value),
            SecretKind::Literal => {
                is_ours && !self.is_pattern() && self.looks_real(item.value, role == Role::Password)
            }
        };
        let site = self.reader.site(item.value);
        if let (true, Some(secret)) = (counts, Secret::new(item.key.text(), value, site))
            && let Some(scope) = self.scope_of(frame.account)
        {
            scope.account.secrets.push(secret);
        }
    }

    /// `fb: ${FB_TOKEN}`: whatever the key says, the value is what somebody signs in with.
    pub(crate) fn holds_credential(&self, item: &Item<'t>) -> bool {
        let value = item.value;
        value.kind() == Kind::Scalar && value.templated() && !value.text().contains(char::is_whitespace) && {
            let name = self.vocabulary.read(value.text());
            KEPT_SECRET.into_iter().any(|role| name.ends_with(role))
        }
    }

    /// Whether a text of no known form is more likely a secret than something to be filled in.
    fn looks_real(&self, value: NodeRef<'t>, is_password: bool) -> bool {
        let Value::Str(text) = value.value(self.reader.schema) else { return false };
        let text = text.trim();
        let has = |wanted: fn(&char) -> bool| text.chars().any(|letter| wanted(&letter));
        let kinds = [
            has(|letter| letter.is_alphabetic()),
            has(|letter| letter.is_ascii_digit()),
            has(|letter| !letter.is_alphanumeric()),
        ];
        let is_mixed = kinds.iter().filter(|kind| **kind).count() > 1;
        let is_long = text.chars().count() >= if is_password { 6 } else { 16 };
        let is_path = text.contains(['/', '\\']) && !is_password && !is_encoded(text)
            || text.ends_with(".json")
            || text.ends_with(".txt");
        let core = text.trim_end_matches(|letter: char| !letter.is_alphabetic());
        let is_name =
            self.vocabulary.read(core).is_only(|idea| matches!(idea, Idea::Role(_) | Idea::Platform(_)));
        is_mixed
            && is_long
            && !is_path
            && !text.contains(char::is_whitespace)
            && !is_name
            && !is_stand_in(text)
    }

    /// Whether the file is a pattern to copy, whose values nobody uses.
    fn is_pattern(&self) -> bool {
        let name = self.reader.candidate.path.file_name().and_then(|name| name.to_str());
        words(name.unwrap_or_default()).iter().any(|word| PATTERNS.contains(&word.as_str()))
    }
}

/// Whether a text is binary data in letters, in which a slash stands for itself: `H4sIAAAAA2vNzc1NLEp/KSb=`.
fn is_encoded(text: &str) -> bool {
    const SHORTEST: usize = 40;
    /// A path has more slashes than one for so many letters.
    const LETTERS_FOR_SLASH: usize = 12;
    let has = |wanted: fn(char) -> bool| text.chars().any(wanted);
    text.len() >= SHORTEST
        && has(char::is_uppercase)
        && has(char::is_lowercase)
        && has(|letter| letter.is_ascii_digit())
        && text.matches('/').count() * LETTERS_FOR_SLASH <= text.len()
        && !text.starts_with(['/', '.', '~'])
        && !text.contains("://")
}

/// An identifier of a client may be known to everybody, and the name of a file is no secret.
fn names_something_public(key: &Key) -> bool {
    match key.words.last().map(String::as_str) {
        Some("id") => !key.has(Role::Session),
        last => matches!(last, Some("file" | "path" | "name" | "url")),
    }
}

/// Whether a value says of itself that it is none.
fn is_stand_in(value: &str) -> bool {
    let lower = value.to_lowercase();
    STAND_INS.iter().any(|part| lower.contains(part))
}
