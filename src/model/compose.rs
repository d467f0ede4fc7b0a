//! Which accounts of several files are one: by platform and handle, else by the secret they sign in with,
//! else because their tool reads the files together. What nothing ties together stays apart.

use std::collections::{BTreeMap, BTreeSet};

use super::{Account, Automation, Guard, GuardKind, Model, Stated, SwitchKind};

/// On what it rests that accounts of several files are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unity {
    /// What they have in common.
    pub basis: Basis,
    /// Whether that proves it; a name alone does not.
    pub is_proven: bool,
}

/// What accounts of several files have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The handle.
    Handle(String),
    /// The name of the secret that they sign in with.
    Secret(String),
    /// The tool reads their files together.
    Instance,
}

impl Unity {
    /// Whether the files belong to different installations, so that what one says about its bot as a whole
    /// holds for its own automations only.
    fn is_loose(&self) -> bool {
        self.basis != Basis::Instance
    }
}

/// Accounts that are one, by their numbers, and on what that rests.
type Group = (Vec<usize>, Option<Unity>);

impl Model {
    /// Makes one account of those that are one. Each file's own switches, guards and limits stay with its
    /// own automations.
    pub fn compose(&mut self) {
        if self.accounts.len() < 2 {
            return;
        }
        let groups = groups(&self.accounts);
        if groups.iter().all(|(members, _)| members.len() == 1) {
            return;
        }
        let mut new_number = vec![0; self.accounts.len()];
        for (number, (members, _)) in groups.iter().enumerate() {
            for member in members {
                if let Some(slot) = new_number.get_mut(*member) {
                    *slot = number;
                }
            }
        }
        for automation in &mut self.automations {
            let old = automation.account;
            let new = new_number.get(old).copied().unwrap_or(old);
            let is_joined =
                groups.get(new).is_some_and(|(_, unity)| unity.as_ref().is_some_and(Unity::is_loose));
            if is_joined && let Some(account) = self.accounts.get(old) {
                bring_along(account, automation);
            }
            automation.account = new;
        }
        let mut accounts: Vec<Option<Account>> =
            std::mem::take(&mut self.accounts).into_iter().map(Some).collect();
        self.accounts = groups
            .into_iter()
            .filter_map(|(members, unity)| {
                let mut parts = members.into_iter().filter_map(|member| accounts.get_mut(member)?.take());
                let first = parts.next()?;
                let mut one = parts.fold(first, join);
                if unity.as_ref().is_some_and(Unity::is_loose) {
                    forget_what_came_along(&mut one);
                }
                one.unity = unity;
                Some(one)
            })
            .collect();
    }
}

/// Which accounts of two versions of a configuration are the same: pairs of numbers, by what makes accounts of
/// several files one. Where several could be meant, none is.
#[must_use]
pub fn partners(old: &[Account], new: &[Account]) -> Vec<(usize, usize)> {
    // Both versions count their files from zero, and two accounts of one file are two.
    let files = old.iter().map(|account| account.site.used.file.0.saturating_add(1)).max().unwrap_or(0);
    let mut all = old.to_vec();
    all.extend(new.iter().cloned().map(|mut account| {
        account.site.used.file.0 = account.site.used.file.0.saturating_add(files);
        account
    }));
    let pair = |(members, _): (Vec<usize>, _)| match members.as_slice() {
        [one, other] if *one < old.len() => Some((*one, other.checked_sub(old.len())?)),
        _ => None,
    };
    groups(&all).into_iter().filter_map(pair).collect()
}

/// Groups accounts, in the order of their first members. The result does not depend on the order of files.
fn groups(accounts: &[Account]) -> Vec<Group> {
    let mut group_of: Vec<Option<usize>> = vec![None; accounts.len()];
    let mut groups: Vec<Group> = Vec::new();
    by_handle(accounts, &mut group_of, &mut groups);
    let secret = |account: &Account| account.identity.secret.clone();
    by_key(accounts, &mut group_of, &mut groups, secret, |key, first, other| Unity {
        basis: Basis::Secret(key.to_owned()),
        is_proven: same_tool(first, other),
    });
    let instance = |account: &Account| account.identity.instance.clone();
    by_key(accounts, &mut group_of, &mut groups, instance, |_, _, _| Unity {
        basis: Basis::Instance,
        is_proven: true,
    });
    for (number, slot) in group_of.iter().enumerate() {
        if slot.is_none() {
            groups.push((vec![number], None));
        }
    }
    for (members, _) in &mut groups {
        members.sort_unstable();
    }
    groups.sort_by_key(|(members, _)| members.first().copied());
    groups
}

