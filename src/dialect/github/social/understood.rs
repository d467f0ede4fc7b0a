//! What a step does, put together from everything that tells: its calls, the programs that it starts, the
//! names of step, job and workflow, its variables and its credentials.

use super::calls::{Call, calls};
use super::credentials::{Credential, Variable, credentials, identities, matrix_identities, variables};
use super::limits::limits;
use super::programs::Program;
use super::script::Script;
use super::switches;
use super::words::{self, Said, any_of, said, words};
use crate::dialect::github::workflow::Step;
use crate::dialect::reading::flag_of;
use crate::model::{AudienceKind, LimitKind, Site, Text, Verb, parse_duration};
use crate::syntax::NodeRef;

/// What a step does.
pub(super) struct Understood<'w> {
    /// Its acts.
    pub(super) acts: Vec<Act>,
    /// The accounts that it can speak with, at least one.
    pub(super) credentials: Vec<Credential>,
    /// What it can read its settings from.
    pub(super) variables: Vec<Variable<'w>>,
    /// More identities than one person needs.
    pub(super) identities: Vec<Text>,
    /// Where it acts.
    pub(super) site: Site,
    /// Whether a program does it that is not here to be read.
    pub(super) is_opaque: bool,
    /// Whether it only rehearses, as far as that is said.
    pub(super) rehearses: Option<bool>,
    /// Whether an argument of its program says so.
    pub(super) argued: Option<bool>,
}

/// One act.
#[derive(Clone)]
pub(super) struct Act {
    pub(super) verb: Verb,
    pub(super) whom: AudienceKind,
    pub(super) of: Vec<Text>,
    pub(super) site: Site,
    /// How often at most; without a number where only a run knows it.
    pub(super) limit: Option<(LimitKind, Option<f64>, Site)>,
    /// Days that pass first.
    pub(super) delay: Option<(f64, Site)>,
}

/// An act before the surroundings are asked about it.
struct Draft {
    said: Said,
    of: Vec<Text>,
    site: Site,
    most: Option<f64>,
}

/// As many programs of one step are looked at.
const MAX_PROGRAMS: usize = 100;

/// So many identities in one step are a crowd in the making.
const CROWD: usize = 3;

impl<'w> Understood<'w> {
    /// What this step does, if it does anything to people.
    pub(super) fn of(step: &Step<'w>) -> Option<Self> {
        let variables = variables(step);
        let credentials = credentials(&variables, &[step.script()]);
        if credentials.is_empty() {
            return None;
        }
        let (script, action) = content(step)?;
        let programs = script.commands.iter().filter_map(Program::of);
        let programs: Vec<Program<'_>> = programs.take(MAX_PROGRAMS).collect();
        let mut drafts: Vec<Draft> = calls(&script).into_iter().map(Draft::from).collect();
        let is_opaque = drafts.is_empty() && (!programs.is_empty() || action.is_some());
        drafts.extend(programs.iter().flat_map(by_program));
        drafts.extend(action.into_iter().flat_map(by_action).map(|said| Draft::new(said, step.site())));
        let local_action = action.filter(|name| name.starts_with("./")).map(|_| step.site());
        let started = programs.first().map(|program| program.site).or(local_action);
        if started.is_some() || action.is_some() {
            by_variables(step, &variables, &mut drafts);
        }
        if let (true, Some(site)) = (drafts.is_empty(), started) {
            drafts.extend(by_limits(&variables).into_iter().map(|said| Draft::new(said, site)));
        }
        if let (true, Some(site)) = (drafts.is_empty(), started) {
            drafts.extend(by_names(step, &credentials).into_iter().map(|said| Draft::new(said, site)));
        }
        let is_social = credentials.iter().any(|credential| credential.platform != "github");
        if !is_social {
            drafts.retain(|draft| matches!(draft.said.verb, Verb::Follow | Verb::Unfollow | Verb::Star));
        }
        let identities = identities_of(step, &variables);
        let is_crowd = !identities.is_empty() && is_social && !looks(step);
        let site = drafts.first().map(|draft| draft.site).or(started.filter(|_| is_crowd))?;
        let argued = programs.iter().find_map(Program::rehearses);
        let rehearses = argued.or_else(|| switches::rehearsal(step, &variables).map(|(on, _)| on));
        let acts = Surroundings { step, variables: &variables, credentials: &credentials }.acts(drafts);
        Some(Self { acts, credentials, variables, identities, site, is_opaque, rehearses, argued })
    }
}

