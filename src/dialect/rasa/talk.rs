//! Rules and stories: which intent leads to which answers and actions. What the answers say stands in the domain.

use super::domain::{conversation, in_words, reply};
use super::names;
use crate::dialect::Lowered;
use crate::dialect::reading::Reader;
use crate::model::{Action, Audience, AudienceKind, Event, Text, Trigger, Verb};
use crate::syntax::{Kind, NodeRef};

/// The lists of conversations in a file, and the key that names each one.
const LISTS: &[(&str, &str)] = &[("rules", "rule"), ("stories", "story")];

/// The conversations of a document.
pub(super) fn find(document: NodeRef<'_>) -> impl Iterator<Item = (&'static str, NodeRef<'_>)> {
    LISTS.iter().flat_map(move |(list, name)| {
        let items = document.get(list).into_iter().flat_map(NodeRef::items);
        items.filter(|item| item.get(name).is_some() && item.get("steps").is_some()).map(|item| (*name, item))
    })
}

/// Whether a conversation has steps of the tool.
pub(super) fn has_steps(talk: NodeRef<'_>) -> bool {
    const STEPS: &[&str] =
        &["intent", "action", "slot_was_set", "active_loop", "or", "checkpoint", "user", "bot"];
    let steps = talk.get("steps").into_iter().flat_map(NodeRef::items);
    steps.flat_map(NodeRef::entries).any(|entry| STEPS.contains(&entry.key.text()))
}

/// Adds the turns of a conversation: what somebody says, and what follows until they say the next thing.
pub(super) fn lower(
    reader: Reader<'_>,
    name: &str,
    talk: NodeRef<'_>,
    account: usize,
    lowered: &mut Lowered,
) {
    let title = talk.get(name).map_or_else(String::new, |node| node.text().to_owned());
    let mut turn: Option<(Vec<Text>, Vec<Action>)> = None;
    for step in talk.get("steps").into_iter().flat_map(NodeRef::items) {
        let said = intents(reader, step);
        if !said.is_empty() {
            finish(turn.replace((said, Vec::new())), &title, account, lowered);
            continue;
        }
        let Some(action) = step.get("action").filter(|action| action.kind() == Kind::Scalar) else {
            continue;
        };
        if let (Some((_, actions)), Some(act)) = (&mut turn, act(reader, action)) {
            actions.push(act);
        }
    }
    finish(turn, &title, account, lowered);
}

/// The intents of a step; several below `or:`, where each may be the one.
fn intents(reader: Reader<'_>, step: NodeRef<'_>) -> Vec<Text> {
    let ways = step.get("or").map_or_else(|| vec![step], |or| or.items().collect());
    let named = ways.into_iter().filter_map(|way| way.get("intent"));
    named
        .filter(|intent| intent.kind() == Kind::Scalar)
        .map(|intent| reader.text(intent))
        .map(in_words)
        .collect()
}

/// What an action does, as far as its name tells. Code and forms tell nothing.
fn act(reader: Reader<'_>, action: NodeRef<'_>) -> Option<Action> {
    let (name, site) = (action.text(), reader.site(action));
    if name.starts_with("utter_") || name == "action_default_fallback" {
        return Some(reply(site, Vec::new()));
    }
    names::leads_to_person(name)
        .then(|| Action::new(Verb::Handoff, site, Audience::new(AudienceKind::Team, site)))
}

fn finish(turn: Option<(Vec<Text>, Vec<Action>)>, title: &str, account: usize, lowered: &mut Lowered) {
    let Some((said, actions)) = turn.filter(|(_, actions)| !actions.is_empty()) else { return };
    let (missed, understood): (Vec<_>, Vec<_>) =
        said.into_iter().partition(|intent| matches!(intent.text.as_str(), "nlu fallback" | "out of scope"));
    let triggers = [(Event::Fallback, missed), (Event::DmReceived, understood)];
    let mut triggers = triggers.into_iter().filter_map(|(event, intents)| {
        let mut trigger = Trigger::new(event, intents.first()?.site);
        trigger.filters = intents;
        Some(trigger)
    });
    let Some(first) = triggers.next() else { return };
    let mut automation = conversation(title.to_owned(), first, account);
    automation.triggers.extend(triggers);
    automation.actions = actions;
    lowered.automation(automation);
}
