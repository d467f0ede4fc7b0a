//! What a file names before anything is read: texts, groups of people, sections that others lead to.

use crate::model::Text;
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::audience::is_file;
use crate::reader::roles::value::is_sentence;
use crate::reader::walk::{DEEPEST, Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// Words of sections and steps that look for people.
const COLLECTS: &[C] = &[C::Collect, C::Member, C::Follower, C::People, C::Lead];

impl<'t> Walk<'t> {
    /// Notes platforms and the texts that have names.
    pub(crate) fn catalogue(&mut self, node: NodeRef<'t>, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        for entry in node.items().take(200).flat_map(|item| item.entries()) {
            if matches!(entry.key.text(), "at" | "node" | "state" | "step")
                && entry.value.kind() == Kind::Scalar
            {
                self.nodes.insert(entry.value.text());
            }
        }
        let named: Vec<NodeRef<'t>> =
            node.items().filter(|item| item.kind() == Kind::Mapping).take(50).collect();
        for item in &named {
            let Some(name) = name_of(*item) else { continue };
            self.nodes.insert(name.text());
            for entry in item.entries().filter(|entry| {
                entry.value.kind() == Kind::Scalar
                    && matches!(
                        entry.key.text(),
                        "role"
                            | "group"
                            | "kind"
                            | "type"
                            | "team"
                            | "tur"
                            | "rol"
                            | "rolle"
                            | "ruolo"
                            | "tipo"
                            | "typ"
                    )
            }) {
                self.note_main_account(entry.value.text(), name);
                self.groups.entry(entry.value.text().to_lowercase()).or_default().push(name);
            }
        }
        for item in node.items() {
            let mut values = item.entries().map(|entry| entry.value);
            if values.any(|value| value.kind() == Kind::Scalar && self.phrase(value).only(COLLECTS)) {
                self.collects(item);
            }
            self.refers(item);
            self.catalogue(item, depth + 1);
        }
        for entry in node.entries() {
            if !entry.key.text().starts_with(['!', '/']) {
                self.platform(entry.key, entry.value);
            }
            self.refers(entry.value);
            if depth <= 1 {
                self.note_main_account(entry.key.text(), entry.value);
            }
            if entry.value.kind() == Kind::Scalar && is_file(entry.value.text()) {
                self.files.insert(entry.key.text().to_lowercase(), entry.value);
            }
            let names = matches!(
                entry.key.text(),
                "name" | "handle" | "nick" | "nickname" | "username" | "bot_name" | "display_name"
            );
            if names && depth <= 1 && entry.value.kind() == Kind::Scalar {
                self.own_names.insert(plain_name(entry.value.text()));
                self.introduces.push(entry.key);
            }
            // `perfiles = uno.dos, tres.cuatro`: a list in one line.
            if entry.value.kind() == Kind::Scalar
                && entry.value.text().contains(',')
                && !is_sentence(entry.value.text())
            {
                self.lists.entry(entry.key.text().to_lowercase()).or_insert(entry.value);
            }
            let is_text = |node: NodeRef<'t>| node.kind() == Kind::Scalar && is_sentence(node.text());
            let name = entry.key.text();
            match entry.value.kind() {
                Kind::Scalar if is_text(entry.value) => self.name_text(name, entry.value),
                Kind::Sequence if entry.value.items().next().is_some_and(is_text) => {
                    for item in entry.value.items().filter(|item| is_text(*item)) {
                        self.name_text(name, item);
                    }
                }
                Kind::Sequence if entry.value.items().all(|item| item.kind() == Kind::Scalar) => {
                    self.own_list(name, entry.value);
                    self.groups.entry(name.to_lowercase()).or_insert_with(|| entry.value.items().collect());
                }
                Kind::Mapping => {
                    let key = self.phrase(entry.key);
                    if key.only(COLLECTS) && key.has(C::Collect) {
                        self.collects(entry.value);
                    }
                    self.nodes.insert(name);
                    self.own_key_files(entry.key, entry.value);
                    self.own_roles(entry.key, entry.value);
                    self.rooms_of(entry.key, entry.value);
                    let handle = entry.value.entries().find(|inner| {
                        (matches!(inner.key.text(), "account") || is_handle(inner.key.text()))
                            && inner.value.kind() == Kind::Scalar
                            && !inner.value.templated()
                    });
                    let handle = handle.map(|entry| entry.value.text().trim_start_matches('@'));
                    let handle = handle.or_else(|| signs_in(entry.value).then_some(name));
                    if let Some(entry) = entry.value.entries().find(|inner| inner.key.text() == "account")
                        && depth == 0
                    {
                        self.note_main_account(name, entry.value);
                    }
                    let federated = handle
                        .and_then(|handle| handle.split_once('@'))
                        .is_some_and(|(_, host)| host.contains('.'));
                    if federated && depth <= 1 {
                        self.hinted.get_or_insert("mastodon");
                    }
                    if let Some(handle) = handle.filter(|_| depth <= 1) {
                        self.own_sections.insert(name.to_lowercase(), handle.to_owned());
                    }
                    // `welcome: { text: "…" }` can be named, too.
                    for inner in entry.value.entries() {
                        if is_text(inner.value) && self.phrase(inner.key).has(C::Text) {
                            self.name_text(name, inner.value);
                        }
                    }
                }
                Kind::Sequence if entry.value.items().all(signs_in) || are_accounts(name, entry.value) => {
                    self.own_accounts(name, entry.value);
                }
                _ => {}
            }
            if entry.value.kind() != Kind::Scalar {
                let aside =
                    self.phrase(entry.key).any(&[C::Operator, C::Handoff, C::Forward, C::Reply, C::Inbox]);
                self.aside += usize::from(aside);
                self.catalogue(entry.value, depth + 1);
                self.aside -= usize::from(aside);
            }
        }
    }

    /// `accounts: { main: shop, relays: [deals, tips] }`: own accounts by their roles, some of them lists.
    fn own_roles(&mut self, key: NodeRef<'t>, section: NodeRef<'t>) {
        let says =
            self.phrase(key).words.iter().any(|word| ACCOUNTS.contains(&word.text.as_str()) && word.plural);
        let is_handle = |value: NodeRef<'t>| {
            let text = value.text();
            value.kind() == Kind::Scalar
                && !value.templated()
                && text.chars().any(char::is_alphabetic)
                && !text.contains([' ', '/', ':', ','])
                && crate::dialect::flag_of(text).is_none()
        };
        let is_role = |value: NodeRef<'t>| match value.kind() {
            Kind::Sequence => value.items().count() >= 2 && value.items().all(is_handle),
            _ => is_handle(value),
        };
        let lists = section.entries().any(|entry| entry.value.kind() == Kind::Sequence);
        let known = |key: &str| is_name(key) || !self.vocabulary.read(key).hits.is_empty();
        if !says || !lists || !section.entries().all(|entry| is_role(entry.value) && !known(entry.key.text()))
        {
            return;
        }
        for entry in section.entries().take(20) {
            for name in entry.value.items().take(50) {
                let handle = name.text().trim_start_matches('@');
                self.own_sections.insert(handle.to_lowercase(), handle.to_owned());
            }
            if entry.value.kind() == Kind::Scalar {
                let handle = entry.value.text().trim_start_matches('@');
                self.own_sections.insert(entry.key.text().to_lowercase(), handle.to_owned());
            }
        }
    }

    /// `own_channels: [news, deals]`, `our_accounts: […]`: accounts of the same owner.
    fn own_list(&mut self, key: &str, list: NodeRef<'t>) {
        const OURS: [&str; 8] = ["own", "our", "ours", "my", "eigene", "propios", "propias", "nos"];
        let words = crate::reader::words::tokens::words(key);
        let says = words.iter().any(|word| OURS.contains(&word.as_str()))
            && words.iter().any(|word| ACCOUNTS.contains(&word.as_str()));
        if says && list.items().count() >= 2 {
            for item in list.items().take(50) {
                let name = item.text().trim_start_matches('@');
                self.own_sections.insert(name.to_lowercase(), name.to_owned());
            }
        }
    }

    /// `profiles: { shop: keys/shop.json, shop_deals: keys/deals.json }`: accounts by their keys.
    fn own_key_files(&mut self, key: NodeRef<'t>, section: NodeRef<'t>) {
        let says = self.phrase(key);
        let accounts = says.words.iter().any(|word| ACCOUNTS.contains(&word.text.as_str()));
        // Rooms have names, too: only handles tell of accounts there.
        let rooms = says.has(C::Channel);
        // `accounts: { main: shop, kids: shop_kids }`: several, and one of them has a plain name.
        let many = says.words.iter().any(|word| word.plural)
            && section.entries().any(|entry| entry.value.text().contains('_'))
            && section.entries().all(|entry| self.vocabulary.read(entry.key.text()).hits.is_empty());
        let signs = |value: NodeRef<'t>| {
            let text = value.text();
            let is_name = !text.is_empty()
                && !text.contains([' ', '/', ':', ','])
                && (text.contains(['_', '.', '@']) || many && text.chars().all(char::is_alphabetic));
            // `telegram:@kim`
            let name = text.rsplit(':').next().unwrap_or_default();
            let is_handle =
                (name.starts_with('@') || text.contains(':') && text.contains('/')) && !text.contains(' ');
            value.kind() == Kind::Scalar
                && if rooms {
                    is_handle
                } else {
                    is_file(text) || value.templated() || text.starts_with("env:") || is_name
                }
        };
        let all = says.words.len() == 1
            && section.entries().count() >= 2
            // `profile: { at: kim_daily, login: … }` describes one account.
            && section.entries().all(|entry| {
                let key = entry.key.text();
                !is_name(key) && key != "at" && self.vocabulary.read(key).hits.is_empty()
            })
            && section.entries().all(|entry| signs(entry.value));
        if accounts && all {
            for entry in section.entries().take(50) {
                let name = entry.key.text().trim_start_matches('@');
                let value = entry.value.text();
                let says_more = !is_file(value) && !entry.value.templated() && !value.starts_with("env:");
                let handle = if says_more { value.trim_start_matches('@') } else { name };
                self.own_sections.insert(name.to_lowercase(), handle.to_owned());
            }
        }
    }

    /// `channels: { general: "#reading-room" }`: rooms by the names that other entries use.
    fn rooms_of(&mut self, key: NodeRef<'t>, section: NodeRef<'t>) {
        if self.phrase(key).only(&[C::Channel])
            && section.entries().all(|entry| entry.value.kind() == Kind::Scalar)
        {
            self.rooms.extend(section.entries().take(200).map(|entry| entry.key.text().to_lowercase()));
        }
    }

    /// Notes the files in a section that looks for people.
    fn collects(&mut self, section: NodeRef<'t>) {
        let files = section.entries().map(|entry| entry.value).filter(|value| value.kind() == Kind::Scalar);
        self.collected
            .extend(files.map(|value| value.text()).filter(|text| is_file(text) || text.contains(':')));
    }

    /// Notes what a short value may refer to: `send: welcome`, `do: reply:sorry`.
    fn refers(&mut self, value: NodeRef<'t>) {
        const LONGEST: usize = 40;
        if value.kind() != Kind::Scalar || value.text().len() > LONGEST || value.text().contains(' ') {
            return;
        }
        let name = value.text().rsplit([':', '.']).next().unwrap_or_default();
        self.named.insert(name.trim_start_matches(['$', '@', '#', '*', '&']).to_lowercase());
    }

    /// Whether an entry is a text that is said where another entry names it: `texts: { welcome: "…" }`.
    pub(crate) fn is_said_elsewhere(&self, item: &Item<'t>, frame: &Frame) -> bool {
        const TEXTS: [C; 4] = [C::Text, C::Message, C::Reply, C::Items];
        // Few entries are named, so the section is read for those alone.
        if item.value.kind() == Kind::Mapping || !self.named.contains(&item.key.text().to_lowercase()) {
            return false;
        }
        let section = frame.section();
        section.only(&TEXTS) && section.any(&[C::Text, C::Message])
    }

    fn name_text(&mut self, name: &str, node: NodeRef<'t>) {
        self.catalogue.entry(name.to_lowercase()).or_default().push(node);
    }

    /// The texts that a name refers to, or the text itself.
    pub(crate) fn texts_named(&self, name: &str) -> Vec<Text> {
        let name = name.trim().trim_start_matches(['$', '@', '#', '*', '&']).to_lowercase();
        let name = name.strip_prefix("texts.").or_else(|| name.strip_prefix("templates.")).unwrap_or(&name);
        let nodes = self.catalogue.get(name).map(Vec::as_slice).unwrap_or_default();
        nodes.iter().take(20).map(|node| self.reader.text(*node)).collect()
    }

    /// `crew: [{ id: kim, token: … }]`: accounts, each by its name, and all of them by that of the list.
    fn own_accounts(&mut self, group: &str, list: NodeRef<'t>) {
        let mut names = Vec::new();
        for account in list.items().take(50) {
            let Some(name) = name_of(account).filter(|name| !name.templated()) else { continue };
            let handle = name.text().trim_start_matches('@');
            // `{ id: main, handle: "@shop" }`: other entries may speak of either.
            for entry in account.entries().filter(|entry| is_name(entry.key.text())) {
                let known = entry.value.text().trim_start_matches('@').to_lowercase();
                self.own_sections.insert(known, handle.to_owned());
            }
            names.push(name);
        }
        self.groups.entry(group.to_lowercase()).or_insert(names);
    }
}

