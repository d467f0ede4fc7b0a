//! Acts in the place of an action: `do: [like, follow]`, `then: ignore`.

use crate::model::{Audience, AudienceKind, Event, Site, Stated, Verb};
use crate::reader::clauses::frame::{Doing, Frame, Said};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, duration_in, is_sentence};
use crate::reader::sense::{self, Act, Deed};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

impl<'t> Walk<'t> {
    /// `then: follow_back`, `actions: [like, retweet]`, `do: { reply: "…" }`.
    pub(crate) fn action(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame, depth: usize) -> bool {
        let phrase = &item.phrase;
        // `mode: follow` says what is done, too.
        let modes =
            phrase.has(C::Mode) && phrase.unknown() <= 1 && phrase.words.len() <= 2 && given == Given::Said;
        let is_role = phrase.any(&[C::Action, C::Mode])
            && (modes
                || phrase.only(&[
                    C::Action,
                    C::Mode,
                    C::Trigger,
                    C::Fallback,
                    C::Items,
                    C::Delay,
                    C::Except,
                    C::OneSided,
                    C::Sister,
                    C::Not,
                ]));
        // `{ step: follow, limit: 40 }`
        let names_step = phrase.words.len() == 1
            && ["step", "steps", "op", "task", "tasks"].iter().any(|word| phrase.word(word))
            && item.value.kind() == Kind::Scalar
            && {
                let value = item.said();
                value.words.len() <= 3 && sense::act(value).is_some()
            };
        // `respond_with: follow`
        let responds = phrase.words.len() == 2
            && phrase.any(&[C::Reply, C::React])
            && phrase.words.last().is_some_and(|word| word.text == "with")
            && given == Given::Said
            && item.value.kind() == Kind::Scalar
            && sense::act(item.said()).is_some_and(|act| !act.deed.speaks() && item.said().words.len() <= 3);
        let is_role = is_role || names_step || responds;
        if !is_role || !matches!(given, Given::Said | Given::Nested) {
            return false;
        }
        // `do_not: [dm, follow]`
        if phrase.has(C::Not) && !phrase.has(C::OneSided) {
            return true;
        }
        if phrase.has(C::OneSided) {
            frame.audiences.push(Audience::new(AudienceKind::NonFollowers, self.reader.site(item.key)));
        }
        let before = (frame.doings.len(), frame.texts.len(), frame.guards.len(), frame.audiences.len());
        if given == Given::Nested && item.value.kind() == Kind::Mapping && phrase.has(C::Mode) {
            return false;
        }
        // A list of whole automations under `tasks` or `jobs` is a list of sections.
        if item.value.kind() == Kind::Sequence && self.holds_sections(item.value) {
            let inner = frame.inner(item.key.text(), self.reader.site(item.key));
            self.node(item.value, inner, depth + 1);
            return true;
        }
        if item.value.kind() == Kind::Mapping && (phrase.plural(C::Action) || phrase.words.len() > 1) {
            return false;
        }
        // `mode: edit_one_message` says how, and sends nothing.
        let says_how = |text: &str| {
            sense::act(&Phrase::read(text)).is_some_and(|act| matches!(act.deed, Deed::Message | Deed::Say))
        };
        if modes && item.value.kind() == Kind::Scalar && says_how(item.value.text()) {
            return true;
        }
        if item.value.kind() == Kind::Scalar
            && let Some(schedule) = crate::reader::roles::value::schedule_in(item.value.text())
        {
            // `run: "*/20 7-22 * * *"`
            frame.schedule = Stated::Known(schedule, self.reader.site(item.value));
            return true;
        }
        self.acts(item.value, frame, depth + 1);
        if item.value.kind() == Kind::Scalar
            && before.0 == frame.doings.len()
            && before.1 == frame.texts.len()
        {
            // `kind: followers_of`
            let value = item.said();
            if let Some(kind) =
                sense::people(value).filter(|kind| *kind != AudienceKind::Operator && value.words.len() <= 4)
            {
                frame.audiences.push(Audience::new(kind, self.reader.site(item.value)));
            }
        }
        before != (frame.doings.len(), frame.texts.len(), frame.guards.len(), frame.audiences.len())
    }

