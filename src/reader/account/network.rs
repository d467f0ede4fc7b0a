//! Accounts of one owner that act on each other's posts: whose posts a rule waits for and who acts on them, where it
//! leaves that to the list of accounts.

use std::collections::BTreeSet;

use crate::model::{Audience, AudienceKind, Event, Site, Text, Trigger, Verb};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, listed};
use crate::reader::sense::{Act, Deed};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::reader::words::tokens::singular;
use crate::syntax::Kind;

/// Names for the account that the others are there for.
const MAIN: [&str; 17] = [
    "main",
    "lead",
    "primary",
    "principal",
    "principale",
    "haupt",
    "hauptkonto",
    "hoofd",
    "ana",
    "asil",
    "source",
    "origin",
    "head",
    "leader",
    "mother",
    "flagship",
    "main_account",
];
/// Words for all accounts of the list.
const ALL: [&str; 15] = [
    "*", "any", "all", "each", "every", "everyone", "alle", "jeder", "tous", "toutes", "todas", "todos",
    "tutti", "hepsi", "anyone",
];

impl<'t> Walk<'t> {
    /// The own accounts that a name means: one of them, a group, the main one, or all. Empty where it means none.
    pub(crate) fn own_group(&self, name: &str) -> Vec<String> {
        let name = name.trim().trim_start_matches('@').trim_end_matches(".*").to_lowercase();
        if let Some(handle) = self.own_sections.get(&name) {
            return vec![handle.clone()];
        }
        let own = self.own_handles.iter().chain(&self.main_account);
        if let Some(handle) = own.into_iter().find(|handle| handle.to_lowercase() == name) {
            return vec![handle.clone()];
        }
        if ALL.contains(&name.as_str()) {
            return self.own_handles.clone();
        }
        let group = self
            .groups
            .get(&name)
            .or_else(|| self.groups.get(&singular(&name)))
            .or_else(|| self.groups.get(&format!("{name}s")));
        let handles: Vec<String> = group
            .into_iter()
            .flatten()
            .take(50)
            .filter_map(|node| self.own_account(node.text()).map(str::to_owned))
            .collect();
        if handles.is_empty() && MAIN.contains(&name.as_str()) {
            return self.main_account.iter().cloned().collect();
        }
        handles
    }

    /// The own accounts that names mean, each where its name stands.
    fn own_named(&self, names: &[Text]) -> Vec<Text> {
        let of = |name: &Text| {
            let site = name.site;
            self.own_group(&name.text).into_iter().map(move |text| Text { text, site })
        };
        names.iter().flat_map(of).collect()
    }

    /// `boosts: [tips, roses]` of one of the own accounts, `forward_between: own_channels` of all of them: what the
    /// others post is repeated.
    pub(crate) fn repeats_own(&mut self, item: &Item<'t>, act: Act, given: Given, frame: &Frame) -> bool {
        if given != Given::Said || !repeats(act.deed) || self.own_handles.len() < 2 {
            return false;
        }
        let names = listed(&self.reader, item.value);
        let each = !names.is_empty() && names.iter().all(|name| self.own_account(&name.text).is_some());
        let group = || item.value.kind() == Kind::Scalar && !self.means_all_own(item.value.text());
        let of = match each {
            true => self.own_named(&names),
            false if group() => self.own_named(&[self.reader.text(item.value)]),
            false => Vec::new(),
        };
        if of.is_empty() || !each && of.len() < 2 {
            return false;
        }
        let key = self.reader.site(item.key);
        let mut sub = Frame { joint: true, ..frame.inner(item.key.text(), key) };
        sub.triggers = vec![posts_of(of, self.reader.site(item.value))];
        if each {
            sub.voices.extend(self.account_of_section(frame));
        }
        sub.doings.push(Doing::new(&act, key));
        self.clause(sub);
        true
    }

    /// The own account that a section is about: by its key, or because the section signs in itself.
    fn account_of_section(&self, frame: &Frame) -> Option<Text> {
        let scope = self.scopes.get(frame.account).filter(|_| frame.account > 0);
        let itself = scope.and_then(|scope| scope.account.identity.handle.known()).map(String::as_str);
        let section = frame.name.rsplit('.').next().unwrap_or_default();
        let handle = self.own_account(section).or(itself)?;
        Some(Text { text: handle.trim_start_matches('@').to_owned(), site: frame.site })
    }

