//! Which accounts are one: by platform and handle, else by the secret they sign in with, else because their tool reads
//! the files together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Basis, Unity};
use crate::model::Account;

/// Accounts that are one, by their numbers, and on what that rests.
pub(super) type Group = (Vec<usize>, Option<Unity>);

/// Groups accounts, in the order of their first members. The result does not depend on the order of files.
pub(super) fn groups(accounts: &[Account]) -> Vec<Group> {
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
