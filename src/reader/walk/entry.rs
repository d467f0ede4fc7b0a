//! One entry: what it is for, in this company.

use crate::reader::clauses::frame::Frame;
use crate::reader::concept::{Concept as C, Concepts};
use crate::reader::roles::value::{Given, given, is_address, is_sentence};
use crate::reader::sense::{self};
use crate::reader::speech::Speech;
use crate::reader::walk::section::is_switch;
use crate::reader::walk::{DEEPEST, Item, Subs, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// Last words of keys that say where a server is and how it is reached.
const SERVERS: [&str; 8] =
    ["host", "port", "mailer", "driver", "encryption", "scheme", "server", "transport"];

impl<'t> Walk<'t> {
    /// One entry: what it is for, in this company.
    pub(crate) fn entry(&mut self, item: &Item<'t>, frame: &mut Frame, subs: &mut Subs, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        if is_shared(item, frame) {
            self.mark(item.key, Use::Used);
            return;
        }
        let given = given(&self.reader, item.value);
        self.elsewhere |= self.vocabulary.speaks_of_another(&item.idioms);
        self.says_bot |= item.phrase.word("bot") || item.phrase.word("bots");
        if let Some(again) = self.brings_back(item) {
            if again {
                self.opt_out_fails(frame.account, self.reader.site(item.value));
            }
            self.mark(item.key, Use::Used);
            return;
        }
        // `never_say: [I'm a real person]`: what is not said.
        if item.value.kind() == Kind::Sequence
            && item.phrase.has(C::Not)
            && item.phrase.any(&[C::Say, C::Mention])
            && item.phrase.words.len() <= 3
        {
            self.mark(item.key, Use::Used);
            return;
        }
        // `no_answer: nothing`: whoever keeps silent is left alone.
        let left_alone = item.phrase.has(C::Idle)
            && given == Given::Said
            && item.value.kind() == Kind::Scalar
            && item.said().only(&[C::Not, C::Ignore, C::Disabled]);
        if left_alone {
            self.mark(item.key, Use::Used);
            return;
        }
        if given == Given::Said && self.denies_bot(item, frame) {
            self.mark(item.key, Use::Used);
            return;
        }
        // "do you follow me": what people ask a bot, and its answer.
        let asked = item.key.text().contains(' ')
            && item
                .key
                .text()
                .split(' ')
                .any(|word| matches!(word.to_lowercase().as_str(), "i" | "you" | "u" | "me"));
        if asked
            && !item.phrase.has(C::Stop)
            && given == Given::Said
            && item.value.kind() == Kind::Scalar
            && item.value.text().len() < 60
        {
            self.mark(item.key, Use::Used);
            return;
        }
        // `vote_closes: tue 12:00`: when something ends.
        let ends = ["closes", "opens", "ends", "starts", "deadline", "begins"];
        let last = item.phrase.words.last().map(|word| word.text.as_str());
        if item.phrase.words.len() >= 2
            && item.value.kind() == Kind::Scalar
            && last.is_some_and(|word| ends.contains(&word))
        {
            self.mark(item.key, Use::Used);
            return;
        }
        if self.is_said_elsewhere(item, frame) {
            self.mark(item.key, Use::Used);
            return;
        }
        // `"comment": "no more appeals!!"` of a whole file that cannot hold comments.
        let noted = ["note", "notes", "hint", "remark"].iter().any(|word| item.phrase.only_words(&[word]));
        let noted = noted && item.value.kind() == Kind::Scalar && is_remark(item.value.text());
        if noted && is_sentence(item.value.text()) {
            self.mark(item.key, Use::Clutter);
            return;
        }
        let remarks = item.value.kind() == Kind::Scalar && item.phrase.only(&[C::Comment]);
        let remarks = remarks && (frame.whole || is_remark(item.value.text()) && frame.triggers.is_empty());
        if remarks && !item.phrase.plural(C::Comment) && is_sentence(item.value.text()) {
            self.mark(item.key, Use::Clutter);
            return;
        }
        if self.is_label(item, given) || is_filter(item) || is_own_address(item) || is_told(item) {
            self.mark(item.key, Use::Used);
            return;
        }
        if given == Given::Said && item.value.kind() == Kind::Scalar && is_sentence(item.value.text()) {
            self.sentences += 1;
            self.overhear(item.value, frame.account);
        }
        let first = self.listens_to_everybody(item, given, frame)
            || self.chooses_notifications(item)
            || self.pings_room(item, given, frame)
            || self.asks_for_person(item, given, frame)
            || self.command(item, given, frame)
            || self.is_read_as_switch(item)
            || self.written_by_model(item, given, frame)
            || self.about_account(item, given, frame)
            || self.holds_credential(item)
            || self.way_out(item, frame)
            || self.stop_command(item, frame)
            || self.people_file(item, frame)
            || self.clutter(item, given)
            || self.inbound(item, given, frame, depth)
            || self.trigger(item, given, frame, depth)
            || self.one_sided(item, given, frame)
            || self.offence(item, given, frame, depth)
            || self.event_key(item, given, frame, depth);
        let second = !first
            && (self.group_acts(item, given, frame)
                || self.lasts(item, given, frame)
                || self.action(item, given, frame, depth)
                || self.slot(item, given, frame)
                || self.act(item, given, frame, subs, depth)
                || self.text(item, given, frame)
                || self.unnamed_acts(item, given, frame)
                || self.container(item, given, frame, depth));
        frame.fresh |= second;
        let taken = first || second;
        self.mark(item.key, if taken { Use::Used } else { Use::Unknown });
    }

    /// `reply: Reply`, `dm: Direct message`: words of an interface, and nothing that is done.
    pub(crate) fn is_label(&self, item: &Item<'t>, given: Given) -> bool {
        if given != Given::Said || item.value.kind() != Kind::Scalar || item.phrase.words.len() != 1 {
            return false;
        }
        let value = item.said();
        let same = |act: &sense::Act| {
            value.words.len() <= 2
                && value.unknown() == 0
                && sense::act(value).is_some_and(|said| said.deed == act.deed && said.event == act.event)
        };
        item.value.text().eq_ignore_ascii_case(item.key.text()) && value.unknown() == 0
            || item.value.text().starts_with(char::is_uppercase)
                && sense::act(&item.phrase).is_some_and(|act| same(&act))
    }

    fn is_read_as_switch(&self, item: &Item<'t>) -> bool {
        is_switch(&item.phrase)
            && item.value.kind() == Kind::Scalar
            && (given(&self.reader, item.value) != Given::Said || !item.phrase.word("on"))
    }

    /// Logging, storage and networks reach nobody.
    pub(crate) fn clutter(&mut self, item: &Item<'t>, given: Given) -> bool {
        let phrase = &item.phrase;
        let acts = Concepts::of(&[
            C::Follow,
            C::Unfollow,
            C::Like,
            C::Repost,
            C::Dm,
            C::Reply,
            C::Comment,
            C::Mention,
            C::Invite,
            C::Greet,
            C::Farewell,
            C::Nudge,
            C::Shame,
            C::Leaver,
            C::Trigger,
        ]);
        // `MAIL_HOST`, `smtp_port`: where a server is.
        let is_server = phrase.words.len() >= 2
            && phrase.has(C::Mail)
            && phrase.words.last().is_some_and(|word| SERVERS.contains(&word.text.as_str()));
        if is_server && item.value.kind() == Kind::Scalar {
            self.mark(item.key, Use::Clutter);
            return true;
        }
        let is_clutter = phrase.has(C::Clutter)
            && (!phrase.concepts.meets(acts) || ends_in_clutter(phrase) && item.value.kind() == Kind::Scalar);
        let is_said = given == Given::Said && is_sentence(item.value.text());
        let tells = is_said || holds_rules(item.value) || holds_persona(item.value);
        if is_clutter && !tells {
            self.mark(item.key, Use::Clutter);
            return true;
        }
        false
    }

    /// What any sentence of the file says about the account: that a person reads, that people asked.
    fn overhear(&mut self, value: NodeRef<'t>, account: usize) {
        if value.text().len() > 2000 {
            return;
        }
        let speech = Speech::of(value.text());
        let site = self.reader.site(value);
        if speech.read
            && !speech.unread
            && let Some(scope) = self.scope_of(account)
        {
            scope.read_by.get_or_insert(site);
        }
        if speech.agreed
            && let Some(scope) = self.scope_of(account)
        {
            scope.asked.get_or_insert(site);
        }
    }

    /// `collect: { comments: true, likes: true }` reads posts and sends nothing.
    pub(crate) fn only_collects(&self, item: &Item<'t>) -> bool {
        const READS: &[&str] = &[
            "collect",
            "collection",
            "collector",
            "fetch",
            "fetcher",
            "download",
            "ingest",
            "extract",
            "crawl",
            "crawler",
            "scrape",
            "scraper",
            "import",
            "export",
            "dataset",
        ];
        item.phrase.only_words(READS)
            && item.value.entries().all(|entry| {
                let key = Phrase::read(entry.key.text());
                !key.any(&[C::Action, C::Follow, C::Dm, C::Invite, C::Add])
            })
    }

    /// `scope: public_timeline`, `stream: federated`, `only_if_mentioned: false`: whose words it waits for.
    fn listens_to_everybody(&mut self, item: &Item<'t>, given: Given, frame: &Frame) -> bool {
        const PLACES: [&str; 6] = ["scope", "stream", "timeline", "listen", "range", "firehose"];
        const EVERYWHERE: [&str; 7] =
            ["federated", "firehose", "global", "anywhere", "search", "worldwide", "everywhere"];
        let phrase = &item.phrase;
        let names_place = phrase.words.len() <= 2 && PLACES.iter().any(|word| phrase.word(word));
        let everywhere = || {
            let value = item.said();
            value.words.len() <= 3 && (value.has(C::Public) || EVERYWHERE.iter().any(|word| value.word(word)))
        };
        let anybody = || phrase.only(&[C::To]) && item.value.text().starts_with("any_");
        let unasked = given == Given::Off && phrase.has(C::Only) && phrase.any(&[C::Mention, C::Ping]);
        let said = given == Given::Said && item.value.kind() == Kind::Scalar;
        if !(unasked || said && (names_place && everywhere() || anybody())) {
            return false;
        }
        let site = self.reader.site(item.value);
        if let Some(scope) = self.scope_of(frame.account) {
            scope.public.get_or_insert(site);
        }
        true
    }

    /// `notifications: { follow: true }` chooses what the operator hears of.
    fn chooses_notifications(&self, item: &Item<'t>) -> bool {
        item.phrase.only_words(&["notification", "notifications", "alerts"])
            && item.value.entries().any(|entry| given(&self.reader, entry.value) == Given::On)
    }
}