    /// `fans_do: [like, repost]`: what some accounts of the file do.
    pub(crate) fn group_acts(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        // `after_post: { shop_north: [repost, like] }`
        if frame.joint
            && given == Given::Said
            && let Some(handle) = self.own_account(item.key.text()).map(str::to_owned)
            && frame.event().is_some()
        {
            let site = self.reader.site(item.key);
            frame.voices.push(crate::model::Text { text: handle, site });
            let before = frame.doings.len();
            self.acts(item.value, frame, 0);
            let known: Vec<Deed> = frame.doings.iter().take(before).map(|doing| doing.deed).collect();
            let mut number = 0;
            frame.doings.retain(|doing| {
                number += 1;
                number <= before || !known.contains(&doing.deed)
            });
            return true;
        }
        let Some((who, does)) = item.key.text().rsplit_once(['_', '-', ' ', '.']) else { return false };
        if !frame.joint
            || !matches!(given, Given::Said | Given::Nested)
            || !Phrase::read(does).only(&[C::Action])
        {
            return false;
        }
        let who = who.to_lowercase();
        // `others_do: [like, comment]` after a post of one of them.
        const OTHERS: [&str; 8] =
            ["others", "rest", "andere", "autres", "otros", "outros", "altri", "overige"];
        if OTHERS.contains(&who.as_str()) && frame.event() == Some(Event::PostBy) {
            self.acts(item.value, frame, 0);
            return true;
        }
        let singular = crate::reader::words::tokens::singular(&who);
        let Some(names) = self.groups.get(&who).or_else(|| self.groups.get(&singular)) else { return false };
        let own = |name: &&NodeRef<'t>| {
            self.own_sections.contains_key(&name.text().trim_start_matches('@').to_lowercase())
        };
        let voices: Vec<_> = names.iter().filter(own).map(|name| self.reader.text(*name)).collect();
        if voices.is_empty() {
            return false;
        }
        frame.voices.extend(voices);
        self.acts(item.value, frame, 0);
        true
    }

    /// `others: [boost, favourite]`: a list that names nothing but acts, in a rule.
    pub(crate) fn unnamed_acts(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        if given != Given::Said || item.value.kind() != Kind::Sequence {
            return false;
        }
        let told = item.value.items().filter(|value| is_instruction(value.text())).count();
        if told >= 2 && told * 2 >= item.value.items().count() {
            self.acts(item.value, frame, 0);
            return true;
        }
        // `steps: [pick_saved_user, load_followers, follow_user]`: what is done, beside what the program does for it.
        let key = &item.phrase;
        let steps = key.any(&[C::Sequence, C::Action])
            || ["steps", "pipeline", "chain"].iter().any(|word| key.word(word));
        let short = item.value.items().all(|step| !is_sentence(step.text()));
        let acts = |step: NodeRef<'t>| {
            sense::act(&Phrase::read(step.text().split(':').next().unwrap_or_default())).is_some_and(|act| {
                !matches!(act.deed, Deed::Collect | Deed::Review | Deed::Verb(Verb::ListAdd))
            })
        };
        if steps && short && item.value.items().any(acts) {
            for step in item.value.items() {
                self.step_named(step, frame);
            }
            return true;
        }
        if !frame.joint || frame.triggers.is_empty() {
            return false;
        }
        let all = item.value.items().all(|value| {
            let phrase = Phrase::read(value.text());
            phrase.words.len() <= 3 && sense::act(&phrase).is_some()
        });
        if all {
            self.acts(item.value, frame, 0);
        }
        all
    }

    /// One step of a list by its name: an act, or whom and what the acts after it are for.
    fn step_named(&mut self, step: NodeRef<'t>, frame: &mut Frame) {
        let text = step.text();
        let (name, detail) = text.split_once(':').unwrap_or((text, ""));
        let phrase = Phrase::read(name);
        let site = self.reader.site(step);
        let looks = phrase.any(&[C::Collect, C::Keyword])
            || ["load", "fetch", "get", "pick", "find", "open"].iter().any(|word| phrase.word(word));
        if looks && phrase.has(C::Follower) {
            frame.audiences.push(Audience::new(AudienceKind::FollowersOf, site));
        } else if looks && !detail.is_empty() {
            let of = vec![crate::model::Text { text: detail.trim().to_owned(), site }];
            frame.audiences.push(Audience::new(AudienceKind::Search, site).of(of));
        } else if !looks {
            self.acts(step, frame, 0);
        }
    }

    /// Whether the items of a list are automations of their own rather than acts of one.
    fn holds_sections(&mut self, node: NodeRef<'t>) -> bool {
        let items: Vec<NodeRef<'t>> = node.items().take(8).collect();
        let mut sections = 0;
        for item in &items {
            let entries = self.items_of(*item);
            let triggers = entries.iter().any(|entry| {
                entry.phrase.words.len() == 1
                    && entry.phrase.any(&[C::Trigger, C::Schedule])
                    && !entry.phrase.has(C::Delay)
                    || entry.phrase.word("every")
            });
            sections += usize::from(triggers);
        }
        sections > 0
    }

    /// What a value says is done.
    pub(crate) fn acts(&mut self, value: NodeRef<'t>, frame: &mut Frame, depth: usize) {
        match value.kind() {
            Kind::Scalar => self.act_named(value, frame),
            Kind::Sequence => {
                for item in value.items() {
                    match item.kind() {
                        Kind::Mapping => {
                            let inner = Frame { joint: true, ..frame.inner("", self.reader.site(item)) };
                            let inner = self.filled(item, inner, depth + 1);
                            frame.join(inner);
                        }
                        _ => self.acts(item, frame, depth + 1),
                    }
                }
            }
            Kind::Mapping => {
                let inner = Frame { joint: true, ..frame.inner("", self.reader.site(value)) };
                let inner = self.filled(value, inner, depth + 1);
                frame.join(inner);
            }
        }
    }

    /// One or several acts that a scalar names: `follow_back`, `repost+like`, `send:welcome`, a text to be said.
    fn act_named(&mut self, value: NodeRef<'t>, frame: &mut Frame) {
        let text = value.text();
        let site = self.reader.site(value);
        if is_description(text) {
            let phrase = Phrase::read(text);
            if phrase.has(C::Review) {
                frame.guards.push(crate::model::Guard::new(crate::model::GuardKind::Approval, site));
            } else if phrase.any(&[C::Reply, C::Operator]) {
                frame.doings.push(Doing::of(Deed::Pass, site));
            }
            return;
        }
        // `post "It is {hh}:{mm}."`: an act and its words.
        if let Some((act, words)) = act_and_words(text) {
            let mut doing = Doing::new(&act, site);
            doing.texts.push(Said::of(crate::model::Text { text: words.to_owned(), site }));
            frame.doings.push(doing);
            return;
        }
        if is_instruction(text) {
            for part in text
                .split([',', ';'])
                .flat_map(|part| part.split(" and "))
                .flat_map(|part| part.split(" then "))
            {
                let phrase = Phrase::read(part);
                if phrase.has(C::Again) {
                    frame.repeats = Stated::Known(true, site);
                }
                if let Some(act) = sense::act(&phrase) {
                    self.put(act, site, &phrase, frame);
                    let nobody = act.people.is_none() && phrase.any(&[C::Everyone, C::People]);
                    if let (true, Some(doing)) = (
                        nobody && matches!(act.deed, Deed::Verb(Verb::Follow | Verb::Like | Verb::Comment)),
                        frame.doings.last_mut(),
                    ) {
                        doing.audiences.push(Audience::new(AudienceKind::Random, site));
                    }
                }
            }
            return;
        }
        if is_sentence(text) && text.len() > 30 || is_sentence(text) && text.contains(['{', '!', '?', '@']) {
            let text = self.reader.text(value);
            frame.texts.push(Said::of(text));
            return;
        }
        let mut understood = false;
        for part in text.split(['+', ',', ';', '&', '|']).map(str::trim).filter(|part| !part.is_empty()) {
            let (name, detail) = match part.split_once(':') {
                Some((name, detail)) if !detail.starts_with("//") => (name, Some(detail.trim())),
                _ => (part, None),
            };
            // `kim.repost`: the own account that acts.
            let voice = name.split_once('.').and_then(|(who, _)| self.own_account(who)).map(str::to_owned);
            let name = match name.split_once('.') {
                Some((_, act)) if voice.is_some() => act,
                _ => name,
            };
            let phrase = Phrase::read(name);
            if phrase.has(C::Again) && !phrase.any(&[C::Follow, C::Text]) {
                frame.repeats = Stated::Known(true, site);
                understood = true;
                // `add_again` is done once more.
                if sense::act(&phrase).is_none() {
                    continue;
                }
            }
            // `then: person`, `go: front_desk`
            if phrase.only(&[C::Operator]) {
                frame.doings.push(Doing::of(Deed::Pass, site));
                understood = true;
                continue;
            }
            // As a setting it is how long to wait.
            let times_out = phrase.only_words(&["timeout"]).then_some(Act::of(Deed::Verb(Verb::Timeout)));
            let Some(act) = times_out.or_else(|| sense::act(&phrase)) else { continue };
            understood = true;
            self.put(act, site, &phrase, frame);
            if let (Some(text), Some(doing)) = (voice, frame.doings.last_mut()) {
                doing.voices.push(crate::model::Text { text, site });
            }
            if let (Some(detail), Some(doing)) = (detail, frame.doings.last_mut()) {
                detail_of(doing, detail, site);
                let texts = self.texts_named(detail);
                if let Some(doing) = frame.doings.last_mut() {
                    doing.texts.extend(texts.into_iter().map(Said::of));
                }
            }
        }
        if !understood {
            let texts = self.texts_named(text);
            // `fallback: Please read our FAQ again`
            let is_said = texts.is_empty() && is_sentence(text) && text.starts_with(char::is_uppercase);
            let own = is_said.then(|| self.reader.text(value));
            frame.texts.extend(texts.into_iter().chain(own).map(Said::of));
        }
    }

    /// Adds an act to a frame; some acts say something of the others instead.
    pub(crate) fn put(&mut self, act: Act, site: Site, phrase: &Phrase, frame: &mut Frame) {
        if act.negated && !matches!(act.deed, Deed::Ignore | Deed::Close) {
            return;
        }
        match act.deed {
            Deed::Review => {
                frame.guards.push(crate::model::Guard::new(crate::model::GuardKind::Approval, site))
            }
            Deed::Collect if frame.doings.is_empty() || phrase.words.len() == 1 => {
                frame.collects.get_or_insert(site);
                if let Some(kind) = act.people {
                    frame.audiences.push(Audience::new(kind, site));
                }
            }
            _ => frame.doings.push(Doing::new(&act, site)),
        }
    }
}

