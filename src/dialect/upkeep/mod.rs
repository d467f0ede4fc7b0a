//! Tools that keep a tracker in order by rules of conditions and deeds: Mergify, Microsoft's GitOps policies and
//! FabricBot, gitlab-triage, VS Code's triage commands. One file for each; what the rules of all of them mean is shared
//! here.

mod checks;
mod commands;
mod fabric;
mod gitlab_triage;
mod gitops;
mod mergify;
mod microsoft;
mod policy;
mod stages;

pub(super) use commands::DIALECT as TRIAGE_COMMANDS;
pub(super) use fabric::DIALECT as FABRICBOT;
pub(super) use gitlab_triage::DIALECT as GITLAB_TRIAGE;
pub(super) use gitops::DIALECT as GITOPS;
pub(super) use mergify::DIALECT as MERGIFY;
