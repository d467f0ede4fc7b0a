//! An automation of a conduct file: its triggers and actions, in their long forms.

use serde_yaml::{Mapping, Value};

use super::super::action::default_audience;
use super::values::{audience, days, flag, guards, number, schedule, stated, text, texts};
use super::{Fields, Writer};
use crate::model::{Action, Automation, GuardKind, Site, Trigger, covered};

impl Writer {
    /// An automation; of a file with several accounts it names its own.
    pub(super) fn automation(&self, automation: &Automation) -> Mapping {
        let mut fields = Fields::default();
        fields.put("id", Some(covered(&automation.name).into_owned()));
        let account = self.names.get(automation.account).filter(|_| self.names.len() > 1);
        fields.put("account", account.map(String::as_str));
        fields.put("enabled", flag(&automation.enabled));
        fields.put("on", Some(Value::Sequence(automation.triggers.iter().map(trigger).collect())));
        // `max-age` of a trigger stands for this guard already.
        let aged = automation.triggers.iter().any(|trigger| !trigger.max_age.is_absent());
        let said = |kind, plain: bool| aged && plain && kind == GuardKind::AgeLimit;
        let others = automation
            .guards
            .iter()
            .filter(|guard| !said(guard.kind, guard.values.is_empty() && guard.window.is_absent()));
        fields.put("if", guards(others));
        fields.put("do", Some(self.actions(&automation.actions, automation)));
        let otherwise =
            (!automation.otherwise.is_empty()).then(|| self.actions(&automation.otherwise, automation));
        fields.put("else", otherwise);
        fields.put("limits", self.limits(&automation.limits));
        fields.0
    }

    fn actions(&self, actions: &[Action], automation: &Automation) -> Value {
        Value::Sequence(actions.iter().map(|action| self.action(action, &automation.triggers)).collect())
    }

    /// An action: its verb alone, or with its modifiers below it.
    fn action(&self, action: &Action, triggers: &[Trigger]) -> Value {
        let mut fields = Fields::default();
        let usual = default_audience(action.verb, Site::default(), triggers);
        let to = &action.audience;
        let is_usual =
            to.kind == usual.kind && to.of.is_empty() && to.source.is_absent() && to.size.is_absent();
        fields.put("to", (!is_usual).then(|| audience(to)));
        fields.put("text", texts(&action.texts));
        fields.put("visibility", stated(&action.visibility, |visibility| Value::from(visibility.name())));
        fields.put("manner", text(&action.manner));
        fields.put("as", texts(&action.acts_as));
        fields.put("delay", days(&action.delay));
        fields.put("within", days(&action.within));
        fields.put("probability", number(&action.probability));
        fields.put("times", number(&action.times));
        fields.put("model-generated", flag(&action.model_generated));
        fields.put("promotion", flag(&action.promotion));
        fields.put("marked", flag(&action.marked));
        fields.put("in-parts", action.in_parts.then(|| Value::from(true)));
        fields.put("one-of", action.one_of.then(|| Value::from(true)));
        fields.put("limits", self.limits(&action.limits));
        beside(action.verb.name(), fields)
    }
}

fn trigger(trigger: &Trigger) -> Value {
    let mut fields = Fields::default();
    fields.put("at", schedule(&trigger.schedule));
    fields.put("after", days(&trigger.after));
    let mut checks = trigger.each_check();
    fields.put("text", checks.next().and_then(texts));
    let further: Vec<Value> = checks.filter_map(texts).collect();
    fields.put("and", (!further.is_empty()).then_some(Value::Sequence(further)));
    fields.put("where", texts(&trigger.traits));
    fields.put("items", texts(&trigger.items));
    fields.put("from", trigger.from.as_ref().map(audience));
    fields.put("count", number(&trigger.count));
    fields.put("max-age", days(&trigger.max_age));
    fields.put("ignores-activity", flag(&trigger.ignores_activity));
    fields.put("repeats", flag(&trigger.repeats));
    beside(trigger.event.name(), fields)
}

/// A word alone, or with what is said about it.
fn beside(word: &str, details: Fields) -> Value {
    let Some(details) = details.some() else { return Value::from(word) };
    let mut fields = Fields::default();
    fields.put(word, Some(details));
    Value::Mapping(fields.0)
}
