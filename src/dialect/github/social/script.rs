//! The commands of a `run:` step: lines with their places, simple commands with their words, loops over
//! lists that are written out, and programs that stand in the script itself. Not a shell: what it does not
//! understand it leaves out.

use std::collections::HashMap;
use std::rc::Rc;

use crate::dialect::github::workflow::Step;
use crate::model::{Site, Text};
use crate::source::Span;
use crate::syntax::{NodeRef, Style};

/// A script, taken apart.
#[derive(Default)]
pub(super) struct Script {
    /// Simple commands, in order.
    pub(super) commands: Vec<Command>,
    /// Lines of code in another language: here-documents, and scripts for an interpreter.
    pub(super) code: Vec<Line>,
}

/// A line of text and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) site: Site,
}

/// A simple command.
#[derive(Debug)]
pub(super) struct Command {
    /// Its words, without quotes.
    pub(super) words: Vec<String>,
    /// The line it stands on.
    pub(super) site: Site,
    /// What the loops around it go through, where that is written out.
    pub(super) loops: Vec<Rc<Loop>>,
}

/// A loop over a list that is written out.
#[derive(Clone, Debug)]
pub(super) struct Loop {
    /// The variable.
    pub(super) variable: String,
    /// What it stands for, one after the other; empty for numbers.
    pub(super) items: Rc<Vec<Text>>,
    /// How often it goes round.
    pub(super) times: usize,
}

/// So many loops, one in the other, are counted.
const MAX_DEPTH: usize = 8;

impl Script {
    /// Reads the script of a step; `is_shell` tells commands from code.
    pub(super) fn read(step: &Step<'_>, node: NodeRef<'_>, is_shell: bool) -> Self {
        let lines = lines(step, node);
        if !is_shell {
            return Self { commands: Vec::new(), code: lines };
        }
        let mut reader = Reader::default();
        for line in joined(lines) {
            reader.line(line);
        }
        reader.script
    }
}

/// The lines of a scalar with their places; where the source is not line by line, all at the scalar's place.
fn lines(step: &Step<'_>, node: NodeRef<'_>) -> Vec<Line> {
    let whole = step.site_of(node);
    let one_to_one = match node.style() {
        Style::Literal => true,
        Style::Folded => false,
        _ => !node.raw().contains('\n'),
    };
    if !one_to_one || node.defined().is_some() {
        return node.text().lines().map(|text| Line { text: text.to_owned(), site: whole }).collect();
    }
    let quoted = matches!(node.style(), Style::SingleQuoted | Style::DoubleQuoted);
    let raw =
        if quoted { node.raw().get(1..).unwrap_or("").trim_end_matches(['"', '\'']) } else { node.raw() };
    let mut start = node.span().start + u32::from(quoted);
    let mut found = Vec::new();
    for part in raw.split_inclusive('\n') {
        let text = part.trim();
        let indent = u32::try_from(part.len() - part.trim_start().len()).unwrap_or(0);
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(0);
        let span = Span::new(start + indent, start + indent + length(text));
        found.push(Line { text: text.to_owned(), site: Site::new(whole.used.file, span) });
        start += length(part);
    }
    found
}

/// Puts lines that end with a backslash together with the next one.
fn joined(lines: Vec<Line>) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let (text, more) = match line.text.strip_suffix('\\') {
            Some(text) => (text, true),
            None => (line.text.as_str(), false),
        };
        match found.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(text.trim());
            }
            None => found.push(Line { text: text.to_owned(), site: line.site }),
        }
        goes_on = more;
    }
    found
}

#[derive(Default)]
struct Reader {
    script: Script,
    /// The word that ends the here-document.
    here: Option<String>,
    /// The array that is being written, with its items.
    array: Option<(String, Vec<Text>)>,
    arrays: HashMap<String, Rc<Vec<Text>>>,
    loops: Vec<Option<Rc<Loop>>>,
}

impl Reader {
    fn line(&mut self, line: Line) {
        if let Some(end) = &self.here {
            if line.text == *end {
                self.here = None;
            } else {
                self.script.code.push(line);
            }
            return;
        }
        if line.text.starts_with('#') || self.in_array(&line) {
            return;
        }
        self.here = here_document(&line.text);
        for words in simple_commands(&line.text) {
            self.command(words, &line);
        }
    }

