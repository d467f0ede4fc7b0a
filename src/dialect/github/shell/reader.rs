//! What encloses commands in a shell script: conditions, cases, loops, brackets, pipes; and what is known of variables,
//! pipes and files when a command runs.

use super::wrappers::unwrapped;
use super::{Command, MAX_COMMANDS, is_assignment, option};

/// What encloses a command.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Block {
    /// `if`: its number, and which branch.
    If(usize, usize),
    /// `case`: its number, which branch, and whether a pattern comes next.
    Case(usize, usize, bool),
    Loop,
    /// Brackets, and whether what stands before them decides.
    Group(bool),
}

pub(super) struct Reader<'s> {
    pub(super) rest: &'s str,
    pub(super) script: &'s str,
    /// Where the script begins in the one that holds it.
    pub(super) base: usize,
    pub(super) depth: usize,
    pub(super) commands: Vec<Command>,
    pub(super) words: Vec<String>,
    pub(super) places: Vec<usize>,
    pub(super) blocks: Vec<Block>,
    /// How many conditions there were.
    conditions: usize,
    /// Whether an earlier command of the line decides about this one.
    pub(super) is_guarded: bool,
    /// Whether the script may have ended before.
    pub(super) may_have_ended: bool,
    /// What the command before prints into this one.
    pub(super) piped: Option<String>,
    /// Texts that were written into files.
    files: Vec<(String, String)>,
    /// Variables that were set, with their text where it is plain and set once.
    variables: Vec<(String, Option<String>)>,
}

impl<'s> Reader<'s> {
    pub(super) const fn new(script: &'s str, base: usize, depth: usize) -> Self {
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

    pub(super) fn read(&mut self) {
        while self.commands.len() < MAX_COMMANDS && self.step() {}
        self.end_command();
    }

    /// Where the rest begins.
    pub(super) fn place(&self) -> usize {
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

    pub(super) fn end_command(&mut self) {
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
    pub(super) fn inner(&mut self, script: &str, base: usize, outer: &Command) {
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

    fn skip(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_line(&mut self) {
        self.rest = self.rest.find('\n').and_then(|end| self.rest.get(end..)).unwrap_or("");
    }

    pub(super) fn take(&mut self, length: usize) -> &'s str {
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
pub(super) fn printed(words: &[String], input: Option<String>) -> Option<String> {
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
