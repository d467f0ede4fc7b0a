//! Secrets in a raw text: whatever stands behind a name that promises one, in all syntaxes at once, also where none
//! of them could be parsed. In doubt more is masked than needed.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Found;
use super::harmless::{is_harmless, is_telling, is_telling_among_others};
use super::keys::{Holds, STEMS, holds};
use super::lines::Lines;
use super::lone::{self, Lone};
use super::loose;
use super::quotes::end_of_line;
use super::sibling::sibling;
use super::values::indent;

/// Names are shorter than this on both sides of what they are found by.
const LONGEST_NAME: usize = 64;

static NAMES: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(STEMS).ok());

/// Every secret in a text.
pub(super) fn find(text: &str, lone: Lone) -> Vec<Found> {
    let mut scan = Scan { text, found: Vec::new(), aliases: BTreeSet::new(), line_end: Cell::default() };
    loose::find(text, &mut scan.found);
    scan.names();
    scan.anchors();
    lone::find(text, lone, &mut scan.found);
    scan.found
}

/// A text and what is found in it.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    found: Vec<Found>,
    /// Names of YAML anchors that stand behind names of secrets.
    pub(super) aliases: BTreeSet<&'t str>,
    /// A place and the end of its line, so that a long line is not searched for its end again and again.
    line_end: Cell<(usize, usize)>,
}

/// A name that promises a secret, and what stands around it.
pub(super) struct Key {
    pub(super) holds: Holds,
    /// Bytes before it on its line.
    pub(super) column: usize,
    /// Whether it stands where a setting begins, rather than within a sentence or a command.
    pub(super) leads: bool,
    /// Whether the line is a comment.
    pub(super) in_comment: bool,
    /// Whether brackets are open on its line.
    pub(super) in_flow: bool,
    /// The quote that is open on its line.
    pub(super) quote: Option<u8>,
    /// Whether it belongs to the query of an address.
    pub(super) in_query: bool,
    /// Whether it is an option of a command: `--password`.
    pub(super) is_option: bool,
    /// What stands between it and its value; a blank where nothing does.
    pub(super) sign: u8,
}

impl Key {
    /// The key of a value that stands beside its name: `name: password, value: …`.
    const fn beside(holds: Holds) -> Self {
        Self {
            holds,
            column: usize::MAX,
            leads: true,
            in_comment: false,
            in_flow: true,
            quote: None,
            in_query: false,
            is_option: false,
            sign: b':',
        }
    }
}

impl<'t> Scan<'t> {
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(b'\n')
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    pub(super) fn end_of_line(&self, from: usize) -> usize {
        let (known, end) = self.line_end.get();
        if (known..end).contains(&from) {
            return end;
        }
        let end = end_of_line(self.text, from);
        self.line_end.set((from, end));
        end
    }

