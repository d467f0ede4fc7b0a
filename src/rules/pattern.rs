//! Patterns of rule conditions and of cues: refused by plain words where that is possible, compiled when a
//! text first needs it.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use regex::bytes::RegexBuilder;
use regex_automata::meta::{Config, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::util::syntax;

/// A user's pattern may grow to this many bytes when compiled; the crate's default is ten times as much.
const LARGEST: usize = 1 << 20;

/// Longer texts, in bytes, are searched by a pattern that was compiled for it.
const SHORT: usize = 1 << 12;

/// All patterns of somebody's own rules together may grow to this many bytes.
const LARGEST_TOTAL: usize = 1 << 24;

/// Sizes that are tried one after the other, to learn how much a pattern takes.
const SIZES: [usize; 4] = [1 << 14, 1 << 16, 1 << 18, LARGEST];

/// What somebody's own patterns may still take when compiled.
#[derive(Debug)]
pub(crate) struct Budget(AtomicUsize);

/// Why somebody's own pattern cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PatternError {
    /// The author's: it is none, or too large by itself.
    #[error("this pattern cannot be used: {0}")]
    Refused(#[from] regex::Error),
    /// The author's: the patterns before it took what there is.
    #[error(
        "the patterns of your rules are too large: together they may take {LARGEST_TOTAL} bytes when compiled"
    )]
    TooLargeTogether,
}

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicUsize::new(LARGEST_TOTAL))
    }
}

impl Budget {
    fn take(&self, bytes: usize) -> Result<(), PatternError> {
        let take = |left: usize| left.checked_sub(bytes);
        let taken = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        taken.map(|_| ()).map_err(|_| PatternError::TooLargeTogether)
    }
}

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/needles.rs"));
}

/// A pattern that ignores case.
#[derive(Debug)]
pub(crate) struct Pattern {
    text: Cow<'static, str>,
    /// Words of which every match holds one, in lower case; empty where nothing can be said.
    needles: &'static [&'static str],
    /// Whether it meets letters of any alphabet. Without Unicode classes patterns compile much faster.
    unicode: bool,
    /// Compiled in little time, for short texts.
    short: OnceLock<Option<Regex>>,
    /// Compiled for quick searches, for long ones.
    long: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern for folded messages: a plain one meets plain letters only.
    pub(crate) const fn for_folded(text: &'static str) -> Self {
        Self::of(Cow::Borrowed(text), &[], !text.is_ascii())
    }

    const fn of(text: Cow<'static, str>, needles: &'static [&'static str], unicode: bool) -> Self {
        Self { text, needles, unicode, short: OnceLock::new(), long: OnceLock::new() }
    }

    /// A pattern of the rulebook for texts as they are written. A test checks these; compiling them all would
    /// slow every start.
    pub(crate) fn embedded(text: &'static str) -> Self {
        let found = embedded::NEEDLES.binary_search_by_key(&text, |(text, _)| text);
        let needles =
            found.ok().and_then(|number| embedded::NEEDLES.get(number)).map_or(&[][..], |row| row.1);
        Self::of(Cow::Borrowed(text), needles, true)
    }

    /// Somebody's own pattern for texts as they are written, which may be none.
    pub(crate) fn own(text: &str, budget: &Budget) -> Result<Self, PatternError> {
        let pattern = Self::of(Cow::Owned(text.to_owned()), &[], true);
        for size in SIZES {
            match RegexBuilder::new(&pattern.text).case_insensitive(true).size_limit(size).build() {
                Err(regex::Error::CompiledTooBig(_)) if size < LARGEST => {}
                built => {
                    built?;
                    budget.take(size)?;
                    return Ok(pattern);
                }
            }
        }
        Err(regex::Error::CompiledTooBig(LARGEST).into())
    }

    fn compile(&self, config: Config) -> Option<Regex> {
        let config = config.which_captures(WhichCaptures::Implicit).nfa_size_limit(Some(LARGEST));
        let syntax = syntax::Config::new().unicode(self.unicode).utf8(false).case_insensitive(true);
        Regex::builder().configure(config).syntax(syntax).build(&self.text).ok()
    }

    /// The pattern, compiled for texts of so many bytes; nothing if it is none. Most patterns meet a short text or two in
    /// a run, where what makes a search quick takes longer than the search.
    pub(crate) fn compiled(&self, length: usize) -> Option<&Regex> {
        let plain = || Config::new().auto_prefilter(false).hybrid(false).dfa(false).onepass(false);
        // The bound of somebody's own patterns is for one of each.
        let is_own = matches!(self.text, Cow::Owned(_));
        let compiled = if length <= SHORT && !is_own {
            self.short.get_or_init(|| self.compile(plain()))
        } else {
            self.long.get_or_init(|| self.compile(Config::new()))
        };
        compiled.as_ref()
    }

    /// Whether it matches somewhere in a text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.is_plausible(text) && self.compiled(text.len()).is_some_and(|pattern| pattern.is_match(text))
    }

    fn is_plausible(&self, text: &str) -> bool {
        if self.needles.is_empty() {
            return true;
        }
        let lower = text.to_lowercase();
        self.needles.iter().any(|needle| lower.contains(needle))
    }

    /// The text with every match replaced by a mark.
    pub(crate) fn cut(&self, text: &str, mark: &str) -> String {
        let Some(pattern) = self.compiled(text.len()) else { return text.to_owned() };
        let (bytes, mut cut, mut from) = (text.as_bytes(), Vec::with_capacity(text.len()), 0);
        // A pattern of bytes may begin or end within a letter.
        for found in pattern.find_iter(bytes) {
            cut.extend_from_slice(bytes.get(from..found.start()).unwrap_or_default());
            cut.extend_from_slice(mark.as_bytes());
            from = found.end();
        }
        cut.extend_from_slice(bytes.get(from..).unwrap_or_default());
        String::from_utf8_lossy(&cut).into_owned()
    }
}
