//! Numbers, times and lists as people say them.

use crate::model::Text;

/// Longest piece of a configuration's text that a sentence quotes.
const QUOTED: usize = 60;

/// Names that a list spells out.
const NAMED: usize = 3;

/// `one`, `25`, `2.5`.
#[must_use]
pub fn amount(number: f64) -> String {
    match number {
        n if (n - 1.0).abs() < 1e-9 => "one".to_owned(),
        n if n >= 10.0 || n.fract() == 0.0 => format!("{n:.0}"),
        n if n < 0.1 => format!("{n:.2}"),
        n => format!("{n:.1}"),
    }
}

/// `a day`, `3 days`, `12 hours`, `15 minutes`: a time in the unit that people would take.
#[must_use]
pub fn days(days: f64) -> String {
    let (number, unit) = match days {
        d if d >= 1.0 => (d, "day"),
        d if d * 24.0 >= 0.999 => (d * 24.0, "hour"),
        d if d * 1440.0 >= 0.999 => (d * 1440.0, "minute"),
        d => (d * 86_400.0, "second"),
    };
    let number = if (number - number.round()).abs() < 0.01 { number.round() } else { number };
    match number {
        n if n == 1.0 && unit == "hour" => "an hour".to_owned(),
        1.0 => format!("a {unit}"),
        n => format!("{} {unit}s", amount(n)),
    }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed(items: &[String], last: &str) -> String {
    match items {
        [first @ .., end] if !first.is_empty() => format!("{} {last} {end}", first.join(", ")),
        _ => items.concat(),
    }
}

/// Names as they are written; at most three, then how many more.
pub(super) fn names(texts: &[Text]) -> String {
    few_names(texts, "and")
}

/// The same where it is one of them.
pub(super) fn any_of(texts: &[Text]) -> String {
    few_names(texts, "or")
}

fn few_names(texts: &[Text], last: &str) -> String {
    let shown: Vec<String> = texts.iter().map(|text| plain(&text.text)).collect();
    few(&shown, last)
}

/// Texts in quotation marks; at most three, then how many more.
pub(super) fn quotes(texts: &[Text], last: &str) -> String {
    let shown: Vec<String> = texts.iter().map(|text| quote(&text.text)).collect();
    few(&shown, last)
}

fn few(items: &[String], last: &str) -> String {
    let more = items.len().saturating_sub(NAMED);
    let mut shown: Vec<String> = items.iter().take(NAMED).cloned().collect();
    match more {
        0 => {}
        1 => shown.push("one more".to_owned()),
        _ => shown.push(format!("{more} more")),
    }
    listed(&shown, last)
}

/// A text in quotation marks, shortened, with its slots in words.
pub(super) fn quote(text: &str) -> String {
    format!("“{}”", shortened(&filled(text), QUOTED))
}

/// A text on one line, shortened.
pub(super) fn plain(text: &str) -> String {
    shortened(&filled(text), QUOTED)
}

/// A text at most so long, cut between words.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= longest {
        return text;
    }
    let cut: String = text.chars().take(longest.saturating_sub(2)).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{} …", cut.trim_end_matches([',', ';', ':']))
}

/// The text with `[name]` and `[…]` where something is filled in.
fn filled(text: &str) -> String {
    let covered = crate::model::covered(text);
    let mut filled = String::with_capacity(covered.len());
    let mut from = 0;
    for slot in crate::model::slots(&covered) {
        filled.push_str(covered.get(from..slot.start).unwrap_or_default());
        filled.push_str(if slot.names_person() { "[name]" } else { "[…]" });
        from = slot.end;
    }
    filled.push_str(covered.get(from..).unwrap_or_default());
    without_expressions(&filled)
}

/// Expressions in double braces that are no plain slot (`{{ $json.title }}`, `{{ a + b }}`) are filled in as well.
fn without_expressions(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once("{{") {
        let Some((_, after)) = inside.split_once("}}") else { break };
        told.push_str(before);
        told.push_str("[…]");
        rest = after;
    }
    told.push_str(rest);
    told
}

/// The text as a sentence begins: with a capital letter, and with a small number in words.
#[must_use]
pub fn capital(text: &str) -> String {
    const NUMBERS: &[&str] =
        &["Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];
    if let Some((number, rest)) = text.split_once(' ')
        && let Some(word) =
            number.parse::<usize>().ok().and_then(|number| NUMBERS.get(number.checked_sub(2)?))
    {
        return format!("{word} {rest}");
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_in_their_own_unit() {
        for (number, said) in [
            (1.0, "a day"),
            (30.0, "30 days"),
            (1.0 / 24.0, "an hour"),
            (0.5, "12 hours"),
            (1.0 / 96.0, "15 minutes"),
            (1.0 / 8640.0, "10 seconds"),
        ] {
            assert_eq!(days(number), said);
        }
    }

    #[test]
    fn quoted_texts_are_short_and_have_no_braces() {
        assert_eq!(quote("@{handle} left. {title}"), "“@[name] left. […]”");
        let long = quote(&"many words ".repeat(20));
        assert!(long.chars().count() <= QUOTED + 4 && long.ends_with("words …”"), "{long}");
    }
}
