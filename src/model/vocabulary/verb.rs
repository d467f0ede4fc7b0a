//! What automations do, and who can see it.

use super::words;

words! {
    /// What an automation does.
    Verb {
        /// Follow an account, or ask to connect.
        Follow = "follow",
        /// Stop following an account.
        Unfollow = "unfollow",
        /// Block an account.
        Block = "block",
        /// Mute an account.
        Mute = "mute",
        /// Make somebody stop following us.
        RemoveFollower = "remove-follower",
        /// Send a private message.
        Dm = "dm",
        /// Send a mail.
        Email = "email",
        /// Send a text message to a phone.
        Sms = "sms",
        /// Send a notification to a device.
        Push = "push",
        /// Reply in public or in a thread.
        Reply = "reply",
        /// Mention somebody.
        Mention = "mention",
        /// Publish a post.
        Post = "post",
        /// Repost somebody's post.
        Repost = "repost",
        /// Quote somebody's post.
        Quote = "quote",
        /// Like a post.
        Like = "like",
        /// React with an emoji.
        React = "react",
        /// Look at a story, which its author sees.
        ViewStory = "view-story",
        /// Vote something up or down.
        Vote = "vote",
        /// Star a repository.
        Star = "star",
        /// Endorse a person.
        Endorse = "endorse",
        /// Invite to an event, group or page.
        Invite = "invite",
        /// Tag somebody in a picture or post.
        Tag = "tag",
        /// Put an account on a list.
        ListAdd = "list-add",
        /// Take an account off a list.
        ListRemove = "list-remove",
        /// Publish a review.
        Review = "review",
        /// Report somebody to the platform.
        Report = "report",
        /// Open an issue.
        OpenIssue = "open-issue",
        /// Open a pull request.
        OpenPr = "open-pr",
        /// Push a change to the code.
        Commit = "commit",
        /// Comment on an item.
        Comment = "comment",
        /// Close an item.
        Close = "close",
        /// Let a check fail, so that a change cannot be merged.
        FailCheck = "fail-check",
        /// Open a closed item again.
        Reopen = "reopen",
        /// Lock a conversation.
        Lock = "lock",
        /// Add a label.
        Label = "label",
        /// Take a label away.
        Unlabel = "unlabel",
        /// Remove somebody's content.
        DeleteContent = "delete-content",
        /// Hold content for a moderator.
        HoldForReview = "hold-for-review",
        /// Silence a member for a time.
        Timeout = "timeout",
        /// Put a member out.
        Kick = "kick",
        /// Ban a member.
        Ban = "ban",
        /// Mark a person in public, with a flair or a role.
        MarkPerson = "mark-person",
        /// Assign an item to somebody.
        Assign = "assign",
        /// Ask somebody for a review.
        RequestReview = "request-review",
        /// Tell the operator or the team.
        Notify = "notify",
        /// Pass a conversation to a person.
        Handoff = "handoff",
        /// Open a ticket with the team.
        CreateTicket = "create-ticket",
        /// Call another system.
        CallWebhook = "call-webhook",
        /// Put somebody on a mailing list.
        Subscribe = "subscribe",
        /// Never contact somebody again.
        SuppressContact = "suppress-contact",
        /// Put a person or text in a queue that a person reads.
        QueueForReview = "queue-for-review",
        /// Suggest something to the operator.
        Suggest = "suggest",
        /// Write a draft that a person may send.
        Draft = "draft",
        /// Count, without names.
        Count = "count",
        /// Collect data.
        Collect = "collect",
        /// Archive or discard what came in.
        Archive = "archive",
        /// Buy or swap followers, likes or stars.
        TradeEngagement = "trade-engagement",
        /// Stop the bot for a while.
        Pause = "pause",
        /// Give or take a role.
        SetRole = "set-role",
        /// Run code that the linter cannot read.
        RunCode = "run-code",
    }
}

impl Verb {
    /// Whether it lands in one person's notifications or inbox.
    #[must_use]
    pub const fn is_contact(self) -> bool {
        matches!(
            self,
            Self::Follow
                | Self::Dm
                | Self::Email
                | Self::Sms
                | Self::Push
                | Self::Reply
                | Self::Mention
                | Self::Comment
                | Self::Quote
                | Self::Like
                | Self::ViewStory
                | Self::Invite
                | Self::Tag
                | Self::ListAdd
                | Self::RequestReview
                | Self::OpenIssue
                | Self::OpenPr
                | Self::Review
                | Self::Vote
                | Self::Star
                | Self::Endorse
        )
    }

    /// Whether it is a message to one person in private.
    #[must_use]
    pub const fn is_private_message(self) -> bool {
        matches!(self, Self::Dm | Self::Email | Self::Sms | Self::Push)
    }

    /// Whether it publishes content of the account.
    #[must_use]
    pub const fn is_publication(self) -> bool {
        matches!(self, Self::Post | Self::Repost | Self::Quote)
    }

    /// Whether people notice it at all; bookkeeping and reports to the team are not outward.
    #[must_use]
    pub const fn is_outward(self) -> bool {
        !matches!(
            self,
            Self::Notify
                | Self::Handoff
                | Self::CreateTicket
                | Self::CallWebhook
                | Self::SuppressContact
                | Self::QueueForReview
                | Self::Suggest
                | Self::Draft
                | Self::Count
                | Self::Collect
                | Self::Archive
                | Self::Pause
                | Self::Subscribe
                | Self::RunCode
                | Self::Assign
        )
    }

    /// Whether it passes something to a person who can act on it.
    #[must_use]
    pub const fn reaches_a_person(self) -> bool {
        matches!(
            self,
            Self::Notify | Self::Handoff | Self::CreateTicket | Self::Assign | Self::QueueForReview
        )
    }

    /// The visibility it has where a configuration says nothing.
    #[must_use]
    pub const fn default_visibility(self) -> Visibility {
        match self {
            Self::Dm | Self::Email | Self::Sms | Self::Push => Visibility::Private,
            Self::Reply | Self::Comment => Visibility::Thread,
            Self::Notify | Self::Handoff | Self::CreateTicket | Self::Suggest | Self::QueueForReview => {
                Visibility::Team
            }
            _ => Visibility::Public,
        }
    }
}

words! {
    /// Who can see it.
    Visibility {
        /// Only the person addressed.
        Private = "private",
        /// The readers of one thread.
        Thread = "thread",
        /// Public, but not pushed into timelines.
        Unlisted = "unlisted",
        /// The followers of the account.
        Followers = "followers",
        /// The members of the team.
        Team = "team",
        /// The moderators.
        ModOnly = "mod-only",
        /// The operator.
        Operator = "operator",
        /// Everyone.
        Public = "public",
    }
}
