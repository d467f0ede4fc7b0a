//! Replacements for values: the same switch the other way round, the same unit with another number, the same message
//! with other days.

use super::edit::Edit;
use super::set::{is_apart, set_part};
use crate::dialect::takes_flag;
use crate::rules::Given as Wanted;
use crate::source::Span;
use crate::syntax::{Change, Given, Slot};

/// What stands in the place of a value: the same switch the other way round, the same unit with another number.
pub(super) fn instead(
    slot: Slot<'_>,
    field: &str,
    was: Option<f64>,
    value: &Wanted,
    dialect: &str,
) -> Option<Given> {
    let text = slot.look().text();
    match value {
        Wanted::Flag(flag) => match turned(text, *flag) {
            Some(word) if slot.style() != crate::syntax::Style::Plain => Some(Given::Text(word)),
            Some(word) => Some(Given::Word(word)),
            None => takes_flag(dialect, field).then_some(Given::Flag(*flag)),
        },
        Wanted::Number(_) | Wanted::Text(_) => {
            let wanted = number_of(value);
            let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
            let (number, unit) = text.split_at(digits);
            match (wanted, was, number.parse::<f64>()) {
                (Some(wanted), Some(was), Ok(number)) if was.is_finite() && was > 0.0 && number > 0.0 => {
                    let scaled = number * wanted / was;
                    let is_whole = (scaled - scaled.round()).abs() < 1e-9 && scaled >= 1.0;
                    is_whole.then(|| Given::Word(format!("{}{unit}", scaled.round())))
                }
                // `unlimited` and its like.
                (Some(_), Some(was), Err(_)) if was.is_infinite() => Some(given(value)),
                (None, _, _) => Some(given(value)),
                _ => None,
            }
        }
    }
}

fn number_of(value: &Wanted) -> Option<f64> {
    match value {
        Wanted::Number(number) => Some(*number),
        Wanted::Text(text) => crate::model::parse_duration(text),
        Wanted::Flag(_) => None,
    }
}

pub(super) fn given(value: &Wanted) -> Given {
    match value {
        Wanted::Number(number) => Given::Number(*number),
        Wanted::Flag(flag) => Given::Flag(*flag),
        Wanted::Text(text) => Given::Text(text.clone()),
    }
}

/// The other position of a switch, in the words and letters in which it is written.
pub(super) fn turned(text: &str, on: bool) -> Option<String> {
    const PAIRS: &[(&str, &str)] =
        &[("true", "false"), ("yes", "no"), ("on", "off"), ("1", "0"), ("enabled", "disabled")];
    let word = text.trim();
    let small = word.to_ascii_lowercase();
    let (yes, no) = PAIRS.iter().find(|(yes, no)| [*yes, *no].contains(&small.as_str()))?;
    let new = if on { *yes } else { *no };
    let starts_large = word.chars().next().is_some_and(|c| c.is_ascii_uppercase());
    Some(if starts_large && word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()) {
        new.to_ascii_uppercase()
    } else if starts_large {
        let (first, rest) = new.split_at(1);
        format!("{}{rest}", first.to_ascii_uppercase())
    } else {
        new.to_owned()
    })
}

/// The number of days in a message, replaced where it stands there once, and its word fits the new number, too.
pub(super) fn days<'t>(slot: Slot<'t>, was: u32, is: u32) -> Option<(Edit, Change<'t>)> {
    if was == 1 || is == 1 {
        return None;
    }
    let old = was.to_string();
    let raw = slot.raw();
    let mut found = raw.match_indices(&old).filter(|(at, _)| is_apart(raw, *at, old.len()));
    let at = slot.span().start + u32::try_from(found.next()?.0).ok()?;
    let part = Span::new(at, at + u32::try_from(old.len()).ok()?);
    set_part(slot, part, &is.to_string())
}
