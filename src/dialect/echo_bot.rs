//! Mastodon Echo Bot and `MastoFeed`, which post what named accounts, channels and feeds post. Their settings are
//! spread over files of one folder: parsers say what is read, the publisher how it is posted.

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered};
use crate::model::{
    Account, Action, Audience, AudienceKind, Auth, Automation, Bound, Event, Guard, GuardKind, Identity,
    LimitKind, Secret, Site, Stated, Switch, SwitchKind, Text, Trigger, Verb,
};
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "mastodon-echo-bot",
    title: "Mastodon Echo Bot and MastoFeed, which repeat accounts, channels and feeds",
    reference: "https://github.com/XaviArnaus/mastodon-echo-bot, as of version 1.0; https://github.com/XaviArnaus/masto-feed",
    recognised_by: "a parser with a `storage_file` beside its `accounts`, `channels` or `sites`, or a `publisher` with `only_older_toot`",
    expresses: &[],
    hints: &["mastodon_parser", "telegram_parser", "twitter_parser", "feed_parser", "only_older_toot"],
    detect,
    lower,
};

/// A parser: its section, the lists in it, the key by which an item names what is read, and what a new post
/// there becomes.
struct Parser {
    section: &'static str,
    lists: &'static [&'static str],
    named_by: &'static str,
    event: Event,
    verb: Verb,
}

/// Every parser. Posts of the same network are boosted, all others copied.
const PARSERS: &[Parser] = &[
    Parser {
        section: "mastodon_parser",
        lists: &["accounts"],
        named_by: "user",
        event: Event::PostBy,
        verb: Verb::Repost,
    },
    Parser {
        section: "twitter_parser",
        lists: &["accounts"],
        named_by: "user",
        event: Event::PostBy,
        verb: Verb::Post,
    },
    Parser {
        section: "telegram_parser",
        lists: &["channels", "chats"],
        named_by: "id",
        event: Event::PostBy,
        verb: Verb::Post,
    },
    Parser {
        section: "feed_parser",
        lists: &["sites"],
        named_by: "url",
        event: Event::FeedItem,
        verb: Verb::Post,
    },
];

/// What an item may read of an account; where all that is stated is off, nothing is read.
const READS: &[&str] = &["toots", "retoots", "tweets", "replies", "retweets", "quotes"];

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        let parses = PARSERS.iter().any(|parser| {
            document.get(parser.section).is_some_and(|section| {
                let lists = parser.lists.iter().any(|list| section.get(list).is_some());
                section.get("storage_file").is_some() && lists
            })
        });
        parses || document.get("publisher").is_some_and(|node| node.get("only_older_toot").is_some())
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Yaml11);
    for root in candidate.tree.documents() {
        File { reader, root }.lower(lowered);
    }
}

/// One of the files.
struct File<'t> {
    reader: Reader<'t>,
    root: NodeRef<'t>,
}

impl<'t> File<'t> {
    fn lower(&self, lowered: &mut Lowered) {
        let account = lowered.account(self.account());
        for parser in PARSERS {
            let lists = parser.lists.iter().filter_map(|list| self.root.get(parser.section)?.get(list));
            for item in lists.flat_map(NodeRef::items).filter(|item| self.reads(*item)) {
                if let Some(automation) = self.automation(account, parser, item) {
                    lowered.automation(automation);
                }
                if let Some(automation) = self.follow(account, parser, item) {
                    lowered.automation(automation);
                }
            }
        }
    }

