//! Entries that hold further sections: lists of automations, tables of events, timetables, steps.

use crate::model::{Event, Trigger, Verb};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::{Concept as C, Concepts};
use crate::reader::roles::value::{Given, given, listed};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::event_key::names_event;
use crate::reader::walk::moderation::lists_offences;
use crate::reader::walk::section::DETAILS;
use crate::reader::walk::tables::is_table_of_events;
use crate::reader::walk::{DEEPEST, Item, Subs, Use, Walk};
use crate::reader::words::{Phrase, Word};
use crate::syntax::{Kind, NodeRef};

impl<'t> Walk<'t> {
    /// A section without a role of its own.
    pub(crate) fn container(
        &mut self,
        item: &Item<'t>,
        given: Given,
        frame: &mut Frame,
        depth: usize,
    ) -> bool {
        if given != Given::Nested && item.value.kind() != Kind::Mapping {
            return false;
        }
        let site = self.reader.site(item.key);
        self.consent_section(item, frame);
        // Conditions of what stands around them: no acts.
        let asks = item.phrase.starts(C::Guard)
            && (crate::reader::sense::inbound(&item.phrase, None).is_some()
                || item.phrase.any(&[C::Idle, C::Stop]));
        if asks {
            return self.case(item, frame, depth);
        }
        if item.value.kind() == Kind::Mapping
            && (item.phrase.any(&[C::Except, C::Guard]) || item.phrase.only(&[C::Ignore]))
            && !reaches_out(item.value, 2)
            && !item.phrase.any(&[C::Items, C::Trigger, C::Action])
        {
            return self.conditions(item, frame);
        }
        // `where: { follows_us: false, followed_days_ago: ">4" }` says who is meant.
        let plain = || item.value.entries().all(|entry| entry.value.kind() == Kind::Scalar);
        let names_conditions =
            ["where", "criteria", "only_if", "conditions"].iter().any(|word| item.phrase.only_words(&[word]));
        if item.value.kind() == Kind::Mapping && names_conditions && plain() {
            return self.conditions(item, frame);
        }
        if frame.whole && item.value.kind() == Kind::Mapping && item.phrase.only(&[C::Again]) {
            let filled = self.filled(item.value, frame.inner(item.key.text(), site), depth + 1);
            if let Some(scope) = self.scope_of(frame.account) {
                scope.repeats = filled.repeats;
            }
            return true;
        }
        if self.only_collects(item) {
            self.mark(item.key, Use::Clutter);
            return true;
        }
        // `from: [{ kind: followers_of, who: […] }]`: people, described.
        if item.phrase.only(&[
            C::Source,
            C::To,
            C::People,
            C::Rival,
            C::List,
            C::Lead,
            C::Subscriber,
            C::Customer,
        ]) && item.value.kind() == Kind::Sequence
            && self.people_described(item, frame, depth)
        {
            return true;
        }
        // Details of what stands around them; the whole file only has limits and conditions.
        let plain_schedule = frame.name.is_empty()
            && item.phrase.only(&[C::Schedule])
            && item.value.entries().any(|entry| {
                let key = Phrase::read(entry.key.text());
                key.any(&[C::Per, C::Max, C::Minute, C::Hour]) || key.only(&[C::Schedule])
            });
        if plain_schedule {
            let filled = self.filled(item.value, frame.inner("", site), depth + 1);
            // `schedule: { cron: "…", toot: "…" }`
            if filled.is_live() {
                self.finish(filled, Subs::new());
                return true;
            }
            frame.schedule = filled.schedule;
            for (kind, bound) in filled.limits.iter() {
                frame.limits.set(kind, bound.clone());
            }
            return true;
        }
        let is_table_of_words = item.phrase.only(&[C::Command])
            || ["words", "word", "keywords"].iter().any(|word| item.phrase.word(word))
                && item.phrase.words.len() == 1
                && item.value.entries().all(|entry| is_said_word(entry.key.text(), entry.value));
        // `triggers: { solder: "Did you know …" }`: words that anybody says, and the answers.
        let of_words = item.phrase.words.len() <= 2
            && (item.phrase.only(&[C::Trigger, C::Keyword, C::Items])
                || ["triggers", "words", "keywords"].iter().any(|word| item.phrase.word(word)));
        if of_words && self.answers_to_words(item, frame) {
            return true;
        }
        if is_table_of_words && item.value.kind() == Kind::Mapping {
            for item in self.items_of(item.value) {
                if !self.stop_command(&item, frame) {
                    self.called_up(&item, frame);
                }
                self.mark(item.key, Use::Used);
            }
            return true;
        }
        if item.value.kind() == Kind::Mapping && self.amounts_of_period(item, frame, depth) {
            return true;
        }
        let details = if frame.name.is_empty() { OUTER_DETAILS } else { DETAILS };
        // `watch: { subreddits: all, phrase: … }` says what sets the rest of the file off.
        let watches = item.phrase.only(&[C::Trigger, C::Keyword, C::Feed])
            && item.value.entries().any(|entry| {
                let key = Phrase::read(entry.key.text());
                key.any(&[C::Keyword, C::Source]) && !key.starts(C::Trigger)
            });
        // `audience: { from: […], action: follow }` does something itself.
        let holds =
            |wanted: &[C]| item.value.entries().any(|entry| Phrase::read(entry.key.text()).only(wanted));
        let acts_itself = item.phrase.only(&[C::People, C::Everyone, C::Source, C::To])
            && holds(&[C::Action])
            || holds(&[C::Keyword]) && holds(&[C::Reply, C::Text, C::Say])
            // `schedule: { cron: "…", toot: "…" }`
            || item.phrase.only(&[C::Schedule]) && holds(&[C::Post, C::Dm, C::Say]);
        let hears = item.phrase.words.len() == 1
            && item.value.entries().any(|entry| {
                let heard = sense::inbound(&Phrase::read(entry.key.text()), None).is_some();
                heard
                    && matches!(
                        crate::reader::roles::value::given(&self.reader, entry.value),
                        Given::On | Given::Off
                    )
            });
        if (item.phrase.only(details) && !acts_itself && !hears || watches)
            && item.value.kind() == Kind::Mapping
        {
            let items = self.items_of(item.value);
            let mut subs = Subs::new();
            if self.switch(&items, frame).is_some() {
                return true;
            }
            let before = frame.audiences.len();
            let looks = item.phrase.has(C::Keyword);
            for item in &items {
                if looks && self.searches(item, frame) {
                    continue;
                }
                self.entry(item, frame, &mut subs, depth + 1);
            }
            let limits_alone = |sub: &Frame| {
                frame.name.is_empty()
                    && item.phrase.only(&[C::Max, C::Rate, C::Per])
                    && sub.doings.iter().all(|doing| doing.texts.is_empty() && doing.event.is_none())
                    && !sub.limits.is_empty()
            };
            let (limits, subs): (Vec<_>, Vec<_>) =
                subs.into_iter().partition(|(_, _, sub)| limits_alone(sub));
            for (_, _, sub) in limits {
                self.clause(Frame { name: format!("{}.{}", item.key.text(), sub.name), ..sub });
            }
            for (_, _, sub) in subs {
                frame.join(sub);
            }
            if frame.name.is_empty() {
                self.note_targets(frame, before);
            }
            return true;
        }
        let mut inner = frame.inner(item.key.text(), site);
        inner.sequence = item.phrase.has(C::Sequence)
            || item.phrase.only(&[C::Again]) && item.value.kind() == Kind::Sequence;
        // `alerts: { ping: "@everyone" }` are no alerts of its own side.
        let pings_all = item.value.entries().any(|entry| {
            entry.value.kind() == Kind::Scalar
                && crate::reader::speech::Speech::of(entry.value.text()).pings_all
        });
        inner.inward |= is_inward(&item.phrase)
            && !pings_all
            && !reaches_out(item.value, 2)
            && !lists_offences(item.value);
        if is_table_of_events(&item.phrase) {
            self.table(item.value, &inner, depth);
            return true;
        }
        if let Some(act) = sense::act(&item.phrase) {
            inner.named = Some((act, site));
            inner.joint |= matches!(act.deed, Deed::Shame | Deed::Farewell | Deed::Greet | Deed::Nudge);
        }
        if pings_all {
            inner.named = None;
            inner.place = Some((crate::model::Visibility::Public, site));
            inner.sets_place = true;
        }
        if let Some(event) = sense::event(&item.phrase).filter(|_| names_event(&item.phrase)) {
            inner.triggers = vec![Trigger::new(event, site)];
            inner.joint = true;
        }
        // `after_post: { … }` among several own accounts: when one of them posts.
        if self.own_handles.len() >= 2
            && item.phrase.has(C::Post)
            && item.phrase.any(&[C::Trigger, C::Delay])
            && inner.triggers.is_empty()
        {
            inner.triggers = vec![Trigger::new(Event::PostBy, site)];
            inner.joint = true;
        }
        if item.phrase.only(&[C::Schedule]) && self.timetable(item.value, &inner) {
            return true;
        }
        if item.phrase.has(C::Sister) && item.value.kind() == Kind::Mapping {
            let items = self.items_of(item.value);
            let items = self.sister_voices(items, &mut inner);
            self.section(items, inner, depth + 1);
            return true;
        }
        self.people_of_section(&item.phrase, site, &mut inner);
        self.node(item.value, inner, depth + 1);
        true
    }

