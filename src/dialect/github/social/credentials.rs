//! Which account a step speaks with, as far as the names of its variables and secrets tell. Values of
//! secrets are never looked for; names are judged word by word.

use super::words::{any_of, words};
use crate::dialect::github::workflow::Step;
use crate::model::{Auth, Secret, SecretKind, Site, Stated, Text};
use crate::syntax::{Entry, Kind, NodeRef};

/// A variable that a step sees, or an input that it hands to an action.
pub(super) struct Variable<'w> {
    /// Its name as written.
    pub(super) name: &'w str,
    /// The words of the name.
    pub(super) words: Vec<String>,
    /// Its value.
    pub(super) node: NodeRef<'w>,
    /// Where the value stands.
    pub(super) site: Site,
    /// The secret that it holds; empty where each job of a matrix has its own.
    pub(super) secret: Option<&'w str>,
}

/// An account on a platform.
#[derive(Clone, Debug)]
pub(super) struct Credential {
    /// The platform.
    pub(super) platform: &'static str,
    /// The secret that it signs in with.
    pub(super) secret: Option<String>,
    /// Where that is named.
    pub(super) site: Site,
    /// Its handle, where it is written out.
    pub(super) handle: Stated<String>,
    /// How it signs in.
    pub(super) auth: Stated<Auth>,
}

/// Words by which names of variables speak of a platform.
const PLATFORMS: &[(&str, &[&str])] = &[
    ("twitter", &["twitter", "tweepy", "tweet", "twit", "twtr"]),
    ("mastodon", &["mastodon", "masto", "mstdn", "toot", "fediverse", "pleroma"]),
    ("bluesky", &["bluesky", "bsky", "atproto", "atp"]),
    ("instagram", &["instagram", "insta", "ig"]),
    ("linkedin", &["linkedin"]),
    ("reddit", &["reddit", "praw"]),
    ("facebook", &["facebook"]),
    ("tiktok", &["tiktok"]),
    ("misskey", &["misskey"]),
    ("nostr", &["nostr", "nsec"]),
    ("farcaster", &["farcaster", "neynar", "warpcast"]),
    ("lemmy", &["lemmy"]),
    ("pixelfed", &["pixelfed"]),
    ("pinterest", &["pinterest"]),
    ("tumblr", &["tumblr"]),
    ("twitch", &["twitch"]),
    ("threads", &["threads"]),
    ("weibo", &["weibo"]),
    ("vk", &["vk", "vkontakte"]),
    ("hive", &["hive", "steem", "steemit"]),
    ("soundcloud", &["soundcloud"]),
    ("goodreads", &["goodreads"]),
    ("strava", &["strava"]),
];

/// Words that make a variable a credential.
const CREDENTIAL: &[&str] = &[
    "auth",
    "bearer",
    "consumer",
    "cookie",
    "cookies",
    "credential",
    "credentials",
    "email",
    "handle",
    "id",
    "identifier",
    "key",
    "login",
    "pass",
    "passwd",
    "password",
    "pat",
    "pw",
    "secret",
    "session",
    "sessionid",
    "token",
    "user",
    "username",
];

/// Platforms on which a password, or a browser's session, is how people sign in and not how bots do.
const FOR_PEOPLE: &[&str] = &["facebook", "instagram", "linkedin", "tiktok", "twitter"];

/// The token that every workflow gets; it belongs to nobody, and cannot follow.
const OWN_TOKEN: &str = "GITHUB_TOKEN";

/// The variables of a step, the nearest ones first, and the inputs that it hands to an action.
pub(super) fn variables<'w>(step: &Step<'w>) -> Vec<Variable<'w>> {
    let scopes = [step.node, step.job.value, step.workflow.root];
    let variables = scopes.into_iter().filter_map(|scope| scope.get("env")).flat_map(NodeRef::entries);
    let entries = step.inputs().filter(|input| input.key.text() != "script").chain(variables);
    let mut found: Vec<Variable<'w>> = Vec::new();
    for Entry { key, value } in entries.filter(|entry| entry.value.kind() == Kind::Scalar) {
        let name = key.text();
        if found.iter().all(|known| known.name != name) {
            let secret = secret_in(value.text());
            found.push(Variable { name, words: words(name), node: value, site: step.site_of(value), secret });
        }
    }
    found
}