/// Whether a text under `comment` is for whoever reads the file: it starts small and speaks to nobody.
fn is_remark(text: &str) -> bool {
    let speaks = text.contains(['{', '!', '?', '@', '#'])
        || text.split(|letter: char| !letter.is_alphanumeric()).any(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "you" | "your" | "u" | "du" | "dein" | "tu" | "te" | "vous"
            )
        });
    text.trim().starts_with(char::is_lowercase) && !speaks
}

/// `llm: { model: …, system_prompt: … }`: how a language model shall speak stands among how it is reached.
fn holds_persona(value: NodeRef<'_>) -> bool {
    value
        .entries()
        .any(|entry| Phrase::read(entry.key.text()).has(C::Persona) && is_sentence(entry.value.text()))
}

/// `x-defaults: &base { … }`: what accounts and jobs take over with `<<: *base` does nothing by itself.
fn is_shared(item: &Item<'_>, frame: &Frame) -> bool {
    const NAMES: [&str; 7] = ["defaults", "default", "base", "common", "shared", "template", "templates"];
    frame.name.is_empty()
        && item.value.kind() == Kind::Mapping
        && item.value.anchor().is_some()
        && (item.key.text().starts_with(['_', '.'])
            || item.key.text().starts_with("x-")
            || item.phrase.words.iter().any(|word| NAMES.contains(&word.text.as_str())))
}

