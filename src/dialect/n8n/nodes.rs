//! The nodes that matter for conduct: what starts a workflow, what reaches people, where people come from,
//! and what stands between. Everything else moves data.

use super::defaults::manner;
use super::graph::Step;
use crate::model::{Event, GuardKind, ListSource, Verb};

/// What starts a workflow, by the kind of node. Other kinds that end in `Trigger` are calls of other systems.
static TRIGGERS: &[(&str, Event)] = &[
    ("scheduleTrigger", Event::Schedule),
    ("cron", Event::Schedule),
    ("interval", Event::Schedule),
    ("manualTrigger", Event::Manual),
    ("start", Event::Manual),
    ("webhook", Event::Webhook),
    ("formTrigger", Event::FormSubmitted),
    ("typeformTrigger", Event::FormSubmitted),
    ("jotFormTrigger", Event::FormSubmitted),
    ("calendlyTrigger", Event::FormSubmitted),
    ("chatTrigger", Event::DmReceived),
    ("manualChatTrigger", Event::Manual),
    ("telegramTrigger", Event::DmReceived),
    ("whatsAppTrigger", Event::DmReceived),
    ("slackTrigger", Event::Mention),
    ("facebookTrigger", Event::Commented),
    ("gmailTrigger", Event::EmailReceived),
    ("emailReadImap", Event::EmailReceived),
    ("microsoftOutlookTrigger", Event::EmailReceived),
    ("rssFeedReadTrigger", Event::FeedItem),
    ("errorTrigger", Event::Error),
];

/// A node that reaches somebody.
pub(super) struct Deed {
    pub(super) verb: Verb,
    /// The network, or the way.
    pub(super) platform: &'static str,
    /// The parameters that say to whom, the first that is there; none where everybody can see it, or nobody says.
    pub(super) to: &'static [&'static str],
    /// The parameters that hold what is said.
    pub(super) texts: &'static [&'static str],
}

/// Kind, resource, operation, and what it does. An operation of `*` is any of the rest.
type Row = (&'static str, &'static str, &'static str, Deed);

const fn deed(
    verb: Verb,
    platform: &'static str,
    to: &'static [&'static str],
    texts: &'static [&'static str],
) -> Deed {
    Deed { verb, platform, to, texts }
}

