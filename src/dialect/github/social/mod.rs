//! Workflow steps that follow, unfollow, star and post: bots that live in a repository's workflows. What a
//! step does is told by its commands and calls, by the names of its script, action, job and workflow, and
//! only where it holds the credentials of an account that can do it.

mod actions;
mod calls;
mod credentials;
mod limits;
mod programs;
mod script;
mod switches;
mod understood;
mod words;

use actions::Poster;
use credentials::Credential;
use switches::Acting;
use understood::{Act, Understood};

use super::expression;
use super::happenings;
use super::occasion::Occasion;
use super::step::Runs;
use super::workflow::{KnownStep, Step};
use crate::dialect::Lowered;
use crate::model::{
    Account, Action, Audience, AudienceKind, Automation, Bound, Event, Guard, GuardKind, Identity, Site,
    Stated, Switch, SwitchKind, Text, Trigger, Verb, platform_name,
};
use crate::syntax::{Kind, NodeRef};

/// Whether a text may be a workflow that acts on a network, or that calls an interface or another workflow: it has jobs,
/// and a word of such acts. Words as plain as these say nothing about other files.
pub(in crate::dialect) fn may_act(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "follow",
        "star",
        "tweet",
        "toot",
        "skeet",
        "mastodon",
        "bsky",
        "bluesky",
        "post",
        "social",
        "api.github.com",
        "comments_url",
        "create_comment",
        "setFailed",
        ".request(",
        "/.github/workflows/",
    ];
    let holds = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    (holds("runs-on") || holds("jobs:")) && WORDS.iter().any(|word| holds(word))
}

/// The step.
pub(super) const STEP: KnownStep = KnownStep { is_it, lower };

fn is_it(step: &Step<'_>) -> bool {
    actions::poster_of(step).is_some() || Understood::of(step).is_some()
}

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    match actions::poster_of(step) {
        Some(poster) => lower_poster(step, poster, lowered),
        None => {
            if let Some(understood) = Understood::of(step) {
                lower_program(step, &understood, lowered);
            }
        }
    }
}

/// A published action that posts one text each time it runs.
fn lower_poster(step: &Step<'_>, poster: &Poster, lowered: &mut Lowered) {
    let site = step.site();
    // On a pull request such an action shows what it would post and posts nothing.
    if poster.is_reviewed && !Occasion::of(step).publishes() {
        return;
    }
    let variables = credentials::variables(step);
    let mut known = credentials::credentials(&variables, &[]).into_iter();
    let credential = known.find(|known| known.platform == poster.platform);
    let credential = credential.unwrap_or_else(|| Credential::unknown(poster.platform, site));
    let account = account(step, &credential, lowered);
    let mut action = Action::new(Verb::Post, site, Audience::new(AudienceKind::Public, site));
    if let Stated::Known(text, site) = step.input(poster.text) {
        action.texts.push(Text { text, site });
    }
    let mut automation = automation(step, account, site);
    if poster.is_reviewed {
        automation.guards.push(Guard::new(GuardKind::Approval, site));
    }
    automation.actions.push(action);
    lowered.automation(automation);
}

/// In so many automations of a file, safety switches and tools of evasion are looked for.
const MAX_LOOKED_AT: usize = 20;

/// A program or script that acts.
fn lower_program(step: &Step<'_>, understood: &Understood<'_>, lowered: &mut Lowered) {
    let publishes = understood.acts.iter().all(|act| act.verb.is_publication());
    let credentials =
        if publishes { &understood.credentials[..] } else { understood.credentials.get(..1).unwrap_or(&[]) };
    for credential in credentials {
        let account = account(step, credential, lowered);
        let mut automation = automation(step, account, understood.site);
        if understood.rehearses == Some(true) {
            automation.enabled = Stated::Known(false, understood.site);
        }
        automation.actions = understood.acts.iter().map(Act::action).collect();
        // By the clock nobody set it off but the account itself.
        let by_people = automation.triggers.iter().any(|trigger| trigger.event.is_stream());
        for action in automation.actions.iter_mut().filter(|_| !by_people) {
            if action.audience.kind == AudienceKind::Initiator {
                action.audience.kind = AudienceKind::List;
            }
        }
        if understood.is_opaque && publishes {
            forget_times(&mut automation);
        }
        for action in automation.actions.iter_mut().filter(|action| shares_its_target(action)) {
            action.acts_as.clone_from(&understood.identities);
        }
        if understood.is_opaque {
            automation.actions.push(run_code(understood));
        }
        lowered.automation(automation);
        let is_one_of_many = lowered.model.automations.len() > MAX_LOOKED_AT;
        if let Some(account) = lowered.model.accounts.get_mut(account).filter(|_| !is_one_of_many) {
            evasion(step, account);
            secrets(understood, account);
            obey(step, understood, account);
        }
    }
}

/// How many of its runs post anything, and how much, only the program knows.
fn forget_times(automation: &mut Automation) {
    for action in &mut automation.actions {
        action.probability = Stated::Unknown(action.site);
    }
}

/// Notes passwords and tokens that are written out, each place once.
fn secrets(understood: &Understood<'_>, account: &mut Account) {
    for secret in credentials::written_out(&understood.variables) {
        if account.secrets.iter().all(|known| known.site != secret.site) {
            account.secrets.push(secret);
        }
    }
}