/// `filters: { max_likes: 2000 }`: numbers that a post must have, and no limits of the bot.
fn is_filter(item: &Item<'_>) -> bool {
    item.value.kind() == Kind::Mapping
        && (item.phrase.word("filter") || item.phrase.word("filters"))
        && item.value.entries().all(|entry| {
            entry.value.kind() == Kind::Scalar
                && (Phrase::read(entry.key.text()).any(&[C::Min, C::Max])
                    || matches!(entry.value.text(), "true" | "false"))
        })
}

/// `email: me@example.org`: the address that it signs in with.
fn is_own_address(item: &Item<'_>) -> bool {
    item.phrase.words.len() == 1
        && (item.phrase.word("email") || item.phrase.word("mail"))
        && item.value.kind() == Kind::Scalar
        && is_address(item.value.text())
}

/// `subscriptions: [{ type: follow, version: 2 }]`: events that a program is told of, and nothing that it does.
fn is_told(item: &Item<'_>) -> bool {
    const DETAILS: [&str; 8] = ["type", "event", "version", "url", "name", "id", "method", "transport"];
    item.value.kind() == Kind::Sequence
        && ["subscription", "subscriptions", "webhook", "webhooks"].iter().any(|word| item.phrase.word(word))
        && item.value.items().all(|told| {
            told.kind() == Kind::Mapping
                && told
                    .entries()
                    .all(|entry| entry.value.kind() == Kind::Scalar && DETAILS.contains(&entry.key.text()))
        })
}

/// Whether sections below say what sets them off and what they do: `workers: { greeter: { on: join, do: greet } }`.
fn holds_rules(node: NodeRef<'_>) -> bool {
    let is_rule = |section: NodeRef<'_>| {
        let has = |concepts: &[C]| {
            section.entries().any(|entry| {
                let key = Phrase::read(entry.key.text());
                key.words.len() == 1 && key.any(concepts)
            })
        };
        has(&[C::Trigger, C::Schedule]) && has(&[C::Action, C::Text, C::Follow, C::Forward])
    };
    // `member_log: { on_leave: { text: "…" } }`
    let is_handler = |key: &str, section: NodeRef<'_>| {
        Phrase::read(key).starts(C::Trigger)
            && section.entries().any(|entry| Phrase::read(entry.key.text()).has(C::Text))
    };
    node.entries().take(50).any(|entry| {
        entry.value.kind() == Kind::Mapping
            && (is_rule(entry.value) || is_handler(entry.key.text(), entry.value))
    })
}

/// Whether the last word that is no switch reaches nobody: `response_cache_enabled`.
fn ends_in_clutter(phrase: &Phrase) -> bool {
    let last = phrase.words.iter().rev().find(|word| !word.concepts.has(C::Enabled));
    last.is_some_and(|word| word.concepts.has(C::Clutter))
}