    /// `alts: { handles: [a, b], like_main: yes }`: the accounts that the section lists act, each of them. Returns what
    /// else it says.
    pub(crate) fn sister_voices(&mut self, items: Vec<Item<'t>>, frame: &mut Frame) -> Vec<Item<'t>> {
        let (lists, rest): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| {
            let names = listed(&self.reader, item.value);
            item.value.kind() != Kind::Mapping
                && item.phrase.words.len() <= 2
                && (item.phrase.any(&[C::Handle, C::List, C::People, C::Member, C::Sister])
                    || item.phrase.word("handle")
                    || item.phrase.word("handles"))
                && sense::inbound(&item.phrase, None).is_none()
                && names.len() >= 2
                && names.iter().all(|name| !name.text.contains(char::is_whitespace))
        });
        for item in &lists {
            frame.voices.extend(listed(&self.reader, item.value));
            self.mark(item.key, Use::Used);
        }
        if !lists.is_empty() {
            frame.triggers = vec![Trigger::new(Event::PostBy, frame.site)];
            frame.joint = true;
        }
        rest
    }

    /// `daily: { likes: 200, follows: 60 }`: the section says for which period its amounts are.
    fn amounts_of_period(&mut self, section: &Item<'t>, frame: &Frame, depth: usize) -> bool {
        const PERIODS: [C; 4] = [C::Hour, C::Day, C::Week, C::Month];
        const BESIDE: [C; 8] = [C::Hour, C::Day, C::Week, C::Month, C::Per, C::Max, C::Rate, C::Schedule];
        if !section.phrase.any(&PERIODS) || !section.phrase.only(&BESIDE) {
            return false;
        }
        let joined = |item: Item<'t>| {
            let mut words = section.phrase.words.clone();
            words.extend(item.phrase.words.iter().cloned());
            let concepts = section.phrase.concepts.and(item.phrase.concepts);
            Item { phrase: std::rc::Rc::new(Phrase { words, concepts }), ..item }
        };
        let items: Vec<Item<'t>> = self.items_of(section.value);
        let is_amount = |item: &Item<'t>| {
            item.value.kind() == Kind::Scalar
                && matches!(given(&self.reader, item.value), Given::Number(_) | Given::Unlimited)
        };
        let (amounts, rest): (Vec<_>, Vec<_>) = items.into_iter().partition(is_amount);
        let amounts: Vec<Item<'t>> = amounts.into_iter().map(joined).collect();
        if !amounts.iter().any(|item| sense::act(&item.phrase).is_some()) {
            return false;
        }
        let mut inner = frame.inner(section.key.text(), self.reader.site(section.key));
        let mut subs = Subs::new();
        for item in rest.iter().chain(&amounts) {
            self.entry(item, &mut inner, &mut subs, depth + 1);
        }
        self.finish(inner, subs);
        true
    }

    /// Whether a list is a sequence: several messages or acts that follow each other.
    pub(crate) fn is_sequence(&mut self, node: NodeRef<'t>) -> bool {
        let mut steps = 0;
        let mut delayed = 0;
        for item in node.items().take(40) {
            if item.kind() != Kind::Mapping {
                return false;
            }
            let items = self.items_of(item);
            if items.iter().any(|item| {
                let value = given(&self.reader, item.value);
                let waits = matches!(value, Given::Number(_))
                    || crate::reader::roles::value::duration_in(item.value.text().trim_start_matches('+'))
                        .is_some();
                waits
                    && item.phrase.any(&[C::Delay, C::Day, C::Hour, C::Minute])
                    && item.phrase.words.len() <= 3
                    && !item.phrase.any(&[C::Max, C::Per, C::Rate, C::Schedule])
            }) {
                delayed += 1;
            }
            if items.iter().any(|item| is_rule_key(&item.phrase)) {
                return false;
            }
            steps += 1;
        }
        steps >= 2 && delayed >= 2 || steps >= 3 && delayed * 2 >= steps
    }

    /// Whether the steps of a list are rules: each says what sets it off, or which account of the file acts.
    pub(crate) fn are_rules(&mut self, node: NodeRef<'t>) -> bool {
        let mut rules = 0;
        for item in node.items().take(40) {
            let items = self.items_of(item);
            let acts_by = |item: &Item<'t>| {
                ["by", "from", "as", "via"].iter().any(|word| item.phrase.word(word))
                    && item.phrase.words.len() == 1
                    && listed(&self.reader, item.value).iter().all(|name| {
                        let name = name.text.trim().to_lowercase();
                        self.own_sections.contains_key(&name) || self.groups.contains_key(&name)
                    })
            };
            if !items.iter().any(|item| is_rule_key(&item.phrase) || acts_by(item)) {
                return false;
            }
            rules += 1;
        }
        rules >= 2
    }

    /// Messages and acts that follow each other: one clause.
    pub(crate) fn sequence(&mut self, node: NodeRef<'t>, mut frame: Frame, depth: usize) {
        frame.sequence = true;
        frame.joint = true;
        for item in node.items() {
            if item.kind() != Kind::Mapping {
                self.acts(item, &mut frame, depth);
                continue;
            }
            let inner = Frame { joint: true, ..frame.inner("", self.reader.site(item)) };
            let inner = self.filled(item, inner, depth + 1);
            frame.step(inner);
        }
        self.finish(frame, Subs::new());
    }

    /// A frame filled with the entries of a mapping, without finishing it.
    pub(crate) fn filled(&mut self, node: NodeRef<'t>, mut frame: Frame, depth: usize) -> Frame {
        if depth > DEEPEST || !self.spend() {
            return frame;
        }
        let items = self.items_of(node);
        if self.switch(&items, &mut frame).is_some() || self.stop_rule(&items, &frame) {
            return Frame { doings: Vec::new(), texts: Vec::new(), named: None, ..frame };
        }
        let mut subs = Subs::new();
        self.look_ahead(&items, &mut frame);
        for item in &items {
            self.entry(item, &mut frame, &mut subs, depth);
        }
        for (_, _, sub) in subs {
            frame.join(sub);
        }
        frame
    }
}

