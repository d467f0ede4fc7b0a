//! Numbers from text, as several schemas write them.

use std::borrow::Cow;

use super::Value;

/// A whole number from its digits in a base, or `None` if they are none. `text` is the whole scalar.
pub(super) fn integer<'t>(text: &'t str, digits: &str, radix: u32, negative: bool) -> Option<Value<'t>> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    // One digit at a time towards the sign, so that the smallest number fits as well.
    let number = digits.chars().try_fold(0_i64, |number, digit| {
        let digit = i64::from(digit.to_digit(radix)?);
        let shifted = number.checked_mul(i64::from(radix))?;
        if negative { shifted.checked_sub(digit) } else { shifted.checked_add(digit) }
    });
    Some(number.map_or(Value::BigInt(text), Value::Int))
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Exponent {
    AnySign,
    SignRequired,
}

/// Digits with a dot or an exponent. `text` is `unsigned` with its sign.
pub(super) fn decimal(text: &str, unsigned: &str, exponents: Exponent) -> Option<f64> {
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (unsigned.get(..at)?, unsigned.get(at + 1..)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let has_digit = !whole.is_empty() || !fraction.is_empty();
    let is_exponent = |exponent: &str| {
        let digits = exponent.strip_prefix(['-', '+']);
        let digits = if exponents == Exponent::SignRequired { digits } else { digits.or(Some(exponent)) };
        digits.is_some_and(|digits| !digits.is_empty() && all_digits(digits))
    };
    let is_number =
        has_digit && all_digits(whole) && all_digits(fraction) && exponent.is_none_or(is_exponent);
    is_number.then(|| text.parse().ok()).flatten()
}

pub(super) fn infinity(text: &str) -> f64 {
    if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY }
}

pub(super) fn without_underscores(text: &str) -> Cow<'_, str> {
    if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) }
}
