//! What an automation that fires does to people: which acts count, how many contacts a firing makes, among how many
//! people.

use crate::analysis::effects::{Effects, Node};
use crate::model::{Action, AudienceKind, LimitKind, Site, Stated, Verb, View};

use super::What;

/// An act that reaches people.
pub(super) struct Act<'e> {
    /// Its account.
    pub(super) account: usize,
    /// Its automation, in the graph.
    pub(super) node: usize,
    pub(super) view: View<'e>,
    pub(super) action: &'e Action,
    /// Contacts that one firing makes; none where the limit alone decides.
    pub(super) each: Option<f64>,
    /// Contacts a day at most.
    pub(super) most: f64,
    /// Where the limit stands that it may share with other acts.
    pub(super) place: Site,
    /// How many people there are, where that is known.
    pub(super) audience: Option<f64>,
    /// Whether nobody is contacted twice.
    pub(super) remembers: bool,
    /// Why it has no number, if so.
    pub(super) open: Option<Open>,
}

/// Why an act has no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// A person decides each time.
    Approved,
    /// A limit is filled in later.
    Later,
    /// There is none, and nobody knows how many people there are.
    Unlimited,
}

/// All acts that reach people, in the order of the graph.
pub(super) fn acts<'e>(effects: &'e Effects<'_>) -> Vec<Act<'e>> {
    let nodes = effects.nodes.iter().enumerate();
    nodes
        .flat_map(|(number, node)| {
            let views = node.acts.iter().map(|action| (node.view.on(action), *action));
            let contacts = views.filter(|(view, _)| view.is_contact());
            contacts.map(move |(view, action)| act(number, node, view, action))
        })
        .collect()
}

fn act<'e>(number: usize, node: &Node<'_>, view: View<'e>, action: &'e Action) -> Act<'e> {
    let rate = view.rate();
    let audience = size(action);
    let each = match action.audience.kind {
        AudienceKind::Initiator => Some(1.0),
        AudienceKind::OpenItems => Some(audience.unwrap_or(node.items)),
        _ if rate.per_day.is_some() => None,
        _ if action.audience.is_finite() => audience.or(Some(action.audience.of.len().max(1) as f64)),
        _ => None,
    };
    let open = match (each, rate.per_day) {
        _ if view.is_approved() => Some(Open::Approved),
        (None, None) if is_limited_later(&view) => Some(Open::Later),
        (None, None) => Some(Open::Unlimited),
        _ => None,
    };
    let place = rate.sites.first().copied().filter(|_| rate.per_day.is_some()).unwrap_or(action.site);
    Act {
        account: node.account,
        node: number,
        view,
        action,
        each,
        most: rate.per_day.unwrap_or(f64::INFINITY),
        place,
        // Open items are other items every day.
        audience: audience.filter(|_| action.audience.kind != AudienceKind::OpenItems),
        remembers: view.guards().any(|guard| guard.kind.remembers()),
        open,
    }
}

/// How many people are in an audience, where the file says so.
fn size(action: &Action) -> Option<f64> {
    let audience = &action.audience;
    match audience.kind {
        AudienceKind::Named if !audience.of.is_empty() => Some(audience.of.len() as f64),
        AudienceKind::Initiator => None,
        _ => audience.size.get().filter(|size| size.is_finite() && *size >= 0.0),
    }
}

/// Whether the number of a limit is filled in later.
fn is_limited_later(view: &View<'_>) -> bool {
    [LimitKind::PerRun, LimitKind::PerHour, LimitKind::PerDay].into_iter().any(|kind| {
        let limit = view.limit(kind).or_else(|| view.account.limits.get(kind));
        matches!(limit, Some(Stated::Unknown(_)))
    })
}

impl Act<'_> {
    /// Whether a limit decides, however often its automation fires.
    pub(super) fn is_capped(&self) -> bool {
        self.most.is_finite()
    }

    /// Contacts on a day on which its automation fires so often.
    pub(super) fn contacts(&self, fires: f64) -> f64 {
        let chance = self.action.probability.get().unwrap_or(1.0).clamp(0.0, 1.0);
        match self.each {
            Some(each) => (fires * each * chance).min(self.most),
            None if fires > 0.0 => self.most * chance,
            None => 0.0,
        }
    }

    /// Contacts on a day on which nothing but its own limit bounds it; without one, there is no number.
    pub(super) fn at_its_limit(&self) -> f64 {
        if self.is_capped() { self.most } else { 0.0 }
    }

    /// Whether it is counted as this.
    pub(super) const fn is(&self, what: What) -> bool {
        use Verb::{Comment, Dm, Email, Follow, Mention, Push, Quote, Reply, Sms};
        match what {
            What::Contacts | What::People => true,
            What::Follows => matches!(self.action.verb, Follow),
            What::Messages => {
                matches!(self.action.verb, Comment | Dm | Email | Mention | Push | Quote | Reply | Sms)
            }
        }
    }
}
