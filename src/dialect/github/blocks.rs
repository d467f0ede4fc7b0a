//! The blocks of code in JavaScript: which conditions and loops stand around a place. Reads braces, and skips texts and
//! comments; in a language without braces it finds none.

/// The blocks of a script.
pub(super) struct Blocks<'s> {
    script: &'s str,
    blocks: Vec<Block>,
    /// Where a condition may have ended the script or gone on to the next round.
    exits: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// A branch of a condition: its number, and which branch.
    Branch(usize, usize),
    Loop,
    Other,
}

#[derive(Clone, Copy, Debug)]
struct Block {
    start: usize,
    end: usize,
    kind: Kind,
}

/// So many blocks are looked at.
const MAX_BLOCKS: usize = 500;

impl<'s> Blocks<'s> {
    /// Finds the blocks.
    pub(super) fn of(script: &'s str) -> Self {
        let mut blocks: Vec<Block> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut conditions = 0;
        let mut last_branch = None;
        let mut skip = 0;
        for (place, letter) in script.char_indices() {
            if place < skip {
                continue;
            }
            let rest = script.get(place..).unwrap_or("");
            match letter {
                '\'' | '"' | '`' => skip = place + text_length(rest, letter),
                '/' if rest.starts_with("//") => skip = place + rest.find('\n').unwrap_or(rest.len()),
                '/' if rest.starts_with("/*") => {
                    skip = place + rest.find("*/").map_or(rest.len(), |end| end + 2)
                }
                '{' if blocks.len() < MAX_BLOCKS => {
                    let head = head(script.get(..place).unwrap_or(""));
                    let kind = match head {
                        Head::If => {
                            conditions += 1;
                            Kind::Branch(conditions, 0)
                        }
                        Head::Else => match last_branch {
                            Some(Kind::Branch(number, arm)) => Kind::Branch(number, arm + 1),
                            _ => Kind::Other,
                        },
                        Head::Loop => Kind::Loop,
                        Head::Other => Kind::Other,
                    };
                    open.push(blocks.len());
                    blocks.push(Block { start: place, end: script.len(), kind });
                }
                '}' => {
                    if let Some(block) = open.pop().and_then(|number| blocks.get_mut(number)) {
                        block.end = place;
                        if matches!(block.kind, Kind::Branch(..)) {
                            last_branch = Some(block.kind);
                        }
                    }
                }
                _ => {}
            }
        }
        let mut found = Self { script, blocks, exits: Vec::new() };
        found.exits = found.find_exits();
        found
    }

    /// Places at which a condition ends the script or the round.
    fn find_exits(&self) -> Vec<usize> {
        let words = ["return", "continue", "process.exit", "throw "];
        let places = words.iter().flat_map(|word| self.script.match_indices(word)).map(|(place, _)| place);
        places.filter(|place| self.is_decided(*place)).collect()
    }

    /// Whether a condition of the script decides about a place.
    pub(super) fn decide(&self, place: usize) -> bool {
        self.is_decided(place) || self.exits.iter().any(|exit| *exit < place)
    }

    fn is_decided(&self, place: usize) -> bool {
        let in_branch = self.around(place).any(|block| matches!(block.kind, Kind::Branch(..)));
        let before = self.script.get(..place).unwrap_or("");
        let statement = before.rsplit([';', '{', '}']).next().unwrap_or("");
        let alone =
            ["if (", "if(", "else ", "switch", " ? ", "&& "].iter().any(|word| statement.contains(word));
        // Python has no braces: what stands further in than an `if` before it is decided by it.
        in_branch || alone || self.is_indented_below_if(before)
    }

    fn is_indented_below_if(&self, before: &str) -> bool {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let mut lines = before.lines().rev();
        let mut own = lines.next().map_or(0, indent);
        for line in lines.filter(|line| !line.trim().is_empty()).take(100) {
            if indent(line) >= own {
                continue;
            }
            own = indent(line);
            let line = line.trim();
            if line.ends_with(':')
                && ["if ", "elif ", "else:", "except"].iter().any(|word| line.starts_with(word))
            {
                return true;
            }
        }
        false
    }

