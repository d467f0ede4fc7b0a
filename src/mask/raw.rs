//! Secrets in a raw text: whatever stands behind a name that promises one, in all syntaxes at once, also where none
//! of them could be parsed. In doubt more is masked than needed.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Found;
use super::flow::scalars;
use super::keys::{Holds, STEMS, holds, is_harmless, is_telling, is_telling_among_others, looks_random};
use super::lines::Lines;
use super::loose;
use super::quotes::{closing, end_of_line, next_line};
use super::sibling::sibling;

/// Names are shorter than this on both sides of what they are found by.
const LONGEST_NAME: usize = 64;

/// A value that goes on for more lines is masked no further.
const MOST_LINES: usize = 256;

static NAMES: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(STEMS).ok());

/// Which lines of one word are secrets: tokens without their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lone {
    /// All of them: environment files hold nothing else on lines without a name.
    Any,
    /// Those with letters and digits: in a file that cannot be read it may be of any kind.
    Random,
    /// Long ones that nobody would write.
    Long,
}

/// Every secret in a text.
pub(super) fn find(text: &str, lone: Lone) -> Vec<Found> {
    let mut scan = Scan { text, found: Vec::new(), aliases: BTreeSet::new(), line_end: Cell::default() };
    loose::find(text, &mut scan.found);
    scan.names();
    scan.anchors();
    scan.lone_lines(lone);
    scan.found
}

struct Scan<'t> {
    text: &'t str,
    found: Vec<Found>,
    /// Names of YAML anchors that stand behind names of secrets.
    aliases: BTreeSet<&'t str>,
    /// A place and the end of its line, so that a long line is not searched for its end again and again.
    line_end: Cell<(usize, usize)>,
}

