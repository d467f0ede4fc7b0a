//! A second look at whom a bot answers, in whatever words: everybody who writes anything, other bots, itself, the same
//! person without end.

use crate::model::Site;
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, given};
use crate::reader::walk::{DEEPEST, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// As many words as a value has that says whom it answers.
const MOST_WORDS: usize = 9;
/// Words for posts that nobody addressed to the bot.
const ALL: [&str; 9] = ["any", "all", "every", "each", "untagged", "public", "home", "federated", "global"];
/// Words by which somebody is let in.
const LETS_IN: [&str; 9] =
    ["include", "includes", "allow", "allowed", "allows", "welcome", "permitted", "yes", "count"];
/// Beginnings of words by which somebody is kept out.
const KEEPS_OUT: [&str; 9] =
    ["ignor", "skip", "exclud", "filter", "guard", "block", "detect", "protect", "human"];
/// Words for how long an exchange goes on.
const LENGTHS: [&str; 9] =
    ["chain", "turns", "rounds", "depth", "thread", "streak", "exchange", "exchanges", "loop"];

/// What was found: whose words it waits for, and what keeps nothing from going on.
#[derive(Default)]
struct Open<'t> {
    everybody: Option<(NodeRef<'t>, Site)>,
    unguarded: Vec<(NodeRef<'t>, Site)>,
}

impl<'t> Walk<'t> {
    /// Looks once more at whom the bot answers.
    pub(crate) fn look_for_unasked(&mut self, document: NodeRef<'t>) {
        let mut open = Open::default();
        self.unasked(document, &mut open, 0);
        if let Some((key, site)) = open.everybody {
            if let Some(scope) = self.scope_of(0) {
                scope.public.get_or_insert(site);
            }
            self.mark(key, Use::Used);
        }
        let known = self.scopes.first().map(|scope| scope.account.unguarded.clone()).unwrap_or_default();
        for (key, site) in open.unguarded.into_iter().filter(|(_, site)| !known.contains(site)).take(3) {
            self.unguarded(0, site);
            self.mark(key, Use::Used);
        }
    }

    fn unasked(&mut self, node: NodeRef<'t>, open: &mut Open<'t>, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        for item in node.items().take(100) {
            self.unasked(item, open, depth + 1);
        }
        for entry in node.entries().take(200) {
            let phrase = self.phrase(entry.key);
            let site = self.reader.site(entry.value);
            if open.everybody.is_none() && self.hears_everybody(&phrase, entry.value) {
                open.everybody = Some((entry.key, site));
            }
            if self.lets_go_on(&phrase, entry.value) {
                open.unguarded.push((entry.key, site));
            }
            if entry.value.kind() != Kind::Scalar {
                self.unasked(entry.value, open, depth + 1);
            }
        }
    }

    /// `trigger: any_public_post`, `input: all public posts`, `to_non_mentions: true`.
    fn hears_everybody(&mut self, phrase: &Phrase, value: NodeRef<'t>) -> bool {
        const WAITS: [C; 4] = [C::Trigger, C::Source, C::Keyword, C::Reply];
        const NAMES: [&str; 7] = ["input", "scan", "listen", "scope", "range", "stream", "answer"];
        let everybody = |said: &Phrase| {
            let all = ALL.iter().any(|word| said.word(word)) || said.any(&[C::Everyone, C::Public]);
            let posts = said.any(&[C::Post, C::Message])
                || ["timeline", "feed", "hashtag", "line"].iter().any(|word| said.word(word));
            all && posts && !said.any(&[C::Not, C::Mention, C::Ping, C::New, C::Member, C::Follower])
        };
        match given(&self.reader, value) {
            Given::Said => {
                let waits = phrase.words.len() <= 3
                    && (phrase.any(&WAITS) || NAMES.iter().any(|word| phrase.word(word)))
                    && !phrase.any(&[C::Text, C::Except, C::Ignore]);
                waits
                    && self.reader.texts(value).iter().any(|text| {
                        let said = Phrase::read(&text.text);
                        said.words.len() <= MOST_WORDS && everybody(&said)
                    })
            }
            Given::On => phrase.has(C::Reply) && phrase.words.len() <= 5 && everybody(phrase),
            _ => false,
        }
    }

    /// `other_bots: answer`, `humans_only: false`, `turns: unbounded`, `cooldown: 0`.
    fn lets_go_on(&mut self, phrase: &Phrase, value: NodeRef<'t>) -> bool {
        if phrase.words.len() > 6 || phrase.any(&[C::Text, C::Stop, C::Follow, C::Unfollow, C::Dm, C::Post]) {
            return false;
        }
        let machines = |said: &Phrase| said.any(&[C::Bots, C::SelfAccount]);
        let keeps_out = phrase.any(&[C::Except, C::Ignore, C::Guard])
            || KEEPS_OUT.iter().any(|start| phrase.words.iter().any(|word| word.text.starts_with(start)));
        let lets_in = LETS_IN.iter().any(|word| phrase.word(word)) || phrase.has(C::Reply);
        let lasts = phrase.any(&[C::Max, C::Once, C::Again]) || phrase.word("cooldown");
        let lasts = lasts && phrase.any(&[C::Reply, C::People, C::Operator, C::Per, C::Keyword])
            || LENGTHS.iter().any(|word| phrase.word(word));
        let humans = ["human", "humans"].iter().any(|word| phrase.word(word)) && phrase.has(C::Only);
        match given(&self.reader, value) {
            Given::Off | Given::Number(0.0) | Given::Nothing if keeps_out && (machines(phrase) || humans) => {
                true
            }
            Given::On => !keeps_out && machines(phrase) && lets_in,
            Given::Unlimited => lasts,
            Given::Number(number) => lasts && (number <= 0.0 || number >= 1000.0) && !phrase.has(C::Once),
            Given::Off => lasts && phrase.has(C::Once),
            Given::Said if value.kind() == Kind::Scalar => {
                let said = Phrase::read(value.text());
                let short = said.words.len() <= 3;
                let lets = LETS_IN.iter().any(|word| said.word(word)) || said.has(C::Reply);
                let never = said.any(&[C::Not, C::Disabled, C::Ignore, C::Unlimited, C::Again]);
                short
                    && (machines(phrase) && if keeps_out { never } else { lets && !said.has(C::Not) }
                        || lasts && said.any(&[C::Unlimited, C::Not, C::Again]))
            }
            Given::Said => {
                let answers = phrase.any(&[C::Reply, C::To])
                    || ["engage", "react"].iter().any(|word| phrase.word(word));
                answers
                    && !keeps_out
                    && !phrase.has(C::Not)
                    && self
                        .reader
                        .texts(value)
                        .iter()
                        .any(|text| Phrase::read(&text.text).only(&[C::Bots, C::SelfAccount]))
            }
            _ => false,
        }
    }
}
