//! Audiences of a conduct file: a word, an account, or a mapping such as `{ followers-of: "@rival" }`.

use super::Conduct;
use crate::model::{Audience, AudienceKind, ListSource, Stated};
use crate::syntax::{Kind, NodeRef};

/// Keys beside the audience itself.
const BESIDE: &[&str] = &["source", "size"];

/// Words that people write for an audience, and what it is called.
const MEANT: &[(&str, &str)] = &[
    ("follower", "own-followers"),
    ("followers", "own-followers"),
    ("my-followers", "own-followers"),
    ("following", "own-following"),
    ("subscribers", "opt-in-list"),
    ("everyone", "public"),
    ("everybody", "public"),
    ("anybody", "random"),
    ("strangers", "random"),
];

/// The word that a text may be meant as. Names of accounts have an `@`, digits or dots; short words are near to many.
pub(super) fn word(text: &str) -> Option<String> {
    let written = text.trim().to_lowercase().replace('_', "-");
    let is_word = written.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (written.len() >= 5 && is_word).then_some(written)
}

impl<'t> Conduct<'t, '_> {
    /// Whether a mapping describes an audience rather than an action's modifiers.
    pub(super) fn is_audience(node: NodeRef<'t>) -> bool {
        node.kind() == Kind::Mapping
            && node.entries().any(|entry| AudienceKind::parse(entry.key.text()).is_some())
    }

    /// Reads an audience.
    pub(super) fn audience(&mut self, node: NodeRef<'t>) -> Audience {
        let site = self.reader.site(node);
        match node.kind() {
            Kind::Scalar => match AudienceKind::parse(node.text()) {
                Some(kind) => Audience::new(kind, site),
                None => {
                    self.mistyped(node);
                    Audience::new(AudienceKind::Named, site).of(vec![self.reader.text(node)])
                }
            },
            Kind::Sequence => {
                let of = self.reader.texts(node);
                let size = Stated::Known(of.len() as f64, site);
                Audience::new(AudienceKind::Named, site).of(of).sized(size)
            }
            Kind::Mapping => self.audience_mapping(node),
        }
    }

    /// Reports a word that is nearly one of the vocabulary: more likely a slip of the pen than an account.
    fn mistyped(&mut self, node: NodeRef<'t>) {
        let Some(written) = word(node.text()) else { return };
        let names = AudienceKind::ALL.iter().map(|kind| (kind.name(), kind.name()));
        let near = names.chain(MEANT.iter().copied());
        let nearest = near.min_by_key(|(word, _)| strsim::osa_distance(&written, word));
        let slips = if written.len() < 8 { 1 } else { 2 };
        if let Some((word, meant)) = nearest
            && strsim::osa_distance(&written, word) <= slips
        {
            let text = format!("unknown audience `{}`, read as the name of an account", node.text());
            self.malformed(
                node,
                text,
                format!("did you mean `{meant}`? an account is written `@{}`", node.text()),
            );
        }
    }

    fn audience_mapping(&mut self, node: NodeRef<'t>) -> Audience {
        let site = self.reader.site(node);
        let mut audience = Audience::new(AudienceKind::Named, site);
        for entry in node.entries() {
            let key = entry.key.text();
            if let Some(kind) = AudienceKind::parse(key) {
                audience.kind = kind;
                audience.of = self.reader.texts(entry.value);
                if kind == AudienceKind::Named && entry.value.kind() == Kind::Sequence {
                    audience.size = Stated::Known(audience.of.len() as f64, site);
                }
            } else if !BESIDE.contains(&key) {
                let known = AudienceKind::ALL.iter().map(|kind| kind.name()).chain(BESIDE.iter().copied());
                self.unknown(entry.key, "audience", known);
            }
        }
        audience.source =
            self.word(node, "source", ListSource::parse, ListSource::ALL.iter().map(|source| source.name()));
        if let Some(size) = node.get("size") {
            audience.size = self.reader.number(size);
        }
        audience
    }
}
