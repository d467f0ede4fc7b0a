//! One account made of two.

use crate::model::{Account, Automation, Guard, GuardKind, Limits, Profile, Stated, SwitchKind};

/// Gives an automation what its own file says about the whole account.
pub(super) fn bring_along(account: &Account, automation: &mut Automation) {
    let skips_approval = account.is_on(SwitchKind::SkipApproval);
    automation.guards.extend(account.guards.iter().cloned());
    automation.guards.extend(account.enforced_by_tool.iter().map(|kind| Guard::new(*kind, account.site)));
    for guard in
        automation.guards.iter_mut().filter(|guard| skips_approval && guard.kind == GuardKind::Approval)
    {
        guard.kind = GuardKind::SelfApproval;
    }
    for (kind, bound) in account.limits.iter() {
        if automation.limits.get(kind).is_none() {
            automation.limits.set(kind, bound.clone());
        }
    }
    let rehearses = account
        .switches
        .iter()
        .find(|switch| switch.kind == SwitchKind::DryRun && switch.on.get() == Some(true));
    if let Some(switch) = rehearses {
        automation.enabled = Stated::Known(false, switch.on.site().unwrap_or(account.site));
    }
}

/// One account of two. What the first says goes before what the second says.
pub(super) fn join(mut one: Account, other: Account) -> Account {
    one.identity.platform = one.identity.platform.or(other.identity.platform);
    if one.identity.handle.known().is_none() && other.identity.handle.known().is_some() {
        one.name.clone_from(&other.name);
    }
    one.identity.handle = one.identity.handle.or(other.identity.handle);
    one.identity.secret = one.identity.secret.or(other.identity.secret);
    one.identity.instance = one.identity.instance.or(other.identity.instance);
    one.owner_group = one.owner_group.or(other.owner_group);
    one.kind = one.kind.or(other.kind);
    one.auth = one.auth.or(other.auth);
    let (mine, theirs) = (one.profile, other.profile);
    one.profile = Profile {
        bot_flag: mine.bot_flag.or(theirs.bot_flag),
        bio: mine.bio.or(theirs.bio),
        avatar: mine.avatar.or(theirs.avatar),
        url: mine.url.or(theirs.url),
        operator: mine.operator.or(theirs.operator),
        contact: mine.contact.or(theirs.contact),
        posts: mine.posts.or(theirs.posts),
        followers: mine.followers.or(theirs.followers),
        following: mine.following.or(theirs.following),
    };
    let new_facts = other.facts.into_iter().filter(|fact| one.fact(fact.kind).is_none()).collect::<Vec<_>>();
    one.facts.extend(new_facts);
    one.switches.extend(other.switches);
    one.dead_switches.extend(other.dead_switches);
    one.unguarded.extend(other.unguarded);
    one.secrets.extend(other.secrets);
    add_new(&mut one.expressible, other.expressible);
    add_new(&mut one.routed_by_tool, other.routed_by_tool);
    add_new(&mut one.enforced_by_tool, other.enforced_by_tool);
    one.guards.extend(other.guards);
    for (kind, bound) in other.limits.iter() {
        if one.limits.get(kind).is_none() {
            one.limits.set(kind, bound.clone());
        }
    }
    one
}

/// Takes from an account what its automations carry themselves by now.
pub(super) fn forget_what_came_along(account: &mut Account) {
    account.guards.clear();
    account.enforced_by_tool.clear();
    account.limits = Limits::default();
    account.switches.retain(|switch| switch.kind != SwitchKind::DryRun);
}

fn add_new<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}
