//! Mistakes in a conduct file: each is reported where it stands, with the nearest name that would be right.

use super::Conduct;
use crate::dialect::RemarkKind;
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef};

impl<'t> Conduct<'t, '_> {
    /// Reports a mistake.
    pub(super) fn malformed(&mut self, node: NodeRef<'_>, text: impl Into<String>, help: impl Into<String>) {
        let site = self.reader.site(node);
        self.lowered.remark(RemarkKind::Malformed, site, text, help);
    }

    /// Reports every key that is not one of these.
    pub(super) fn known_keys(&mut self, mapping: NodeRef<'t>, known: &[&str]) {
        for entry in mapping.entries() {
            if entry.key.kind() != Kind::Scalar || !known.contains(&entry.key.text()) {
                self.unknown(entry.key, "key", known.iter().copied());
            }
        }
    }

    /// Reports a name that is not known.
    pub(super) fn unknown<'a>(
        &mut self,
        node: NodeRef<'_>,
        what: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let name = node.text();
        let known: Vec<_> = known.into_iter().collect();
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.len() <= 12 => format!("use one of {}", known.join(", ")),
            None => "see docs/conduct.md for the words it knows".to_owned(),
        };
        self.malformed(node, format!("unknown {what} `{name}`"), help);
    }
}