/// A name that promises a secret, and what stands around it.
struct Key {
    holds: Holds,
    /// Bytes before it on its line.
    column: usize,
    /// Whether it stands where a setting begins, rather than within a sentence or a command.
    leads: bool,
    /// Whether the line is a comment.
    in_comment: bool,
    /// Whether brackets are open on its line.
    in_flow: bool,
    /// The quote that is open on its line.
    quote: Option<u8>,
    /// Whether it belongs to the query of an address.
    in_query: bool,
    /// Whether it is an option of a command: `--password`.
    is_option: bool,
    /// What stands between it and its value; a blank where nothing does.
    sign: u8,
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
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(b'\n')
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn end_of_line(&self, from: usize) -> usize {
        let (known, end) = self.line_end.get();
        if (known..end).contains(&from) {
            return end;
        }
        let end = end_of_line(self.text, from);
        self.line_end.set((from, end));
        end
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b' ' | b'\t') && at < self.text.len() {
            at += 1;
        }
        at
    }

    fn push(&mut self, start: usize, end: usize, holds: Holds) {
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

    /// Masks the value that begins here. Returns where to look for the next name.
    fn value(&mut self, at: usize, key: &Key) -> usize {
        let mut at = at;
        if key.sign == b' ' && !matches!(self.byte(at), b'"' | b'\'') {
            return self.word(at, key);
        }
        // YAML's anchors and tags stand before the value.
        for _ in 0..2 {
            let is_reference = self.slice(at, at + 7) == "!secret" || self.slice(at, at + 6) == "!vault";
            if matches!(self.byte(at), b'&' | b'!') && key.leads && !is_reference {
                let word = self.slice(at, self.end_of_line(at));
                let Some(blank) = word.find([' ', '\t']) else { break };
                at = self.skip_blanks(at + blank);
            }
        }
        match self.byte(at) {
            b'\r' | b'\n' => self.next_lines(at, key),
            b'*' if key.leads => {
                let name = self.slice(at + 1, self.end_of_line(at));
                let end = name
                    .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
                    .unwrap_or(name.len());
                self.aliases.insert(name.get(..end).unwrap_or_default());
                at + 1 + end
            }
            b'|' | b'>' if key.leads && self.is_block(at) => self.block(at, key),
            quote @ (b'"' | b'\'' | b'`') if key.quote != Some(quote) => self.quoted(at, quote, key),
            b'\\' if matches!(self.byte(at + 1), b'"' | b'\'') => self.quoted_within(at + 1, key),
            b'{' | b'[' if self.slice(at, at + 2) != "{{" => {
                let (values, end) = scalars(self.text, at);
                for (start, end) in values {
                    self.push(start, end, key.holds);
                }
                end
            }
            _ => self.plain(at, key),
        }
    }

    /// A lone word behind a name without a sign between them: only options have any word for a value.
    fn word(&mut self, at: usize, key: &Key) -> usize {
        let at = if self.slice(at, at + 3) == "is " { at + 3 } else { at };
        let rest = self.slice(at, self.end_of_line(at));
        let end = rest.find(|c: char| c.is_whitespace() || "\"'`,;)".contains(c)).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        if key.is_option && !word.starts_with('-') || looks_random(word) {
            self.push(at, at + end, key.holds);
            return at + end;
        }
        at
    }

    fn is_block(&self, at: usize) -> bool {
        let rest = self.slice(at + 1, self.end_of_line(at));
        let rest = rest.split('#').next().unwrap_or_default().trim();
        rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'))
    }

    /// The lines of a block scalar: all that are indented more than its name.
    fn block(&mut self, at: usize, key: &Key) -> usize {
        let mut line = next_line(self.text, at);
        for _ in 0..MOST_LINES {
            let end = self.end_of_line(line);
            let content = self.slice(line, end);
            if line >= self.text.len() || !content.trim().is_empty() && indent(content) <= key.column {
                break;
            }
            self.push(line, end, key.holds);
            line = next_line(self.text, end);
        }
        line
    }

    /// The value, or values, on the lines below a name that stands alone on its own.
    fn next_lines(&mut self, at: usize, key: &Key) -> usize {
        if !key.leads || key.in_comment || key.sign == b' ' {
            return at;
        }
        let mut line = next_line(self.text, at);
        for _ in 0..MOST_LINES {
            let end = self.end_of_line(line);
            let content = self.slice(line, end);
            let words = content.trim_start();
            let item = words.strip_prefix("- ").unwrap_or(words);
            let is_inside =
                indent(content) > key.column || indent(content) == key.column && item.len() < words.len();
            let is_json = words.starts_with('"') && key.sign == b':';
            if line >= self.text.len() || !words.is_empty() && !is_inside && !is_json {
                break;
            }
            let start = end - item.len();
            match item.find(": ").or_else(|| item.find("\":").map(|place| place + 1)) {
                Some(colon) if key.holds == Holds::Many => self.scalar(start + colon + 1, end, key.holds),
                Some(_) => break,
                None if item.ends_with([':', '{', '[']) || item.starts_with(['#', '}', ']']) => {}
                None => self.scalar(start, end, key.holds),
            }
            line = next_line(self.text, end);
            if is_json {
                break;
            }
        }
        line
    }

    /// One scalar that fills the rest of a line, with or without quotes.
    fn scalar(&mut self, start: usize, end: usize, holds: Holds) {
        let value = self.slice(start, end).trim_end_matches([',', ' ', '\t']);
        let end = start + value.len();
        let start = start + value.len() - value.trim_start().len();
        match self.byte(start) {
            quote @ (b'"' | b'\'') => {
                let close = closing(self.text.as_bytes(), start + 1, end, quote).unwrap_or(end);
                self.push(start + 1, close, holds);
            }
            _ => self.push(start, end, holds),
        }
    }

    /// A text in quotes; where they are not closed, the rest of the line, and lines that go on with it.
    fn quoted(&mut self, at: usize, quote: u8, key: &Key) -> usize {
        let triple = self.slice(at, at + 3);
        if triple.len() == 3 && triple.bytes().all(|byte| byte == quote) {
            let end =
                self.slice(at + 3, self.text.len()).find(triple).map_or(self.text.len(), |end| at + 3 + end);
            self.push(at + 3, end, key.holds);
            return end;
        }
        let end = self.end_of_line(at);
        if let Some(close) = closing(self.text.as_bytes(), at + 1, end, quote) {
            self.push(at + 1, close, key.holds);
            return close + 1;
        }
        self.push(at + 1, end, key.holds);
        let mut line = next_line(self.text, end);
        for _ in 0..MOST_LINES {
            let end = self.end_of_line(line);
            let content = self.slice(line, end);
            let goes_on = indent(content) > key.column && key.leads || !content.contains([':', '=']);
            if line >= self.text.len() || !goes_on {
                break;
            }
            let close = closing(self.text.as_bytes(), line, end, quote);
            self.push(line, close.unwrap_or(end), key.holds);
            line = next_line(self.text, end);
            if close.is_some() {
                break;
            }
        }
        line
    }

    /// A text in quotes within a text in quotes: `\"password\": \"…\"`.
    fn quoted_within(&mut self, at: usize, key: &Key) -> usize {
        let end = self.end_of_line(at);
        let quote = char::from(self.byte(at));
        let close = self.slice(at + 1, end).find(quote).map_or(end, |close| at + 1 + close);
        let inner = if self.byte(close.wrapping_sub(1)) == b'\\' { close - 1 } else { close };
        self.push(at + 1, inner, key.holds);
        close
    }

    /// A text without quotes.
    fn plain(&mut self, at: usize, key: &Key) -> usize {
        let mut end = self.end_of_line(at);
        // Words within a text end before its quote anyway.
        if let Some(quote) = key.quote.filter(|_| key.leads || key.holds == Holds::Header) {
            end = closing(self.text.as_bytes(), at, end, quote).unwrap_or(end);
        }
        let rest = self.slice(at, end);
        let cut = |rest: &str, ends: &dyn Fn(char) -> bool| rest.find(ends).unwrap_or(rest.len());
        let is_assigned = key.sign == b'=' || key.is_option;
        let length = match () {
            () if key.holds == Holds::Header => rest.len(),
            () if key.in_query => cut(rest, &|c| c.is_whitespace() || "&\"'<>)#".contains(c)),
            () if !key.leads && is_assigned => cut(rest, &|c| c.is_whitespace() || "\"'`,;&|)".contains(c)),
            () if !key.leads => {
                let word = cut(rest, &|c| c.is_whitespace() || "\"'`,;)".contains(c));
                let is_secret = rest.get(..word).is_some_and(|word| looks_random(word) || word.len() >= 8);
                if is_secret { word } else { 0 }
            }
            () if key.in_flow && !rest.starts_with("{{") && !rest.starts_with("${") => {
                cut(rest, &|c| ",}]".contains(c))
            }
            () => rest.find(" #").or_else(|| rest.find("\t#")).unwrap_or(rest.len()),
        };
        let value = rest.get(..length).unwrap_or_default().trim_end().trim_end_matches([',', ';']);
        self.push(at, at + value.len(), key.holds);
        let goes_on =
            key.leads && !key.in_flow && !key.in_comment && key.sign == b':' && length == rest.len();
        if goes_on && key.quote.is_none() { self.continued(at, key) } else { at + length }
    }

    /// Lines that go on with a text without quotes: indented more than its name, and no settings themselves.
    fn continued(&mut self, at: usize, key: &Key) -> usize {
        let mut line = next_line(self.text, at);
        for _ in 0..MOST_LINES {
            let end = self.end_of_line(line);
            let content = self.slice(line, end);
            let is_setting = content.contains(": ") || content.trim_end().ends_with(':');
            if line >= self.text.len()
                || content.trim().is_empty()
                || indent(content) <= key.column
                || is_setting
            {
                break;
            }
            self.push(line, end, key.holds);
            line = next_line(self.text, end);
        }
        line
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

    /// Lines that hold a lone word which nobody would write: a token without its name.
    fn lone_lines(&mut self, lone: Lone) {
        let mut line = 0;
        while line < self.text.len() {
            let end = self.end_of_line(line);
            let content = self.slice(line, end);
            let word = content.trim().trim_start_matches("- ").trim_matches(['"', '\'', ',', '`']);
            let is_mixed = word.bytes().any(|byte| byte.is_ascii_uppercase())
                && word.bytes().any(|byte| byte.is_ascii_lowercase());
            let is_word = |word: &str| {
                !word.starts_with('=')
                    && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-+/=.~".contains(&byte))
            };
            let counts = match lone {
                Lone::Any => word.len() >= 6 && !word.contains('=') && !word.starts_with(['#', '[']),
                Lone::Random => looks_random(word) && is_word(word),
                Lone::Long => {
                    (16..=512).contains(&word.len()) && is_mixed && looks_random(word) && is_word(word)
                }
            };
            if counts {
                let start = line + content.find(word).unwrap_or(0);
                self.found.push(Found { start, end: start + word.len(), telling: false });
            }
            line = next_line(self.text, end);
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

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
