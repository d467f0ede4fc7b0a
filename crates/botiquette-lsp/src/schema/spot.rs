//! Finds what is being written at a place, even in an incomplete document: the word there is replaced by a mark, in
//! each form that it could have, and the mark is looked for in the parsed tree.

use botiquette::source::Span;
use botiquette::syntax::{Kind, NodeRef, Syntax, parse};

use super::lookup::Offer;

/// A word that stands in no file.
const MARK: &str = "zzbotiquettezz";

/// A step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item,
}

/// What a word is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A key, beside these.
    Key {
        taken: Vec<String>,
    },
    Value,
}

/// A place in a document: the way to the mapping of a key, or to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) path: Vec<Step>,
    pub(super) role: Role,
}

/// The word around an offset.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) span: Span,
    /// The quote before it.
    quote: Option<char>,
    /// Whether that quote is closed behind it.
    closed: bool,
    /// Whether a key goes on behind it, with a colon or an equals sign.
    separated: bool,
}

impl Typed {
    pub(super) fn at(text: &str, offset: u32) -> Self {
        let (before, after) = text.split_at_checked(offset as usize).unwrap_or((text, ""));
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '@');
        let start = before.trim_end_matches(is_word).len();
        let rest = after.trim_start_matches(is_word);
        let end = text.len() - rest.len();
        let quote = text
            .get(..start)
            .and_then(|before| before.chars().next_back())
            .filter(|c| matches!(c, '"' | '\''));
        let closed = quote.is_some_and(|quote| rest.starts_with(quote));
        let behind = if closed { rest.get(1..).unwrap_or_default() } else { rest };
        let separated = behind.trim_start_matches([' ', '\t']).starts_with([':', '=']);
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { span: Span::new(offset(start), offset(end)), quote, closed, separated }
    }

    /// An offer as it is written here.
    pub(super) fn written(&self, offer: &Offer, role: &Role, syntax: Syntax) -> String {
        let needs_quotes = match (syntax, role) {
            (Syntax::Json | Syntax::Jsonc, Role::Key { .. }) => true,
            (Syntax::Json | Syntax::Jsonc | Syntax::Toml, Role::Value) => offer.is_text,
            _ => false,
        };
        let name = match self.quote {
            None if needs_quotes => format!("\"{}\"", offer.name),
            _ => offer.name.clone(),
        };
        match (role, syntax) {
            (Role::Key { .. }, _) if self.quote.is_some() || self.separated => name,
            (Role::Key { .. }, Syntax::Toml) => format!("{name} = "),
            (Role::Key { .. }, _) => format!("{name}: "),
            (Role::Value, _) => name,
        }
    }

    /// The mark in every way in which it could stand here.
    fn variants(&self, syntax: Syntax) -> Vec<String> {
        let quote = self.quote.map(String::from).unwrap_or_default();
        let end = if self.closed { String::new() } else { quote };
        let alone = format!("{MARK}{end}");
        let (colon, quoted) = match syntax {
            Syntax::Toml => (" = 0", true),
            Syntax::Json | Syntax::Jsonc => (": 0", true),
            _ => (": x", false),
        };
        let colon = if self.separated { "" } else { colon };
        if self.quote.is_some() {
            // What makes a key of it stands behind the quote, which is put there anew.
            return vec![alone, format!("{MARK}\u{0}{colon}"), format!("{MARK}\u{0}{colon},")];
        }
        let mut variants = vec![format!("{MARK}{colon}"), alone];
        if quoted {
            variants.push(format!("\"{MARK}\"{colon}"));
            variants.push(format!("\"{MARK}\"{colon},"));
            variants.push(format!("\"{MARK}\""));
            variants.push(format!("\"{MARK}\","));
        }
        variants
    }

    /// The text with the mark in place of the word.
    fn marked(&self, text: &str, variant: &str) -> Option<String> {
        let (before, mut after) =
            (text.get(..self.span.start as usize)?, text.get(self.span.end as usize..)?);
        if let (Some(quote), Some((mark, rest))) = (self.quote, variant.split_once('\0')) {
            after = after.strip_prefix(quote).unwrap_or(after);
            return Some(format!("{before}{mark}{quote}{rest}{after}"));
        }
        Some(format!("{before}{variant}{after}"))
    }
}

/// Where a word may stand, in each way in which the document can be read.
pub(super) fn spots(text: &str, syntax: Syntax, typed: &Typed) -> Vec<Spot> {
    let mut spots = Vec::new();
    for variant in typed.variants(syntax) {
        let Some(marked) = typed.marked(text, &variant) else { continue };
        let parsed = parse(&marked, syntax);
        let found = parsed.tree.documents().find_map(|document| marked_below(document, &mut Vec::new()));
        if let Some(spot) = found.filter(|spot| !spots.contains(spot)) {
            spots.push(spot);
        }
    }
    spots
}

