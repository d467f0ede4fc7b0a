//! Texts to trees to what each file says: parsed, recognised and lowered, one by one and in parallel.

use std::borrow::Cow;

use super::beside::beside_bots;
use crate::diagnostic::{FileOutcome, FileStatus, Finding};
use crate::dialect::{Candidate, Lowered, Origin, Own, Recognised, Tool};
use crate::engine::{self, exceptions, exceptions::Asked};
use crate::parallel::in_order;
use crate::rules::Rulebook;
use crate::settings::{Scope, Scopes};
use crate::source::{FileId, SourceFile, Sources};
use crate::syntax::{Syntax, parse};

/// What one file says.
pub(super) struct Understood {
    pub(super) outcome: FileOutcome,
    pub(super) lowered: Lowered,
    pub(super) findings: Vec<Finding>,
    /// How much more there is to say of it, where that is too much.
    pub(super) unsaid: usize,
    pub(super) asked: Asked,
}

/// What each of the files says, in their order. With each goes whether the user named it.
pub(super) fn understand_all(
    files: Vec<(FileId, bool)>,
    dialect: Option<Tool<'_>>,
    scopes: &Scopes<'_>,
    sources: &Sources,
) -> Vec<Understood> {
    let few = files.len() < 2;
    let read = |id: FileId, origin: Origin| {
        let source = sources.get(id)?;
        let Scope { rulebook, dialects, .. } = scopes.of(id, sources);
        Some(understand(id, source, origin, &Reading { dialect, dialects, rulebook, sources }))
    };
    let origin = |named| if named { Origin::Named } else { Origin::Found };
    let understood = in_order(files, few, |(id, named)| read(id, origin(named)));
    let mut understood: Vec<Understood> = understood.into_iter().flatten().collect();
    // What stands beside a bot's file may belong to it, and is looked at once more.
    let again = beside_bots(&understood, sources);
    for (number, file) in in_order(again, few, |(number, id, origin)| (number, read(id, origin))) {
        if let (Some(known), Some(file)) = (understood.get_mut(number), file)
            && file.outcome.status != FileStatus::Unrecognised
        {
            *known = file;
        }
    }
    understood
}

/// A file that is no bot's configuration.
pub(super) fn refused(file: FileId, named: bool, because: impl Into<Cow<'static, str>>) -> FileOutcome {
    FileOutcome {
        file,
        status: FileStatus::Unrecognised,
        dialect: None,
        automations: 0,
        named,
        because: because.into(),
        coverage: None,
    }
}

/// How a file is read.
struct Reading<'r> {
    dialect: Option<Tool<'r>>,
    dialects: &'r Own,
    rulebook: &'r Rulebook,
    sources: &'r Sources,
}

/// Parses, recognises and lowers one file.
fn understand(file: FileId, source: &SourceFile, origin: Origin, reading: &Reading<'_>) -> Understood {
    let named = origin == Origin::Named;
    let (path, text) = (source.path(), source.text());
    let unrecognised = |because: Cow<'static, str>| Understood {
        outcome: refused(file, named, because),
        lowered: Lowered::default(),
        findings: Vec::new(),
        unsaid: 0,
        asked: Asked::default(),
    };
    let known = Syntax::from_path(path);
    if let Some(because) = engine::own(path, text).filter(|_| reading.dialect.is_none()) {
        return unrecognised(because.into());
    }
    let refusal = if origin != Origin::Found || reading.dialect.is_some() {
        None
    } else {
        reading.dialects.prefilter(text)
    };
    if let Some(because) = refusal {
        return unrecognised(because.into());
    }
    let parsed = parse(text, known.unwrap_or_else(|| Syntax::guess(text)));
    let candidate = Candidate { path, file, tree: &parsed.tree, origin, beside: Some(reading.sources) };
    let unreadable = |because: Cow<'static, str>| {
        // A broken file is worth a word where the user named it, or where it speaks some tool's language.
        let expected = known.is_some() && (named || reading.dialects.is_written_for_a_tool(text));
        if !expected || parsed.errors.is_empty() {
            return unrecognised(because);
        }
        let mut result = unrecognised("it cannot be parsed".into());
        result.outcome.status = FileStatus::Failed;
        result.findings = engine::syntax_errors(file, text, &parsed.errors, reading.rulebook);
        result.asked = exceptions::of_comments(file, &parsed.tree);
        result
    };
    let recognised = match reading.dialect {
        Some(dialect) => Ok(Recognised::of(dialect)),
        None => reading.dialects.recognise(&candidate),
    };
    let Recognised { tool, lowered, because } = match recognised {
        Ok(recognised) => recognised,
        Err(because) => return unreadable(because),
    };
    let lowered = lowered.unwrap_or_else(|| tool.lower(&candidate));
    let mut findings = engine::syntax_errors(file, text, &parsed.errors, reading.rulebook);
    findings.extend(engine::limit_hits(file, &parsed.limits, reading.rulebook));
    let (duplicates, unsaid) = engine::duplicate_keys(&candidate, reading.rulebook);
    findings.extend(duplicates);
    findings.extend(engine::remarks(&lowered.remarks, reading.rulebook));
    let status = if parsed.errors.is_empty() { FileStatus::Linted } else { FileStatus::Failed };
    let automations = lowered.model.automations.len();
    Understood {
        outcome: FileOutcome {
            file,
            status,
            dialect: Some(tool.name()),
            automations,
            named,
            because,
            coverage: None,
        },
        unsaid: unsaid + lowered.unsaid,
        lowered,
        findings,
        asked: exceptions::of_comments(file, &parsed.tree),
    }
}
