//! Words of a shell script: quotes, substitutions, expressions of the workflow, here-documents.

use super::Command;
use super::reader::{Block, Reader, printed};

impl<'s> Reader<'s> {
    /// A word: parts in quotes and parts without.
    pub(super) fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(next) = self.rest.chars().next() {
            match next {
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | ')' => break,
                '(' if word.ends_with('=') || word.ends_with('$') => self.list(&mut word),
                '(' => break,
                '\'' => word.push_str(self.until('\'')),
                '"' => self.double_quoted(&mut word),
                '`' => {
                    let place = self.place() + 1;
                    let inside = self.until('`');
                    self.substituted(inside, place);
                    word.push_str("$(");
                    word.push_str(inside);
                    word.push(')');
                }
                '$' if self.rest.starts_with("${{") => self.expression(&mut word),
                '$' if self.rest.starts_with("$(") => self.substitution(&mut word, 2),
                '<' | '>' if self.rest.get(1..).is_some_and(|rest| rest.starts_with('(')) => {
                    self.substitution(&mut word, 2);
                }
                '\\' => {
                    self.take(1);
                    let taken = self.rest.chars().next().map_or(0, char::len_utf8);
                    let escaped = self.take(taken);
                    word.push_str(if escaped == "\n" { "" } else { escaped });
                }
                other => word.push_str(self.take(other.len_utf8())),
            }
        }
        word
    }

    /// An expression of the workflow, whatever stands in it.
    fn expression(&mut self, word: &mut String) {
        let end = self.rest.find("}}").map_or(3, |end| end + 2);
        word.push_str(self.take(end));
    }

    /// A list in brackets, as one word.
    fn list(&mut self, word: &mut String) {
        let end = self.rest.find(')').map_or(self.rest.len(), |end| end + 1);
        word.push_str(self.take(end));
    }

    /// The text up to the same mark that comes next.
    fn until(&mut self, mark: char) -> &'s str {
        let inside = self.rest.get(1..).unwrap_or("");
        let end = inside.find(mark).unwrap_or(inside.len());
        self.rest = inside.get(end + 1..).unwrap_or("");
        inside.get(..end).unwrap_or("")
    }

    fn double_quoted(&mut self, word: &mut String) {
        self.take(1);
        while let Some(next) = self.rest.chars().next() {
            match next {
                '"' => {
                    self.take(1);
                    return;
                }
                '$' if self.rest.starts_with("${{") => self.expression(word),
                '$' if self.rest.starts_with("$(") => self.substitution(word, 2),
                '\\' if self
                    .rest
                    .get(1..)
                    .is_some_and(|rest| rest.starts_with(['"', '\\', '$', '`', '\n'])) =>
                {
                    self.take(1);
                    let escaped = self.take(1);
                    word.push_str(if escaped == "\n" { "" } else { escaped });
                }
                other => word.push_str(self.take(other.len_utf8())),
            }
        }
    }

    /// What a command in brackets prints. Only `cat <<'MARK'`, whose text stands in the script, is known; its own
    /// commands run as well.
    fn substitution(&mut self, word: &mut String, mark: usize) {
        let place = self.place() + mark;
        let before = self.rest.get(..mark).unwrap_or("");
        let inside = self.rest.get(mark..).unwrap_or("");
        let mut depth = 1;
        let mut end = inside.len();
        for (place, letter) in inside.char_indices() {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                end = place;
                break;
            }
        }
        let command = inside.get(..end).unwrap_or("");
        match command.trim_start().strip_prefix("cat").map(str::trim_start) {
            Some(rest) if rest.starts_with("<<") => word.push_str(here_text(rest).0.trim_end()),
            _ => {
                if !command.starts_with('(') {
                    self.substituted(command, place);
                }
                word.push_str(before);
                word.push_str(command);
                word.push(')');
            }
        }
        self.rest = inside.get(end + 1..).unwrap_or("");
    }

    /// Reads the commands of a substitution.
    fn substituted(&mut self, script: &str, place: usize) {
        if self.depth == 0 {
            return;
        }
        let is_decided = self.is_guarded
            || self.may_have_ended
            || self.blocks.iter().any(|block| matches!(block, Block::If(..) | Block::Case(..)));
        let outer = Command {
            conditional: is_decided,
            looped: self.blocks.contains(&Block::Loop),
            ..Command::default()
        };
        self.inner(script, place, &outer);
    }

    /// A text that is given to the command: it becomes its last word.
    pub(super) fn here_document(&mut self) {
        let place = self.place();
        let (text, after) = here_text(self.rest);
        // What stands on the line of the mark still belongs to the command.
        let line_end = self.rest.find('\n').unwrap_or(self.rest.len());
        let line = self.rest.get(2..line_end).unwrap_or("");
        let tail = line.trim_start_matches('-').trim_start();
        let tail = tail.find(char::is_whitespace).and_then(|end| tail.get(end..)).unwrap_or("");
        let (tail, piped) = tail.split_once('|').map_or((tail, None), |(tail, piped)| (tail, Some(piped)));
        self.words.extend(tail.split_whitespace().map(str::to_owned));
        self.words.push(text.trim_end().to_owned());
        self.places.resize(self.words.len(), place);
        let printed = piped.and_then(|_| printed(&self.words, None));
        self.end_command();
        if let Some(piped) = piped.filter(|_| self.depth > 0) {
            let base = place + line_end.saturating_sub(piped.len());
            let mut reader = Reader::new(piped, base, self.depth.saturating_sub(1));
            reader.piped = printed;
            reader.read();
            self.commands.extend(reader.commands);
        }
        self.rest = after;
        self.is_guarded = false;
    }
}

/// The text of a here document that begins with `<<MARK`, and what comes after it.
fn here_text(text: &str) -> (&str, &str) {
    let after = text.get(2..).unwrap_or("").trim_start_matches('-').trim_start();
    let mark: &str = after.split([' ', '\n', '\t', ')', ';', '|', '>']).next().unwrap_or("");
    let mark = mark.trim_matches(['\'', '"', '\\']);
    let Some(body) = text.find('\n').and_then(|end| text.get(end + 1..)) else { return ("", "") };
    let mut offset = 0;
    for line in body.split_inclusive('\n') {
        if line.trim() == mark {
            return (body.get(..offset).unwrap_or(""), body.get(offset + line.len()..).unwrap_or(""));
        }
        offset += line.len();
    }
    (body, "")
}
