//! The conditions and deeds that Microsoft's GitOps policies and FabricBot share: the same names, written in two ways.

use super::checks::{Check, Checks};
use super::policy::said;
use crate::dialect::github::{act, label};
use crate::dialect::reading::{Reader, flag_of};
use crate::model::{Action, Audience, AudienceKind, Event, Schedule, Site, Stated, Text, Verb};
use crate::syntax::{Kind, NodeRef};

/// What a task waits for: kinds of events of the platform, and whether a condition says what must have happened.
pub(super) struct Occasion<'t> {
    pub(super) payloads: Vec<&'t str>,
    pub(super) says_what: bool,
}

/// Events by the action that they report, in issues and in pull requests.
const ACTIONS: &[(&str, Event, Event)] = &[
    ("opened", Event::IssueOpened, Event::PrOpened),
    ("closed", Event::ItemClosed, Event::ItemClosed),
    ("reopened", Event::Reopened, Event::Reopened),
    ("labeled", Event::Labelled, Event::Labelled),
    ("synchronize", Event::Pushed, Event::Pushed),
    ("ready_for_review", Event::PrOpened, Event::PrOpened),
];

impl Occasion<'_> {
    fn has(&self, payload: &str) -> bool {
        self.payloads.iter().any(|name| name.eq_ignore_ascii_case(payload))
    }

    /// Whether it is about what people write rather than about items.
    fn is_comment(&self) -> bool {
        !self.payloads.is_empty() && !self.has("Issues") && !self.has("Pull_Request")
    }
}

/// A kind of event that a task waits for.
pub(super) fn payload(name: &str, occasion: &Occasion<'_>, site: Site) -> Checks {
    let one = |check: Check| Checks::One(check, site);
    let changes = |what: &str| {
        let words = vec![format!("something changes in {what}")];
        one(if occasion.says_what { Check::Nothing } else { Check::Happened(Event::Happening, words) })
    };
    match name.to_ascii_lowercase().as_str() {
        "issues" => Checks::All(vec![one(Check::Issue), changes("an issue")]),
        "pull_request" => Checks::All(vec![one(Check::Pull), changes("a pull request")]),
        "issue_comment" | "pull_request_review" | "pull_request_review_comment" => {
            one(Check::Happened(Event::Commented, Vec::new()))
        }
        _ => one(Check::Nothing),
    }
}

/// One condition or filter by its name, in any case; `get` gives its parameters.
pub(super) fn condition<'t>(
    name: &str,
    get: impl Fn(&str) -> Option<NodeRef<'t>>,
    occasion: &Occasion<'_>,
    reader: &Reader<'t>,
    site: Site,
) -> Checks {
    let text = |key: &str| get(key).map_or("", NodeRef::text).trim();
    let one = |check: Check| Checks::One(check, site);
    let not = |check: Check| Checks::Not(Box::new(Checks::One(check, site)));
    let label = || Check::Label(text("label").to_owned());
    let by = || if text("user").contains("[bot]") { Check::Bot } else { Check::Other };
    match name.to_ascii_lowercase().as_str() {
        "isissue" => one(Check::Issue),
        "ispullrequest" | "ispr" => one(Check::Pull),
        "isopen" => not(Check::Closed),
        "isclosed" => one(Check::Closed),
        "ismerged" | "ismergedpullrequest" => one(Check::Merged),
        "isdraftpullrequest" => Checks::All(vec![one(Check::Pull), one(Check::Draft)]),
        "isnotdraftpullrequest" => Checks::All(vec![one(Check::Pull), not(Check::Draft)]),
        "noactivitysince" => {
            one(Check::Quiet(get("days").map_or(Stated::Absent, |node| reader.number(node))))
        }
        "haslabel" => one(label()),
        "haslabelset" => {
            let labels = get("labels").map_or_else(Vec::new, |node| reader.texts(node));
            Checks::All(
                labels.into_iter().map(|name| Checks::One(Check::Label(name.text), name.site)).collect(),
            )
        }
        "isnotlabeledwith" | "notlabeledwith" => not(label()),
        "islabeled" => one(Check::Labelled),
        "hasnolabel" | "nolabel" => not(Check::Labelled),
        "isassignedtosomeone" => one(Check::Assigned),
        "notassigned" | "isnotassigned" => not(Check::Assigned),
        "isinmilestone" | "ispartofmilestone" | "ispartofanymilestone" => one(Check::Milestone),
        "notinanymilestone" | "isnotpartofanymilestone" => not(Check::Milestone),
        "isauthoredby" => one(by()),
        "isactivitysender" => {
            let author = get("issueAuthor").is_some_and(|node| flag_of(node.text()) == Some(true));
            let user = get("user").and_then(|user| user.get("type")).map_or("", NodeRef::text);
            one(if author || user == "author" { Check::ByAuthor } else { by() })
        }
        "activitysenderhasassociation"
            if text("association").to_ascii_uppercase().starts_with("FIRST_TIME") =>
        {
            one(Check::Newcomer)
        }
        "commentcontains" => one(Check::Says(text("pattern").to_owned())),
        "labeladded" => one(Check::Happened(Event::Labelled, vec![text("label").to_owned()])),
        "labelremoved" => {
            let words = format!("the label “{}” is taken off", text("label"));
            one(Check::Happened(Event::Happening, vec![words]))
        }
        "isaction" => action_of(text("action"), occasion, site),
        "isunlocked" | "targetsbranch" => one(Check::Nothing),
        _ => one(Check::Other),
    }
}

