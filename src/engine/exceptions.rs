//! Exceptions in the comments of a file, and the engine's remarks on exceptions: those that silence nothing,
//! those that do not say why, those that cannot be read. Their words stand in `rules/engine/`.

use crate::diagnostic::suppress::grammar::{self, Wish};
use crate::diagnostic::suppress::{Exception, Exceptions, Scope};
use crate::diagnostic::{FileOutcome, FileStatus, Finding, Label, Subject, SuppressedBy};
use crate::model::Model;
use crate::names::did_you_mean;
use crate::rules::{Rule, Rulebook};
use crate::settings::Scopes;
use crate::source::{FileId, LineIndex, Place, Sources, Span};
use crate::syntax::{Beginnings, Comment, Standing, Tree};

/// What the comments of a file ask for.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    pub(crate) exceptions: Vec<Exception>,
    /// Comments that ask for something that cannot be: where, and why.
    pub(crate) slips: Vec<Label>,
}

/// Nobody writes so many into one file; whoever does wants the linter to take long.
const MOST_NAMES: usize = 10_000;

/// Reads the exceptions in a file's comments.
pub(crate) fn of_comments(file: FileId, tree: &Tree<'_>) -> Asked {
    let mut asked = Asked::default();
    // Hardly any file has them, and this is cheaper than a look at each comment.
    if memchr::memmem::find(tree.text().as_bytes(), b"otiquette:").is_none() {
        return asked;
    }
    let lines = LineIndex::new(tree.text());
    let mut beginnings = None;
    let mut names = 0;
    for (comment, standing) in tree.comments().iter().zip(tree.standings(&lines)) {
        let words = comment.words(tree.text());
        let Some(wish) = grammar::read(words) else { continue };
        let place = |span| Place { file, span };
        let mut slip = |why: &str| {
            asked.slips.push(Label { place: place(comment.span), text: why.to_owned() });
        };
        if names >= MOST_NAMES {
            slip("one suppression too many for one file; from here on none is read");
            break;
        }
        names += 1;
        let (whole_file, rules, reason) = match wish {
            Wish::Broken(why) => {
                slip(why);
                continue;
            }
            Wish::Ignore { file, rules, reason } => (file, rules, reason),
        };
        if whole_file && !standing.at_top {
            slip("`ignore-file` counts only at the top of the file");
            continue;
        }
        let scope = if whole_file {
            Scope::Files(vec![file], None)
        } else if let Standing { line: Some(line), alone, .. } = standing {
            let beginnings = beginnings.get_or_insert_with(|| Beginnings::new(tree, &lines));
            Scope::Parts(file, beginnings.beside(line, alone))
        } else {
            slip("nothing stands on the line below; put it directly above what it is about");
            continue;
        };
        names += rules.len();
        let first = comment.span.start + to_u32(before_words(comment, tree.text(), words));
        let within = |part: Span| Span::new(first + part.start, first + part.end);
        let named = |(name, span): (String, Span)| (name, place(within(span)));
        let rules = rules.into_iter().map(named).collect();
        let by = SuppressedBy::Comment;
        asked.exceptions.push(Exception { by, rules, reason, place: place(comment.span), scope });
    }
    asked
}

/// The bytes of a comment before its words.
fn before_words(comment: &Comment, text: &str, words: &str) -> usize {
    comment.span.slice(text).find(words).unwrap_or(0)
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// What a run must have seen before an exception can be called unused.
pub(crate) struct Seen<'r> {
    pub(crate) scopes: &'r Scopes<'r>,
    pub(crate) sources: &'r Sources,
    pub(crate) files: &'r [FileOutcome],
    pub(crate) model: &'r Model,
}

