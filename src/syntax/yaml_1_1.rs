//! The numbers and dates of YAML 1.1, by the expressions of `PyYAML`, which most of its readers use.

use super::Value;
use super::number::{Exponent, decimal, infinity, integer, without_underscores};

/// The whole numbers of YAML 1.1: underscores, `0b`, `0x`, octal by a leading zero, base 60 with colons.
pub(super) fn integer_1_1(text: &str) -> Option<Value<'_>> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let negative = text.starts_with('-');
    if !unsigned.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    if let Some((head, rest)) = unsigned.split_once(':') {
        if head.starts_with('0') {
            return None;
        }
        let head = base_60(head, rest)?;
        return Some(Value::Int(if negative { -head } else { head }));
    }
    let (digits, radix) = match unsigned.strip_prefix('0') {
        None | Some("") => (unsigned, 10),
        Some(rest) => match (rest.strip_prefix('b'), rest.strip_prefix('x')) {
            (Some(digits), _) => (digits, 2),
            (_, Some(digits)) => (digits, 16),
            // The leading zero stays: it is all that is left of `0_`.
            _ => (unsigned, 8),
        },
    };
    integer(text, &without_underscores(digits), radix, negative)
}

/// `1:30:20` as seconds; the parts after the first are below 60. `None` also where it does not fit.
fn base_60(head: &str, rest: &str) -> Option<i64> {
    let head = without_underscores(head);
    let first = head.bytes().all(|byte| byte.is_ascii_digit()).then(|| head.parse().ok()).flatten()?;
    rest.split(':').try_fold(first, |total: i64, part| {
        let is_part = matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
        let part: i64 = is_part.then(|| part.parse().ok()).flatten()?;
        total.checked_mul(60)?.checked_add(part)
    })
}

/// The other numbers of YAML 1.1. The dot is required, an exponent needs its sign, and a number that
/// starts with the dot has no sign.
pub(super) fn float_1_1(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return Some(infinity(text)),
        _ if matches!(text, ".nan" | ".NaN" | ".NAN") => return Some(f64::NAN),
        _ => {}
    }
    let (whole, fraction) = unsigned.split_once('.')?;
    if let Some((head, rest)) = whole.split_once(':') {
        let is_digits = fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
        let seconds = base_60(head, rest).filter(|_| is_digits && !head.is_empty())?;
        let fraction: f64 = format!("0.{}", without_underscores(fraction)).parse().ok()?;
        #[expect(clippy::cast_precision_loss, reason = "a float is what the notation asks for")]
        let total = seconds as f64 + fraction;
        return Some(if text.starts_with('-') { -total } else { total });
    }
    let starts_with_dot = whole.is_empty();
    if starts_with_dot && (unsigned.len() != text.len() || fraction.starts_with('_'))
        || whole.starts_with('_')
    {
        return None;
    }
    let exponent = fraction.find(['e', 'E']).unwrap_or(fraction.len());
    if fraction.get(exponent..).is_some_and(|exponent| exponent.contains('_')) {
        return None;
    }
    let plain = without_underscores(text);
    decimal(&plain, plain.strip_prefix(['-', '+']).unwrap_or(&plain), Exponent::SignRequired)
}

/// `2001-12-14`, or a date with a time, as YAML 1.1 writes them.
pub(super) fn is_timestamp_1_1(text: &str) -> bool {
    let mut rest = text.as_bytes();
    // Takes between `least` and `most` digits and says how many.
    let digits = |rest: &mut &[u8], least: usize, most: usize| {
        let count = rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        *rest = rest.get(count..).unwrap_or_default();
        (count >= least).then_some(count)
    };
    let byte = |rest: &mut &[u8], wanted: u8| {
        *rest = rest.strip_prefix(&[wanted])?;
        Some(())
    };
    let mut read = || {
        digits(&mut rest, 4, 4)?;
        byte(&mut rest, b'-')?;
        let month = digits(&mut rest, 1, 2)?;
        byte(&mut rest, b'-')?;
        let day = digits(&mut rest, 1, 2)?;
        if rest.is_empty() {
            return (month == 2 && day == 2).then_some(());
        }
        match rest.split_first() {
            Some((b'T' | b't', time)) => rest = time,
            Some((b' ' | b'\t', _)) => rest = rest.trim_ascii_start(),
            _ => return None,
        }
        digits(&mut rest, 1, 2)?;
        byte(&mut rest, b':')?;
        digits(&mut rest, 2, 2)?;
        byte(&mut rest, b':')?;
        digits(&mut rest, 2, 2)?;
        if byte(&mut rest, b'.').is_some() {
            digits(&mut rest, 0, usize::MAX)?;
        }
        rest = if rest.is_empty() { rest } else { rest.trim_ascii_start() };
        match rest.split_first() {
            Some((b'Z', after)) => rest = after,
            Some((b'+' | b'-', after)) => {
                rest = after;
                digits(&mut rest, 1, 2)?;
                if byte(&mut rest, b':').is_some() {
                    digits(&mut rest, 2, 2)?;
                }
            }
            _ => {}
        }
        rest.is_empty().then_some(())
    };
    read().is_some()
}
