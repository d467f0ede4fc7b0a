//! What the clauses of an account say together: persona, consent, rehearsal, churn.

use crate::model::{
    Action, Audience, AudienceKind, Automation, DeadSwitch, Event, Guard, GuardKind, ListSource, Stated,
    Switch, SwitchFlaw, SwitchKind, Trigger, Verb,
};
use crate::reader::lower::Lowering;

impl Lowering {
    /// A language model with a persona answers whoever writes, if nothing else is said of what it does.
    pub(crate) fn persona(&mut self) {
        let Some(site) = self.scope.persona else { return };
        let outward = self
            .automations
            .iter()
            .flat_map(|automation| &automation.actions)
            .any(|action| action.verb.is_outward());
        if outward {
            return;
        }
        let mut action = Action::new(Verb::Reply, site, Audience::new(AudienceKind::Initiator, site));
        action.model_generated = Stated::Known(true, site);
        self.automations.push(Automation {
            name: "dm-received → reply".to_owned(),
            site,
            triggers: vec![Trigger::new(Event::DmReceived, site)],
            actions: vec![action],
            ..Automation::default()
        });
    }

    /// Whether it approaches people by itself, and nothing says that they asked.
    pub(crate) fn approaches(&self) -> bool {
        self.automations.iter().any(|automation| {
            let asked = automation
                .triggers
                .iter()
                .any(|trigger| trigger.event.is_inbound() || trigger.event == Event::Command);
            let agreed = automation.guards.iter().any(|guard| guard.kind == GuardKind::OptedIn);
            !asked
                && !agreed
                && automation
                    .actions
                    .iter()
                    .any(|action| action.verb.is_contact() && action.audience.kind != AudienceKind::Operator)
        })
    }

    /// Where people asked to be written to, private messages to nobody in particular go to them.
    pub(crate) fn agreed(&mut self, account: &crate::model::Account) {
        let presumed = account.switches.iter().any(|switch| switch.kind == SwitchKind::AssumesConsent);
        if presumed {
            // Who bought something has not agreed where the file takes that for granted.
            let actions = self.automations.iter_mut().flat_map(|automation| &mut automation.actions);
            for action in actions {
                if action.audience.source.get() == Some(ListSource::Customers) {
                    action.audience.source = Stated::Absent;
                }
            }
        }
        let bought = self.scope.people.iter().any(|audience| !audience.source.is_absent());
        let Some(site) = self.scope.asked else { return };
        if presumed || bought {
            return;
        }
        for automation in &mut self.automations {
            let private = automation.actions.iter().any(|action| {
                let open = matches!(
                    action.audience.kind,
                    AudienceKind::List | AudienceKind::Initiator | AudienceKind::Members
                );
                (action.verb.is_private_message() || action.verb == Verb::Invite)
                    && open
                    && action.audience.source.is_absent()
            });
            if private && !automation.guards.iter().any(|guard| guard.kind == GuardKind::OptedIn) {
                automation.guards.push(Guard::new(GuardKind::OptedIn, site));
            }
        }
    }

    /// Answers to mails come as mails.
    pub(crate) fn mailed(&mut self) {
        let mails = self
            .automations
            .iter()
            .flat_map(|automation| &automation.actions)
            .any(|action| action.verb == Verb::Email);
        if !mails {
            return;
        }
        for automation in &mut self.automations {
            let passes = automation.actions.iter().any(|action| action.verb.reaches_a_person());
            let inbound = automation
                .triggers
                .iter()
                .find(|trigger| trigger.event.is_inbound())
                .map(|trigger| trigger.site);
            if let (true, Some(site)) = (passes, inbound)
                && !automation.triggers.iter().any(|trigger| trigger.event == Event::EmailReceived)
            {
                automation.triggers.push(Trigger::new(Event::EmailReceived, site));
            }
        }
    }

    /// A rehearsal or an approval that one job goes without leaves a switch that does nothing.
    pub(crate) fn safety(&mut self, account: &mut crate::model::Account) {
        let earnest = self.overrides.iter().find_map(|(earnest, _)| *earnest);
        let is_on = |switch: &&mut Switch| switch.kind == SwitchKind::DryRun && switch.on.get() == Some(true);
        if let (Some(ignored), Some(switch)) = (earnest, account.switches.iter_mut().find(is_on))
            && let Some(declared) = switch.on.site()
        {
            switch.on = Stated::Known(false, ignored);
            for (automation, (earnest, _)) in self.automations.iter_mut().zip(&self.overrides) {
                if earnest.is_none() {
                    automation.enabled = Stated::Known(false, declared);
                }
            }
            let name = self.scope.rehearsal.clone().unwrap_or_else(|| SwitchKind::DryRun.name().to_owned());
            account.dead_switches.push(DeadSwitch { name, declared, ignored, flaw: SwitchFlaw::HardCoded });
        }
        let Some(ignored) = self.overrides.iter().find_map(|(_, unapproved)| *unapproved) else { return };
        let Some(at) = account.guards.iter().position(|guard| guard.kind == GuardKind::Approval) else {
            let on = Stated::Known(true, ignored);
            account.switches.push(Switch { kind: SwitchKind::SkipApproval, on });
            return;
        };
        let guard = account.guards.remove(at);
        let declared = guard.site;
        for (automation, (_, unapproved)) in self.automations.iter_mut().zip(&self.overrides) {
            if unapproved.is_none() {
                automation.guards.push(guard.clone());
            }
        }
        let name = self.scope.approval.clone().unwrap_or_else(|| GuardKind::Approval.name().to_owned());
        account.dead_switches.push(DeadSwitch { name, declared, ignored, flaw: SwitchFlaw::HardCoded });
    }

    /// Whoever a bot unfollows that also follows by machine is mostly whom it followed.
    pub(crate) fn churns(&mut self) {
        let actions = || self.automations.iter().flat_map(|automation| &automation.actions);
        if !actions().any(|action| action.verb == Verb::Follow) {
            return;
        }
        for action in self.automations.iter_mut().flat_map(|automation| &mut automation.actions) {
            if action.verb == Verb::Unfollow && action.audience.kind == AudienceKind::OwnFollowing {
                action.audience.kind = AudienceKind::FollowedByTool;
            }
        }
    }
}