/// Every node that reaches somebody. Slack, Discord and the like speak to one's own team: not among them.
static DEEDS: &[Row] = &[
    ("twitter", "tweet", "create", deed(Verb::Post, "twitter", &[], &["text"])),
    ("twitter", "tweet", "retweet", deed(Verb::Repost, "twitter", &[], &[])),
    ("twitter", "tweet", "like", deed(Verb::Like, "twitter", &["tweetId"], &[])),
    ("twitter", "directMessage", "create", deed(Verb::Dm, "twitter", &["user", "userId"], &["text"])),
    ("linkedIn", "post", "create", deed(Verb::Post, "linkedin", &[], &["text"])),
    ("reddit", "post", "create", deed(Verb::Post, "reddit", &[], &["title", "text"])),
    ("reddit", "postComment", "create", deed(Verb::Comment, "reddit", &["postId"], &["commentText"])),
    ("reddit", "postComment", "reply", deed(Verb::Comment, "reddit", &["commentId"], &["replyText"])),
    ("bluesky", "post", "post", deed(Verb::Post, "bluesky", &[], &["postText"])),
    ("bluesky", "post", "like", deed(Verb::Like, "bluesky", &["uri"], &[])),
    ("bluesky", "post", "repost", deed(Verb::Repost, "bluesky", &[], &[])),
    ("telegram", "message", "*", deed(Verb::Dm, "telegram", &["chatId"], &["text"])),
    ("whatsApp", "message", "*", deed(Verb::Dm, "whatsapp", &["recipientPhoneNumber"], &["textBody"])),
    ("twilio", "sms", "send", deed(Verb::Sms, "phone", &["to"], &["message"])),
    ("emailSend", "email", "send", deed(Verb::Email, "email", &["toEmail"], &["subject", "text", "html"])),
    ("gmail", "message", "send", deed(Verb::Email, "email", &["sendTo", "toList"], &["subject", "message"])),
    (
        "microsoftOutlook",
        "message",
        "send",
        deed(Verb::Email, "email", &["toRecipients"], &["subject", "bodyContent"]),
    ),
    ("sendGrid", "mail", "send", deed(Verb::Email, "email", &["toEmail"], &["subject", "contentValue"])),
    ("mailgun", "email", "send", deed(Verb::Email, "email", &["toEmail"], &["subject", "text", "html"])),
    ("mailjet", "email", "*", deed(Verb::Email, "email", &["toEmail"], &["subject", "text", "html"])),
    ("awsSes", "email", "*", deed(Verb::Email, "email", &["toAddresses"], &["subject", "body"])),
    ("gmail", "message", "reply", deed(Verb::Email, "email", &[], &["subject", "message"])),
    ("gmail", "thread", "reply", deed(Verb::Email, "email", &[], &["subject", "message"])),
    ("microsoftOutlook", "message", "reply", deed(Verb::Email, "email", &[], &["message", "comment"])),
    (
        "sendInBlue",
        "email",
        "*",
        deed(Verb::Email, "email", &["receipients"], &["subject", "textContent", "htmlContent"]),
    ),
    ("mandrill", "message", "*", deed(Verb::Email, "email", &["toEmail"], &[])),
    ("mailjet", "sms", "send", deed(Verb::Sms, "phone", &["to"], &["text"])),
    ("messageBird", "sms", "send", deed(Verb::Sms, "phone", &["recipients"], &["message"])),
    ("mocean", "sms", "send", deed(Verb::Sms, "phone", &["to"], &["message"])),
    ("msg91", "sms", "send", deed(Verb::Sms, "phone", &["to"], &["message"])),
    ("plivo", "sms", "send", deed(Verb::Sms, "phone", &["to"], &["message"])),
    ("plivo", "mms", "send", deed(Verb::Sms, "phone", &["to"], &["message"])),
    ("sms77", "sms", "send", deed(Verb::Sms, "phone", &["to"], &["message"])),
    ("vonage", "sms", "send", deed(Verb::Sms, "phone", &["to"], &["message"])),
    ("twitter", "list", "add", deed(Verb::ListAdd, "twitter", &["user"], &[])),
    ("github", "issue", "createComment", deed(Verb::Comment, "github", &["issueNumber"], &["body"])),
    ("github", "issue", "lock", deed(Verb::Lock, "github", &["issueNumber"], &[])),
    ("gitlab", "issue", "createComment", deed(Verb::Comment, "gitlab", &["issueNumber"], &["body"])),
    ("gitlab", "issue", "lock", deed(Verb::Lock, "gitlab", &["issueNumber"], &[])),
    ("emelia", "campaign", "addContact", deed(Verb::Email, "email", &["contactEmail"], &[])),
    ("emelia", "campaign", "start", deed(Verb::Email, "email", &[], &[])),
    ("lemlist", "lead", "create", deed(Verb::Email, "email", &["email"], &[])),
];

/// Operations that send nothing although their resource does.
const SILENT: &[&str] =
    &["deleteMessage", "editMessageText", "pinChatMessage", "unpinChatMessage", "sendChatAction"];