/// The name of the first secret in an expression.
fn secret_in(text: &str) -> Option<&str> {
    if text.contains("secrets[") {
        return Some("");
    }
    let (_, rest) = text.split_once("secrets.")?;
    let end = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(rest.len());
    rest.get(..end).filter(|name| !name.is_empty())
}

impl Variable<'_> {
    /// The platform whose credential it is.
    fn platform(&self) -> Option<&'static str> {
        let secret = words(self.secret.unwrap_or(""));
        if self.secret == Some(OWN_TOKEN) || !(self.secret.is_some() || any_of(&self.words, CREDENTIAL)) {
            return None;
        }
        [&self.words, &secret].into_iter().find_map(|words| platform_of(words))
    }

    /// Whether it is a token of somebody's account on GitHub.
    fn is_personal_token(&self) -> bool {
        if self.secret.is_none() {
            return SecretKind::of(self.node.text().trim()) == SecretKind::Token;
        }
        let Some(secret) = self.secret.filter(|secret| *secret != OWN_TOKEN) else { return false };
        let secret = words(secret);
        // Keys are of other services, unless their name speaks of this one.
        let is_token = |words: &[String]| {
            any_of(words, &["token", "pat", "access"])
                || any_of(words, &["key", "auth"]) && any_of(words, &["gh", "github", "git", "pat"])
        };
        let elsewhere = [&self.words, &secret].into_iter().any(|words| any_of(words, ELSEWHERE));
        !elsewhere && (is_token(&self.words) || is_token(&secret))
    }
}

/// Passwords and tokens that stand in the file instead of a secret.
pub(super) fn written_out(variables: &[Variable<'_>]) -> Vec<Secret> {
    const PROOF: &[&str] = &["cookie", "cookies", "key", "pass", "password", "secret", "sessionid", "token"];
    let literal = variables.iter().filter(|variable| !variable.node.text().contains('$'));
    let proof = literal.filter(|variable| any_of(&variable.words, PROOF));
    let known = proof.filter(|variable| variable.platform().is_some() || variable.is_personal_token());
    known.filter_map(|variable| Secret::new(variable.name, variable.node.text(), variable.site)).collect()
}

/// Services whose tokens are none of GitHub.
const ELSEWHERE: &[&str] = &[
    "anthropic",
    "api",
    "aws",
    "azure",
    "cloudflare",
    "codecov",
    "discord",
    "docker",
    "gcp",
    "gemini",
    "google",
    "groq",
    "netlify",
    "notion",
    "npm",
    "openai",
    "pypi",
    "sentry",
    "slack",
    "spotify",
    "supabase",
    "telegram",
    "vercel",
    "youtube",
];

fn platform_of(words: &[String]) -> Option<&'static str> {
    let known = PLATFORMS.iter().find(|(_, marks)| any_of(words, marks)).map(|(platform, _)| *platform);
    known.or_else(|| {
        // `X_API_KEY` and `CONSUMER_KEY`, but not any variable with a letter x.
        let x = words.first().is_some_and(|first| first == "x") && any_of(words, CREDENTIAL);
        let consumer = any_of(words, &["consumer"]) && any_of(words, &["key", "secret", "token"]);
        (x || consumer).then_some("twitter")
    })
}

