//! pleroma-bot, which mirrors Twitter accounts and feeds to fediverse accounts, one for each entry of `users`.
//! Settings outside the list hold for every entry that does not have its own.

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{
    Account, Action, Audience, AudienceKind, Auth, Automation, Event, Guard, GuardKind, Identity, Secret,
    Site, Stated, Text, Trigger, Verb, Visibility, slots,
};
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "pleroma-bot",
    title: "pleroma-bot, which mirrors Twitter accounts to the fediverse",
    reference: "https://github.com/robertoszek/pleroma-bot, as of version 1.2",
    recognised_by: "a list `users` whose entries have `pleroma_username` or `pleroma_token`",
    expresses: &[],
    hints: &["pleroma_username", "pleroma_token"],
    detect,
    lower,
};

/// Keys that hold credentials.
const CREDENTIALS: &[&str] = &[
    "pleroma_token",
    "twitter_token",
    "consumer_key",
    "consumer_secret",
    "access_token_key",
    "access_token_secret",
];

/// Keys that the tool once had, and their names since version 0.3. Any other key is a name to fill in.
const RENAMED: &[(&str, &str)] = &[("pleroma_url", "pleroma_base_url")];

/// Values of `visibility`.
const VISIBILITIES: &[(&str, Visibility)] = &[
    ("public", Visibility::Public),
    ("unlisted", Visibility::Unlisted),
    ("private", Visibility::Followers),
    ("direct", Visibility::Private),
];

fn users<'t>(document: NodeRef<'t>) -> impl Iterator<Item = NodeRef<'t>> {
    document.get("users").into_iter().flat_map(NodeRef::items)
}

fn detect(candidate: &Candidate<'_>) -> bool {
    let is_one = |user: NodeRef<'_>| user.get("pleroma_username").or(user.get("pleroma_token")).is_some();
    candidate.tree.documents().any(|document| users(document).any(is_one))
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Yaml11);
    for root in candidate.tree.documents() {
        for (number, item) in users(root).enumerate() {
            if item.kind() == Kind::Mapping {
                User { reader, root, item, is_first: number == 0 }.lower(lowered);
            } else {
                let text = "an entry of `users` is a mapping with `twitter_username` and `pleroma_username`";
                lowered.remark(RemarkKind::Malformed, reader.site(item), text, "");
            }
        }
    }
}

/// One mirror: an entry of `users` with the settings around it.
struct User<'t> {
    reader: Reader<'t>,
    root: NodeRef<'t>,
    item: NodeRef<'t>,
    /// Whether it is the first entry, to which what stands outside the list is counted.
    is_first: bool,
}

impl<'t> User<'t> {
    fn lower(&self, lowered: &mut Lowered) {
        for (old, new) in RENAMED {
            if let Some(entry) = self.item.entry(old) {
                let text = format!("pleroma-bot has no key `{old}` any more");
                let site = self.reader.site(entry.key);
                lowered.remark(RemarkKind::UnknownKey, site, text, format!("its name is `{new}` now"));
            }
        }
        let visibility = self.visibility(lowered);
        let account = lowered.account(self.account());
        for trigger in self.triggers() {
            lowered.automation(self.automation(account, trigger, visibility.clone()));
        }
    }