    /// Whether a word means all of the own accounts.
    pub(crate) fn means_all_own(&self, name: &str) -> bool {
        self.own_handles.len() >= 2 && ALL.contains(&name.trim().to_lowercase().as_str())
    }

    /// `[crosspost] from = main, to = [kids, salsa]`: own accounts repeat what another one says. Takes the entry that
    /// says from where, or by whom.
    pub(crate) fn carries(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        // `de: principal`, `a: [musica]`: words so short mean much else in other places.
        let from = phrase.only(&[C::Source]) || matches!(item.key.text(), "de" | "da" | "van" | "di");
        let to =
            phrase.only(&[C::To]) || matches!(item.key.text(), "a" | "à" | "para" | "vers" | "nach" | "naar");
        let section = self.named_after_repeating(frame);
        let waits = matches!(frame.event(), Some(Event::PostBy | Event::PostMatch));
        // `on_status: { by: shop }`
        let from = from || waits && phrase.only_words(&["by"]);
        if self.own_handles.len() < 2
            || given != Given::Said
            || !(from && (waits || section.is_some()) || to && section.is_some())
        {
            return false;
        }
        let names = listed(&self.reader, item.value);
        let own = self.own_named(&names);
        if names.is_empty() || own.len() < names.len() {
            return false;
        }
        let site = self.reader.site(item.value);
        if from {
            let unsaid = |trigger: &Trigger| trigger.event == Event::PostMatch && trigger.filters.is_empty();
            frame.triggers.retain(|trigger| trigger.event != Event::PostBy && !unsaid(trigger));
            frame.triggers.push(posts_of(own, site));
            frame.joint = true;
        } else {
            frame.voices.extend(own);
        }
        if let (Some((act, _)), true) = (section, frame.doings.is_empty()) {
            frame.doings.push(Doing::new(&act, self.reader.site(item.key)));
        }
        true
    }

    /// The act of repeating that the section is called after, with the place of its name.
    fn named_after_repeating(&self, frame: &Frame) -> Option<(Act, Site)> {
        let named = frame.named.or_else(|| {
            let name = Phrase::read(frame.name.rsplit('.').find(|name| !name.is_empty())?);
            let echoes = name.has(C::Sister) || ["echo", "sync", "bridge"].iter().any(|word| name.word(word));
            let echo = echoes.then_some(Act::of(Deed::Mirror));
            Some((crate::reader::sense::act(&name).or(echo)?, frame.site))
        });
        named.filter(|(act, _)| repeats(act.deed))
    }

    /// `[crosspost] main = kids, salsa`: by whom the posts of each account are repeated. Returns whether the section is
    /// such a table.
    pub(crate) fn own_table(&mut self, items: &[Item<'t>], frame: &Frame) -> bool {
        const FEWEST: usize = 2;
        let is_row = |item: &Item<'t>| {
            let names = listed(&self.reader, item.value);
            self.own_account(item.key.text()).is_some()
                && !names.is_empty()
                && names.iter().all(|name| self.own_account(&name.text).is_some())
        };
        let rows: Vec<bool> = items.iter().map(is_row).collect();
        let Some((act, _)) = self.named_after_repeating(frame) else { return false };
        if rows.iter().filter(|is_row| **is_row).count() < FEWEST {
            return false;
        }
        for item in items.iter().zip(&rows).filter(|(_, is_row)| **is_row).map(|(item, _)| item) {
            let site = self.reader.site(item.key);
            let mut inner = Frame { joint: true, ..frame.inner(item.key.text(), site) };
            inner.triggers = vec![posts_of(self.own_named(&[self.reader.text(item.key)]), site)];
            inner.voices = self.own_named(&listed(&self.reader, item.value));
            inner.doings.push(Doing::new(&act, site));
            self.mark(item.key, crate::reader::walk::Use::Used);
            self.clause(inner);
        }
        true
    }

    /// `any account publishes`, `post.author in accounts`: posts of the own accounts that a condition names.
    pub(crate) fn own_posts_in(&self, text: &str, site: Site) -> Option<Trigger> {
        const LONGEST: usize = 120;
        // In some languages what is posted is a message.
        let value = Phrase::read(text);
        let posts = value.has(C::Post) || value.has(C::Message) && value.has(C::New);
        if self.own_handles.len() < 2 || text.len() > LONGEST || !posts {
            return None;
        }
        let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-');
        let names =
            || words.clone().flat_map(|word| word.split('_').chain((word.contains('_')).then_some(word)));
        let of_all = names().any(|word| {
            matches!(word, "account" | "accounts" | "profile" | "voice" | "member" | "page" | "channel")
        });
        let mut own = BTreeSet::new();
        for name in names().filter(|name| of_all || !ALL.contains(&name.to_lowercase().as_str())) {
            own.extend(self.own_group(name));
        }
        let of: Vec<Text> = own.into_iter().map(|text| Text { text, site }).collect();
        (!of.is_empty()).then(|| posts_of(of, site))
    }

