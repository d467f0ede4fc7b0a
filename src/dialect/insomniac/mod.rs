//! Insomniac, GramAddict's ancestor: a JSON list of parameters, each with a switch of its own. Only those
//! that are enabled count; names, values and descriptions of the others mean nothing.

mod keys;

use keys::{DEEDS, EXAMPLES, NAMING, PEOPLE, UNFOLLOWS, USUAL_PER_SOURCE, audience_of};

use super::gramaddict::account;
use super::gramaddict::pacing::{self, USUAL_SESSION};
use super::gramaddict::settings::Settings;
use super::reading::{Reader, flag_of};
use super::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{
    Action, Audience, AudienceKind, Automation, Bound, Event, LimitKind, Site, Stated, Trigger, Verb,
};
use crate::syntax::{Entry, NodeRef, Schema, Value};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "insomniac",
    title: "Insomniac, a bot that drives the Instagram app",
    reference: "https://github.com/alexal1/Insomniac, config-examples as of version 3.8",
    recognised_by: "a list of mappings with `parameter-name`, `enabled` and `value`",
    expresses: account::EXPRESSES,
    hints: &["parameter-name"],
    detect,
    lower,
};

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| {
        document.items().any(|item| item.get("parameter-name").is_some() && item.get("enabled").is_some())
    })
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Json);
    for document in candidate.tree.documents() {
        let parameters = document
            .items()
            .filter(|item| is_enabled(*item))
            .filter_map(|item| Some(Entry { key: item.get("parameter-name")?, value: item.get("value")? }));
        Insomniac { settings: Settings::new(reader, parameters), lowered }.document(document);
    }
}

fn is_enabled(item: NodeRef<'_>) -> bool {
    item.get("enabled").is_some_and(|node| match node.value(Schema::Json) {
        Value::Bool(flag) => flag,
        Value::Str(text) => flag_of(text) == Some(true),
        _ => false,
    })
}

/// Reads one list of parameters.
struct Insomniac<'t, 'l> {
    settings: Settings<'t>,
    lowered: &'l mut Lowered,
}

