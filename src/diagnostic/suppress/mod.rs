//! Exceptions: findings that a comment or the settings silence. Which of them apply, which apply to nothing, and which
//! need a reason. Knows findings and places, not how exceptions are written.

pub mod grammar;
mod index;

use index::Index;

use super::{Finding, Severity, SuppressedBy, Suppression};
use crate::source::{FileId, Place, Span};

/// Somebody's wish that findings of some rules be silent somewhere.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Who wishes it.
    pub by: SuppressedBy,
    /// The rules, and where each is named.
    pub rules: Vec<(String, Place)>,
    /// Why; empty where nobody said.
    pub reason: String,
    /// Where the wish is written.
    pub place: Place,
    /// What it is about.
    pub scope: Scope,
}

/// What an exception is about. A finding belongs to the place where its main label begins.
#[derive(Clone, Debug)]
pub enum Scope {
    /// Parts of a file.
    Parts(FileId, Vec<Span>),
    /// Whole files, or the automations of one name in them.
    Files(Vec<FileId>, Option<String>),
}

impl Scope {
    /// The files concerned.
    #[must_use]
    pub fn files(&self) -> &[FileId] {
        match self {
            Self::Parts(file, _) => std::slice::from_ref(file),
            Self::Files(files, _) => files,
        }
    }
}

/// The exceptions of a run, and what became of them.
#[derive(Debug, Default)]
pub struct Exceptions {
    all: Vec<Exception>,
    index: Index,
}

impl Exceptions {
    /// Exceptions that have not met any finding yet.
    #[must_use]
    pub fn new(all: Vec<Exception>) -> Self {
        Self { index: Index::new(&all), all }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Notes which exceptions these findings meet. `automations` names those that a finding is about.
    pub fn meet<'n>(&mut self, findings: &[Finding], automations: impl Fn(&Finding) -> Vec<&'n str>) {
        for finding in findings {
            self.index.meet(finding, &automations(finding));
        }
    }

    /// Silences findings. An error is silenced only with a reason.
    pub fn silence<'n>(&self, findings: &mut [Finding], automations: impl Fn(&Finding) -> Vec<&'n str>) {
        for finding in findings {
            let best = self.index.best(finding, &automations(finding));
            let Some(best) = best.and_then(|number| self.all.get(number)) else { continue };
            if finding.severity == Severity::Error && best.reason.is_empty() {
                finding.notes.push("an error is suppressed only with a reason; none is given".to_owned());
                continue;
            }
            let reason = best.reason.clone();
            finding.suppressed = Some(Suppression { by: best.by, reason, place: Some(best.place) });
        }
    }

    /// Rules of exceptions that no finding met: the exception, the rule's name and its place.
    pub fn unmet(&self) -> impl Iterator<Item = (&Exception, &str, Place)> {
        let used = self.index.met();
        self.all.iter().enumerate().flat_map(move |(number, exception)| {
            let rules = exception.rules.iter().enumerate();
            let unmet = rules.filter(|(position, _)| !used.contains(&(number, *position)));
            unmet.map(|(_, (name, place))| (exception, name.as_str(), *place)).collect::<Vec<_>>()
        })
    }

    /// Exceptions that silence something without a reason.
    pub fn unexplained(&self) -> impl Iterator<Item = &Exception> {
        self.index.unexplained().into_iter().filter_map(|number| self.all.get(number))
    }
}