/// The script of a step, and the action that it uses where there is no script.
fn content<'w>(step: &Step<'w>) -> Option<(Script, Option<&'w str>)> {
    let run = step.node.get("run");
    let Some(text) = run.or_else(|| step.node.get("with")?.get("script")) else {
        return Some((Script::default(), Some(step.node.get("uses")?.text())));
    };
    let is_python = step.node.get("shell").is_some_and(|shell| shell.text().starts_with("python"));
    Some((Script::read(step, text, run.is_some() && !is_python), None))
}

/// Every identity that a step acts with, where they are more than one person needs.
fn identities_of(step: &Step<'_>, variables: &[Variable<'_>]) -> Vec<Text> {
    match matrix_identities(step, variables) {
        jobs if jobs.len() >= 2 => jobs,
        _ => identities(variables, CROWD),
    }
}

/// What a program's arguments and name say.
fn by_program(program: &Program<'_>) -> Vec<Draft> {
    let deeds = program.deeds().into_iter();
    deeds
        .map(|deed| {
            let most = program.most(deed.said.verb);
            Draft { said: deed.said, of: deed.of, site: program.site, most }
        })
        .collect()
}

impl Draft {
    const fn new(said: Said, site: Site) -> Self {
        Self { said, of: Vec::new(), site, most: None }
    }
}

impl From<Call> for Draft {
    fn from(call: Call) -> Self {
        Self {
            said: Said { verb: call.verb, whom: call.whom },
            of: call.of,
            site: call.site,
            most: call.most,
        }
    }
}

/// What the name of an action says. Its owner's name says nothing.
fn by_action(uses: &str) -> Vec<Said> {
    let path = uses.split_once('@').map_or(uses, |(path, _)| path);
    said(path.rsplit('/').next().unwrap_or(path))
}

/// What variables switch on and off: `AUTO_UNFOLLOW: true`, `MODE: follow-back`.
fn by_variables(step: &Step<'_>, variables: &[Variable<'_>], drafts: &mut Vec<Draft>) {
    const MODES: &[&str] = &["action", "command", "mode", "operation", "task"];
    const OTHERWISE: &[&str] =
        &["disable", "disabled", "exclude", "ignore", "no", "not", "only", "skip", "without"];
    for variable in variables.iter().filter(|variable| !any_of(&variable.words, OTHERWISE)) {
        let Some(value) = step.wholly_filled(variable.node.text()) else { continue };
        let acts = match flag_of(&value) {
            // A number is no switch.
            Some(_) if value.trim().parse::<f64>().is_ok() => continue,
            Some(true) => said(variable.name),
            Some(false) => {
                let off = said(variable.name);
                drafts.retain(|draft| off.iter().all(|said| said.verb != draft.said.verb));
                continue;
            }
            None if any_of(&variable.words, MODES) => said(&value),
            None => continue,
        };
        for said in acts {
            match drafts.iter_mut().find(|draft| draft.said.verb == said.verb) {
                Some(known) => known.said.whom = known.said.whom.or(said.whom),
                None => drafts.push(Draft::new(said, variable.site)),
            }
        }
    }
}

/// What limits say that a program does: whoever sets `FOLLOWERS_PER_RUN` to a number follows so many people.
fn by_limits(variables: &[Variable<'_>]) -> Vec<Said> {
    const TIMES: &[&str] = &["run", "hour", "day", "session", "batch"];
    const ACTS: &[(&[&str], Verb)] = &[
        (&["follow", "follows", "follower", "followers", "following", "followings"], Verb::Follow),
        (&["unfollow", "unfollows", "unfollower", "unfollowers"], Verb::Unfollow),
        (&["star", "stars"], Verb::Star),
    ];
    let mut said = Vec::new();
    for variable in variables {
        let per = variable
            .words
            .windows(2)
            .any(|pair| matches!(pair, [per, time] if per == "per" && TIMES.contains(&time.as_str())));
        let is_number = variable.node.text().trim().parse::<f64>().is_ok_and(|number| number > 0.0);
        let acts = ACTS.iter().filter(|(words, _)| per && is_number && any_of(&variable.words, words));
        for (_, verb) in acts {
            if said.iter().all(|known: &Said| known.verb != *verb) {
                said.push(Said { verb: *verb, whom: None });
            }
        }
    }
    said
}

/// Whether the names of the step or its job say that it looks and does nothing.
fn looks(step: &Step<'_>) -> bool {
    names(step)
        .into_iter()
        .take(2)
        .any(|name| any_of(&words(name), &["scrape", "fetch", "collect", "read", "report", "stats"]))
}

/// The names of the step, its job, and the workflow, the nearest first.
fn names<'w>(step: &Step<'w>) -> Vec<&'w str> {
    let nodes = [step.node.get("name"), step.node.get("id"), step.job.value.get("name"), Some(step.job.key)];
    nodes.into_iter().flatten().chain(step.workflow.root.get("name")).map(NodeRef::text).collect()
}

