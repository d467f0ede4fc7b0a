//! What slows or ends a chain of acts when it comes to an automation.

use super::Node;
use crate::analysis::effects::brakes::{Brake, Brakes};
use crate::analysis::effects::network::Via;
use crate::model::{Action, AudienceKind, Event, GuardKind, LimitKind, SwitchKind};

/// A cap of so many messages in one thread, or to one person, ends a conversation.
const FEW_ANSWERS: f64 = 5.0;

/// The limits that can be brakes.
const BRAKING: &[LimitKind] =
    &[LimitKind::Cooldown, LimitKind::PerUser, LimitKind::PerUserDay, LimitKind::PerThread];

impl Node<'_> {
    /// The brakes on a hop that this automation would receive.
    pub(in crate::analysis::effects) fn brakes_for(
        &self,
        event: Event,
        via: Via,
        from: &Self,
        action: &Action,
    ) -> Brakes {
        let has = |kind| self.view.has_guard(kind);
        let remembers = !self.view.account.is_on(SwitchKind::VolatileMemory);
        let few = |kind| self.limit_of(kind).is_some_and(|most| most <= FEW_ANSWERS);
        let daily = self.limit_of(LimitKind::Cooldown).is_some_and(|days| days >= 1.0);
        let once_each = has(GuardKind::OncePerUser)
            || has(GuardKind::FirstTime)
            || daily
            || few(LimitKind::PerUser)
            || few(LimitKind::PerUserDay);
        let own = from.account == self.account;
        let knows_mark = has(GuardKind::ExcludeMirrored) && action.marked.get() != Some(false);
        let mark = has(GuardKind::AutomaticMark) || from.view.has_guard(GuardKind::AutomaticMark);
        let marked_bot = via == Via::Ourselves
            && from.account != self.account
            && from.view.account.profile.bot_flag.get() == Some(true);
        let deaf = (via == Via::Bot && self.is_deaf_to_machines(event))
            || (marked_bot && has(GuardKind::ExcludeBots));
        [
            (self.view.is_approved(), Brake::Approval),
            (has(GuardKind::ExcludeSelf), Brake::ExcludeSelf),
            (has(GuardKind::ExcludeBots), Brake::ExcludeBots),
            (mark, Brake::AutomaticMark),
            (once_each && remembers, Brake::OncePerUser),
            ((has(GuardKind::OncePerThread) && remembers) || few(LimitKind::PerThread), Brake::OncePerThread),
            (knows_mark, Brake::OriginMark),
            (has(GuardKind::Dedupe) && remembers, Brake::Dedupe),
            (has(GuardKind::OriginalsOnly), Brake::OriginalsOnly),
            // Another account's acts are not its own.
            (own && has(GuardKind::PlatformIgnoresSelf), Brake::PlatformIgnoresSelf),
            (deaf, Brake::CannotMatch),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, brake)| brake)
        .collect()
    }

    /// Whether a machine that does not know the bot could not set it off: it waits for certain words, or for
    /// people of the team.
    fn is_deaf_to_machines(&self, event: Event) -> bool {
        let conversation = event.is_inbound();
        let team = self.triggers().iter().filter(|trigger| trigger.event == event).all(|trigger| {
            let from = trigger.from.as_ref().map(|from| from.kind);
            matches!(from, Some(AudienceKind::Team | AudienceKind::Operator))
        });
        conversation && (team || self.is_choosy(event))
    }

    /// The first number of such a limit: on an act, on the automation, or on the account.
    fn limit_of(&self, kind: LimitKind) -> Option<f64> {
        self.brakes.iter().find(|(known, _)| *known == kind).map(|(_, number)| *number)
    }

    /// The limits that end conversations, looked up once: there may be thousands of acts, and as many hops.
    pub(super) fn limits(&self) -> Vec<(LimitKind, f64)> {
        let first = |kind| self.acts.iter().find_map(|action| self.view.on(action).bound(kind));
        BRAKING.iter().filter_map(|kind| Some((*kind, first(*kind)?.0))).collect()
    }
}
