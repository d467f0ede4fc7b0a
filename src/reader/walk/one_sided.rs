//! Sections that drop people: whether they say, in whatever words, that it is those who do not follow back.

use crate::model::{Audience, AudienceKind, Verb};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::sense::{self, Deed};
use crate::reader::walk::event_key::lacks;
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

/// Longer texts are sentences, and no conditions.
const LONGEST: usize = 120;

impl<'t> Walk<'t> {
    /// Notes that a section which unfollows is about people who do not follow back: `compare: [following, followers]`,
    /// `if: "i_follow == true and they_follow == false"`.
    pub(crate) fn drops_one_sided(&mut self, items: &[Item<'t>], frame: &mut Frame) {
        let drops = |item: &Item<'t>| {
            let unfollows = |phrase: &Phrase| {
                sense::act(phrase).is_some_and(|act| act.deed == Deed::Verb(Verb::Unfollow) && !act.negated)
            };
            unfollows(&item.phrase) || item.value.kind() == Kind::Scalar && unfollows(item.said())
        };
        let known = frame.audiences.iter().any(|audience| audience.kind == AudienceKind::NonFollowers);
        if frame.whole || known || !items.iter().any(drops) {
            return;
        }
        let Some(reason) = items.iter().find(|item| self.tells_one_sided(item)) else { return };
        let site = self.reader.site(reason.value);
        self.mark(reason.key, crate::reader::walk::Use::Used);
        frame.audiences.push(Audience::new(AudienceKind::NonFollowers, site));
    }

    fn tells_one_sided(&self, item: &Item<'t>) -> bool {
        let texts = self.reader.texts(item.value);
        let text = texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join(" ");
        if text.len() > LONGEST || item.phrase.any(&[C::Except, C::Text]) {
            return false;
        }
        let value = Phrase::read(&text);
        // Two lists that are held against each other.
        let compares = ["compare", "diff", "match", "against"].iter().any(|word| item.phrase.word(word))
            || item.phrase.any(&[C::Source]);
        let both = value.has(C::Follower) && value.any(&[C::Following, C::Follow]);
        // A condition about a follow that is not there.
        let follows =
            |phrase: &Phrase| phrase.any(&[C::Follow, C::Follower, C::Following, C::Back, C::Mutual]);
        let is_false = text.contains("== false")
            || text.contains("=false")
            || text.contains("!=")
            || text.contains("== 0");
        let asks = ["condition", "where", "when", "filter"].iter().any(|word| item.phrase.word(word))
            || item.phrase.any(&[C::Guard, C::Only, C::Trigger]);
        compares && both
            || asks && follows(&value) && (is_false || lacks(&value))
            || (is_false || lacks(&value)) && text.contains(['=', '!']) && follows(&value)
    }
}
