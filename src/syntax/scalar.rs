//! What an unquoted scalar means: text to null, truth value, number or date, by the schema of its reader.
//! The same scalar means different things to YAML 1.1 (most Python tools) and YAML 1.2 (most others).

use super::Syntax;
use super::number::{Exponent, decimal, infinity, integer, without_underscores};
use super::yaml_1_1::{float_1_1, integer_1_1, is_timestamp_1_1};

/// A set of rules for what unquoted scalars mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Schema {
    /// YAML 1.1 as `PyYAML` reads it: `yes` and `on` are true, `017` is fifteen, `1:30` is ninety.
    Yaml11,
    /// The core schema of YAML 1.2.
    Yaml12,
    /// JSON.
    Json,
    /// TOML.
    Toml,
    /// Everything is text, as in line formats.
    Text,
}

/// What a scalar means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'t> {
    /// Nothing.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number beyond 64 bits, as written.
    BigInt(&'t str),
    /// Any other number.
    Float(f64),
    /// A date, with or without a time, or a time, as written.
    Timestamp(&'t str),
    /// A text.
    Str(&'t str),
}

impl Syntax {
    /// The schema that readers of this syntax use when nothing else is known.
    #[must_use]
    pub fn schema(self) -> Schema {
        match self {
            Self::Yaml => Schema::Yaml12,
            Self::Json | Self::Jsonc => Schema::Json,
            Self::Toml => Schema::Toml,
            Self::Dotenv | Self::Ini => Schema::Text,
        }
    }
}

/// The meaning of a scalar with this text. A tag of YAML's own (`!!str`, `!!int`) decides over quotes; a
/// tag that only some tool knows makes a text.
pub(super) fn resolve<'t>(text: &'t str, is_plain: bool, tag: Option<&str>, schema: Schema) -> Value<'t> {
    let by_schema = || match schema {
        Schema::Yaml11 => yaml_1_1(text),
        Schema::Yaml12 => yaml_1_2(text),
        Schema::Json => json(text),
        Schema::Toml => toml(text),
        Schema::Text => Value::Str(text),
    };
    match tag
        .map(|tag| tag.strip_prefix("!!").or_else(|| tag.strip_prefix("!<tag:yaml.org,2002:")).unwrap_or(""))
    {
        None if is_plain => by_schema(),
        None => Value::Str(text),
        Some(tag) => match tag.trim_end_matches('>') {
            "null" | "bool" | "int" | "timestamp" => by_schema(),
            "float" => match by_schema() {
                #[expect(clippy::cast_precision_loss, reason = "the tag asks for a float")]
                Value::Int(number) => Value::Float(number as f64),
                other => other,
            },
            _ => Value::Str(text),
        },
    }
}

fn yaml_1_1(text: &str) -> Value<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => return Value::Bool(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Value::Bool(false);
        }
        _ => {}
    }
    if !starts_like_a_number(text) {
        return Value::Str(text);
    }
    integer_1_1(text)
        .or_else(|| float_1_1(text).map(Value::Float))
        .or_else(|| is_timestamp_1_1(text).then_some(Value::Timestamp(text)))
        .unwrap_or(Value::Str(text))
}

fn yaml_1_2(text: &str) -> Value<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    if !starts_like_a_number(text) {
        return Value::Str(text);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let integer = if let Some(digits) = text.strip_prefix("0o") {
        integer(text, digits, 8, false)
    } else if let Some(digits) = text.strip_prefix("0x") {
        integer(text, digits, 16, false)
    } else {
        integer(text, unsigned, 10, text.starts_with('-'))
    };
    let float = || match unsigned {
        ".inf" | ".Inf" | ".INF" => Some(infinity(text)),
        _ if matches!(text, ".nan" | ".NaN" | ".NAN") => Some(f64::NAN),
        _ => decimal(text, unsigned, Exponent::AnySign),
    };
    integer.or_else(|| float().map(Value::Float)).unwrap_or(Value::Str(text))
}

fn json(text: &str) -> Value<'_> {
    match text {
        "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        // The reader has checked the form of everything else that is not quoted.
        _ if text.contains(['.', 'e', 'E']) => text.parse().map_or(Value::Str(text), Value::Float),
        _ => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            integer(text, digits, 10, text.starts_with('-')).unwrap_or(Value::Str(text))
        }
    }
}

fn toml(text: &str) -> Value<'_> {
    match text {
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    let plain = without_underscores(text);
    let unsigned = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let prefixed = [("0x", 16), ("0o", 8), ("0b", 2)];
    for (prefix, radix) in prefixed {
        if let Some(digits) = plain.strip_prefix(prefix) {
            return integer(text, digits, radix, false).unwrap_or(Value::Str(text));
        }
    }
    match unsigned {
        "inf" => return Value::Float(infinity(text)),
        "nan" => return Value::Float(f64::NAN),
        _ => {}
    }
    integer(text, unsigned, 10, text.starts_with('-'))
        .or_else(|| decimal(&plain, unsigned, Exponent::AnySign).map(Value::Float))
        // The reader has checked the form: what else starts with a digit is a date or a time.
        .or_else(|| text.starts_with(|first: char| first.is_ascii_digit()).then_some(Value::Timestamp(text)))
        .unwrap_or(Value::Str(text))
}

