//! GramAddict, which drives the Instagram app on a phone: `config.yml` and its siblings in an account's
//! folder, and `filters.yml`. Its jobs become automations, its percentages actions, its totals shared
//! limits. The keys are in `keys.rs`; `settings.rs`, `account.rs`,
//! `deed.rs` and `pacing.rs` also serve Insomniac.

pub(in crate::dialect) mod account;
pub(in crate::dialect) mod deed;
mod filters;
mod keys;
pub(in crate::dialect) mod pacing;
pub(in crate::dialect) mod settings;

use keys::{DEEDS, Does, JOBS, Job};
use pacing::USUAL_SESSION;
use settings::Settings;

use super::reading::{Reader, range_in};
use super::{Candidate, Dialect, Lowered};
use crate::model::{
    Action, Audience, AudienceKind, Automation, Bound, Event, LimitKind, ListSource, Site, Stated, Text,
    Trigger, Verb,
};
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "gramaddict",
    title: "GramAddict, a bot that drives the Instagram app",
    reference: "https://docs.gramaddict.org, read as of version 3.2 (see docs/dialects/gramaddict.md)",
    recognised_by: "two or more of its own keys, such as `blogger-followers` and `follow-percentage`",
    expresses: account::EXPRESSES,
    hints: keys::HINTS,
    detect,
    lower,
};

/// The mapping that a file is; the tool reads no second document.
fn document<'t>(candidate: &Candidate<'t>) -> Option<NodeRef<'t>> {
    candidate.tree.documents().find(|document| document.kind() == Kind::Mapping)
}

fn detect(candidate: &Candidate<'_>) -> bool {
    document(candidate).is_some_and(|document| has_two(document, keys::MARKS) || filters::are_in(document))
}

/// Whether a mapping has at least two of these keys.
fn has_two(document: NodeRef<'_>, marks: &[&str]) -> bool {
    let mut found = document.entries().filter(|entry| marks.contains(&entry.key.text()));
    let first = found.next().map(|entry| entry.key.text());
    first.is_some() && found.any(|entry| Some(entry.key.text()) != first)
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Yaml11);
    match document(candidate) {
        Some(document) if filters::are_in(document) => filters::lower(&reader, document, lowered),
        Some(document) => {
            let settings = Settings::new(reader, document.entries());
            GramAddict { settings, lowered }.document(document);
        }
        None => {}
    }
}

/// The files of one account folder belong together.
fn instance(candidate: &Candidate<'_>) -> Option<String> {
    candidate.path.parent().map(|folder| format!("gramaddict {}", folder.display()))
}

/// Reads one configuration.
struct GramAddict<'t, 'l> {
    settings: Settings<'t>,
    lowered: &'l mut Lowered,
}

