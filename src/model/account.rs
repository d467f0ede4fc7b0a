//! An account: who speaks, how it signs in, what its profile says, and what else is claimed about it.

use super::{
    AccountKind, Auth, Event, FactKind, GuardKind, Limits, Property, Secret, Site, Stated, SwitchFlaw,
    SwitchKind,
};

/// The account that automations act as.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// How it is called in messages: its handle, or what the dialect knows of it.
    pub name: String,
    /// Where the configuration introduces it.
    pub site: Site,
    /// What identifies it across files.
    pub identity: Identity,
    /// On what it rests that several files speak of this account; none where one file does.
    pub unity: Option<super::Unity>,
    /// Accounts of one owner share a group.
    pub owner_group: Stated<String>,
    /// Bot, person or organisation.
    pub kind: Stated<AccountKind>,
    /// How it signs in.
    pub auth: Stated<Auth>,
    /// What the public can see of it.
    pub profile: Profile,
    /// Claims that no automation shows.
    pub facts: Vec<Fact>,
    /// Switches that change how the whole bot behaves.
    pub switches: Vec<Switch>,
    /// Safety switches that are declared and not obeyed where the bot acts.
    pub dead_switches: Vec<DeadSwitch>,
    /// Passwords and tokens that stand in the configuration, masked.
    pub secrets: Vec<Secret>,
    /// Guards that hold for every automation of the account.
    pub guards: Vec<super::Guard>,
    /// Limits that hold for all automations together.
    pub limits: Limits,
    /// What the formats that describe this account can express.
    pub expressible: Vec<Property>,
    /// Inbound events that the tool answers or routes by itself, whatever the configuration says.
    pub routed_by_tool: Vec<Event>,
    /// Where the configuration says that nothing keeps it from answering other bots or itself.
    pub unguarded: Vec<Site>,
    /// Guards that the tool enforces by itself.
    pub enforced_by_tool: Vec<GuardKind>,
}

/// What identifies an account: platform and handle, else a shared secret, else the tool instance.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// The platform, in lower case: `mastodon`, `instagram`, `github`.
    pub platform: Stated<String>,
    /// The handle, as written.
    pub handle: Stated<String>,
    /// The name of the secret it signs in with (`X_TOKEN`).
    pub secret: Option<String>,
    /// The tool instance: the folder or chain of files that belong together.
    pub instance: Option<String>,
}

/// What the public can see of an account.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The platform's mark for automated accounts.
    pub bot_flag: Stated<bool>,
    /// The description.
    pub bio: Stated<String>,
    /// The picture; an empty string means that it has none.
    pub avatar: Stated<String>,
    /// A link.
    pub url: Stated<String>,
    /// Who runs it.
    pub operator: Stated<String>,
    /// An address for questions.
    pub contact: Stated<String>,
    /// How many posts it has.
    pub posts: Stated<f64>,
    /// How many accounts follow it.
    pub followers: Stated<f64>,
    /// How many accounts it follows.
    pub following: Stated<f64>,
}

/// A claim about the account.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What it is about.
    pub kind: FactKind,
    /// The claim; numbers and days are written as decimal numbers.
    pub value: Stated<String>,
}

/// A switch and the position it is in.
#[derive(Clone, Debug)]
pub struct Switch {
    /// What it switches.
    pub kind: SwitchKind,
    /// On or off.
    pub on: Stated<bool>,
}

/// A safety switch that the configuration declares and that does not work where the bot acts.
#[derive(Clone, Debug)]
pub struct DeadSwitch {
    /// Its name, as declared.
    pub name: String,
    /// Where it is declared.
    pub declared: Site,
    /// Where it is ignored.
    pub ignored: Site,
    /// In which way it is ignored.
    pub flaw: SwitchFlaw,
}

impl Account {
    /// The claim of this kind, if there is one.
    #[must_use]
    pub fn fact(&self, kind: FactKind) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.kind == kind)
    }

    /// Whether the formats that describe the account can express this property.
    #[must_use]
    pub fn can_express(&self, property: Property) -> bool {
        self.expressible.contains(&property)
    }

    /// Whether the switch is known to be on.
    #[must_use]
    pub fn is_on(&self, kind: SwitchKind) -> bool {
        self.switches.iter().any(|switch| switch.kind == kind && switch.on.get() == Some(true))
    }
}