/// The act and the words of `toot 'Good morning'`.
fn act_and_words(text: &str) -> Option<(Act, &str)> {
    let (name, said) = text.trim().split_once(' ')?;
    let quote = said.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let words = said.strip_prefix(quote)?.strip_suffix(quote).filter(|words| !words.contains(quote))?;
    let act = sense::act(&Phrase::read(name)).filter(|act| !act.negated && !words.is_empty())?;
    Some((act, words))
}

/// Whether a sentence describes what people do: `sam ticks the ones she wants to read`.
fn is_description(text: &str) -> bool {
    let text = text.trim();
    let starts = text.chars().next().is_some_and(char::is_lowercase);
    let speaks = text.contains(['{', '!', '?', '"'])
        || text
            .to_lowercase()
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| matches!(word, "you" | "your" | "i" | "we" | "du" | "tu" | "vous"));
    starts && !speaks && text.split_whitespace().count() >= 4 && !is_instruction(text)
}

/// Whether a sentence tells what to do rather than being said to somebody: `add every contact and send the link`.
pub(crate) fn is_instruction(text: &str) -> bool {
    let text = text.trim();
    let starts = text.chars().next().is_some_and(char::is_lowercase);
    if !starts
        || text.len() > 160
        || text.split_whitespace().count() < 3
        || text.contains(['{', '!', '?', '@', '"'])
    {
        return false;
    }
    let first = Phrase::read(text.split_whitespace().next().unwrap_or_default());
    let mut words = text.split(|letter: char| !letter.is_alphanumeric()).peekable();
    let mut addresses = false;
    while let Some(word) = words.next() {
        // `segui i seguaci`: an article, where people follow.
        let mut article = || words.peek().is_some_and(|next| sense::people(&Phrase::read(next)).is_some());
        addresses |= matches!(word, "you" | "your" | "we") || word == "i" && !article();
    }
    !addresses && sense::act(&first).is_some()
}

/// `send:welcome`, `wait:24h`, `boost:from_sister`: what stands behind the name of an act.
fn detail_of(doing: &mut Doing, detail: &str, site: Site) {
    if let Some(days) = duration_in(detail) {
        doing.delay = Stated::Known(days, site);
        return;
    }
    if let Some(kind) = sense::people(&Phrase::read(detail)) {
        doing.audiences.push(Audience::new(kind, site));
    }
}