    /// Fills in who acts where a rule waits for the posts of own accounts and does not say who: the others.
    pub(crate) fn join_network(&mut self) {
        if self.own_handles.len() < 2 {
            return;
        }
        let mut clauses = std::mem::take(&mut self.clauses);
        for clause in &mut clauses {
            self.fill_in_voices(clause);
        }
        self.clauses = clauses;
    }

    fn fill_in_voices(&self, clause: &mut Frame) {
        let cheers = clause.doings.iter().any(|doing| applauds(doing.deed) && !doing.off);
        let about_posts = || clause.name.split('.').any(|name| Phrase::read(name).any(&[C::Post, C::Sister]));
        let waits = |trigger: &Trigger| match trigger.event {
            Event::PostBy => true,
            Event::PostMatch => trigger.filters.is_empty() && clause.filters.is_empty() && about_posts(),
            _ => false,
        };
        let Some(at) = clause.triggers.iter().position(waits).filter(|_| cheers) else { return };
        let Some(trigger) = clause.triggers.get_mut(at) else { return };
        let site = trigger.site;
        let named = trigger.from.as_ref().map(|from| {
            let all = from.of.iter().flat_map(|name| self.own_group(&name.text));
            all.collect::<BTreeSet<String>>()
        });
        let from: BTreeSet<String> = match named {
            // An account of somebody else.
            Some(named) if named.is_empty() => return,
            Some(named) => named,
            None => self.own_handles.iter().cloned().collect(),
        };
        trigger.event = Event::PostBy;
        let of = from.iter().map(|text| Text { text: text.clone(), site }).collect();
        trigger.from = Some(Audience::new(AudienceKind::Named, site).of(of));
        if clause.voices.is_empty() && clause.doings.iter().all(|doing| doing.voices.is_empty()) {
            let others = self.own_handles.iter().filter(|handle| from.len() > 1 || !from.contains(*handle));
            clause.voices = others.map(|text| Text { text: text.clone(), site }).collect();
        }
    }

    /// Notes the account that the others are there for: `main: shop`, `{ id: shop, role: main }`.
    pub(crate) fn note_main_account(&mut self, key: &str, value: crate::syntax::NodeRef<'t>) {
        const BESIDE: [&str; 6] = ["account", "handle", "profile", "compte", "cuenta", "conta"];
        let words = Phrase::read(key).words;
        let is_main = words.iter().any(|word| MAIN.contains(&word.text.as_str()))
            && words.iter().all(|word| {
                let word = word.text.as_str();
                MAIN.contains(&word) || BESIDE.contains(&word)
            });
        let text = value.text().trim_start_matches('@');
        let is_name = value.kind() == Kind::Scalar
            && !value.templated()
            && !text.is_empty()
            && !text.contains([' ', '/', ':'])
            && text.chars().any(char::is_alphabetic);
        let is_word = crate::dialect::flag_of(text).is_some();
        if is_main && is_name && self.main_account.is_none() && !is_word {
            self.main_account = Some(text.to_owned());
        }
    }
}

/// Posts of these accounts, as what sets something off.
pub(crate) fn posts_of(of: Vec<Text>, site: Site) -> Trigger {
    let from = Audience::new(AudienceKind::Named, site).of(of);
    Trigger { from: Some(from), ..Trigger::new(Event::PostBy, site) }
}

/// Acts by which one account repeats what another one says, or cheers for it.
const fn repeats(deed: Deed) -> bool {
    matches!(deed, Deed::Mirror | Deed::Pass | Deed::Verb(Verb::Repost | Verb::Quote | Verb::Like))
}

/// Acts that make somebody's post look liked or carry it on.
pub(crate) const fn applauds(deed: Deed) -> bool {
    repeats(deed) || matches!(deed, Deed::Verb(Verb::Comment | Verb::Reply | Verb::React | Verb::Vote))
}