/// What an account in a list is called: its handle, else its name.
pub(crate) fn name_of(account: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let of = |handles: bool| {
        account.entries().find(|entry| {
            let key = entry.key.text();
            entry.value.kind() == Kind::Scalar && is_name(key) && (!handles || is_handle(key))
        })
    };
    of(true).or_else(|| of(false)).map(|entry| entry.value)
}

/// Keys that hold what an account is called.
fn is_name(key: &str) -> bool {
    const NAMES: [&str; 10] = ["name", "id", "key", "nom", "nome", "nombre", "naam", "ad", "isim", "page"];
    NAMES.contains(&key) || is_handle(key)
}

/// Keys that hold the name by which an account is found.
fn is_handle(key: &str) -> bool {
    const HANDLES: [&str; 11] = [
        "handle",
        "login",
        "username",
        "user",
        "pseudo",
        "benutzer",
        "benutzername",
        "usuario",
        "utente",
        "gebruiker",
        "kullanici",
    ];
    HANDLES.contains(&key)
}

/// `accounts: [{ id: main, handle: "@shop" }, …]`: a list that says that it is one of the bot's own accounts.
fn are_accounts(key: &str, list: NodeRef<'_>) -> bool {
    let key = Phrase::read(key);
    let says = key.words.len() == 1
        && (key.words.iter().any(|word| ACCOUNTS.contains(&word.text.as_str())) || key.has(C::Sister));
    // `profiles: [{ handle: kim, bio: "mum of two" }]`: whom each of them poses as.
    let poses = |item: NodeRef<'_>| {
        item.entries().any(|entry| POSES.contains(&entry.key.text().to_lowercase().as_str()))
            || name_of(item).is_some_and(|name| name.text().starts_with('@'))
    };
    let says = says || list.items().all(poses);
    // An account is told by what it is called and what it is for, not by what it does.
    let describes =
        |key: &str| is_name(key) || matches!(key, "kind" | "type" | "role") || POSES.contains(&key);
    let does =
        |key: &str| Phrase::read(key).any(&[C::Source, C::To, C::Rival, C::Trigger, C::Text, C::Action]);
    let is_account = |item: NodeRef<'_>| {
        name_of(item).is_some_and(|name| !name.text().starts_with('#'))
            && item.entries().all(|entry| describes(entry.key.text()) || !does(entry.key.text()))
    };
    says && list.items().count() >= 2 && list.items().all(is_account)
}

