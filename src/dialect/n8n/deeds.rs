//! What a workflow does to people: for each trigger and each node that reaches somebody, who that is, what
//! is said, and what stands between.

use super::graph::{Gates, Graph, Step};
use super::nodes::{self, Deed};
use super::{schedule, secrets};
use crate::dialect::Lowered;
use crate::dialect::eliza::persona;
use crate::dialect::reading::{Reader, number_in};
use crate::model::{
    Account, Action, Audience, AudienceKind, Auth, Automation, Bound, Event, Guard, GuardKind, Identity,
    LimitKind, ListSource, Stated, Switch, Text, Trigger, Verb, platform_name, unit_in_days,
};
use crate::syntax::{Kind, NodeRef};

/// So many triggers, and so many nodes that reach people, are looked at in one workflow.
const MOST: usize = 32;

/// Lowers a workflow.
pub(super) fn lower<'t>(reader: Reader<'t>, workflow: NodeRef<'t>, lowered: &mut Lowered) {
    let graph = Graph::of(workflow);
    let active = workflow.get("active").map_or(Stated::Absent, |node| reader.flag(node));
    let guards = graph.steps.iter().map(|step| nodes::guards(step, &words(step))).collect();
    let deeds = graph.steps.iter().map(nodes::does).collect();
    let models = numbers(&graph, nodes::is_model);
    let orders = models.iter().flat_map(|&step| orders(&reader, &graph, step)).collect();
    let sources = numbers(&graph, |step| nodes::finds_people(step).is_some());
    let searches = numbers(&graph, |step| nodes::searches(step).is_some());
    let stores = numbers(&graph, nodes::is_store);
    let trackers = numbers(&graph, nodes::lists_items);
    let accounts = Vec::new();
    let mut flow = Workflow {
        reader,
        graph,
        deeds,
        guards,
        models,
        orders,
        sources,
        searches,
        stores,
        trackers,
        active,
        accounts,
        lowered,
    };
    flow.keep_secrets(workflow);
    let numbered = || 0..flow.graph.steps.len();
    let senders: Vec<usize> = numbered().filter(|&step| flow.deed(step).is_some()).take(MOST).collect();
    let triggers: Vec<usize> = numbered().filter(|&step| flow.event(step).is_some()).take(MOST).collect();
    let before: Vec<Vec<bool>> = senders.iter().map(|&sender| flow.graph.before(sender)).collect();
    for trigger in triggers {
        let (after, gates) = (flow.graph.after(trigger), flow.graph.gates(trigger));
        let ways: Vec<Way> = senders
            .iter()
            .zip(&before)
            .filter(|(sender, _)| after.get(**sender) == Some(&true))
            .map(|(&sender, before)| flow.way(trigger, sender, [&after, before], &gates))
            .collect();
        for way in &ways {
            // Messages on the way to a later one are part of its sequence.
            if ways.iter().all(|other| !other.earlier.contains(&way.sender)) {
                flow.automation(way, &ways);
            }
        }
    }
}

/// The ways from a trigger to a sender.
struct Way {
    trigger: usize,
    sender: usize,
    /// Which steps come after the trigger and before the sender.
    on: Vec<bool>,
    /// Steps on all of them.
    always: Vec<usize>,
    /// Private messages that are always sent before.
    earlier: Vec<usize>,
}

struct Workflow<'t, 'l> {
    reader: Reader<'t>,
    graph: Graph<'t>,
    /// What each step does to people, and what it checks.
    deeds: Vec<Option<&'static Deed>>,
    guards: Vec<Option<GuardKind>>,
    /// Steps in which a language model writes.
    models: Vec<usize>,
    /// Orders to these models to deny that they are machines, or to pass for human beings.
    orders: Vec<(usize, Switch)>,
    /// Steps that find people, that search, that read a table.
    sources: Vec<usize>,
    searches: Vec<usize>,
    stores: Vec<usize>,
    /// Steps that list the items of a tracker.
    trackers: Vec<usize>,
    active: Stated<bool>,
    /// Accounts by platform and credential.
    accounts: Vec<(String, usize)>,
    lowered: &'l mut Lowered,
}