/// What was done to an item.
fn action_of(action: &str, occasion: &Occasion<'_>, site: Site) -> Checks {
    let action = action.to_ascii_lowercase().replace("readyforreview", "ready_for_review");
    let one = |check: Check| Checks::One(check, site);
    if occasion.is_comment() {
        return one(Check::Nothing);
    }
    let issues = occasion.has("Issues") || !occasion.has("Pull_Request");
    let pulls = occasion.has("Pull_Request") || !occasion.has("Issues");
    let mut events = Vec::new();
    match ACTIONS.iter().find(|(name, ..)| *name == action) {
        Some((_, issue, pull)) => {
            events.extend(issues.then_some((*issue, Vec::new())));
            events.extend((pulls && (pull != issue || !issues)).then_some((*pull, Vec::new())));
        }
        None => {
            let words =
                |what: &str| (Event::Happening, vec![format!("{what} is {}", action.replace('_', " "))]);
            events.extend(issues.then(|| words("an issue")));
            events.extend(pulls.then(|| words("a pull request")));
        }
    }
    Checks::Any(events.into_iter().map(|(event, words)| one(Check::Happened(event, words))).collect())
}

/// What is done, by the name of a deed; `get` gives its parameters, and `site` is where it is named.
pub(super) fn deed<'t>(
    name: &str,
    get: impl Fn(&str) -> Option<NodeRef<'t>>,
    reader: &Reader<'t>,
    site: Site,
) -> Vec<Action> {
    let stated = |key: &str| {
        get(key).map_or(Stated::Absent, |node| Stated::Known(node.text().to_owned(), reader.site(node)))
    };
    let people = |keys: &[&str]| -> Vec<Text> {
        keys.iter().filter_map(|key| get(key)).flat_map(|node| reader.texts(node)).collect()
    };
    let to = |verb: Verb, people: Vec<Text>| {
        let audience = Audience::new(AudienceKind::Named, site).of(people);
        Action::new(verb, site, audience)
    };
    match name.to_ascii_lowercase().as_str() {
        "addreply" => said(&stated("reply").or(stated("comment")), site).into_iter().collect(),
        "approvepullrequest" => said(&stated("comment"), site).into_iter().collect(),
        "closeissue" | "closepullrequest" | "closepr" => vec![act(Verb::Close, site)],
        "reopenissue" => vec![act(Verb::Reopen, site)],
        "lockissue" => vec![act(Verb::Lock, site).in_manner(stated("reason"))],
        "addlabel" => label(&stated("label")).into_iter().collect(),
        "addlabels" => {
            let names = people(&["labels"]).into_iter();
            names.filter_map(|name| label(&Stated::Known(name.text, name.site))).collect()
        }
        "removelabel" => vec![act(Verb::Unlabel, site).in_manner(stated("label"))],
        "mentionusers" => {
            let texts = get("replyTemplate").map_or_else(Vec::new, |node| reader.texts(node));
            vec![Action { texts, ..to(Verb::Mention, people(&["mentionees"])) }]
        }
        "assignto" | "assigntouser" => {
            let author = ["author", "prAuthor"]
                .into_iter()
                .filter_map(&get)
                .any(|node| flag_of(node.text()) == Some(true));
            match people(&["user", "users"]) {
                named if !named.is_empty() => vec![to(Verb::Assign, named)],
                _ if author => vec![act(Verb::Assign, site)],
                _ => Vec::new(),
            }
        }
        "requestreview" => match people(&["reviewer", "reviewers", "teamReviewer"]) {
            named if !named.is_empty() => vec![to(Verb::RequestReview, named)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// How often something runs, of so many times in a day.
pub(super) fn rhythm(per_day: f64, site: Site) -> Stated<Schedule> {
    match Schedule::parse(&format!("{per_day} per day")) {
        Some(schedule) => Stated::Known(schedule, site),
        None => Stated::Unknown(site),
    }
}

/// Numbers in a list.
pub(super) fn count(list: NodeRef<'_>) -> f64 {
    if list.kind() == Kind::Sequence { list.items().count() as f64 } else { 1.0 }
}
