//! Who an account is, and what holds for everything it does.

use crate::model::{
    Account, AccountKind, Auth, Property, SecretKind, Stated, SwitchKind, View, platform_name,
};
use crate::narrate::{capital, guards, limits, listed, runs};

/// Sentences about the account as a whole.
pub(super) fn who(view: &View<'_>) -> Vec<String> {
    let account = view.account;
    let mut said = vec![introduction(account)];
    if account.is_on(SwitchKind::DryRun) {
        said.push("It only rehearses: nothing of what follows really happens.".to_owned());
    }
    if let Some(runs) = runs(&account.limits) {
        said.push(format!("It runs {runs}."));
    }
    if let Some(together) = limits(&account.limits) {
        said.push(format!("{} in everything it does together.", capital(&together)));
    }
    let conditions = guards(account.guards.iter());
    if !conditions.is_empty() {
        said.push(format!("Conditions on everything it does: {}.", conditions.join(", ")));
    }
    said.extend(switches(account));
    if account.secrets.iter().any(|secret| secret.kind != SecretKind::Placeholder) {
        said.push("Its password or token stands in the file for everyone to read.".to_owned());
    }
    said
}

/// `A bot on mastodon, marked as one, run by @ana (help@example.org).`
fn introduction(account: &Account) -> String {
    let kind = match account.kind.get() {
        Some(AccountKind::Bot) => "A bot",
        Some(AccountKind::Person) => "A person's account",
        Some(AccountKind::Org) => "An organisation's account",
        None => "An account",
    };
    let platform = match &account.identity.platform {
        // Letters and text messages have no platform on which an account is.
        Stated::Known(way, _) if matches!(way.as_str(), "email" | "sms") => {
            format!(" for {}", platform_name(way))
        }
        Stated::Known(platform, _) => format!(" on {}", platform_name(platform)),
        Stated::Unknown(_) => " on a platform that is filled in later".to_owned(),
        Stated::Absent => String::new(),
    };
    let mut parts = Vec::new();
    match account.profile.bot_flag {
        Stated::Known(true, _) => parts.push("marked as automated".to_owned()),
        Stated::Known(false, _) => parts.push("not marked as automated".to_owned()),
        Stated::Absent if account.can_express(Property::Profile) => {
            parts.push("which does not say whether it is automated".to_owned());
        }
        _ => {}
    }
    if let Some(operator) = known(&account.profile.operator) {
        parts.push(format!("run by {operator}"));
    }
    if let Some(contact) = known(&account.profile.contact) {
        parts.push(format!("to be reached at {contact}"));
    }
    match account.auth.get() {
        Some(Auth::Password) => parts.push("signed in with a password".to_owned()),
        Some(Auth::UserToken) => parts.push("signed in with a person's token".to_owned()),
        Some(Auth::Browser) => parts.push("signed in like a person, through a browser or an app".to_owned()),
        Some(Auth::OfficialApi) | None => {}
    }
    if parts.is_empty() && platform.is_empty() && kind == "An account" {
        return "The configuration does not say who it is.".to_owned();
    }
    let parts = if parts.is_empty() { String::new() } else { format!(", {}", listed(&parts, "and")) };
    format!("{kind}{platform}{parts}.")
}

fn known(field: &Stated<String>) -> Option<&str> {
    field.known().map(String::as_str).filter(|text| !text.trim().is_empty())
}

/// Switches that change what everything comes to.
fn switches(account: &Account) -> Vec<String> {
    const SAID: &[(SwitchKind, &str)] = &[
        (SwitchKind::SkipApproval, "Approvals are skipped."),
        (SwitchKind::DisableRateLimit, "Its rate limiter is switched off."),
        (SwitchKind::IgnoreNobot, "It contacts people who ask for no bots, too."),
        (SwitchKind::FakeTyping, "It pretends to type."),
        (SwitchKind::HumanPersona, "It presents itself as a human being."),
        (SwitchKind::DeniesBot, "It denies that it is a bot."),
        (SwitchKind::VolatileMemory, "It forgets whom it contacted whenever it restarts."),
        (SwitchKind::AssumesConsent, "It takes consent for granted."),
    ];
    let mut said: Vec<String> = SAID
        .iter()
        .filter(|(kind, _)| account.is_on(*kind))
        .map(|(_, sentence)| (*sentence).to_owned())
        .collect();
    let hides =
        account.switches.iter().any(|switch| switch.kind.hides_the_bot() && switch.on.get() == Some(true));
    if hides {
        said.push("It takes steps to look like a person to the platform, or to stay unnoticed.".to_owned());
    }
    if !account.dead_switches.is_empty() {
        let names: Vec<String> =
            account.dead_switches.iter().map(|switch| format!("“{}”", switch.name)).collect();
        said.push(format!("It declares safety switches that do nothing: {}.", listed(&names, "and")));
    }
    said
}
