//! Exceptions: findings that a comment or the settings silence. Which of them apply, which apply to nothing, and
//! which would need a reason. Knows findings and places; how an exception is written is its writer's affair.

pub mod grammar;

use std::collections::HashMap;

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

    fn holds(&self, finding: &Finding, automations: &[&str]) -> bool {
        match self {
            Self::Parts(_, parts) => {
                let start = finding.primary.place.span.start;
                parts.iter().any(|part| part.start <= start && start <= part.end)
            }
            Self::Files(_, automation) => {
                automation.as_deref().is_none_or(|automation| automations.contains(&automation))
            }
        }
    }
}

/// The exceptions of a run, and what became of them.
#[derive(Debug, Default)]
pub struct Exceptions {
    all: Vec<Exception>,
    /// For each rule of each exception, whether it has silenced anything.
    used: Vec<Vec<bool>>,
    /// For each exception, whether it silences something that nobody gave a reason for.
    unexplained: Vec<bool>,
    /// The exceptions about a rule in a file: number of the exception, number of the rule in it.
    about: HashMap<(String, FileId), Vec<(usize, usize)>>,
}

impl Exceptions {
    /// Exceptions that have not met any finding yet.
    #[must_use]
    pub fn new(all: Vec<Exception>) -> Self {
        let mut about: HashMap<_, Vec<_>> = HashMap::new();
        for (number, exception) in all.iter().enumerate() {
            for (position, (rule, _)) in exception.rules.iter().enumerate() {
                for file in exception.scope.files() {
                    about.entry((rule.clone(), *file)).or_default().push((number, position));
                }
            }
        }
        let used = all.iter().map(|exception| vec![false; exception.rules.len()]).collect();
        Self { used, unexplained: vec![false; all.len()], about, all }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Notes which exceptions these findings meet. `automations` names those that a finding is about.
    pub fn meet<'n>(&mut self, findings: &[Finding], automations: impl Fn(&Finding) -> Vec<&'n str>) {
        for finding in findings {
            let met = self.met_by(finding, &automations(finding));
            let explained = met.iter().any(|(number, _)| self.has_reason(*number));
            for (number, position) in met {
                if let Some(used) = self.used.get_mut(number).and_then(|used| used.get_mut(position)) {
                    *used = true;
                }
                if let Some(unexplained) = self.unexplained.get_mut(number) {
                    *unexplained |= !explained;
                }
            }
        }
    }

    /// Silences findings. An error is silenced only with a reason.
    pub fn silence<'n>(&self, findings: &mut [Finding], automations: impl Fn(&Finding) -> Vec<&'n str>) {
        for finding in findings {
            let met = self.met_by(finding, &automations(finding));
            let best = met.iter().filter_map(|(number, _)| self.all.get(*number));
            let Some(best) = best.min_by_key(|exception| exception.reason.is_empty()) else { continue };
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
        let numbered = self.all.iter().zip(&self.used);
        numbered.flat_map(|(exception, used)| {
            let rules = exception.rules.iter().zip(used).filter(|(_, used)| !**used);
            rules.map(move |((name, place), _)| (exception, name.as_str(), *place))
        })
    }

    /// Exceptions that silence something without a reason.
    pub fn unexplained(&self) -> impl Iterator<Item = &Exception> {
        self.all.iter().zip(&self.unexplained).filter(|(_, unexplained)| **unexplained).map(|(all, _)| all)
    }

    fn met_by(&self, finding: &Finding, automations: &[&str]) -> Vec<(usize, usize)> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let key = (finding.rule.to_string(), finding.primary.place.file);
        let about = self.about.get(&key).map_or(&[][..], Vec::as_slice);
        let holds = |number: usize| {
            self.all.get(number).is_some_and(|exception| exception.scope.holds(finding, automations))
        };
        about.iter().copied().filter(|(number, _)| holds(*number)).collect()
    }

    fn has_reason(&self, number: usize) -> bool {
        self.all.get(number).is_some_and(|exception| !exception.reason.is_empty())
    }
}