/// Whether every identity that does this does it to the same people or things.
fn shares_its_target(action: &Action) -> bool {
    use AudienceKind::{EngagersOf, FollowersOf, FollowingOf, Named, Search};
    match action.verb {
        Verb::Follow => {
            matches!(action.audience.kind, EngagersOf | FollowersOf | FollowingOf | Named | Search)
        }
        verb => verb.is_contact() || verb == Verb::Repost,
    }
}

/// What the program does beyond what its names tell; and every identity that it does it with.
fn run_code(understood: &Understood<'_>) -> Action {
    let site = understood.site;
    let audience = Audience::new(AudienceKind::Public, site);
    let mut action = Action::new(Verb::RunCode, site, audience);
    action.acts_as.clone_from(&understood.identities);
    action
}

/// Notes the safety switches that the step does not obey.
fn obey(step: &Step<'_>, understood: &Understood<'_>, account: &mut Account) {
    let is_live = !matches!(step.runs, Runs::Never(_)) && understood.rehearses != Some(true);
    if !is_live || understood.acts.is_empty() {
        return;
    }
    let acting = Acting { site: understood.site, argued: understood.argued };
    for dead in switches::dead(step, &understood.variables, &acting) {
        if account.dead_switches.iter().all(|known| known.declared != dead.declared) {
            account.dead_switches.push(dead);
        }
    }
}

/// Tools that only serve to hide a bot, in the commands and variables of the job.
fn evasion(step: &Step<'_>, account: &mut Account) {
    const DRIVERS: &[&str] = &[
        "undetected-chromedriver",
        "undetected_chromedriver",
        "selenium-stealth",
        "playwright-stealth",
        "puppeteer-extra-plugin-stealth",
    ];
    let steps = step.job.value.get("steps").into_iter().flat_map(NodeRef::items);
    let driver = steps
        .filter_map(|step| step.get("run"))
        .find(|run| DRIVERS.iter().any(|name| run.text().contains(name)));
    if let Some(run) = driver
        && !account.is_on(SwitchKind::UndetectedDriver)
    {
        let on = Stated::Known(true, step.site_of(run));
        account.switches.push(Switch { kind: SwitchKind::UndetectedDriver, on });
    }
}

/// The account of a credential; steps with the same one share it.
fn account(step: &Step<'_>, credential: &Credential, lowered: &mut Lowered) -> usize {
    let same = |account: &Account| {
        account.identity.secret == credential.secret
            && account.identity.platform.known().is_some_and(|platform| platform == credential.platform)
    };
    if let Some(known) = lowered.model.accounts.iter().position(same) {
        return known;
    }
    let repository = super::instance(step.path());
    let instance = match &credential.secret {
        Some(secret) => format!("{repository} secrets.{secret}"),
        None => format!("{repository} on {}", credential.platform),
    };
    let handle = credential.handle.known().cloned();
    lowered.account(Account {
        name: handle.unwrap_or_else(|| format!("the {} account", platform_name(credential.platform))),
        site: credential.site,
        identity: Identity {
            platform: Stated::Known(credential.platform.to_owned(), credential.site),
            handle: credential.handle.clone(),
            secret: credential.secret.clone(),
            instance: Some(instance),
        },
        auth: credential.auth.clone(),
        ..Account::default()
    })
}

/// What sets the step off, without any action yet.
fn automation(step: &Step<'_>, account: usize, site: Site) -> Automation {
    let mut automation = Automation { name: step.name().to_owned(), site, account, ..Automation::default() };
    match step.runs {
        Runs::Never(site) => automation.enabled = Stated::Known(false, site),
        Runs::ByHand(site) => automation.triggers.push(Trigger::new(Event::Manual, site)),
        Runs::ByItself(_) => {
            let mut triggers = Occasion::of(step).triggers;
            // What happens by itself decides; that it can be started by hand as well changes nothing.
            if triggers.iter().any(|trigger| trigger.event != Event::Manual) {
                triggers.retain(|trigger| trigger.event != Event::Manual);
            }
            for trigger in &mut triggers {
                // A star is a gesture of a person, as a like is.
                if trigger.event == Event::Happening
                    && trigger.filters.iter().all(|text| text.text == happenings::STAR)
                {
                    trigger.event = Event::Liked;
                }
            }
            automation.triggers = triggers;
        }
    }
    automation
}

impl Act {
    fn action(&self) -> Action {
        let mut audience = Audience::new(self.whom, self.site).of(self.of.clone());
        if self.whom == AudienceKind::Named && !self.of.is_empty() {
            audience.size = Stated::Known(self.of.len() as f64, self.site);
        }
        let mut action = Action::new(self.verb, self.site, audience);
        if let Some((kind, most, site)) = self.limit {
            let bound = most.map_or(Stated::Unknown(site), |most| Stated::Known(Bound::AtMost(most), site));
            action.limits.set(kind, bound);
        }
        action.delay = self.delay.map_or(Stated::Absent, |(days, site)| Stated::Known(days, site));
        action
    }
}

impl Step<'_> {
    /// The script of the step, in whichever language.
    fn script(&self) -> &str {
        let run = self.node.get("run").or_else(|| self.node.get("with")?.get("script"));
        run.filter(|run| run.kind() == Kind::Scalar).map_or("", NodeRef::text)
    }

    /// A text with its expressions filled in, if all of them are known and it is not empty.
    fn wholly_filled(&self, text: &str) -> Option<String> {
        let (text, is_known) = expression::fill(text, &|name| self.value_of(name));
        (is_known && !text.trim().is_empty()).then_some(text)
    }
}
