//! The clients of an agent and what their settings make it do: post, answer, search, look through timelines.
//!
//! Posting is on by default in the old client for X. That alone is not held against a file; a switch that
//! the file turns on, or a rehearsal that it turns off, is.

use crate::dialect::Lowered;
use crate::dialect::gramaddict::settings::Settings;
use crate::model::{
    Action, Audience, AudienceKind, Auth, Automation, Bound, Event, Guard, GuardKind, LimitKind, Schedule,
    Site, Stated, Text, Trigger, Verb,
};

/// Minutes in a day.
const DAY: f64 = 24.0 * 60.0;

/// How a client calls its settings.
pub(super) struct Client {
    pub(super) platform: &'static str,
    pub(super) username: &'static str,
    /// Ways to sign in, the first that is filled in counts.
    pub(super) sign_in: &'static [(&'static str, Auth)],
    pub(super) dry_run: &'static str,
    /// Switches for posts of its own, and whether it posts where none is stated.
    posts: (&'static [&'static str], bool),
    /// Shortest time between two posts, in minutes, and the default.
    every: (&'static [&'static str], f64),
    /// Whether it answers people who address it; on by default.
    answers: Option<&'static str>,
    /// Likes and reposts on a timeline.
    actions: &'static str,
    /// Minutes between two looks at the timeline.
    look_every: &'static [&'static str],
    /// The most acts of one look, and the default.
    most: (&'static str, f64),
}

/// The client for X that signs in with a password.
static X_BY_PASSWORD: Client = Client {
    platform: "twitter",
    username: "TWITTER_USERNAME",
    sign_in: &[
        ("TWITTER_PASSWORD", Auth::Password),
        ("TWITTER_COOKIES", Auth::Browser),
        ("TWITTER_COOKIES_AUTH_TOKEN", Auth::Browser),
    ],
    dry_run: "TWITTER_DRY_RUN",
    posts: (&["ENABLE_TWITTER_POST_GENERATION"], true),
    every: (&["POST_INTERVAL_MIN"], 90.0),
    answers: None,
    actions: "ENABLE_ACTION_PROCESSING",
    look_every: &["ACTION_INTERVAL"],
    most: ("MAX_ACTIONS_PROCESSING", 1.0),
};

/// The plugin for X that uses the official interface.
static X_BY_API: Client = Client {
    platform: "twitter",
    username: "TWITTER_USERNAME",
    sign_in: &[
        ("TWITTER_API_KEY", Auth::OfficialApi),
        ("TWITTER_ACCESS_TOKEN", Auth::OfficialApi),
        ("TWITTER_CLIENT_ID", Auth::OfficialApi),
    ],
    dry_run: "TWITTER_DRY_RUN",
    posts: (&["TWITTER_ENABLE_POST", "TWITTER_POST_ENABLE"], false),
    every: (&["TWITTER_POST_INTERVAL_MIN", "TWITTER_POST_INTERVAL", "POST_INTERVAL_MIN"], 90.0),
    answers: Some("TWITTER_ENABLE_REPLIES"),
    actions: "TWITTER_ENABLE_ACTIONS",
    look_every: &["TWITTER_ENGAGEMENT_INTERVAL_MIN", "TWITTER_ENGAGEMENT_INTERVAL"],
    most: ("TWITTER_MAX_ENGAGEMENTS_PER_RUN", 5.0),
};

/// The client for Instagram.
pub(super) static INSTAGRAM: Client = Client {
    platform: "instagram",
    username: "INSTAGRAM_USERNAME",
    sign_in: &[("INSTAGRAM_PASSWORD", Auth::Password)],
    dry_run: "INSTAGRAM_DRY_RUN",
    posts: (&[], false),
    every: (&["INSTAGRAM_POST_INTERVAL_MIN"], 60.0),
    answers: None,
    actions: "INSTAGRAM_ENABLE_ACTION_PROCESSING",
    look_every: &["INSTAGRAM_ACTION_INTERVAL"],
    most: ("INSTAGRAM_MAX_ACTIONS", 1.0),
};