impl<'t> Workflow<'t, '_> {
    fn step(&self, step: usize) -> Option<&Step<'t>> {
        self.graph.steps.get(step)
    }

    fn deed(&self, step: usize) -> Option<&'static Deed> {
        self.deeds.get(step).copied().flatten()
    }

    fn event(&self, step: usize) -> Option<Event> {
        nodes::starts(self.step(step)?)
    }

    fn way(&self, trigger: usize, sender: usize, [after, before]: [&[bool]; 2], gates: &Gates) -> Way {
        let on = after.iter().zip(before).map(|(after, before)| *after && *before).collect();
        let always = gates.before(sender);
        let private = |step: usize| self.deed(step).is_some_and(|deed| deed.verb.is_private_message());
        let earlier = always.iter().copied().filter(|&step| private(step) && private(sender)).collect();
        Way { trigger, sender, on, always, earlier }
    }

    /// Those of these steps that are on the way.
    fn on<'s>(&'s self, way: &'s Way, steps: &'s [usize]) -> impl Iterator<Item = &'s Step<'t>> {
        let on = steps.iter().filter(|step| way.on.get(**step) == Some(&true));
        on.filter_map(|step| self.step(*step))
    }

    fn guard(&self, step: usize) -> Option<GuardKind> {
        self.guards.get(step).copied().flatten()
    }

    /// One automation: a message with those before it, or anything else alone.
    fn automation(&mut self, way: &Way, ways: &[Way]) {
        let mut sequence: Vec<&Way> =
            ways.iter().filter(|other| way.earlier.contains(&other.sender)).collect();
        sequence.sort_by_key(|other| other.earlier.len());
        sequence.push(way);
        let actions: Vec<Action> = sequence.iter().filter_map(|way| self.action(way)).collect();
        let (Some(sender), Some(start)) = (self.step(way.sender), self.step(way.trigger)) else { return };
        let (Some(deed), Some(event)) = (self.deed(way.sender), self.event(way.trigger)) else { return };
        if actions.is_empty() {
            return;
        }
        let name = sender.node.get("name").map_or(deed.verb.name(), NodeRef::text).to_owned();
        let (site, at) = (sender.site(&self.reader), start.site(&self.reader));
        let mut trigger = Trigger::new(event, at).scheduled(schedule::of(start, at));
        if self.is_in_room(way) {
            trigger.event = Event::PostMatch;
            trigger.from = Some(Audience::new(AudienceKind::Members, at));
            let judges = way.always.iter().filter_map(|&step| self.step(step));
            trigger.traits = judges
                .filter(|step| step.kind == "googlePerspective" && !step.disabled)
                .map(|step| Text {
                    text: "a machine judges it rude".to_owned(),
                    site: step.site(&self.reader),
                })
                .collect();
        }
        let mut guards: Vec<Guard> = Vec::new();
        for &step in &way.always {
            if let (Some(kind), Some(step)) = (self.guard(step), self.step(step))
                && guards.iter().all(|guard| guard.kind != kind)
            {
                guards.push(Guard::new(kind, step.site(&self.reader)));
            }
        }
        if event == Event::FeedItem {
            // The trigger hands each item over once.
            guards.push(Guard::new(GuardKind::Dedupe, at));
        }
        let account = self.account(way, deed);
        self.lowered.automation(Automation {
            name,
            site,
            account,
            enabled: self.active.clone(),
            triggers: vec![trigger],
            guards,
            actions,
            ..Automation::default()
        });
    }

    /// What a node does, to whom, and after how many days of waiting.
    fn action(&self, way: &Way) -> Option<Action> {
        let (step, deed) = (self.step(way.sender)?, self.deed(way.sender)?);
        let site = step.site(&self.reader);
        let (verb, audience) = self.audience(way, step, deed);
        let mut action = Action::new(verb, site, audience);
        let texts =
            deed.texts.iter().filter_map(|key| step.get(key)).filter(|node| node.kind() == Kind::Scalar);
        let texts: Vec<NodeRef<'t>> = texts.collect();
        action.texts = texts.iter().filter_map(|node| self.message(*node)).collect();
        // The parameters of a message are its subject and its body.
        if action.texts.len() > 1 {
            action.in_parts = true;
        }
        let is_filled_in = deed.texts.is_empty() || texts.iter().any(|node| node.text().contains("{{"));
        let model = self.on(way, &self.models).next();
        if let Some(model) = model.filter(|_| is_filled_in) {
            let at = model.site(&self.reader);
            // Whoever writes to the bot to have something posted has asked for it, and may read it first.
            let is_asked = self.event(way.trigger).is_some_and(is_asked_for) && action.verb == Verb::Post;
            action.model_generated = if is_asked { Stated::Unknown(at) } else { Stated::Known(true, at) };
        }
        let waits = way.always.iter().filter_map(|&step| days_of_waiting(self.step(step)?));
        let days: f64 = waits.sum();
        if days > 0.0 {
            action.delay = Stated::Known(days, site);
        }
        let limit = way.always.iter().filter_map(|&step| self.step(step)).find(|step| step.kind == "limit");
        if let Some(limit) = limit {
            let most = limit.get("maxItems").map_or(Some(1.0), |node| number_in(node.text()));
            let at = limit.site(&self.reader);
            let bound = most.map_or(Stated::Unknown(at), |most| Stated::Known(Bound::AtMost(most), at));
            action.limits.set(LimitKind::PerRun, bound);
        }
        Some(action)
    }

    /// The words of a message; nothing where all of it is filled in by the run.
    fn message(&self, node: NodeRef<'t>) -> Option<Text> {
        let text = node.text().trim_start_matches('=').trim();
        let is_all_slot = text.starts_with("{{") && text.ends_with("}}") && text.matches("{{").count() == 1;
        (!text.is_empty() && !is_all_slot)
            .then(|| Text { text: text.to_owned(), site: self.reader.site(node) })
    }

    /// Who is reached.
    fn audience(&self, way: &Way, step: &Step<'t>, deed: &Deed) -> (Verb, Audience) {
        let site = step.site(&self.reader);
        let of_kind = |kind: AudienceKind| Audience::new(kind, site);
        let found = self.on(way, &self.searches).find_map(|step| {
            Some(Text { text: nodes::searches(step)?.to_owned(), site: step.site(&self.reader) })
        });
        let to_somebody = || match found.clone() {
            Some(words) => of_kind(AudienceKind::Search).of(vec![words]),
            None => of_kind(AudienceKind::List),
        };
        match deed.verb {
            Verb::Comment | Verb::Lock if matches!(deed.platform, "github" | "gitlab") => {
                (deed.verb, self.item(way, address(step, deed), site))
            }
            Verb::Post if is_reply(step) => (Verb::Reply, to_somebody()),
            Verb::Post | Verb::Repost => (deed.verb, of_kind(AudienceKind::Public)),
            verb if !verb.is_private_message() && verb != Verb::Follow => (verb, to_somebody()),
            verb => {
                let text = address(step, deed);
                if deed.platform == "telegram" && text.starts_with('@') {
                    return (Verb::Post, of_kind(AudienceKind::Public));
                }
                // Numbers of rooms are below zero.
                if deed.platform == "telegram" && text.trim_start_matches('=').starts_with('-') {
                    return (Verb::Post, of_kind(AudienceKind::Members));
                }
                if self.is_in_room(way) {
                    return (Verb::Reply, of_kind(AudienceKind::Initiator));
                }
                (verb, self.recipient(way, deed, text, site))
            }
        }
    }

    /// The item of a tracker that is dealt with: one that is written out, those of a list, else what set it off.
    fn item(&self, way: &Way, number: &str, site: crate::model::Site) -> Audience {
        let fixed = number.trim_start_matches('=').trim();
        if !fixed.is_empty() && fixed.bytes().all(|byte| byte.is_ascii_digit()) {
            let of = vec![Text { text: format!("#{fixed}"), site }];
            return Audience::new(AudienceKind::Named, site).of(of);
        }
        let lists = self.on(way, &self.trackers).next().is_some();
        Audience::new(if lists { AudienceKind::OpenItems } else { AudienceKind::Initiator }, site)
    }

    /// Who gets a private message. A fixed address is one's own; what is filled in is whoever started it, or
    /// people from a list.
    fn recipient(&self, way: &Way, deed: &Deed, to: &str, site: crate::model::Site) -> Audience {
        let of_kind = |kind: AudienceKind| Audience::new(kind, site);
        let lower = to.to_ascii_lowercase();
        let is_request = matches!(deed.to, [] | ["url" | "jsonBody"]);
        let is_filled_in = lower.contains("{{") || is_request;
        let is_own = ["$env", "$vars", "owner", "admin"].iter().any(|word| lower.contains(word));
        if !is_filled_in || is_own {
            return of_kind(AudienceKind::Operator);
        }
        let is_answer =
            self.event(way.trigger).is_some_and(|event| is_asked_for(event) || event == Event::Webhook);
        let sources = self.on(way, &self.sources).filter_map(|step| Some((step, nodes::finds_people(step)?)));
        // More about somebody who wrote to us is no list of strangers.
        let source = sources
            .filter(|(_, (_, new))| *new || !is_answer)
            .map(|(step, (source, _))| (step, source))
            .next();
        match source {
            Some((step, source)) => {
                let at = step.site(&self.reader);
                let source: Stated<ListSource> = Stated::Known(source, at);
                of_kind(AudienceKind::List).sourced(source)
            }
            None if is_answer => of_kind(AudienceKind::Initiator),
            // Only people who once started the bot can be written to; without a list it is one's own chat.
            None if deed.platform == "telegram" && self.reads_a_list(way) => of_kind(AudienceKind::OptInList),
            None if deed.platform == "telegram" => of_kind(AudienceKind::Operator),
            None => of_kind(AudienceKind::List),
        }
    }

    /// Whether an answer in Telegram is written in front of a room: posts of rooms start the workflow, or the answer quotes
    /// the message that it answers.
    fn is_in_room(&self, way: &Way) -> bool {
        const ROOMS: &[&str] = &["channel_post", "edited_channel_post", "chat_member", "my_chat_member"];
        let (Some(start), Some(sender)) = (self.step(way.trigger), self.step(way.sender)) else {
            return false;
        };
        let updates = start.get("updates").into_iter().flat_map(NodeRef::items);
        let hears_rooms = updates.into_iter().any(|update| ROOMS.contains(&update.text()));
        let quotes = sender.get("additionalFields").and_then(|fields| fields.get("reply_to_message_id"));
        let quotes = quotes.is_some_and(|message| !matches!(message.text().trim(), "" | "0"));
        start.kind == "telegramTrigger" && sender.kind == "telegram" && (hears_rooms || quotes)
    }

    fn reads_a_list(&self, way: &Way) -> bool {
        self.on(way, &self.stores).next().is_some()
    }

    /// The account that a node acts as: known by its credential, else one for each file and platform.
    fn account(&mut self, way: &Way, deed: &Deed) -> usize {
        let Some(step) = self.step(way.sender) else { return 0 };
        let site = step.site(&self.reader);
        let credential = credential(step);
        let key = format!("{} {}", deed.platform, credential.clone().unwrap_or_default());
        let number = match self.accounts.iter().find(|(known, _)| *known == key) {
            Some((_, number)) => *number,
            None => {
                let is_request = step.kind == "httpRequest";
                let path = self.reader.candidate.path.display();
                // Bots of Telegram hear neither themselves nor other bots.
                let enforced_by_tool = if deed.platform == "telegram" {
                    vec![GuardKind::PlatformIgnoresSelf, GuardKind::ExcludeBots]
                } else {
                    Vec::new()
                };
                let account = Account {
                    name: format!("the {} account", platform_name(deed.platform)),
                    site,
                    identity: Identity {
                        platform: Stated::Known(deed.platform.to_owned(), site),
                        instance: credential.is_none().then(|| format!("n8n:{path} {}", deed.platform)),
                        secret: credential.map(|credential| format!("n8n {} {credential}", deed.platform)),
                        ..Identity::default()
                    },
                    auth: if is_request { Stated::Absent } else { Stated::Known(Auth::OfficialApi, site) },
                    enforced_by_tool,
                    ..Account::default()
                };
                let number = self.lowered.account(account);
                self.accounts.push((key, number));
                number
            }
        };
        self.play_persona(way, number);
        number
    }

    /// Gives the account what models on the way are ordered to make people believe.
    fn play_persona(&mut self, way: &Way, account: usize) {
        let orders = self.orders.iter().filter(|(step, _)| way.on.get(*step) == Some(&true));
        let Some(account) = self.lowered.model.accounts.get_mut(account) else { return };
        for (_, order) in orders {
            if account.switches.iter().all(|switch| switch.on.site() != order.on.site()) {
                account.switches.push(order.clone());
            }
        }
    }

    /// An account of its own for secrets that stand in requests, whoever they are for.
    fn keep_secrets(&mut self, workflow: NodeRef<'t>) {
        let secrets: Vec<_> =
            self.graph.steps.iter().flat_map(|step| secrets::of(step, &self.reader)).collect();
        if !secrets.is_empty() {
            let site = self.reader.site(workflow.get("nodes").unwrap_or(workflow));
            self.lowered.account(Account {
                name: "the workflow".to_owned(),
                site,
                secrets,
                ..Account::default()
            });
        }
    }
}

