//! The keys of AutoModerator's rules, group by group, and what the values of some may be. Names are compared
//! in lower case, as the tool does. After its documentation in the help wiki and the published source.

/// Where a key may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// The rule itself.
    Item,
    /// `author:` and `crosspost_author:`.
    Person,
    /// `parent_submission:`.
    Parent,
    /// `subreddit:` and `crosspost_subreddit:`.
    Place,
}

/// Groups of checks about something that belongs to the post.
pub(super) const GROUPS: &[(&str, Group)] = &[
    ("author", Group::Person),
    ("crosspost_author", Group::Person),
    ("parent_submission", Group::Parent),
    ("subreddit", Group::Place),
    ("crosspost_subreddit", Group::Place),
];

/// Kinds of post that `type` names.
pub(super) const TYPES: &[&str] = &[
    "any",
    "comment",
    "submission",
    "text submission",
    "link submission",
    "crosspost submission",
    "poll submission",
    "gallery submission",
];

/// What `action` can be.
pub(super) const ACTIONS: &[&str] = &["approve", "remove", "spam", "filter", "report"];

/// Ready-made checks, and whether they look for links that are a plague rather than for a kind of content.
pub(super) const STANDARDS: &[(&str, bool)] = &[
    ("image hosting sites", false),
    ("direct image links", false),
    ("video hosting sites", false),
    ("streaming sites", false),
    ("meme generator sites", false),
    ("crowdfunding sites", true),
    ("facebook links", true),
    ("amazon affiliate links", true),
];

/// Fields that a check can search, by group.
pub(super) const fn fields(group: Group) -> &'static [&'static str] {
    match group {
        Group::Item | Group::Parent => &[
            "id",
            "title",
            "domain",
            "url",
            "body",
            "flair_text",
            "flair_css_class",
            "flair_template_id",
            "poll_option_text",
            "poll_option_count",
            "crosspost_id",
            "crosspost_title",
            "media_author",
            "media_author_url",
            "media_title",
            "media_description",
        ],
        Group::Person => &[
            "id",
            "name",
            "flair_text",
            "flair_css_class",
            "flair_template_id",
            "display_name",
            "bio_text",
            "social_links",
        ],
        Group::Place => &["name"],
    }
}

/// Fields that hold an address: what is searched there is a link.
pub(super) const LINK_FIELDS: &[&str] = &["domain", "url", "media_author_url", "social_links"];

/// Ways to search, written in parentheses behind the fields.
pub(super) const MODIFIERS: &[&str] = &[
    "includes-word",
    "includes",
    "starts-with",
    "ends-with",
    "full-exact",
    "full-text",
    "regex",
    "case-sensitive",
];

/// Checks of numbers about a person. What falls below one is new or unproven; that is all they say.
pub(super) const NUMBERS: &[&str] = &[
    "comment_karma",
    "post_karma",
    "link_karma",
    "combined_karma",
    "comment_subreddit_karma",
    "post_subreddit_karma",
    "combined_subreddit_karma",
    "contributor_quality",
];

/// Other checks, by group.
pub(super) const fn checks(group: Group) -> &'static [&'static str] {
    match group {
        Group::Item => &[
            "type",
            "standard",
            "reports",
            "body_longer_than",
            "body_shorter_than",
            "is_top_level",
            "is_edited",
            "is_original_content",
            "is_poll",
            "is_gallery",
            "is_meta_discussion",
            "discussion_type",
            "past_archive_date",
            "is_nsfw",
        ],
        Group::Parent => &[
            "reports",
            "body_longer_than",
            "body_shorter_than",
            "is_edited",
            "is_original_content",
            "is_poll",
            "is_gallery",
            "is_meta_discussion",
            "discussion_type",
            "past_archive_date",
            "is_nsfw",
        ],
        Group::Person => &[
            "account_age",
            "has_verified_email",
            "is_gold",
            "is_submitter",
            "is_contributor",
            "is_moderator",
            "is_participant",
        ],
        Group::Place => &["is_nsfw", "event_label"],
    }
}

/// What a rule does, by group.
pub(super) const fn deeds(group: Group) -> &'static [&'static str] {
    match group {
        Group::Item => &[
            "action",
            "comment",
            "message",
            "modmail",
            "set_flair",
            "set_locked",
            "set_sticky",
            "set_nsfw",
            "set_spoiler",
            "set_contest_mode",
            "set_original_content",
            "set_suggested_sort",
            "set_post_crowd_control_level",
        ],
        Group::Parent => &[
            "action",
            "set_flair",
            "set_locked",
            "set_sticky",
            "set_nsfw",
            "set_spoiler",
            "set_contest_mode",
            "set_original_content",
            "set_suggested_sort",
            "set_post_crowd_control_level",
        ],
        // The documentation itself shows `action` here; it is the post that is acted on.
        Group::Person => &["set_flair", "action"],
        Group::Place => &[],
    }
}

/// Keys that change how others work.
pub(super) const ASIDES: &[&str] = &[
    "priority",
    "moderators_exempt",
    "ignore_blockquotes",
    "satisfy_any_threshold",
    "overwrite_flair",
    "action_reason",
    "report_reason",
    "comment_locked",
    "comment_stickied",
    "modmail_subject",
    "message_subject",
];

/// Keys that mean nothing without another one.
pub(super) const NEEDS: &[(&str, &str)] = &[
    ("comment_locked", "comment"),
    ("comment_stickied", "comment"),
    ("modmail_subject", "modmail"),
    ("message_subject", "message"),
    ("overwrite_flair", "set_flair"),
    ("action_reason", "action"),
];

/// Keys that few other formats have: two of them, and one that acts, make a file a set of rules.
pub(super) const MARKS: &[&str] = &[
    "action_reason",
    "report_reason",
    "moderators_exempt",
    "set_flair",
    "overwrite_flair",
    "set_locked",
    "set_sticky",
    "set_nsfw",
    "set_suggested_sort",
    "modmail",
    "modmail_subject",
    "message_subject",
    "comment_stickied",
    "comment_locked",
    "body_shorter_than",
    "body_longer_than",
    "is_top_level",
    "ignore_blockquotes",
    "parent_submission",
    "crosspost_author",
    "crosspost_subreddit",
];