/// What names say about a program whose own name says nothing. On GitHub, where `follow` has other meanings,
/// they must speak of people.
fn by_names(step: &Step<'_>, credentials: &[Credential]) -> Vec<Said> {
    const PEOPLE: &[&str] =
        &["account", "accounts", "bot", "developers", "follower", "followers", "people", "user", "users"];
    let names = names(step);
    let looks = step.node.get("name").is_some_and(|name| words::looks(name.text()));
    if looks || names.iter().any(|name| words::looks_by_trade(name)) {
        return Vec::new();
    }
    let all: Vec<Said> = names.iter().flat_map(|name| said(name)).collect();
    let found = names.iter().map(|name| said(name)).find(|said| !said.is_empty()).unwrap_or_default();
    let on_github = credentials.iter().all(|credential| credential.platform == "github");
    let of_people = names.iter().any(|name| any_of(&words(name), PEOPLE));
    let is_certain = |said: &Said| match said.verb {
        Verb::Unfollow => true,
        Verb::Follow => of_people || all.iter().any(|other| other.whom == Some(AudienceKind::OwnFollowers)),
        _ => false,
    };
    found.into_iter().filter(|said| !on_github || is_certain(said)).collect()
}

/// What else tells about an act.
struct Surroundings<'s, 'w> {
    step: &'s Step<'w>,
    variables: &'s [Variable<'w>],
    credentials: &'s [Credential],
}

impl Surroundings<'_, '_> {
    fn acts(&self, drafts: Vec<Draft>) -> Vec<Act> {
        let mut acts: Vec<Act> = Vec::new();
        for draft in drafts {
            let act = self.act(draft);
            let same = |known: &&mut Act| known.verb == act.verb && known.whom == act.whom;
            match acts.iter_mut().find(same) {
                // The same command for one name after the other.
                Some(known) if act.whom == AudienceKind::Named => known.of.extend(act.of),
                Some(_) => {}
                None => acts.push(act),
            }
        }
        acts
    }

    fn act(&self, draft: Draft) -> Act {
        let (verb, site) = (draft.said.verb, draft.site);
        let (whom, of) = self.people(&draft);
        let limit = draft.most.map(|most| (LimitKind::PerRun, Some(most), site));
        let limit = limit.or_else(|| self.limit(verb));
        let delay = (verb == Verb::Unfollow).then(|| self.delay()).flatten();
        Act { verb, whom, of, site, limit, delay }
    }