/// Settings that only the plugin for the official interface has.
const API_ONLY: &[&str] = &[
    "TWITTER_ENABLE_POST",
    "TWITTER_POST_ENABLE",
    "TWITTER_ENABLE_REPLIES",
    "TWITTER_ENABLE_ACTIONS",
    "TWITTER_ENABLE_DISCOVERY",
    "TWITTER_AUTH_MODE",
];

/// The client for X that these settings are for. Those of both in one file are a pattern for either; then
/// the password decides, since only the old client asks for one.
pub(super) fn x(settings: &Settings<'_>) -> &'static Client {
    let is_given = |key: &str| settings.value(key).is_some_and(|node| !node.text().trim().is_empty());
    let is_new = API_ONLY.iter().any(|key| settings.value(key).is_some());
    let by_password =
        is_given("TWITTER_PASSWORD") || settings.value("ENABLE_TWITTER_POST_GENERATION").is_some();
    if is_new && !by_password { &X_BY_API } else { &X_BY_PASSWORD }
}

/// Whether an agent is on Instagram at all: it has a way to sign in, or is told to act there.
pub(super) fn uses_instagram(settings: &Settings<'_>) -> bool {
    settings.is_on("INSTAGRAM_PASSWORD") || settings.is_on(INSTAGRAM.actions)
}

/// Lowers what a client does.
pub(super) fn lower(
    settings: &Settings<'_>,
    client: &'static Client,
    account: usize,
    site: Site,
    lowered: &mut Lowered,
) {
    let mut deeds = Deeds { settings, client, account, site, lowered };
    deeds.posts();
    deeds.answers();
    deeds.searches();
    deeds.looks();
    deeds.discovers();
    deeds.wanders();
}

/// What one client does.
struct Deeds<'s, 't, 'l> {
    settings: &'s Settings<'t>,
    client: &'static Client,
    account: usize,
    site: Site,
    lowered: &'l mut Lowered,
}