/// Addresses to which a request does something, if it changes anything there; the first that fits counts.
static ADDRESSES: &[(&str, &str, Deed)] = &[
    ("api.twitter.com/2/", "/likes", deed(Verb::Like, "twitter", &["url"], &[])),
    ("api.x.com/2/", "/likes", deed(Verb::Like, "twitter", &["url"], &[])),
    ("api.twitter.com/2/", "/following", deed(Verb::Follow, "twitter", &["url"], &[])),
    ("api.x.com/2/", "/following", deed(Verb::Follow, "twitter", &["url"], &[])),
    ("api.twitter.com/2/", "/retweets", deed(Verb::Repost, "twitter", &[], &[])),
    ("api.x.com/2/", "/retweets", deed(Verb::Repost, "twitter", &[], &[])),
    ("api.twitter.com/2/dm_", "", deed(Verb::Dm, "twitter", &["url"], &[])),
    ("api.x.com/2/dm_", "", deed(Verb::Dm, "twitter", &["url"], &[])),
    ("api.twitter.com/2/tweets", "", deed(Verb::Post, "twitter", &[], &[])),
    ("api.x.com/2/tweets", "", deed(Verb::Post, "twitter", &[], &[])),
    ("api.linkedin.com", "/ugcPosts", deed(Verb::Post, "linkedin", &[], &[])),
    ("api.linkedin.com", "/rest/posts", deed(Verb::Post, "linkedin", &[], &[])),
    ("graph.facebook.com", "/feed", deed(Verb::Post, "facebook", &[], &[])),
    ("graph.facebook.com", "/media_publish", deed(Verb::Post, "instagram", &[], &[])),
    ("graph.instagram.com", "/media_publish", deed(Verb::Post, "instagram", &[], &[])),
    ("/api/v1/statuses", "", deed(Verb::Post, "mastodon", &[], &[])),
    ("/api/v1/users/invite", "", deed(Verb::Follow, "linkedin", &["jsonBody"], &[])),
    ("api.heyreach.io", "/campaign", deed(Verb::Dm, "linkedin", &["jsonBody"], &[])),
    ("api.instantly.ai", "/lead", deed(Verb::Email, "email", &["jsonBody"], &[])),
    ("smartlead.ai", "/leads", deed(Verb::Email, "email", &["jsonBody"], &[])),
    ("api.lemlist.com", "/leads", deed(Verb::Email, "email", &["jsonBody"], &[])),
];

/// Where people come from, by kind of node or by address: how the list was made, and whether it is one of new
/// people rather than of more about known ones.
static SOURCES: &[(&str, ListSource, bool)] = &[
    ("phantombuster", ListSource::Scraped, true),
    ("apify", ListSource::Scraped, true),
    ("outscraper", ListSource::Scraped, true),
    ("brightdata", ListSource::Scraped, true),
    ("maps.googleapis.com/maps/api/place", ListSource::Scraped, true),
    ("places.googleapis.com", ListSource::Scraped, true),
    ("api.apollo.io", ListSource::Bought, true),
    ("snov.io", ListSource::Bought, true),
    ("rocketreach", ListSource::Bought, true),
    ("hunter", ListSource::Bought, false),
    ("uplead", ListSource::Bought, false),
    ("dropcontact", ListSource::Bought, false),
    ("clearbit", ListSource::Bought, false),
    ("anymailfinder", ListSource::Bought, false),
    ("prospeo.io", ListSource::Bought, false),
    ("findymail", ListSource::Bought, false),
    ("icypeas", ListSource::Bought, false),
];

/// The event that a step waits for, if it starts the workflow.
pub(super) fn starts(step: &Step<'_>) -> Option<Event> {
    let known = TRIGGERS.iter().find(|(kind, _)| *kind == step.kind).map(|(_, event)| *event);
    known.or_else(|| (step.kind.ends_with("Trigger")).then_some(Event::Webhook)).filter(|_| !step.disabled)
}

