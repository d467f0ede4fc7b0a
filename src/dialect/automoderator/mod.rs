//! AutoModerator, Reddit's own moderation bot: rules as YAML documents, which a community keeps in its wiki and
//! many keep in a repository beside it. Keys are in `keys.rs`, search keys in `search.rs`; `rule.rs` reads what
//! a rule looks for, `deeds.rs` what it does, `remarks.rs` what the tool would refuse or ignore.

mod deeds;
mod keys;
mod remarks;
mod rule;
mod search;

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use rule::{Checks, Keys};

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{
    Account, AccountKind, Auth, Automation, GuardKind, Identity, Profile, Site, Stated, Verb,
};
use crate::syntax::{Kind, NodeRef, Schema, Syntax, Value};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "automoderator",
    title: "AutoModerator, Reddit's moderation bot",
    reference: "https://www.reddit.com/wiki/automoderator/full-documentation (see docs/dialects/automoderator.md)",
    recognised_by: "YAML documents with two of its own keys, such as `action_reason`, `set_flair`, `modmail`, `title+body (includes)`, one of which acts",
    expresses: &[],
    hints: &[
        "action_reason",
        "report_reason",
        "moderators_exempt",
        "set_flair",
        "set_locked",
        "modmail",
        "_karma",
        "account_age",
        "comment_stickied",
        "comment_locked",
        "message_subject",
        "action: remove",
        "action: filter",
        "action: spam",
        "title+body",
        "body+title",
    ],
    detect,
    lower,
};

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.syntax() == Syntax::Yaml && candidate.tree.documents().any(|document| is_rule(document))
}

/// Whether a document is a rule: it acts in one of the tool's ways, and two things about it are the tool's own.
fn is_rule(document: NodeRef<'_>) -> bool {
    let mut signs = BTreeSet::new();
    let mut acts = false;
    for entry in document.entries() {
        let (key, value) = (entry.key.text().to_lowercase(), entry.value);
        acts |= matches!(key.as_str(), "comment" | "message" | "modmail" | "set_flair" | "set_locked");
        match key.as_str() {
            "action" if keys::ACTIONS.contains(&value.text()) => {
                acts = true;
                signs.insert(key);
            }
            "type" if keys::TYPES.contains(&value.text()) && value.text() != "any" => {
                signs.insert(key);
            }
            "standard" if keys::STANDARDS.iter().any(|(name, _)| *name == value.text()) => {
                signs.insert(key);
            }
            "author" if looks_at_people(value) => {
                acts |= value.get("set_flair").is_some();
                signs.insert(key);
            }
            "reports" if matches!(value.value(Schema::Yaml11), Value::Int(_)) => {
                signs.insert(key);
            }
            // Of words to look for there is mostly a list; a single one is anybody's title.
            "title" | "body" | "domain" | "url" | "flair_text" if value.kind() == Kind::Sequence => {
                signs.insert(key);
            }
            _ if keys::MARKS.contains(&key.as_str()) || is_search(&key) => {
                signs.insert(key);
            }
            _ => {}
        }
    }
    acts && signs.len() > 1
}

/// Whether the value of `author` holds checks of the tool.
fn looks_at_people(value: NodeRef<'_>) -> bool {
    value.entries().any(|entry| {
        let key = entry.key.text();
        keys::NUMBERS.contains(&key) || keys::checks(keys::Group::Person).contains(&key) || key == "set_flair"
    })
}

/// Whether a key can only be a search: with modifiers, of several fields, or reversed.
fn is_search(key: &str) -> bool {
    key.contains(['(', '+', '~'])
        && search::Search::parse(key).is_some_and(|search| search.unknown(keys::Group::Item).is_none())
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, Schema::Yaml11);
    // Whatever is no mapping is skipped by the tool as well, mostly documents of comments.
    let documents = candidate.tree.documents().filter(|document| document.kind() == Kind::Mapping);
    let rules: Vec<_> = documents.filter_map(|document| Rule::read(reader, document, lowered)).collect();
    let Some(first) = rules.first() else { return };
    let account = lowered.account(account(candidate, first.automation.site));
    for rule in settle(rules, lowered) {
        lowered.automation(Automation { account, ..rule.automation });
    }
}

