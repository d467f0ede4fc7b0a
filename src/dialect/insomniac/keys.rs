//! The parameters of Insomniac that matter for conduct, and what each means.

use crate::dialect::gramaddict::account::Naming;
use crate::dialect::gramaddict::deed::Deed;
use crate::model::{Audience, AudienceKind, LimitKind, SwitchKind, Text, Verb};

/// What jobs do to the people they visit.
pub(super) static DEEDS: &[Deed] = &[
    Deed {
        verb: Verb::Follow,
        by: &["follow_percentage"],
        unless_off: &[],
        count: None,
        total: "total_follow_limit",
        usual: None,
        daily: &[],
        limits: &[("follow_limit_per_source", LimitKind::PerSource), ("follow_limit", LimitKind::PerSource)],
        others: &["max_following"],
        words: "follows anybody",
    },
    Deed {
        verb: Verb::Like,
        by: &["likes_percentage", "likes_count"],
        unless_off: &[],
        count: Some("likes_count"),
        total: "total_likes_limit",
        usual: Some(300.0),
        daily: &[],
        limits: &[],
        others: &[],
        words: "likes anything",
    },
    Deed {
        verb: Verb::Comment,
        by: &["comment_percentage"],
        unless_off: &["comments_list"],
        count: None,
        total: "total_comments_limit",
        usual: Some(50.0),
        daily: &[],
        limits: &[],
        others: &["comments_list"],
        words: "comments",
    },
    Deed {
        verb: Verb::ViewStory,
        by: &["stories_count"],
        unless_off: &[],
        count: Some("stories_count"),
        total: "total_story_limit",
        usual: None,
        daily: &[],
        limits: &[],
        others: &[],
        words: "looks at stories",
    },
];

/// What a session unfollows, by the parameter that holds the number, and whom. The first that is on counts;
/// in old versions each kind had a number of its own.
pub(super) static UNFOLLOWS: &[(&str, AudienceKind)] = &[
    ("unfollow", AudienceKind::FollowedByTool),
    ("unfollow_non_followers", AudienceKind::NonFollowers),
    ("unfollow_any_non_followers", AudienceKind::NonFollowers),
    ("unfollow_any", AudienceKind::OwnFollowing),
];

/// The parameters about the account.
pub(super) static NAMING: Naming = Naming {
    again_after: "reinteract_after",
    hours: "working_hours",
    switches: &[("dont_indicate_softban", SwitchKind::DisableBlockDetection)],
};

/// Limits on the people that a session visits, whatever it does to them.
pub(super) static PEOPLE: &[&str] = &["total_successful_interactions_limit", "total_interactions_limit"];

/// People that a session visits for each source where no limit says so.
pub(super) const USUAL_PER_SOURCE: f64 = 70.0;

/// Sources of the tool's own examples.
pub(super) static EXAMPLES: &[&str] = &["natgeo", "amazingtrips"];

/// Whom a source stands for; `own` is the account's user name.
pub(super) fn audience_of(source: &Text, own: Option<&str>) -> Audience {
    let text = source.text.trim();
    let Some(account) = text.strip_prefix('@') else {
        let name = text.strip_prefix("P-").unwrap_or(text);
        let kinds = ["-top-likers", "-recent-likers", "-top-posts", "-recent-posts"];
        let name = kinds.iter().find_map(|kind| name.strip_suffix(kind)).unwrap_or(name);
        let of = Text { text: name.to_owned(), site: source.site };
        return Audience::new(AudienceKind::Search, source.site).of(vec![of]);
    };
    let (name, kind) = [
        ("-followers", AudienceKind::FollowersOf),
        ("-following", AudienceKind::FollowingOf),
        ("-likers", AudienceKind::EngagersOf),
    ]
    .into_iter()
    .find_map(|(suffix, kind)| Some((account.strip_suffix(suffix)?, kind)))
    .unwrap_or((account, AudienceKind::FollowersOf));
    let kind = match kind {
        AudienceKind::FollowersOf if own == Some(name) => AudienceKind::OwnFollowers,
        AudienceKind::FollowingOf if own == Some(name) => AudienceKind::OwnFollowing,
        kind => kind,
    };
    Audience::new(kind, source.site).of(vec![Text { text: name.to_owned(), site: source.site }])
}
