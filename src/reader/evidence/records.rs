//! Data of a site rather than settings of a bot: lists of people, posts and messages as a table or a test keeps them, with
//! counts, authors and times of each. Settings say what shall be done and have no such fields.

use crate::dialect::{Candidate, number_in};
use crate::syntax::{Kind, NodeRef};

/// What tables of a site are called.
const TABLES: &[&str] = &[
    "accounts",
    "activities",
    "albums",
    "articles",
    "chats",
    "comments",
    "conversations",
    "events",
    "feed",
    "followers",
    "following",
    "friends",
    "groups",
    "items",
    "likes",
    "members",
    "messages",
    "notifications",
    "people",
    "photos",
    "posts",
    "profiles",
    "reactions",
    "replies",
    "statuses",
    "stories",
    "threads",
    "timeline",
    "tweets",
    "users",
    "videos",
];

/// Fields that count something of a record.
const COUNTS: &[&str] = &[
    "comments",
    "favorites",
    "favourites",
    "followers",
    "following",
    "likes",
    "posts",
    "reblogs",
    "replies",
    "reposts",
    "retweets",
    "score",
    "shares",
    "upvotes",
    "views",
    "votes",
];

/// Fields that tell whose a record is, or when it was made.
const ORIGINS: &[&str] = &[
    "author",
    "authorid",
    "createdat",
    "from",
    "ownerid",
    "postedat",
    "postid",
    "sender",
    "timestamp",
    "updatedat",
    "userid",
];

/// Folders in which test data stands.
const FOLDERS: &[&str] = &[
    "__fixtures__",
    "__mocks__",
    "fixtures",
    "mock",
    "mockdata",
    "mocks",
    "seed",
    "seeds",
    "test_data",
    "testdata",
    "test-data",
];

/// Records of a list that are looked at: they are all alike.
const ITEMS: usize = 10;
/// Entries of a mapping that are looked at.
const KEYS: usize = 200;
/// Lists and fields that tell a table; among test data less will do.
const ENOUGH: (usize, usize) = (2, 3);
const ENOUGH_IN_FOLDER: (usize, usize) = (1, 1);

/// Whether a file holds the records of a site.
pub(super) fn are_data(candidate: &Candidate<'_>) -> bool {
    let folders = candidate.path.parent().into_iter().flat_map(|path| path.iter());
    let in_folder = folders.filter_map(|name| name.to_str()).any(|name| FOLDERS.contains(&name));
    let (lists, fields) = if in_folder { ENOUGH_IN_FOLDER } else { ENOUGH };
    candidate.tree.documents().any(|document| {
        // A wrapper such as `data` may stand around the tables.
        let inner = document.entries().take(KEYS).map(|entry| entry.value);
        let inner = inner.filter(|value| value.kind() == Kind::Mapping);
        [document].into_iter().chain(inner).any(|part| {
            let tables: Vec<NodeRef<'_>> = tables(part).collect();
            let mut found: Vec<String> = tables.iter().flat_map(|table| fields_of(*table)).collect();
            found.sort();
            found.dedup();
            tables.len() >= lists && found.len() >= fields
        })
    })
}

/// Lists of records under the name of a table.
fn tables(part: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    let named = part.entries().take(KEYS).filter(|entry| TABLES.contains(&folded(entry.key.text()).as_str()));
    named.map(|entry| entry.value).filter(|value| {
        value.kind() == Kind::Sequence
            && value.items().next().is_some()
            && value.items().take(ITEMS).all(|item| item.kind() == Kind::Mapping)
    })
}

/// The fields that only records have: counts that are numbers or lists of records, and origins.
fn fields_of(table: NodeRef<'_>) -> impl Iterator<Item = String> {
    let entries = table.items().take(ITEMS).flat_map(|item| item.entries().take(KEYS));
    entries.filter_map(|entry| {
        let name = folded(entry.key.text());
        let counted = match entry.value.kind() {
            Kind::Scalar => number_in(entry.value.text()).is_some(),
            Kind::Sequence => entry.value.items().next().is_some_and(|item| item.kind() == Kind::Mapping),
            Kind::Mapping => false,
        };
        let count = name.strip_suffix("count").map_or(name.as_str(), |of| of.trim_end_matches('s'));
        let is_count = counted
            && (COUNTS.contains(&name.as_str())
                || COUNTS.iter().any(|one| one.trim_end_matches('s') == count));
        (is_count || ORIGINS.contains(&name.as_str())).then_some(name)
    })
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
