//! What a bot does to people: accounts, automations, triggers, guards, actions, audiences, limits.
//! Every field is known, absent or unknown, and knows its place in the sources. No dialect, no rule.

mod account;
mod automation;
mod compose;
mod coverage;
mod derived;
mod details;
mod limits;
mod platform;
mod schedule;
mod secret;
mod stated;
mod text;
mod texts;
mod vocabulary;

pub use account::{Account, DeadSwitch, Fact, Identity, Profile, Switch};
pub use automation::{Action, Audience, Automation, Guard, Text, Trigger};
pub use compose::{Basis, Unity, partners};
pub use coverage::{Coverage, Unread, Use};
pub use derived::{Rate, View, World, position};
pub use details::{ActionDetails, AudienceDetails, GuardDetails, TriggerDetails};
pub use limits::{Bound, Limits};
pub use platform::platform_name;
pub(crate) use schedule::MONTH;
pub use schedule::{Schedule, parse_duration, unit_in_days};
pub use secret::{Secret, SecretKind, covered};
pub use stated::{Site, Stated};
pub use text::{Slot, names_person, pings, pings_on_reddit, slots};
pub use vocabulary::{
    AccountKind, AudienceKind, Auth, Consent, Event, FactKind, GuardKind, LimitKind, ListSource, Property,
    SwitchFlaw, SwitchKind, Verb, Visibility,
};

/// The conduct of all bots of one run, composed of what each file says.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Accounts, in the order of the files.
    pub accounts: Vec<Account>,
    /// Automations, in the order of the files.
    pub automations: Vec<Automation>,
    /// What was made of the settings of each file whose dialect can tell.
    pub coverage: Vec<Coverage>,
}

impl Model {
    /// Where passwords and tokens are written out, so that a report can cover them.
    pub fn secret_sites(&self) -> impl Iterator<Item = Site> {
        let secrets = self.accounts.iter().flat_map(|account| &account.secrets);
        secrets.filter(|secret| secret.kind != SecretKind::Placeholder).map(|secret| secret.site)
    }

    /// Adds what another file says; its account numbers are shifted.
    pub fn append(&mut self, mut other: Self) {
        let shift = self.accounts.len();
        for automation in &mut other.automations {
            automation.account += shift;
        }
        self.accounts.append(&mut other.accounts);
        self.automations.append(&mut other.automations);
        self.coverage.append(&mut other.coverage);
    }
}
