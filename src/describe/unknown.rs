//! What the linter could not know: values that only a run has, and steps that it cannot read.

use crate::model::{Action, Automation, FactKind, LimitKind, Limits, Site, Stated, Verb, View};

/// Everything unknown about an account and its automations, in the order of the file.
pub(super) fn unknown(account: &View<'_>, views: &[View<'_>]) -> Vec<(Site, String)> {
    let mut found = Found::default();
    let of = account.account;
    found.note(&of.identity.handle, "which account it is");
    found.note(&of.identity.platform, "on which platform it is");
    found.note(&of.profile.bot_flag, "whether it is marked as automated");
    found.note(&of.profile.bio, "what its profile says");
    found.note(&of.profile.operator, "who runs it");
    found.note(&of.profile.contact, "where to write to");
    for fact in &of.facts {
        if fact.kind == FactKind::RepliesElsewhere {
            found.note(&fact.value, "whether there is a way to a person");
            continue;
        }
        found.note(
            &fact.value,
            &format!("what is claimed about {}", fact.kind.name().replace(['.', '-'], " ")),
        );
    }
    for switch in &of.switches {
        found.note(&switch.on, &format!("whether the switch {} is on", switch.kind.name().replace('-', " ")));
    }
    found.limits(&of.limits);
    for automation in views.iter().filter_map(|view| view.automation) {
        found.automation(automation);
    }
    found.0.sort();
    found.0.dedup();
    found.0
}

#[derive(Default)]
struct Found(Vec<(Site, String)>);

impl Found {
    fn note<T>(&mut self, field: &Stated<T>, what: &str) {
        if let Stated::Unknown(site) = field {
            self.0.push((*site, what.to_owned()));
        }
    }

    fn automation(&mut self, automation: &Automation) {
        self.note(&automation.enabled, "whether this is switched on");
        for trigger in &automation.triggers {
            self.note(&trigger.schedule, "when it runs");
            self.note(&trigger.after, "how long it waits before it acts");
            self.note(&trigger.max_age, "how old things may be");
            self.note(&trigger.ignores_activity, "whether an answer in the meantime counts");
        }
        for guard in &automation.guards {
            self.note(&guard.window, "for how long it remembers");
        }
        self.limits(&automation.limits);
        for action in automation.actions.iter().chain(&automation.otherwise) {
            self.action(action);
        }
    }

    fn action(&mut self, action: &Action) {
        if action.verb == Verb::RunCode {
            self.0.push((action.site, "what the code does that is run here".to_owned()));
        }
        self.note(&action.visibility, "who can see it");
        self.note(&action.delay, "how long it waits before it acts");
        self.note(&action.within, "how soon a person answers");
        self.note(&action.probability, "how likely it is");
        self.note(&action.times, "how often it does so for one person");
        self.note(&action.model_generated, "whether a language model writes the text");
        self.note(&action.manner, "in which way it is done");
        self.note(&action.audience.size, "how many people that is");
        self.note(&action.audience.source, "where the list of people comes from");
        self.limits(&action.limits);
    }

    fn limits(&mut self, limits: &Limits) {
        for (kind, bound) in limits.iter() {
            let what = match kind {
                LimitKind::Cooldown => "how much time lies between two contacts".to_owned(),
                LimitKind::RunsPerDay => "how often it runs".to_owned(),
                _ => format!("how many at most ({})", kind.name().replace('-', " ")),
            };
            self.note(bound, &what);
        }
    }
}
