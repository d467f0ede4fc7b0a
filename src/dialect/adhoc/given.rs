//! Values as bots' own configuration files write them: nothing, off, on, a number, a text, a list, or unknown.
//! Everything may be quoted, and in `.env` and `.ini` files everything is text.

use crate::dialect::reading::{Reader, flag_of, number_in};
use crate::model::{Stated, Text, parse_duration, unit_in_days};
use crate::syntax::{Kind, NodeRef, Value};

use super::vocabulary::Key;

/// What a key is given.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Given {
    /// Null, an empty text or an empty list.
    Nothing,
    /// False in any spelling.
    Off,
    /// True in any spelling.
    On,
    /// A number; of a range, the upper end.
    Number(f64),
    /// Declared to be without limit.
    Unlimited,
    /// Any other text, or a list that is not empty.
    Said,
    /// A template or a secret, which only the run can fill in.
    Unknown,
}

/// Reads a scalar or a list of scalars.
pub(super) fn given(reader: &Reader<'_>, node: NodeRef<'_>) -> Given {
    if node.kind() == Kind::Sequence {
        return given_list(reader, node);
    }
    if node.templated() {
        return Given::Unknown;
    }
    match node.value(reader.schema) {
        Value::Null => Given::Nothing,
        Value::Bool(flag) => {
            if flag {
                Given::On
            } else {
                Given::Off
            }
        }
        Value::Int(number) => Given::Number(number as f64),
        Value::Float(number) if number.is_finite() => Given::Number(number),
        Value::Str(text) => given_text(text),
        _ => Given::Said,
    }
}

fn given_text(text: &str) -> Given {
    let text = text.trim();
    if let Some(number) = number_in(text.trim_end_matches('%').trim_end()) {
        return Given::Number(number);
    }
    if let Some(flag) = flag_of(text) {
        return if flag { Given::On } else { Given::Off };
    }
    match text.to_ascii_lowercase().as_str() {
        "" | "null" | "none" | "nil" | "undefined" | "~" | "[]" | "{}" => Given::Nothing,
        "unlimited" | "infinite" | "infinity" => Given::Unlimited,
        _ => Given::Said,
    }
}

/// A list of numbers is a range; any other list says something unless all of it is empty.
fn given_list(reader: &Reader<'_>, list: NodeRef<'_>) -> Given {
    let mut largest = None;
    let mut all_numbers = true;
    let mut result = Given::Nothing;
    for item in list.items() {
        match if item.kind() == Kind::Scalar { given(reader, item) } else { Given::Said } {
            Given::Nothing => {}
            Given::Number(number) => {
                largest = Some(largest.map_or(number, |most: f64| most.max(number)));
                result = Given::Said;
            }
            _ => {
                all_numbers = false;
                result = Given::Said;
            }
        }
    }
    match largest {
        Some(number) if all_numbers => Given::Number(number),
        _ => result,
    }
}

/// A duration in days: with its unit in the value (`12h`, `0-12-0-0`) or in the key (`_minutes`). A bare number
/// without a unit is unknown.
pub(super) fn duration(reader: &Reader<'_>, key: &Key, node: NodeRef<'_>) -> Stated<f64> {
    let site = reader.site(node);
    let in_text = || parse_duration(node.text()).or_else(|| days_hours_minutes_seconds(node.text()));
    match given(reader, node) {
        Given::Number(number) => match key.unit() {
            Some(unit) => Stated::Known(number * unit, site),
            None => in_text().map_or(Stated::Unknown(site), |days| Stated::Known(days, site)),
        },
        Given::Said => in_text().map_or(Stated::Absent, |days| Stated::Known(days, site)),
        Given::Unknown => Stated::Unknown(site),
        _ => Stated::Absent,
    }
}

/// `1-12-0-0` is a day and a half.
fn days_hours_minutes_seconds(text: &str) -> Option<f64> {
    const PARTS: [&str; 4] = ["days", "hours", "minutes", "seconds"];
    let mut days = 0.0;
    let mut numbers = text.trim().split('-');
    for unit in PARTS {
        days += numbers.next()?.parse::<f64>().ok()? * unit_in_days(unit)?;
    }
    numbers.next().is_none().then_some(days)
}

/// The texts of a scalar (a comma-separated one is a list) or of a list, without empty ones.
pub(super) fn listed(reader: &Reader<'_>, node: NodeRef<'_>) -> Vec<Text> {
    let mut texts = Vec::new();
    for text in reader.texts(node) {
        let parts = text.text.split(',').map(str::trim).filter(|part| !part.is_empty());
        texts.extend(parts.map(|part| Text { text: part.to_owned(), site: text.site }));
    }
    texts
}
