//! n8n: ways from triggers to people, what must be passed on them, and what is not connected or switched off.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use botiquette::Outcome;
use botiquette::model::{Action, AudienceKind, Event, GuardKind, LimitKind, ListSource, Site, Stated, Verb};

use crate::linted::{acts, line, lint_text, loud_rules};

fn read_any(text: &str) -> Outcome {
    lint_text("flows/a.json", text)
}

fn read(text: &str) -> Outcome {
    let outcome = read_any(text);
    assert_eq!(outcome.report.files[0].dialect, Some("n8n"), "{text}");
    outcome
}

/// A node: its name, its type, and its parameters or further keys after them.
fn node(name: &str, kind: &str, parameters: &str) -> String {
    let kind = if kind.contains('.') { kind.to_owned() } else { format!("n8n-nodes-base.{kind}") };
    format!(r#"{{"name": "{name}", "type": "{kind}", "parameters": {{{parameters}}}}}"#)
}

/// A workflow of these nodes, one on each line from the second, connected as `a>b` says.
fn text_of(nodes: &[String], ways: &[&str]) -> String {
    let mut connections: Vec<String> = Vec::new();
    for way in ways {
        let (from, to) = way.split_once('>').unwrap();
        let to: Vec<_> =
            to.split(',').map(|to| format!(r#"[{{"node": "{to}", "type": "main", "index": 0}}]"#)).collect();
        connections.push(format!(r#""{from}": {{"main": [{}]}}"#, to.join(", ")));
    }
    format!("{{\"nodes\": [\n{}\n],\n\"connections\": {{{}}}}}", nodes.join(",\n"), connections.join(", "))
}

fn flow(nodes: &[String], ways: &[&str]) -> Outcome {
    read(&text_of(nodes, ways))
}

/// A trigger that leads to one node.
fn from_to(trigger: &str, to: String) -> Outcome {
    flow(&[node("t", trigger, ""), to], &["t>s"])
}

fn actions(outcome: &Outcome) -> Vec<&Action> {
    outcome.model.automations.iter().flat_map(|automation| &automation.actions).collect()
}

fn guards(outcome: &Outcome) -> Vec<GuardKind> {
    outcome.model.automations[0].guards.iter().map(|guard| guard.kind).collect()
}

const TWEET: &str = r#""text": "={{ $json.text }}""#;
const MAIL: &str = r#""sendTo": "={{ $json.email }}", "message": "Hello""#;

#[test]
fn defaults_of_nodes_are_what_they_do() {
    for (kind, parameters, act) in [
        ("twitter", TWEET, Some((Verb::Post, AudienceKind::Public))),
        ("twitter", r#""operation": "retweet", "tweetId": "1""#, Some((Verb::Repost, AudienceKind::Public))),
        ("twitter", r#""operation": "search", "searchText": "wool""#, None),
        (
            "twitter",
            r#""resource": "directMessage", "user": "={{ $json.id }}", "text": "x""#,
            Some((Verb::Dm, AudienceKind::List)),
        ),
        ("linkedIn", TWEET, Some((Verb::Post, AudienceKind::Public))),
        ("telegram", r#""chatId": "12345", "text": "x""#, Some((Verb::Dm, AudienceKind::Operator))),
        ("telegram", r#""chatId": "@channel", "text": "x""#, Some((Verb::Post, AudienceKind::Public))),
        (
            "telegram",
            r#""chatId": "={{ $json.chat }}", "text": "x""#,
            Some((Verb::Dm, AudienceKind::Operator)),
        ),
        ("telegram", r#""operation": "deleteMessage", "chatId": "={{ $json.chat }}""#, None),
        ("gmail", MAIL, Some((Verb::Email, AudienceKind::List))),
        (
            "gmail",
            r#""sendTo": "me@example.org", "message": "x""#,
            Some((Verb::Email, AudienceKind::Operator)),
        ),
        (
            "gmail",
            r#""sendTo": "={{ $env.MY_MAIL }}", "message": "x""#,
            Some((Verb::Email, AudienceKind::Operator)),
        ),
        ("gmail", r#""operation": "getAll""#, None),
        ("lemlist", r#""email": "={{ $json.email }}""#, None),
        (
            "lemlist",
            r#""resource": "lead", "operation": "create", "email": "={{ $json.email }}""#,
            Some((Verb::Email, AudienceKind::List)),
        ),
        ("slack", r#""text": "={{ $json.text }}""#, None),
    ] {
        let outcome = from_to("scheduleTrigger", node("s", kind, parameters));
        assert_eq!(acts(&outcome).first().copied(), act, "{kind} {parameters}");
    }
}

#[test]
fn operations_have_the_defaults_of_their_resource() {
    // Kind, parameters without an operation, and whether somebody is reached by it.
    let to = r#""to": "={{ $json.to }}", "message": "x""#;
    let rows: &[(&str, &str, Option<Verb>)] = &[
        ("awsSes", r#""toAddresses": ["={{ $json.mail }}"], "body": "x""#, Some(Verb::Email)),
        ("awsSes", r#""operation": "sendTemplate", "toAddresses": ["={{ $json.mail }}"]"#, Some(Verb::Email)),
        ("awsSes", r#""resource": "template""#, None),
        ("emelia", r#""campaignId": "1""#, None),
        ("emelia", r#""operation": "addContact", "contactEmail": "={{ $json.mail }}""#, Some(Verb::Email)),
        ("gmail", r#""resource": "thread""#, None),
        ("gmail", r#""resource": "draft", "message": "x""#, None),
        ("lemlist", r#""resource": "lead", "email": "={{ $json.mail }}""#, Some(Verb::Email)),
        ("lemlist", r#""resource": "unsubscribe", "email": "={{ $json.mail }}""#, None),
        ("mailjet", r#""toEmail": "={{ $json.mail }}", "text": "x""#, Some(Verb::Email)),
        ("mailjet", r#""resource": "sms", "to": "={{ $json.to }}", "text": "x""#, Some(Verb::Sms)),
        ("mailgun", r#""toEmail": "={{ $json.mail }}", "text": "x""#, Some(Verb::Email)),
        ("mandrill", r#""toEmail": "={{ $json.mail }}""#, Some(Verb::Email)),
        ("messageBird", r#""recipients": "={{ $json.to }}", "message": "x""#, Some(Verb::Sms)),
        ("microsoftOutlook", r#""toRecipients": "={{ $json.mail }}", "bodyContent": "x""#, Some(Verb::Email)),
        ("microsoftOutlook", r#""resource": "event""#, None),
        ("mocean", to, Some(Verb::Sms)),
        ("msg91", to, Some(Verb::Sms)),
        ("plivo", to, Some(Verb::Sms)),
        ("plivo", r#""resource": "call", "to": "={{ $json.to }}""#, None),
        ("reddit", r#""resource": "postComment", "commentText": "x""#, Some(Verb::Comment)),
        ("reddit", r#""resource": "user""#, None),
        ("sendGrid", r#""email": "={{ $json.mail }}""#, None),
        (
            "sendGrid",
            r#""resource": "mail", "toEmail": "={{ $json.mail }}", "contentValue": "x""#,
            Some(Verb::Email),
        ),
        ("sendInBlue", r#""receipients": "={{ $json.mail }}", "textContent": "x""#, Some(Verb::Email)),
        ("sendInBlue", r#""resource": "contact""#, None),
        ("sms77", to, Some(Verb::Sms)),
        ("telegram", r#""resource": "chat", "chatId": "1""#, None),
        ("twitter", r#""resource": "list", "user": {"value": "={{ $json.name }}"}"#, Some(Verb::ListAdd)),
        ("twitter", r#""resource": "user""#, None),
        ("vonage", to, Some(Verb::Sms)),
        ("whatsApp", r#""resource": "media""#, None),
    ];
    for (kind, parameters, verb) in rows {
        let found = acts(&from_to("cron", node("s", kind, parameters)));
        assert_eq!(found.first().map(|(verb, _)| *verb), *verb, "{kind} {parameters}");
    }
    // The first version of a node may have another default.
    let elder = |version: &str| {
        let node = node("s", "gmail", MAIL)
            .replace("\"parameters\"", &format!("\"typeVersion\": {version}, \"parameters\""));
        acts(&from_to("cron", node)).len()
    };
    assert_eq!((elder("1"), elder("2"), elder("2.1")), (0, 1, 1));
}

#[test]
fn recipients_stand_under_several_names() {
    for (kind, parameters, kind_of) in [
        (
            "twitter",
            r#""resource": "directMessage", "user": {"__rl": true, "value": "={{ $json.id }}"}, "text": "x""#,
            AudienceKind::List,
        ),
        (
            "twitter",
            r#""resource": "directMessage", "userId": "={{ $json.id }}", "text": "x""#,
            AudienceKind::List,
        ),
        (
            "gmail",
            r#""resource": "message", "toList": ["={{ $json.mail }}"], "message": "x""#,
            AudienceKind::List,
        ),
        (
            "gmail",
            r#""resource": "message", "toList": ["me@example.org"], "message": "x""#,
            AudienceKind::Operator,
        ),
    ] {
        assert_eq!(acts(&from_to("cron", node("s", kind, parameters)))[0].1, kind_of, "{kind} {parameters}");
    }
}

#[test]
fn an_answer_in_a_room_is_no_private_message() {
    let answer = |trigger: &str, more: &str| {
        let start = node("t", "telegramTrigger", trigger);
        let reply =
            format!(r#""chatId": "={{{{ $json.message.chat.id }}}}", "text": "Mind your language!"{more}"#);
        let judge = node("j", "googlePerspective", "");
        flow(&[start, judge, node("s", "telegram", &reply)], &["t>j", "j>s"])
    };
    let quote = r#", "additionalFields": {"reply_to_message_id": "={{ $json.message.message_id }}"}"#;
    for (trigger, more, verb, event, found) in [
        (r#""updates": ["message"]"#, "", Verb::Dm, Event::DmReceived, &[] as &[&str]),
        (
            r#""updates": ["message", "channel_post"]"#,
            "",
            Verb::Reply,
            Event::PostMatch,
            &["sanction-callout"],
        ),
        (r#""updates": ["message"]"#, quote, Verb::Reply, Event::PostMatch, &["sanction-callout"]),
    ] {
        let outcome = answer(trigger, more);
        assert_eq!(acts(&outcome), [(verb, AudienceKind::Initiator)], "{trigger} {more}");
        assert_eq!(outcome.model.automations[0].triggers[0].event, event, "{trigger} {more}");
        assert_eq!(loud_rules(&outcome), found, "{trigger} {more}");
    }
    let fixed = from_to("cron", node("s", "telegram", r#""chatId": "-1001234", "text": "x""#));
    assert_eq!(acts(&fixed), [(Verb::Post, AudienceKind::Members)]);
}

#[test]
fn requests_to_known_addresses_count_if_they_change_something() {
    let request = |method: &str, url: &str| {
        let parameters = format!(r#""method": "{method}", "url": "{url}""#);
        acts(&from_to("cron", node("s", "httpRequest", &parameters))).first().copied()
    };
    assert_eq!(request("POST", "https://api.x.com/2/tweets"), Some((Verb::Post, AudienceKind::Public)));
    assert_eq!(request("GET", "https://api.x.com/2/tweets"), None);
    assert_eq!(request("POST", "https://api.x.com/2/users/1/likes"), Some((Verb::Like, AudienceKind::List)));
    assert_eq!(request("POST", "http://runner:8090/jobs/invites"), None);
    assert_eq!(request("POST", "={{ $env.BASE }}"), None);
}

#[test]
fn what_is_not_connected_or_switched_off_does_nothing() {
    let post = node("s", "twitter", TWEET);
    assert_eq!(acts(&flow(&[node("t", "cron", ""), post.clone()], &[])), []);
    assert_eq!(acts(&flow(&[node("t", "cron", ""), post.clone()], &["t>nobody"])), []);
    let off = |node: &str| format!("{}, \"disabled\": true}}", node.strip_suffix('}').unwrap());
    assert_eq!(acts(&flow(&[node("t", "cron", ""), off(&post)], &["t>s"])), []);
    assert_eq!(acts(&flow(&[off(&node("t", "cron", "")), post.clone()], &["t>s"])), []);
    let through = flow(&[node("t", "cron", ""), off(&node("m", "if", "")), post.clone()], &["t>m", "m>s"]);
    assert_eq!(acts(&through).len(), 1, "a disabled node passes on what it gets");
    let retries = text_of(&[node("t", "cron", ""), post], &[]);
    let retries = retries.replacen(
        "{\"nodes\"",
        "{\"settings\": {\"retryOnFail\": true, \"retryCount\": 3}, \"nodes\"",
        1,
    );
    assert_eq!(loud_rules(&read(&retries)), [] as [&str; 0]);
}

#[test]
fn an_inactive_workflow_is_quiet_and_an_unstated_one_is_not() {
    let model = node("m", "@n8n/n8n-nodes-langchain.agent", r#""text": "write""#);
    let text = text_of(&[node("t", "cron", ""), model, node("s", "twitter", TWEET)], &["t>m", "m>s"]);
    let with = |active: &str| read(&text.replacen("{\"nodes\"", &format!("{{{active} \"nodes\""), 1));
    assert_eq!(loud_rules(&with("\"active\": false,")), [] as [&str; 0]);
    assert_eq!(loud_rules(&with("\"active\": true,")), ["unreviewed-public-text"]);
    assert_eq!(loud_rules(&with("")), ["unreviewed-public-text"]);
}

#[test]
fn a_guard_stands_only_where_every_way_passes_it() {
    let nodes = |check: &str| {
        [node("t", "cron", ""), check.to_owned(), node("s", "linkedIn", TWEET), node("x", "set", "")]
    };
    let ask = node("g", "slack", r#""operation": "sendAndWait""#);
    assert_eq!(guards(&flow(&nodes(&ask), &["t>g", "g>s"])), [GuardKind::Approval]);
    assert_eq!(guards(&flow(&nodes(&ask), &["t>g,x", "g>s", "x>s"])), [], "another way goes around it");
    for (kind, parameters, guard) in [
        ("wait", r#""resume": "webhook""#, GuardKind::Approval),
        ("removeDuplicates", "", GuardKind::Dedupe),
        ("if", r#""conditions": "={{ $json.unsubscribed }}""#, GuardKind::SuppressionList),
        ("filter", r#""conditions": "={{ $json.status === 'Approved' }}""#, GuardKind::Approval),
        ("filter", r#""conditions": "={{ !$json.alreadySent }}""#, GuardKind::Dedupe),
    ] {
        let outcome = flow(&nodes(&node("g", kind, parameters)), &["t>g", "g>s"]);
        assert_eq!(guards(&outcome), [guard], "{kind} {parameters}");
    }
    assert_eq!(guards(&flow(&nodes(&node("g", "if", "")), &["t>g", "g>s"])), []);
}

#[test]
fn schedules_with_the_defaults_of_the_node() {
    let per_day = |trigger: &str, parameters: &str| {
        let outcome = flow(&[node("t", trigger, parameters), node("s", "twitter", TWEET)], &["t>s"]);
        match &outcome.model.automations[0].triggers[0].schedule {
            Stated::Known(schedule, _) => Some((schedule.per_day * 100.0).round() / 100.0),
            _ => None,
        }
    };
    let rule = |rule: &str| per_day("scheduleTrigger", &format!(r#""rule": {{"interval": [{rule}]}}"#));
    assert_eq!(per_day("scheduleTrigger", ""), Some(1.0));
    assert_eq!(rule("{}"), Some(1.0));
    assert_eq!(rule(r#"{"field": "hours"}"#), Some(24.0));
    assert_eq!(rule(r#"{"field": "hours", "hoursInterval": 6, "triggerAtMinute": "={{ 1 }}"}"#), Some(4.0));
    assert_eq!(rule(r#"{"field": "minutes"}"#), Some(288.0));
    assert_eq!(rule(r#"{"field": "weeks", "triggerAtDay": [1, 4]}"#), Some(0.29));
    assert_eq!(rule(r#"{"field": "cronExpression", "expression": "30 8 * * *"}"#), Some(1.0));
    assert_eq!(
        rule(r#"{"field": "cronExpression", "expression": "0 30 8,20 * * *"}"#),
        Some(2.0),
        "seconds first"
    );
    assert_eq!(rule(r#"{"triggerAtHour": 8}, {"triggerAtHour": 20}"#), Some(2.0));
    assert_eq!(rule(r#"{"field": "hours", "hoursInterval": "={{ $json.x }}"}"#), None);
    let item = |item: &str| per_day("cron", &format!(r#""triggerTimes": {{"item": [{item}]}}"#));
    assert_eq!(item(r#"{"hour": 17}"#), Some(1.0));
    assert_eq!(item(r#"{"mode": "everyHour"}"#), Some(24.0));
    assert_eq!(item(r#"{"mode": "everyX", "value": 10, "unit": "minutes"}"#), Some(144.0));
    assert_eq!(per_day("interval", r#""interval": 30, "unit": "minutes""#), Some(48.0));
}

#[test]
fn the_hour_of_a_daily_trigger_is_known() {
    let outcome = flow(
        &[
            node("t", "scheduleTrigger", r#""rule": {"interval": [{"triggerAtHour": 3}]}"#),
            node("s", "twitter", TWEET),
        ],
        &["t>s"],
    );
    let schedule = outcome.model.automations[0].triggers[0].schedule.get().unwrap();
    assert_eq!(schedule.hours_of_day().collect::<Vec<_>>(), [3]);
}

#[test]
fn whoever_started_it_gets_an_answer() {
    for (trigger, event, reply) in [
        (
            "telegramTrigger",
            Event::DmReceived,
            node("s", "telegram", r#""chatId": "={{ $json.message.chat.id }}", "text": "x""#),
        ),
        ("gmailTrigger", Event::EmailReceived, node("s", "gmail", MAIL)),
        ("formTrigger", Event::FormSubmitted, node("s", "gmail", MAIL)),
        ("webhook", Event::Webhook, node("s", "gmail", MAIL)),
        ("hubspotTrigger", Event::Webhook, node("s", "gmail", MAIL)),
    ] {
        let outcome = from_to(trigger, reply);
        assert_eq!(acts(&outcome)[0].1, AudienceKind::Initiator, "{trigger}");
        assert_eq!(outcome.model.automations[0].triggers[0].event, event, "{trigger}");
        assert_eq!(loud_rules(&outcome), [] as [&str; 0], "{trigger}");
    }
}

#[test]
fn people_who_were_scraped_are_strangers() {
    let with = |trigger: &str, source: &str, mail: &str| {
        flow(&[node("t", trigger, ""), source.to_owned(), node("s", "gmail", mail)], &["t>f", "f>s"])
    };
    let apify = node("f", "httpRequest", r#""url": "https://api.apify.com/v2/acts/x/runs""#);
    let outcome = with("scheduleTrigger", &apify, MAIL);
    assert_eq!(actions(&outcome)[0].audience.source.get(), Some(ListSource::Scraped));
    assert_eq!(loud_rules(&outcome), ["scraped-contact-list", "cold-outreach"]);
    assert_eq!(
        loud_rules(&with("formTrigger", &apify, MAIL)),
        ["scraped-contact-list", "cold-outreach"],
        "the form asks what to search for"
    );
    let report = r#""sendTo": "me@example.org", "message": "={{ $json.rows }}""#;
    assert_eq!(loud_rules(&with("scheduleTrigger", &apify, report)), [] as [&str; 0], "a report to oneself");
    let hunter = node("f", "hunter", "");
    assert_eq!(
        loud_rules(&with("scheduleTrigger", &hunter, MAIL)),
        ["scraped-contact-list", "cold-outreach"]
    );
    assert_eq!(
        loud_rules(&with("gmailTrigger", &hunter, MAIL)),
        [] as [&str; 0],
        "more about somebody who wrote"
    );
    assert_eq!(loud_rules(&with("manualTrigger", &hunter, MAIL)), [] as [&str; 0], "somebody starts it");
    assert_eq!(loud_rules(&with("scheduleTrigger", &node("f", "googleSheets", ""), MAIL)), [] as [&str; 0]);
}

#[test]
fn a_chat_from_a_table_is_a_subscriber_and_any_other_is_ones_own() {
    let with = |kind: &str| {
        let message = node("s", "telegram", r#""chatId": "={{ $json.chat }}", "text": "Good morning""#);
        let rule = r#""rule": {"interval": [{"triggerAtHour": 6}]}"#;
        flow(&[node("t", "scheduleTrigger", rule), node("f", kind, ""), message], &["t>f", "f>s"])
    };
    assert_eq!(acts(&with("googleSheets")), [(Verb::Dm, AudienceKind::OptInList)]);
    assert_eq!(loud_rules(&with("googleSheets")), ["night-messaging"]);
    assert_eq!(acts(&with("set")), [(Verb::Dm, AudienceKind::Operator)]);
    assert_eq!(loud_rules(&with("set")), [] as [&str; 0]);
}

#[test]
fn who_asks_a_bot_for_a_post_may_read_it_first() {
    let with = |trigger: &str| {
        let model = node("m", "openAi", r#""prompt": "x""#);
        flow(&[node("t", trigger, ""), model, node("s", "linkedIn", TWEET)], &["t>m", "m>s"])
    };
    for trigger in ["telegramTrigger", "formTrigger", "chatTrigger", "manualTrigger"] {
        assert_eq!(loud_rules(&with(trigger)), [] as [&str; 0], "{trigger}");
    }
    for trigger in ["scheduleTrigger", "rssFeedReadTrigger", "webhook"] {
        assert_eq!(loud_rules(&with(trigger)), ["unreviewed-public-text"], "{trigger}");
    }
}

#[test]
fn searching_for_words_and_for_ones_own_name() {
    let with = |words: &str, parameters: &str| {
        let search = node("f", "twitter", &format!(r#""operation": "search", "searchText": "{words}""#));
        flow(&[node("t", "cron", ""), search, node("s", "twitter", parameters)], &["t>f", "f>s"])
    };
    let reply = r#""text": "Hello", "additionalFields": {"inReplyToStatusId": "={{ $json.id }}"}"#;
    let like = r#""operation": "like", "tweetId": "={{ $json.id }}""#;
    assert_eq!(acts(&with("wool", reply)), [(Verb::Reply, AudienceKind::Search)]);
    assert_eq!(loud_rules(&with("wool", reply)), ["uninvited-keyword-reply"]);
    assert_eq!(loud_rules(&with("wool", like)), ["indiscriminate-auto-like"]);
    for inbox in ["@ourbot", "to:ourbot", "={{ $json.q }}"] {
        assert_eq!(loud_rules(&with(inbox, reply)), [] as [&str; 0], "{inbox}");
    }
    let inside = node("s", "slack", r#""text": "={{ $json.text }}""#);
    let search = node("f", "twitter", r#""operation": "search", "searchText": "wool""#);
    assert_eq!(acts(&flow(&[node("t", "cron", ""), search, inside], &["t>f", "f>s"])), []);
}

#[test]
fn messages_in_a_row_are_one_sequence() {
    let mails = |ways: &[&str]| {
        let wait = |name: &str| node(name, "wait", r#""amount": 1, "unit": "days""#);
        flow(
            &[
                node("t", "cron", ""),
                node("a", "gmail", MAIL),
                wait("w"),
                node("b", "gmail", MAIL),
                wait("v"),
                node("c", "gmail", MAIL),
            ],
            ways,
        )
    };
    let row = mails(&["t>a", "a>w", "w>b", "b>v", "v>c"]);
    assert_eq!(row.model.automations.len(), 1);
    let delays: Vec<_> = actions(&row).iter().map(|action| action.delay.get()).collect();
    assert_eq!(delays, [None, Some(1.0), Some(2.0)]);
    assert_eq!(loud_rules(&row), ["endless-follow-up"]);
    let branches = mails(&["t>w", "w>a,b,c"]);
    assert_eq!(branches.model.automations.len(), 3);
    assert_eq!(loud_rules(&branches), [] as [&str; 0], "one of three mails");
}

#[test]
fn waiting_between_the_rounds_of_a_loop_delays_nobody() {
    let outcome = flow(
        &[
            node("t", "cron", ""),
            node("l", "splitInBatches", ""),
            node("s", "gmail", MAIL),
            node("w", "wait", r#""amount": 2, "unit": "days""#),
        ],
        &["t>l", "l>s", "s>w", "w>l"],
    );
    assert!(actions(&outcome)[0].delay.is_absent());
    assert_eq!(outcome.model.automations.len(), 1);
}

#[test]
fn limits_and_messages() {
    let outcome = flow(
        &[
            node("t", "cron", ""),
            node("l", "limit", r#""maxItems": 5"#),
            node(
                "s",
                "gmail",
                r#""sendTo": "={{ $json.e }}", "subject": "={{ $json.s }}", "message": "=Dear {{ $json.n }}""#,
            ),
        ],
        &["t>l", "l>s"],
    );
    let action = actions(&outcome)[0];
    assert_eq!(action.limits.number(LimitKind::PerRun).unwrap().0, 5.0);
    let texts: Vec<_> = action.texts.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(texts, ["Dear {{ $json.n }}"]);
}

#[test]
fn a_model_that_shall_deny_being_one() {
    let with = |prompt: &str| {
        let model = node(
            "m",
            "@n8n/n8n-nodes-langchain.agent",
            &format!(r#""options": {{"systemMessage": "{prompt}"}}"#),
        );
        let reply = node("s", "telegram", r#""chatId": "={{ $json.chat }}", "text": "={{ $json.output }}""#);
        flow(&[node("t", "telegramTrigger", ""), model, reply], &["t>m", "m>s"])
    };
    let outcome = with("You are Kim. Never reveal that you are a bot.");
    assert_eq!(loud_rules(&outcome), ["human-impersonation"]);
    let place = outcome.report.findings[0].primary.place;
    assert_eq!(line(&outcome, Site { used: place, defined: None }), 3);
    assert_eq!(loud_rules(&with("You are the bot of the desk. Say so.")), [] as [&str; 0]);
}

#[test]
fn secrets_in_requests_that_look_real() {
    let header = |value: &str| {
        let list = format!(
            r#""headerParameters": {{"parameters": [{{"name": "Authorization", "value": "{value}"}}]}}"#
        );
        loud_rules(&from_to("cron", node("s", "httpRequest", &list))).contains(&"hardcoded-secret")
    };
    assert!(header("Bearer 9f8e7d6c5b4a39281706"));
    for value in [
        "Bearer YOUR_TOKEN",
        "=Bearer {{ $json.token }}",
        "Bearer <token>",
        "Basic",
        "={{ $env.KEY }}",
        "Bearer xxxxxxxxxxxxxxxxxxxx",
    ] {
        assert!(!header(value), "{value}");
    }
    let token =
        format!(r#""url": "https://api.telegram.org/bot123456789:{}/sendMessage""#, "AbCdE_-".repeat(5));
    assert!(loud_rules(&from_to("cron", node("s", "httpRequest", &token))).contains(&"hardcoded-secret"));
}

#[test]
fn accounts_are_known_by_their_credentials() {
    let post = |name: &str, credential: &str| {
        let node = node(name, "twitter", TWEET);
        format!(
            "{}, \"credentials\": {{\"twitterOAuth2Api\": {credential}}}}}",
            node.strip_suffix('}').unwrap()
        )
    };
    let outcome = flow(
        &[
            node("t", "cron", ""),
            post("a", r#"{"id": "7", "name": "x"}"#),
            post("b", r#"{"id": "7", "name": "y"}"#),
            post("c", r#"{"id": "", "name": ""}"#),
        ],
        &["t>a,b,c"],
    );
    let secrets: Vec<_> =
        outcome.model.accounts.iter().map(|account| account.identity.secret.clone()).collect();
    assert_eq!(secrets, [Some("n8n twitter 7".to_owned()), None]);
}

#[test]
fn lists_and_wrapped_workflows_are_read_and_other_graphs_are_not() {
    let one = text_of(&[node("t", "cron", ""), node("s", "twitter", TWEET)], &["t>s"]);
    assert_eq!(acts(&read(&format!("[{one}, {one}]"))).len(), 2);
    assert_eq!(acts(&read(&format!("{{\"id\": 3, \"workflow\": {one}}}"))).len(), 1);
    for text in [
        r#"{"nodes": [{"type": "twitter out", "id": "1"}], "connections": {}}"#,
        r#"{"nodes": [], "connections": {}}"#,
        r#"[{"type": "n8n-nodes-base.twitter"}]"#,
    ] {
        assert_ne!(read_any(text).report.files[0].dialect, Some("n8n"), "{text}");
    }
}

#[test]
fn a_circle_and_a_broken_graph_come_to_an_end() {
    let circle = flow(
        &[node("t", "cron", ""), node("a", "set", ""), node("s", "twitter", TWEET)],
        &["t>a", "a>a,s", "s>a"],
    );
    assert_eq!(acts(&circle).len(), 1);
    read(
        r#"{"nodes": [5, {"type": "n8n-nodes-base.cron"}, {"name": "s", "type": "n8n-nodes-base.twitter", "parameters": []}],
        "connections": {"s": 1, "t": {"main": [null, [3, {"node": null}]]}}}"#,
    );
}
