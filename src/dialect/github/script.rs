//! What scripts in a workflow do to issues and pull requests, made into automations: who speaks, what sets it off, to
//! whom it goes, and which branches exclude each other. What one command or call does is the business of
//! [`super::commands`] and [`super::javascript`].

use std::collections::BTreeSet;

use super::occasion::Occasion;
use super::workflow::{KnownStep, Step};
use super::{Speaker, account, act, commands, idle, javascript, shell};
use crate::dialect::Lowered;
use crate::model::{
    Action, Audience, AudienceKind, Automation, Event, Guard, GuardKind, Site, Stated, Text, Verb,
};
use crate::source::Span;
use crate::syntax::NodeRef;

/// A step whose script comments, closes, locks or opens again.
pub(super) const STEP: KnownStep = KnownStep { is_it: |step| !deeds(step).is_empty(), lower };

/// How many deeds of a script are told; one that has more is not written by hand.
const MAX_DEEDS: usize = 50;

/// Something that a script does.
pub(super) struct Deed {
    pub(super) verb: Verb,
    /// Its message, where the script says it plainly.
    pub(super) message: Option<String>,
    /// Where the message stands in the script, if elsewhere.
    pub(super) said: Option<usize>,
    /// Whether an earlier comment is changed.
    pub(super) updates: bool,
    /// Whether the script decides about it.
    pub(super) conditional: bool,
    /// Where it stands in the script.
    pub(super) start: usize,
    /// Which item it is done to.
    pub(super) target: Target,
    /// The conditions around it, each with the number of the branch.
    pub(super) branches: Vec<(usize, usize)>,
}

/// Which item something is done to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    /// The one that set the script off, or one that a run chooses.
    Event,
    /// One that is written out.
    Fixed(String),
    /// One after the other of a list.
    Listed,
}

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    let deeds = deeds(step);
    let Some(script) = script_of(step) else { return };
    let site = step.site();
    let account = account(lowered, step.path(), &speaker(step, script.text()), site);
    for branch in branches(&deeds) {
        let deeds: Vec<&Deed> = deeds.iter().filter(|deed| branch.holds(deed)).collect();
        lowered.automation(automation(step, script, &deeds, account));
    }
}

fn automation(step: &Step<'_>, script: NodeRef<'_>, deeds: &[&Deed], account: usize) -> Automation {
    let site = step.site();
    let mut occasion = Occasion::of(step);
    let place = |start| site_in(step, script, start);
    let clock = occasion.triggers.first().filter(|trigger| trigger.event == Event::Schedule);
    let silence = clock.and_then(|clock| idle::silence(step, script.text(), deeds, clock, place));
    let is_clock = clock.is_some() && silence.is_none();
    let waits = silence.is_some();
    if let Some((trigger, guards)) = silence {
        occasion.triggers = vec![trigger];
        occasion.guards.extend(guards);
        occasion.guards.extend(step.approval());
    }
    let list = is_clock.then(|| idle::open_items(script.text(), site)).flatten();
    let lists = list.is_some() && deeds.iter().any(|deed| deed.target == Target::Listed);
    // How old an item is decides about a stale policy; that is its trigger and no choice besides.
    let decides = deeds.iter().all(|deed| deed.conditional)
        && !((waits || lists) && idle::asks_only_for_age(script.text()));
    let stars =
        (decides && idle::asks_for_stars(script.text())).then(|| Guard::new(GuardKind::NotStarred, site));
    let decided = (decides && stars.is_none())
        .then(|| Guard::new(GuardKind::Relevance, site).saying("its script decides so"));
    let remembered =
        (lists && idle::remembers(script.text())).then(|| Guard::new(GuardKind::OncePerThread, site));
    let action = |deed: &&Deed| {
        let mut action = action(step, script, deed);
        match (&deed.target, &list) {
            (Target::Fixed(item), _) => {
                let of = vec![Text { text: item.clone(), site: action.site }];
                action.audience = Audience::new(AudienceKind::Named, action.site).of(of);
            }
            (Target::Listed, Some(kinds)) => {
                action.audience = Audience::new(AudienceKind::OpenItems, action.site).of(kinds.clone());
            }
            _ => {}
        }
        action
    };
    Automation {
        name: step.name().to_owned(),
        site,
        account,
        enabled: step.enabled(Stated::Absent),
        guards: occasion.guards.into_iter().chain(stars).chain(decided).chain(remembered).collect(),
        triggers: occasion.triggers,
        actions: deeds.iter().map(action).collect(),
        ..Automation::default()
    }
}

