//! The closed word lists of the model: events, verbs, audiences, guards and the like.
//! Each word has one spelling (kebab case), which conduct files, rule files and reports share.

mod account;
mod audience;
mod event;
mod fact;
mod guard;
mod verb;

pub use account::{AccountKind, Auth, Property, SwitchFlaw, SwitchKind};
pub use audience::{AudienceKind, Consent, ListSource};
pub use event::Event;
pub use fact::FactKind;
pub use guard::{GuardKind, LimitKind};
pub use verb::{Verb, Visibility};

/// Defines an enum whose variants have a spelling, with `ALL`, `name` and `parse`.
macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$inner])* $variant,)+ }

        impl $name {
            /// Every word of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The spelling.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The word with this spelling.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.name())
            }
        }
    };
}

use words;
