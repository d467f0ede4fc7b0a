//! A second look at a file: what settings say in whatever words, wherever they stand, where no clause told it. A look adds to
//! what was read and takes nothing of it back. `docs/dialects/adhoc.md` lists the questions.

mod echoes;
mod person_request;
mod posing;
mod presumed;
mod stop_request;
mod unasked;

use crate::reader::concept::{Concept as C, Concepts};
use crate::reader::walk::Walk;
use crate::syntax::{Kind, NodeRef};

/// Longer values are texts that are said.
const LONGEST: usize = 160;

/// Larger files are not written by hand, and are looked at once.
const MOST_NODES: usize = 100_000;

/// A question, and the concepts without which a file of settings says nothing of it.
struct Look<'t> {
    ask: fn(&mut Walk<'t>, NodeRef<'t>),
    about: &'static [C],
    /// Whether texts may answer it, too.
    in_texts: bool,
}

impl<'t> Walk<'t> {
    /// Asks each question that the words of the file can answer.
    pub(crate) fn look_again(&mut self) {
        let looks = [
            Look {
                ask: Self::look_for_echoes,
                about: &[
                    C::Sister,
                    C::Mutual,
                    C::Repost,
                    C::Like,
                    C::Quote,
                    C::Forward,
                    C::Mirror,
                    C::Vote,
                    C::React,
                    C::Comment,
                ],
                in_texts: false,
            },
            Look { ask: Self::look_for_stop_requests, about: &[C::Stop], in_texts: true },
            Look {
                ask: Self::look_for_presumptions,
                about: &[C::Asked, C::Collect, C::Lead, C::Acquaintance, C::Member, C::People],
                in_texts: false,
            },
            Look {
                ask: Self::look_for_person_requests,
                about: &[C::Handoff, C::Operator, C::Ticket],
                in_texts: true,
            },
            Look {
                ask: Self::look_for_unasked,
                about: &[C::Bots, C::SelfAccount, C::Reply, C::Once, C::Public],
                in_texts: false,
            },
            Look {
                ask: Self::look_for_posing,
                about: &[C::Bots, C::Disclosure, C::Bio, C::Persona, C::Profile, C::Humanlike, C::Stealth],
                in_texts: true,
            },
        ];
        let tree = self.reader.candidate.tree;
        if tree.node_count() > MOST_NODES {
            return;
        }
        self.allow(tree.node_count());
        let mut spoken = Concepts::default();
        for document in tree.documents() {
            self.concepts_below(document, &mut spoken, 0);
        }
        for look in looks {
            if !(spoken.meets(Concepts::of(look.about)) || look.in_texts && self.sentences > 0) {
                continue;
            }
            self.allow(tree.node_count().saturating_mul(2));
            for document in tree.documents() {
                (look.ask)(self, document);
            }
        }
    }

    /// What keys and short values speak of.
    fn concepts_below(&mut self, node: NodeRef<'t>, spoken: &mut Concepts, depth: usize) {
        if depth > crate::reader::walk::DEEPEST || !self.spend() {
            return;
        }
        if node.kind() == Kind::Scalar && node.text().len() <= LONGEST {
            *spoken = spoken.and(self.phrase(node).concepts);
        }
        for item in node.items() {
            self.concepts_below(item, spoken, depth + 1);
        }
        for entry in node.entries() {
            *spoken = spoken.and(self.phrase(entry.key).concepts);
            self.concepts_below(entry.value, spoken, depth + 1);
        }
    }
}
