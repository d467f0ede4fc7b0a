//! The tools whose configurations botiquette understands: one file per tool, each with a way to recognise
//! a file and a way to say in the model's words what the tool will do.
//! May know syntax and model; never a rule or a report.

pub(crate) mod adhoc;
mod automoderator;
mod bounds;
pub mod conduct;
mod coverage;
pub mod described;
mod eliza;
mod github;
mod gramaddict;
mod insomniac;
mod known;
mod mass_dm;
mod matterbridge;
mod mjolnir;
mod n8n;
mod pleroma_bot;
mod rasa;
mod reading;
mod states;
mod tgcf;
mod upkeep;
mod xuse;

use std::path::Path;

pub(crate) use self::coverage::coverage;
pub(crate) use self::known::{NONE, Recognised};
pub use self::known::{Own, Tool, built_in, find};
pub(crate) use self::reading::{Reader, flag_of, number_in};
pub(crate) use self::states::{Removal, paths as state_paths, removal, takes_flag};
use crate::model::{Account, Automation, Model, Property, Site};
use crate::source::{FileId, Sources};
use crate::syntax::{NodeRef, Tree};

/// A tool whose configuration is understood by code. Each such dialect is one file of this folder with a constant of
/// this type, named in [`ALL`]; simpler ones are described in data ([`described`]).
#[derive(Debug)]
pub struct Dialect {
    /// Its name on the command line and in reports.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// Where the format is documented, and the version that was read.
    pub reference: &'static str,
    /// How a file is recognised, in one sentence.
    pub recognised_by: &'static str,
    /// What the format can express; an absence is a finding only where it could have been said.
    pub expresses: &'static [Property],
    /// Words of which a file must hold at least one, exactly so, to be worth parsing.
    pub hints: &'static [&'static str],
    /// Whether a file is of this dialect. Judges content and path, never the file's name alone.
    pub detect: fn(&Candidate<'_>) -> bool,
    /// Says what the configuration does. Total: what is malformed becomes a remark, the rest is understood.
    pub lower: fn(&Candidate<'_>, &mut Lowered),
}

/// Every dialect that is code, in the order in which they are tried; the generic one comes last.
pub static ALL: &[&Dialect] = &[
    &conduct::DIALECT,
    &github::WORKFLOW,
    &github::PROBOT_STALE,
    &github::PROBOT_LOCK,
    &github::PROBOT_NO_RESPONSE,
    &github::PROBOT_CONFIG,
    &github::PROBOT_AUTO_COMMENT,
    &github::LABEL_ACTIONS,
    &upkeep::MERGIFY,
    &upkeep::GITOPS,
    &upkeep::FABRICBOT,
    &upkeep::GITLAB_TRIAGE,
    &upkeep::TRIAGE_COMMANDS,
    &gramaddict::DIALECT,
    &insomniac::DIALECT,
    &automoderator::DIALECT,
    &rasa::DIALECT,
    &matterbridge::DIALECT,
    &mjolnir::DIALECT,
    &pleroma_bot::DIALECT,
    &mass_dm::DIALECT,
    &tgcf::DIALECT,
    &xuse::DIALECT,
    &eliza::DIALECT,
    &n8n::DIALECT,
    &adhoc::DIALECT,
];

/// Whether what is made of a file may change with the files in its folder, of which one calls another.
#[must_use]
pub fn depends_on_its_folder(path: &Path) -> bool {
    github::callers::are_beside(path)
}

/// How a file came into a run: the less a person said, the more must speak for a bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The user named it.
    Named,
    /// A search found it in the folder of a bot's file, to which it may belong.
    Beside,
    /// A search found it in a folder that holds little else, which the user named.
    AmongFew,
    /// A search found it.
    Found,
}

/// A file that may be a bot's configuration.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'t> {
    /// Its path as the user gave it.
    pub path: &'t Path,
    /// Its number in the run.
    pub file: FileId,
    /// Its content.
    pub tree: &'t Tree<'t>,
    /// How it came into the run.
    pub origin: Origin,
    /// The files of the run, for tools of which one file calls another; none where it is looked at alone.
    pub beside: Option<&'t Sources>,
}

/// What a dialect understood of one file.
#[derive(Debug, Default)]
pub struct Lowered {
    /// Accounts and automations.
    pub model: Model,
    /// What is malformed, ignored by the tool, or worth knowing.
    pub remarks: Vec<Remark>,
    /// Remarks that were left out, because there are so many of their kind.
    pub unsaid: usize,
    said: [usize; RemarkKind::COUNT],
}

/// Remarks of one kind that are kept for a file.
pub(crate) const MOST_REMARKS: usize = 2000;

/// Something about the file itself rather than about conduct.
#[derive(Clone, Debug)]
pub struct Remark {
    /// What kind of remark.
    pub kind: RemarkKind,
    /// Where.
    pub site: Site,
    /// What is said: lower case, no final period.
    pub text: String,
    /// What to do about it; empty where nothing needs doing.
    pub help: String,
}

impl RemarkKind {
    const COUNT: usize = 4;
}

/// Kinds of remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// The file is of this dialect but breaks its grammar here.
    Malformed,
    /// A key that this version of the tool does not know.
    UnknownKey,
    /// A setting that has no effect as things stand.
    Inert,
    /// The file looks like the tool's own example.
    Example,
}

impl Candidate<'_> {
    /// The site of a node of this file.
    #[must_use]
    pub fn site(&self, node: NodeRef<'_>) -> Site {
        Site { defined: node.defined(), ..Site::new(self.file, node.span()) }
    }
}

impl Lowered {
    /// Adds an account; returns its number for [`Automation::account`].
    pub fn account(&mut self, account: Account) -> usize {
        self.model.accounts.push(account);
        self.model.accounts.len() - 1
    }

    /// Adds an automation.
    pub fn automation(&mut self, mut automation: Automation) {
        automation.shrink();
        self.model.automations.push(automation);
    }

    /// Adds a remark.
    pub fn remark(&mut self, kind: RemarkKind, site: Site, text: impl Into<String>, help: impl Into<String>) {
        let said = self.said.get_mut(kind as usize);
        if said.as_ref().is_some_and(|said| **said >= MOST_REMARKS) {
            self.unsaid += 1;
            return;
        }
        said.into_iter().for_each(|said| *said += 1);
        self.remarks.push(Remark { kind, site, text: text.into(), help: help.into() });
    }
}

/// Whether a text holds any word without which no dialect would recognise it: a cheap look before parsing.
#[must_use]
pub fn may_be_bot(text: &str) -> bool {
    NONE.prefilter(text).is_none()
}

/// The dialect of a file, if it is a bot's configuration at all.
#[must_use]
pub fn detect(candidate: &Candidate<'_>) -> Option<Tool<'static>> {
    NONE.recognise(candidate).ok().map(|recognised| recognised.tool)
}
