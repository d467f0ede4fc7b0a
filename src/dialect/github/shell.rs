//! Shell scripts as far as a reader needs them: commands and their words, with quotes taken off. What only a
//! run knows stays as it is written (`$NAME`, `$(…)`). Knows nothing of any program.

/// A simple command: its words, and where it begins in the script.
#[derive(Debug, PartialEq)]
pub(super) struct Command {
    pub(super) words: Vec<String>,
    pub(super) start: usize,
    /// Whether a condition or a case of the script decides about it.
    pub(super) conditional: bool,
}

/// The commands of a script, in order. Never fails: what is not understood is part of a word.
pub(super) fn commands(script: &str) -> Vec<Command> {
    let mut reader =
        Reader { rest: script, script, commands: Vec::new(), words: Vec::new(), start: 0, depth: 0 };
    while reader.step() {}
    reader.end_command();
    reader.commands
}

/// The value of an option: `--name value`, `--name=value`, or `-n value`.
pub(super) fn option<'c>(words: &'c [String], names: &[&str]) -> Option<&'c str> {
    words.iter().enumerate().find_map(|(place, word)| {
        let name = names.iter().find(|name| word.starts_with(**name))?;
        match word.get(name.len()..)? {
            "" => words.get(place + 1).map(String::as_str),
            rest => rest.strip_prefix('='),
        }
    })
}

struct Reader<'s> {
    rest: &'s str,
    script: &'s str,
    commands: Vec<Command>,
    words: Vec<String>,
    /// Where the command that is being read begins.
    start: usize,
    /// How many conditions are open.
    depth: usize,
}

impl<'s> Reader<'s> {
    /// Reads a word or an operator; false at the end.
    fn step(&mut self) -> bool {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r']);
        let Some(next) = self.rest.chars().next() else { return false };
        match next {
            '\\' if self.skip("\\\n") || self.skip("\\\r\n") => {}
            '#' if self.words.is_empty() => self.skip_line(),
            '<' if self.rest.starts_with("<<") && !self.rest.starts_with("<<<") => self.here_document(),
            '\n' | ';' => self.operator(1),
            '&' | '|' if self.rest.starts_with("&&") || self.rest.starts_with("||") => self.operator(2),
            '&' | '|' => self.operator(1),
            _ => {
                if self.words.is_empty() {
                    self.start = self.script.len() - self.rest.len();
                }
                let word = self.word();
                self.words.push(word);
            }
        }
        true
    }

    fn operator(&mut self, length: usize) {
        self.end_command();
        self.rest = self.rest.get(length..).unwrap_or("");
    }

    /// Ends a command, and takes off what the shell itself reads before it.
    fn end_command(&mut self) {
        let mut words = std::mem::take(&mut self.words);
        let mut prefix = 0;
        while let Some(word) = words.get(prefix) {
            match word.as_str() {
                "if" | "case" => self.depth += 1,
                "fi" | "esac" => self.depth = self.depth.saturating_sub(1),
                "then" | "else" | "elif" | "do" | "done" | "while" | "until" | "{" | "}" | "!" | "time" => {}
                // A variable that is set for one command.
                word if is_assignment(word) && prefix + 1 < words.len() => {}
                _ => break,
            }
            prefix += 1;
        }
        words.drain(..prefix);
        if !words.is_empty() {
            self.commands.push(Command { words, start: self.start, conditional: self.depth > 0 });
        }
    }

