//! The keys of tgcf: of version 1, which keeps JSON, and of version 0.2, which is written in YAML by hand.
//! What is in neither list, both versions ignore without a word.

/// The keys of one mapping: its name in the file, what both versions know, what only version 1 knows.
pub(super) struct Keys {
    /// The way to the mapping.
    pub(super) path: &'static [&'static str],
    /// Known to both versions.
    pub(super) common: &'static [&'static str],
    /// Known to version 1 and its forks.
    pub(super) since_1: &'static [&'static str],
}

/// Every mapping whose keys the tool fixes. Plugins of version 0.2 may have any name: some are other people's.
pub(super) static KEYS: &[Keys] = &[
    Keys {
        path: &[],
        common: &["admins", "forwards", "show_forwarded_from", "live", "past", "plugins"],
        since_1: &["pid", "theme", "login", "mode", "bot_messages", "reply_chain", "agent_id"],
    },
    Keys {
        path: &["live"],
        common: &["delete_sync", "delete_on_edit"],
        since_1: &["sequential_updates", "album_flush_timeout"],
    },
    Keys { path: &["past"], common: &["delay"], since_1: &[] },
    Keys { path: &["plugins", "filter"], common: &["users", "files", "text"], since_1: &["check"] },
    Keys {
        path: &["plugins", "filter", "text"],
        common: &["blacklist", "whitelist", "case_sensitive", "regex"],
        since_1: &[],
    },
    Keys { path: &["plugins", "filter", "users"], common: &["blacklist", "whitelist"], since_1: &[] },
    Keys { path: &["plugins", "filter", "files"], common: &["blacklist", "whitelist"], since_1: &[] },
];

/// The keys of a forward: common, and since version 1.
pub(super) static FORWARD: Keys =
    Keys { path: &[], common: &["source", "dest", "offset", "end"], since_1: &["con_name", "use_this"] };

/// Plugins that change a message before it is copied. A message that is forwarded as it is, with its origin
/// shown, keeps none of these changes.
pub(super) static CHANGING: &[&str] = &["fmt", "format", "mark", "ocr", "replace", "caption"];

/// Credentials of the account, and of a second one that a plugin may send with.
pub(super) static CREDENTIALS: &[&str] = &["API_HASH", "SESSION_STRING", "BOT_TOKEN"];

/// Where credentials stand.
pub(super) static LOGINS: &[&[&str]] = &[&["login"], &["plugins", "sender"]];
