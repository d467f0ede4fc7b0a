//! What tgcf's plugins do to messages on their way: filters let some pass, replacements and captions rewrite
//! the others.

use super::File;
use super::forward::channel;
use super::keys::CHANGING;
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Guard, GuardKind, Site, Stated, Switch, SwitchKind, Text};
use crate::syntax::{Kind, NodeRef};

/// Parts of patterns that stand for the place a message comes from.
const ORIGINS: &[&str] = &["@", "t.me", "telegram.me", "telegram.dog"];
/// Parts of patterns that stand for links in general.
const LINKS: &[&str] = &["http", "www"];

impl<'t> File<'t> {
    /// A plugin that is on. Version 1 lists all of them, each with a switch; in version 0.2 to name one is
    /// to use it.
    fn plugin(&self, name: &str) -> Option<NodeRef<'t>> {
        let plugin = self.at(&["plugins", name])?;
        let is_on = match plugin.get("check") {
            Some(check) => self.reader.flag(check).get() == Some(true),
            None => !self.is_version_1,
        };
        is_on.then_some(plugin)
    }

    /// Whether a second account sends the copies.
    pub(super) fn sends_by_another(&self) -> bool {
        self.plugin("sender").is_some()
    }

    /// Conditions that a message must meet: none of these words, not from these people, these kinds only.
    pub(super) fn guards(&self) -> Vec<Guard> {
        const LISTS: &[(&str, &str, GuardKind)] = &[
            ("text", "blacklist", GuardKind::WordFilter),
            ("users", "blacklist", GuardKind::ExcludeBots),
            ("users", "whitelist", GuardKind::Relevance),
            ("files", "blacklist", GuardKind::Relevance),
            ("files", "whitelist", GuardKind::Relevance),
        ];
        let lists = LISTS.iter().filter_map(|(part, list, kind)| {
            let node = self.filter(part, list)?;
            let values = self.listed(node);
            (!values.is_empty()).then(|| Guard { values, ..Guard::new(*kind, self.reader.site(node)) })
        });
        lists.collect()
    }

    /// Words of which a message must hold one.
    pub(super) fn wanted_words(&self) -> Vec<Text> {
        self.filter("text", "whitelist").map_or_else(Vec::new, |node| self.listed(node))
    }

    fn filter(&self, part: &str, list: &str) -> Option<NodeRef<'t>> {
        self.plugin("filter")?.get(part)?.get(list)
    }

    fn listed(&self, node: NodeRef<'t>) -> Vec<Text> {
        self.reader.texts(node).into_iter().filter(|text| !text.text.trim().is_empty()).collect()
    }

    /// What is written above and below every copy.
    pub(super) fn captions(&self) -> Vec<Text> {
        let Some(caption) = self.plugin("caption").filter(|_| !self.shows_origin()) else {
            return Vec::new();
        };
        let parts = ["header", "footer"].into_iter().filter_map(|part| caption.get(part));
        let texts = parts.filter(|node| node.kind() == Kind::Scalar).map(|node| self.reader.text(node));
        texts.filter(|text| !text.text.trim().is_empty()).collect()
    }

    /// Whether the caption names the place that a message comes from.
    pub(super) fn credits(&self, source: &Text) -> Option<Site> {
        let name = channel(&source.text).trim_start_matches('@').to_lowercase();
        let names_it = |text: &Text| !name.is_empty() && text.text.to_lowercase().contains(&name);
        self.captions().into_iter().find(names_it).map(|text| text.site)
    }

    /// A switch for replacements that take the names and links of the source out of its messages.
    pub(super) fn strips_origin(&self) -> Option<Switch> {
        let replace = self.plugin("replace").filter(|_| !self.shows_origin())?;
        let is_regex = self.is_regex(replace);
        let mut entries = replace.get("text")?.entries();
        let entry = entries.find(|entry| {
            let replacement = if entry.value.kind() == Kind::Scalar { entry.value.text() } else { "" };
            (is_regex || !is_pattern(entry.key.text())) && strips(entry.key.text(), replacement)
        })?;
        let site = self.reader.site(entry.key);
        Some(Switch { kind: SwitchKind::StripsOrigin, on: Stated::Known(true, site) })
    }

    fn is_regex(&self, replace: NodeRef<'t>) -> bool {
        replace.get("regex").is_some_and(|node| self.reader.flag(node).get() == Some(true))
    }

    /// Patterns that are looked for letter by letter, because nothing says that they are patterns.
    pub(super) fn remark_literal_patterns(&self, lowered: &mut Lowered) {
        let Some(replace) = self.plugin("replace").filter(|replace| !self.is_regex(*replace)) else { return };
        let entries = replace.get("text").into_iter().flat_map(NodeRef::entries);
        for key in entries.map(|entry| entry.key).filter(|key| is_pattern(key.text())) {
            let text = format!("`{}` is looked for letter by letter", key.text());
            lowered.remark(RemarkKind::Inert, self.reader.site(key), text, "patterns need `regex: true`");
        }
    }

    /// Changes that no copy will show, because the message itself is forwarded.
    pub(super) fn remark_lost_changes(&self, lowered: &mut Lowered) {
        if !self.shows_origin() {
            return;
        }
        for name in CHANGING {
            if let Some(plugin) = self.plugin(name) {
                let site = self.reader.site(plugin.get("check").unwrap_or(plugin));
                let text = format!(
                    "`{name}` changes nothing: with `show_forwarded_from` the message itself is forwarded"
                );
                lowered.remark(RemarkKind::Inert, site, text, "");
            }
        }
    }
}

/// Whether a text is written as a pattern: no message holds it letter by letter.
fn is_pattern(text: &str) -> bool {
    ["\\w", "\\S", "\\d", "\\s", "\\.", ".*", ".+", "[", "(?"].iter().any(|mark| text.contains(mark))
}

/// Whether a replacement takes an origin away, or puts another in its place.
fn strips(pattern: &str, replacement: &str) -> bool {
    let pattern = pattern.to_lowercase();
    let has = |marks: &[&str]| marks.iter().any(|mark| pattern.contains(mark));
    has(ORIGINS) || has(LINKS) && replacement.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::strips;

    #[test]
    fn replacements_that_hide_where_a_message_comes_from() {
        for (pattern, replacement, expected) in [
            (r"@\w+", "", true),
            ("@their_channel", "@our_channel", true),
            ("https://t.me/theirs", "", true),
            (r"https?://\S+", " ", true),
            ("http://", "https://", false),
            ("colour", "color", false),
        ] {
            assert_eq!(strips(pattern, replacement), expected, "{pattern} → {replacement}");
        }
    }
}
