//! tgcf, which copies messages from some Telegram chats to others. Each forward is one automation: a post in
//! its source sets it off, and it posts to each destination, named in the audience.

mod forward;
mod keys;
mod plugins;

use keys::{CREDENTIALS, FORWARD, KEYS, Keys, LOGINS};

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{Account, Auth, GuardKind, Identity, Property, Secret, Site, Stated};
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
            self.remark_literal_patterns(lowered);
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
