//! The tools that send one message to many people, one row each: by which keys a file is theirs, and where it
//! says what. A way is the keys from the top of the file, joined by dots.

use crate::model::{AudienceKind, Auth, GuardKind, ListSource, SwitchKind, Verb};

/// One tool.
pub(super) struct Family {
    /// How it is called in messages.
    pub(super) name: &'static str,
    /// Keys that a file of this tool has, all of them.
    pub(super) signs: &'static [&'static str],
    /// How its accounts sign in.
    pub(super) auth: Auth,
    /// Tokens and passwords that may stand in the file.
    pub(super) credentials: &'static [&'static str],
    /// Lists of which at least one must hold something before anything is sent; none where the lists stand in
    /// other files.
    pub(super) needs: &'static [&'static str],
    /// What is written to people.
    pub(super) messages: &'static [&'static str],
    /// Whom it writes to, unless a list in the file names them.
    pub(super) audience: AudienceKind,
    /// Where the tool gets them from.
    pub(super) source: Option<ListSource>,
    /// People given by name: the switch that chooses them, and the list.
    pub(super) named: Option<(&'static str, &'static str)>,
    /// People who are left out.
    pub(super) left_out: &'static [&'static str],
    /// Nobody twice: the switch, and its position that means it.
    pub(super) once: Option<(&'static str, bool)>,
    /// Messages in one run; 0 means without limit.
    pub(super) total: Option<&'static str>,
    /// Messages in a minute.
    pub(super) per_minute: Option<&'static str>,
    /// What else happens to everybody on the list, where this is on.
    pub(super) others: &'static [(&'static str, Verb)],
    /// Switches that change how it behaves, where this is on, above zero or filled in.
    pub(super) switches: &'static [(&'static str, SwitchKind)],
    /// Conditions that are switched on here.
    pub(super) guards: &'static [(&'static str, GuardKind)],
}

/// What most rows leave as it is: a tool of Discord accounts that writes to people its own scraper collected.
const USUAL: Family = Family {
    name: "",
    signs: &[],
    auth: Auth::UserToken,
    credentials: &[],
    needs: &[],
    messages: &[],
    audience: AudienceKind::List,
    source: Some(ListSource::Scraped),
    named: None,
    left_out: &[],
    once: None,
    total: None,
    per_minute: None,
    others: &[],
    switches: &[],
    guards: &[],
};

/// Every tool that is known.
pub(super) static FAMILIES: &[Family] = &[
    // Version 1.8 and later; tokens, names and messages stand in files beside it.
    Family {
        name: "Discord Mass DM GO",
        signs: &["direct_message_settings.individual_delay"],
        once: Some(("direct_message_settings.skip_completed", true)),
        total: Some("direct_message_settings.max_dms_per_token"),
        others: &[
            ("direct_message_settings.friend_before_DM", Verb::Follow),
            ("direct_message_settings.block_after_dm", Verb::Block),
        ],
        switches: &[
            ("captcha_settings.captcha_api_key", SwitchKind::SolvesCaptcha),
            ("proxy_settings.proxy_from_file", SwitchKind::RotateIdentity),
            ("suspicion_avoidance.random_individual_delay", SwitchKind::RandomDelay),
            ("suspicion_avoidance.random_rate_limit_delay", SwitchKind::RandomDelay),
            ("suspicion_avoidance.random_delay_before_dm", SwitchKind::RandomDelay),
            ("suspicion_avoidance.typing", SwitchKind::FakeTyping),
        ],
        guards: &[("direct_message_settings.check_mutual", GuardKind::Relevance)],
        ..USUAL
    },
    // Earlier versions of the same, without sections.
    Family {
        name: "Discord Mass DM GO",
        signs: &["individual_delay", "rate_limit_delay", "remove_dead_tokens"],
        once: Some(("skip_completed", true)),
        total: Some("max_dms_per_token"),
        others: &[("friend_before_DM", Verb::Follow), ("block_after_dm", Verb::Block)],
        switches: &[
            ("captcha_api_key", SwitchKind::SolvesCaptcha),
            ("proxy_from_file", SwitchKind::RotateIdentity),
        ],
        guards: &[("check_mutual", GuardKind::Relevance)],
        ..USUAL
    },
    Family {
        name: "mass-dm-discord",
        signs: &["dm_already_dmed_users", "message"],
        credentials: &["token"],
        messages: &["message"],
        once: Some(("dm_already_dmed_users", false)),
        total: Some("dm_each_token"),
        ..USUAL
    },
    Family {
        name: "discord-mass-dm",
        signs: &["dm_settings", "message_templates", "tokens", "scraping"],
        credentials: &["tokens"],
        needs: &["tokens", "users", "scraping.servers"],
        messages: &["message_templates"],
        per_minute: Some("rate_limits.messages_per_minute"),
        others: &[("dm_settings.auto_friend_request", Verb::Follow)],
        switches: &[("rate_limits.jitter_percent", SwitchKind::RandomDelay)],
        ..USUAL
    },
    // Bots, which write to the members of a server that let them in.
    Family {
        name: "DiscoDM",
        signs: &["UseMemberIDs", "UseTargetsList", "Token"],
        auth: Auth::OfficialApi,
        credentials: &["Token"],
        audience: AudienceKind::Members,
        source: None,
        named: Some(("UseTargetsList", "targets")),
        left_out: &["exceptions"],
        ..USUAL
    },
    Family {
        name: "discord-dmall",
        signs: &["token", "message.content", "exclude_ids", "message_limit"],
        auth: Auth::OfficialApi,
        credentials: &["token"],
        messages: &["message.content"],
        audience: AudienceKind::Members,
        source: None,
        left_out: &["exclude_ids"],
        total: Some("message_limit"),
        ..USUAL
    },
];
