//! The reader of `[detect]`: what a rule looks for.

use std::borrow::Cow;

use super::read::Reader;
use super::{Budget, Detect};
use crate::analysis::Analysis;
use crate::model::Property;
use crate::rules::condition::Condition;
use crate::rules::fields;
use crate::rules::problem::Problem;
use crate::rules::value::Value;

impl<'v> Reader<'v, '_> {
    /// What the rule detects; after a mistake, nothing.
    pub(super) fn detect(&mut self) -> Detect {
        const KINDS: &[&str] = &["match", "missing", "together", "rate", "graph", "engine"];
        let Some(table) = self.value.get("detect") else {
            self.refuse(self.value, "a rule needs `[detect]`");
            return Detect::Engine;
        };
        let kind = table.get("kind").map_or("match", |kind| kind.text().map_or("", Cow::as_ref));
        match kind {
            "match" => self.detect_match(table),
            "missing" => {
                self.known_keys(table, &["kind", "when", "unless", "requires-expressible"]);
                let requires = table.get("requires-expressible").and_then(|value| self.property(value));
                let when = self.required(table, "when");
                Detect::Missing { when, unless: self.conditions(table.get("unless")), requires }
            }
            "together" => {
                self.known_keys(table, &["kind", "first", "second", "unless"]);
                let first = self.required(table, "first");
                let second = self.required(table, "second");
                Detect::Together { first, second, unless: self.conditions(table.get("unless")) }
            }
            "rate" => self.detect_rate(table),
            "graph" => self.detect_graph(table),
            "engine" => Detect::Engine,
            other => {
                let span = table.get("kind").map_or(table.span, |value| value.span);
                self.problems.push(Problem::unknown(span, "kind", other, KINDS.iter().copied()));
                Detect::Engine
            }
        }
    }

    fn detect_match(&mut self, table: &'v Value) -> Detect {
        self.known_keys(table, &["kind", "each", "where", "any", "all", "not"]);
        let each = match table.get("each").and_then(Value::text).map(Cow::as_ref) {
            Some("account") => fields::Level::Account,
            Some("automation") => fields::Level::Automation,
            Some("action") => fields::Level::Action,
            _ => {
                self.refuse(table, "`each` is \"account\", \"automation\" or \"action\"");
                fields::Level::Action
            }
        };
        let mut all = self.conditions(table.get("where"));
        all.extend(self.conditions(table.get("all")));
        let any = self.conditions(table.get("any"));
        if !any.is_empty() {
            all.push(Condition::Any(any));
        }
        let unwanted = self.conditions(table.get("not"));
        all.extend(unwanted.into_iter().map(|condition| Condition::Not(Box::new(condition))));
        if all.is_empty() {
            self.refuse(table, "a rule that matches everything is a mistake; add `where` or `any`");
        }
        let condition = Condition::all(all);
        if condition.level() > each {
            self.refuse(
                table,
                "a field of this rule belongs to an action or automation; raise `each` or say `somewhere`",
            );
        }
        Detect::Match { each, condition }
    }

    fn detect_rate(&mut self, table: &'v Value) -> Detect {
        self.known_keys(table, &["kind", "budget"]);
        let mut budgets = Vec::new();
        for budget in table.get("budget").and_then(Value::items).unwrap_or(&[]) {
            self.known_keys(budget, &["where", "threshold", "unit", "each"]);
            let threshold = budget.get("threshold").and_then(Value::text).cloned().unwrap_or_default();
            if self.tables.thresholds.get(&threshold).is_none() {
                let known = self.tables.thresholds.iter().map(|(name, _)| name);
                self.problems.push(Problem::unknown(budget.span, "threshold", &threshold, known));
            }
            let unit = budget.get("unit").and_then(Value::text).cloned().unwrap_or_default();
            let each = budget.get("each").and_then(Value::text).map(Cow::as_ref);
            if each.is_some_and(|each| each != "person") {
                self.refuse(budget, "`each` of a budget is \"person\", or left out");
            }
            let per_person = each == Some("person");
            budgets.push(Budget { condition: self.required(budget, "where"), threshold, unit, per_person });
        }
        if budgets.is_empty() {
            self.refuse(table, "`kind = \"rate\"` needs at least one `[[detect.budget]]`");
        }
        Detect::Rate { budgets }
    }

    fn detect_graph(&mut self, table: &Value) -> Detect {
        self.known_keys(table, &["kind", "analysis"]);
        let name = table.get("analysis").and_then(Value::text).map_or("", Cow::as_ref);
        match Analysis::parse(name) {
            Some(analysis) => Detect::Graph(analysis),
            None => {
                let known = Analysis::names();
                self.problems.push(Problem::unknown(table.span, "analysis", name, known));
                Detect::Engine
            }
        }
    }

    fn property(&mut self, value: &Value) -> Option<Property> {
        let name = value.text().map_or("", Cow::as_ref);
        let property = Property::parse(name);
        if property.is_none() {
            let known = Property::ALL.iter().map(|property| property.name());
            self.problems.push(Problem::unknown(value.span, "property", name, known));
        }
        property
    }
}