impl<'r> Seen<'r> {
    /// The rules that judge a place.
    fn rulebook(&self, place: Place) -> &'r Rulebook {
        self.scopes.of(place.file, self.sources).rulebook
    }

    /// Remarks on exceptions that silence nothing: one for each rule that they name.
    pub(crate) fn unused(&self, exceptions: &Exceptions) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (exception, name, place) in exceptions.unmet() {
            let rulebook = self.rulebook(place);
            let Some(rule) = rulebook.active(UNUSED) else { continue };
            let said = match rulebook.rule(name) {
                None => Some((unknown(rulebook, name), "no rule of this name".to_owned())),
                Some(silenced) if self.would_have_shown(silenced, exception) => {
                    Some((String::new(), format!("`{name}` finds nothing here")))
                }
                Some(_) => None,
            };
            let Some((title, text)) = said else { continue };
            let mut finding = remark(rule, Label { place, text });
            if !title.is_empty() {
                finding.title = title;
                finding.message.clear();
            }
            findings.push(finding);
        }
        findings
    }

    /// Remarks on comments that ask for something that cannot be.
    pub(crate) fn slips(&self, slips: Vec<Label>) -> Vec<Finding> {
        let broken = |rule: &Rule, label| Finding {
            title: "a suppression that cannot be read as one".to_owned(),
            message: String::new(),
            help: "Write `botiquette: ignore[rule] reason` behind or directly above what it is about."
                .to_owned(),
            ..remark(rule, label)
        };
        let active = |label: Label| Some(broken(self.rulebook(label.place).active(UNUSED)?, label));
        slips.into_iter().filter_map(active).collect()
    }

    /// Remarks on entries of settings that fit nothing.
    pub(crate) fn idle(&self, idle: Vec<Label>) -> Vec<Finding> {
        let fits_nothing = |rule: &Rule, label| Finding {
            title: "an entry of the settings that fits nothing".to_owned(),
            message: String::new(),
            help: "Correct the path or the name, or remove the entry.".to_owned(),
            ..remark(rule, label)
        };
        let active = |label: Label| Some(fits_nothing(self.rulebook(label.place).active(UNUSED)?, label));
        idle.into_iter().filter_map(active).collect()
    }

    /// Remarks on what loosens the gate: places, and in what way.
    pub(crate) fn loosened(&self, labels: Vec<Label>) -> Vec<Finding> {
        let active = |label: Label| Some(remark(self.rulebook(label.place).active("loosened-gate")?, label));
        labels.into_iter().filter_map(active).collect()
    }

    /// Remarks on exceptions that silence something and do not say why.
    pub(crate) fn unexplained(&self, exceptions: &Exceptions) -> Vec<Finding> {
        let active = |exception: &Exception| {
            let rule = self.rulebook(exception.place).active("suppression-without-reason")?;
            Some(remark(rule, Label { place: exception.place, text: "does not say why".to_owned() }))
        };
        exceptions.unexplained().filter_map(active).collect()
    }

    /// Whether the rule ran, on readable files, with everything that it looks at.
    fn would_have_shown(&self, rule: &Rule, exception: &Exception) -> bool {
        let files = exception.scope.files();
        let linted = |file: &FileId| {
            let outcome = self.files.iter().find(|outcome| outcome.file == *file);
            outcome.is_some_and(|outcome| outcome.status == FileStatus::Linted)
        };
        let only_some_files = self.files.iter().any(|outcome| outcome.named);
        let ran = |file: &FileId| self.scopes.of(*file, self.sources).rulebook.active(&rule.name).is_some();
        files.iter().all(ran)
            && !files.is_empty()
            && files.iter().all(linted)
            && !(only_some_files && rule.looks_across_files())
            && !self.is_asleep(exception)
    }

    /// Whether it is about an automation that is switched off.
    fn is_asleep(&self, exception: &Exception) -> bool {
        let Scope::Parts(file, parts) = &exception.scope else { return false };
        let off = self.model.automations.iter().filter(|automation| automation.enabled.get() == Some(false));
        let mut places = off.map(|automation| automation.site.used).filter(|place| place.file == *file);
        places.any(|place| {
            parts.iter().any(|part| part.start <= place.span.end && place.span.start <= part.end)
        })
    }
}

fn unknown(rulebook: &Rulebook, name: &str) -> String {
    let rules = rulebook.rules();
    if rules.iter().any(|rule| rule.family == name) {
        return format!("`{name}` is a family of rules; name the rules themselves");
    }
    format!("unknown rule `{name}`{}", did_you_mean(name, rules.iter().map(|rule| rule.name.as_ref())))
}

const UNUSED: &str = "unused-suppression";

fn remark(rule: &Rule, label: Label) -> Finding {
    let mut finding = rule.finding(label);
    finding.subjects.push(Subject::File(finding.primary.place.file.0));
    finding
}
