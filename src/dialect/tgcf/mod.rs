//! tgcf, which copies messages from some Telegram chats to others. Each forward is one automation: a post in
//! its source sets it off, and it posts to each destination, named in the audience.

mod keys;
mod plugins;

use std::collections::HashMap;

use keys::{CREDENTIALS, FORWARD, KEYS, Keys, LOGINS};

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{
    Account, Action, Audience, AudienceKind, Auth, Automation, Event, GuardKind, Identity, Property, Secret,
    Site, Stated, Text, Trigger, Verb, Visibility,
};
use crate::names::nearest;
use crate::syntax::{Kind, NodeRef, Schema, Syntax};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "tgcf",
    title: "tgcf, which copies messages between Telegram chats",
    reference: "https://github.com/aahnik/tgcf, as of version 1.1 (JSON) and 0.2 (YAML)",
    recognised_by: "`forwards`, a list of mappings with `source` and `dest`, beside settings or offsets of tgcf",
    expresses: EXPRESSES,
    hints: &["forwards:", "\"forwards\"", "show_forwarded_from"],
    detect,
    lower,
};

/// A list of senders to leave out is all it has against loops.
static EXPRESSES: &[Property] = &[Property::LoopGuards];

/// Settings that stand beside `forwards` in tgcf, and hardly anywhere else together.
const BESIDE: &[&str] = &["show_forwarded_from", "plugins", "live", "past", "login", "bot_messages"];

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let Some(forwards) = document.get("forwards").filter(|node| node.kind() == Kind::Sequence) else {
            return false;
        };
        let beside = BESIDE.iter().filter(|key| document.get(key).is_some()).count();
        let mut items = forwards.items().peekable();
        if items.peek().is_none() {
            return beside >= 3;
        }
        let name = candidate.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        items.any(|item| {
            let names_both = item.get("source").is_some() && item.get("dest").is_some();
            let has = |key: &str| item.get(key).is_some();
            let is_its_own = has("offset") || has("use_this") || name.starts_with("tgcf.config");
            names_both && (beside > 0 || is_its_own)
        })
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let is_version_1 = candidate.tree.syntax() != Syntax::Yaml;
    let schema = if is_version_1 { candidate.tree.syntax().schema() } else { Schema::Yaml11 };
    for root in candidate.tree.documents().filter(|root| root.get("forwards").is_some()) {
        File { reader: Reader::new(*candidate, schema), root, is_version_1 }.lower(lowered);
    }
}

/// One configuration.
struct File<'t> {
    reader: Reader<'t>,
    root: NodeRef<'t>,
    /// Version 1 keeps JSON, says how it signs in and which mode it runs in; version 0.2 leaves both to the
    /// command line.
    is_version_1: bool,
}

impl<'t> File<'t> {
    fn lower(&self, lowered: &mut Lowered) {
        self.unknown_keys(lowered);
        let account = lowered.account(self.account());
        let forwards = self.forwards(lowered);
        if self.is_past() && self.is_bot() {
            if let Some(mode) = self.root.get("mode").filter(|_| !forwards.is_empty()) {
                let text = "a bot cannot read what was written before: in past mode nothing is forwarded";
                let help = "use live mode (0)";
                lowered.remark(RemarkKind::Inert, self.reader.site(mode), text, help);
            }
            return;
        }
        if !forwards.is_empty() {
            self.remark_lost_changes(lowered);
            self.remark_other_mode(lowered);
        }
        for forward in forwards {
            lowered.automation(self.automation(account, &forward));
        }
    }

