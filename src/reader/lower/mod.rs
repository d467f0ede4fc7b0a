//! From clauses to the model: each clause is an automation of its account. What is said is taken as it stands; what
//! the frame or the speech act leaves only one sensible reading for is filled in.

mod account;
mod action;
pub(crate) mod audience;
mod clause;
mod limits;
mod texts;
mod trigger;

use crate::dialect::Lowered;
use crate::model::{Auth, Automation, Fact, FactKind, Property, Site, Stated};
use crate::reader::account::Scope;
use crate::reader::clauses::frame::Frame;
use crate::reader::idioms::vocabulary;

/// Adds accounts and automations. Gives the number of automations that reach people.
pub(crate) fn lower(
    scopes: Vec<Scope>,
    clauses: Vec<Frame>,
    platforms: &[&'static str],
    lowered: &mut Lowered,
) {
    let mut by_account: Vec<Vec<Frame>> = scopes.iter().map(|_| Vec::new()).collect();
    for clause in clauses {
        if let Some(list) = by_account.get_mut(clause.account) {
            list.push(clause);
        }
    }
    let alone = scopes.iter().filter(|scope| !scope.listed).count() == 1;
    let scopes = inherited(scopes);
    for (scope, clauses) in scopes.into_iter().zip(by_account) {
        if clauses.is_empty() && !alone && !scope.listed {
            continue;
        }
        let platform = scope.platform.or_else(|| platforms.first().copied());
        let chat = platform.is_some_and(|platform| vocabulary().is_kind(platform, "chat"))
            || platform.is_none() && scope.room.is_some();
        let mut account =
            Lowering { scope, platform, chat, number: 0, automations: Vec::new(), overrides: Vec::new() };
        let clauses = limits::texts_to_acts(clauses);
        let clauses = limits::given_to_acts(clauses, !account.scope.targets.is_empty());
        for mut clause in texts::given_to_messages(clauses) {
            if clause.sequence && clause.repeats.is_absent() {
                clause.repeats = account.scope.repeats.clone();
            }
            account.clause(clause);
        }
        account.add(lowered);
    }
}

/// The accounts with what the file says of all of them.
fn inherited(mut scopes: Vec<Scope>) -> Vec<Scope> {
    for number in 0..scopes.len() {
        let (before, rest) = scopes.split_at_mut(number);
        let Some(scope) = rest.first_mut() else { continue };
        if let Some(around) = scope.around.and_then(|around| before.get(around)) {
            scope.inherit(around);
        }
    }
    scopes
}

/// An account on its way into the model.
pub(crate) struct Lowering {
    scope: Scope,
    platform: Option<&'static str>,
    chat: bool,
    number: usize,
    automations: Vec<Automation>,
    /// For each automation where it says that it neither rehearses nor waits for approval.
    overrides: Vec<(Option<Site>, Option<Site>)>,
}

impl Lowering {
    pub(crate) fn add(mut self, lowered: &mut Lowered) {
        let mut account = std::mem::take(&mut self.scope.account);
        let site = account.site;
        let official = self.platform.is_some_and(|platform| vocabulary().is_kind(platform, "password"));
        if let (true, Stated::Known(Auth::Password, site)) = (official, &account.auth) {
            account.auth = Stated::Known(Auth::OfficialApi, *site);
        }
        // A password is how some platforms let anybody sign in: it says something where strangers are approached.
        if account.auth.get() == Some(Auth::Password) && !self.approaches() {
            account.auth = Stated::Absent;
        }
        account.identity.platform =
            self.platform.map_or(Stated::Absent, |platform| Stated::Known(platform.to_owned(), site));
        account.name = match (account.identity.handle.known(), self.platform) {
            (Some(handle), _) => handle.clone(),
            (None, Some(platform)) => format!("the {platform} account"),
            (None, None) => "the account".to_owned(),
        };
        self.persona();
        if self.scope.postless.is_some() {
            account.expressible.push(Property::OwnContent);
        }
        self.safety(&mut account);
        self.agreed(&account);
        self.mailed();
        if let (Some(site), false) =
            (self.scope.read_by, account.facts.iter().any(|fact| fact.kind == FactKind::RepliesMonitoredBy))
        {
            let value = Stated::Known("a person, as a text says".to_owned(), site);
            account.facts.push(Fact { kind: FactKind::RepliesMonitoredBy, value });
        }
        self.churns();
        self.number = lowered.account(account);
        for mut automation in self.automations {
            automation.account = self.number;
            lowered.automation(automation);
        }
    }
}