/// What the prompts of a model order it to make people believe.
fn orders(reader: &Reader<'_>, graph: &Graph<'_>, step: usize) -> Vec<(usize, Switch)> {
    let mut texts = Vec::new();
    if let Some(prompt) = graph.steps.get(step).and_then(|step| step.parameters) {
        collect(prompt, &mut texts);
    }
    let told = texts.into_iter().filter_map(|text| Some((persona::instruction(text.text())?, text)));
    told.map(|(kind, text)| (step, Switch { kind, on: Stated::Known(true, reader.site(text)) })).collect()
}

/// The numbers of the steps that are of a kind.
fn numbers(graph: &Graph<'_>, are: impl Fn(&Step<'_>) -> bool) -> Vec<usize> {
    let steps = graph.steps.iter().enumerate().filter(|(_, step)| are(step));
    steps.map(|(number, _)| number).collect()
}

/// Whether somebody starts it by writing.
const fn is_asked_for(event: Event) -> bool {
    event.is_inbound() || matches!(event, Event::FormSubmitted)
}

/// Whether a post answers another one.
fn is_reply(step: &Step<'_>) -> bool {
    let fields = step.get("additionalFields").or_else(|| step.get("options"));
    let to = fields.and_then(|fields| fields.get("inReplyToStatusId"));
    to.is_some_and(|to| to.kind() == Kind::Mapping || !to.text().is_empty())
}

