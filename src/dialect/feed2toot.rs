//! feed2toot, which posts the new items of feeds to a Mastodon account whenever cron starts it.

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{
    Account, Action, Audience, AudienceKind, Auth, Automation, Event, Guard, GuardKind, Identity, Property,
    Site, Stated, Text, Trigger, Verb, Visibility,
};
use crate::names::nearest;
use crate::syntax::{NodeRef, Schema, Syntax};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "feed2toot",
    title: "feed2toot, which posts feeds to Mastodon",
    reference: "https://gitlab.com/chaica/feed2toot, as of version 0.17",
    recognised_by: "an .ini file with a section `rss` (`uri`, `uri_list` or `toot`) beside a section `mastodon`",
    expresses: &[],
    hints: &["[rss]"],
    detect,
    lower,
};

/// The keys of each section. `plugins` have sections of their own, and so has anybody's wrapper.
const KEYS: &[(&str, &[&str])] = &[
    ("mastodon", &["instance_url", "user_credentials", "client_credentials", "toot_visibility"]),
    ("cache", &["cachefile", "cache_limit"]),
    ("lock", &["lock_file", "lock_timeout"]),
    (
        "rss",
        &[
            "uri",
            "uri_list",
            "toot",
            "toot_max_len",
            "no_uri_pattern_no_global_pattern",
            "addtags",
            "ignore_ssl",
        ],
    ),
    ("hashtaglist", &["several_words_hashtags_list", "no_tags_in_toot"]),
    ("feedparser", &["accept_bozo_exceptions"]),
    ("media", &["custom"]),
];

/// Values of `toot_visibility`.
const VISIBILITIES: &[(&str, Visibility)] = &[
    ("public", Visibility::Public),
    ("unlisted", Visibility::Unlisted),
    ("private", Visibility::Followers),
    ("direct", Visibility::Private),
];

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.syntax() == Syntax::Ini
        && candidate.tree.documents().any(|document| {
            let rss = document
                .get("rss")
                .is_some_and(|rss| ["uri", "uri_list", "toot"].iter().any(|key| rss.get(key).is_some()));
            let mastodon = document.get("mastodon").is_some_and(|mastodon| {
                ["instance_url", "user_credentials"].iter().any(|key| mastodon.get(key).is_some())
            });
            rss && mastodon
        })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Text);
    for root in candidate.tree.documents() {
        File { reader, root }.lower(lowered);
    }
}

/// One configuration.
struct File<'t> {
    reader: Reader<'t>,
    root: NodeRef<'t>,
}

impl<'t> File<'t> {
    fn lower(&self, lowered: &mut Lowered) {
        self.unknown_keys(lowered);
        let account = lowered.account(self.account());
        let feeds: Vec<NodeRef<'t>> =
            ["uri", "uri_list"].into_iter().filter_map(|key| self.get("rss", key)).collect();
        let Some(first) = feeds.first() else { return };
        let site = self.reader.site(*first);
        let mut trigger = Trigger::new(Event::FeedItem, site);
        trigger.filters = feeds.iter().map(|feed| self.reader.text(*feed)).collect();
        let toot = self.get("rss", "toot");
        let at = toot.map_or(site, |toot| self.reader.site(toot));
        let mut action = Action::new(Verb::Post, at, Audience::new(AudienceKind::Public, at));
        action.texts = toot.map(|toot| self.toot(toot)).into_iter().collect();
        action.visibility = self.visibility(lowered);
        lowered.automation(Automation {
            name: "feed".to_owned(),
            site,
            account,
            triggers: vec![trigger],
            guards: self.patterns(),
            actions: vec![action],
            ..Automation::default()
        });
    }

    /// A setting with something in it.
    fn get(&self, section: &str, key: &str) -> Option<NodeRef<'t>> {
        self.root.get(section)?.get(key).filter(|node| !node.text().trim().is_empty())
    }

    /// The text of a post; `\n` begins a new line.
    fn toot(&self, node: NodeRef<'t>) -> Text {
        Text { text: node.text().replace("\\n", "\n"), site: self.reader.site(node) }
    }

    fn account(&self) -> Account {
        let at = ["instance_url", "user_credentials"].into_iter().find_map(|key| self.get("mastodon", key));
        let site = self.reader.site(at.unwrap_or(self.root));
        // Files that sign in with one file of credentials post to one account.
        let credentials = self.get("mastodon", "user_credentials");
        let mut account = Account {
            name: "the Mastodon account".to_owned(),
            site,
            identity: Identity {
                platform: Stated::Known("mastodon".to_owned(), site),
                instance: credentials.map(|node| format!("feed2toot:{}", node.text())),
                ..Identity::default()
            },
            auth: Stated::Known(Auth::OfficialApi, site),
            ..Account::default()
        };
        // How many items a run posts stands on the command line (ten, if nothing does); the memory of what was
        // posted is all that the file can say, and without it the same items come again with every run.
        match self.get("cache", "cachefile") {
            Some(cache) => account.guards.push(Guard::new(GuardKind::Dedupe, self.reader.site(cache))),
            None => account.expressible = vec![Property::Limits, Property::Memory],
        }
        account
    }

    /// `title_pattern` and the like: only items whose title holds one of these words.
    fn patterns(&self) -> Vec<Guard> {
        let entries = self.root.get("rss").into_iter().flat_map(NodeRef::entries);
        let patterns = entries.filter(|entry| {
            let key = entry.key.text();
            key.ends_with("_pattern") && key != "no_uri_pattern_no_global_pattern"
        });
        patterns
            .filter(|entry| !entry.value.text().trim().is_empty())
            .map(|entry| {
                let site = self.reader.site(entry.value);
                let words = entry.value.text().split(',').map(str::trim).filter(|word| !word.is_empty());
                let values = words.map(|word| Text { text: word.to_owned(), site }).collect();
                Guard { values, ..Guard::new(GuardKind::Relevance, site) }
            })
            .collect()
    }

    /// Public, unless it says otherwise.
    fn visibility(&self, lowered: &mut Lowered) -> Stated<Visibility> {
        let Some(node) = self.get("mastodon", "toot_visibility") else {
            return Stated::Known(Visibility::Public, self.section("mastodon"));
        };
        let site = self.reader.site(node);
        if node.templated() {
            return Stated::Unknown(site);
        }
        let known = VISIBILITIES.iter().find(|(name, _)| *name == node.text());
        if known.is_none() {
            let text = format!("Mastodon has no visibility `{}`", node.text());
            lowered.remark(RemarkKind::Malformed, site, text, "write public, unlisted, private or direct");
        }
        known.map_or(Stated::Unknown(site), |(_, visibility)| Stated::Known(*visibility, site))
    }

    fn section(&self, name: &str) -> Site {
        let entry = self.root.entry(name);
        entry.map_or_else(|| self.reader.site(self.root), |entry| self.reader.site(entry.key))
    }

    fn unknown_keys(&self, lowered: &mut Lowered) {
        for (section, known) in KEYS {
            let entries = self.root.get(section).into_iter().flat_map(NodeRef::entries);
            for key in entries.map(|entry| entry.key) {
                let name = key.text().to_lowercase();
                let is_pattern = *section == "rss"
                    && (name.ends_with("_pattern") || name.ends_with("_pattern_case_sensitive"));
                if is_pattern || known.contains(&name.as_str()) {
                    continue;
                }
                let help =
                    nearest(&name, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                let text = format!("feed2toot has no key `{}` in section `{section}`", key.text());
                lowered.remark(RemarkKind::UnknownKey, self.reader.site(key), text, help.unwrap_or_default());
            }
        }
    }
}
