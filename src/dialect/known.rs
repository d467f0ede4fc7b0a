//! The dialects of a run: those written in Rust, those described in files of the rulebook, and those that settings
//! add.

use std::borrow::Cow;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::described::Described;
use super::{ALL, Candidate, Dialect, Lowered, adhoc, bounds, described, github};
use crate::mistake::{Mistake, Suspect};
use crate::model::Property;
use crate::reader;
use crate::rules::RuleFile;
use crate::source::Span;

/// A dialect, written in Rust or described in a file.
#[derive(Clone, Copy, Debug)]
pub enum Tool<'d> {
    /// Written in Rust.
    Coded(&'static Dialect),
    /// Described in a dialect file.
    Described(&'d Described),
}

impl<'d> Tool<'d> {
    /// Its name on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coded(dialect) => dialect.name,
            Self::Described(described) => described.name,
        }
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn title(self) -> &'d str {
        match self {
            Self::Coded(dialect) => dialect.title,
            Self::Described(described) => &described.title,
        }
    }

    /// Where the format is documented.
    #[must_use]
    pub fn reference(self) -> Cow<'d, str> {
        match self {
            Self::Coded(dialect) => Cow::Borrowed(dialect.reference),
            Self::Described(described) if described.version.is_empty() => Cow::Borrowed(&described.link),
            Self::Described(described) => {
                Cow::Owned(format!("{}, as of {}", described.link, described.version))
            }
        }
    }

    /// How a file is recognised, in one sentence.
    #[must_use]
    pub fn recognised_by(self) -> &'d str {
        match self {
            Self::Coded(dialect) => dialect.recognised_by,
            Self::Described(described) => &described.recognised_by,
        }
    }

    /// What the format can express.
    #[must_use]
    pub fn expresses(self) -> &'d [Property] {
        match self {
            Self::Coded(dialect) => dialect.expresses,
            Self::Described(described) => &described.expresses,
        }
    }

    /// Whether a file is of this dialect.
    #[must_use]
    pub fn fits(self, candidate: &Candidate<'_>) -> bool {
        match self {
            Self::Coded(dialect) => (dialect.detect)(candidate),
            Self::Described(described) => described.fits(candidate),
        }
    }

    /// Says in the model's words what a file of this dialect does, as far as anybody could mean it.
    #[must_use]
    pub fn lower(self, candidate: &Candidate<'_>) -> Lowered {
        let mut lowered = Lowered::default();
        match self {
            Self::Coded(dialect) => (dialect.lower)(candidate, &mut lowered),
            Self::Described(described) => described::lower(described, candidate, &mut lowered),
        }
        bounds::keep(&mut lowered);
        lowered
    }
}

/// The built-in dialects, in the order in which they are tried; the reader of unknown formats comes last.
pub fn built_in<'d>() -> impl Iterator<Item = Tool<'d>> {
    let (last, coded): (Vec<_>, Vec<_>) = ALL.iter().partition(|dialect| dialect.name == adhoc::DIALECT.name);
    let described = Described::built_in().iter().map(Tool::Described);
    let coded = coded.into_iter().map(Tool::Coded);
    coded.chain(described).chain(last.into_iter().map(Tool::Coded))
}

/// The built-in dialect of this name.
#[must_use]
pub fn find(name: &str) -> Option<Tool<'static>> {
    built_in().find(|tool| tool.name() == name)
}

/// The dialects that settings add to the built-in ones.
#[derive(Debug, Default)]
pub struct Own {
    described: Vec<Described>,
    /// Words of which every file of them holds one.
    hints: Option<AhoCorasick>,
}

/// More dialects of one's own are a mistake: each is asked about every file.
const MOST: usize = 100;

/// No dialects of one's own.
pub(crate) static NONE: Own = Own { described: Vec::new(), hints: None };

impl Own {
    /// Reads dialect files. Those with mistakes are left out.
    #[must_use]
    pub fn read(files: &[RuleFile]) -> (Self, Vec<Mistake>) {
        let mut own = Self::default();
        let mut mistakes = Vec::new();
        for (number, file) in files.iter().enumerate() {
            let at_name =
                |message: String| Suspect::new(&file.path, &file.text).mistake(Span::at(0), message);
            if number == MOST {
                mistakes.push(at_name(format!("there are more than {MOST} dialect files")));
                break;
            }
            match Described::read(file) {
                Err(found) => mistakes.extend(found),
                Ok(described) if find(described.name).is_some() && !is_built_in(file) => {
                    let name = described.name;
                    mistakes
                        .push(at_name(format!("`{name}` is a dialect of botiquette; choose another name")));
                }
                Ok(described) if own.find(described.name).is_some() => {
                    mistakes
                        .push(at_name(format!("there are two dialects of the name `{}`", described.name)));
                }
                Ok(described) => own.described.push(described),
            }
        }
        let hints: Vec<&str> = own.described.iter().flat_map(Described::hints).collect();
        own.hints = if hints.is_empty() { None } else { AhoCorasick::new(hints).ok() };
        (own, mistakes)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Tool<'_>> {
        self.described.iter().map(Tool::Described)
    }

