//! What a rule does: to the post, to its author, and whom it tells.

use super::keys::Group;
use super::rule::Keys;
use crate::model::{Action, Audience, AudienceKind, Site, Stated, Text, Verb};
use crate::syntax::{Kind, NodeRef};

/// The acts of a rule, those of its groups included. `reported` where other people's reports set it off, so
/// that the author is not the one who caused it.
pub(super) fn read(keys: &Keys<'_>, reported: bool) -> Vec<Action> {
    let deeds = Deeds { keys, reported };
    let mut actions = Vec::new();
    actions.extend(deeds.verdict(keys));
    actions.extend(deeds.words("comment", Verb::Comment));
    actions.extend(deeds.words("message", Verb::Dm));
    actions.extend(deeds.modmail());
    actions.extend(deeds.marks(keys, Verb::Label, "flair"));
    for (group, below) in keys.groups() {
        let mut verdict = deeds.verdict(&below);
        if let Some(action) =
            verdict.as_mut().filter(|action| group == Group::Parent && !action.verb.reaches_a_person())
        {
            action.manner = Stated::Known("above".to_owned(), action.site);
        }
        actions.extend(verdict);
        actions.extend(match group {
            Group::Person => deeds.marks(&below, Verb::MarkPerson, "flair"),
            Group::Parent => deeds.marks(&below, Verb::Label, "flair above"),
            _ => deeds.marks(&below, Verb::Label, "flair"),
        });
    }
    actions
}

/// Whether a verdict takes the post away; the tool obeys only the first rule that does.
pub(super) fn takes_away(keys: &Keys<'_>) -> bool {
    keys.value("action").is_some_and(|action| matches!(action.text(), "remove" | "spam" | "filter"))
}

struct Deeds<'k, 't> {
    keys: &'k Keys<'t>,
    reported: bool,
}

impl<'t> Deeds<'_, 't> {
    fn site(&self, node: NodeRef<'t>) -> Site {
        self.keys.reader.site(node)
    }

    /// The author of the post, as somebody who is reached.
    fn author(&self, site: Site) -> Audience {
        if self.reported {
            let size = Stated::Known(1.0, site);
            return Audience::new(AudienceKind::Members, site).sized(size);
        }
        Audience::new(AudienceKind::Initiator, site)
    }

    /// `action`: what becomes of the post. An approval is no act on anybody.
    fn verdict(&self, keys: &Keys<'t>) -> Option<Action> {
        let node = keys.value("action")?;
        let site = self.site(node);
        let verb = match node.text() {
            "remove" | "spam" => Verb::DeleteContent,
            "filter" => Verb::HoldForReview,
            "report" => Verb::Notify,
            _ => return None,
        };
        let audience = match verb {
            Verb::Notify => Audience::new(AudienceKind::Team, site),
            _ => self.author(site),
        };
        Some(Action::new(verb, site, audience))
    }

    /// A comment under the post or a message to its author. A locked comment cannot be answered.
    fn words(&self, key: &str, verb: Verb) -> Option<Action> {
        let entry = self.keys.entry(key)?;
        let value = self.keys.value(key).filter(|value| value.kind() == Kind::Scalar)?;
        let site = self.site(entry.key);
        let mut action = Action::new(verb, site, self.author(site));
        action.texts = vec![self.keys.reader.text(value)];
        if verb == Verb::Comment
            && self.keys.is_on("comment_locked")
            && let Some(lock) = self.keys.value("comment_locked")
        {
            action.manner = Stated::Known("locked".to_owned(), self.site(lock));
        }
        Some(action)
    }

    fn modmail(&self) -> Option<Action> {
        let entry = self.keys.entry("modmail")?;
        let value = self.keys.value("modmail")?;
        let site = self.site(entry.key);
        let mut action = Action::new(Verb::Notify, site, Audience::new(AudienceKind::Team, site));
        action.texts = vec![self.keys.reader.text(value)];
        Some(action)
    }

    /// A flair, on the post or on the person, and a lock.
    fn marks(&self, keys: &Keys<'t>, verb: Verb, manner: &str) -> Vec<Action> {
        let mut actions = Vec::new();
        if let (Some(entry), Some(flair)) = (keys.entry("set_flair"), keys.value("set_flair")) {
            let site = self.site(entry.key);
            let mut action = Action::new(verb, site, self.author(site));
            action.texts = self.flair(flair);
            action.manner = Stated::Known(manner.to_owned(), site);
            actions.push(action);
        }
        if keys.is_on("set_locked")
            && let Some(lock) = keys.value("set_locked")
        {
            let site = self.site(lock);
            actions.push(Action::new(Verb::Lock, site, self.author(site)));
        }
        actions
    }

    /// The words of a flair: a text, the first of a list (the second is its style), or `text:` of a mapping.
    fn flair(&self, node: NodeRef<'t>) -> Vec<Text> {
        let text = match node.kind() {
            Kind::Scalar => Some(node),
            Kind::Sequence => node.items().next(),
            Kind::Mapping => node.get("text"),
        };
        let said = text.filter(|text| text.kind() == Kind::Scalar && !text.text().trim().is_empty());
        said.map(|text| self.keys.reader.text(text)).into_iter().collect()
    }
}
