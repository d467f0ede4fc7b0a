//! Actions of a conduct file: a verb, a verb with its object, and modifiers beside or below it.

use super::Conduct;
use crate::model::{Action, Audience, AudienceKind, Event, Limits, Site, Stated, Trigger, Verb, Visibility};
use crate::syntax::{Kind, NodeRef, Value};

/// What is said of an action without a verb.
pub(in crate::dialect) const NO_VERB: &str = "this action has no verb";

/// Modifiers of an action.
pub(super) const MODIFIERS: &[&str] = &[
    "to",
    "text",
    "visibility",
    "as",
    "within",
    "delay",
    "probability",
    "times",
    "model-generated",
    "promotion",
    "marked",
    "in-parts",
    "one-of",
    "manner",
    "limits",
];

impl<'t> Conduct<'t, '_> {
    /// Reads `do` or `else`: one action or several; `{ wait: 3d }` delays those after it.
    pub(super) fn actions(&mut self, node: NodeRef<'t>, triggers: &[Trigger]) -> Vec<Action> {
        let items: Vec<_> = if node.kind() == Kind::Sequence { node.items().collect() } else { vec![node] };
        let mut actions = Vec::new();
        let mut waited: Stated<f64> = Stated::Absent;
        for item in items {
            if let Some(wait) = item.get("wait") {
                waited = self.add_wait(&waited, wait);
            } else if let Some(mut action) = self.action(item, triggers) {
                action.delay = std::mem::take(&mut action.delay).or(waited.clone());
                actions.push(action);
            }
        }
        actions
    }

    fn add_wait(&mut self, waited: &Stated<f64>, wait: NodeRef<'t>) -> Stated<f64> {
        match (self.days(wait), waited.get()) {
            (Stated::Known(days, site), before) => Stated::Known(before.unwrap_or(0.0) + days, site),
            (unknown, _) => unknown,
        }
    }

    fn action(&mut self, node: NodeRef<'t>, triggers: &[Trigger]) -> Option<Action> {
        if node.kind() == Kind::Scalar {
            let verb = self.verb(node)?;
            let site = self.reader.site(node);
            return Some(Action::new(verb, site, default_audience(verb, site, triggers)));
        }
        let mut found = None;
        for entry in node.entries() {
            if let Some(verb) = Verb::parse(entry.key.text()) {
                if found.is_some() {
                    self.malformed(
                        entry.key,
                        "one action has one verb",
                        "write a list: one action for each item",
                    );
                } else {
                    found = Some((verb, entry));
                }
            } else if !MODIFIERS.contains(&entry.key.text()) {
                let known = Verb::ALL.iter().map(|verb| verb.name()).chain(MODIFIERS.iter().copied());
                self.unknown(entry.key, "action", known);
            }
        }
        let Some((verb, entry)) = found else {
            self.malformed(node, NO_VERB, "write for example `reply: \"{answer}\"`");
            return None;
        };
        let site = self.reader.site(entry.key);
        let mut action = Action::new(verb, site, default_audience(verb, site, triggers));
        self.object(entry.value, &mut action);
        self.modifiers(node, &mut action);
        Some(action)
    }

    fn verb(&mut self, node: NodeRef<'t>) -> Option<Verb> {
        let verb = Verb::parse(node.text());
        if verb.is_none() {
            self.unknown(node, "action", Verb::ALL.iter().map(|verb| verb.name()));
        }
        verb
    }

    /// What stands right after the verb: a text, an audience, a manner, or modifiers.
    fn object(&mut self, node: NodeRef<'t>, action: &mut Action) {
        if node.kind() == Kind::Scalar
            && matches!(node.value(self.reader.schema), Value::Null | Value::Bool(true))
        {
            return;
        }
        if Self::is_audience(node) {
            action.audience = self.audience(node);
        } else if node.kind() == Kind::Mapping {
            self.known_keys(node, MODIFIERS);
            self.modifiers(node, action);
        } else if takes_text(action.verb) {
            action.texts = self.reader.texts(node);
        } else if takes_manner(action.verb) {
            action.manner = self.reader.stated_text(node);
        } else {
            action.audience = self.audience(node);
        }
    }

    fn modifiers(&mut self, node: NodeRef<'t>, action: &mut Action) {
        for entry in node.entries() {
            let value = entry.value;
            match entry.key.text() {
                "to" => action.audience = self.audience(value),
                "text" => action.texts = self.reader.texts(value),
                "as" => action.acts_as = self.reader.texts(value),
                "within" => action.within = self.days(value),
                "delay" => action.delay = self.days(value),
                "probability" => action.probability = self.reader.number(value),
                "times" => action.times = self.reader.number(value),
                "model-generated" => action.model_generated = self.reader.flag(value),
                "promotion" => action.promotion = self.reader.flag(value),
                "marked" => action.marked = self.reader.flag(value),
                "in-parts" => action.in_parts = self.reader.flag(value).get() == Some(true),
                "one-of" => action.one_of = self.reader.flag(value).get() == Some(true),
                "manner" => action.manner = self.reader.stated_text(value),
                "limits" => action.limits = self.limits(value),
                _ => {}
            }
        }
        if node.get("visibility").is_some() {
            let known = Visibility::ALL.iter().map(|visibility| visibility.name());
            action.visibility = self.word(node, "visibility", Visibility::parse, known);
        }
        if node.get("limits").is_none() && action.limits.is_empty() {
            action.limits = Limits::default();
        }
    }
}

/// Verbs whose object is the message itself.
const fn takes_text(verb: Verb) -> bool {
    verb.is_private_message()
        || matches!(
            verb,
            Verb::Post
                | Verb::Reply
                | Verb::Mention
                | Verb::Quote
                | Verb::Comment
                | Verb::Review
                | Verb::Draft
                | Verb::OpenIssue
                | Verb::OpenPr
                | Verb::MarkPerson
        )
}

/// Verbs whose object says how: a label, an emoji, a list, a scope, a program.
const fn takes_manner(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Label
            | Verb::Unlabel
            | Verb::React
            | Verb::Vote
            | Verb::Subscribe
            | Verb::SuppressContact
            | Verb::Ban
            | Verb::Timeout
            | Verb::Lock
            | Verb::Close
            | Verb::Reopen
            | Verb::Count
            | Verb::CallWebhook
            | Verb::SetRole
            | Verb::RunCode
            | Verb::TradeEngagement
            | Verb::Pause
    )
}

/// Who is reached where nothing is said: the public by publications, the operator by reports, else whoever
/// set the automation off.
pub(super) fn default_audience(verb: Verb, site: Site, triggers: &[Trigger]) -> Audience {
    let timed = triggers.iter().all(|trigger| matches!(trigger.event, Event::Schedule | Event::FeedItem));
    let kind = match verb {
        Verb::Post | Verb::Repost => AudienceKind::Public,
        Verb::Notify | Verb::Handoff | Verb::CreateTicket | Verb::Suggest | Verb::Draft | Verb::Count => {
            AudienceKind::Operator
        }
        Verb::QueueForReview | Verb::HoldForReview | Verb::Assign | Verb::RequestReview => AudienceKind::Team,
        _ if timed => AudienceKind::Public,
        _ => AudienceKind::Initiator,
    };
    Audience::new(kind, site)
}
