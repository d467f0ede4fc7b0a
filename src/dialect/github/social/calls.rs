//! Calls of social networks in a script: addresses of their interfaces, and functions of the usual
//! libraries. One row each; what a row does not name is not claimed.

use super::script::{Command, Line, Script};
use crate::model::{AudienceKind, Site, Text, Verb};

/// An act that a script performs by itself.
pub(super) struct Call {
    /// What.
    pub(super) verb: Verb,
    /// To whom.
    pub(super) whom: Option<AudienceKind>,
    /// To whom by name.
    pub(super) of: Vec<Text>,
    /// Where.
    pub(super) site: Site,
    /// How many at most, where the script cuts its list.
    pub(super) most: Option<f64>,
}

/// Functions of libraries, in lower case, and what they do.
const FUNCTIONS: &[(&str, Verb)] = &[
    // GitHub: PyGithub, Octokit.
    (".add_to_following(", Verb::Follow),
    (".remove_from_following(", Verb::Unfollow),
    ("users.follow(", Verb::Follow),
    ("users.unfollow(", Verb::Unfollow),
    ("put /user/following/", Verb::Follow),
    ("delete /user/following/", Verb::Unfollow),
    ("put /user/starred/", Verb::Star),
    (".add_to_starred(", Verb::Star),
    ("starrepoforauthenticateduser(", Verb::Star),
    // X: Tweepy and its relatives.
    ("create_friendship(", Verb::Follow),
    ("destroy_friendship(", Verb::Unfollow),
    (".unfollow_user(", Verb::Unfollow),
    (".follow_user(", Verb::Follow),
    ("create_tweet(", Verb::Post),
    ("update_status(", Verb::Post),
    ("statuses/update", Verb::Post),
    (".v2.tweet(", Verb::Post),
    (".retweet(", Verb::Repost),
    ("create_favorite(", Verb::Like),
    ("send_direct_message(", Verb::Dm),
    // The fediverse: Mastodon.py, masto.js.
    ("account_follow(", Verb::Follow),
    ("account_unfollow(", Verb::Unfollow),
    ("status_post(", Verb::Post),
    (".toot(", Verb::Post),
    ("status_reblog(", Verb::Repost),
    ("status_favourite(", Verb::Like),
    // Bluesky: atproto.
    ("app.bsky.graph.follow", Verb::Follow),
    ("app.bsky.feed.post", Verb::Post),
    (".send_post(", Verb::Post),
    (".delete_follow(", Verb::Unfollow),
    // Instagram: instagrapi, InstaPy.
    (".user_follow(", Verb::Follow),
    (".user_unfollow(", Verb::Unfollow),
    (".follow_user_followers(", Verb::Follow),
    (".follow_by_tags(", Verb::Follow),
    (".unfollow_users(", Verb::Unfollow),
    // Reddit: PRAW.
    ("subreddit.submit(", Verb::Post),
];

/// Addresses, in lower case, and what writing to them and deleting there does.
const ADDRESSES: &[(&str, Option<Verb>, Option<Verb>)] = &[
    ("user/following/", Some(Verb::Follow), Some(Verb::Unfollow)),
    ("user/starred/", Some(Verb::Star), None),
    ("api.twitter.com/2/tweets", Some(Verb::Post), None),
    ("api.x.com/2/tweets", Some(Verb::Post), None),
    ("/api/v1/statuses", Some(Verb::Post), None),
    ("com.atproto.repo.createrecord", Some(Verb::Post), None),
    ("api.linkedin.com/v2/ugcposts", Some(Verb::Post), None),
    ("api.linkedin.com/rest/posts", Some(Verb::Post), None),
    ("oauth.reddit.com/api/submit", Some(Verb::Post), None),
];

/// How scripts say that they write: `curl -X PUT`, `requests.post(`, `method: 'PUT'`.
const WRITES: &[&str] = &[
    "-x put",
    "-x post",
    "-xput",
    "-xpost",
    "--request put",
    "--request post",
    "--method put",
    "--method post",
    ".put(",
    ".post(",
    "\"put\"",
    "'put'",
    "\"post\"",
    "'post'",
    " -d ",
    "--data",
    " -f ",
    "--form",
];
const DELETES: &[&str] =
    &["-x delete", "-xdelete", "--request delete", "--method delete", ".delete(", "\"delete\"", "'delete'"];

/// The calls of a script, each kind once.
pub(super) fn calls(script: &Script) -> Vec<Call> {
    let shell = script.commands.iter().filter(|command| !prints(command)).map(Command::line);
    let lines: Vec<Line> =
        shell.chain(script.code.iter().filter(|line| !is_comment(&line.text)).cloned()).collect();
    let lower: Vec<String> = lines.iter().map(|line| line.text.to_ascii_lowercase()).collect();
    let all = lower.join("\n");
    let mut found: Vec<Call> = Vec::new();
    let mut add = |verb, place: Option<&Line>| {
        let Some(line) = place else { return };
        if found.iter().all(|call| call.verb != verb) {
            let (whom, of) = people(verb, line, &all);
            found.push(Call { verb, whom, of, site: line.site, most: cut(&all) });
        }
    };
    for (at, line) in lower.iter().enumerate() {
        for (name, verb) in FUNCTIONS {
            if line.contains(name) {
                add(*verb, lines.get(at));
            }
        }
        for (address, writes, deletes) in ADDRESSES {
            if !line.contains(address) {
                continue;
            }
            // The address may be put together on a line of its own.
            let here = |marks: &[&str]| marks.iter().any(|mark| line.contains(mark));
            let near = |marks: &[&str]| {
                here(marks) || (!here(WRITES) && !here(DELETES) && holds(&script.code, marks))
            };
            if let Some(verb) = deletes.filter(|_| near(DELETES)) {
                add(verb, lines.get(at));
            }
            if let Some(verb) = writes.filter(|_| near(WRITES)) {
                add(verb, lines.get(at));
            }
        }
    }
    found
}