    pub(super) fn skip_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t') && at < self.text.len() {
            at += 1;
        }
        at
    }

    pub(super) fn push(&mut self, start: usize, end: usize, holds: Holds) {
        let value = self.slice(start, end);
        let start = start + value.len() - value.trim_start().len();
        let end = start + value.trim().len();
        if start < end && !is_harmless(value, holds) {
            let value = self.slice(start, end);
            let telling =
                if holds == Holds::Many { is_telling_among_others(value) } else { is_telling(value) };
            self.found.push(Found { start, end, telling });
        }
    }

    /// Everything behind a name that promises a secret.
    fn names(&mut self) {
        let Some(names) = NAMES.as_ref() else { return };
        let mut lines = Lines::new(self.text);
        let mut from = 0;
        for hit in names.find_iter(self.text) {
            if hit.start() < from {
                continue;
            }
            let (start, end) = self.name_around(hit.start(), hit.end(), from);
            from = end;
            let Some(holds) = self.promise(start, end) else { continue };
            lines.advance(start);
            if let Some((value, key)) = self.key(start, end, holds, &lines) {
                from = from.max(self.value(value, &key));
            } else if let Some(value) = sibling(self.text, start, end, lines.start) {
                self.value(value, &Key::beside(holds));
            }
        }
    }

    /// The whole name that a part was found of.
    fn name_around(&self, start: usize, end: usize, from: usize) -> (usize, usize) {
        let is_part =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80;
        let (mut first, mut last) = (start, end);
        let earliest = start.saturating_sub(LONGEST_NAME).max(from);
        while first > earliest && is_part(self.byte(first - 1)) {
            first -= 1;
        }
        // An escape such as `\n` is no part of the name behind it.
        if first > 0 && self.byte(first - 1) == b'\\' && first < start {
            first += 1;
        }
        while last < self.text.len().min(end + LONGEST_NAME) && is_part(self.byte(last)) {
            last += 1;
        }
        while !self.text.is_char_boundary(first) {
            first += 1;
        }
        while !self.text.is_char_boundary(last) {
            last -= 1;
        }
        let name = self.slice(first, last);
        let first = first + name.len() - name.trim_start_matches(['-', '.']).len();
        (first, first.max(first + name.trim_matches(['-', '.']).len()))
    }

    /// What a name promises, alone or with the word before it: `API key`.
    fn promise(&self, start: usize, end: usize) -> Option<Holds> {
        let alone = holds(self.slice(start, end));
        if alone.is_some() || self.byte(start.wrapping_sub(1)) != b' ' {
            return alone;
        }
        let mut first = start.saturating_sub(LONGEST_NAME / 2);
        while !self.text.is_char_boundary(first) {
            first += 1;
        }
        let before = self.slice(first, start).trim_end().rsplit(|c: char| !c.is_alphanumeric()).next()?;
        holds(&format!("{before} {}", self.slice(start, end)))
    }

    /// Where the value of a name begins; nothing where none follows.
    fn key(&self, start: usize, end: usize, holds: Holds, lines: &Lines<'_>) -> Option<(usize, Key)> {
        let before = self.byte(start.wrapping_sub(1));
        let mut at = end;
        let is_quoted = matches!(before, b'"' | b'\'' | b'`') && {
            at += usize::from(self.byte(at) == b'\\');
            self.byte(at) == before
        };
        at = if is_quoted { at + 1 } else { end };
        at += usize::from(self.byte(at) == b']');
        let sign_at = self.skip_blanks(at);
        let sign = match self.byte(sign_at) {
            sign @ (b':' | b'=') => sign,
            b'"' | b'\'' if is_quoted => b' ',
            _ if sign_at > at && !is_quoted => b' ',
            _ => return None,
        };
        let mut value = sign_at;
        while sign != b' ' && matches!(self.byte(value), b':' | b'=' | b'>') && value < sign_at + 3 {
            value += 1;
        }
        let prefix = lines.prefix(start);
        let option = prefix.strip_suffix("--").or_else(|| prefix.strip_suffix('-'));
        let is_option = option.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)) && before == b'-';
        let quote = if is_quoted { None } else { lines.quote };
        let key = Key {
            holds,
            column: start - lines.start - usize::from(is_quoted),
            leads: !is_option && leads(prefix, lines.depth, quote.is_some()),
            in_comment: prefix.starts_with('#') || prefix.starts_with("//") || prefix.starts_with(';'),
            in_flow: lines.depth > 0,
            quote,
            in_query: matches!(before, b'?' | b'&'),
            is_option,
            sign,
        };
        Some((self.skip_blanks(value), key))
    }

    /// The definitions of anchors whose aliases stand behind names of secrets.
    fn anchors(&mut self) {
        if self.aliases.is_empty() {
            return;
        }
        let aliases = std::mem::take(&mut self.aliases);
        let mut lines = Lines::new(self.text);
        for at in memchr::memchr_iter(b'&', self.text.as_bytes()) {
            let rest = self.slice(at + 1, self.end_of_line(at));
            let end =
                rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
            if !aliases.contains(rest.get(..end).unwrap_or_default()) {
                continue;
            }
            lines.advance(at);
            let content = self.slice(lines.start, at);
            let key = Key {
                holds: Holds::Password,
                column: indent(content),
                leads: true,
                in_comment: false,
                in_flow: lines.depth > 0,
                quote: None,
                in_query: false,
                is_option: false,
                sign: b':',
            };
            let value = self.skip_blanks(at + 1 + end);
            self.value(value, &key);
        }
    }
}

/// Whether what stands before a name on its line leaves it the first word of a setting.
fn leads(prefix: &str, depth: usize, in_quote: bool) -> bool {
    let prefix = prefix.strip_suffix(['"', '\'', '`']).unwrap_or(prefix);
    let rest =
        prefix.trim_start_matches(|c: char| c.is_whitespace() || "-#/*;>?{[,(\"'`".contains(c)).trim_end();
    let is_opened = !in_quote && depth > 0 && prefix.trim_end().ends_with(['{', '[', ',']);
    // Behind a comment's sign, another name or a template's sign a setting begins within the line.
    let is_within = !in_quote && prefix.trim_end().ends_with(['#', ':', '=', '}', '|']);
    let is_word = ["export", "set", "env", "ENV", "const", "let", "var"].contains(&rest);
    (rest.is_empty() || is_opened || is_within || is_word) && !prefix.ends_with("--")
}
