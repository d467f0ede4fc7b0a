//! Shell scripts as far as a reader needs them: commands and their words, with quotes taken off, also those in
//! subshells, functions, arms of `case`, substitutions, and behind `xargs`. What only a run knows stays as it is
//! written (`$NAME`, `$(…)`). Knows nothing of any program.

use super::wrappers::unwrapped;

/// A simple command: its words, and where it begins in the script.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Command {
    pub(super) words: Vec<String>,
    /// Where each word begins.
    pub(super) places: Vec<usize>,
    pub(super) start: usize,
    /// Whether a condition or a case of the script decides about it.
    pub(super) conditional: bool,
    /// Whether it runs once for each of several things.
    pub(super) looped: bool,
    /// The conditions and cases around it, each with the number of the branch.
    pub(super) branches: Vec<(usize, usize)>,
    /// The text that it reads, where the script says it plainly.
    pub(super) input: Option<String>,
}

/// Substitutions and strings of commands are read so deeply.
const MAX_DEPTH: usize = 8;

/// So many commands of a script are read; one that has more is not written by hand.
const MAX_COMMANDS: usize = 5_000;

/// The commands of a script, in order. Never fails: what is not understood is part of a word.
pub(super) fn commands(script: &str) -> Vec<Command> {
    let mut reader = Reader::new(script, 0, MAX_DEPTH);
    reader.read();
    reader.commands
}

/// The value of an option: `--name value`, `--name=value`, or `-n value`.
pub(super) fn option<'c>(words: &'c [String], names: &[&str]) -> Option<&'c str> {
    option_at(words, names).map(|(_, value)| value)
}

/// The value of an option, and the number of the word that it stands in.
pub(super) fn option_at<'c>(words: &'c [String], names: &[&str]) -> Option<(usize, &'c str)> {
    words.iter().enumerate().find_map(|(place, word)| {
        let name = names.iter().find(|name| word.starts_with(**name))?;
        match word.get(name.len()..)? {
            "" => words.get(place + 1).map(|value| (place + 1, value.as_str())),
            rest => rest.strip_prefix('=').map(|value| (place, value)),
        }
    })
}

/// What encloses a command.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Block {
    /// `if`: its number, and which branch.
    If(usize, usize),
    /// `case`: its number, which branch, and whether a pattern comes next.
    Case(usize, usize, bool),
    Loop,
    /// Brackets, and whether what stands before them decides.
    Group(bool),
}

struct Reader<'s> {
    rest: &'s str,
    script: &'s str,
    /// Where the script begins in the one that holds it.
    base: usize,
    depth: usize,
    commands: Vec<Command>,
    words: Vec<String>,
    places: Vec<usize>,
    blocks: Vec<Block>,
    /// How many conditions there were.
    conditions: usize,
    /// Whether an earlier command of the line decides about this one.
    is_guarded: bool,
    /// Whether the script may have ended before.
    may_have_ended: bool,
    /// What the command before prints into this one.
    piped: Option<String>,
    /// Texts that were written into files.
    files: Vec<(String, String)>,
    /// Variables that were set, with their text where it is plain and set once.
    variables: Vec<(String, Option<String>)>,
}

impl<'s> Reader<'s> {
    const fn new(script: &'s str, base: usize, depth: usize) -> Self {
        Self {
            rest: script,
            script,
            base,
            depth,
            commands: Vec::new(),
            words: Vec::new(),
            places: Vec::new(),
            blocks: Vec::new(),
            conditions: 0,
            is_guarded: false,
            may_have_ended: false,
            piped: None,
            files: Vec::new(),
            variables: Vec::new(),
        }
    }

    fn read(&mut self) {
        while self.commands.len() < MAX_COMMANDS && self.step() {}
        self.end_command();
    }

    /// Where the rest begins.
    fn place(&self) -> usize {
        self.base + self.script.len() - self.rest.len()
    }

