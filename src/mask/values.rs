//! The values behind names that promise secrets, in whatever way they are written: plain, quoted, over several lines,
//! between brackets.

use super::flow::scalars;
use super::harmless::looks_random;
use super::keys::Holds;
use super::quotes::{closing, next_line};
use super::raw::{Key, Scan};

/// A value that goes on for more lines is masked no further.
const MOST_LINES: usize = 256;

impl Scan<'_> {
    /// Masks the value that begins here. Returns where to look for the next name.
    pub(super) fn value(&mut self, at: usize, key: &Key) -> usize {
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
}

pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
