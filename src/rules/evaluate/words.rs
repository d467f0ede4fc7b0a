//! The words of labels: `{field}` filled in, numbers as people write them.

use crate::model::View;
use crate::rules::fields::{self, Datum, Reading};

/// Fills `{field}` in a label's text with the field's first values; one day is not `1 days`.
pub(super) fn fill(template: &str, view: &View<'_>) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            text.push('{');
            text.push_str(after);
            return text;
        };
        rest = push_counted(&value_of(name, view), tail, &mut text);
    }
    text.push_str(rest);
    text
}

/// Adds a value, and the unit after it where one is one: `1 day`. Returns what follows.
fn push_counted<'t>(value: &str, after: &'t str, text: &mut String) -> &'t str {
    text.push_str(value);
    match after.strip_prefix(" days") {
        Some(rest) if value == "1" => {
            text.push_str(" day");
            rest
        }
        _ => after,
    }
}

/// The values of a field in words: at most three, then how many more.
fn value_of(name: &str, view: &View<'_>) -> String {
    const SHOWN: usize = 3;
    let Some(field) = fields::find(name) else { return String::new() };
    let mut reading = Reading::default();
    (field.read)(view, &mut reading);
    let mut words: Vec<String> = reading
        .values
        .iter()
        .map(|(datum, _)| match datum {
            Datum::Word(word) => word.replace('-', " "),
            Datum::Text(text) => text.chars().take(40).collect(),
            Datum::Number(number) if number.is_infinite() => "unlimited".to_owned(),
            Datum::Number(number) => round(*number),
            Datum::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        })
        .collect();
    words.dedup();
    let more = words.len().saturating_sub(SHOWN);
    words.truncate(SHOWN);
    let listed = words.join(", ");
    if more > 0 { format!("{listed} and {more} more") } else { listed }
}

/// Numbers as people write them: whole where they are large, one digit where they are small.
pub fn round(number: f64) -> String {
    if number >= 10.0 || number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_is_not_one_days() {
        for (value, told) in [("1", "1 day later"), ("7", "7 days later"), ("1.5", "1.5 days later")] {
            let mut text = String::new();
            let rest = push_counted(value, " days later", &mut text);
            assert_eq!(text + rest, told);
        }
    }
}
