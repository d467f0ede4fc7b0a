//! Who is reached, where lists of people come from, and what people agreed to.

use super::words;

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
        /// Everybody in the open issues and pull requests of a tracker.
        OpenItems = "open-items",
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
