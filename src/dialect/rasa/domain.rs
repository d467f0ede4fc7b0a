//! `domain.yml`: every intent, answer and action that an assistant has. What leads to no person here leads to
//! none anywhere, because actions must be listed to run.

use std::collections::BTreeSet;

use super::names;
use crate::dialect::Lowered;
use crate::dialect::reading::Reader;
use crate::model::{
    Action, Audience, AudienceKind, Automation, Event, Fact, FactKind, Guard, GuardKind, Property, Site,
    Stated, Text, Trigger, Verb,
};
use crate::syntax::{Entry, Kind, NodeRef};

/// So few intents make a trial, as the tool's own first example is one.
const TRIAL: usize = 10;

/// So many different affairs make an assistant that people depend on.
const SERIOUS: usize = 2;

/// An answer: its name and what it says, in each of its variants.
struct Answer<'t> {
    name: &'t str,
    site: Site,
    texts: Vec<Text>,
}

/// The parts of a domain.
pub(super) struct Domain<'t> {
    /// Where intents are listed; where answers begin, if there is no such list.
    site: Site,
    intents: Vec<Text>,
    answers: Vec<Answer<'t>>,
    /// Custom actions.
    actions: Vec<Text>,
    /// Names of forms and slots.
    others: Vec<Text>,
}

impl<'t> Domain<'t> {
    /// Reads a document; nothing where it is no domain.
    pub(super) fn read(reader: Reader<'t>, document: NodeRef<'t>) -> Option<Self> {
        let intents = document.entry("intents").filter(|entry| entry.value.kind() == Kind::Sequence);
        let answers = ["responses", "templates"].iter().find_map(|key| {
            document.entry(key).filter(|entry| entry.value.entries().any(|answer| is_answer(&answer)))
        });
        let named = |key: &str| document.get(key).map_or_else(Vec::new, |node| names_of(reader, node));
        let listed = named("actions");
        let is_ours = |text: &Text| text.text.starts_with("action_") || text.text.starts_with("utter_");
        if answers.is_none() && !(intents.is_some() && listed.iter().any(is_ours)) {
            return None;
        }
        let site = intents.or(answers).map(|entry| reader.site(entry.key))?;
        let mut others = named("forms");
        others.extend(named("slots"));
        Some(Self {
            site,
            intents: intents.map_or_else(Vec::new, |entry| names_of(reader, entry.value)),
            answers: answers
                .into_iter()
                .flat_map(|entry| entry.value.entries())
                .map(|entry| answer(reader, entry))
                .collect(),
            actions: listed.into_iter().filter(|text| !text.text.starts_with("utter_")).collect(),
            others,
        })
    }

    /// Adds what the domain tells to the account, and its answers as automations.
    pub(super) fn lower(&self, account: usize, lowered: &mut Lowered) {
        self.disclosure(account, lowered);
        self.people(account, lowered);
        self.answers(account, lowered);
    }

    /// Whether the file is the whole domain: large ones are split over several files, and the many answers of
    /// an intent for common questions often stand elsewhere.
    fn is_whole(&self) -> bool {
        let names: BTreeSet<_> =
            self.answers.iter().filter_map(|answer| answer.name.strip_prefix("utter_")).collect();
        // In order, names that begin with a text stand right behind it.
        let answered = |intent: &Text| {
            let intent = intent.text.as_str();
            names.range(intent..).next().is_some_and(|name| name.starts_with(intent))
        };
        let mut many = self.intents.iter().filter(|intent| names::has_many_answers(&intent.text));
        !self.intents.is_empty() && !self.answers.is_empty() && many.all(answered)
    }

    /// Whether its first words are among the answers, rather than in code.
    fn greets(&self) -> bool {
        let mut greetings = self.answers.iter().filter(|answer| names::greets(answer.name));
        greetings.any(|answer| !answer.texts.is_empty())
    }

    fn is_trial(&self) -> bool {
        self.intents.len() <= TRIAL
    }

    /// All texts of all answers.
    fn texts(&self) -> impl Iterator<Item = &Text> {
        self.answers.iter().flat_map(|answer| &answer.texts)
    }

