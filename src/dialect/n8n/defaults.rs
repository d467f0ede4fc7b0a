//! What resource and operation a node takes where none is written: an export leaves out what is the node's default, and the
//! default of an operation depends on the resource. From the descriptions of the nodes (n8n-nodes-base 2.41).

use super::graph::Step;
use crate::dialect::reading::number_in;

/// Kind, resource, and the operation that the node takes for it; the first resource of a kind is its default.
static DEFAULTS: &[(&str, &str, &str)] = &[
    ("awsSes", "email", "send"),
    ("awsSes", "customVerificationEmail", "create"),
    ("awsSes", "template", "create"),
    ("bluesky", "post", "post"),
    ("emailSend", "email", "send"),
    ("emelia", "campaign", "get"),
    ("emelia", "contactList", "getAll"),
    ("github", "issue", "create"),
    ("github", "repository", "getIssues"),
    ("github", "user", "getRepositories"),
    ("gitlab", "issue", "create"),
    ("gitlab", "repository", "getIssues"),
    ("gitlab", "user", "getRepositories"),
    ("gmail", "message", "send"),
    ("gmail", "draft", "create"),
    ("gmail", "label", "getAll"),
    ("gmail", "thread", "getAll"),
    ("lemlist", "activity", "getAll"),
    ("lemlist", "campaign", "getAll"),
    ("lemlist", "enrich", "get"),
    ("lemlist", "lead", "create"),
    ("lemlist", "team", "get"),
    ("lemlist", "unsubscribe", "add"),
    ("linkedIn", "post", "create"),
    ("mailgun", "email", "send"),
    ("mailjet", "email", "send"),
    ("mailjet", "sms", "send"),
    ("mandrill", "message", "sendTemplate"),
    ("messageBird", "sms", "send"),
    ("messageBird", "balance", "get"),
    ("microsoftOutlook", "message", "send"),
    ("microsoftOutlook", "calendar", "getAll"),
    ("microsoftOutlook", "contact", "getAll"),
    ("microsoftOutlook", "draft", "create"),
    ("microsoftOutlook", "event", "getAll"),
    ("microsoftOutlook", "folder", "create"),
    ("microsoftOutlook", "folderMessage", "getAll"),
    ("microsoftOutlook", "messageAttachment", "add"),
    ("mocean", "sms", "send"),
    ("mocean", "voice", "send"),
    ("msg91", "sms", "send"),
    ("plivo", "sms", "send"),
    ("plivo", "mms", "send"),
    ("plivo", "call", "make"),
    ("reddit", "post", "create"),
    ("reddit", "postComment", "create"),
    ("reddit", "profile", "get"),
    ("reddit", "subreddit", "get"),
    ("reddit", "user", "get"),
    ("sendGrid", "list", "create"),
    ("sendGrid", "contact", "upsert"),
    ("sendGrid", "mail", "send"),
    ("sendInBlue", "email", "send"),
    ("sendInBlue", "attribute", "create"),
    ("sendInBlue", "contact", "create"),
    ("sendInBlue", "sender", "create"),
    ("sms77", "sms", "send"),
    ("sms77", "voice", "send"),
    ("telegram", "message", "sendMessage"),
    ("telegram", "callback", "answerQuery"),
    ("telegram", "chat", "get"),
    ("telegram", "file", "get"),
    ("twilio", "sms", "send"),
    ("twilio", "call", "make"),
    ("twitter", "tweet", "create"),
    ("twitter", "directMessage", "create"),
    ("twitter", "list", "add"),
    ("twitter", "user", "searchUser"),
    ("vonage", "sms", "send"),
    ("whatsApp", "message", "sendTemplate"),
    ("whatsApp", "media", "mediaUpload"),
];

/// Defaults of an elder version: kind, the first version that has another one, and its resource.
static ELDER: &[(&str, f64, &str)] = &[("gmail", 2.0, "draft")];

/// Resource and operation of a step.
pub(super) fn manner<'t>(step: &Step<'t>) -> (&'t str, &'t str) {
    let version = step.node.get("typeVersion").and_then(|node| number_in(node.text()));
    let elder =
        ELDER.iter().find(|(kind, below, _)| *kind == step.kind && version.is_some_and(|v| v < *below));
    let first = DEFAULTS.iter().find(|(kind, ..)| *kind == step.kind).map(|(_, resource, _)| *resource);
    let resource = step.text("resource", elder.map(|(.., resource)| *resource).or(first).unwrap_or(""));
    let of_resource = |row: &&(&str, &str, &str)| row.0 == step.kind && row.1 == resource;
    let operation = DEFAULTS.iter().find(of_resource).map_or("", |(.., operation)| *operation);
    (resource, step.text("operation", operation))
}