/// To whom a node sends: of a choice from a list its value, of several the first.
fn address<'t>(step: &Step<'t>, deed: &Deed) -> &'t str {
    let Some(mut node) = deed.to.iter().find_map(|key| step.get(key)) else { return "" };
    if node.kind() == Kind::Sequence {
        let Some(first) = node.items().next() else { return "" };
        node = first;
    }
    node.get("value").unwrap_or(node).text().trim()
}

/// The credential that a node signs in with, by its number or name.
fn credential(step: &Step<'_>) -> Option<String> {
    let credential = step.node.get("credentials")?.entries().next()?.value;
    ["id", "name"]
        .into_iter()
        .filter_map(|key| credential.get(key))
        .map(|node| node.text().trim().to_owned())
        .find(|text| !text.is_empty() && text != "null")
}

/// How long a wait node waits; one that waits for a call or a form is none.
fn days_of_waiting(step: &Step<'_>) -> Option<f64> {
    if step.kind != "wait" || step.disabled || step.text("resume", "timeInterval") != "timeInterval" {
        return None;
    }
    // Since version 1.1 a wait that says nothing is five seconds; before, it was an hour.
    let version = step.node.get("typeVersion").and_then(|node| number_in(node.text())).unwrap_or(1.0);
    let (usual, unit) = if version < 1.1 { (1.0, "hours") } else { (5.0, "seconds") };
    let amount = step.get("amount").map_or(Some(usual), |node| number_in(node.text()))?;
    Some(amount * unit_in_days(step.text("unit", unit))?)
}

/// What stands in a step, in lower case; of very long ones only the beginning.
fn words(step: &Step<'_>) -> String {
    const ENOUGH: usize = 4000;
    let mut texts = Vec::new();
    if !nodes::is_model(step) {
        texts.extend(step.node.get("name"));
        if let Some(parameters) = step.parameters {
            collect(parameters, &mut texts);
        }
    }
    let mut words = String::new();
    for text in texts {
        if words.len() > ENOUGH {
            break;
        }
        words.extend(text.text().chars().take(ENOUGH).flat_map(char::to_lowercase));
        words.push('\n');
    }
    words
}

/// All texts at and below a node.
fn collect<'t>(node: NodeRef<'t>, texts: &mut Vec<NodeRef<'t>>) {
    match node.kind() {
        Kind::Scalar => texts.push(node),
        Kind::Sequence => node.items().for_each(|item| collect(item, texts)),
        Kind::Mapping => node.entries().for_each(|entry| collect(entry.value, texts)),
    }
}