impl Deeds<'_, '_, '_> {
    /// Posts what a model writes, every so many minutes, after approval where that is on.
    fn posts(&mut self) {
        let (keys, by_default) = self.client.posts;
        let stated = keys.iter().find_map(|key| self.flag(key));
        let goes_on = self.flag(self.client.dry_run).filter(|(on, _)| on == &Some(false));
        if !stated.map_or(by_default, |(on, _)| on != Some(false)) {
            return;
        }
        let every = self.client.every.0.iter().find_map(|key| self.settings.number(key));
        let told = stated.or(goes_on).map(|(_, site)| site);
        let site = told.or(every.map(|(_, site)| site)).unwrap_or(self.site);
        let mut action = Action::new(Verb::Post, site, Audience::new(AudienceKind::Public, site));
        action.model_generated = match stated.or(goes_on) {
            Some((Some(_), site)) => Stated::Known(true, site),
            _ => Stated::Unknown(site),
        };
        let (minutes, at) = every.unwrap_or((self.client.every.1, site));
        let schedule = Schedule::times_per_day(DAY / minutes.max(1.0));
        let schedule = Stated::Known(schedule, at);
        let trigger = Trigger::new(Event::Schedule, at).scheduled(schedule);
        let guards = self.approval().into_iter().collect();
        self.automation("posts", site, trigger, guards, vec![action]);
    }

    /// Answers people who mention or answer it.
    fn answers(&mut self) {
        let stated = self.client.answers.and_then(|key| self.flag(key));
        if stated.is_some_and(|(on, _)| on == Some(false)) {
            return;
        }
        let poll = "TWITTER_POLL_INTERVAL";
        let site = stated.map(|(_, site)| site).or_else(|| self.settings.site(poll)).unwrap_or(self.site);
        let reply = self.reply(site);
        self.automation("answers", site, Trigger::new(Event::Mention, site), Vec::new(), vec![reply]);
    }

    /// Searches for its topics and answers what it finds, and what its target users post. To the plugin
    /// for the official interface, target users are the only ones whom it answers.
    fn searches(&mut self) {
        if self.client.platform != "twitter" {
            return;
        }
        if let Some(site) = self.on("TWITTER_SEARCH_ENABLE") {
            let mut reply = self.reply(site);
            reply.limits.set(LimitKind::PerDay, Stated::Known(Bound::AtMost(24.0), site));
            let mut trigger = Trigger::new(Event::PostMatch, site);
            trigger.traits = vec![Text { text: "it is about one of its topics".to_owned(), site }];
            let own = vec![Guard::new(GuardKind::ExcludeSelf, site)];
            self.automation("search", site, trigger, own, vec![reply]);
        }
        let targets = self.targets();
        if let Some(site) =
            targets.first().map(|target| target.site).filter(|_| self.client.answers.is_none())
        {
            let reply = self.reply(site);
            let from = Some(Audience::new(AudienceKind::Named, site).of(targets));
            let trigger = Trigger { from, ..Trigger::new(Event::PostBy, site) };
            self.automation("target users", site, trigger, Vec::new(), vec![reply]);
        }
    }

    /// The users of `TWITTER_TARGET_USERS`; `*` is nobody in particular.
    fn targets(&self) -> Vec<Text> {
        let texts = self.settings.texts("TWITTER_TARGET_USERS");
        let names = texts.iter().flat_map(|text| text.text.split(',').map(|name| (name.trim(), text.site)));
        let names = names.filter(|(name, _)| !name.is_empty() && *name != "*");
        names.map(|(name, site)| Text { text: name.to_owned(), site }).collect()
    }

    /// Likes and reposts what it sees on a timeline. It may answer and quote there as well; whether it does,
    /// the model decides.
    fn looks(&mut self) {
        let Some(site) = self.on(self.client.actions) else { return };
        let timeline = self.settings.value("ACTION_TIMELINE_TYPE").map(|node| node.text().trim());
        let kind = match timeline {
            Some(kind) if kind.eq_ignore_ascii_case("following") => AudienceKind::OwnFollowing,
            _ => AudienceKind::Random,
        };
        let (key, usual) = self.client.most;
        if self.is_zero(key) {
            return;
        }
        let (most, at) = self.settings.number(key).unwrap_or((usual, site));
        let runs = self.client.look_every.iter().find_map(|key| self.settings.number(key));
        let mut like = Action::new(Verb::Like, site, Audience::new(kind, site));
        like.limits.set(LimitKind::PerRun, Stated::Known(Bound::AtMost(most), at));
        let mut repost = Action::new(Verb::Repost, site, Audience::new(AudienceKind::Public, site));
        repost.probability = Stated::Unknown(site);
        let runs = runs.map(|(interval, at)| (DAY / minutes(interval), at));
        self.scheduled("timeline", site, runs, vec![like]);
        // One limit for both: at worst every act is a like, and how many are reposts is unknown.
        self.scheduled("timeline reposts", site, runs, vec![repost]);
    }

    /// Looks for people by its topics, follows them, likes and answers what they post.
    fn discovers(&mut self) {
        let Some(site) = self.on("TWITTER_ENABLE_DISCOVERY").filter(|_| self.client.answers.is_some()) else {
            return;
        };
        let runs = self.settings.number("TWITTER_DISCOVERY_INTERVAL_MIN");
        let runs = runs.or_else(|| self.settings.number("TWITTER_DISCOVERY_INTERVAL"));
        let runs = runs.map(|(interval, at)| (DAY / minutes(interval), at));
        let found = Audience::new(AudienceKind::Search, site);
        let mut acts = Vec::new();
        for (verb, key, usual) in [
            (Verb::Follow, "TWITTER_MAX_FOLLOWS_PER_CYCLE", 5.0),
            (Verb::Like, self.client.most.0, 10.0),
            (Verb::Reply, self.client.most.0, 10.0),
        ] {
            if self.is_zero(key) {
                continue;
            }
            let (most, at) = self.settings.number(key).unwrap_or((usual, site));
            let mut act = Action::new(verb, site, found.clone());
            act.limits.set(LimitKind::PerRun, Stated::Known(Bound::AtMost(most), at));
            if verb == Verb::Reply {
                // It shares the limit of likes.
                act.limits.set(LimitKind::PerRun, Stated::Unknown(at));
                act.model_generated = Stated::Known(true, site);
            }
            acts.push(act);
        }
        self.scheduled("discovery", site, runs, acts);
    }

    /// Likes and reposts by chance what the home timeline shows, in some forks.
    fn wanders(&mut self) {
        if self.client.platform != "twitter" {
            return;
        }
        let (count, hours) = ("TWITTER_RANDOM_INTERACT_TWEETS_COUNT", "TWITTER_RANDOM_INTERACT_MIN_HOURS");
        let mut acts = Vec::new();
        for (verb, kind, key) in [
            (Verb::Like, AudienceKind::Random, "TWITTER_RANDOM_INTERACT_LIKE_CHANCE"),
            (Verb::Repost, AudienceKind::Public, "TWITTER_RANDOM_INTERACT_RETWEET_CHANCE"),
        ] {
            let Some((chance, site)) = self.settings.number(key) else { continue };
            let (most, at) = self.settings.number(count).unwrap_or((5.0, site));
            let mut act = Action::new(verb, site, Audience::new(kind, site));
            act.probability = Stated::Known(chance.min(1.0), site);
            act.limits
                .set(LimitKind::PerRun, Stated::Known(Bound::AtMost((most * chance.min(1.0)).ceil()), at));
            acts.push(act);
        }
        let Some(site) = acts.first().map(|act| act.site) else { return };
        let runs = self.settings.number(hours).map(|(hours, at)| (24.0 / hours, at));
        self.scheduled("random interactions", site, runs, acts);
    }

    /// Approval before a post: by Discord, or by the web hook or sheet of some forks. A template may be on.
    fn approval(&self) -> Option<Guard> {
        let by_switch = self.flag("TWITTER_APPROVAL_ENABLED").filter(|(on, _)| on != &Some(false));
        let by_fork = ["WEBHOOK_URL_APPROVAL", "MAKE_WEBHOOK_URL", "GOOGLE_SHEETS_SPREADSHEET_ID"];
        let by_fork = by_fork.into_iter().find(|key| self.settings.is_on(key));
        let site = by_switch.map(|(_, site)| site).or_else(|| self.settings.site(by_fork?))?;
        Some(Guard::new(GuardKind::Approval, site))
    }

    /// What a switch says: on, off, or what only the run knows; nothing where it is empty.
    fn flag(&self, key: &str) -> Option<(Option<bool>, Site)> {
        let stated = self.settings.reader.flag(self.settings.value(key)?);
        Some((stated.get(), stated.site()?))
    }

    /// Whether a number is there and zero; where it is empty the default counts.
    fn is_zero(&self, key: &str) -> bool {
        self.settings.is_off(key) && self.flag(key).is_some()
    }

    /// Where a switch stands that is on.
    fn on(&self, key: &str) -> Option<Site> {
        self.flag(key).filter(|(on, _)| on == &Some(true)).map(|(_, site)| site)
    }

    /// A model's answer to whoever set it off.
    fn reply(&self, site: Site) -> Action {
        let mut reply = Action::new(Verb::Reply, site, Audience::new(AudienceKind::Initiator, site));
        reply.model_generated = Stated::Known(true, site);
        reply
    }

    /// Acts that the clock sets off so many times a day; unknown where the file does not say it.
    fn scheduled(&mut self, name: &str, site: Site, runs: Option<(f64, Site)>, acts: Vec<Action>) {
        let schedule = match runs {
            Some((runs, at)) => Stated::Known(Schedule::times_per_day(runs), at),
            None => Stated::Absent,
        };
        let trigger = Trigger::new(Event::Schedule, site).scheduled(schedule);
        self.automation(name, site, trigger, Vec::new(), acts);
    }

    fn automation(
        &mut self,
        name: &str,
        site: Site,
        trigger: Trigger,
        guards: Vec<Guard>,
        actions: Vec<Action>,
    ) {
        let name = format!("{} {name}", self.client.platform);
        let (account, triggers) = (self.account, vec![trigger]);
        self.lowered.automation(Automation {
            name,
            site,
            account,
            triggers,
            guards,
            actions,
            ..Automation::default()
        });
    }
}

/// An interval in minutes. Old versions counted milliseconds: more than a day of minutes is one of those.
fn minutes(interval: f64) -> f64 {
    let minutes = if interval > DAY { interval / 60_000.0 } else { interval };
    minutes.max(1.0)
}
