//! The closed word lists of the model: events, verbs, audiences, guards and the like.
//! Each word has one spelling (kebab case), which conduct files, rule files and reports share.

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

impl FactKind {
    /// Whether it is a time, which the model keeps in days.
    #[must_use]
    pub const fn is_duration(self) -> bool {
        matches!(self, Self::RepliesWithin | Self::OptOutDelay | Self::OptOutExpires | Self::Retention)
    }
}

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

words! {
    /// Who is reached.
    AudienceKind {
        /// Whoever caused the event.
        Initiator = "initiator",
        /// The person who runs the bot.
        Operator = "operator",
        /// The people who run the community or the project.
        Team = "team",
        /// Accounts given by name.
        Named = "named",
        /// People who subscribed.
        OptInList = "opt-in-list",
        /// A list of people, whose origin `source` tells.
        List = "list",
        /// Everyone who follows us.
        OwnFollowers = "own-followers",
        /// Everyone we follow.
        OwnFollowing = "own-following",
        /// Followed accounts that do not follow back.
        NonFollowers = "non-followers",
        /// Accounts that this tool followed earlier.
        FollowedByTool = "followed-by-tool",
        /// Members of the community.
        Members = "members",
        /// Members who have not answered, paid, voted or taken part.
        NonResponders = "non-responders",
        /// Friends or contacts in an address book.
        Contacts = "contacts",
        /// The followers of somebody.
        FollowersOf = "followers-of",
        /// The accounts somebody follows.
        FollowingOf = "following-of",
        /// People who liked, commented on or reposted somebody.
        EngagersOf = "engagers-of",
        /// People or posts found by a search.
        Search = "search",
        /// Followed accounts that have gone quiet.
        Inactive = "inactive",
        /// Anybody.
        Random = "random",
        /// The public; nobody in particular.
        Public = "public",
    }
}

words! {
    /// Where a list of people comes from.
    ListSource {
        /// Written by hand into the configuration or a file beside it.
        Static = "static",
        /// Collected from pages or profiles by machine.
        Scraped = "scraped",
        /// Bought or found by an address finder.
        Bought = "bought",
        /// Exported from somebody's followers.
        Exported = "exported",
        /// Customers who agreed when they bought.
        Customers = "customers",
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

words! {
    /// What the person reached has agreed to. Ordered from stranger to subscriber.
    Consent {
        /// A stranger: search, scrape, followers of somebody.
        Stranger = "stranger",
        /// A light gesture: followed, liked, joined.
        Gesture = "gesture",
        /// Addressed us: buys one answer.
        Addressed = "addressed",
        /// Subscribed to this kind of message.
        Subscribed = "subscribed",
    }
}

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

words! {
    /// How the account signs in.
    Auth {
        /// The platform's own way for bots and applications.
        OfficialApi = "official-api",
        /// The token of a personal account.
        UserToken = "user-token",
        /// User name and password.
        Password = "password",
        /// A browser, a phone or cookies that pretend to be a person.
        Browser = "browser",
    }
}

words! {
    /// What the account is.
    AccountKind {
        /// A bot, and nothing else.
        Bot = "bot",
        /// A person's account.
        Person = "person",
        /// An organisation's account.
        Org = "org",
    }
}

words! {
    /// A switch that changes how the whole bot behaves.
    SwitchKind {
        /// Nothing really happens.
        DryRun = "dry-run",
        /// Approval is skipped.
        SkipApproval = "skip-approval",
        /// Errors are ignored.
        IgnoreErrors = "ignore-errors",
        /// The rate limiter is off.
        DisableRateLimit = "disable-rate-limit",
        /// A safe mode; off is the finding.
        SafeMode = "safe-mode",
        /// People who ask for no bots are contacted all the same.
        IgnoreNobot = "ignore-nobot",
        /// Proxies, addresses, tokens or accounts are rotated.
        RotateIdentity = "rotate-identity",
        /// A stealth or anti-detection mode.
        Stealth = "stealth",
        /// A browser driver built to avoid detection.
        UndetectedDriver = "undetected-driver",
        /// A made-up device or user agent.
        SpoofedAgent = "spoofed-agent",
        /// Captchas are solved by machine.
        SolvesCaptcha = "solves-captcha",
        /// Typing is imitated.
        FakeTyping = "fake-typing",
        /// Goes on, or signs in again, after the platform blocked it.
        EvadesBlock = "evades-block",
        /// The tool's own block detection is off.
        DisableBlockDetection = "disable-block-detection",
        /// A cloned application.
        ClonedApp = "cloned-app",
        /// Texts are varied to defeat duplicate checks.
        SpinsText = "spins-text",
        /// Rate-limit answers are ignored.
        IgnoresRetryAfter = "ignores-retry-after",
        /// Random delays.
        RandomDelay = "random-delay",
        /// Waits longer after errors.
        Backoff = "backoff",
        /// Denies being a bot.
        DeniesBot = "denies-bot",
        /// A persona presented as a human being.
        HumanPersona = "human-persona",
        /// Follows a target ratio of followers to following.
        KeepsRatio = "keeps-ratio",
        /// Replies to us are not possible.
        RepliesClosed = "replies-closed",
        /// Forgets whom it contacted when it restarts.
        VolatileMemory = "volatile-memory",
        /// Consent is assumed by default.
        AssumesConsent = "assumes-consent",
        /// Takes names, handles and links of the source out of what it copies.
        StripsOrigin = "strips-origin",
    }
}

words! {
    /// Why a declared safety switch does nothing.
    SwitchFlaw {
        /// The place where the bot acts sets it to a value that is off, or weaker.
        HardCoded = "hard-coded",
        /// Nothing reads it.
        NeverRead = "never-read",
        /// It exists only when a person starts the bot, and the bot also starts by itself.
        ManualOnly = "manual-only",
    }
}

words! {
    /// A property that a format may or may not be able to express.
    /// An absence rule fires only on what the format could have said.
    Property {
        /// A way to stop messages.
        OptOut = "opt-out",
        /// What happens with messages that come in.
        Inbound = "inbound",
        /// The profile: bot flag, bio, avatar.
        Profile = "profile",
        /// Who runs it.
        Operator = "operator",
        /// Limits.
        Limits = "limits",
        /// A person's approval.
        Approval = "approval",
        /// Memory of whom it contacted.
        Memory = "memory",
        /// Quiet hours.
        QuietHours = "quiet-hours",
        /// Ignoring itself and other bots.
        LoopGuards = "loop-guards",
        /// Exclusions such as "no bots please".
        Exclusions = "exclusions",
        /// Where messages of a failed conversation go.
        Handoff = "handoff",
        /// Public posts that are no automations of this file.
        OwnContent = "own-content",
        /// Items that stay untouched.
        Exemptions = "exemptions",
    }
}

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

impl GuardKind {
    /// Whether it remembers whom or what it dealt with.
    #[must_use]
    pub const fn remembers(self) -> bool {
        matches!(self, Self::OncePerUser | Self::OncePerThread | Self::Dedupe | Self::FirstTime)
    }
}

impl SwitchKind {
    /// Whether it serves to look like a person, or to stay unnoticed, in the eyes of the platform.
    #[must_use]
    pub const fn hides_the_bot(self) -> bool {
        matches!(
            self,
            Self::RotateIdentity
                | Self::Stealth
                | Self::UndetectedDriver
                | Self::SpoofedAgent
                | Self::SolvesCaptcha
                | Self::EvadesBlock
                | Self::DisableBlockDetection
                | Self::ClonedApp
                | Self::SpinsText
                | Self::IgnoresRetryAfter
        )
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