fn marked_below(node: NodeRef<'_>, path: &mut Vec<Step>) -> Option<Spot> {
    if node.kind() == Kind::Scalar {
        return (node.text() == MARK).then(|| Spot { path: path.clone(), role: Role::Value });
    }
    for entry in node.entries() {
        if entry.key.text() == MARK {
            let others = node.entries().map(|entry| entry.key.text()).filter(|key| *key != MARK);
            let taken = others.map(str::to_owned).collect();
            return Some(Spot { path: path.clone(), role: Role::Key { taken } });
        }
    }
    let steps = node.entries().map(|entry| (Step::Key(entry.key.text().to_owned()), entry.value));
    let steps = steps.chain(node.items().map(|item| (Step::Item, item)));
    for (step, below) in steps {
        path.push(step);
        if let Some(spot) = marked_below(below, path) {
            return Some(spot);
        }
        path.pop();
    }
    None
}

/// What is written around an offset: a key or a value of one line, and where it stands.
pub(super) fn around(text: &str, syntax: Syntax, offset: u32) -> Option<(Spot, Span)> {
    let parsed = parse(text, syntax);
    parsed.tree.documents().find_map(|document| written_at(document, offset, &mut Vec::new()))
}

fn written_at(node: NodeRef<'_>, offset: u32, path: &mut Vec<Step>) -> Option<(Spot, Span)> {
    let is_here = |span: Span| span.start <= offset && offset <= span.end && !span.is_empty();
    if node.kind() == Kind::Scalar {
        let spot = Spot { path: path.clone(), role: Role::Value };
        return is_here(node.span()).then(|| (spot, node.span()));
    }
    for entry in node.entries() {
        let key = entry.key.span();
        if is_here(key) {
            return Some((Spot { path: path.clone(), role: Role::Key { taken: Vec::new() } }, key));
        }
    }
    let steps = node.entries().map(|entry| (Step::Key(entry.key.text().to_owned()), entry.value));
    let steps = steps.chain(node.items().map(|item| (Step::Item, item)));
    for (step, below) in steps {
        path.push(step);
        if let Some(found) = written_at(below, offset, path) {
            return Some(found);
        }
        path.pop();
    }
    None
}

/// Whether the document has this key at its top.
pub(super) fn has_key(text: &str, syntax: Syntax, key: &str) -> bool {
    parse(text, syntax).tree.documents().any(|document| document.get(key).is_some())
        || text
            .lines()
            .any(|line| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ways to the place marked with `|`, as `list.-.key:` for a key and without the colon for a value.
    fn ways(text: &str, syntax: Syntax) -> Vec<String> {
        let offset = u32::try_from(text.find('|').unwrap()).unwrap();
        let text = text.replacen('|', "", 1);
        let typed = Typed::at(&text, offset);
        let spots = spots(&text, syntax, &typed).into_iter();
        let shown = spots.map(|spot| {
            let steps = spot.path.iter().map(|step| match step {
                Step::Key(key) => key.as_str(),
                Step::Item => "-",
            });
            let mut way = steps.collect::<Vec<_>>().join(".");
            if let Role::Key { taken } = spot.role {
                way.push(':');
                way.push_str(&taken.join(","));
            }
            way
        });
        shown.collect()
    }

    #[test]
    fn half_written_documents_have_places() {
        for (syntax, text, expected) in [
            (Syntax::Toml, "profile = \"|\"\n", &["profile"][..]),
            (Syntax::Toml, "profile = |\n", &["profile"]),
            (Syntax::Toml, "ignore = [\"pace\", \"|\n", &["ignore.-"]),
            (Syntax::Toml, "ignore = [\n  \"pace\",\n  \"|\"\n]\n", &["ignore.-"]),
            (Syntax::Toml, "ignore = []\npro|\n", &[":ignore"]),
            (Syntax::Toml, "[severity]\nfoll|\n", &["severity:"]),
            (Syntax::Toml, "[[overrides]]\npaths = []\n|\n\n[facts]\na = 1\n", &["overrides.-:paths"]),
            (Syntax::Toml, "[|]\n", &[":"]),
            (Syntax::Toml, "[rules]\npaths = []\n[sev|]\n", &[":rules"]),
            (Syntax::Yaml, "account: x\nautomations:\n  - on: followed\n    d|\n", &["automations.-:on"]),
            (Syntax::Yaml, "automations:\n  - on: |\n    do: follow\n", &["automations.-.on"]),
            (Syntax::Yaml, "automations:\n  - on: x\n    do: { fo| }\n", &["automations.-.do:"]),
            (Syntax::Yaml, "automations:\n  - |\n", &["automations.-:", "automations.-"]),
            (Syntax::Json, "{ \"automations\": [{ \"|\" }] }", &["automations.-:"]),
            (Syntax::Json, "{ \"automations\": [{ \"on\": \"|\" }] }", &["automations.-.on"]),
            (Syntax::Json, "{ \"automations\": [{ | }] }", &["automations.-:"]),
        ] {
            let ways = ways(text, syntax);
            assert!(expected.iter().all(|way| ways.contains(&(*way).to_owned())), "{text:?}: {ways:?}");
            assert!(ways.len() <= 2, "{text:?}: {ways:?}");
        }
    }
}
