//! An account, an automation or an action in its surroundings: what stands before it and beside it.

use super::World;
use crate::model::{
    Account, Action, Automation, Bound, Event, Guard, GuardKind, LimitKind, Limits, Stated, SwitchKind,
};

/// The position of an action in the list in which it stands, told by its address: there may be thousands, and
/// this is asked for each.
#[must_use]
pub fn position(list: &[Action], action: &Action) -> Option<usize> {
    let from_start = std::ptr::from_ref(action).addr().checked_sub(list.as_ptr().addr())?;
    let position = from_start / size_of::<Action>();
    list.get(position).is_some_and(|found| std::ptr::eq(found, action)).then_some(position)
}

/// One action in its surroundings: what rules look at.
#[derive(Clone, Copy, Debug)]
pub struct View<'m> {
    pub(super) world: &'m World<'m>,
    /// The number of the account.
    pub(super) number: usize,
    /// The account concerned.
    pub account: &'m Account,
    /// The automation concerned, if the question is about one.
    pub automation: Option<&'m Automation>,
    /// The action concerned, if the question is about one.
    pub action: Option<&'m Action>,
}

impl<'m> View<'m> {
    /// The same automation, looking at one of its actions.
    #[must_use]
    pub const fn on(self, action: &'m Action) -> Self {
        Self { action: Some(action), ..self }
    }

    /// The same account, looking at no automation.
    #[must_use]
    pub const fn without_action(self) -> Self {
        Self { automation: None, action: None, ..self }
    }

    /// A view of every live action of the account, those of the `otherwise` branches included.
    pub fn actions_of_account(self) -> impl Iterator<Item = Self> {
        self.automations()
            .map(move |automation| Self { automation: Some(automation), action: None, ..self })
            .filter(Self::is_live)
            .flat_map(Self::actions)
    }

    /// A view of every action of the automation.
    pub fn actions(self) -> impl Iterator<Item = Self> {
        let actions = self
            .automation
            .into_iter()
            .flat_map(|automation| automation.actions.iter().chain(&automation.otherwise));
        actions.map(move |action| self.on(action))
    }

    /// The automations of the same account.
    pub fn automations(&self) -> impl Iterator<Item = &'m Automation> + use<'m> {
        let model = self.world.model;
        self.world.automations_of(self.number).iter().filter_map(|number| model.automations.get(*number))
    }

    /// Whether another account of the run waits for this one's posts, as this one does for the other's.
    #[must_use]
    pub fn is_answered_by(&self, other: &Account) -> bool {
        let own = self.account.identity.handle.known();
        let plain = |handle: &str| {
            handle.trim_start_matches('@').split('@').next().unwrap_or_default().to_lowercase()
        };
        let Some(own) = own.map(|own| plain(own)) else { return false };
        let model = self.world.model;
        model.automations.iter().any(|automation| {
            let acts =
                model.accounts.get(automation.account).is_some_and(|account| std::ptr::eq(account, other));
            let names = automation
                .triggers
                .iter()
                .filter_map(|trigger| trigger.from.as_ref())
                .flat_map(|from| &from.of);
            acts && names.into_iter().any(|text| plain(&text.text) == own)
        })
    }

    /// Every account of the run.
    #[must_use]
    pub fn accounts(&self) -> &'m [Account] {
        &self.world.model.accounts
    }

    /// The actions of the branch in which the action stands: what happens together with it.
    #[must_use]
    pub fn branch(&self) -> &'m [Action] {
        let Some(automation) = self.automation else { return &[] };
        let otherwise = self.action.and_then(|own| position(&automation.otherwise, own));
        if otherwise.is_some() { &automation.otherwise } else { &automation.actions }
    }

    /// The guards of the automation and those that hold for the whole account.
    pub fn guards(&self) -> impl Iterator<Item = &'m Guard> + use<'m> {
        let own = self.automation.map_or(&[][..], |automation| &automation.guards);
        own.iter().chain(&self.account.guards)
    }

    /// Whether a guard of this kind stands before the action, by configuration or by the tool's nature.
    #[must_use]
    pub fn has_guard(&self, kind: GuardKind) -> bool {
        self.guards().any(|guard| guard.kind == kind) || self.account.enforced_by_tool.contains(&kind)
    }

    /// A stated limit of this kind on the action, else on its automation.
    #[must_use]
    pub fn limit(&self, kind: LimitKind) -> Option<&'m Stated<Bound>> {
        let of = |limits: &'m Limits| limits.get(kind);
        self.action
            .and_then(|action| of(&action.limits))
            .or_else(|| self.automation.and_then(|automation| of(&automation.limits)))
    }

    /// Whether the automation runs at all: not switched off, and the bot does not only rehearse.
    #[must_use]
    pub fn is_live(&self) -> bool {
        let enabled = self.automation.is_none_or(|automation| automation.enabled.get() != Some(false));
        enabled && !self.account.is_on(SwitchKind::DryRun)
    }

    /// Whether a person decides each time: an approval, or an automation that is only started by hand.
    #[must_use]
    pub fn is_approved(&self) -> bool {
        let asks = self.has_guard(GuardKind::Approval) && !self.account.is_on(SwitchKind::SkipApproval);
        asks || self.automation.is_some_and(|automation| {
            !automation.triggers.is_empty()
                && automation.triggers.iter().all(|trigger| trigger.event == Event::Manual)
        })
    }
}
