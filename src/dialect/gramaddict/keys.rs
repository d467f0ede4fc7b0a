//! The keys of GramAddict and of its forks that matter for conduct, and what each means.

use super::account::Naming;
use super::deed::Deed;
use crate::model::{AudienceKind, LimitKind, SwitchKind, Verb};

/// What a job does to its audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Does {
    /// Whatever the percentages say: follow, like, comment, write, watch.
    Interacts,
    /// Likes, as many as the key says.
    Likes,
    /// This, to as many as the key says.
    Only(Verb),
    /// Writes to people who followed, as many as the key says.
    Welcomes,
}

/// A job: its key, whom it visits, what it does.
pub(super) type Job = (&'static str, AudienceKind, Does);

/// Every job.
pub(super) static JOBS: &[Job] = &[
    ("blogger-followers", AudienceKind::FollowersOf, Does::Interacts),
    ("blogger-following", AudienceKind::FollowingOf, Does::Interacts),
    ("blogger-post-likers", AudienceKind::EngagersOf, Does::Interacts),
    ("blogger", AudienceKind::Named, Does::Interacts),
    ("interact-usernames", AudienceKind::Named, Does::Interacts),
    ("hashtag-likers", AudienceKind::Search, Does::Interacts),
    ("hashtag-likers-top", AudienceKind::Search, Does::Interacts),
    ("hashtag-likers-recent", AudienceKind::Search, Does::Interacts),
    ("hashtag-posts-top", AudienceKind::Search, Does::Interacts),
    ("hashtag-posts-recent", AudienceKind::Search, Does::Interacts),
    ("place-likers-top", AudienceKind::Search, Does::Interacts),
    ("place-likers-recent", AudienceKind::Search, Does::Interacts),
    ("place-posts-top", AudienceKind::Search, Does::Interacts),
    ("place-posts-recent", AudienceKind::Search, Does::Interacts),
    ("interact-from-file", AudienceKind::List, Does::Interacts),
    ("posts-from-file", AudienceKind::List, Does::Likes),
    ("like-from-urls", AudienceKind::List, Does::Likes),
    ("feed", AudienceKind::OwnFollowing, Does::Likes),
    ("unfollow", AudienceKind::FollowedByTool, Does::Only(Verb::Unfollow)),
    ("unfollow-any", AudienceKind::OwnFollowing, Does::Only(Verb::Unfollow)),
    ("unfollow-non-followers", AudienceKind::NonFollowers, Does::Only(Verb::Unfollow)),
    ("unfollow-any-non-followers", AudienceKind::NonFollowers, Does::Only(Verb::Unfollow)),
    ("unfollow-any-followers", AudienceKind::OwnFollowing, Does::Only(Verb::Unfollow)),
    ("unfollow-from-file", AudienceKind::List, Does::Only(Verb::Unfollow)),
    ("unfollow-from-list", AudienceKind::List, Does::Only(Verb::Unfollow)),
    ("remove-followers-from-file", AudienceKind::List, Does::Only(Verb::RemoveFollower)),
    ("remove-followers-from-list", AudienceKind::List, Does::Only(Verb::RemoveFollower)),
    ("welcoming", AudienceKind::Initiator, Does::Welcomes),
    ("dm-followback", AudienceKind::Initiator, Does::Welcomes),
];

/// Everything that jobs do, with the limits they share.
pub(super) static DEEDS: &[Deed] = &[
    Deed {
        verb: Verb::Follow,
        by: &["follow-percentage"],
        unless_off: &["do-follow", "follows-count"],
        count: None,
        total: "total-follows-limit",
        usual: Some(50.0),
        daily: &["daily-follows-cap", "total-follows-limit-daily"],
        limits: &[("follow-limit", LimitKind::PerSource)],
        others: &[],
        words: "follows anybody",
    },
    Deed {
        verb: Verb::Like,
        by: &["likes-percentage", "likes-count"],
        unless_off: &["do-like"],
        count: Some("likes-count"),
        total: "total-likes-limit",
        usual: Some(300.0),
        daily: &["daily-likes-cap", "total-likes-limit-daily"],
        limits: &[],
        others: &[],
        words: "likes anything",
    },
    Deed {
        verb: Verb::Dm,
        by: &["pm-percentage"],
        unless_off: &["do-pm"],
        count: None,
        total: "total-pm-limit",
        usual: Some(300.0),
        daily: &["daily-pm-cap", "total-pm-limit-daily"],
        limits: &[],
        others: &[],
        words: "sends messages",
    },
    Deed {
        verb: Verb::Comment,
        by: &["comment-percentage", "comments-percentage"],
        unless_off: &["do-comment", "max-comments-pro-user", "comments-count"],
        count: Some("max-comments-pro-user"),
        total: "total-comments-limit",
        usual: Some(300.0),
        daily: &["daily-comments-cap", "total-comments-limit-daily"],
        limits: &[("comment-cooldown-days", LimitKind::Cooldown)],
        others: &[],
        words: "comments",
    },
    Deed {
        verb: Verb::ViewStory,
        by: &["stories-count"],
        unless_off: &["stories-percentage", "do-watch-stories"],
        count: Some("stories-count"),
        total: "total-watches-limit",
        usual: Some(50.0),
        daily: &[],
        limits: &[],
        others: &[],
        words: "looks at stories",
    },
    Deed {
        verb: Verb::Unfollow,
        by: &[],
        unless_off: &["do-unfollow", "unfollows-count"],
        count: None,
        total: "total-unfollows-limit",
        usual: Some(50.0),
        daily: &["daily-unfollows-cap", "total-unfollows-limit-daily"],
        limits: &[],
        others: &["unfollow-delay", "min-following"],
        words: "unfollows anybody",
    },
];

/// Limits on the people that a session visits, whatever it does to them.
pub(super) static PEOPLE: &[&str] = &["total-successful-interactions-limit", "total-interactions-limit"];

/// The keys about the account.
pub(super) static NAMING: Naming = Naming {
    again_after: "can-reinteract-after",
    hours: "working-hours",
    switches: &[
        ("rotate-ip", SwitchKind::RotateIdentity),
        ("ensure-vpn", SwitchKind::RotateIdentity),
        ("use-vpn", SwitchKind::RotateIdentity),
        ("relog-after-block", SwitchKind::EvadesBlock),
        ("disable-block-detection", SwitchKind::DisableBlockDetection),
        ("use-cloned-app", SwitchKind::ClonedApp),
        ("cloned-app-mode", SwitchKind::ClonedApp),
        ("randomize-actions", SwitchKind::RandomDelay),
        ("randomize-sleep", SwitchKind::RandomDelay),
    ],
};

/// Keys of which a configuration has at least two. Words that other tools use alone are not among them.
pub(super) static MARKS: &[&str] = &[
    "blogger-followers",
    "blogger-following",
    "blogger-post-likers",
    "hashtag-likers-top",
    "hashtag-likers-recent",
    "hashtag-posts-top",
    "hashtag-posts-recent",
    "place-likers-top",
    "place-likers-recent",
    "place-posts-top",
    "place-posts-recent",
    "interact-from-file",
    "posts-from-file",
    "unfollow-any",
    "unfollow-non-followers",
    "unfollow-any-non-followers",
    "unfollow-any-followers",
    "unfollow-from-file",
    "remove-followers-from-file",
    "unfollow-delay",
    "interact-percentage",
    "follow-percentage",
    "likes-percentage",
    "stories-percentage",
    "comment-percentage",
    "pm-percentage",
    "likes-count",
    "total-likes-limit",
    "total-follows-limit",
    "total-unfollows-limit",
    "total-interactions-limit",
    "working-hours",
    "speed-multiplier",
];

/// Keys of which a file of filters has at least two.
pub(super) static FILTER_MARKS: &[&str] = &[
    "skip_if_private",
    "skip_if_public",
    "skip_business",
    "skip_non_business",
    "skip_following",
    "skip_follower",
    "skip_if_link_in_bio",
    "min_potency_ratio",
    "max_potency_ratio",
    "follow_private_or_empty",
    "pm_to_private_or_empty",
    "comment_blogger_followers",
];

/// Words of which every file with enough marks holds one.
pub(super) static HINTS: &[&str] = &[
    "blogger-",
    "hashtag-",
    "place-",
    "-from-file",
    "unfollow-",
    "-percentage",
    "likes-count",
    "s-limit",
    "working-hours",
    "speed-multiplier",
    "skip_",
    "potency_ratio",
    "private_or_empty",
    "comment_blogger",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_holds_a_hint() {
        for mark in MARKS.iter().chain(FILTER_MARKS) {
            assert!(HINTS.iter().any(|hint| mark.contains(hint)), "{mark}");
        }
    }
}
