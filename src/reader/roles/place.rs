//! Where it can be seen, and which accounts speak.

use crate::model::{Audience, AudienceKind, Event, Text, Visibility};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, is_address, is_sentence, listed};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// `as: sis`, `others: […]`, `members: […]` of a choir: other accounts of the owner that act.
    pub(crate) fn voices(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let by = phrase.words.len() == 1
            && phrase.word("by")
            && item.value.kind() == Kind::Scalar
            && self.groups.contains_key(
                &item.value.text().rsplit(':').next().unwrap_or_default().trim().to_lowercase(),
            );
        // `- profile: kim` in a rule about somebody's posts: the account that acts.
        let acts = frame.joint
            && phrase.words.len() == 1
            && phrase.any(&[C::Handle, C::Profile])
            && item.value.kind() == Kind::Scalar
            && frame.event() == Some(Event::PostBy);
        // `from: [nina, bo]` in a step that boosts: accounts of the file act.
        let acting = ["by", "from", "as", "via", "using", "with"].iter().any(|word| phrase.word(word));
        let own = acting && phrase.words.len() == 1 && {
            let names = listed(&self.reader, item.value);
            !names.is_empty()
                && names.iter().all(|name| self.own_sections.contains_key(&name.text.trim().to_lowercase()))
        };
        // `account: [one, two, three]` of a job.
        let several = (frame.joint || frame.rule)
            && !frame.around
            && phrase.only_words(&["account", "accounts"])
            && item.value.kind() == Kind::Sequence
            && item.value.items().count() >= 2;
        // `steps: [{ who: a1, do: share }]` of a rule about somebody's posts.
        let who = frame.joint
            && frame.event() == Some(Event::PostBy)
            && phrase.only_words(&["who", "profil", "profile", "account", "bot"])
            && item.value.kind() == Kind::Scalar
            && !item.value.text().contains(' ');
        // `who: all`, `who: 3`: some of those that the file lists.
        if who && (item.value.text().parse::<u32>().is_ok() || self.means_all_own(item.value.text())) {
            return true;
        }
        // `ring: [main, north, fans]` in a rule: own accounts, whatever the key.
        let ring = (frame.joint || frame.rule)
            && item.value.kind() == Kind::Sequence
            && item.value.items().count() >= 2
            && !phrase.any(&[C::Source, C::To, C::Except])
            && listed(&self.reader, item.value).iter().all(|name| self.own_account(&name.text).is_some());
        // `account: main` in a job: which of the own accounts it is that acts.
        let acting_account = item.value.kind() == Kind::Scalar
            && !frame.whole
            && !frame.around
            && [
                "account", "accounts", "profile", "page", "compte", "comptes", "cuenta", "cuentas", "conta",
                "konto", "konten",
            ]
            .contains(&item.key.text())
            && !self.means_all_own(item.value.text())
            && self.own_handles.len() >= 2
            && !self.own_group(item.value.text()).is_empty();
        if acting_account {
            let site = self.reader.site(item.value);
            frame
                .voices
                .extend(self.own_group(item.value.text()).into_iter().map(|text| Text { text, site }));
            return true;
        }
        let is_role = by
            || ring
            || who
            || several
            || own
            || acts
            || phrase.words.len() == 1 && phrase.word("as")
            || phrase.has(C::Sister) && !phrase.any(&[C::Text, C::Clutter]);
        let in_choir = phrase.only(&[C::Member, C::People])
            && frame.name.split('.').next_back().is_some_and(|name| Phrase::read(name).has(C::Sister));
        if !(is_role || in_choir) || given != Given::Said || is_sentence(item.value.text()) {
            return false;
        }
        for name in listed(&self.reader, item.value) {
            let key = name.text.rsplit(':').next().unwrap_or_default().trim().to_lowercase();
            let group = self.groups.get(&key).cloned();
            match group {
                Some(nodes) => frame.voices.extend(nodes.iter().take(50).map(|node| self.reader.text(*node))),
                None => {
                    let handle = self.own_account(&name.text).map_or(name.text.clone(), str::to_owned);
                    frame.voices.push(Text { text: handle, site: name.site });
                }
            }
        }
        true
    }

    /// Whether a value names rooms of the file, and nothing else: `to: [general, offers]`.
    pub(crate) fn names_room(&self, item: &Item<'t>) -> bool {
        let names = listed(&self.reader, item.value);
        !names.is_empty() && names.iter().all(|name| self.rooms.contains(&name.text.trim().to_lowercase()))
    }

    /// `publish_to: timeline`, `channel: general`, `visibility: public`.
    pub(crate) fn place(&mut self, item: &Item<'t>, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let says_where = phrase.any(&[C::To, C::Channel, C::Public, C::Private, C::Mode])
            || phrase.word("visibility")
            || phrase.word("where")
            || (phrase.word("via") || phrase.only_words(&["medium"])) && is_medium_to_one(item.value.text());
        if says_where && self.names_room(item) {
            frame.place = Some((Visibility::Public, self.reader.site(item.value)));
            frame.sets_place = true;
            return true;
        }
        // `group_text: "…"` is said there.
        let is_said = phrase.has(C::Text) && is_sentence(item.value.text());
        if item.value.kind() != Kind::Scalar || !says_where || is_said {
            return false;
        }
        let site = self.reader.site(item.value);
        let text = item.value.text();
        if is_address(text) {
            return false;
        }
        let value = Phrase::read(text);
        // Nobody is looked for where something is said.
        let room = text.starts_with('#') && (self.is_chat() || phrase.word("where") || phrase.word("room"));
        let place = if room && !value.any(&[C::Operator]) {
            Visibility::Public
        } else if value.any(&[C::Operator, C::Private])
            && !value.has(C::Public)
            && !value.any(&[C::Customer, C::Member, C::Follower, C::Subscriber, C::Lead, C::Everyone])
        {
            Visibility::Operator
        } else if value.has(C::Public)
            || value.has(C::Post)
            || value.has(C::Feed)
            || value.has(C::Everyone) && value.has(C::Channel)
        {
            Visibility::Public
        } else if value.has(C::Dm) || value.has(C::Inbox) || is_medium_to_one(text) {
            Visibility::Private
        } else if value.has(C::Channel)
            || phrase.has(C::Channel) && phrase.words.len() <= 2 && !frame.name.is_empty()
        {
            Visibility::Public
        } else {
            return false;
        };
        if phrase.any(&[C::To, C::Channel, C::Public, C::Private])
            || place == Visibility::Private
            || phrase.word("visibility")
            || phrase.word("where")
        {
            frame.place = Some((place, site));
            frame.sets_place = true;
            if place == Visibility::Operator {
                frame.audiences.push(Audience::new(AudienceKind::Operator, site));
            }
            return true;
        }
        false
    }
}

/// Whether a message by this medium goes to one person: `channel: email`.
fn is_medium_to_one(text: &str) -> bool {
    const MEDIA: [&str; 11] = [
        "email",
        "e-mail",
        "mail",
        "sms",
        "whatsapp",
        "linkedin",
        "inmail",
        "phone",
        "messenger",
        "dm",
        "pm",
    ];
    MEDIA.contains(&text.trim().to_lowercase().as_str())
}
