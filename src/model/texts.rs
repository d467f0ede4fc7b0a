//! Visits every text in the model that comes from a configuration, so that all of them can be changed.

use super::{Account, Action, Audience, Automation, Guard, Model, Stated, Text, Trigger};

impl Model {
    /// Hands out every text of the model, one after the other.
    pub fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.accounts.iter_mut().for_each(|account| of_account(account, change));
        self.automations.iter_mut().for_each(|automation| of_automation(automation, change));
        self.coverage.iter_mut().for_each(|coverage| coverage.each_text(change));
    }
}

fn of_account(account: &mut Account, change: &mut dyn FnMut(&mut String)) {
    change(&mut account.name);
    let (identity, profile) = (&mut account.identity, &mut account.profile);
    identity.secret.iter_mut().chain(&mut identity.instance).for_each(&mut *change);
    let stated = [
        &mut identity.platform,
        &mut identity.handle,
        &mut account.owner_group,
        &mut profile.bio,
        &mut profile.avatar,
        &mut profile.url,
        &mut profile.operator,
        &mut profile.contact,
    ];
    stated.into_iter().for_each(|field| of_stated(field, change));
    account.facts.iter_mut().for_each(|fact| of_stated(&mut fact.value, change));
    account.dead_switches.iter_mut().for_each(|switch| change(&mut switch.name));
    account.secrets.iter_mut().for_each(|secret| change(&mut secret.key));
    of_guards(&mut account.guards, change);
}

fn of_automation(automation: &mut Automation, change: &mut dyn FnMut(&mut String)) {
    change(&mut automation.name);
    automation.triggers.iter_mut().for_each(|trigger| of_trigger(trigger, change));
    of_guards(&mut automation.guards, change);
    let actions = automation.actions.iter_mut().chain(&mut automation.otherwise);
    actions.for_each(|action| of_action(action, change));
}

fn of_trigger(trigger: &mut Trigger, change: &mut dyn FnMut(&mut String)) {
    of_texts(&mut trigger.filters, change);
    if let Some(details) = trigger.details.stated() {
        of_texts(&mut details.traits, change);
    }
    trigger.from.iter_mut().for_each(|audience| of_audience(audience, change));
}

fn of_action(action: &mut Action, change: &mut dyn FnMut(&mut String)) {
    of_audience(&mut action.audience, change);
    of_texts(&mut action.texts, change);
    of_stated(&mut action.manner, change);
    if let Some(details) = action.details.stated() {
        of_texts(&mut details.acts_as, change);
    }
}

fn of_audience(audience: &mut Audience, change: &mut dyn FnMut(&mut String)) {
    of_texts(&mut audience.of, change);
}

fn of_guards(guards: &mut [Guard], change: &mut dyn FnMut(&mut String)) {
    guards.iter_mut().for_each(|guard| of_texts(&mut guard.values, change));
}

fn of_texts(texts: &mut [Text], change: &mut dyn FnMut(&mut String)) {
    texts.iter_mut().for_each(|text| change(&mut text.text));
}

fn of_stated(field: &mut Stated<String>, change: &mut dyn FnMut(&mut String)) {
    if let Stated::Known(text, _) = field {
        change(text);
    }
}
