//! What keeps a cycle from turning: which brake removes which hop. The table is that of the method in
//! `docs/effects.md`; a brake that only slows a cycle down is a cap, not listed here.

use super::network::{Kind, Via};

/// A brake on the automation that a hop would fire, or on the message that carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Brake {
    /// A person decides; nothing happens if nobody does.
    Approval,
    /// Own acts are ignored.
    ExcludeSelf,
    /// Other bots are ignored.
    ExcludeBots,
    /// Messages carry a mark that machines honour, our own second tool included.
    AutomaticMark,
    /// Each person once. Fresh people pass, so it is no use against recruitment.
    OncePerUser,
    /// Each thread once.
    OncePerThread,
    /// The audience runs out of people.
    FiniteAudience,
    /// Copies are marked, and marked items are skipped.
    OriginMark,
    /// What was seen is dropped, and no hop changes it.
    Dedupe,
    /// Reposts are not reposted.
    OriginalsOnly,
    /// The trigger cannot match what is sent.
    CannotMatch,
    /// The platform does not start automations for their own output.
    PlatformIgnoresSelf,
}

/// A set of brakes, as bits, because every hop of a large run has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brakes(u16);

impl Brakes {
    /// Adds a brake.
    pub fn add(&mut self, brake: Brake) {
        self.0 |= brake.bit();
    }

    /// The brakes, in the order of [`Brake::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Brake> {
        Brake::ALL.iter().copied().filter(move |brake| self.0 & brake.bit() != 0)
    }
}

impl FromIterator<Brake> for Brakes {
    fn from_iter<I: IntoIterator<Item = Brake>>(brakes: I) -> Self {
        Self(brakes.into_iter().fold(0, |bits, brake| bits | brake.bit()))
    }
}

impl Brake {
    const fn bit(self) -> u16 {
        1 << self as u16
    }

    /// Every brake.
    pub const ALL: &'static [Self] = &[
        Self::Approval,
        Self::ExcludeSelf,
        Self::ExcludeBots,
        Self::AutomaticMark,
        Self::OncePerUser,
        Self::OncePerThread,
        Self::FiniteAudience,
        Self::OriginMark,
        Self::Dedupe,
        Self::OriginalsOnly,
        Self::CannotMatch,
        Self::PlatformIgnoresSelf,
    ];

    /// Whether it removes a hop of this kind that is completed in this way.
    #[must_use]
    pub const fn breaks(self, kind: Kind, via: Via) -> bool {
        use Kind::{Conversation, Echo, Recruitment, State};
        use Via::{Bot, Ourselves};
        match self {
            Self::Approval => true,
            Self::ExcludeSelf => matches!((kind, via), (Conversation | Echo | State, Ourselves)),
            Self::ExcludeBots => matches!((kind, via), (Conversation | Recruitment, Bot)),
            Self::AutomaticMark => matches!((kind, via), (Conversation, Bot | Ourselves)),
            Self::OncePerUser | Self::OncePerThread => matches!(kind, Conversation),
            Self::FiniteAudience => matches!(kind, Recruitment),
            Self::OriginMark | Self::Dedupe => matches!(kind, Echo | State),
            Self::OriginalsOnly => matches!(kind, Echo),
            Self::CannotMatch => matches!(kind, Conversation | Echo | State),
            Self::PlatformIgnoresSelf => match kind {
                Conversation => matches!(via, Ourselves),
                Echo | State => true,
                Recruitment => false,
            },
        }
    }

    /// Its name in data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::ExcludeSelf => "exclude-self",
            Self::ExcludeBots => "exclude-bots",
            Self::AutomaticMark => "automatic-mark",
            Self::OncePerUser => "once-per-user",
            Self::OncePerThread => "once-per-thread",
            Self::FiniteAudience => "finite-audience",
            Self::OriginMark => "origin-mark",
            Self::Dedupe => "dedupe",
            Self::OriginalsOnly => "originals-only",
            Self::CannotMatch => "cannot-match",
            Self::PlatformIgnoresSelf => "platform-ignores-self",
        }
    }

    /// What to do to add it: a sentence part for advice.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Approval => "let a person approve each time",
            Self::ExcludeSelf => "ignore what your own account does",
            Self::ExcludeBots => "ignore other bots",
            Self::AutomaticMark => "mark automatic messages and ignore marked ones",
            Self::OncePerUser => "answer each person once",
            Self::OncePerThread => "answer once in each thread",
            Self::FiniteAudience => "name the accounts instead of crawling for them",
            Self::OriginMark => "mark copies and skip marked posts",
            Self::Dedupe => "drop what was seen before, by its id",
            Self::OriginalsOnly => "copy original posts only",
            Self::CannotMatch => "make the trigger look for words that your own messages do not hold",
            Self::PlatformIgnoresSelf => "use the platform's own bot token, which starts no further runs",
        }
    }
}