    /// The one of this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Tool<'_>> {
        self.iter().find(|tool| tool.name() == name)
    }

    /// Why a text that a search found can be turned away without parsing it, if it can.
    #[must_use]
    pub fn prefilter(&self, text: &str) -> Option<&'static str> {
        static HINTS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
        let hints = || AhoCorasick::new(Described::built_in().iter().flat_map(Described::hints)).ok();
        let described = || HINTS.get_or_init(hints).as_ref().is_none_or(|hints| hints.is_match(text));
        if self.word_of_a_tool(text).is_some() || described() || github::may_act(text) {
            None
        } else {
            reader::prefilter(text)
        }
    }

    /// Where in a text the first word begins that only one tool's files have. The keys of described dialects are words
    /// that other files use, too, and tell nothing of a file that cannot be parsed.
    fn word_of_a_tool(&self, text: &str) -> Option<usize> {
        static HINTS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
        let hints = || {
            let coded = ALL.iter().filter(|dialect| dialect.name != adhoc::DIALECT.name);
            AhoCorasick::new(coded.flat_map(|dialect| dialect.hints.iter().copied())).ok()
        };
        let found = [HINTS.get_or_init(hints).as_ref(), self.hints.as_ref()];
        found.into_iter().flatten().filter_map(|hints| hints.find(text)).map(|word| word.start()).min()
    }

    /// Whether an entry of a text is called after a tool: enough to complain that the file is broken. In a sentence the
    /// word says nothing. `- uses: actions/stale@v9` and `"type": "n8n-nodes-base.if"` name one in their value.
    #[must_use]
    pub fn is_written_for_a_tool(&self, text: &str) -> bool {
        const MARKS: [char; 5] = ['"', '\'', '-', ' ', '\t'];
        // Exports of tools are often one line.
        self.word_of_a_tool(text).is_some()
            && text.split(['\n', '{', ',']).any(|entry| {
                let before = self.word_of_a_tool(entry).and_then(|at| entry.get(..at));
                let key = before
                    .map(|before| before.split([':', '=']).next().unwrap_or(before).trim_matches(MARKS));
                key.is_some_and(|key| matches!(key, "" | "uses" | "type"))
            })
    }

    /// The dialect of a file, with what was read of it on the way.
    ///
    /// # Errors
    /// Why it is no bot's configuration at all.
    pub(crate) fn recognise<'d>(
        &'d self,
        candidate: &Candidate<'_>,
    ) -> Result<Recognised<'d>, Cow<'static, str>> {
        let own = |first: bool| {
            self.described.iter().filter(move |one| one.is_first() == first).map(Tool::Described)
        };
        let known = built_in().filter(|tool| tool.name() != adhoc::DIALECT.name);
        let mut tools = own(true).chain(known).chain(own(false));
        if let Some(tool) = tools.find(|tool| tool.fits(candidate)) {
            return Ok(Recognised::of(tool));
        }
        let mut reading = reader::recognise(candidate)?;
        bounds::keep(&mut reading.lowered);
        let because = reading.evidence.accepted(candidate.origin).into();
        Ok(Recognised { tool: Tool::Coded(&adhoc::DIALECT), lowered: Some(reading.lowered), because })
    }
}

/// Whether a file is one of the rulebook itself, which its authors test.
fn is_built_in(file: &RuleFile) -> bool {
    described::text_of(&file.stem()).is_some_and(|text| text == file.text)
}

/// A file that is a bot's configuration.
pub(crate) struct Recognised<'d> {
    /// What it is written for.
    pub(crate) tool: Tool<'d>,
    /// What was read of it, where recognising it meant to read it.
    pub(crate) lowered: Option<Lowered>,
    /// Why it was taken.
    pub(crate) because: Cow<'static, str>,
}

impl<'d> Recognised<'d> {
    /// A file that is known or said to be of a dialect.
    pub(crate) fn of(tool: Tool<'d>) -> Self {
        let because = match tool {
            Tool::Coded(dialect) => Cow::Borrowed(dialect.recognised_by),
            Tool::Described(described) => Cow::Owned(described.recognised_by.clone()),
        };
        Self { tool, lowered: None, because }
    }
}