fn starts_like_a_number(text: &str) -> bool {
    matches!(text.as_bytes().first(), Some(b'0'..=b'9' | b'+' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_versions_of_yaml_differ_where_readers_do() {
        let text = Value::Str;
        let cases: &[(&str, Value<'_>, Value<'_>)] = &[
            ("", Value::Null, Value::Null),
            ("~", Value::Null, Value::Null),
            ("true", Value::Bool(true), Value::Bool(true)),
            ("yes", Value::Bool(true), text("yes")),
            ("Off", Value::Bool(false), text("Off")),
            ("y", text("y"), text("y")),
            ("12", Value::Int(12), Value::Int(12)),
            ("-1", Value::Int(-1), Value::Int(-1)),
            ("1_000", Value::Int(1000), text("1_000")),
            ("0o17", text("0o17"), Value::Int(15)),
            ("017", Value::Int(15), Value::Int(17)),
            ("08", text("08"), Value::Int(8)),
            ("0b11", Value::Int(3), text("0b11")),
            ("0xff", Value::Int(255), Value::Int(255)),
            ("-0xff", Value::Int(-255), text("-0xff")),
            ("1:30", Value::Int(90), text("1:30")),
            ("190:20:30", Value::Int(685_230), text("190:20:30")),
            ("1:60", text("1:60"), text("1:60")),
            ("1:30.5", Value::Float(90.5), text("1:30.5")),
            ("1e3", text("1e3"), Value::Float(1000.0)),
            ("1.5e3", text("1.5e3"), Value::Float(1500.0)),
            ("1.5e+3", Value::Float(1500.0), Value::Float(1500.0)),
            (".5", Value::Float(0.5), Value::Float(0.5)),
            ("+.5", text("+.5"), Value::Float(0.5)),
            ("1.", Value::Float(1.0), Value::Float(1.0)),
            (".", text("."), text(".")),
            ("-", text("-"), text("-")),
            ("-.inf", Value::Float(f64::NEG_INFINITY), Value::Float(f64::NEG_INFINITY)),
            ("2001-12-14", Value::Timestamp("2001-12-14"), text("2001-12-14")),
            ("2001-1-4", text("2001-1-4"), text("2001-1-4")),
            (
                "2001-12-14 21:59:43.10 -5",
                Value::Timestamp("2001-12-14 21:59:43.10 -5"),
                text("2001-12-14 21:59:43.10 -5"),
            ),
            ("9.00-3.50", text("9.00-3.50"), text("9.00-3.50")),
            ("10-20", text("10-20"), text("10-20")),
            (
                "9223372036854775808",
                Value::BigInt("9223372036854775808"),
                Value::BigInt("9223372036854775808"),
            ),
            ("-9223372036854775808", Value::Int(i64::MIN), Value::Int(i64::MIN)),
        ];
        for &(scalar, in_1_1, in_1_2) in cases {
            assert_eq!(yaml_1_1(scalar), in_1_1, "{scalar} in 1.1");
            assert_eq!(yaml_1_2(scalar), in_1_2, "{scalar} in 1.2");
        }
        assert!(matches!(yaml_1_2(".nan"), Value::Float(number) if number.is_nan()));
    }

    #[test]
    fn tags_decide_over_quotes() {
        let value = |is_plain, tag| resolve("12", is_plain, tag, Schema::Yaml12);
        assert_eq!(value(true, None), Value::Int(12));
        assert_eq!(value(false, None), Value::Str("12"));
        assert_eq!(value(true, Some("!!str")), Value::Str("12"));
        assert_eq!(value(true, Some("!")), Value::Str("12"));
        assert_eq!(value(false, Some("!!int")), Value::Int(12));
        assert_eq!(value(false, Some("!!float")), Value::Float(12.0));
        assert_eq!(value(false, Some("!<tag:yaml.org,2002:int>")), Value::Int(12));
        assert_eq!(value(true, Some("!secret")), Value::Str("12"));
    }

    #[test]
    fn toml_and_json_have_their_own_forms() {
        assert_eq!(toml("0x_ff".replace('_', "").as_str()), Value::Int(255));
        assert_eq!(toml("1_000"), Value::Int(1000));
        assert_eq!(toml("-inf"), Value::Float(f64::NEG_INFINITY));
        assert_eq!(toml("6.02e23"), Value::Float(6.02e23));
        assert_eq!(toml("07:32:00"), Value::Timestamp("07:32:00"));
        assert_eq!(toml("1979-05-27"), Value::Timestamp("1979-05-27"));
        assert_eq!(json("1e2"), Value::Float(100.0));
        assert_eq!(json("-0"), Value::Int(0));
    }
}
