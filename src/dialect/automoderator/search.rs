//! Search checks, whose keys are a small language of their own: `~title+body#2 (includes, regex)`.

use super::keys::{Group, LINK_FIELDS, MODIFIERS, fields};

/// A key that searches fields.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Search<'k> {
    /// Whether the fields must not hold what is searched.
    pub(super) negated: bool,
    /// The fields, joined by `+`.
    pub(super) fields: Vec<&'k str>,
    /// How they are searched.
    pub(super) modifiers: Vec<&'k str>,
}

impl<'k> Search<'k> {
    /// Reads a key; nothing where it has another form.
    pub(super) fn parse(key: &'k str) -> Option<Self> {
        let key = key.trim();
        let (names, rest) = match key.find(|c: char| c.is_whitespace() || c == '(') {
            Some(end) => (key.get(..end)?, key.get(end..)?.trim()),
            None => (key, ""),
        };
        let modifiers = match rest {
            "" => Vec::new(),
            rest => rest.strip_prefix('(')?.strip_suffix(')')?.split(',').map(str::trim).collect(),
        };
        // A number behind `#` only tells two checks of the same fields apart.
        let plain = names.trim_start_matches('~').split('#').next().unwrap_or_default();
        let fields: Vec<_> = plain.split('+').map(str::trim).collect();
        let negated = names.starts_with('~');
        (!fields.contains(&"")).then_some(Self { negated, fields, modifiers })
    }

    /// The first field or modifier that the tool does not know in this group.
    pub(super) fn unknown(&self, group: Group) -> Option<&'k str> {
        let field = self.fields.iter().find(|field| !fields(group).contains(field));
        field.or_else(|| self.modifiers.iter().find(|modifier| !MODIFIERS.contains(modifier))).copied()
    }

    /// Whether only addresses are searched.
    fn only_links(&self) -> bool {
        self.fields.iter().all(|field| LINK_FIELDS.contains(field))
    }

    /// What a value looks for, in plain words: patterns without their signs, addresses as addresses.
    pub(super) fn wanted(&self, value: &str) -> String {
        let value = if self.modifiers.contains(&"regex") { without_signs(value) } else { value.to_owned() };
        // The posts of the place itself stand under `self.`; the platform's own hosts tell a kind of post.
        let lower = value.to_lowercase();
        let own = lower.starts_with("self.") || lower.ends_with("redd.it") || lower.ends_with("reddit.com");
        if !value.contains("//") && !own && (self.only_links() || looks_like_host(&value)) {
            return format!("https://{value}");
        }
        value
    }
}

/// A pattern without the signs that stand between a reader and its words, and without its anchors: a command at
/// the start of a comment is a command.
fn without_signs(pattern: &str) -> String {
    let pattern = pattern.trim_start_matches("(?i)").trim_start_matches('^').trim_end_matches('$');
    let replaced = [("\\b", ""), ("\\s", " "), ("\\.", "."), ("\\/", "/"), ("\\-", "-")];
    replaced.iter().fold(pattern.to_owned(), |text, (sign, plain)| text.replace(sign, plain))
}

/// Whether a text is the name of a host, with or without a path: `example.org`, `example.org/shop`.
fn looks_like_host(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default();
    let labels: Vec<_> = host.split('.').collect();
    let is_label =
        |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    labels.len() > 1
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|last| last.len() > 1 && last.chars().all(|c| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_apart() {
        let search = Search::parse("~title+body#2 (includes, regex)").unwrap();
        assert!(search.negated);
        assert_eq!(search.fields, ["title", "body"]);
        assert_eq!(search.modifiers, ["includes", "regex"]);
        assert_eq!(search.unknown(Group::Item), None);
        assert_eq!(search.unknown(Group::Person), Some("title"));
        assert_eq!(Search::parse("body(whole)").unwrap().unknown(Group::Item), Some("whole"));
        for key in ["title + body", "title (includes", "+body", ""] {
            let search = Search::parse(key);
            assert!(search.is_none_or(|search| search.unknown(Group::Item).is_some()), "{key}");
        }
    }

    #[test]
    fn addresses_are_told_from_words() {
        let wanted = |key: &str, value: &str| Search::parse(key).unwrap().wanted(value);
        assert_eq!(wanted("domain", "example.org"), "https://example.org");
        assert_eq!(wanted("title+body", "example.org/shop"), "https://example.org/shop");
        assert_eq!(wanted("body (regex)", r"\bexample\.org"), "https://example.org");
        assert_eq!(wanted("domain", "self.gardening"), "self.gardening");
        assert_eq!(wanted("domain", "v.redd.it"), "v.redd.it");
        for word in ["discord", "3.5", "e.g. this", "..."] {
            assert_eq!(wanted("title+body", word), word);
        }
    }
}
