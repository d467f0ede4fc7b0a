//! A condition of a rule file in words, for the pages that explain rules. Fields keep the names that
//! rule files give them.

use super::value::{Data, Value};

/// The condition as part of a sentence: what follows "if".
pub(super) fn phrase(condition: &Value) -> String {
    match condition.entries() {
        Some([(key, value)]) if key.text == "any" => alternatives(value),
        _ => conjunction(condition),
    }
}

/// A table: all of its entries hold.
fn conjunction(table: &Value) -> String {
    let entries = table.entries().unwrap_or(&[]);
    let clauses: Vec<String> = entries.iter().map(|(key, value)| clause(&key.text, value)).collect();
    clauses.join(" and ")
}

fn clause(key: &str, value: &Value) -> String {
    match key {
        "any" => format!("({})", alternatives(value)),
        "all" => tables(value).iter().map(conjunction).collect::<Vec<_>>().join(" and "),
        "not" => format!("not ({})", alternatives(value)),
        "somewhere" => format!("some action of the account has ({})", conjunction(value)),
        "nowhere" => format!("no action of the account has ({})", alternatives(value)),
        "at-least" => at_least(value),
        _ => comparison(key, value),
    }
}

/// A table, or a list of them: one of these holds.
fn alternatives(value: &Value) -> String {
    tables(value).iter().map(phrase).collect::<Vec<_>>().join("; or ")
}

fn tables(value: &Value) -> &[Value] {
    value.items().unwrap_or(std::slice::from_ref(value))
}

fn at_least(value: &Value) -> String {
    let count = value.get("count").map(literal).unwrap_or_default();
    let of = value.get("of").map(alternatives).unwrap_or_default();
    format!("at least {count} of ({of})")
}

fn comparison(key: &str, value: &Value) -> String {
    let (field, operator) = key.split_once('|').unwrap_or((key, "is"));
    let is_flag = |wanted: bool| matches!(value.data, Data::Boolean(flag) if flag == wanted);
    let not = if is_flag(false) { "not " } else { "" };
    match operator {
        "is" if is_flag(true) || is_flag(false) => format!("{not}`{field}`"),
        "is" => format!("`{field}` is {}", one_of(value)),
        "every" => format!("`{field}` is nothing but {}", one_of(value)),
        "other-than" => format!("`{field}` is other than {}", one_of(value)),
        "missing" | "empty" | "unknown" => format!("`{field}` is {not}{operator}"),
        "over" | "under" => format!("`{field}` is {operator} {}", one_of(value)),
        _ => format!("`{field}` {operator} {}", one_of(value)),
    }
}

/// `a`, `a or b`, `a, b or c`.
fn one_of(value: &Value) -> String {
    let words: Vec<String> = tables(value).iter().map(literal).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => words.concat(),
    }
}

fn literal(value: &Value) -> String {
    match &value.data {
        Data::Text(text) => match text.strip_prefix('@').map(|name| (name, name.strip_suffix(".error"))) {
            Some((_, Some(name))) => format!("the error level of `{name}`"),
            Some((name, None)) => format!("the threshold `{name}`"),
            None => format!("`{text}`"),
        },
        Data::Integer(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Boolean(flag) => flag.to_string(),
        Data::List(_) | Data::Table(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(condition: &str) -> String {
        phrase(&Value::parse(condition).unwrap())
    }

    #[test]
    fn conditions_read_as_sentences() {
        let tests = [
            (r#""action.verb" = ["dm", "email", "sms"]"#, "`action.verb` is `dm`, `email` or `sms`"),
            (r#""action.capped" = false"#, "not `action.capped`"),
            (r#""action.lasts|missing" = true"#, "`action.lasts` is missing"),
            (r#""text.pings|over" = "@pings.error""#, "`text.pings` is over the error level of `pings`"),
            (r#"any = [{ a = true }, { b = 1, c = true }]"#, "`a`; or `b` is 1 and `c`"),
            (
                r#"a = true
                not = [{ b = true }, { c = true }]"#,
                "`a` and not (`b`; or `c`)",
            ),
            (r#"at-least = { count = 2, of = [{ a = true }, { b = true }] }"#, "at least 2 of (`a`; or `b`)"),
        ];
        for (condition, words) in tests {
            assert_eq!(said(condition), words);
        }
    }
}