/// What a step does to people.
pub(super) fn does(step: &Step<'_>) -> Option<&'static Deed> {
    if step.disabled {
        return None;
    }
    if step.kind == "httpRequest" {
        return requests(step);
    }
    let (resource, operation) = manner(step);
    if operation == "sendAndWait" || SILENT.contains(&operation) {
        return None;
    }
    let row = DEEDS.iter().find(|(kind, of, does, _)| {
        *kind == step.kind && *of == resource && (*does == operation || *does == "*")
    });
    row.map(|(.., deed)| deed)
}

fn requests(step: &Step<'_>) -> Option<&'static Deed> {
    let method = step.text("method", step.text("requestMethod", "GET"));
    if !matches!(method, "POST" | "PUT") {
        return None;
    }
    let url = step.text("url", "");
    let row = ADDRESSES.iter().find(|(host, path, _)| url.contains(host) && url.contains(path));
    row.map(|(.., deed)| deed)
}

/// Where a step gets people from, and whether they are new.
pub(super) fn finds_people(step: &Step<'_>) -> Option<(ListSource, bool)> {
    if step.disabled {
        return None;
    }
    let kind = step.kind.to_ascii_lowercase();
    let url =
        if step.kind == "httpRequest" { step.text("url", "").to_ascii_lowercase() } else { String::new() };
    let row = SOURCES.iter().find(|(name, ..)| kind.contains(name) || url.contains(name));
    row.map(|(_, source, new)| (*source, *new))
}

/// The words for which a step searches the posts of anybody; a search for one's own name is an inbox.
pub(super) fn searches<'t>(step: &Step<'t>) -> Option<&'t str> {
    let is_search = match step.kind {
        "twitter" => manner(step) == ("tweet", "search"),
        "reddit" => manner(step) == ("post", "search"),
        _ => false,
    };
    let words = step.text("searchText", step.text("keyword", "")).trim();
    let is_open = !words.is_empty()
        && !words.starts_with(['@', '='])
        && !words.contains("to:")
        && !words.contains("from:");
    (is_search && is_open && !step.disabled).then_some(words)
}

/// Whether a step lists the items of a tracker.
pub(super) fn lists_items(step: &Step<'_>) -> bool {
    let (_, operation) = manner(step);
    let lists = matches!(operation, "getIssues" | "getUserIssues" | "getPullRequests");
    matches!(step.kind, "github" | "gitlab") && lists && !step.disabled
}

/// Whether a language model writes in this step.
pub(super) fn is_model(step: &Step<'_>) -> bool {
    const MODELS: &[&str] =
        &["agent", "openai", "chainllm", "googlegemini", "anthropic", "mistral", "ollama", "perplexity"];
    let kind = step.kind.to_ascii_lowercase();
    !step.disabled && MODELS.iter().any(|model| kind.contains(model))
}

/// Whether a step reads from a table or database, where lists of people are kept.
pub(super) fn is_store(step: &Step<'_>) -> bool {
    const STORES: &[&str] = &[
        "googleSheets",
        "airtable",
        "postgres",
        "mySql",
        "mongoDb",
        "supabase",
        "notion",
        "nocoDb",
        "baserow",
        "dataTable",
        "redis",
        "googleFirebaseCloudFirestore",
        "microsoftSql",
        "microsoftExcel",
    ];
    !step.disabled && STORES.contains(&step.kind)
}

/// What a step checks before it lets anything pass.
pub(super) fn guards(step: &Step<'_>, words: &str) -> Option<GuardKind> {
    if step.disabled {
        return None;
    }
    let is_check = matches!(step.kind, "if" | "filter" | "switch");
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let waits_for_people = step.kind == "wait" && matches!(step.text("resume", ""), "webhook" | "form");
    if manner(step).1 == "sendAndWait" || waits_for_people || says(&["approv"]) {
        Some(GuardKind::Approval)
    } else if step.kind == "guardrails" || step.text("operation", "") == "classify" {
        Some(GuardKind::WordFilter)
    } else if is_check
        && says(&["unsub", "opt-out", "optout", "opted", "suppress", "blacklist", "do_not", "donot"])
    {
        Some(GuardKind::SuppressionList)
    } else if is_check && says(&["replied", "reply", "answered"]) {
        Some(GuardKind::StopOnReply)
    } else if step.kind == "removeDuplicates"
        || is_check && says(&["sent", "already", "contacted", "processed"])
    {
        Some(GuardKind::Dedupe)
    } else {
        None
    }
}