    /// Reads a word or an operator; false at the end.
    fn step(&mut self) -> bool {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r']);
        let Some(next) = self.rest.chars().next() else { return false };
        match next {
            '\\' if self.skip("\\\n") || self.skip("\\\r\n") => {}
            '#' if self.words.is_empty() => self.skip_line(),
            '<' if self.rest.starts_with("<<") && !self.rest.starts_with("<<<") => self.here_document(),
            '|' if matches!(self.blocks.last(), Some(Block::Case(_, _, true))) => drop(self.take(1)),
            ';' if self.rest.starts_with(";;") => self.end_of_arm(),
            '\n' | ';' => {
                self.operator(1);
                self.is_guarded = false;
            }
            '&' | '|' if self.rest.starts_with("&&") || self.rest.starts_with("||") => {
                let decides = self.words.first().is_some_and(|word| decides(word));
                self.operator(2);
                self.is_guarded |= decides || self.rest.trim_start().starts_with(['{', '(']);
            }
            '&' => self.operator(1),
            '|' => {
                let printed = printed(&self.words, self.piped.take());
                self.operator(1);
                self.piped = printed;
            }
            '(' if self.rest.starts_with("()") => {
                // The body of a function counts where it is written.
                self.clear();
                self.take(2);
            }
            '(' if self.words.is_empty() => {
                self.take(1);
                if !matches!(self.blocks.last(), Some(Block::Case(_, _, true))) {
                    self.blocks.push(Block::Group(self.is_guarded));
                }
            }
            ')' => self.closing_bracket(),
            _ => {
                // What stands behind the end of a block is outside of it.
                if matches!(self.words.as_slice(), [only] if matches!(only.as_str(), "done" | "fi" | "esac" | "}"))
                {
                    self.strip_keywords();
                }
                let (place, before) = (self.place(), self.rest.len());
                let word = self.word();
                if self.rest.len() == before {
                    // Brackets where none belong.
                    self.take(next.len_utf8());
                } else {
                    self.places.push(place);
                    self.words.push(word);
                }
            }
        }
        true
    }

    fn clear(&mut self) {
        self.words.clear();
        self.places.clear();
    }

    fn operator(&mut self, length: usize) {
        self.end_command();
        self.rest = self.rest.get(length..).unwrap_or("");
    }

    /// The end of an arm of `case`.
    fn end_of_arm(&mut self) {
        self.operator(2);
        self.is_guarded = false;
        if let Some(Block::Case(_, arm, pattern)) = self.blocks.last_mut() {
            *arm += 1;
            *pattern = true;
        }
    }

    /// The end of a pattern of `case`, or of a subshell.
    fn closing_bracket(&mut self) {
        self.strip_keywords();
        if self.words.first().is_some_and(|word| word == "case") {
            self.clear();
            self.open_case(false);
        } else if let Some(Block::Case(_, _, pattern @ true)) = self.blocks.last_mut() {
            *pattern = false;
            self.clear();
        } else {
            self.end_command();
            self.close(|block| matches!(block, Block::Group(_)));
        }
        self.take(1);
    }

    fn open_case(&mut self, pattern: bool) {
        self.conditions += 1;
        self.blocks.push(Block::Case(self.conditions, 0, pattern));
    }

    /// Closes the innermost block of a kind.
    fn close(&mut self, is_it: impl Fn(&Block) -> bool) {
        if let Some(place) = self.blocks.iter().rposition(is_it) {
            self.blocks.truncate(place);
        }
    }

    /// Takes off what the shell itself reads before a command.
    fn strip_keywords(&mut self) {
        let mut prefix = 0;
        while let Some(word) = self.words.get(prefix) {
            match word.as_str() {
                "if" => {
                    self.conditions += 1;
                    self.blocks.push(Block::If(self.conditions, 0));
                }
                "elif" | "else" => {
                    if let Some(Block::If(_, arm)) =
                        self.blocks.iter_mut().rev().find(|block| matches!(block, Block::If(..)))
                    {
                        *arm += 1;
                    }
                }
                "fi" => self.close(|block| matches!(block, Block::If(..))),
                "esac" => self.close(|block| matches!(block, Block::Case(..))),
                "while" | "until" => self.blocks.push(Block::Loop),
                "done" => self.close(|block| matches!(block, Block::Loop)),
                "{" => self.blocks.push(Block::Group(self.is_guarded)),
                "}" => self.close(|block| matches!(block, Block::Group(_))),
                "function" => prefix += 1,
                "then" | "do" | "!" | "time" => {}
                // A variable that is set for one command.
                word if is_assignment(word) && prefix + 1 < self.words.len() => {}
                _ => break,
            }
            prefix += 1;
        }
        let prefix = prefix.min(self.words.len());
        self.words.drain(..prefix);
        self.places.drain(..prefix.min(self.places.len()));
    }