impl<'t> GramAddict<'t, '_> {
    fn document(&mut self, document: NodeRef<'t>) {
        let instance = instance(&self.settings.reader.candidate);
        let account = keys::NAMING.account(&self.settings, document, instance, self.lowered);
        let account = self.lowered.account(account);
        let first = self.lowered.model.automations.len();
        for job in JOBS {
            self.job(job, account);
        }
        let automations = self.lowered.model.automations.get_mut(first..).unwrap_or_default();
        let people = keys::PEOPLE.iter().filter_map(|key| self.settings.number(key));
        let people = people.min_by(|(a, _), (b, _)| a.total_cmp(b));
        for deed in DEEDS {
            let visits = deed.verb != Verb::Unfollow;
            deed.share_limits(&self.settings, people.filter(|_| visits), automations);
        }
        account::close_inbox(self.lowered, account);
        for deed in DEEDS {
            deed.remark_inert(&self.settings, self.lowered);
        }
    }

    /// Sessions in a day: as many as pauses and working hours allow, and no more than are asked for.
    fn sessions(&self) -> Stated<Bound> {
        let (Some((_, site)), Some(pause)) = (self.settings.number("repeat"), self.settings.least("repeat"))
        else {
            return Stated::Absent;
        };
        let Some(windows) = keys::NAMING.windows(&self.settings) else { return Stated::Unknown(site) };
        let fitting = pacing::sessions_per_day(pause + USUAL_SESSION, &windows);
        let (sessions, site) = match self.settings.number("total-sessions") {
            Some((asked, asked_at)) if asked < fitting => (asked, asked_at),
            _ => (fitting, site),
        };
        Stated::Known(Bound::AtMost(sessions), site)
    }

    /// Lowers a job, if it is on.
    fn job(&mut self, (key, kind, does): &Job, account: usize) {
        let (Some(node), Some(site)) = (self.settings.value(key), self.settings.name_site(key)) else {
            return;
        };
        if !self.settings.is_on(key) {
            return;
        }
        let (audience, number) = self.audience(*kind, node, site);
        let own = matches!(kind, AudienceKind::FollowersOf | AudienceKind::FollowingOf)
            .then(|| self.of_our_own(&audience))
            .flatten();
        for audience in [Some(audience), own].into_iter().flatten() {
            let mut actions = self.actions(*does, &audience);
            if let Some((number, site)) = number {
                for action in &mut actions {
                    action.limits.set(LimitKind::PerRun, Stated::Known(Bound::AtMost(number), site));
                }
            }
            self.automation(key, site, account, *does, actions);
        }
    }

    fn automation(&mut self, key: &str, site: Site, account: usize, does: Does, actions: Vec<Action>) {
        if actions.is_empty() {
            return;
        }
        let event = if does == Does::Welcomes { Event::Followed } else { Event::Schedule };
        let mut automation = Automation {
            name: key.to_owned(),
            site,
            account,
            triggers: vec![Trigger::new(event, site)],
            actions,
            ..Automation::default()
        };
        automation.limits.set(LimitKind::RunsPerDay, self.sessions());
        self.lowered.automation(automation);
    }

    /// What a job does to its audience.
    fn actions(&self, does: Does, audience: &Audience) -> Vec<Action> {
        let settings = &self.settings;
        let mut actions = match does {
            // With this switch jobs write names into a file and touch nobody.
            Does::Interacts if settings.is_on("scrape-to-file") => {
                vec![Action::new(Verb::Collect, audience.site, audience.clone())]
            }
            Does::Interacts => DEEDS.iter().filter_map(|deed| deed.action(settings, audience)).collect(),
            Does::Likes => self.only(Verb::Like, audience),
            Does::Only(verb) => self.only(verb, audience),
            Does::Welcomes => self.only(Verb::Dm, audience),
        };
        for action in &mut actions {
            self.refine(action);
        }
        if actions.iter().any(|action| action.verb == Verb::Follow) {
            let mutes = ["mute-posts-after-follow", "mute-stories-after-follow"];
            let site = mutes.iter().find(|key| settings.is_on(key)).and_then(|key| settings.site(key));
            actions.extend(site.map(|site| Action::new(Verb::Mute, site, audience.clone())));
        }
        actions
    }

    /// The one act of a job that stands for itself, unless a switch prevents it.
    fn only(&self, verb: Verb, audience: &Audience) -> Vec<Action> {
        let deed = DEEDS.iter().find(|deed| deed.verb == verb);
        if deed.is_some_and(|deed| deed.is_prevented(&self.settings)) {
            return Vec::new();
        }
        vec![Action::new(verb, audience.site, audience.clone())]
    }

    /// Adds what stands elsewhere: the days before an unfollow, and whether a language model writes.
    fn refine(&self, action: &mut Action) {
        let settings = &self.settings;
        let writer = match action.verb {
            Verb::Unfollow => {
                if let Some((days, site)) = settings.number("unfollow-delay") {
                    action.delay = Stated::Known(days, site);
                }
                return;
            }
            Verb::Comment => "ai-comments-enabled",
            Verb::Dm => "ai-dm-enabled",
            _ => return,
        };
        if let Some(site) = settings.site(writer) {
            action.model_generated = Stated::Known(settings.is_on(writer), site);
        }
    }

    /// Whom a job visits, and how many at most where the job itself says so: `unfollow: 10-20`,
    /// `interact-from-file: [people.txt 10-15]`.
    fn audience(&self, kind: AudienceKind, node: NodeRef<'t>, site: Site) -> (Audience, Option<(f64, Site)>) {
        let reader = self.settings.reader;
        let audience = Audience::new(kind, site);
        if node.kind() == Kind::Scalar
            && let Some(number) = reader.number(node).get()
        {
            return (audience, Some((number, reader.site(node))));
        }
        let texts = reader.texts(node);
        let numbers: Option<f64> = texts.iter().map(|text| split_number(&text.text).1).sum();
        let number = numbers.filter(|_| kind == AudienceKind::List && !texts.is_empty());
        let of: Vec<Text> = texts
            .into_iter()
            .map(|text| Text { text: split_number(&text.text).0.to_owned(), site: text.site })
            .collect();
        let size = match kind {
            AudienceKind::Named if node.kind() == Kind::Sequence => Stated::Known(of.len() as f64, site),
            _ => Stated::Absent,
        };
        // A list that a scraping job wrote is a list of strangers; other lists stand in files by hand.
        let scraped = of.iter().any(|text| text.text.to_ascii_lowercase().contains("scrap"));
        let source = match kind {
            AudienceKind::List if scraped => Stated::Known(ListSource::Scraped, site),
            AudienceKind::List => Stated::Known(ListSource::Static, site),
            _ => Stated::Absent,
        };
        (audience.of(of).sized(size).sourced(source), number.map(|number| (number, site)))
    }

    /// Our own followers or follows, where the account itself is among the accounts a job starts from.
    fn of_our_own(&self, audience: &Audience) -> Option<Audience> {
        let username = self.settings.value("username")?.text();
        let text = audience.of.iter().find(|text| text.text.trim_start_matches('@') == username)?;
        let kind = match audience.kind {
            AudienceKind::FollowingOf => AudienceKind::OwnFollowing,
            _ => AudienceKind::OwnFollowers,
        };
        Some(Audience::new(kind, text.site))
    }
}

/// Splits `people.txt 10-15` into the name and the upper end of the number behind it.
fn split_number(text: &str) -> (&str, Option<f64>) {
    let text = text.trim();
    match text.rsplit_once(' ').map(|(name, number)| (name.trim_end(), range_in(number))) {
        Some((name, Some((_, number)))) => (name, Some(number)),
        _ => (text, None),
    }
}