    fn at(&self, path: &[&str]) -> Option<NodeRef<'t>> {
        path.iter().try_fold(self.root, |node, key| node.get(key))
    }

    fn account(&self) -> Account {
        let node = self.at(&["app"]).unwrap_or(self.root);
        let site = self.reader.site(node);
        let handle = self.at(&["app", "user"]).filter(|node| node.kind() == Kind::Scalar);
        let handle = handle.filter(|node| node.text().contains('@'));
        let admin = self.at(&["app", "admin"]).filter(|node| node.kind() == Kind::Scalar);
        let path = self.reader.candidate.path;
        let mut account = Account {
            name: "the Mastodon account".to_owned(),
            site,
            identity: Identity {
                platform: Stated::Known("mastodon".to_owned(), site),
                handle: handle.map_or(Stated::Absent, |node| self.reader.stated_text(node)),
                secret: None,
                instance: path.parent().map(|folder| format!("mastodon-echo-bot:{}", folder.display())),
            },
            // A password signs the application in once; from then on it has a token.
            auth: Stated::Known(Auth::OfficialApi, site),
            switches: self.dry_run().into_iter().collect(),
            secrets: self.secrets(),
            ..Account::default()
        };
        account.profile.operator = admin.map_or(Stated::Absent, |node| self.reader.stated_text(node));
        account
    }

    fn dry_run(&self) -> Option<Switch> {
        let on = self.reader.flag(self.at(&["publisher", "dry_run"])?);
        Some(Switch { kind: SwitchKind::DryRun, on })
    }

    fn secrets(&self) -> Vec<Secret> {
        const PLACES: &[&[&str]] = &[
            &["app", "user", "password"],
            &["telegram_parser", "api_hash"],
            &["twitter_parser", "bearer_token"],
        ];
        let nodes = PLACES.iter().filter_map(|path| Some((*path.last()?, self.at(path)?)));
        let written = nodes.filter(|(_, node)| node.kind() == Kind::Scalar && !node.templated());
        written.filter_map(|(key, node)| Secret::new(key, node.text(), self.reader.site(node))).collect()
    }

    /// Whether anything of this item is read.
    fn reads(&self, item: NodeRef<'t>) -> bool {
        let mut stated = READS.iter().filter_map(|key| item.get(key)).peekable();
        stated.peek().is_none() || stated.any(|node| self.reader.flag(node).get() != Some(false))
    }

    fn named(&self, parser: &Parser, item: NodeRef<'t>) -> Option<Text> {
        let node = item.get(parser.named_by).filter(|node| !node.text().trim().is_empty())?;
        Some(self.reader.text(node))
    }

    fn automation(&self, account: usize, parser: &Parser, item: NodeRef<'t>) -> Option<Automation> {
        let source = self.named(parser, item)?;
        let site = source.site;
        let mut trigger = Trigger::new(parser.event, site);
        match parser.event {
            Event::FeedItem => trigger.filters = vec![source.clone()],
            _ => trigger.from = Some(Audience::new(AudienceKind::Named, site).of(vec![source.clone()])),
        }
        let mut action = Action::new(parser.verb, site, Audience::new(AudienceKind::Public, site));
        action.marked = match (parser.verb, item.get("show_name")) {
            (Verb::Repost, _) => Stated::Known(true, site),
            (_, Some(node)) => self.reader.flag(node),
            _ => Stated::Absent,
        };
        let mut automation = Automation {
            name: format!("echo of {}", source.text),
            site,
            account,
            triggers: vec![trigger],
            guards: self.guards(item),
            actions: vec![action],
            ..Automation::default()
        };
        if let Some(site) = self.one_at_a_time() {
            automation.limits.set(LimitKind::PerRun, Stated::Known(Bound::AtMost(1.0), site));
        }
        Some(automation)
    }

    fn one_at_a_time(&self) -> Option<Site> {
        let node = self.at(&["publisher", "only_older_toot"])?;
        (self.reader.flag(node).get() == Some(true)).then(|| self.reader.site(node))
    }

    /// Posts with certain words only; and boosts of what the account itself wrote only.
    fn guards(&self, item: NodeRef<'t>) -> Vec<Guard> {
        let mut guards = Vec::new();
        let profile = item.get("keywords_filter_profile");
        if let Some(node) = profile.filter(|node| !matches!(node.text(), "" | "~" | "null" | "None")) {
            let values = self.reader.texts(node);
            guards.push(Guard { values, ..Guard::new(GuardKind::Relevance, self.reader.site(node)) });
        }
        if let Some(node) = item.get("retoots").or_else(|| item.get("retweets"))
            && self.reader.flag(node).get() == Some(false)
        {
            guards.push(Guard::new(GuardKind::OriginalsOnly, self.reader.site(node)));
        }
        guards
    }

    /// Follows the account that it repeats, because servers hand on the posts of followed accounts only.
    fn follow(&self, account: usize, parser: &Parser, item: NodeRef<'t>) -> Option<Automation> {
        let switch = item.get("auto_follow").filter(|node| self.reader.flag(*node).get() == Some(true))?;
        let of = self.named(parser, item)?;
        let site = self.reader.site(switch);
        let one = Stated::Known(1.0, of.site);
        let audience = Audience::new(AudienceKind::Named, of.site).of(vec![of]).sized(one);
        Some(Automation {
            name: "follow what is echoed".to_owned(),
            site,
            account,
            triggers: vec![Trigger::new(Event::Schedule, site)],
            actions: vec![Action::new(Verb::Follow, site, audience)],
            ..Automation::default()
        })
    }
}