    /// A word: parts in quotes and parts without.
    fn word(&mut self) -> String {
        let mut word = String::new();
        while let Some(next) = self.rest.chars().next() {
            match next {
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' => break,
                '\'' => word.push_str(self.until('\'')),
                '"' => self.double_quoted(&mut word),
                '$' if self.rest.starts_with("$(") => self.substitution(&mut word),
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
                '$' if self.rest.starts_with("$(") => self.substitution(word),
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

    /// What a command in brackets prints. Only `cat <<'MARK'`, whose text stands in the script, is known.
    fn substitution(&mut self, word: &mut String) {
        let inside = self.rest.get(2..).unwrap_or("");
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
                word.push_str("$(");
                word.push_str(command);
                word.push(')');
            }
        }
        self.rest = inside.get(end + 1..).unwrap_or("");
    }

    /// A text that is given to the command: it becomes its last word.
    fn here_document(&mut self) {
        let (text, after) = here_text(self.rest);
        // What stands on the line of the mark still belongs to the command.
        let line_end = self.rest.find('\n').unwrap_or(self.rest.len());
        let line = self.rest.get(2..line_end).unwrap_or("");
        let tail = line.trim_start_matches('-').trim_start();
        let tail = tail.find(char::is_whitespace).and_then(|end| tail.get(end..)).unwrap_or("");
        self.words.extend(tail.split_whitespace().map(str::to_owned));
        self.words.push(text.trim_end().to_owned());
        self.rest = after;
        self.end_command();
    }

    fn skip(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_line(&mut self) {
        self.rest = self.rest.find('\n').and_then(|end| self.rest.get(end..)).unwrap_or("");
    }

    fn take(&mut self, length: usize) -> &'s str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }
}

/// The text of a here document that begins with `<<MARK`, and what comes after it.
fn here_text(text: &str) -> (&str, &str) {
    let after = text.get(2..).unwrap_or("").trim_start_matches('-').trim_start();
    let mark: &str = after.split([' ', '\n', '\t', ')', ';']).next().unwrap_or("");
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

fn is_assignment(word: &str) -> bool {
    let name = word.split_once('=').map_or("", |(name, _)| name);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(script: &str) -> Vec<Vec<String>> {
        commands(script).into_iter().map(|command| command.words).collect()
    }

    #[test]
    fn words_lose_their_quotes_and_nothing_else() {
        for (script, expected) in [
            ("gh pr close \"$N\" --comment 'no thanks'", "gh|pr|close|$N|--comment|no thanks"),
            ("gh pr comment 1 \\\n  --body=\"a \\\"b\\\" c\"", "gh|pr|comment|1|--body=a \"b\" c"),
            ("X=1 gh issue close 2 # done", "gh|issue|close|2|#|done"),
            ("echo $(date -d '-3 days')", "echo|$(date -d '-3 days')"),
            ("gh x --body \"$(cat <<'EOF'\nHello\nyou\nEOF\n)\"", "gh|x|--body|Hello\nyou"),
            ("gh x -F - <<EOF\nHello\nEOF\n", "gh|x|-F|-|Hello"),
            ("'open", "open"),
        ] {
            assert_eq!(
                words(script).first().map(|words| words.join("|")),
                Some(expected.to_owned()),
                "{script}"
            );
        }
    }

    #[test]
    fn commands_end_at_lines_and_operators() {
        let script = "# note\nset -e; a && b | c\nif [ x ]; then\n  d\nfi\nfor i in 1; do e; done";
        let found: Vec<_> = commands(script)
            .into_iter()
            .map(|command| (command.words.join(" "), command.conditional))
            .collect();
        let found: Vec<_> = found.iter().map(|(words, conditional)| (words.as_str(), *conditional)).collect();
        assert_eq!(
            found,
            [
                ("set -e", false),
                ("a", false),
                ("b", false),
                ("c", false),
                ("[ x ]", true),
                ("d", true),
                ("for i in 1", false),
                ("e", false)
            ]
        );
    }

    #[test]
    fn options_have_values() {
        let words: Vec<String> = ["--body", "x", "-c=y"].iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(option(&words, &["--body", "-b"]), Some("x"));
        assert_eq!(option(&words, &["-c"]), Some("y"));
        assert_eq!(option(&words, &["--title"]), None);
    }

    #[test]
    fn odd_scripts_end() {
        for script in ["\"", "$(", "<<", "<<EOF", "\\", "a \\", "'", "é\"ü$(é", "<<''\n\n"] {
            commands(script);
        }
    }
}