/// The same, at the outermost level: what such a section says there holds for the whole bot.
const OUTER_DETAILS: &[C] = &[C::Rate, C::Max, C::Per, C::Params, C::Keyword, C::Mode];

/// `visit: propose_slot` in a table of words: what people say, and what is done then.
fn is_said_word(key: &str, value: NodeRef<'_>) -> bool {
    let phrase = Phrase::read(key);
    value.kind() == Kind::Scalar
        && value.text().chars().any(char::is_alphabetic)
        && !matches!(value.text(), "true" | "false" | "on" | "off" | "yes" | "no")
        && !phrase.any(&[C::Text, C::Source, C::To, C::Mode, C::List, C::Max, C::Per])
}

/// Whether a key makes a list item a rule: it says what sets it off.
pub(crate) fn is_rule_key(phrase: &Phrase) -> bool {
    phrase.words.len() == 1 && (phrase.has(C::Trigger) || phrase.word("if"))
}

/// Whether something below is done to people outside: `team_check: { steps: [{ if: …, send_dm: … }] }`.
fn reaches_out(node: NodeRef<'_>, depth: usize) -> bool {
    let outside = |key: &Phrase| {
        sense::act(key).is_some_and(|act| {
            matches!(
                act.deed,
                Deed::Verb(
                    Verb::Dm
                        | Verb::Follow
                        | Verb::Unfollow
                        | Verb::Invite
                        | Verb::Like
                        | Verb::Kick
                        | Verb::Ban
                )
            )
        })
    };
    node.entries().any(|entry| {
        outside(&Phrase::read(entry.key.text())) || depth > 0 && reaches_out(entry.value, depth - 1)
    }) || depth > 0 && node.items().take(20).any(|item| reaches_out(item, depth - 1))
}

/// Whether a section is about people of the bot's own side: `staff`, `handover`, `tickets`, `alerts`.
pub(crate) fn is_inward(phrase: &Phrase) -> bool {
    const ASKED: [C; 10] = [
        C::Operator,
        C::Handoff,
        C::Ticket,
        C::Forward,
        C::Review,
        C::Idle,
        C::Say,
        C::Asked,
        C::To,
        C::Command,
    ];
    // Small words that only join may stand between: `parler_a_un_agent`.
    let fits = |word: &Word| {
        word.concepts.meets(Concepts::of(&ASKED)) || word.concepts.is_empty() && word.text.len() <= 3
    };
    phrase.words.iter().all(fits) && phrase.any(&[C::Operator, C::Handoff, C::Ticket, C::Forward])
}