/// Accounts with the same handle, unless they are known to be on different platforms. A platform that only
/// one of them names leaves it unproven.
fn by_handle(accounts: &[Account], group_of: &mut [Option<usize>], groups: &mut Vec<Group>) {
    let mut named: BTreeMap<String, BTreeMap<Option<String>, Vec<usize>>> = BTreeMap::new();
    for (number, account) in accounts.iter().enumerate() {
        if let Some(handle) = account.identity.handle.known() {
            let handle = handle.trim().trim_start_matches('@').to_lowercase();
            if is_stand_in(&handle) {
                continue;
            }
            let platform = account.identity.platform.known().cloned();
            named.entry(handle).or_default().entry(platform).or_default().push(number);
        }
    }
    for (handle, mut platforms) in named {
        let open = platforms.remove(&None).unwrap_or_default();
        let is_unsure = !open.is_empty() && platforms.len() == 1;
        if platforms.is_empty() || platforms.len() > 1 {
            // Which of several platforms is meant cannot be known.
            let unity = || Unity { basis: Basis::Handle(handle.clone()), is_proven: false };
            found(open.clone(), unity(), group_of, groups);
        }
        for mut members in platforms.into_values() {
            if is_unsure {
                members.extend(&open);
            }
            let unity = Unity { basis: Basis::Handle(handle.clone()), is_proven: !is_unsure };
            found(members, unity, group_of, groups);
        }
    }
}

fn found(members: Vec<usize>, unity: Unity, group_of: &mut [Option<usize>], groups: &mut Vec<Group>) {
    if members.is_empty() {
        return;
    }
    for member in &members {
        if let Some(slot) = group_of.get_mut(*member) {
            *slot = Some(groups.len());
        }
    }
    let unity = (members.len() > 1).then_some(unity);
    groups.push((members, unity));
}

/// Adds accounts without a group to the one group that shares their key, or makes a group of them. Where
/// several groups share it, they differ in a stronger sign, and nobody knows which one is meant.
fn by_key(
    accounts: &[Account],
    group_of: &mut [Option<usize>],
    groups: &mut Vec<Group>,
    key: impl Fn(&Account) -> Option<String>,
    unity: impl Fn(&str, &Account, &Account) -> Unity,
) {
    for (key, members) in sharing(accounts, key) {
        let group = |member: &usize| group_of.get(*member).copied().flatten();
        let mut known: Vec<usize> = members.iter().filter_map(group).collect();
        known.sort_unstable();
        known.dedup();
        let loose: Vec<usize> = members.iter().copied().filter(|member| group(member).is_none()).collect();
        let Some((first, other)) = members.first().zip(members.last()) else { continue };
        let (Some(first), Some(other)) = (accounts.get(*first), accounts.get(*other)) else { continue };
        let unity = unity(&key, first, other);
        match known.as_slice() {
            [only] if !loose.is_empty() => {
                for member in &loose {
                    if let Some(slot) = group_of.get_mut(*member) {
                        *slot = Some(*only);
                    }
                }
                if let Some((members, basis)) = groups.get_mut(*only) {
                    members.extend(loose);
                    *basis = Some(unity);
                }
            }
            [_] => {}
            _ => found(loose, unity, group_of, groups),
        }
    }
}

/// Whether a handle only shows where one goes, as in the examples that tools come with.
fn is_stand_in(handle: &str) -> bool {
    const WORDS: &[&str] = &[
        "your",
        "username",
        "user_name",
        "example",
        "placeholder",
        "changeme",
        "change_me",
        "my_account",
        "xxx",
        "<",
    ];
    handle.is_empty()
        || handle == "handle"
        || handle == "user"
        || WORDS.iter().any(|word| handle.contains(word))
}

/// Accounts by what they share, in order. What is known to be on different platforms is not one account, and a
/// file that names several accounts tells them apart by itself.
fn sharing(accounts: &[Account], key: impl Fn(&Account) -> Option<String>) -> Vec<(String, Vec<usize>)> {
    let mut by_key: BTreeMap<String, BTreeMap<Option<String>, Vec<usize>>> = BTreeMap::new();
    for (number, account) in accounts.iter().enumerate() {
        if let Some(key) = key(account) {
            let platform = account.identity.platform.known().cloned();
            by_key.entry(key).or_default().entry(platform).or_default().push(number);
        }
    }
    let mut shared = Vec::new();
    for (key, mut platforms) in by_key {
        let open = platforms.remove(&None).unwrap_or_default();
        match platforms.len() {
            0 => shared.push((key, open)),
            1 => {
                let members = platforms.into_values().flatten().chain(open).collect();
                shared.push((key, members));
            }
            _ => shared.extend(platforms.into_values().map(|members| (key.clone(), members))),
        }
    }
    shared.retain(|(_, members)| {
        let file = |number: &usize| accounts.get(*number).map(|account| account.site.used.file);
        let files: BTreeSet<_> = members.iter().map(file).collect();
        files.len() == members.len()
    });
    shared
}

/// Whether two accounts come from the same installation of a tool, or at least from the same folder's files.
fn same_tool(first: &Account, other: &Account) -> bool {
    first.identity.instance.is_some() && first.identity.instance == other.identity.instance
}

/// Gives an automation what its own file says about the whole account.
fn bring_along(account: &Account, automation: &mut Automation) {
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
fn join(mut one: Account, other: Account) -> Account {
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
    one.profile = super::Profile {
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
fn forget_what_came_along(account: &mut Account) {
    account.guards.clear();
    account.enforced_by_tool.clear();
    account.limits = super::Limits::default();
    account.switches.retain(|switch| switch.kind != SwitchKind::DryRun);
}

fn add_new<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}