    /// Whether a place is reached once for each of several things.
    pub(super) fn repeat(&self, place: usize) -> bool {
        let before = self.script.get(..place).unwrap_or("");
        let statement = before.rsplit([';', '{', '}']).next().unwrap_or("");
        self.around(place).any(|block| block.kind == Kind::Loop)
            || [".map(", ".forEach(", "for (", "for("].iter().any(|word| statement.contains(word))
            || before
                .lines()
                .any(|line| line.trim_start().starts_with("for ") && line.trim_end().ends_with(':'))
    }

    /// The conditions around a place, each with the number of the branch.
    pub(super) fn branches(&self, place: usize) -> Vec<(usize, usize)> {
        let branch = |block: &Block| match block.kind {
            Kind::Branch(number, arm) => Some((number, arm)),
            _ => None,
        };
        self.around(place).filter_map(branch).collect()
    }

    fn around(&self, place: usize) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.start < place && place < block.end)
    }
}

enum Head {
    If,
    Else,
    Loop,
    Other,
}

/// What stands before an opening brace.
fn head(before: &str) -> Head {
    let before = before.trim_end();
    let word = |text: &str| {
        text.trim_end().rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("").to_owned()
    };
    if before.ends_with("else") {
        return Head::Else;
    }
    if let Some(inside) = before.strip_suffix("=>") {
        let line = inside.rsplit([';', '{', '}']).next().unwrap_or("");
        let repeats = ["forEach(", ".map(", "for await", "each("].iter().any(|call| line.contains(call));
        return if repeats { Head::Loop } else { Head::Other };
    }
    let Some(inside) = before.strip_suffix(')') else {
        return if before.ends_with("do") { Head::Loop } else { Head::Other };
    };
    let Some(opening) = opening(inside) else { return Head::Other };
    let keyword = inside.get(..opening).unwrap_or("").trim_end();
    match word(keyword).as_str() {
        "if" => {
            let earlier = keyword.strip_suffix("if").unwrap_or("").trim_end();
            if earlier.ends_with("else") { Head::Else } else { Head::If }
        }
        "switch" | "catch" => Head::If,
        "for" | "while" | "await" => Head::Loop,
        _ => Head::Other,
    }
}

/// Where the bracket opens that closes behind a text.
fn opening(inside: &str) -> Option<usize> {
    let mut depth = 1_usize;
    for (place, letter) in inside.char_indices().rev() {
        match letter {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(place);
        }
    }
    None
}

/// How long a text in quotes is, with its quotes.
fn text_length(text: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (place, letter) in text.char_indices().skip(1) {
        if letter == mark && !is_escaped || letter == '\n' && mark != '`' {
            return place + letter.len_utf8();
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stand_in_blocks() {
        for (script, decided, repeats, branches) in [
            ("here()", false, false, vec![]),
            ("if (a) { here() }", true, false, vec![(1, 0)]),
            ("if (a) { b() } else { here() }", true, false, vec![(1, 1)]),
            ("if (a) { b() } else if (c) { here() }", true, false, vec![(1, 1)]),
            ("if (a) { b() }\nhere()", false, false, vec![]),
            ("if (a) { return }\nhere()", true, false, vec![]),
            ("if (a) return;\nhere()", true, false, vec![]),
            ("for (const x of y) { here() }", false, true, vec![]),
            ("y.forEach(async x => { here() })", false, true, vec![]),
            ("for (const x of y) { if (x) continue; here() }", true, true, vec![]),
            ("const x = '{ if (a) {'; here()", false, false, vec![]),
            ("for x in y:\n  if x:\n    z()\n  here()", false, true, vec![]),
            ("for x in y:\n  if x:\n    here()", true, true, vec![]),
        ] {
            let blocks = Blocks::of(script);
            let place = script.find("here").unwrap_or(0);
            assert_eq!(
                (blocks.decide(place), blocks.repeat(place), blocks.branches(place)),
                (decided, repeats, branches),
                "{script}"
            );
        }
    }
}