    /// The node at the end of these keys.
    fn at(&self, path: &[&str]) -> Option<NodeRef<'t>> {
        path.iter().try_fold(self.root, |node, key| node.get(key))
    }

    /// Where the setting at the end of these keys stands, if it is on.
    fn on(&self, path: &[&str]) -> Option<Site> {
        let node = self.at(path)?;
        (self.reader.flag(node).get() == Some(true)).then(|| self.reader.site(node))
    }

    /// Copies say where they come from: the message itself is forwarded. Off, where nothing is said.
    fn shows_origin(&self) -> bool {
        self.on(&["show_forwarded_from"]).is_some()
    }

    fn is_past(&self) -> bool {
        self.at(&["mode"]).is_some_and(|node| self.reader.number(node).get() == Some(1.0))
    }

    fn is_live(&self) -> bool {
        self.is_version_1 && !self.is_past()
    }

    /// Whether it says that it signs in as a bot: 0, which is also what holds where nothing is said.
    fn is_bot(&self) -> bool {
        let kind = self.at(&["login", "user_type"]).map(|node| self.reader.number(node));
        kind.is_some_and(|kind| kind.get() == Some(0.0))
    }

    fn account(&self) -> Account {
        let site =
            self.at(&["login"]).map_or_else(|| self.reader.site(self.root), |node| self.reader.site(node));
        let path = self.reader.candidate.path;
        let handle = self.at(&["login", "USERNAME"]).filter(|node| !node.text().trim().is_empty());
        let handle = handle.map_or(Stated::Absent, |node| self.reader.stated_text(node));
        let mut account = Account {
            name: handle.known().cloned().unwrap_or_else(|| "the Telegram account".to_owned()),
            site,
            identity: Identity {
                platform: Stated::Known("telegram".to_owned(), site),
                handle,
                secret: self.credential_name(),
                instance: path.parent().map(|folder| format!("tgcf:{}", folder.display())),
            },
            auth: self.auth(),
            expressible: EXPRESSES.to_vec(),
            guards: self.guards(),
            secrets: self.secrets(),
            switches: self.strips_origin().into_iter().collect(),
            ..Account::default()
        };
        // The library tells a program nothing of what the program itself has sent; another account's
        // messages, or its own of an earlier run, it does see.
        if self.is_live() && !self.sends_by_another() {
            account.enforced_by_tool.push(GuardKind::PlatformIgnoresSelf);
        }
        account
    }

    /// A bot's token, or the session of a person.
    fn auth(&self) -> Stated<Auth> {
        let Some(node) = self.at(&["login", "user_type"]) else { return Stated::Absent };
        self.reader.number(node).map(|kind| if kind == 1.0 { Auth::UserToken } else { Auth::OfficialApi })
    }

    /// The name of the variable that holds the credential, where the file refers to one.
    fn credential_name(&self) -> Option<String> {
        let nodes = ["SESSION_STRING", "BOT_TOKEN"].into_iter().filter_map(|key| self.at(&["login", key]));
        nodes.filter_map(NodeRef::template_name).map(str::to_owned).next()
    }

    fn secrets(&self) -> Vec<Secret> {
        let nodes = LOGINS
            .iter()
            .filter_map(|path| self.at(path))
            .flat_map(|login| CREDENTIALS.iter().filter_map(move |key| Some((*key, login.get(key)?))));
        let written = nodes.filter(|(_, node)| node.kind() == Kind::Scalar && !node.templated());
        written.filter_map(|(key, node)| Secret::new(key, node.text(), self.reader.site(node))).collect()
    }

    /// The forwards that happen: switched on, with a source and destinations. Of two with one source the last
    /// one counts.
    fn forwards(&self, lowered: &mut Lowered) -> Vec<Forward<'t>> {
        let mut forwards: Vec<Forward<'t>> = Vec::new();
        let mut by_source: HashMap<String, usize> = HashMap::new();
        let items = self.root.get("forwards").into_iter().flat_map(NodeRef::items);
        for item in items {
            let Some(forward) = self.forward(item, lowered) else { continue };
            if let Some(earlier) = by_source.insert(forward.source.text.to_lowercase(), forwards.len())
                && let Some(earlier) = forwards.get_mut(earlier)
            {
                let text = "a later forward has the same source and takes the place of this one";
                let help = "list all destinations in one forward";
                lowered.remark(RemarkKind::Inert, earlier.source.site, text, help);
                earlier.dest.clear();
            }
            forwards.push(forward);
        }
        forwards.retain(|forward| !forward.dest.is_empty());
        forwards
    }

    fn forward(&self, item: NodeRef<'t>, lowered: &mut Lowered) -> Option<Forward<'t>> {
        if item.kind() != Kind::Mapping {
            let text = "a forward is a mapping with `source` and `dest`";
            lowered.remark(RemarkKind::Malformed, self.reader.site(item), text, "");
            return None;
        }
        let is_off = item.get("use_this").is_some_and(|node| self.reader.flag(node).get() == Some(false));
        let source = item.get("source").filter(|node| node.kind() == Kind::Scalar)?;
        if is_off || source.text().trim().is_empty() {
            return None;
        }
        let dest = item.get("dest")?;
        if dest.kind() == Kind::Scalar && !dest.text().trim().is_empty() && !dest.templated() {
            let text = "tgcf refuses a `dest` that is no list";
            lowered.remark(RemarkKind::Malformed, self.reader.site(dest), text, "put it in brackets");
        }
        let called = |text: Text| Text { text: channel(&text.text), site: text.site };
        let dest = self.reader.texts(dest).into_iter().filter(|text| !text.text.trim().is_empty());
        Some(Forward { item, source: called(self.reader.text(source)), dest: dest.map(called).collect() })
    }

    fn automation(&self, account: usize, forward: &Forward<'t>) -> Automation {
        let site = self.reader.site(forward.item);
        let mut trigger = Trigger::new(Event::PostBy, forward.source.site);
        trigger.from =
            Some(Audience::new(AudienceKind::Named, forward.source.site).of(vec![forward.source.clone()]));
        trigger.filters = self.wanted_words();
        let name = forward.item.get("con_name").map(NodeRef::text).filter(|name| !name.is_empty());
        let actions = forward.dest.iter().map(|dest| self.action(forward, dest)).collect();
        Automation {
            name: name.map_or_else(|| format!("forward from {}", forward.source.text), str::to_owned),
            site,
            account,
            triggers: vec![trigger],
            actions,
            ..Automation::default()
        }
    }

    fn action(&self, forward: &Forward<'t>, dest: &Text) -> Action {
        let of = vec![dest.clone()];
        if matches!(dest.text.as_str(), "me" | "self") {
            // Saved Messages: only the account itself reads there.
            return Action::new(
                Verb::Collect,
                dest.site,
                Audience::new(AudienceKind::Operator, dest.site).of(of),
            );
        }
        // Chats have negative numbers; a positive one is a person or a bot.
        let is_person = dest.text.parse::<i64>().is_ok_and(|number| number > 0);
        let kind = if is_person { AudienceKind::Named } else { AudienceKind::Public };
        let mut action = Action::new(Verb::Post, dest.site, Audience::new(kind, dest.site).of(of));
        // A name or a number does not tell how many people may read a chat.
        action.visibility = match is_person {
            true => Stated::Known(Visibility::Private, dest.site),
            false => Stated::Unknown(dest.site),
        };
        action.texts = self.captions();
        action.marked = self.marked(&forward.source);
        if self.is_past() {
            let site = self.root.get("mode").map_or(dest.site, |mode| self.reader.site(mode));
            action.manner = Stated::Known("history".to_owned(), site);
        }
        action
    }

    /// Whether a copy shows where it comes from. Silence means no, and yet it is no statement: many who say
    /// nothing copy from a chat of their own. Taking the origin out of the text is one.
    fn marked(&self, source: &Text) -> Stated<bool> {
        let Some(node) = self.root.get("show_forwarded_from") else {
            return self.strips_origin().map_or(Stated::Absent, |switch| switch.on.map(|_| false));
        };
        match self.reader.flag(node) {
            Stated::Known(false, _) if self.credits(source).is_some() => {
                self.credits(source).map_or(Stated::Absent, |site| Stated::Known(true, site))
            }
            stated => stated,
        }
    }

    /// Settings of the mode that is not in use.
    fn remark_other_mode(&self, lowered: &mut Lowered) {
        if !self.is_version_1 {
            return;
        }
        let delay = self.at(&["past", "delay"]);
        let delay = delay.filter(|node| self.reader.number(*node).get().is_some_and(|delay| delay > 0.0));
        let inert = match (self.is_past(), delay, self.on(&["live", "delete_sync"])) {
            (false, Some(delay), _) => Some((self.reader.site(delay), "live mode waits for nothing")),
            (true, _, Some(site)) => Some((site, "past mode deletes nothing")),
            _ => None,
        };
        if let Some((site, text)) = inert {
            lowered.remark(RemarkKind::Inert, site, text, "");
        }
    }

    /// Keys that both the tool and its forks pass over.
    fn unknown_keys(&self, lowered: &mut Lowered) {
        for keys in KEYS {
            if let Some(node) = self.at(keys.path) {
                self.unknown_keys_of(node, keys, lowered);
            }
        }
        for item in self.root.get("forwards").into_iter().flat_map(NodeRef::items) {
            self.unknown_keys_of(item, &FORWARD, lowered);
        }
    }

    fn unknown_keys_of(&self, node: NodeRef<'t>, keys: &Keys, lowered: &mut Lowered) {
        let all = || keys.common.iter().chain(keys.since_1).copied();
        for key in node.entries().map(|entry| entry.key) {
            let is_common = keys.common.contains(&key.text());
            let is_later = keys.since_1.contains(&key.text());
            let (text, help) = if is_common || (is_later && self.is_version_1) {
                continue;
            } else if is_later {
                let text = format!("`{}` belongs to version 1, which does not read YAML", key.text());
                (text, String::new())
            } else {
                let help = nearest(key.text(), all()).map(|near| format!("did you mean `{near}`?"));
                (format!("tgcf has no key `{}`", key.text()), help.unwrap_or_default())
            };
            lowered.remark(RemarkKind::UnknownKey, self.reader.site(key), text, help);
        }
    }
}

/// A forward that happens.
struct Forward<'t> {
    item: NodeRef<'t>,
    source: Text,
    dest: Vec<Text>,
}

/// One spelling for the ways to name a chat: `@name` for names and public links, numbers and invitations as
/// they are.
fn channel(text: &str) -> String {
    let text = text.trim();
    let bare = text.trim_start_matches("https://").trim_start_matches("http://");
    let linked = ["t.me/", "telegram.me/"].into_iter().find_map(|host| bare.strip_prefix(host));
    let name = linked.map_or(text, |rest| rest.trim_start_matches("s/").trim_end_matches('/'));
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name && !matches!(name, "me" | "self" | "joinchat") { format!("@{name}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::channel;

    #[test]
    fn chats_have_one_name() {
        for (text, name) in [
            ("kitchen_news", "@kitchen_news"),
            ("@kitchen_news", "@kitchen_news"),
            ("https://t.me/kitchen_news/", "@kitchen_news"),
            ("t.me/s/kitchen_news", "@kitchen_news"),
            ("https://t.me/+AbCdEf", "https://t.me/+AbCdEf"),
            ("-1001234567890", "-1001234567890"),
            ("me", "me"),
        ] {
            assert_eq!(channel(text), name, "{text}");
        }
    }
}