/// A branch of a condition, or everything.
struct Branch {
    condition: Option<(usize, usize)>,
}

impl Branch {
    /// Whether a deed happens in this branch: not where it stands in another branch of the same condition.
    fn holds(&self, deed: &Deed) -> bool {
        self.condition.is_none_or(|(number, arm)| {
            deed.branches.iter().all(|(other, other_arm)| *other != number || *other_arm == arm)
        })
    }
}

/// The branches that exclude each other: those of the first condition that does something in several.
fn branches(deeds: &[Deed]) -> Vec<Branch> {
    let all: BTreeSet<(usize, usize)> = deeds.iter().flat_map(|deed| deed.branches.iter().copied()).collect();
    let mut arms = all.iter().map(|(number, _)| all.iter().filter(move |(other, _)| other == number));
    let split = arms.find(|arms| arms.clone().count() > 1);
    match split {
        Some(arms) => arms.map(|arm| Branch { condition: Some(*arm) }).collect(),
        None => vec![Branch { condition: None }],
    }
}

/// Who speaks: whose token the script is given, in an input, a variable, or in its own text.
fn speaker(step: &Step<'_>, script: &str) -> Speaker {
    let usual = ["GH_TOKEN", "GITHUB_TOKEN"];
    if step.input_node("github-token").is_some() || usual.iter().any(|name| step.variable(name).is_some()) {
        return step.speaker(&["github-token"], &usual);
    }
    let is_token = |text: &str| text.contains("secrets.") || text.contains("github.token");
    let variables = step.node.get("env").into_iter().flat_map(NodeRef::entries);
    let given = variables.map(|variable| variable.value.text()).find(|text| is_token(text));
    // Each part begins with one expression; looking for its end in the part alone keeps the look linear.
    let written = script.split("${{").skip(1).find_map(|part| {
        let expression = part.split_once("}}")?.0;
        is_token(expression).then(|| format!("${{{{{expression}}}}}"))
    });
    given.map(str::to_owned).or(written).and_then(|token| Speaker::of(&token)).unwrap_or(Speaker::Bot)
}

fn action(step: &Step<'_>, script: NodeRef<'_>, deed: &Deed) -> Action {
    let site = site_in(step, script, deed.start);
    let mut action = act(deed.verb, site);
    let said = deed.said.map_or(site, |place| site_in(step, script, place));
    let text = deed.message.as_ref().map(|text| Text { text: step.filled(text), site: said });
    action.texts = text.into_iter().collect();
    if deed.updates {
        action.manner = Stated::Known("update-single".to_owned(), site);
    }
    action
}

/// The script of a step.
fn script_of<'w>(step: &Step<'w>) -> Option<NodeRef<'w>> {
    match step.node.get("run") {
        Some(run) => Some(run),
        None if step.is_action("actions/github-script") => step.input_node("script"),
        None => None,
    }
}

/// What the script of a step does.
fn deeds(step: &Step<'_>) -> Vec<Deed> {
    let Some(script) = script_of(step) else { return Vec::new() };
    let text = script.text();
    if step.node.get("run").is_none() {
        return javascript::deeds(text);
    }
    if !commands::may_act(text) {
        return Vec::new();
    }
    let commands = shell::commands(text);
    let by_command = commands.iter().flat_map(|command| commands::deeds(step, command));
    // A program that stands in the script calls the interface itself.
    let calls = if commands::holds_a_program(step, text) { javascript::deeds(text) } else { Vec::new() };
    by_command.chain(calls).take(MAX_DEEDS).collect()
}

/// The line of a script at which a deed stands. Block scalars lose their indentation in the text.
fn site_in(step: &Step<'_>, script: NodeRef<'_>, start: usize) -> Site {
    let site = step.site_of(script);
    let line = script.text().get(start..).and_then(|rest| rest.lines().next()).unwrap_or("").trim_end();
    let before = script.text().get(..start).unwrap_or("");
    let same = before.matches(line).count();
    let found = if line.is_empty() { None } else { script.raw().match_indices(line).nth(same) };
    let Some((offset, found)) = found else { return site };
    let mut place = site;
    if let (Ok(offset), Ok(length)) = (u32::try_from(offset), u32::try_from(found.len())) {
        let begin = site.defined.unwrap_or(site.used.span).start + offset;
        place.used.span = Span::new(begin, begin + length);
        place.defined = None;
    }
    place
}