    /// Reads lines of `NAME=( … )`, which name people one by one.
    fn in_array(&mut self, line: &Line) -> bool {
        let mut text = line.text.as_str();
        if self.array.is_none() {
            let Some((name, items)) = text.split_once("=(") else { return false };
            if name.is_empty() || !name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
                return false;
            }
            self.array = Some((name.to_owned(), Vec::new()));
            text = items;
        }
        let (items, closes) = text.split_once(')').map_or((text, false), |(items, _)| (items, true));
        let items = simple_commands(items).into_iter().flatten();
        if let Some((_, list)) = &mut self.array {
            list.extend(items.map(|text| Text { text, site: line.site }));
        }
        if closes && let Some((name, list)) = self.array.take() {
            self.arrays.insert(name, Rc::new(list));
        }
        true
    }

    fn command(&mut self, mut words: Vec<String>, line: &Line) {
        while words.first().is_some_and(|word| {
            matches!(
                word.as_str(),
                "then" | "do" | "else" | "if" | "elif" | "while" | "!" | "{" | "(" | "until"
            )
        }) {
            let keyword = words.remove(0);
            if matches!(keyword.as_str(), "while" | "until") {
                self.loops.push(None);
            }
        }
        match words.first().map(String::as_str) {
            None => {}
            Some("for") => {
                let found = self.each(&words, line).map(Rc::new);
                self.loops.push(found);
            }
            Some("done") => {
                self.loops.pop();
            }
            Some(_) => {
                let loops = self.loops.iter().flatten().take(MAX_DEPTH).cloned().collect();
                self.script.commands.push(Command { words, site: line.site, loops });
            }
        }
    }

    /// `for x in …`, where what it goes through is written out.
    fn each(&self, words: &[String], line: &Line) -> Option<Loop> {
        let [_, variable, keyword, items @ ..] = words else { return None };
        if keyword != "in" {
            return None;
        }
        let variable = variable.clone();
        let all = |items: Rc<Vec<Text>>| Loop { times: items.len(), items, variable: variable.clone() };
        if let [item] = items {
            let name = item.strip_prefix("${");
            let name = name.and_then(|item| item.split_once("[@]").or_else(|| item.split_once("[*]")));
            if let Some((name, _)) = name {
                return self.arrays.get(name).cloned().map(all);
            }
            if let Some(times) = range(item) {
                return Some(Loop { variable, items: Rc::default(), times });
            }
        }
        if items.is_empty() || items.iter().any(|item| item.contains(['$', '`', '*', '('])) {
            return None;
        }
        let items = items.iter().map(|item| Text { text: item.clone(), site: line.site });
        Some(all(Rc::new(items.collect())))
    }
}

/// How many numbers `{1..30}` stands for.
fn range(item: &str) -> Option<usize> {
    let (first, last) = item.strip_prefix('{')?.strip_suffix('}')?.split_once("..")?;
    let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
    last.checked_sub(first).map(|more| more + 1)
}

/// The word that ends the here-document that a line begins.
fn here_document(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("<<")?;
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_start();
    let word = rest.trim_start_matches(['\'', '"', '\\']);
    let end = word.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(word.len());
    word.get(..end).filter(|word| !word.is_empty()).map(str::to_owned)
}

/// The simple commands of a line as words: parted by `|`, `&`, `;` outside of quotes and expressions.
fn simple_commands(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        // An expression is one word, whatever stands in it.
        let expression = rest.starts_with("${{").then(|| rest.find("}}")).flatten();
        let length = expression.map_or(letter.len_utf8(), |end| end + 2);
        let (taken, tail) = rest.split_at(length);
        rest = tail;
        match (quote, letter) {
            _ if expression.is_some() => word.get_or_insert_default().push_str(taken),
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(letter),
            (None, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None, '#') if word.is_none() => break,
            (None, '|' | '&' | ';') => {
                push(&mut commands, word.take());
                commands.push(Vec::new());
            }
            (None, _) if letter.is_whitespace() => push(&mut commands, word.take()),
            (None, _) => word.get_or_insert_default().push(letter),
        }
    }
    push(&mut commands, word);
    commands.retain(|words| !words.is_empty());
    commands
}

fn push(commands: &mut [Vec<String>], word: Option<String>) {
    if let (Some(last), Some(word)) = (commands.last_mut(), word) {
        last.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fall_into_commands_and_words() {
        for (line, expected) in [
            (
                "./bot follow \"$name\" --limit 3 | tee -a log",
                vec!["./bot/follow/$name/--limit/3", "tee/-a/log"],
            ),
            ("a && b; c # not d", vec!["a", "b", "c"]),
            ("echo 'a | b'", vec!["echo/a | b"]),
            ("run ${{ inputs.x || 'y z' }} on", vec!["run/${{ inputs.x || 'y z' }}/on"]),
        ] {
            let found: Vec<String> = simple_commands(line).iter().map(|words| words.join("/")).collect();
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn here_documents_name_their_end() {
        assert_eq!(here_document("python3 - <<'EOF'").as_deref(), Some("EOF"));
        assert_eq!(here_document("cat <<-END > x").as_deref(), Some("END"));
        assert_eq!(here_document("a < b"), None);
    }
}
