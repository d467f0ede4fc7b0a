//! The words that it waits for or searches for.

use crate::model::{Audience, AudienceKind, Event, Text, Trigger};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::Concept as C;
use crate::reader::roles::audience::is_file;
use crate::reader::roles::value::{Given, is_sentence, listed};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// `keywords: […]`, `phrase: "could of"`, `match: […]`, `contains: […]`: what is waited for or searched.
    pub(crate) fn keywords(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let several = item.value.kind() == Kind::Sequence || item.value.text().contains(',');
        // `triggers: [command, mention]`
        let is_event = |text: &Text| {
            let value = Phrase::read(&text.text);
            let event = sense::event(&value).filter(|_| value.words.len() <= 2);
            event.is_some_and(|event| event.is_inbound() || event == Event::Command)
        };
        let named = listed(&self.reader, item.value);
        let events = phrase.only_words(&["triggers"]) && !named.is_empty() && named.iter().all(is_event);
        if events && several {
            let site = self.reader.site(item.value);
            if let Some(scope) = self.scope_of(frame.account) {
                scope.hears.get_or_insert(site);
            }
            return true;
        }
        let watched = phrase.only_words(&["watch", "watches", "triggers"])
            && item.value.kind() != Kind::Mapping
            && several;
        if !(phrase.has(C::Keyword) || is_searched_for(phrase, frame) || watched)
            || !watched && phrase.has(C::Trigger)
            || phrase.any(&[C::Mode, C::Password, C::Token, C::Session])
            || !matches!(given, Given::Said | Given::Unknown)
        {
            return false;
        }
        if item.value.kind() == Kind::Scalar && is_sentence(item.value.text()) && item.value.text().len() > 60
        {
            return false;
        }
        // `listens_in: [lobby]` says where.
        if phrase.words.last().is_some_and(|word| matches!(word.text.as_str(), "in" | "where")) {
            return true;
        }
        // `listen_to: [kim_daily]`: accounts.
        let names = listed(&self.reader, item.value);
        let to = phrase.words.len() == 2 && phrase.starts(C::Keyword) && phrase.word("to");
        if to && !names.is_empty() && names.iter().all(|name| is_account(&name.text)) {
            let site = self.reader.site(item.value);
            let mut trigger = Trigger::new(Event::PostBy, site);
            trigger.from = Some(Audience::new(AudienceKind::Named, site).of(names));
            frame.triggers.push(trigger);
            frame.joint = true;
            return true;
        }
        let (by, texts): (Vec<_>, Vec<_>) =
            listed(&self.reader, item.value).into_iter().partition(|text| author_in(&text.text).is_some());
        let site = self.reader.site(item.value);
        // `subreddits: [gardening]` is where the words are looked for.
        if phrase.only_words(&["subreddit", "subreddits"]) {
            frame.audiences.push(Audience::new(AudienceKind::Search, site));
            return true;
        }
        if !by.is_empty() {
            let name =
                |text: Text| Text { text: author_in(&text.text).unwrap_or_default().to_owned(), ..text };
            let of = by.into_iter().map(name).collect();
            frame.audiences.push(Audience::new(AudienceKind::Named, site).of(of));
            if texts.is_empty() {
                return true;
            }
        }
        // `listen: redis://localhost/queue` is where it hears of things.
        let texts: Vec<Text> = texts
            .into_iter()
            .filter(|text| !text.text.contains("://") || text.text.starts_with("http"))
            .collect();
        if texts.is_empty() {
            return true;
        }
        frame.filters.extend(texts.clone());
        // `replies: { correction_word: correction }`: what people write to it.
        let section = frame.section();
        // `handover: { words: [human, agent] }`: by which people reach a person.
        if section.any(&[C::Handoff, C::Ticket]) && !phrase.any(&[C::Except, C::Stop]) {
            let site = self.reader.site(item.key);
            frame.triggers.push(Trigger { filters: texts, ..Trigger::new(Event::Command, site) });
            frame.doings.push(Doing::of(Deed::Pass, site));
            frame.filters.clear();
            return true;
        }
        let about_inbox = section.any(&[C::Inbox, C::Mention])
            || [C::Reply, C::Comment, C::Dm].into_iter().any(|concept| section.plural(concept));
        let addressed = section.words.len() == 1 && about_inbox && frame.triggers.is_empty();
        if addressed && !texts.iter().any(|text| text.text.starts_with('#')) {
            return true;
        }
        let searches = texts.iter().any(|text| text.text.starts_with('#')) || !phrase.any(&[C::Reply]);
        if searches {
            frame.audiences.push(Audience::new(AudienceKind::Search, site).of(texts));
        }
        true
    }

    /// `search: { phrases: […] }` of the whole file: the words that it looks for, as in a section of its own.
    pub(crate) fn searches(&mut self, item: &Item<'t>, frame: &mut Frame) -> bool {
        let words = ["phrase", "phrases", "word", "words", "term", "terms", "text", "texts"];
        let is_list = (item.value.kind() == Kind::Sequence || item.value.text().contains(','))
            && item.value.kind() != Kind::Mapping
            && item.phrase.words.len() == 1
            && words.iter().any(|word| item.phrase.word(word));
        let texts = listed(&self.reader, item.value);
        if !is_list || texts.is_empty() {
            return false;
        }
        frame.filters.extend(texts.clone());
        frame.audiences.push(Audience::new(AudienceKind::Search, self.reader.site(item.value)).of(texts));
        self.mark(item.key, crate::reader::walk::Use::Used);
        true
    }
}

/// Whether a text can only be what an account is called: `@kim`, `kim_daily`, `kim@social.example`.
fn is_account(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && !is_file(text)
        && text.contains(['@', '_', '.'])
        && !text.contains("://")
}

/// `search: { phrases: […] }`: what stands in a section that looks for something.
fn is_searched_for(phrase: &Phrase, frame: &Frame) -> bool {
    let words = ["phrase", "phrases", "word", "words", "term", "terms", "text", "texts"];
    let section = frame.section();
    phrase.words.len() == 1
        && words.iter().any(|word| phrase.word(word))
        && section.words.len() <= 2
        && section.any(&[C::Keyword, C::Collect])
        && !section.any(&[C::Text, C::Reply, C::Say, C::Message])
}

/// Whose posts a search asks for: `from:kim`, `account:@kim@art.example`.
fn author_in(search: &str) -> Option<&str> {
    let (key, name) = search.trim().split_once(':')?;
    let asks = ["from", "by", "account", "user", "author", "profile"].contains(&key.to_lowercase().as_str());
    let name = name.trim();
    (asks && !name.is_empty() && !name.contains([' ', '/'])).then_some(name)
}
