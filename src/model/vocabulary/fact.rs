//! Claims about accounts.

use super::words;

words! {
    /// A claim about the account that no automation shows.
    FactKind {
        /// `feed`, `mutuals`, `alerts` or another declared mode.
        Mode = "mode",
        /// `test` or `production`.
        Environment = "environment",
        /// Who writes the content: `human` or `automatic`.
        Content = "content",
        /// Why following back is part of the service.
        FollowBackReason = "follow-back-reason",
        /// Who reads replies.
        RepliesMonitoredBy = "replies.monitored-by",
        /// How many people can be answered in a day.
        RepliesCapacity = "replies.capacity-per-day",
        /// How long an answer takes, in days.
        RepliesWithin = "replies.within",
        /// A place where people are answered instead.
        RepliesElsewhere = "replies.elsewhere",
        /// How people can stop it.
        OptOut = "opt-out",
        /// Steps to leave.
        OptOutSteps = "opt-out.steps",
        /// Days until an opt-out takes effect.
        OptOutDelay = "opt-out.delay",
        /// Days after which an opt-out is forgotten.
        OptOutExpires = "opt-out.expires",
        /// What an opt-out covers: `all` or `campaign`.
        OptOutScope = "opt-out.scope",
        /// Steps to join.
        OptInSteps = "opt-in.steps",
        /// What the bot is for.
        Purpose = "purpose",
        /// How often it speaks.
        Cadence = "cadence",
        /// How long data is kept, in days.
        Retention = "retention",
        /// Where its source is published.
        SourceUrl = "source-url",
        /// How it can be paused.
        PauseSwitch = "pause-switch",
        /// What the account is about.
        Topic = "topic",
    }
}

impl FactKind {
    /// Whether it is a time, which the model keeps in days.
    #[must_use]
    pub const fn is_duration(self) -> bool {
        matches!(self, Self::RepliesWithin | Self::OptOutDelay | Self::OptOutExpires | Self::Retention)
    }
}