impl Command {
    /// The command as one line of text.
    pub(super) fn line(&self) -> Line {
        Line { text: self.words.join(" "), site: self.site }
    }
}

fn prints(command: &Command) -> bool {
    command.words.first().is_some_and(|word| matches!(word.as_str(), "echo" | "printf" | "git"))
}

fn is_comment(text: &str) -> bool {
    text.starts_with('#') || text.starts_with("//")
}

fn holds(code: &[Line], marks: &[&str]) -> bool {
    code.iter().any(|line| {
        let text = line.text.to_ascii_lowercase();
        marks.iter().any(|mark| text.contains(mark))
    })
}

/// To whom: a name in the address, else where the script gets its names from.
fn people(verb: Verb, line: &Line, all: &str) -> (Option<AudienceKind>, Vec<Text>) {
    let text = |name: &str| vec![Text { text: name.to_owned(), site: line.site }];
    if line.text.split_once("user/following/").is_some_and(|(_, name)| is_whoever_did_it(name)) {
        return (Some(AudienceKind::Initiator), Vec::new());
    }
    if let Some(name) = segment(&line.text, "user/following/") {
        return (Some(AudienceKind::Named), text(name));
    }
    if let Some(name) = repository(&line.text) {
        return (Some(AudienceKind::Named), text(name));
    }
    match verb {
        Verb::Unfollow => {
            let compares =
                ["not in ", "comm -", "grep -v", "difference(", "set(", ".includes(", ".has(", "- followers"];
            let both = all.contains("followers") && all.contains("following");
            (both && compares.iter().any(|mark| all.contains(mark)))
                .then_some((Some(AudienceKind::NonFollowers), Vec::new()))
        }
        Verb::Follow => {
            let somebody = all.lines().find_map(|line| segment_before(line, "users/", "/followers"));
            match somebody {
                Some(name) => Some((Some(AudienceKind::FollowersOf), text(name))),
                None if all.contains("search/users") => Some((Some(AudienceKind::Search), Vec::new())),
                None if all.contains("stargazers") => Some((Some(AudienceKind::EngagersOf), Vec::new())),
                None if all.contains("user/followers") || all.contains("get_followers()") => {
                    Some((Some(AudienceKind::OwnFollowers), Vec::new()))
                }
                None => None,
            }
        }
        _ => None,
    }
    .unwrap_or_default()
}

/// Whether an expression stands for the account that set the workflow off.
fn is_whoever_did_it(name: &str) -> bool {
    const ACTORS: &[&str] =
        &["github.actor", "github.triggering_actor", "github.event.sender.login", "github_actor"];
    let name = name.trim_start_matches(['$', '{', '"', '\'', ' ']).to_ascii_lowercase();
    ACTORS.iter().any(|actor| name.starts_with(actor))
}

/// A name that is written out behind a part of an address.
fn segment<'t>(text: &'t str, before: &str) -> Option<&'t str> {
    let rest = text.split_once(before)?.1;
    let end = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '-')).unwrap_or(rest.len());
    // `{login}` and `$user` are no names, nor is `abc$x`.
    let name = rest.get(..end).filter(|name| !name.is_empty())?;
    (!rest.get(end..)?.starts_with(['$', '{'])).then_some(name)
}

/// A repository that is written out in an address for stars: `user/starred/kim/kettles`.
fn repository(text: &str) -> Option<&str> {
    let rest = text.split_once("user/starred/")?.1;
    let belongs = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/');
    let end = rest.find(|letter: char| !belongs(letter)).unwrap_or(rest.len());
    let name = rest.get(..end)?.trim_end_matches(['/', '.']);
    let whole = name.split('/').filter(|part| !part.is_empty()).count() == 2;
    (whole && !rest.get(end..)?.starts_with(['$', '{'])).then_some(name)
}

/// A name that is written out between two parts of an address.
fn segment_before<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let name = segment(text, before)?;
    text.split_once(before)?.1.get(name.len()..)?.starts_with(after).then_some(name)
}

/// How many at most: `head -n 20`, `[:20]`, `slice(0, 20)`.
fn cut(all: &str) -> Option<f64> {
    ["head -n ", "head -n", "head -", "[:", "slice(0, ", "slice(0,"].iter().find_map(|mark| {
        let (_, rest) = all.split_once(mark)?;
        let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..end)?.parse().ok()
    })
}