/// The accounts that a step holds credentials of, one for each platform; GitHub only where there is no other.
pub(super) fn credentials(variables: &[Variable<'_>], scripts: &[&str]) -> Vec<Credential> {
    let mut found: Vec<Credential> = Vec::new();
    for variable in variables {
        if let Some(platform) = variable.platform()
            && found.iter().all(|known| known.platform != platform)
        {
            let all: Vec<_> = variables.iter().filter(|other| other.platform() == Some(platform)).collect();
            found.push(credential(platform, &all, variable.site));
        }
    }
    if found.is_empty() {
        let personal: Vec<_> = variables.iter().filter(|variable| variable.is_personal_token()).collect();
        if let Some(first) = personal.first() {
            let mut github = credential("github", &personal, first.site);
            github.auth = Stated::Known(Auth::UserToken, first.site);
            github.handle = handle(variables.iter(), "github");
            found.push(github);
        } else if let Some(secret) = scripts.iter().find_map(|text| secret_in(text))
            && let Some(first) = variables.first().map(|variable| variable.site)
            && !secret.is_empty()
            && secret != OWN_TOKEN
            && platform_of(&words(secret)).is_none()
            && !any_of(&words(secret), ELSEWHERE)
        {
            found
                .push(Credential { secret: Some(secret.to_owned()), ..Credential::unknown("github", first) });
        }
    }
    found
}

impl Credential {
    /// An account of which nothing but the platform is known.
    pub(super) const fn unknown(platform: &'static str, site: Site) -> Self {
        Self { platform, secret: None, site, handle: Stated::Absent, auth: Stated::Absent }
    }
}

fn credential(platform: &'static str, all: &[&Variable<'_>], site: Site) -> Credential {
    // What proves who it is comes before what only names it.
    const STRONGEST_FIRST: &[&[&str]] = &[&["token", "pat"], &["password", "pass"], &["key", "secret"], &[]];
    let strongest = STRONGEST_FIRST.iter().find_map(|marks| {
        all.iter().find(|variable| {
            variable.secret.is_some() && (marks.is_empty() || any_of(&variable.words, marks))
        })
    });
    let secret = strongest.and_then(|variable| variable.secret).filter(|secret| !secret.is_empty());
    let secret = secret.map(str::to_owned);
    Credential {
        platform,
        secret,
        site: strongest.map_or(site, |variable| variable.site),
        handle: handle(all.iter().copied(), platform),
        auth: auth(platform, all),
    }
}

/// The handle, where it is written out.
fn handle<'v, 'w: 'v>(variables: impl Iterator<Item = &'v Variable<'w>>, platform: &str) -> Stated<String> {
    let mut named = variables.filter(|variable| {
        let is_name = any_of(&variable.words, &["handle", "username"])
            || (any_of(&variable.words, &["user"]) && variable.words.len() <= 2);
        is_name && (platform != "github" || any_of(&variable.words, &["gh", "github", "my", "own"]))
    });
    match named.next() {
        Some(variable) if variable.node.text().contains("${{") => Stated::Unknown(variable.site),
        Some(variable) => Stated::Known(variable.node.text().trim().to_owned(), variable.site),
        None => Stated::Absent,
    }
}

/// How it signs in: by password or a browser's session where it holds nothing that is made for programs.
fn auth(platform: &str, all: &[&Variable<'_>]) -> Stated<Auth> {
    let has = |marks: &[&str]| all.iter().find(|variable| any_of(&variable.words, marks));
    let for_programs = has(&["token", "consumer", "client", "app", "api", "bearer"]).is_some();
    if !FOR_PEOPLE.contains(&platform) || for_programs {
        return Stated::Absent;
    }
    let password = has(&["password", "pass", "passwd", "pw"]).map(|found| (Auth::Password, found.site));
    let session =
        has(&["cookie", "cookies", "session", "sessionid"]).map(|found| (Auth::UserToken, found.site));
    password.or(session).map_or(Stated::Absent, |(auth, site)| Stated::Known(auth, site))
}

/// The identities of a matrix whose jobs each pick a secret of their own: `secrets[matrix.token]`.
pub(super) fn matrix_identities(step: &Step<'_>, variables: &[Variable<'_>]) -> Vec<Text> {
    let picked = variables.iter().find(|variable| variable.secret == Some(""));
    let name = picked.and_then(|variable| {
        let (_, rest) = variable.node.text().split_once("secrets[")?.1.split_once("matrix.")?;
        let end = rest.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '-')));
        rest.get(..end.unwrap_or(rest.len()))
    });
    let matrix = step.job.value.get("strategy").and_then(|strategy| strategy.get("matrix"));
    let (Some(name), Some(matrix)) = (name, matrix) else { return Vec::new() };
    let listed = matrix.get(name).into_iter().flat_map(NodeRef::items);
    let included =
        matrix.get("include").into_iter().flat_map(NodeRef::items).filter_map(|item| item.get(name));
    let all = listed.chain(included).filter(|node| node.kind() == Kind::Scalar);
    let mut found: Vec<Text> = Vec::new();
    for node in all.take(MAX_IDENTITIES) {
        if found.iter().all(|known| known.text != node.text()) {
            found.push(Text { text: node.text().to_owned(), site: step.site_of(node) });
        }
    }
    found
}