    /// A setting of the entry, else the one that holds for all.
    fn get(&self, key: &str) -> Option<NodeRef<'t>> {
        self.item.get(key).or_else(|| self.root.get(key))
    }

    /// A setting with a text in it.
    fn text(&self, key: &str) -> Option<NodeRef<'t>> {
        self.get(key).filter(|node| node.kind() == Kind::Scalar && !node.text().trim().is_empty())
    }

    fn flag(&self, key: &str) -> Stated<bool> {
        self.get(key).map_or(Stated::Absent, |node| self.reader.flag(node))
    }

    fn account(&self) -> Account {
        let site = self.item.get("pleroma_username").unwrap_or(self.item);
        let site = self.reader.site(site);
        let handle = self.handle();
        let platform = self.text("software").map(|node| node.text().to_lowercase());
        let mut account = Account {
            name: handle.known().cloned().unwrap_or_else(|| "the fediverse account".to_owned()),
            site,
            identity: Identity {
                platform: Stated::Known(platform.unwrap_or_else(|| "fediverse".to_owned()), site),
                handle,
                secret: self.text("pleroma_token").and_then(NodeRef::template_name).map(str::to_owned),
                instance: None,
            },
            auth: self
                .text("pleroma_token")
                .map_or(Stated::Absent, |node| Stated::Known(Auth::OfficialApi, self.reader.site(node))),
            secrets: self.secrets(),
            ..Account::default()
        };
        account.profile.bot_flag = self.flag("bot");
        // Otherwise the tool leaves the profile as it is.
        if self.flag("no_profile").get() != Some(true) {
            account.profile.bio = self.bio();
            account.profile.contact =
                self.text("support_account").map_or(Stated::Absent, |node| self.reader.stated_text(node));
        }
        if self.flag("avoid_duplicates").get() != Some(false) {
            account.enforced_by_tool.push(GuardKind::Dedupe);
        }
        // It goes on from its own last post, or begins two days ago.
        account.enforced_by_tool.push(GuardKind::AgeLimit);
        account
    }

    /// `@name@host`; a number is an account of Mastodon, whose name the file does not tell.
    fn handle(&self) -> Stated<String> {
        let Some(node) = self.item.get("pleroma_username").filter(|node| !node.text().trim().is_empty())
        else {
            return Stated::Absent;
        };
        let site = self.reader.site(node);
        let name = node.text().trim().trim_start_matches('@');
        if node.templated() || name.bytes().all(|byte| byte.is_ascii_digit()) {
            return Stated::Unknown(site);
        }
        let url = self.text("pleroma_base_url").map_or("", NodeRef::text);
        let host = url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/');
        let full = match name.contains('@') || host.is_empty() {
            true => format!("@{name}"),
            false => format!("@{name}@{host}"),
        };
        Stated::Known(full, site)
    }

    /// The text that is added to the profile, with names filled in as the tool fills them in.
    fn bio(&self) -> Stated<String> {
        let Some(node) = self.text("bio_text") else { return Stated::Absent };
        let text = node.text();
        let mut filled = String::with_capacity(text.len());
        let mut from = 0;
        for slot in slots(text) {
            let value = self.text(slot.name.trim()).filter(|value| !value.templated());
            let Some(value) = value else { continue };
            filled.push_str(text.get(from..slot.start).unwrap_or_default());
            filled.push_str(value.text());
            from = slot.end;
        }
        filled.push_str(text.get(from..).unwrap_or_default());
        Stated::Known(filled, self.reader.site(node))
    }

    fn secrets(&self) -> Vec<Secret> {
        let own = |key: &str| match self.is_first {
            true => self.text(key),
            false => self.item.get(key).filter(|node| node.kind() == Kind::Scalar),
        };
        let nodes = CREDENTIALS.iter().filter_map(|key| Some((*key, own(key)?)));
        let written = nodes.filter(|(_, node)| !node.templated());
        written.filter_map(|(key, node)| Secret::new(key, node.text(), self.reader.site(node))).collect()
    }

    /// One trigger for all Twitter accounts, one for all feeds.
    fn triggers(&self) -> Vec<Trigger> {
        let mut triggers = Vec::new();
        let listed = |key: &str| {
            let node = self.item.get(key)?;
            let of: Vec<Text> = self.reader.texts(node);
            let of: Vec<Text> = of.into_iter().filter(|text| !text.text.trim().is_empty()).collect();
            (!of.is_empty()).then(|| (self.reader.site(node), of))
        };
        if let Some((site, of)) = listed("rss") {
            let mut trigger = Trigger::new(Event::FeedItem, site);
            trigger.filters = of;
            triggers.push(trigger);
        } else if let Some((site, of)) = listed("twitter_username") {
            let mut trigger = Trigger::new(Event::PostBy, site);
            trigger.from = Some(Audience::new(AudienceKind::Named, site).of(of));
            trigger.filters =
                self.get("hashtags").map_or_else(Vec::new, |hashtags| self.reader.texts(hashtags));
            triggers.push(trigger);
        }
        triggers
    }

    fn automation(&self, account: usize, trigger: Trigger, visibility: Stated<Visibility>) -> Automation {
        let site = self.reader.site(self.item);
        let mut action =
            Action::new(Verb::Post, trigger.site, Audience::new(AudienceKind::Public, trigger.site));
        action.visibility = visibility;
        action.marked = self.marked(trigger.site);
        let guards = match self.get("include_rts").map(|node| (self.reader.flag(node).get(), node)) {
            Some((Some(false), node)) => vec![Guard::new(GuardKind::OriginalsOnly, self.reader.site(node))],
            _ => Vec::new(),
        };
        let of = trigger.from.iter().flat_map(|from| &from.of).chain(&trigger.filters).next();
        Automation {
            name: of.map_or_else(|| "mirror".to_owned(), |text| format!("mirror of {}", text.text)),
            site,
            account,
            triggers: vec![trigger],
            guards,
            actions: vec![action],
            ..Automation::default()
        }
    }

    /// `signature` adds a link to the original; a profile that names the source says the same for all posts.
    fn marked(&self, source: Site) -> Stated<bool> {
        let stated = self.flag("signature");
        let says_so = |bio: &String| {
            let bio = bio.to_lowercase();
            ["mirror", "twitter", "crosspost", "bot"].iter().any(|word| bio.contains(word))
        };
        match (&stated, self.bio().known().filter(|bio| says_so(bio))) {
            (Stated::Known(true, _) | Stated::Unknown(_), _) => stated,
            (_, Some(_)) => Stated::Absent,
            (Stated::Absent, None) => Stated::Known(false, source),
            _ => stated,
        }
    }

    /// Unlisted, unless it says otherwise.
    fn visibility(&self, lowered: &mut Lowered) -> Stated<Visibility> {
        let Some(node) = self.get("visibility") else {
            return Stated::Known(Visibility::Unlisted, self.reader.site(self.item));
        };
        let site = self.reader.site(node);
        if node.templated() {
            return Stated::Unknown(site);
        }
        let known = VISIBILITIES.iter().find(|(name, _)| *name == node.text());
        if known.is_none() {
            let text = format!("pleroma-bot refuses the visibility `{}`", node.text());
            let help = "write public, unlisted, private or direct";
            lowered.remark(RemarkKind::Malformed, site, text, help);
        }
        known.map_or(Stated::Unknown(site), |(_, visibility)| Stated::Known(*visibility, site))
    }
}