    fn end_command(&mut self) {
        self.strip_keywords();
        let input = self.piped.take();
        match self.words.first().map(String::as_str) {
            None => return,
            Some("case") => {
                self.clear();
                self.open_case(true);
                return;
            }
            // Only where something is read from or written to.
            Some("<" | ">" | ">>") => {
                self.clear();
                return;
            }
            Some("for" | "select") => self.blocks.push(Block::Loop),
            Some(_) => {}
        }
        let is_decided = self.blocks.iter().any(|block| match block {
            Block::If(..) | Block::Case(..) => true,
            Block::Group(guarded) => *guarded,
            Block::Loop => false,
        });
        let conditional = self.is_guarded || is_decided;
        let mut words = std::mem::take(&mut self.words);
        let places = std::mem::take(&mut self.places);
        self.set_variables(&words);
        words.iter_mut().for_each(|word| self.fill(word));
        if conditional
            && words.first().is_some_and(|word| matches!(word.as_str(), "exit" | "return" | "continue"))
        {
            self.may_have_ended = true;
        }
        self.note_file(&words, input.as_deref());
        let branches = self.blocks.iter().filter_map(|block| match block {
            Block::If(number, arm) | Block::Case(number, arm, _) => Some((*number, *arm)),
            _ => None,
        });
        let command = Command {
            start: places.first().copied().unwrap_or(self.base),
            conditional: conditional || self.may_have_ended,
            looped: self.blocks.contains(&Block::Loop),
            branches: branches.collect(),
            input,
            words,
            places,
        };
        let (command, text) = unwrapped(command);
        let file = option(&command.words, &["--body-file", "-F"]);
        let written = file.and_then(|file| self.files.iter().rev().find(|(name, _)| name == file));
        let input = written.map(|(_, text)| text.clone()).or_else(|| command.input.clone());
        if let (Some((place, text)), true) = (text, self.depth > 0) {
            self.inner(&text, place, &command);
        }
        self.commands.push(Command { input, ..command });
    }

    /// Reads commands that stand in another one.
    fn inner(&mut self, script: &str, base: usize, outer: &Command) {
        let mut reader = Reader::new(script, base, self.depth.saturating_sub(1));
        reader.read();
        self.conditions += reader.conditions;
        self.commands.extend(reader.commands.into_iter().map(|command| Command {
            conditional: command.conditional || outer.conditional,
            looped: command.looped || outer.looped,
            branches: outer.branches.clone(),
            ..command
        }));
    }

    /// Remembers variables that a command sets.
    fn set_variables(&mut self, words: &[String]) {
        let keyword = usize::from(words.first().is_some_and(|word| word == "export" || word == "local"));
        for word in words.iter().skip(keyword).take_while(|word| is_assignment(word)) {
            let Some((name, value)) = word.split_once('=') else { continue };
            let plain = (!value.contains('$') || value.contains("${{")).then(|| value.to_owned());
            match self.variables.iter_mut().find(|(known, _)| known == name) {
                Some((_, value)) => *value = None,
                None => self.variables.push((name.to_owned(), plain)),
            }
        }
    }

    /// Puts the text of a variable in the place of its name.
    fn fill(&self, word: &mut String) {
        let name = word.strip_prefix('$').map(|name| name.trim_matches(['{', '}']));
        let known = name.and_then(|name| self.variables.iter().find(|(known, _)| known == name));
        if let Some((_, Some(value))) = known {
            word.clone_from(value);
        }
    }