    /// Whether it says that it is a machine, or at least has an answer to the question.
    fn disclosure(&self, account: usize, lowered: &mut Lowered) {
        let Some(account) = lowered.model.accounts.get_mut(account) else { return };
        let said = self.texts().find(|text| names::says_machine(&text.text));
        let names = self.intents.iter().map(|text| (text.text.as_str(), text.site));
        let mut names = names.chain(self.answers.iter().map(|answer| (answer.name, answer.site)));
        let asked = names.find(|(name, _)| names::asks_who_speaks(name));
        match (said, asked) {
            (Some(text), _) => account.profile.bot_flag = Stated::Known(true, text.site),
            (None, Some((_, site))) => account.profile.bot_flag = Stated::Unknown(site),
            (None, None) if self.is_whole() && self.greets() && !self.is_trial() => {
                account.expressible.push(Property::Profile);
                account.profile.bio = Stated::Known(String::new(), self.site);
            }
            (None, None) => {}
        }
    }

    /// Which way leads to a person, and whether one is needed.
    fn people(&self, account: usize, lowered: &mut Lowered) {
        if let Some(action) = self.actions.iter().find(|action| names::leads_to_person(&action.text)) {
            let trigger = Trigger::new(Event::DmReceived, action.site);
            let team = Audience::new(AudienceKind::Team, action.site);
            let handoff = Action::new(Verb::Handoff, action.site, team);
            let mut automation = conversation(action.text.clone(), trigger, account);
            automation.actions.push(handoff);
            // When it runs, rules and stories tell, or other code.
            let guard = Guard::new(GuardKind::Relevance, action.site);
            automation.guards.push(guard.saying("another file or its code decides so"));
            lowered.automation(automation);
        }
        let Some(account) = lowered.model.accounts.get_mut(account) else { return };
        if let Some(site) = self.elsewhere() {
            let value = Stated::Unknown(site);
            account.facts.push(Fact { kind: FactKind::RepliesElsewhere, value });
        }
        if self.is_whole() && self.is_serious() {
            account.expressible.push(Property::Handoff);
            // Custom actions may pass anything on; without them, answers are all that happens.
            if self.actions.is_empty() {
                account.expressible.push(Property::Inbound);
            }
        }
    }

    /// Where an answer tells of people, or a name does. A promise is no place: where no action could keep it,
    /// nobody comes.
    fn elsewhere(&self) -> Option<Site> {
        // What an action is named after a mail or a report passes on, and to whom, only its code knows.
        if let Some(action) = self.actions.iter().find(|action| names::passes_on(&action.text)) {
            return Some(action.site);
        }
        let told = self.texts().find(|text| names::tells_where_people_are(&text.text));
        if let Some(text) = told {
            return Some(text.site);
        }
        let is_empty_promise =
            |answer: &&Answer<'_>| answer.texts.iter().any(|text| names::promises_person(&text.text));
        if self.actions.is_empty() && self.answers.iter().any(|answer| is_empty_promise(&answer)) {
            return None;
        }
        let answers = self.answers.iter().map(|answer| (answer.name, answer.site));
        let others = self.intents.iter().chain(&self.others).map(|text| (text.text.as_str(), text.site));
        answers
            .filter(|(name, _)| !name.starts_with("utter_ask"))
            .chain(others)
            .find(|(name, _)| names::leads_to_person(name))
            .map(|(_, site)| site)
    }

    /// Whether people depend on it: several kinds of their affairs, and more than a trial.
    fn is_serious(&self) -> bool {
        let named = self.intents.iter().chain(&self.actions).chain(&self.others);
        let affairs: BTreeSet<_> = named.filter_map(|text| names::affair(&text.text)).collect();
        affairs.len() >= SERIOUS && !self.is_trial()
    }

