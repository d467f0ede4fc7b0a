//! What a dialect file made of each setting: what it reads is used, what it calls inert reaches nobody, and all else
//! is unknown. In closed sections an unknown key is a slip.

use super::Described;
use super::looking::Looking;
use super::way::{Scope, Way};
use crate::dialect::{Candidate, Lowered, RemarkKind, coverage as counted};
use crate::model::{Coverage, Use};
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef};

/// What became of each setting.
pub(super) fn coverage<'t>(candidate: &Candidate<'t>, looking: &Looking<'t>) -> Coverage {
    let is_list = candidate.tree.documents().any(|document| document.kind() == Kind::Sequence);
    let outermost = usize::from(is_list);
    counted(candidate, |entry, depth| match looking.marks.get(&entry.key.span()) {
        Some(mark) => Some(*mark),
        None => (depth <= outermost).then_some(Use::Unknown),
    })
}

/// Remarks on keys that the tool does not know.
pub(super) fn remark_unknown(
    described: &Described,
    candidate: &Candidate<'_>,
    looking: &Looking<'_>,
    lowered: &mut Lowered,
) {
    if described.closed.is_empty() {
        return;
    }
    let mut known: Vec<&str> = Vec::new();
    described.each_way(&mut |way: &Way| known.extend(way.keys()));
    known.sort_unstable();
    known.dedup();
    for top in candidate.tree.documents() {
        let scope = Scope::whole(top);
        for way in &described.closed {
            for found in way.go(&scope, &mut |_, _| {}) {
                let unknown = found
                    .value
                    .entries()
                    .map(|entry| entry.key)
                    .filter(|key| key.defined().is_none() && !looking.marks.contains_key(&key.span()));
                let section = found.key.map_or("this file", NodeRef::text);
                for key in unknown.collect::<Vec<_>>() {
                    let name = key.text();
                    let help =
                        nearest(name, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                    let text = format!("{} has no key `{name}` in `{section}`", described.name);
                    lowered.remark(
                        RemarkKind::UnknownKey,
                        candidate.site(key),
                        text,
                        help.unwrap_or_default(),
                    );
                }
            }
        }
    }
}
