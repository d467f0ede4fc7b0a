//! What stands before a place on its line: quotes and brackets that are open there. Each line is read once.

/// A reader that moves forwards through a text.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    before: u8,
    /// Where the current line begins.
    pub(super) start: usize,
    /// How many brackets are open on it.
    pub(super) depth: usize,
    /// The quote that is open on it.
    pub(super) quote: Option<u8>,
}

impl<'t> Lines<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0, before: b'\n', start: 0, depth: 0, quote: None }
    }

    /// Moves on to a place.
    pub(super) fn advance(&mut self, to: usize) {
        let bytes = self.text.as_bytes();
        if let Some(newline) = bytes.get(self.at..to).and_then(|skipped| memchr::memrchr(b'\n', skipped)) {
            *self = Self { at: self.at + newline + 1, start: self.at + newline + 1, ..Self::new(self.text) };
        }
        while self.at < to {
            let byte = bytes.get(self.at).copied().unwrap_or_default();
            match (self.quote, byte) {
                (Some(b'"'), b'\\') => self.at += 1,
                (Some(quote), byte) if byte == quote => self.quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'' | b'`') if opens(self.before) => self.quote = Some(byte),
                (None, b'{' | b'[') => self.depth += 1,
                (None, b'}' | b']') => self.depth = self.depth.saturating_sub(1),
                (None, _) => {}
            }
            self.before = byte;
            self.at += 1;
        }
    }

    /// What stands on the line before a place, without white space around it; at most its last part.
    pub(super) fn prefix(&self, to: usize) -> &'t str {
        const MOST: usize = 64;
        let mut from = self.start.max(to.saturating_sub(MOST));
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let prefix = self.text.get(from..to).unwrap_or_default();
        // A part of a line is no whole beginning.
        if from > self.start { prefix.trim_end() } else { prefix.trim() }
    }
}

/// Whether a quote behind this byte begins a text, rather than standing within a word.
const fn opens(before: u8) -> bool {
    matches!(before, b'\n' | b' ' | b'\t' | b'{' | b'[' | b'(' | b',' | b':' | b'=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_brackets_are_those_of_the_line() {
        for (before, depth, quote) in [
            ("{ a: 'b', ", 1, None),
            ("a: \"say \\\" ", 0, Some(b'"')),
            ("don't {", 1, None),
            ("{ [ '\nb ", 0, None),
            ("{ a: [1] } ", 0, None),
        ] {
            let mut lines = Lines::new(before);
            lines.advance(before.len());
            assert_eq!((lines.depth, lines.quote), (depth, quote), "{before:?}");
        }
    }
}
