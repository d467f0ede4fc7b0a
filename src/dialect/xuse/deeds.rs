//! What the switches of one account, or of all, make the tool do. Each run goes through them once; every
//! limit is one of a run, and how often it runs is not in the files.
//!
//! Replies and likes are on by default as well. That alone is not held against a file: only what it says.

use super::account::Targets;
use crate::dialect::gramaddict::settings::Settings;
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{
    Action, Audience, AudienceKind, Automation, Bound, Event, Guard, GuardKind, LimitKind, Limits, Site,
    Stated, Text, Trigger, Verb,
};

/// The switches and what they need.
pub(super) struct Deeds<'t> {
    pub(super) settings: Settings<'t>,
    pub(super) targets: Targets,
    /// Whether a model chooses between reposting and liking.
    pub(super) decides: Stated<bool>,
    pub(super) account: usize,
    pub(super) enabled: Stated<bool>,
    pub(super) site: Site,
}

/// A limit of a run: its setting, and the tool's default.
type Cap = (&'static str, f64);

impl Deeds<'_> {
    /// Lowers everything that is on.
    pub(super) fn lower(&self, lowered: &mut Lowered) {
        self.competitors(lowered);
        self.replies(lowered);
        self.retweets(lowered);
        self.likes(lowered);
        self.community(lowered);
    }

    /// Takes up the posts of other accounts: in its own words, as a repost, or as a quote.
    fn competitors(&self, lowered: &mut Lowered) {
        let key = "enable_competitor_reposts";
        let stated = self.settings.site(key).filter(|_| self.settings.is_on(key));
        if self.settings.is_off(key) {
            return;
        }
        let Some(profiles) = self.people(&self.targets.profiles, key, "competitor_profiles", lowered) else {
            return;
        };
        let site = stated.unwrap_or(self.site);
        let cap = ("max_posts_per_competitor_run", 2.0);
        let Some(limits) = self.limits(key, cap, site, self.targets.profiles.as_ref().map(Vec::len), lowered)
        else {
            return;
        };
        let kind = self.settings.value("competitor_post_interaction_type");
        let named = Audience::new(AudienceKind::Named, site).of(profiles.clone());
        let public = Audience::new(AudienceKind::Public, site);
        let mut action = match kind.map(|kind| kind.text().trim().to_ascii_lowercase()).as_deref() {
            _ if self.decides.get() == Some(true) => Action::new(Verb::Post, site, public),
            Some("retweet") => Action::new(Verb::Repost, site, public),
            Some("quote_tweet") => Action::new(Verb::Quote, site, named.clone()),
            _ => Action::new(Verb::Post, site, public),
        };
        if action.verb != Verb::Repost {
            action.model_generated = match stated {
                Some(site) => self.written_by_model("llm_settings_for_post", site),
                None => Stated::Unknown(site),
            };
        }
        action.limits = limits;
        let mut actions = vec![action];
        // What is not relevant enough to be taken up gets a like.
        if self.decides.get() == Some(true) {
            actions.push(Action::new(Verb::Like, self.decides.site().unwrap_or(site), named));
        }
        let from = Audience::new(AudienceKind::Named, site).of(profiles);
        let trigger = Trigger { from: Some(from), ..Trigger::new(Event::PostBy, site) };
        self.automation("competitor posts", site, trigger, Vec::new(), actions, lowered);
    }

    /// Answers posts that hold a word, with a model's text.
    fn replies(&self, lowered: &mut Lowered) {
        let key = "enable_keyword_replies";
        let Some(site) = self.on(key) else { return };
        let Some(words) = self.people(&self.targets.keywords, key, "target_keywords", lowered) else {
            return;
        };
        let cap = ("max_replies_per_keyword_run", 3.0);
        let sources = self.targets.keywords.as_ref().map(Vec::len);
        let Some(limits) = self.limits(key, cap, site, sources, lowered) else { return };
        let mut action = Action::new(Verb::Reply, site, Audience::new(AudienceKind::Initiator, site));
        action.model_generated = self.written_by_model("llm_settings_for_reply", site);
        action.limits = limits;
        let mut trigger = Trigger { filters: words, ..Trigger::new(Event::PostMatch, site) };
        trigger.max_age = self.days("reply_only_to_recent_tweets_hours");
        let own = "avoid_replying_to_own_tweets";
        let spares_own = !self.settings.is_off(own);
        let guard = Guard::new(GuardKind::ExcludeSelf, self.settings.site(own).unwrap_or(site));
        let guards = spares_own.then_some(guard).into_iter().collect();
        self.automation("keyword replies", site, trigger, guards, vec![action], lowered);
    }

    /// Reposts posts that hold a word.
    fn retweets(&self, lowered: &mut Lowered) {
        let key = "enable_keyword_retweets";
        let Some(site) = self.on(key) else { return };
        let Some(words) = self.people(&self.targets.keywords, key, "target_keywords", lowered) else {
            return;
        };
        let cap = ("max_retweets_per_keyword_run", 1.0);
        let sources = self.targets.keywords.as_ref().map(Vec::len);
        let Some(limits) = self.limits(key, cap, site, sources, lowered) else { return };
        let mut action = Action::new(Verb::Repost, site, Audience::new(AudienceKind::Public, site));
        action.limits = limits;
        let trigger = Trigger { filters: words, ..Trigger::new(Event::PostMatch, site) };
        let guards = vec![Guard::new(GuardKind::ExcludeSelf, site)];
        self.automation("keyword retweets", site, trigger, guards, vec![action], lowered);
    }

    /// Likes posts that hold a word: words of its own, else those of the account. The feed is not yet read.
    fn likes(&self, lowered: &mut Lowered) {
        let key = "enable_liking_tweets";
        let feed = "like_tweets_from_feed";
        if let Some(site) = self.on(feed) {
            let text = format!("`{feed}` has no effect: the tool does not do it yet");
            lowered.remark(RemarkKind::Inert, site, text, "");
        }
        let Some(site) = self.on(key) else { return };
        let own = self.settings.texts("like_tweets_from_keywords");
        let words = match own.is_empty() {
            true => self.people(&self.targets.keywords, key, "target_keywords", lowered),
            false => Some(own),
        };
        let Some(words) = words else { return };
        let Some(limits) = self.limits(key, ("max_likes_per_run", 5.0), site, Some(1), lowered) else {
            return;
        };
        let found = Audience::new(AudienceKind::Search, site).of(words.clone());
        let mut action = Action::new(Verb::Like, site, found);
        action.limits = limits;
        let trigger = Trigger { filters: words, ..Trigger::new(Event::PostMatch, site) };
        self.automation("likes", site, trigger, Vec::new(), vec![action], lowered);
    }

    /// Likes, reposts and answers what members of a community post. Likes and reposts are on with it.
    fn community(&self, lowered: &mut Lowered) {
        let key = "enable_community_engagement";
        let Some(site) = self.on(key) else { return };
        if let Some(None) = &self.targets.community {
            let text = format!("`{key}` has no effect: the account has no `community_id`");
            lowered.remark(RemarkKind::Inert, site, text, "");
            return;
        }
        let of: Vec<Text> = self.targets.community.iter().flatten().cloned().collect();
        let cap = ("max_community_engagements_per_run", 3.0);
        let Some(limits) = self.limits(key, cap, site, Some(1), lowered) else { return };
        let members = |site| Audience::new(AudienceKind::Members, site).of(of.clone());
        let mut actions = Vec::new();
        for (key, verb) in
            [("enable_community_likes", Verb::Like), ("enable_community_retweets", Verb::Repost)]
        {
            if !self.settings.is_off(key) {
                let at = self.settings.site(key).unwrap_or(site);
                let kind = if verb == Verb::Repost { AudienceKind::Public } else { AudienceKind::Members };
                let audience = Audience { kind, ..members(at) };
                let mut action = Action::new(verb, at, audience);
                action.limits = limits.clone();
                actions.push(action);
            }
        }
        if let Some(at) = self.on("enable_community_replies") {
            let mut reply = Action::new(Verb::Reply, at, Audience::new(AudienceKind::Initiator, at));
            reply.model_generated = self.written_by_model("llm_settings_for_reply", at);
            if let Some(limits) = self.limits(
                "enable_community_replies",
                ("max_community_replies_per_run", 2.0),
                at,
                Some(1),
                lowered,
            ) {
                reply.limits = limits;
                actions.push(reply);
            }
        }
        let trigger = Trigger { from: Some(members(site)), ..Trigger::new(Event::PostMatch, site) };
        let guards = vec![Guard::new(GuardKind::ExcludeSelf, site)];
        self.automation("community", site, trigger, guards, actions, lowered);
    }

    /// Where a switch stands that the file itself turns on.
    fn on(&self, key: &str) -> Option<Site> {
        self.settings.site(key).filter(|_| self.settings.is_on(key))
    }

    /// Whom a switch needs; none where the account names nobody, and nobody yet where another file does.
    fn people(
        &self,
        stated: &Option<Vec<Text>>,
        key: &str,
        needs: &str,
        lowered: &mut Lowered,
    ) -> Option<Vec<Text>> {
        let Some(people) = stated else { return Some(Vec::new()) };
        if people.is_empty() {
            if let Some(site) = self.on(key) {
                let text = format!("`{key}` has no effect: the account has no `{needs}`");
                lowered.remark(RemarkKind::Inert, site, text, "");
            }
            return None;
        }
        Some(people.clone())
    }

    /// The limits of a run: so many for each source. None of them is none at all.
    fn limits(
        &self,
        key: &str,
        (cap, usual): Cap,
        site: Site,
        sources: Option<usize>,
        lowered: &mut Lowered,
    ) -> Option<Limits> {
        if self.settings.is_off(cap) && self.settings.value(cap).is_some_and(|value| value.text() != "null") {
            if let Some(site) = self.on(key) {
                let text = format!("`{key}` has no effect: `{cap}` is zero");
                lowered.remark(RemarkKind::Inert, site, text, "");
            }
            return None;
        }
        let (each, site) = self.settings.number(cap).unwrap_or((usual, site));
        let mut limits = Limits::default();
        match sources {
            Some(sources) => {
                let most = Bound::AtMost(each * sources as f64);
                limits.set(LimitKind::PerRun, Stated::Known(most, site));
            }
            None => {
                limits.set(LimitKind::PerSource, Stated::Known(Bound::AtMost(each), site));
                limits.set(LimitKind::PerRun, Stated::Unknown(site));
            }
        }
        Some(limits)
    }

    /// A model always writes; where it is told how is the best place to say so.
    fn written_by_model(&self, key: &str, site: Site) -> Stated<bool> {
        Stated::Known(true, self.settings.name_site(key).unwrap_or(site))
    }

    /// Hours, as days.
    fn days(&self, key: &str) -> Stated<f64> {
        self.settings.number(key).map_or(Stated::Absent, |(hours, site)| Stated::Known(hours / 24.0, site))
    }

    fn automation(
        &self,
        name: &str,
        site: Site,
        trigger: Trigger,
        guards: Vec<Guard>,
        actions: Vec<Action>,
        lowered: &mut Lowered,
    ) {
        if actions.is_empty() {
            return;
        }
        lowered.automation(Automation {
            name: name.to_owned(),
            site,
            account: self.account,
            enabled: self.enabled.clone(),
            triggers: vec![trigger],
            guards,
            actions,
            ..Automation::default()
        });
    }
}