    /// Whom an act reaches: what names of the step say about the same act comes before what its operands
    /// look like; the names of variables come last.
    fn people(&self, draft: &Draft) -> (AudienceKind, Vec<Text>) {
        let verb = draft.said.verb;
        if verb.is_publication() {
            return (AudienceKind::Public, Vec::new());
        }
        let named = names(self.step).into_iter().flat_map(said);
        let by_names = named.filter(|said| said.verb == verb).find_map(|said| said.whom);
        let weak = matches!(draft.said.whom, None | Some(AudienceKind::Named));
        let whom = if weak { by_names.or(draft.said.whom) } else { draft.said.whom };
        let is_own = |text: &Text| {
            let mut handles = self.credentials.iter().filter_map(|credential| credential.handle.known());
            handles.any(|handle| handle.trim_start_matches('@').eq_ignore_ascii_case(&text.text))
        };
        match (whom, verb) {
            (Some(AudienceKind::FollowersOf), _) if !draft.of.is_empty() && draft.of.iter().all(is_own) => {
                (AudienceKind::OwnFollowers, Vec::new())
            }
            (Some(AudienceKind::Named), Verb::Follow) if draft.of.iter().any(is_own) => {
                // Nobody can follow themselves: a tool that is given its own name follows its followers.
                (AudienceKind::OwnFollowers, Vec::new())
            }
            (Some(AudienceKind::FollowersOf), _) if draft.of.is_empty() => {
                (AudienceKind::FollowersOf, self.targets().unwrap_or_default())
            }
            (Some(AudienceKind::Named), Verb::Unfollow) if draft.of.is_empty() => {
                (AudienceKind::FollowedByTool, Vec::new())
            }
            (Some(whom), _) => (whom, draft.of.clone()),
            (None, Verb::Unfollow) => (AudienceKind::FollowedByTool, Vec::new()),
            (None, Verb::Follow) => match self.targets() {
                Some(targets) => (AudienceKind::FollowersOf, targets),
                None => (AudienceKind::List, Vec::new()),
            },
            (None, _) => (AudienceKind::List, Vec::new()),
        }
    }

    /// The accounts that variables name as the ones to start from.
    fn targets(&self) -> Option<Vec<Text>> {
        const FROM: &[&str] = &[
            "competitor",
            "competitors",
            "influencer",
            "influencers",
            "seed",
            "seeds",
            "source",
            "target",
            "targets",
        ];
        const WHO: &[&str] = &[
            "account",
            "accounts",
            "handle",
            "handles",
            "profile",
            "profiles",
            "user",
            "username",
            "usernames",
            "users",
        ];
        let start = self
            .variables
            .iter()
            .find(|variable| any_of(&variable.words, FROM) && any_of(&variable.words, WHO))?;
        let value = self.step.wholly_filled(start.node.text()).unwrap_or_default();
        let names = value
            .split([',', ' ', '\n', '[', ']', '"', '\''])
            .map(|name| name.trim().trim_start_matches('@'));
        let names = names.filter(|name| !name.is_empty());
        Some(names.map(|name| Text { text: name.to_owned(), site: start.site }).collect())
    }

    /// The limit that a variable states for an act.
    fn limit(&self, verb: Verb) -> Option<(LimitKind, Option<f64>, Site)> {
        let mut stated =
            self.variables.iter().filter(|variable| limits(&variable.words, verb)).map(|variable| {
                let joined = variable.words.concat();
                let kind = if joined.contains("daily") || joined.contains("perday") {
                    LimitKind::PerDay
                } else if joined.contains("hourly") || joined.contains("perhour") {
                    LimitKind::PerHour
                } else {
                    LimitKind::PerRun
                };
                let value = self.step.wholly_filled(variable.node.text());
                (kind, value.and_then(|value| value.trim().parse::<f64>().ok()), variable.site)
            });
        let first = stated.next()?;
        // Of a smallest and a largest number the largest counts; of several limits the first in the file.
        Some(stated.fold(first, |best, next| if best.1.is_none() && next.1.is_some() { next } else { best }))
    }

    /// Days between the follow and the unfollow, as variables and names tell.
    fn delay(&self) -> Option<(f64, Site)> {
        let by_variable = self.variables.iter().find_map(|variable| {
            let is_days = any_of(&variable.words, &["days"])
                && any_of(&variable.words, &["after", "unfollow", "grace", "wait"]);
            let value = self.step.wholly_filled(variable.node.text()).filter(|_| is_days)?;
            Some((value.trim().parse().ok()?, variable.site))
        });
        by_variable.or_else(|| {
            let nodes = [self.step.node.get("name"), self.step.workflow.root.get("name")];
            nodes
                .into_iter()
                .flatten()
                .find_map(|node| Some((days_in(node.text())?, self.step.site_of(node))))
        })
    }
}

/// A number of days in a name: `1-day delay`, `after 3 days`.
fn days_in(name: &str) -> Option<f64> {
    let words = words(name);
    let mut pairs = words.windows(2);
    pairs.find_map(|pair| match pair {
        [number, unit] if unit.starts_with("day") => parse_duration(&format!("{number}d")),
        _ => None,
    })
}