impl<'t> Insomniac<'t, '_> {
    fn document(&mut self, document: NodeRef<'t>) {
        let chain = self.chain();
        let account = NAMING.account(&self.settings, document, chain, self.lowered);
        let account = self.lowered.account(account);
        let first = self.lowered.model.automations.len();
        for key in ["interact", "scrape"] {
            self.sources(key, account);
        }
        self.targets(account);
        self.unfollow(account);
        self.remove_followers(account);
        self.welcome(account);
        let people = self.people();
        let automations = self.lowered.model.automations.get_mut(first..).unwrap_or_default();
        for deed in DEEDS {
            deed.share_limits(&self.settings, people, automations);
        }
        account::close_inbox(self.lowered, account);
        for deed in DEEDS {
            deed.remark_inert(&self.settings, self.lowered);
        }
        self.remark_chain();
    }

    /// Files that name each other as the next one act for one account; they stand in one folder.
    fn chain(&self) -> Option<String> {
        let folder = self.settings.reader.candidate.path.parent()?;
        self.settings.is_on("next_config_file").then(|| format!("insomniac {}", folder.display()))
    }

    /// Sessions in a day: as many as the shortest pause, the longest session and the working hours allow.
    ///
    /// In a chain of files a round is this session, its pause, and at least one session of another file,
    /// which is taken to be as long. A file of a chain that makes no pause leaves it to another one: then
    /// the pace cannot be told from here.
    fn sessions(&self) -> Stated<Bound> {
        let (Some(site), Some(pause)) = (self.settings.site("repeat"), self.settings.least("repeat")) else {
            return Stated::Absent;
        };
        let Some(windows) = NAMING.windows(&self.settings) else { return Stated::Unknown(site) };
        let length =
            self.settings.number("session_length_in_mins_limit").map_or(USUAL_SESSION, |(most, _)| most);
        let is_chain = self.settings.is_on("next_config_file");
        if is_chain && pause <= 0.0 {
            return Stated::Unknown(site);
        }
        let cycle = if is_chain { pause + 2.0 * length } else { pause + length };
        Stated::Known(Bound::AtMost(pacing::sessions_per_day(cycle, &windows)), site)
    }

    /// How many people a session visits at most: the totals, else the limit for each source.
    fn people(&self) -> Option<(f64, Site)> {
        let totals = PEOPLE.iter().filter_map(|key| self.settings.number(key));
        totals.min_by(|(a, _), (b, _)| a.total_cmp(b)).or_else(|| {
            let sources = self.settings.texts("interact").len();
            let site = self.settings.site("interact").filter(|_| sources > 0)?;
            let (each, site) = ["successful_interactions_limit_per_source", "interactions_count"]
                .iter()
                .find_map(|key| self.settings.number(key))
                .unwrap_or((USUAL_PER_SOURCE, site));
            Some((each * sources as f64, site))
        })
    }

    /// One automation for each kind of source: `@user-followers`, `tag-top-likers`, `P-place-recent-posts`.
    fn sources(&mut self, key: &str, account: usize) {
        if !self.settings.is_on(key) {
            return;
        }
        let sources = self.settings.texts(key);
        let example = sources.iter().find(|source| EXAMPLES.iter().any(|name| source.text.contains(name)));
        if let Some(example) = example {
            let text = "this looks like the tool's own example: the source is one that it ships with";
            self.lowered.remark(RemarkKind::Example, example.site, text, "");
        }
        let own = self.settings.value("username").map(NodeRef::text);
        let mut audiences: Vec<Audience> = Vec::new();
        for audience in sources.iter().map(|source| audience_of(source, own)) {
            match audiences.iter_mut().find(|known| known.kind == audience.kind) {
                Some(known) => known.of.extend(audience.of),
                None => audiences.push(audience),
            }
        }
        for audience in audiences {
            let (name, site) = (format!("{key} {}", audience.kind), audience.site);
            let actions = match key {
                "scrape" => vec![Action::new(Verb::Collect, site, audience)],
                _ => self.interactions(&audience),
            };
            self.automation(&name, site, account, Event::Schedule, actions);
        }
    }

    /// `targets_list`, or the file `targets.txt`, whose origin nobody states.
    fn targets(&mut self, account: usize) {
        let named = self.settings.texts("targets_list");
        let (key, kind) = match named.as_slice() {
            [] => ("interact_targets", AudienceKind::List),
            _ => ("targets_list", AudienceKind::Named),
        };
        let Some(site) = self.settings.site(key) else { return };
        if self.settings.is_on("interact_targets") {
            let actions = self.interactions(&Audience::new(kind, site).of(named));
            self.automation(key, site, account, Event::Schedule, actions);
        }
    }

    /// What a session does to the people it visits. Comments need a list of them.
    fn interactions(&self, audience: &Audience) -> Vec<Action> {
        let texts = self.settings.texts("comments_list");
        let actions = DEEDS.iter().filter_map(|deed| deed.action(&self.settings, audience));
        let mut actions: Vec<Action> =
            actions.filter(|action| action.verb != Verb::Comment || !texts.is_empty()).collect();
        for action in actions.iter_mut().filter(|action| action.verb == Verb::Comment) {
            action.texts.clone_from(&texts);
        }
        actions
    }

    fn unfollow(&mut self, account: usize) {
        let stated = UNFOLLOWS.iter().find_map(|(key, kind)| Some((*key, *kind, self.settings.number(key)?)));
        let Some((key, kind, (number, site))) = stated else { return };
        let kind = if self.settings.is_on("unfollow_non_followers") {
            AudienceKind::NonFollowers
        } else if self.settings.is_on("unfollow_followed_by_anyone") {
            AudienceKind::OwnFollowing
        } else {
            kind
        };
        self.counted(key, Verb::Unfollow, kind, account, (number, site));
    }

    fn remove_followers(&mut self, account: usize) {
        let key = "remove_mass_followers";
        if let Some(number) = self.settings.number(key) {
            self.counted(key, Verb::RemoveFollower, AudienceKind::OwnFollowers, account, number);
        }
    }

    /// Messages to new followers, one text of `dm_list` each.
    fn welcome(&mut self, account: usize) {
        let texts = self.settings.texts("dm_list");
        if let Some((number, site)) =
            self.settings.number("dm_to_new_followers").filter(|_| !texts.is_empty())
        {
            let mut action = Action::new(Verb::Dm, site, Audience::new(AudienceKind::Initiator, site));
            action.texts = texts;
            action.limits.set(LimitKind::PerRun, Stated::Known(Bound::AtMost(number), site));
            self.automation("dm_to_new_followers", site, account, Event::Followed, vec![action]);
        }
    }

    /// A job that does one thing to as many people as its parameter says.
    fn counted(&mut self, key: &str, verb: Verb, kind: AudienceKind, account: usize, number: (f64, Site)) {
        let (number, site) = number;
        let mut action = Action::new(verb, site, Audience::new(kind, site));
        action.limits.set(LimitKind::PerRun, Stated::Known(Bound::AtMost(number), site));
        self.automation(key, site, account, Event::Schedule, vec![action]);
    }

    fn automation(&mut self, name: &str, site: Site, account: usize, event: Event, actions: Vec<Action>) {
        if actions.is_empty() {
            return;
        }
        let triggers = vec![Trigger::new(event, site)];
        let name = name.to_owned();
        let mut automation = Automation { name, site, account, triggers, actions, ..Automation::default() };
        automation.limits.set(LimitKind::RunsPerDay, self.sessions());
        self.lowered.automation(automation);
    }

    /// The next file is loaded after the pause that `repeat` makes.
    fn remark_chain(&mut self) {
        if let Some(site) =
            self.settings.site("next_config_file").filter(|_| self.settings.value("repeat").is_none())
        {
            let text = "`next_config_file` has no effect: `repeat` is not enabled";
            self.lowered.remark(RemarkKind::Inert, site, text, "");
        }
    }
}
