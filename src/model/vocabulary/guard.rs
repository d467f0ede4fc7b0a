//! What stands before an action, and how often it may happen.

use super::words;

words! {
    /// A condition between trigger and action, or a brake on repetition.
    GuardKind {
        /// A person approves before it happens; default is to discard.
        Approval = "approval",
        /// An approval that grants itself after a while, or that the bot gives.
        SelfApproval = "self-approval",
        /// Ignores what the account itself did.
        ExcludeSelf = "exclude-self",
        /// Ignores other bots.
        ExcludeBots = "exclude-bots",
        /// Ignores posts that carry the mark of a copy.
        ExcludeMirrored = "exclude-mirrored",
        /// Only original posts, no reposts.
        OriginalsOnly = "originals-only",
        /// Once for each person, within `window`.
        OncePerUser = "once-per-user",
        /// Once for each thread, within `window`.
        OncePerThread = "once-per-thread",
        /// Drops what it has seen, by identity.
        Dedupe = "dedupe",
        /// Drops only exact copies of a text.
        DedupeExact = "dedupe-exact",
        /// Subtracts people who said stop.
        SuppressionList = "suppression-list",
        /// Only people who come for the first time.
        FirstTime = "first-time",
        /// Looks at the person beyond numbers before acting.
        ExaminesPerson = "examines-person",
        /// Looks only at numbers such as follower counts.
        ProfileNumbers = "profile-numbers",
        /// Only people who follow us.
        FollowsUs = "follows-us",
        /// Only people who reposted us.
        HasReposted = "has-reposted",
        /// Only people who starred the repository.
        HasStarred = "has-starred",
        /// Only people who have not starred the repository.
        NotStarred = "not-starred",
        /// Only people who tagged others.
        HasTagged = "has-tagged",
        /// Only mutual follows.
        MutualsOnly = "mutuals-only",
        /// Only people who agreed to it.
        OptedIn = "opted-in",
        /// Only when a word or command was given.
        Keyword = "keyword",
        /// Only items with one of these labels.
        OnlyLabels = "only-labels",
        /// Only items without any label.
        Unlabelled = "unlabelled",
        /// Only what the author of the item does.
        ByAuthor = "by-author",
        /// Not items with one of these labels.
        ExemptLabels = "exempt-labels",
        /// Not items that somebody is assigned to.
        ExemptAssigned = "exempt-assigned",
        /// Not items in a milestone or project.
        ExemptMilestones = "exempt-milestones",
        /// Not drafts.
        ExemptDrafts = "exempt-drafts",
        /// Not at night.
        QuietHours = "quiet-hours",
        /// Stops when the person answers.
        StopOnReply = "stop-on-reply",
        /// Stops when the person says stop.
        StopOnOptOut = "stop-on-opt-out",
        /// Checks the text for bad words before sending.
        WordFilter = "word-filter",
        /// Leaves out people whose profile asks for no bots.
        SkipNobot = "skip-nobot",
        /// Depends on what people do or belong to elsewhere.
        ElsewhereConduct = "elsewhere-conduct",
        /// Filters the audience by place, language, interest or attendance.
        Relevance = "relevance",
        /// Pings written by others are escaped.
        EscapesMentions = "escapes-mentions",
        /// Ends on a date or after a window.
        Window = "window",
        /// Only before some date, or only items after one.
        AgeLimit = "age-limit",
        /// Happens with a probability below one.
        Probability = "probability",
        /// The platform does not start the automation for its own output.
        PlatformIgnoresSelf = "platform-ignores-self",
        /// Machine-made messages carry a mark that other machines honour.
        AutomaticMark = "automatic-mark",
    }
}

impl GuardKind {
    /// Whether it remembers whom or what it dealt with.
    #[must_use]
    pub const fn remembers(self) -> bool {
        matches!(self, Self::OncePerUser | Self::OncePerThread | Self::Dedupe | Self::FirstTime)
    }
}

words! {
    /// How often something may happen.
    LimitKind {
        /// In one run, batch or session.
        PerRun = "per-run",
        /// In an hour.
        PerHour = "per-hour",
        /// In a day.
        PerDay = "per-day",
        /// In a week.
        PerWeek = "per-week",
        /// To one person, ever.
        PerUser = "per-user",
        /// To one person in a day.
        PerUserDay = "per-user-day",
        /// In one thread.
        PerThread = "per-thread",
        /// For each source account, hashtag or place.
        PerSource = "per-source",
        /// Open at the same time.
        Pending = "pending",
        /// Ever.
        Total = "total",
        /// Days between two contacts with the same person.
        Cooldown = "cooldown",
        /// Runs in a day.
        RunsPerDay = "runs-per-day",
    }
}