/// The bot. Whatever it says to people ends with a line that it is one, and with a link to the moderators.
fn account(candidate: &Candidate<'_>, site: Site) -> Account {
    let folder = candidate.path.parent().map(|folder| format!("automoderator {}", folder.display()));
    Account {
        name: "AutoModerator".to_owned(),
        site,
        identity: Identity {
            platform: Stated::Known("reddit".to_owned(), site),
            instance: folder,
            ..Identity::default()
        },
        kind: Stated::Known(AccountKind::Bot, site),
        auth: Stated::Known(Auth::OfficialApi, site),
        profile: Profile {
            bot_flag: Stated::Known(true, site),
            contact: Stated::Known("the moderators, linked below each message".to_owned(), site),
            ..Profile::default()
        },
        expressible: DIALECT.expresses.to_vec(),
        // It never looks at its own comments, and words of one rule go to one post once.
        enforced_by_tool: vec![GuardKind::ExcludeSelf, GuardKind::OncePerThread],
        ..Account::default()
    }
}

/// A rule, and what decides about it when another one looks for the same.
struct Rule {
    automation: Automation,
    same: Vec<(String, String)>,
    takes_away: bool,
    priority: f64,
    exempts_moderators: bool,
}

impl Rule {
    fn read(reader: Reader<'_>, document: NodeRef<'_>, lowered: &mut Lowered) -> Option<Self> {
        let site = reader.site(document.entries().next()?.key);
        let keys = Keys::new(reader, document);
        remarks::add(&keys, lowered);
        let checks = Checks::read(&keys);
        if !checks.are_any() {
            let help = "add a check such as `type: submission`, or delete it";
            lowered.remark(RemarkKind::Inert, site, "this rule never runs: it looks for nothing", help);
            return None;
        }
        let (same, bots_only) = (checks.same.clone(), checks.bots_only);
        let actions = deeds::read(&keys, keys.value("reports").is_some());
        let (trigger, guards) = checks.finish(site);
        let takes_away = deeds::takes_away(&keys);
        let name = keys.value("action_reason").or_else(|| keys.value("modmail_subject"));
        let mut automation = Automation {
            name: name.map_or_else(|| "a rule".to_owned(), |name| name.text().to_owned()),
            site,
            // Taking away what other bots write hurts nobody.
            actions: if bots_only { Vec::new() } else { actions },
            triggers: vec![trigger],
            guards,
            ..Automation::default()
        };
        // All rules are kept until it is known which of them decide together.
        automation.shrink();
        Some(Self {
            automation,
            same,
            takes_away,
            priority: keys.value("priority").and_then(|node| reader.number(node).get()).unwrap_or(0.0),
            exempts_moderators: keys.flag("moderators_exempt").unwrap_or(true),
        })
    }

    fn speaks(&self) -> bool {
        let words = [Verb::Comment, Verb::Dm, Verb::Notify];
        self.automation.actions.iter().any(|action| words.contains(&action.verb))
    }
}

/// Rules that look for exactly the same decide together: of those that take a post away only the first one
/// runs, and what a second rule says about the same posts explains it.
fn settle(mut rules: Vec<Rule>, lowered: &mut Lowered) -> Vec<Rule> {
    let mut order: Vec<usize> = (0..rules.len()).collect();
    order.sort_by(|a, b| {
        let priority = |at: &usize| rules.get(*at).map_or(0.0, |rule| rule.priority);
        priority(b).total_cmp(&priority(a))
    });
    let mut first_removal = HashMap::new();
    let mut explanations = Vec::new();
    for at in order {
        let Some(rule) = rules.get_mut(at) else { continue };
        let key = (rule.same.clone(), rule.exempts_moderators);
        if !rule.takes_away {
            explanations.push((key, at));
            continue;
        }
        if let Entry::Vacant(first) = first_removal.entry(key) {
            first.insert(at);
            continue;
        }
        let site = rule.automation.site;
        rule.automation.enabled = Stated::Known(false, site);
        let text = "this rule never runs: another one takes the same posts away first";
        lowered.remark(RemarkKind::Inert, site, text, "delete one of the two, or change what it looks for");
    }
    for (key, from) in explanations {
        let Some(&to) = first_removal.get(&key) else { continue };
        if rules.get(from).is_some_and(Rule::speaks) && rules.get(to).is_some_and(|rule| !rule.speaks()) {
            let words = rules.get_mut(from).map(|rule| std::mem::take(&mut rule.automation.actions));
            if let (Some(words), Some(rule)) = (words, rules.get_mut(to)) {
                rule.automation.actions.extend(words);
            }
        }
    }
    rules.retain(|rule| !rule.automation.actions.is_empty());
    rules
}
