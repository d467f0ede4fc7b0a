//! What accounts are, how they are run, and what their formats can say.

use super::words;

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
        /// Whoever asks for a person gets none.
        NoPerson = "no-person",
        /// Paid praise goes out without a label.
        UnlabelledAds = "unlabelled-ads",
        /// Takes names, handles and links of the source out of what it copies.
        StripsOrigin = "strips-origin",
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
