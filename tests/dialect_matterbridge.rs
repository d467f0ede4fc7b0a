//! Matterbridge's gateways, from files to who hears whom.

#![allow(clippy::unwrap_used)]

use botiquette::model::{Automation, GuardKind};

use crate::linted::{self, lint_text};

fn dialect(name: &str, text: &str) -> Option<&'static str> {
    linted::dialect(&lint_text(name, text))
}

/// Findings as `line rule`, in order.
fn findings(text: &str) -> Vec<String> {
    linted::findings(&lint_text("bridge.toml", text))
}

fn automations(text: &str) -> Vec<Automation> {
    let outcome = lint_text("bridge.toml", text);
    assert_eq!(outcome.report.files.first().and_then(|file| file.dialect), Some("matterbridge"), "{text}");
    outcome.model.automations
}

/// Where each automation hears something.
fn heard(automation: &Automation) -> Vec<String> {
    let from = automation.triggers.iter().filter_map(|trigger| trigger.from.as_ref());
    from.flat_map(|from| &from.of).map(|text| text.text.clone()).collect()
}

/// Where each automation speaks.
fn said(automation: &Automation) -> Vec<String> {
    automation.actions.iter().flat_map(|action| &action.audience.of).map(|text| text.text.clone()).collect()
}

/// Pairs of automations of which the first sets off the second.
fn echoes(text: &str) -> Vec<(usize, usize)> {
    let automations = automations(text);
    let live = |automation: &&Automation| automation.enabled.get() != Some(false);
    let mut pairs = Vec::new();
    for (one, speaker) in automations.iter().filter(live).enumerate() {
        for (other, listener) in automations.iter().filter(live).enumerate() {
            if said(speaker).iter().any(|place| heard(listener).contains(place)) {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

/// A gateway that is on, between these accounts and channels.
fn gateway(ends: &[(&str, &str, &str)]) -> String {
    let mut text = "[[gateway]]\nname = \"g\"\nenable = true\n".to_owned();
    for (direction, account, channel) in ends {
        text += &format!("[[gateway.{direction}]]\naccount = \"{account}\"\nchannel = \"{channel}\"\n");
    }
    text
}

const SERVERS: &str = "[irc.a]\nServer = \"chat.example:6697\"\n[irc.b]\nServer = \"CHAT.example:6667\"\n[irc.c]\nServer = \"other.example\"\n";

#[test]
fn files_are_recognised_by_their_gateways() {
    let toml = gateway(&[("inout", "irc.a", "#x"), ("inout", "slack.b", "x")]);
    assert_eq!(dialect("bridge.toml", &toml), Some("matterbridge"));
    let inline = "[[gateway]]\nInOut = [{ Account = \"discord.a\", Channel = \"x\" }]\n";
    assert_eq!(dialect("bridge.toml", inline), Some("matterbridge"));
    let same = "[[samechannelgateway]]\naccounts = [\"irc.a\", \"slack.b\"]\nchannels = [\"x\"]\n";
    assert_eq!(dialect("bridge.toml", same), Some("matterbridge"));
    let yaml = "gateway:\n- name: g\n  inout:\n  - { account: irc.a, channel: '#x' }\n";
    assert_eq!(dialect("bridge.yaml", yaml), Some("matterbridge"));
    for other in [
        "[[gateway]]\nname = \"eth0\"\nin = [{ port = 80 }]\n",
        "[gateway]\naccount = \"irc.a\"\n",
        "[[gateway.inout]]\naccount = \"aws.eu\"\n",
    ] {
        assert_ne!(dialect("bridge.toml", other), Some("matterbridge"), "{other}");
    }
}

#[test]
fn each_channel_speaks_to_the_others() {
    let ends = [("inout", "irc.a", "#x"), ("in", "slack.s", "read"), ("out", "discord.d", "write")];
    let automations = automations(&gateway(&ends));
    assert_eq!(automations.len(), 2);
    let (slack, irc) = (automations.first().unwrap(), automations.last().unwrap());
    assert_eq!(
        (heard(irc), said(irc)),
        (vec!["#x on irc.a, seen by irc.a".to_owned()], vec!["write on discord.d".to_owned()])
    );
    assert_eq!(said(slack), ["#x on irc.a", "write on discord.d"]);
    // In and out together are both ways.
    let both = [("in", "irc.a", "#x"), ("out", "irc.a", "#x"), ("inout", "slack.s", "x")];
    assert_eq!(self::automations(&gateway(&both)).len(), 2);
}

#[test]
fn the_bridge_knows_its_own_words() {
    let both_ways = gateway(&[("inout", "irc.a", "#x"), ("inout", "irc.c", "#x"), ("inout", "slack.s", "x")]);
    assert_eq!(echoes(&format!("{SERVERS}{both_ways}")), []);
    let shared = both_ways.clone() + &gateway(&[("inout", "irc.a", "#x"), ("inout", "telegram.t", "-1")]);
    assert_eq!(echoes(&format!("{SERVERS}{shared}")), []);
}

#[test]
fn two_accounts_in_one_place_hear_each_other() {
    let text = format!("{SERVERS}{}", gateway(&[("inout", "irc.a", "#X"), ("inout", "irc.b", "#x")]));
    assert_eq!(echoes(&text), [(0, 0), (1, 1)]);
    let two = gateway(&[("inout", "irc.a", "#x"), ("inout", "slack.s", "x")])
        + &gateway(&[("inout", "irc.b", "#x"), ("inout", "slack.t", "y")]);
    // What comes from the first team's room reaches the second's, and the other way round; it ends there.
    assert_eq!(echoes(&format!("{SERVERS}{two}")), [(1, 2), (3, 0)]);
    let one_chat = gateway(&[("inout", "telegram.a", "-1"), ("inout", "telegram.b", "-1")]);
    assert_eq!(echoes(&one_chat), [(0, 0), (1, 1)]);
    let numbered = gateway(&[("inout", "discord.a", "ID:7"), ("inout", "discord.b", "ID:7")]);
    assert_eq!(echoes(&numbered), [(0, 0), (1, 1)]);
    let named = gateway(&[("inout", "discord.a", "general"), ("inout", "discord.b", "general")]);
    assert_eq!(echoes(&named), []);
}

#[test]
fn rings_are_reported_and_bridges_are_not() {
    let team = "[mattermost.s]\nServer = \"town.example\"\nTeam = \"port\"\n[mattermost.t]\nServer = \"town.example\"\nTeam = \"port\"\n";
    let first = gateway(&[("inout", "irc.a", "#x"), ("inout", "mattermost.s", "square")]);
    let second = gateway(&[("inout", "irc.b", "#x"), ("inout", "mattermost.t", "square")]);
    let ring = findings(&format!("{SERVERS}{team}{first}{second}"));
    assert!(ring.iter().any(|finding| finding.ends_with("mirror-loop")), "{ring:?}");
    let other_team = team.replacen("port", "mill", 1);
    assert_eq!(findings(&format!("{SERVERS}{other_team}{first}{second}")), [""; 0]);
    assert_eq!(findings(&format!("{SERVERS}{team}{first}")), [""; 0]);
    let twice = format!("{SERVERS}{}", gateway(&[("inout", "irc.a", "#x"), ("inout", "irc.b", "#x")]));
    assert_eq!(findings(&twice), ["12 self-trigger"], "{twice}");
}

#[test]
fn what_is_off_or_ignored_is_not_heard() {
    let loops = gateway(&[("inout", "irc.a", "#x"), ("inout", "irc.b", "#x")]);
    for off in ["enable = false", "Enable = false", ""] {
        let text = format!("{SERVERS}{}", loops.replace("enable = true", off));
        assert_eq!(echoes(&text), [], "{off}");
        assert!(automations(&text).iter().all(|automation| automation.enabled.get() == Some(false)), "{off}");
    }
    let ignoring = format!("[general]\nIgnoreNicks = \"bridge\"\n{SERVERS}{loops}");
    assert_eq!(echoes(&ignoring), []);
    let guards: Vec<_> =
        automations(&ignoring).iter().flat_map(|a| a.guards.clone()).map(|g| g.kind).collect();
    assert_eq!(guards, [GuardKind::ExcludeBots, GuardKind::ExcludeBots]);
}

#[test]
fn copies_show_their_origin_where_the_format_does() {
    let marked = |settings: &str| {
        let ends = gateway(&[("in", "irc.a", "#x"), ("out", "slack.s", "x")]);
        let automations = automations(&format!("{settings}\n{ends}"));
        automations.first().unwrap().actions.first().unwrap().marked.get()
    };
    assert_eq!(marked("[slack.s]\nRemoteNickFormat = \"<{NICK}> \""), Some(true));
    assert_eq!(marked("[slack.s]\nremotenickformat = \"{NOPINGNICK}: \""), Some(true));
    assert_eq!(
        marked("[general]\nRemoteNickFormat = \"[{PROTOCOL}] <{NICK}> \"\n[slack.s]\nDebug = true"),
        Some(true)
    );
    assert_eq!(marked("[slack.s]\nRemoteNickFormat = \"[{PROTOCOL}] \""), Some(true));
    assert_eq!(marked("[slack.s]\nRemoteNickFormat = \"> \""), Some(false));
    assert_eq!(marked("[slack.s]\nRemoteNickFormat = \"{TENGO}\""), None);
    assert_eq!(marked("[slack.s]\nRemoteNickFormat = \"\""), None);
    assert_eq!(marked("[irc.a]\nRemoteNickFormat = \"{NICK}\"\n[slack.s]\nDebug = true"), None);
}

#[test]
fn secrets_and_slips_are_reported() {
    let ends = gateway(&[("inout", "irc.a", "#x"), ("inout", "slack.s", "x")]);
    let secret =
        format!("[irc.a]\nNickServPassword = \"r3ally-long-one\"\n[slack.s]\nToken = \"${{SLACK}}\"\n{ends}");
    assert_eq!(findings(&secret), ["2 hardcoded-secret"]);
    for placeholder in ["", "changeme", "<token>"] {
        let text = format!("[slack.s]\nToken = \"{placeholder}\"\n{ends}");
        assert_eq!(findings(&text), [""; 0], "{placeholder}");
    }
    assert_eq!(findings(&ends.replace("enable =", "enabled =")), ["2 inert-setting", "3 unknown-key"]);
    let twice = format!("[slack.s]\nLabel = \"a\"\nLabel = \"b\"\n{ends}");
    assert_eq!(findings(&twice), ["3 syntax-error"]);
}
