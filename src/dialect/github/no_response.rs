//! Closing what its author does not come back to: somebody asks with a label, and after some days without an
//! answer the issue is closed. Shared by the workflow step `no-response` and the app of the same name.

use super::stale_action::days;
use super::workflow::{KnownStep, Step};
use super::{account, act, comment};
use crate::dialect::Lowered;
use crate::model::{Automation, Event, Guard, GuardKind, Site, Stated, Text, Trigger, Verb};

/// The step `uses: lee-dohm/no-response@…` and forks that keep its name.
pub(super) const STEP: KnownStep =
    KnownStep { is_it: |step| step.action_name().starts_with("no-response"), lower };

/// Inputs of the action and of its forks.
const INPUTS: &[&str] = &[
    "closeComment",
    "daysUntilClose",
    "responseRequiredColor",
    "responseRequiredLabel",
    "token",
    "optionalFollowupLabel",
    "optionalFollowupLabelColor",
];

pub(super) const DEFAULT_DAYS: f64 = 14.0;
pub(super) const DEFAULT_LABEL: &str = "more-information-needed";

/// What is closed for want of an answer.
pub(super) struct NoResponse {
    pub(super) name: String,
    pub(super) site: Site,
    pub(super) account: usize,
    /// Off when it does not run.
    pub(super) enabled: Stated<bool>,
    /// Days from the label to the closing.
    pub(super) days: Stated<f64>,
    /// The label with which somebody asks.
    pub(super) label: Stated<String>,
    /// The message of the closing; none is a silent closing.
    pub(super) message: Stated<String>,
    pub(super) guards: Vec<Guard>,
}

impl NoResponse {
    /// Adds its automation. The author's answer takes the label away and opens the issue again.
    pub(super) fn lower(self, lowered: &mut Lowered) {
        let site = self.days.site().unwrap_or(self.site);
        let mut trigger = Trigger::new(Event::NoReply, site);
        trigger.after = self.days;
        let mut asked = Guard::new(GuardKind::OnlyLabels, self.label.site().unwrap_or(self.site));
        asked.values = self
            .label
            .known()
            .map(|label| Text { text: label.clone(), site: asked.site })
            .into_iter()
            .collect();
        let once = Guard::new(GuardKind::OncePerThread, self.site);
        let answered = Guard::new(GuardKind::StopOnReply, self.site);
        lowered.automation(Automation {
            name: self.name,
            site: self.site,
            account: self.account,
            enabled: self.enabled,
            triggers: vec![trigger],
            guards: [asked, once, answered].into_iter().chain(self.guards).collect(),
            actions: comment(&self.message).into_iter().chain([act(Verb::Close, site)]).collect(),
            ..Automation::default()
        });
    }
}

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    step.unknown_inputs("no-response", INPUTS, |_| None, lowered);
    let site = step.site();
    let account = account(lowered, step.path(), &step.speaker(&["token"], &[]), site);
    let message = match step.input("closeComment") {
        // The action has a message of its own, whose words are not in the file.
        Stated::Absent => Stated::Unknown(site),
        Stated::Known(text, _) if text.trim() == "false" => Stated::Absent,
        given => given,
    };
    let policy = NoResponse {
        name: step.name().to_owned(),
        site,
        account,
        enabled: step.enabled(Stated::Absent),
        days: days(step.input("daysUntilClose"), lowered).or(Stated::Known(DEFAULT_DAYS, site)),
        label: step.input("responseRequiredLabel").or(Stated::Known(DEFAULT_LABEL.to_owned(), site)),
        message,
        guards: step.approval().into_iter().collect(),
    };
    policy.lower(lowered);
}
