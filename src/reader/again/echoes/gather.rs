//! Accounts that a file calls its own or lists, and acts of carrying, from all over the file.

use std::collections::BTreeMap;

use super::words::{
    MOST_WORDS, acts_with, carrying, is_handle, is_mutual, is_others, is_ours, names_accounts, plain, refuses,
};
use super::{Carried, Found};
use crate::model::Text;
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, given, listed, names_in};
use crate::reader::sense::Deed;
use crate::reader::walk::catalogue::name_of;
use crate::reader::walk::section::is_switch;
use crate::reader::walk::{DEEPEST, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// Longer values are texts that are said.
const LONGEST: usize = 160;

impl<'t> Walk<'t> {
    pub(super) fn gather(&mut self, node: NodeRef<'t>, own: bool, found: &mut Found<'t>, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        for item in node.items().take(100) {
            self.gather(item, own, found, depth + 1);
        }
        if node.kind() == Kind::Sequence {
            self.gather_doers(node, found);
            self.gather_roster(node, found);
        }
        let beside = node.entries().any(|entry| self.phrase(entry.key).has(C::Sister));
        for entry in node.entries().take(200) {
            let phrase = self.phrase(entry.key);
            let ours = own || beside || is_ours(&phrase);
            let value = given(&self.reader, entry.value);
            if phrase.has(C::Sister) && phrase.words.len() <= 3 && found.group.is_none() {
                found.group = Some(self.reader.text(entry.key));
            }
            self.gather_names(entry.key, entry.value, &phrase, ours, found);
            self.gather_table(entry.key, entry.value, &phrase, ours, found);
            let off = matches!(value, Given::Off | Given::Nothing | Given::Number(0.0))
                || entry.value.kind() == Kind::Scalar && {
                    let said = Phrase::read(entry.value.text());
                    said.words.len() <= 2 && said.any(&[C::Not, C::Disabled, C::Closed])
                }
                || entry.value.entries().any(|inner| {
                    is_switch(&Phrase::read(inner.key.text()))
                        && given(&self.reader, inner.value) == Given::Off
                });
            let negated = phrase.any(&[C::Not, C::Ignore]);
            if off == negated {
                self.gather_acts(entry.key, entry.value, &phrase, ours, found);
            }
            if entry.value.kind() != Kind::Scalar && !off && !negated {
                self.gather(entry.value, ours && depth > 0 || is_ours(&phrase), found, depth + 1);
            }
        }
    }

    /// `[{ as: "@a", do: boost }, { as: "@b", do: like }]`: the accounts that act, item by item.
    fn gather_doers(&mut self, list: NodeRef<'t>, found: &mut Found<'t>) {
        let mut doers = Vec::new();
        for item in list.items().take(50) {
            let doer = item.entries().find(|entry| {
                let key = Phrase::read(entry.key.text());
                let says = acts_with(&key) || key.words.len() == 1 && key.word("who");
                says && entry.value.kind() == Kind::Scalar && is_handle(entry.value.text())
            });
            let Some(doer) = doer else { return };
            doers.push(self.reader.text(doer.value));
        }
        if doers.len() >= 2 {
            found.own.extend(doers.into_iter().map(|name| (plain(&name.text), name)));
        }
    }

    /// `[{ id: shop }, { id: kim, echo: shop }]`: accounts, some of which lead to others of the list.
    fn gather_roster(&mut self, list: NodeRef<'t>, found: &mut Found<'t>) {
        let items: Vec<NodeRef<'t>> = list.items().take(50).collect();
        let names: Vec<Text> =
            items.iter().filter_map(|item| name_of(*item)).map(|name| self.reader.text(name)).collect();
        if names.len() < 2 || names.len() < items.len() || !names.iter().all(|name| is_handle(&name.text)) {
            return;
        }
        let is_name = |text: &str| names.iter().any(|name| plain(&name.text) == plain(text));
        let mut led = false;
        for (item, own) in items.iter().zip(&names) {
            for entry in item.entries() {
                let other = entry.value.kind() == Kind::Scalar
                    && plain(entry.value.text()) != plain(&own.text)
                    && is_name(entry.value.text());
                let Some(deed) = carrying(&self.phrase(entry.key)).filter(|_| other) else { continue };
                led = true;
                let (names, words) = (Vec::new(), Vec::new());
                found.acts.push(Carried {
                    deed,
                    key: entry.key,
                    among_own: true,
                    mutual: true,
                    names,
                    words,
                });
            }
        }
        if led {
            found.own.extend(names.into_iter().map(|name| (plain(&name.text), name)));
        }
    }

    /// `FB_TOKEN_NORTH`, `FB_TOKEN_SOUTH`: accounts by the ends of their keys.
    pub(super) fn gather_tokens(&mut self, document: NodeRef<'t>, found: &mut Found<'t>) {
        let mut names: BTreeMap<String, Vec<Text>> = BTreeMap::new();
        for entry in document.entries().take(200) {
            if entry.value.kind() != Kind::Scalar || !self.phrase(entry.key).has(C::Token) {
                continue;
            }
            let Some((start, name)) = entry.key.text().rsplit_once('_') else { continue };
            if Phrase::read(start).has(C::Token) && name.len() > 1 {
                let text = Text { text: name.to_lowercase(), site: self.reader.site(entry.key) };
                names.entry(start.to_owned()).or_default().push(text);
            }
        }
        for name in names.into_values().filter(|names| names.len() >= 2).flatten() {
            found.listed.entry(plain(&name.text)).or_insert(name);
        }
    }

    /// `{ news: [sport, culture], sport: [news] }`: who carries whom, where all names are keys of the table.
    fn gather_table(
        &mut self,
        key: NodeRef<'t>,
        table: NodeRef<'t>,
        phrase: &Phrase,
        ours: bool,
        found: &mut Found<'t>,
    ) {
        let keys: Vec<Text> = table.entries().take(50).map(|entry| self.reader.text(entry.key)).collect();
        let is_key = |name: &Text| keys.iter().any(|key| plain(&key.text) == plain(&name.text));
        let leads = |row: NodeRef<'t>| {
            let names = listed(&self.reader, row);
            row.kind() != Kind::Mapping && !names.is_empty() && names.iter().all(is_key)
        };
        // `north: { pushes: [south, east] }`
        let leads_to_keys = |row: NodeRef<'t>| {
            leads(row) || row.entries().next().is_some() && row.entries().all(|entry| leads(entry.value))
        };
        let rows = table.entries().take(50).filter(|entry| leads_to_keys(entry.value)).count();
        if rows < 2 || rows + 3 < keys.len() || !keys.iter().all(|key| is_handle(&key.text)) {
            return;
        }
        let pushes = ["relay", "web", "ring", "circle", "mesh", "matrix", "network"];
        let pushes = pushes.iter().any(|word| phrase.word(word));
        let Some(deed) = carrying(phrase).or((ours || pushes).then_some(Deed::Mirror)) else { return };
        found.acts.push(Carried {
            deed,
            key,
            among_own: true,
            mutual: true,
            names: Vec::new(),
            words: Vec::new(),
        });
        found.own.extend(keys.into_iter().map(|key| (plain(&key.text), key)));
    }

    /// Names of accounts in a list, in one line, or as keys.
    fn gather_names(
        &mut self,
        key: NodeRef<'t>,
        value: NodeRef<'t>,
        phrase: &Phrase,
        ours: bool,
        found: &mut Found<'t>,
    ) {
        let names: Vec<Text> = match value.kind() {
            Kind::Mapping => {
                let keys = value.entries().map(|entry| entry.key);
                keys.filter(|key| key.text().starts_with('@')).map(|key| self.reader.text(key)).collect()
            }
            Kind::Sequence if value.items().all(|item| item.kind() == Kind::Mapping) => {
                let handles = value.items().take(50).filter_map(name_of);
                handles.map(|name| self.reader.text(name)).collect()
            }
            _ => listed(&self.reader, value),
        };
        let fits = names.iter().all(|name| is_handle(&name.text));
        let is_list = fits && names.len() >= 2;
        let single = fits && names.len() == 1 && ours && names.iter().all(|name| name.text.starts_with('@'));
        if !(is_list || single) || phrase.any(&[C::Keyword, C::Rival, C::Lead, C::Token, C::Password]) {
            return;
        }
        let marked = names.iter().all(|name| name.text.starts_with('@'));
        // A bot acts with its own accounts only.
        let ours = ours || marked && is_list && acts_with(phrase);
        let accounts = is_ours(phrase) || names_accounts(phrase) || ours;
        if !accounts && !marked {
            return;
        }
        let told = if is_ours(phrase) || ours && (marked || names_accounts(phrase)) {
            &mut found.own
        } else {
            &mut found.listed
        };
        found.labels.insert(key.text().to_lowercase());
        for name in names.into_iter().take(50) {
            told.entry(plain(&name.text)).or_insert(name);
        }
        self.mark(key, Use::Used);
    }

    /// Acts of carrying in a key, or in what a short value says.
    fn gather_acts(
        &mut self,
        key: NodeRef<'t>,
        value: NodeRef<'t>,
        phrase: &Phrase,
        ours: bool,
        found: &mut Found<'t>,
    ) {
        let in_key = if phrase.words.len() <= MOST_WORDS { carrying(phrase) } else { None };
        let texts: Vec<Text> = match value.kind() {
            Kind::Mapping => Vec::new(),
            _ => self.reader.texts(value),
        };
        let texts: Vec<Text> = texts
            .into_iter()
            .filter(|text| text.text.len() <= LONGEST && !text.text.contains(['{', '!', '?']))
            .collect();
        let mut names: Vec<Text> = Vec::new();
        let mut words: Vec<String> = Vec::new();
        let mut deeds: Vec<Deed> = in_key.into_iter().collect();
        let mut mutual = is_mutual(phrase) || phrase.words.len() == 1 && is_others(phrase);
        let mut asks = false;
        let mut owned = ours;
        for text in &texts {
            let said = Phrase::read(&text.text);
            asks |= said.has(C::Review) || refuses(&said) || said.has(C::Ignore);
            mutual |= is_mutual(&said) || is_others(&said) && names_accounts(&said);
            owned |= is_ours(&said);
            let named = names_in(text);
            // `like as @a`, `boost_as("@b")`: who acts is one of the bot's own.
            owned |= !named.is_empty() && carrying(&said).is_some() && acts_with(&said);
            names.extend(named);
            words.extend(text.text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
            if !phrase.any(&[C::Text, C::Bio, C::Keyword]) {
                deeds.extend(carrying(&said));
            }
        }
        if asks {
            return;
        }
        for deed in deeds {
            let (names, words) = (names.clone(), words.clone());
            found.acts.push(Carried { deed, key, among_own: owned, mutual, names, words });
        }
    }
}