    /// The answers: to what was not understood, and to everything else.
    fn answers(&self, account: usize, lowered: &mut Lowered) {
        let (missed, others): (Vec<_>, Vec<_>) =
            self.answers.iter().partition(|answer| names::is_fallback(answer.name));
        let site = missed.first().map_or(self.site, |answer| answer.site);
        let mut fallback =
            conversation("what was not understood".to_owned(), Trigger::new(Event::Fallback, site), account);
        fallback.actions =
            missed.into_iter().map(|answer| reply(answer.site, answer.texts.clone())).collect();
        if fallback.actions.is_empty() {
            // Without an answer of its own, the likeliest of the others is given.
            let manner = Stated::Known("likeliest".to_owned(), site);
            fallback.actions.push(reply(site, Vec::new()).in_manner(manner));
        }
        if self.is_whole() {
            lowered.automation(fallback);
        }
        let (mut left, mut rest) = (self.intents.clone(), Vec::new());
        for answer in others {
            let Some(intent) = self.intents.iter().find(|intent| answers(answer.name, &intent.text)) else {
                rest.push(answer);
                continue;
            };
            left.retain(|other| other.text != intent.text);
            let mut trigger = Trigger::new(Event::DmReceived, intent.site);
            trigger.filters = vec![in_words(intent.clone())];
            let mut talk = conversation(answer.name.to_owned(), trigger, account);
            talk.actions = vec![reply(answer.site, answer.texts.clone())];
            lowered.automation(talk);
        }
        let asked = if left.is_empty() { &self.intents } else { &left };
        let mut trigger = Trigger::new(Event::DmReceived, self.site);
        trigger.filters = asked.iter().cloned().map(in_words).collect();
        let mut talk = conversation("answers".to_owned(), trigger, account);
        // Which of them belongs to which intent, rules and stories tell.
        talk.actions = rest.into_iter().map(|answer| one_of(answer.site, answer.texts.clone())).collect();
        lowered.automation(talk);
    }
}

/// A name as what people say: `talk_to_person` is "talk to person".
pub(super) fn in_words(name: Text) -> Text {
    Text { text: name.text.replace(['_', '-', '/'], " "), site: name.site }
}

/// An automation of a conversation.
pub(super) fn conversation(name: String, trigger: Trigger, account: usize) -> Automation {
    Automation { name, site: trigger.site, account, triggers: vec![trigger], ..Automation::default() }
}

/// An answer to whoever wrote.
pub(super) fn reply(site: Site, texts: Vec<Text>) -> Action {
    Action { texts, ..Action::new(Verb::Reply, site, Audience::new(AudienceKind::Initiator, site)) }
}

/// One of the answers that are given, whichever it is.
fn one_of(site: Site, texts: Vec<Text>) -> Action {
    let mut reply = reply(site, texts);
    reply.one_of = true;
    reply
}

/// Whether an answer is that to an intent, by the names of both: `utter_greet` answers `greet`.
fn answers(answer: &str, intent: &str) -> bool {
    answer.strip_prefix("utter_").is_some_and(|name| name.eq_ignore_ascii_case(intent))
}

/// Whether an entry of `responses` is one: named `utter_…`, with variants.
fn is_answer(entry: &Entry<'_>) -> bool {
    entry.key.text().starts_with("utter_") && entry.value.kind() == Kind::Sequence
}

fn answer<'t>(reader: Reader<'t>, entry: Entry<'t>) -> Answer<'t> {
    let variants = entry.value.items();
    // Old versions allow a bare text; newer ones a mapping, in which buttons are offered as well.
    let texts = variants.flat_map(|variant| match variant.kind() {
        Kind::Scalar => vec![reader.text(variant)],
        _ => {
            let buttons = variant.get("buttons").into_iter().flat_map(NodeRef::items);
            let titles = buttons.filter_map(|button| button.get("title"));
            let said = variant.get("text").into_iter().chain(titles);
            said.filter(|node| node.kind() == Kind::Scalar).map(|node| reader.text(node)).collect()
        }
    });
    Answer { name: entry.key.text(), site: reader.site(entry.key), texts: texts.collect() }
}

/// The names of a list whose items are names or mappings with one key, or the keys of a mapping.
fn names_of(reader: Reader<'_>, node: NodeRef<'_>) -> Vec<Text> {
    match node.kind() {
        Kind::Mapping => node.entries().map(|entry| reader.text(entry.key)).collect(),
        Kind::Sequence => node
            .items()
            .filter_map(|item| match item.kind() {
                Kind::Scalar => Some(reader.text(item)),
                _ => item.entries().next().map(|entry| reader.text(entry.key)),
            })
            .collect(),
        Kind::Scalar => Vec::new(),
    }
}
