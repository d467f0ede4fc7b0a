//! Ways out: words to stop, links to unsubscribe, hurdles.

use crate::model::{Event, Fact, FactKind, Property, Site, Stated, Switch, SwitchKind, Trigger, Verb};
use crate::reader::clauses::frame::{Doing, Frame, Said};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, denies, duration, given, is_sentence};
use crate::reader::sense::Deed;
use crate::reader::walk::{Item, Subs, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// Words for what is done instead of letting somebody go.
const NOWHERE: [&str; 8] = ["menu", "pass", "keep", "help", "offer", "survey", "nothing", "log"];

/// Whether a value says that it goes on: `continue_by_sms`, `objection_3`.
fn goes_on(value: &str) -> bool {
    Phrase::read(value).has(C::GoesOn)
}

impl<'t> Walk<'t> {
    /// `ignored_words: [stop, leave, enough]`: who says so is written to all the same.
    pub(crate) fn ignored_stop_words(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let ignores = item.phrase.has(C::Ignore) || item.phrase.word("ignored");
        if !ignores || item.value.kind() != Kind::Sequence {
            return false;
        }
        let texts = self.reader.texts(item.value);
        let stops = texts.iter().filter(|text| is_stop_word(&text.text)).count();
        let are_stops = stops > 0 && stops * 2 >= texts.len();
        if are_stops {
            self.opt_out_fails(frame.account, self.reader.site(item.value));
        }
        are_stops
    }

    /// `stop_words: [STOP]`, `unsubscribe: menu`, `ignore_stop: true`.
    pub(crate) fn stop_words(&mut self, item: &Item<'t>, value: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        // `remove_contact_on_stop: false`, `stop_removes: yes`
        if phrase.has(C::Stop)
            && phrase.any(&[C::Remove, C::Delete])
            && matches!(value, Given::On | Given::Off)
        {
            let site = self.reader.site(item.value);
            if value == Given::Off {
                self.opt_out_fails(frame.account, site);
            } else if let Some(scope) = self.scope_of(frame.account) {
                let value = Stated::Known(item.key.text().to_owned(), site);
                scope.account.facts.push(Fact { kind: FactKind::OptOut, value });
            }
            return true;
        }
        // `on_decline: never_again`
        if phrase.has(C::Stop) && value == Given::Said && item.value.kind() == Kind::Scalar {
            let said = item.said();
            if said.words.len() <= 8 && said.has(C::Not) && said.any(&[C::Again, C::Nudge, C::Invite]) {
                let stated = self.reader.stated_text(item.value);
                if let Some(scope) = self.scope_of(frame.account) {
                    scope.account.facts.push(Fact { kind: FactKind::OptOut, value: stated });
                }
                return true;
            }
        }
        if !phrase.any(&[C::Stop, C::StepsToLeave])
            || phrase.has(C::Again)
            || phrase.word("stop on")
            || phrase.any(&[C::Trigger, C::Except, C::Text, C::Dm])
            || frame.joint && phrase.words.len() == 1 && frame.event().is_some()
        {
            return false;
        }
        // The command of a table: `/stop: show_menu`.
        let said = if value == Given::Said && item.value.kind() == Kind::Scalar {
            item.said()
        } else {
            &Phrase::default()
        };
        // `declined: never_ask_again` lets go.
        let never_again = said.has(C::Not) && said.any(&[C::Nudge, C::Again, C::Invite, C::Asked]);
        let ignored = !never_again && phrase.has(C::Ignore) && matches!(value, Given::On | Given::Said)
            || !never_again
                && said.words.len() <= 4
                && said.any(&[C::Ignore, C::Disabled, C::Closed, C::Private])
            || !never_again
                && value == Given::Said
                && (denies(said) || said.words.len() <= 4 && goes_on(item.value.text()))
            || value == Given::Off && !phrase.any(&[C::Ignore, C::GoesOn]);
        let site = self.reader.site(item.value);
        if ignored {
            self.opt_out_fails(frame.account, site);
            return true;
        }
        if value == Given::Nothing {
            // A place for stop words that is empty.
            self.speaks_of(frame.account, Property::OptOut);
            return true;
        }
        if value == Given::Nested {
            return false;
        }
        let stated = self.reader.stated_text(item.value);
        let steps = phrase.has(C::StepsToLeave) || said.has(C::StepsToLeave);
        let days = duration(&self.reader, phrase, item.value);
        let Some(scope) = self.scope_of(frame.account) else { return true };
        let kind = match days {
            Stated::Known(days, _)
                if days > 0.0
                    && phrase.any(&[C::Delay, C::Day, C::StepsToLeave])
                    && !phrase.any(&[C::Delete, C::Remove]) =>
            {
                scope
                    .account
                    .facts
                    .push(Fact { kind: FactKind::OptOutDelay, value: Stated::Known(days.to_string(), site) });
                return true;
            }
            _ if steps => FactKind::OptOutSteps,
            _ => FactKind::OptOut,
        };
        scope.account.facts.push(Fact { kind, value: stated });
        true
    }

    /// `handover: { to: team }`: a person takes over, whoever writes.
    pub(crate) fn person_takes_over(&mut self, item: &Item<'t>, account: usize) {
        let items = self.items_of(item.value);
        let off = items.iter().any(|item| {
            crate::reader::walk::section::is_switch(&item.phrase)
                && matches!(given(&self.reader, item.value), Given::Off | Given::Number(0.0))
        });
        let nobody = !items.is_empty()
            && items.iter().all(|item| {
                matches!(given(&self.reader, item.value), Given::Off | Given::Nothing | Given::Number(0.0))
                    || item.value.kind() == Kind::Scalar && denies(item.said())
            });
        if nobody {
            self.without_person(account, self.reader.site(item.key));
            return;
        }
        let to = items.iter().find(|item| {
            let nobody =
                || item.value.kind() == Kind::Scalar && (denies(item.said()) || item.said().has(C::Ignore));
            item.phrase.any(&[C::To, C::Operator, C::Forward, C::People])
                && matches!(given(&self.reader, item.value), Given::Said | Given::Unknown | Given::On)
                && !nobody()
        });
        if let (false, Some(to)) = (off, to) {
            let value = self.reader.stated_text(to.value);
            let value = if to.value.kind() == Kind::Scalar {
                value
            } else {
                Stated::Known("people".to_owned(), self.reader.site(to.value))
            };
            if let Some(scope) = self.scope_of(account) {
                scope.account.facts.push(Fact { kind: FactKind::RepliesMonitoredBy, value });
            }
        }
    }

    /// `consent: { default: yes, required: false }`: what such a section says of people who said nothing.
    pub(crate) fn consent_section(&mut self, item: &Item<'t>, frame: &Frame) {
        if !item.phrase.only(&[C::Asked]) {
            return;
        }
        for inner in self.items_of(item.value) {
            let value = given(&self.reader, inner.value);
            let has = |words: &[&str]| words.iter().any(|word| inner.phrase.word(word));
            let agrees = value == Given::On
                || value == Given::Said && {
                    let said = inner.said();
                    said.has(C::Asked) && !said.has(C::Not)
                };
            let presumed = has(&["default", "assumed"]) && agrees
                || has(&["required", "ask", "needed", "verify", "check", "wait"]) && value == Given::Off;
            if presumed {
                self.assumes_consent(frame.account, self.reader.site(inner.value));
                self.mark(inner.key, crate::reader::walk::Use::Used);
            }
        }
    }

    /// Nobody is asked before they are written to.
    pub(crate) fn assumes_consent(&mut self, account: usize, site: Site) {
        self.speaks_of(account, Property::OptOut);
        if let Some(scope) = self.scope_of(account) {
            let on = Stated::Known(true, site);
            scope.account.switches.push(Switch { kind: SwitchKind::AssumesConsent, on });
        }
    }

    /// A way out that is declared and does nothing.
    pub(crate) fn opt_out_fails(&mut self, account: usize, site: Site) {
        self.speaks_of(account, Property::OptOut);
        if let Some(scope) = self.scope_of(account) {
            let value = Stated::Known("none".to_owned(), site);
            scope.account.facts.push(Fact { kind: FactKind::OptOutScope, value });
        }
    }

    /// Whether what stands beside a word to stop keeps people in.
    pub(crate) fn leads_nowhere(&self, item: &Item<'t>, given: Given) -> bool {
        match given {
            Given::Off => !item.phrase.has(C::Ignore),
            Given::On => item.phrase.has(C::Ignore),
            Given::Said if item.value.kind() == Kind::Scalar && !is_sentence(item.value.text()) => {
                let said = item.said();
                said.words.len() <= 4 && (said.any(&[C::Ignore, C::Disabled, C::GoesOn]) || denies(said))
            }
            _ => false,
        }
    }

    /// A section about how people leave: steps, a letter, a waiting period, words that do nothing.
    pub(crate) fn way_out(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let phrase = &item.phrase;
        if item.value.kind() == Kind::Scalar
            || !phrase.only(&[C::Stop, C::Leave, C::Subscribe, C::Not, C::Text, C::Keyword, C::Command])
            || !phrase.any(&[C::Stop, C::Leave])
        {
            return false;
        }
        let items = self.items_of(item.value);
        // `désabonnements: { actifs: true, par_jour: 40 }`: the bot itself unfollows; the word means both.
        let unfollows = phrase.has(C::Unfollow)
            && items.iter().any(|item| {
                item.phrase.any(&[C::Enabled, C::Disabled, C::Per, C::Max, C::People, C::OneSided, C::Only])
            });
        if unfollows {
            return false;
        }
        let posts = items.iter().any(|item| {
            item.phrase.any(&[C::Channel, C::Public, C::Farewell])
                || item.phrase.has(C::Trigger) && {
                    let value = item.said();
                    value.any(&[C::Member, C::Leave, C::Unfollow]) && !value.has(C::StepsToLeave)
                }
        });
        if posts && !phrase.has(C::Stop) || items.is_empty() {
            return false;
        }
        let mut told = false;
        for item in &items {
            let value = given(&self.reader, item.value);
            let site = self.reader.site(item.value);
            let said = item.said();
            let mut fact = |kind: FactKind, value: Stated<String>| {
                told = true;
                if let Some(scope) = self.scopes.get_mut(frame.account) {
                    scope.account.facts.push(Fact { kind, value });
                }
            };
            let hurdle = item.phrase.has(C::StepsToLeave) || said.has(C::StepsToLeave);
            // `delete_address_after_days: 3` says what becomes of the data.
            if let Stated::Known(days, site) = duration(&self.reader, &item.phrase, item.value)
                && days > 0.0
                && !item.phrase.any(&[C::Delete, C::Remove])
            {
                fact(FactKind::OptOutDelay, Stated::Known(days.to_string(), site));
            } else if item.value.kind() == Kind::Sequence
                && item.value.items().count() >= 3
                && value == Given::Nested
            {
                let steps = item.value.items().count();
                fact(FactKind::OptOutSteps, Stated::Known(steps.to_string(), site));
            } else if hurdle {
                fact(FactKind::OptOutSteps, Stated::Known("3".to_owned(), site));
            } else if value == Given::Said
                && item.value.kind() == Kind::Scalar
                && said.words.len() <= 4
                && said.any(&[C::Ignore])
            {
                self.opt_out_fails(frame.account, site);
                told = true;
            } else if value == Given::Said
                && (item.phrase.any(&[C::Text, C::Keyword, C::Stop, C::Command]) || item.phrase.word("how"))
            {
                fact(FactKind::OptOut, self.reader.stated_text(item.value));
            }
            let stays = item.phrase.any(&[C::Remove, C::Delete]) && value == Given::Off
                || item.value.kind() == Kind::Scalar
                    && NOWHERE.iter().any(|word| said.word(word))
                    && said.words.len() <= 3;
            if stays {
                self.opt_out_fails(frame.account, site);
                told = true;
            }
            self.mark(item.key, crate::reader::walk::Use::Used);
        }
        told
    }

    /// `STOP: { action: ignore }`, `/stop: send_menu`, `"stop" = "keep in list"`: what happens to who says stop.
    pub(crate) fn stop_command(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let phrase = &item.phrase;
        // `"stop|unsubscribe|leave me alone": keep_sending`
        if item.key.text().contains(['|', '/', ','])
            && item.value.kind() != Kind::Sequence
            && item.key.text().split(['|', '/', ',']).any(is_stop_word)
        {
            return self.stop_command_of(item, frame);
        }
        let is_word = (phrase.only(&[C::Stop, C::Trigger, C::Keyword])
            || phrase.starts(C::Trigger)
                && phrase.only(&[
                    C::Stop,
                    C::Trigger,
                    C::Keyword,
                    C::Reply,
                    C::Dm,
                    C::Message,
                    C::Say,
                    C::People,
                ]))
            && phrase.has(C::Stop)
            && (phrase.words.len() == 1 || phrase.starts(C::Trigger))
            && !phrase.word("stop on")
            && !matches!(item.key.text(), "stop_words");
        if !is_word
            || !phrase.starts(C::Trigger) && !frame.name.is_empty() && !self.among_commands(item, frame)
        {
            return false;
        }
        self.stop_command_of(item, frame)
    }

    /// `reimport_resets_unsubscribed: true`, `on_resubscribe_list: all`: who said stop is written to again.
    /// Returns none where the entry is about something else.
    pub(crate) fn brings_back(&self, item: &Item<'t>) -> Option<bool> {
        const UNDOES: [&str; 12] = [
            "reset",
            "resets",
            "reimport",
            "readd",
            "resubscribe",
            "resubscribes",
            "restore",
            "restores",
            "override",
            "overrides",
            "bypass",
            "overwrite",
        ];
        let undoes = item.phrase.has(C::Stop) && UNDOES.iter().any(|word| item.phrase.word(word));
        match given(&self.reader, item.value) {
            Given::On if undoes => Some(true),
            Given::Off | Given::Nothing if undoes => Some(false),
            _ => None,
        }
    }

    /// `{ if_body_has: [stop, unsubscribe], list_change: none }`: a rule for who says stop, in a list of rules.
    pub(crate) fn stop_rule(&mut self, items: &[Item<'t>], frame: &Frame) -> bool {
        let waits = |item: &&Item<'t>| {
            item.phrase.any(&[C::Keyword, C::Trigger, C::Guard])
                && !item.phrase.any(&[C::Except, C::Not])
                && {
                    let texts = self.reader.texts(item.value);
                    let stops = texts.iter().filter(|text| is_stop_word(&text.text)).count();
                    stops > 0 && stops * 2 >= texts.len()
                }
        };
        if !(2..=8).contains(&items.len()) || !items.iter().any(|item| waits(&item)) {
            return false;
        }
        let told = items.iter().filter(|item| !waits(item)).cloned().collect::<Vec<_>>();
        let is_told = told.iter().any(|item| self.stop_command_of(item, frame));
        if is_told {
            for item in &told {
                // Who reads along stands there, too.
                let given = given(&self.reader, item.value);
                self.about_account(item, given, &mut frame.clone());
            }
            self.answer_to_stop(items, &told, frame);
            items.iter().for_each(|item| self.mark(item.key, crate::reader::walk::Use::Used));
        }
        is_told
    }

    /// What somebody who says stop is answered.
    fn answer_to_stop(&mut self, items: &[Item<'t>], told: &[Item<'t>], frame: &Frame) {
        let answer = told.iter().find(|item| {
            item.phrase.any(&[C::Text, C::Reply, C::Say])
                && item.value.kind() == Kind::Scalar
                && is_sentence(item.value.text())
        });
        let words = items.iter().find(|item| !told.iter().any(|other| other.key.span() == item.key.span()));
        let (Some(answer), Some(words)) = (answer, words) else { return };
        let site = self.reader.site(words.key);
        let mut inner = Frame { joint: true, ..frame.inner(answer.key.text(), site) };
        let filters = self.reader.texts(words.value);
        inner.triggers = vec![Trigger { filters, ..Trigger::new(Event::Command, site) }];
        let mut doing = Doing::of(Deed::Verb(Verb::Reply), self.reader.site(answer.key));
        doing.texts.push(Said::of(self.reader.text(answer.value)));
        inner.doings.push(doing);
        self.finish(inner, Subs::new());
    }

    /// Whether what stands below lets people go, or fails to.
    pub(crate) fn stop_command_of(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let mut said = Phrase::default();
        let mut texts: Vec<NodeRef<'t>> = vec![item.value];
        let mut budget = 20;
        // `list_change: none`, `remove_contact: false`
        let keeps = item.value.kind() == Kind::Scalar
            && item.phrase.any(&[C::List, C::Remove, C::Delete])
            && matches!(given(&self.reader, item.value), Given::Off | Given::Nothing);
        if keeps {
            self.opt_out_fails(frame.account, self.reader.site(item.value));
            return true;
        }
        while let Some(node) = texts.pop() {
            budget -= 1;
            if budget == 0 {
                break;
            }
            if node.kind() == Kind::Scalar {
                if !is_sentence(node.text()) && goes_on(node.text()) {
                    self.opt_out_fails(frame.account, self.reader.site(node));
                    return true;
                }
                if !is_sentence(node.text()) || node.text().len() < 50 {
                    let read = Phrase::read(node.text());
                    said.concepts = said.concepts.and(read.concepts);
                    said.words.extend(read.words);
                }
                continue;
            }
            texts.extend(node.items());
            for entry in node.entries() {
                let key = Phrase::read(entry.key.text());
                let value = given(&self.reader, entry.value);
                // `remove_from_list: false`, `continue_sequence: true`
                let stays = key.any(&[C::Remove, C::Delete, C::Stop]) && value == Given::Off
                    || key.any(&[C::Again, C::GoesOn]) && value == Given::On;
                if stays {
                    self.opt_out_fails(frame.account, self.reader.site(entry.value));
                    return true;
                }
                if key.any(&[C::Remove, C::Delete, C::Stop]) {
                    said.concepts = said.concepts.and(key.concepts);
                    said.words.extend(key.words.iter().cloned());
                }
                if !key.any(&[C::Text, C::Say]) {
                    texts.push(entry.value);
                }
            }
        }
        if said.words.is_empty() {
            return false;
        }
        let site = self.reader.site(item.value);
        if item.value.kind() == Kind::Scalar && said.words.len() <= 6 && goes_on(item.value.text()) {
            self.opt_out_fails(frame.account, site);
            return true;
        }
        // `stop: pause_7_days`: for a while.
        let pauses = said.words.iter().any(|word| matches!(word.text.as_str(), "pause" | "snooze" | "sleep"));
        if let (true, true, Some(days)) =
            (pauses, item.value.kind() == Kind::Scalar, days_in(item.value.text()))
            && let Some(scope) = self.scope_of(frame.account)
        {
            let value = Stated::Known(days.to_string(), site);
            scope.account.facts.push(Fact { kind: FactKind::OptOutExpires, value });
            return true;
        }
        let works = said.any(&[
            C::Remove,
            C::Stop,
            C::Delete,
            C::Subscribe,
            C::Forward,
            C::Handoff,
            C::Operator,
            C::Mute,
        ]) || ["off", "end", "pause", "optout", "free"].iter().any(|word| said.word(word));
        let fails = said.any(&[C::Ignore, C::Except, C::Again])
            || said.only(&[C::Not])
            || NOWHERE.iter().any(|word| said.word(word));
        if fails && (!works || said.any(&[C::Except, C::Again])) {
            self.opt_out_fails(frame.account, site);
            return true;
        }
        if works && let Some(scope) = self.scope_of(frame.account) {
            scope.account.facts.push(Fact {
                kind: FactKind::OptOut,
                value: Stated::Known(item.key.text().to_owned(), site),
            });
        }
        works
    }

    fn among_commands(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let name = frame.name.split('.').next_back().map(Phrase::read).unwrap_or_default();
        item.key.text().starts_with(['/', '!'])
            || item.key.text().chars().all(|letter| letter.is_uppercase() || letter == '_')
            || name.any(&[C::Command, C::Keyword, C::Trigger, C::Inbox, C::Reply, C::Items, C::Stop])
            || ["word", "words", "branch", "branches", "case", "cases", "intents"]
                .iter()
                .any(|word| name.word(word))
    }
}

/// How many days a value such as `pause_7_days` names.
fn days_in(text: &str) -> Option<f64> {
    let start = text.find(|letter: char| letter.is_ascii_digit())?;
    crate::reader::roles::value::duration_in(&text.get(start..)?.replace('_', " "))
}

/// Whether a text is a word to stop and nothing else: `stop`, `remove me`, `abmelden`.
fn is_stop_word(text: &str) -> bool {
    let phrase = Phrase::read(text.trim());
    let begs = phrase.starts(C::Stop) && ["me", "us"].iter().any(|word| phrase.word(word));
    phrase.has(C::Stop) && (phrase.words.len() <= 3 || begs) && !phrase.any(&[C::Follow, C::Trigger])
}
