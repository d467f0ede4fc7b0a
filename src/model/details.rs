//! Fields that few triggers, actions and audiences state. They are kept apart and take memory only where they are
//! stated: a large file has a hundred thousand of each.

use std::ops::{Deref, DerefMut};

use super::{Action, Audience, Guard, Limits, ListSource, Schedule, Stated, Text, Trigger, Visibility};

/// Details that are mostly absent. They read as absent then, and come into being when one is written.
#[derive(Clone, Debug)]
pub(crate) struct Details<T>(Option<Box<T>>);

impl<T> Details<T> {
    /// Details of which none is stated.
    pub(super) const NONE: Self = Self(None);

    /// The details, where there are any.
    pub(super) fn stated(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }
}

impl<T: Absent + PartialEq> Details<T> {
    /// Gives back the room for details that were written and are absent all the same.
    pub(super) fn shrink(&mut self) {
        if self.0.as_deref() == Some(T::absent()) {
            self.0 = None;
        }
    }
}

/// Details of which none is stated.
pub(crate) trait Absent: Default + 'static {
    fn absent() -> &'static Self;
}

impl<T: Absent> Deref for Details<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::absent())
    }
}

impl<T: Absent> DerefMut for Details<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

/// Defines the details of something, which are its fields like all others.
macro_rules! details {
    ($(#[$outer:meta])* $name:ident of $whole:ident { $($(#[$inner:meta])* $field:ident: $type:ty = $absent:expr,)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name { $($(#[$inner])* pub $field: $type,)+ }

        impl Absent for $name {
            fn absent() -> &'static Self {
                static ABSENT: $name = $name { $($field: $absent,)+ };
                &ABSENT
            }
        }

        impl Deref for $whole {
            type Target = $name;

            fn deref(&self) -> &$name {
                &self.details
            }
        }

        impl DerefMut for $whole {
            fn deref_mut(&mut self) -> &mut $name {
                &mut self.details
            }
        }
    };
}

details! {
    /// What few triggers state.
    TriggerDetails of Trigger {
        /// The kinds of item that it is about, in words such as `issue`; empty where it may be any.
        items: Vec<Text> = Vec::new(),
        /// How many of the filters belong to each of several checks, all of which must match; empty where any
        /// will do.
        checks: Vec<usize> = Vec::new(),
        /// What else must be true of it, as clauses.
        traits: Vec<Text> = Vec::new(),
        /// Days that must pass first, for events of silence (`issue-idle`, `no-reply`).
        after: Stated<f64> = Stated::Absent,
        /// How often the clock fires.
        schedule: Stated<Schedule> = Stated::Absent,
        /// Whether activity in the meantime is ignored.
        ignores_activity: Stated<bool> = Stated::Absent,
        /// Items older than this many days are left out.
        max_age: Stated<f64> = Stated::Absent,
        /// A number that the event must reach: reports, stars, failures.
        count: Stated<f64> = Stated::Absent,
        /// Whether it repeats until the person reacts.
        repeats: Stated<bool> = Stated::Absent,
    }
}

details! {
    /// What few actions state.
    ActionDetails of Action {
        /// Who can see it.
        visibility: Stated<Visibility> = Stated::Absent,
        /// Days within which a person answers, for hand-overs.
        within: Stated<f64> = Stated::Absent,
        /// The accounts that act, where they are not the automation's own.
        acts_as: Vec<Text> = Vec::new(),
        /// Limits on this act alone.
        limits: Limits = Limits::NONE,
        /// Chance that it happens, from 0 to 1.
        probability: Stated<f64> = Stated::Absent,
        /// How often it is done to one person each time (three likes for each profile).
        times: Stated<f64> = Stated::Absent,
        /// Whether a language model writes the text.
        model_generated: Stated<bool> = Stated::Absent,
        /// Whether the configuration declares it to be promotion.
        promotion: Stated<bool> = Stated::Absent,
        /// Whether the copy carries a mark that it is one.
        marked: Stated<bool> = Stated::Absent,
        /// Whether the texts are parts of one message, such as its subject and its body, rather than variants of it.
        in_parts: bool = false,
        /// Whether only one of several such acts happens, and the configuration does not tell which.
        one_of: bool = false,
    }
}

details! {
    /// What few audiences state.
    AudienceDetails of Audience {
        /// Where the list comes from.
        source: Stated<ListSource> = Stated::Absent,
        /// How many people it holds, if that is known.
        size: Stated<f64> = Stated::Absent,
    }
}

details! {
    /// What few guards state.
    GuardDetails of Guard {
        /// Days for which it holds; absent means for ever.
        window: Stated<f64> = Stated::Absent,
        /// What it asks for as a clause, where its kind does not say it: `somebody is assigned to it`.
        said: String = String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AudienceKind, Automation, Event, Site, Verb};

    #[test]
    fn what_every_automation_has_is_small() {
        assert!(size_of::<Trigger>() <= 128, "{}", size_of::<Trigger>());
        assert!(size_of::<Action>() <= 216, "{}", size_of::<Action>());
        assert!(size_of::<Guard>() <= 64, "{}", size_of::<Guard>());
        assert!(size_of::<Audience>() <= 64, "{}", size_of::<Audience>());
        assert!(size_of::<Automation>() <= 208, "{}", size_of::<Automation>());
    }

    #[test]
    fn details_take_room_only_where_they_are_stated() {
        let audience = Audience::new(AudienceKind::Public, Site::default());
        let mut action = Action::new(Verb::Post, Site::default(), audience);
        assert!(action.times.is_absent() && action.details.0.is_none());
        action.times = Stated::Absent;
        assert!(action.details.0.is_some());
        action.details.shrink();
        assert!(action.details.0.is_none());
        action.times = Stated::Known(1.0, Site::default());
        action.details.shrink();
        assert_eq!(action.times.get(), Some(1.0));
        assert!(Trigger::new(Event::Followed, Site::default()).after.is_absent());
    }
}