/// Words for accounts in keys of their list, as the lexicon folds them.
pub(crate) const ACCOUNTS: [&str; 26] = [
    "account",
    "accounts",
    "profile",
    "profiles",
    "page",
    "pages",
    "channel",
    "channels",
    "bots",
    "compte",
    "comptes",
    "profil",
    "profils",
    "cuenta",
    "cuentas",
    "conta",
    "contas",
    "profili",
    "konten",
    "hesap",
    "hesaplar",
    "kanallar",
    "canales",
    "canali",
    "satellite",
    "satellites",
];

/// Keys that tell whom an account poses as.
const POSES: [&str; 12] = [
    "bio",
    "mood",
    "persona",
    "style",
    "tone",
    "ton",
    "vibe",
    "voice",
    "character",
    "profile_note",
    "humeur",
    "stil",
];

/// Whether a mapping holds what somebody signs in with.
fn signs_in(node: NodeRef<'_>) -> bool {
    const SECRETS: [&str; 9] =
        ["token", "_key", "apikey", "secret", "password", "session", "cookie", "pass", "login_"];
    node.kind() == Kind::Mapping
        && node.entries().any(|entry| {
            let key = entry.key.text().to_lowercase();
            entry.value.kind() == Kind::Scalar && SECRETS.iter().any(|secret| key.contains(secret))
        })
}

/// A name in small letters, without separators and what stands in brackets: `SaffronSid [bot]` is `saffronsid`.
pub(crate) fn plain_name(name: &str) -> String {
    let name = name.split(['[', '(']).next().unwrap_or_default();
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
