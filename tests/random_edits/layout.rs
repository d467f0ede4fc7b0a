//! The same values in another layout: comments, line breaks, white space, quotes, anchors.

use super::dice::Dice;
use super::read::read;
use crate::syntax::{Syntax, parse};

/// Another layout for the same values; the text itself where the parser of the syntax disagrees.
pub(super) fn mutated(text: &str, syntax: Syntax, dice: &mut Dice) -> String {
    let mut text = text.to_owned();
    let Some(value) = read(&text, syntax) else { return text };
    for _ in 0..dice.roll(6) {
        let new = mutation(&text, syntax, dice);
        if read(&new, syntax).as_ref() == Some(&value) && parse(&new, syntax).errors.is_empty() {
            text = new;
        }
    }
    text
}

fn mutation(text: &str, syntax: Syntax, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = dice.roll(lines.len());
    let mark = if syntax == Syntax::Jsonc { "// " } else { "# " };
    let with = |new: String| {
        let mut all: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        all[at] = new;
        all.concat()
    };
    let Some(line) = lines.get(at) else { return text.to_owned() };
    let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
    let bare = line.trim_end_matches(['\r', '\n']);
    let indent = &bare[..bare.len() - bare.trim_start().len()];
    match dice.roll(9) {
        0 => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        1 if syntax != Syntax::Json => with(format!("{indent}{mark}note {at}{end}{line}")),
        2 if syntax != Syntax::Json => with(format!("{bare}  {mark}beside {at}{end}")),
        3 => with(format!("{line}{end}")),
        4 => with(format!("{bare}   {end}")),
        5 => text.trim_end().to_owned(),
        6 => format!("\u{feff}{}", text.trim_start_matches('\u{feff}')),
        7 => {
            let Some((key, value)) = bare.split_once(": ") else { return text.to_owned() };
            with(format!("{key}: \"{}\"{end}", value.trim()))
        }
        _ => {
            // A name for a value that another line repeats.
            let Some((key, value)) = bare.split_once(": ") else { return text.to_owned() };
            let named = format!("{key}: &n{at} {value}{end}");
            let mut all: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            let again =
                (at + 1..lines.len()).find(|other| lines[*other].trim_end().ends_with(&format!(": {value}")));
            if let Some(other) = again {
                let (start, _) = lines[other].split_once(": ").unwrap_or_default();
                all[other] = format!("{start}: *n{at}{end}");
            }
            all[at] = named;
            all.concat()
        }
    }
}