/// As many identities as are looked at.
const MAX_IDENTITIES: usize = 256;

/// The identities whose credentials differ only in a number or in what follows: `KEY_ANN`, `KEY_BEN`, …
pub(super) fn identities(variables: &[Variable<'_>], fewest: usize) -> Vec<Text> {
    let mut best: Vec<Text> = Vec::new();
    let stems = variables.iter().take(MAX_IDENTITIES).filter_map(stem);
    let mut seen: Vec<String> = Vec::new();
    for (stem, _) in stems {
        if seen.contains(&stem) {
            continue;
        }
        let mut of_stem: Vec<Text> = Vec::new();
        for variable in variables.iter().take(MAX_IDENTITIES) {
            let Some((_, who)) = self::stem(variable).filter(|(other, _)| *other == stem) else { continue };
            // A number alone tells a reader nothing.
            let who = if who.parse::<u32>().is_ok() { variable.name.to_owned() } else { who };
            if of_stem.iter().all(|known| known.text != who) {
                of_stem.push(Text { text: who, site: variable.site });
            }
        }
        if of_stem.len() >= fewest && of_stem.len() > best.len() {
            best = of_stem;
        }
        seen.push(stem);
    }
    best
}

/// Suffixes that name networks, environments or parts of one credential rather than people.
const NOBODY: &[&str] = &[
    "dev",
    "development",
    "main",
    "prod",
    "production",
    "stage",
    "staging",
    "test",
    "testing",
    "url",
    "id",
    "host",
    "hash",
    "ar",
    "de",
    "en",
    "es",
    "fr",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "us",
    "zh",
    "expiry",
    "file",
    "json",
    "path",
    "name",
    "base",
    "v",
    "new",
    "old",
    "backup",
    "fallback",
    "type",
];

/// The words of a credential's name without the one that tells whose it is, and that one.
fn stem(variable: &Variable<'_>) -> Option<(String, String)> {
    const PROOF: &[&str] = &["key", "secret", "token", "handle", "password", "user", "username", "account"];
    let words = &variable.words;
    if any_of(words, ELSEWHERE.iter().filter(|word| **word != "api").copied().collect::<Vec<_>>().as_slice())
    {
        return None;
    }
    if let Some(at) = words.iter().position(|word| word.parse::<u32>().is_ok()) {
        let rest = words.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, word)| word.as_str());
        let rest = rest.collect::<Vec<_>>();
        let is_proof = rest.iter().any(|word| PROOF.contains(word));
        return is_proof.then(|| Some((rest.join("_"), words.get(at)?.clone()))).flatten();
    }
    let (who, stem) = words.split_last()?;
    let is_proof = stem.last().is_some_and(|last| PROOF.contains(&last.as_str()));
    let somebody = !PROOF.contains(&who.as_str())
        && !CREDENTIAL.contains(&who.as_str())
        && !NOBODY.contains(&who.as_str())
        && platform_of(std::slice::from_ref(who)).is_none()
        && !ELSEWHERE.contains(&who.as_str());
    (is_proof && somebody).then(|| (stem.join("_"), who.clone()))
}