    /// Remembers a text that is written into a file.
    fn note_file(&mut self, words: &[String], input: Option<&str>) {
        let Some(place) = words.iter().position(|word| matches!(word.as_str(), ">" | ">>")) else { return };
        let Some(name) = words.get(place + 1) else { return };
        let rest: Vec<String> = words
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != place && *number != place + 1)
            .map(|(_, word)| word.clone())
            .collect();
        if let Some(text) = printed(&rest, input.map(str::to_owned)) {
            self.files.push((name.clone(), text));
        }
    }

    /// A word: parts in quotes and parts without.
    fn word(&mut self) -> String {
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
    fn here_document(&mut self) {
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

/// Whether a command only asks something.
fn decides(word: &str) -> bool {
    matches!(word, "[" | "[[" | "test" | "grep" | "!" | "jq" | "false")
}

/// What a command prints, where that stands in the script.
fn printed(words: &[String], input: Option<String>) -> Option<String> {
    let rest = || words.iter().skip(1);
    match words.first()?.as_str() {
        "echo" => {
            let said: Vec<&str> =
                rest().map(String::as_str).skip_while(|word| word.starts_with('-')).collect();
            (!said.iter().any(|word| word.starts_with("$("))).then(|| said.join(" "))
        }
        "printf" => {
            let format = words.get(1)?;
            let only = words.get(2).filter(|_| words.len() == 3);
            match (format.trim_end_matches("\\n"), only) {
                ("%s", Some(only)) if !only.starts_with("$(") => Some(only.clone()),
                (format, _) if !format.contains('%') => Some(format.to_owned()),
                _ => None,
            }
        }
        "cat" => words.get(1).filter(|text| words.len() == 2 && text.contains(' ')).cloned(),
        "tee" | "sort" | "uniq" => input,
        _ => None,
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

/// Whether a word sets a variable.
pub(super) fn is_assignment(word: &str) -> bool {
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
                words(script).last().map(|words| words.join("|")),
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
    fn commands_are_read_wherever_they_stand() {
        for (script, expected) in [
            ("case $X in bug) run 1;; idea|wish) run 2 ;; esac; run 3", "run 1?|run 2?|run 3"),
            ("(cd x && run 1)", "cd x|run 1"),
            ("f() { run 1; }\nf", "run 1|f"),
            ("function f {\n run 1\n}", "run 1"),
            ("x=$(run 1)\necho \"$(run 2)\" `run 3`", "run 1|x=$(run 1)|run 2|run 3|echo $(run 2) $(run 3)"),
            ("[ -n \"$X\" ] && run 1\nrun 2", "[ -n $X ]|run 1?|run 2"),
            ("[ x ] || { run 1; run 2; }; run 3", "[ x ]|run 1?|run 2?|run 3"),
            ("if a; then exit 0; fi\nrun 1", "a?|exit 0?|run 1?"),
            ("list | xargs -n 1 -I {} run {}", "list|run {}*"),
            ("while read n; do run $n; done < <(list)", "read n*|run $n*|list"),
            ("for i in a b; do run $i; done; run 2", "for i in a b*|run $i*|run 2"),
            ("sudo env A=1 run 1", "run 1"),
            ("bash -c 'run 1; run 2'", "run 1|run 2|bash -c run 1; run 2"),
            ("for ((i=0; i<3; i++)); do run; done", "for i=0*|i<3*|i++*|run*"),
        ] {
            let found: Vec<_> = commands(script)
                .into_iter()
                .map(|command| {
                    let marks = [(command.conditional, "?"), (command.looped, "*")];
                    let marks: String =
                        marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark).collect();
                    command.words.join(" ") + &marks
                })
                .collect();
            assert_eq!(found.join("|"), expected, "{script}");
        }
    }

    #[test]
    fn texts_are_piped_and_written_into_files() {
        for (script, expected) in [
            ("echo \"Hello you\" | run -", Some("Hello you")),
            ("printf '%s\\n' 'Hello you' | run -", Some("Hello you")),
            ("printf 'Open: %s\\n' \"$(count)\" \\\n  | run -F -", None),
            ("cat <<EOF | run -F -\nHello you\nEOF\n", Some("Hello you")),
            ("cat > body.md <<EOF\nHello you\nEOF\nrun --body-file body.md", Some("Hello you")),
            ("echo 'Hello you' > body.md; run -F body.md", Some("Hello you")),
        ] {
            let commands = commands(script);
            let run = commands.iter().find(|command| command.words.first().is_some_and(|word| word == "run"));
            assert_eq!(run.and_then(|command| command.input.as_deref()), expected, "{script}");
        }
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
