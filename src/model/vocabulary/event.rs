//! What sets automations off.

use super::words;

words! {
    /// What sets an automation off: somebody does something to us, or time passes.
    Event {
        /// Somebody follows the account.
        Followed = "followed",
        /// Somebody stops following it.
        Unfollowed = "unfollowed",
        /// Somebody blocks it.
        BlockedUs = "blocked-us",
        /// Somebody mentions it.
        Mention = "mention",
        /// Somebody replies to it.
        Reply = "reply",
        /// A private message arrives.
        DmReceived = "dm-received",
        /// A mail arrives.
        EmailReceived = "email-received",
        /// Somebody comments on something of ours.
        Commented = "commented",
        /// Somebody reposts us.
        Reposted = "reposted",
        /// Somebody likes something of ours.
        Liked = "liked",
        /// A given account posts.
        PostBy = "post-by",
        /// Anybody's post matches a search.
        PostMatch = "post-match",
        /// Somebody joins the community.
        MemberJoined = "member-joined",
        /// Somebody leaves the community.
        MemberLeft = "member-left",
        /// A member has been quiet for a while.
        MemberIdle = "member-idle",
        /// Somebody subscribes.
        OptedIn = "opted-in",
        /// Somebody says stop.
        OptedOut = "opted-out",
        /// Somebody did not follow back within a time.
        NotFollowedBack = "not-followed-back",
        /// Somebody did not answer within a time.
        NoReply = "no-reply",
        /// Somebody has not paid within a time.
        InvoiceOverdue = "invoice-overdue",
        /// Somebody reviews us.
        ReviewPosted = "review-posted",
        /// Somebody reports content or a person.
        ReportFiled = "report-filed",
        /// Somebody opens an issue.
        IssueOpened = "issue-opened",
        /// An issue has seen no activity for a while.
        IssueIdle = "issue-idle",
        /// Somebody opens a pull request.
        PrOpened = "pr-opened",
        /// A pull request has seen no activity for a while.
        PrIdle = "pr-idle",
        /// An issue or pull request was closed.
        ItemClosed = "item-closed",
        /// An issue or pull request was opened again.
        Reopened = "item-reopened",
        /// An issue or pull request was labelled.
        Labelled = "labelled",
        /// Code was pushed.
        Pushed = "pushed",
        /// A feed has a new item.
        FeedItem = "feed-item",
        /// A topic trends.
        Trend = "trend",
        /// The clock.
        Schedule = "schedule",
        /// Somebody gives the bot a command.
        Command = "command",
        /// Somebody sends a form.
        FormSubmitted = "form-submitted",
        /// Somebody signs in to our application.
        LoggedIn = "logged-in",
        /// Something else happens on the platform, in words: `a release is published`.
        Happening = "happening",
        /// Another system calls.
        Webhook = "webhook",
        /// The platform answers with an error.
        Error = "error",
        /// A search or crawl yields a person to contact.
        NewCandidate = "new-candidate",
        /// An event was put in the calendar.
        EventCreated = "event-created",
        /// A moderator, or the bot, punished somebody.
        Sanctioned = "sanctioned",
        /// Many accounts join or post at once.
        RaidDetected = "raid-detected",
        /// A public emergency was declared.
        Crisis = "crisis",
        /// The bot did not understand.
        Fallback = "fallback",
        /// A person starts it.
        Manual = "manual",
    }
}

impl Event {
    /// Whether the event arrives in a stream that nobody controls, rather than by the clock or by hand.
    #[must_use]
    pub const fn is_stream(self) -> bool {
        !matches!(self, Self::Schedule | Self::Manual)
    }

    /// Whether somebody addresses the account and may expect an answer.
    #[must_use]
    pub const fn is_inbound(self) -> bool {
        matches!(
            self,
            Self::Mention
                | Self::Reply
                | Self::DmReceived
                | Self::EmailReceived
                | Self::Commented
                | Self::Command
        )
    }
}
