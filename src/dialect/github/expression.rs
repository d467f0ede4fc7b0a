//! Workflow expressions: what stands in `${{ … }}` and in `if:`. Three-valued: what only a run knows is
//! unknown. Understands literals, names, `!`, `&&`, `||`, `==`, `!=` and brackets; functions are unknown.

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    /// Only a run knows.
    Unknown,
}

/// Gives the value of a name such as `env.DAYS` or `github.event_name`.
pub(super) type Names<'n> = &'n dyn Fn(&str) -> Value;

/// How deeply brackets and negations may nest; GitHub allows 50.
const MAX_DEPTH: usize = 50;

/// Evaluates an expression, written without `${{` and `}}`.
pub(super) fn evaluate(text: &str, names: Names<'_>) -> Value {
    let mut parser = Parser { rest: text, names, depth: 0 };
    match parser.either() {
        Some(value) if parser.rest.trim().is_empty() => value,
        _ => Value::Unknown,
    }
}

/// Once values have filled in so many bytes, the rest of a text stays as it is: variables made of variables would
/// otherwise grow without end.
const MOST_FILLED: usize = 1 << 13;

/// Fills the expressions in a text. The flag says whether all of them are known; those that are not stay
/// as they are.
pub(super) fn fill(text: &str, names: Names<'_>) -> (String, bool) {
    let mut filled = String::with_capacity(text.len());
    let mut known = true;
    let mut rest = text;
    let mut length = 0;
    while let Some((before, after)) = rest.split_once("${{") {
        let Some((expression, tail)) = after.split_once("}}") else { break };
        if length > MOST_FILLED {
            known = false;
            break;
        }
        filled.push_str(before);
        match evaluate(expression, names).text() {
            Some(value) => {
                length += value.len();
                filled.push_str(&value);
            }
            None => {
                known = false;
                filled.push_str("${{");
                filled.push_str(expression);
                filled.push_str("}}");
            }
        }
        rest = tail;
    }
    filled.push_str(rest);
    (filled, known)
}

/// Whether the condition of an `if:` holds, with or without `${{ }}` around it; `None` if only a run knows.
pub(super) fn condition(text: &str, names: Names<'_>) -> Option<bool> {
    let text = text.trim();
    let inside = text.strip_prefix("${{").and_then(|text| text.strip_suffix("}}")).unwrap_or(text);
    evaluate(inside, names).truth()
}

impl Value {
    /// Whether it counts as true; `None` if unknown.
    fn truth(&self) -> Option<bool> {
        Some(match self {
            Self::Null => false,
            Self::Bool(flag) => *flag,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Text(text) => !text.is_empty(),
            Self::Unknown => return None,
        })
    }

    /// The text that it becomes within a string; `None` if unknown.
    fn text(&self) -> Option<String> {
        match self {
            Self::Null => Some(String::new()),
            Self::Bool(flag) => Some(flag.to_string()),
            Self::Number(number) => Some(number.to_string()),
            Self::Text(text) => Some(text.clone()),
            Self::Unknown => None,
        }
    }

    /// GitHub compares values of different kinds as numbers.
    fn number(&self) -> f64 {
        match self {
            Self::Null => 0.0,
            Self::Bool(flag) => f64::from(u8::from(*flag)),
            Self::Number(number) => *number,
            Self::Text(text) if text.is_empty() => 0.0,
            Self::Text(text) => text.trim().parse().unwrap_or(f64::NAN),
            Self::Unknown => f64::NAN,
        }
    }

    fn equals(&self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => None,
            (Self::Text(one), Self::Text(two)) => Some(one.eq_ignore_ascii_case(two)),
            _ => Some(self.number() == other.number()),
        }
    }
}

/// A recursive-descent parser that evaluates as it goes. `None` is a mistake in the expression.
struct Parser<'e, 'n> {
    rest: &'e str,
    names: Names<'n>,
    depth: usize,
}

impl<'e> Parser<'e, '_> {
    /// `a || b`: the first that counts as true, else the last.
    fn either(&mut self) -> Option<Value> {
        let mut value = self.both()?;
        while self.eat("||") {
            let other = self.both()?;
            value = match value.truth() {
                Some(true) => value,
                Some(false) => other,
                None => Value::Unknown,
            };
        }
        Some(value)
    }

    /// `a && b`: the first that counts as false, else the last. One false part decides, whatever the rest is.
    fn both(&mut self) -> Option<Value> {
        let mut value = self.comparison()?;
        while self.eat("&&") {
            let other = self.comparison()?;
            value = match (value.truth(), other.truth()) {
                (Some(true), _) | (None, Some(false)) => other,
                (Some(false), _) => value,
                (None, _) => Value::Unknown,
            };
        }
        Some(value)
    }

    fn comparison(&mut self) -> Option<Value> {
        let mut value = self.negation()?;
        loop {
            let equals = if self.eat("==") {
                true
            } else if self.eat("!=") {
                false
            } else if self.eat("<=") || self.eat(">=") || self.eat("<") || self.eat(">") {
                self.negation()?;
                value = Value::Unknown;
                continue;
            } else {
                return Some(value);
            };
            let other = self.negation()?;
            value = value.equals(&other).map_or(Value::Unknown, |same| Value::Bool(same == equals));
        }
    }

    fn negation(&mut self) -> Option<Value> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let value = if self.eat("!") {
            self.negation()?.truth().map_or(Value::Unknown, |truth| Value::Bool(!truth))
        } else {
            self.primary()?
        };
        self.depth -= 1;
        Some(value)
    }

    fn primary(&mut self) -> Option<Value> {
        if self.eat("(") {
            let value = self.either()?;
            return self.eat(")").then_some(value);
        }
        match self.rest.chars().next()? {
            '\'' => self.quoted().map(Value::Text),
            '-' | '+' | '.' | '0'..='9' => {
                let number = self.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'));
                number.parse().ok().map(Value::Number)
            }
            _ => self.name(),
        }
    }

    /// A text in single quotes, in which two of them stand for one.
    fn quoted(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            let (part, rest) = self.rest.strip_prefix('\'')?.split_once('\'')?;
            text.push_str(part);
            self.rest = rest;
            if !rest.starts_with('\'') {
                return Some(text);
            }
            text.push('\'');
        }
    }

    /// A keyword, a dotted name, or a call, whose result only a run knows.
    fn name(&mut self) -> Option<Value> {
        let name = self.take(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '*'));
        if name.is_empty() {
            return None;
        }
        if self.eat("[") {
            self.either()?;
            if !self.eat("]") {
                return None;
            }
            // What follows an index belongs to it.
            self.take(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '*'));
            return Some(Value::Unknown);
        }
        if self.eat("(") {
            return self
                .arguments()
                .map(|()| if name == "always" { Value::Bool(true) } else { Value::Unknown });
        }
        Some(match name {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            name => (self.names)(name),
        })
    }

    fn arguments(&mut self) -> Option<()> {
        while !self.eat(")") {
            self.either()?;
            if !self.eat(",") {
                return self.eat(")").then_some(());
            }
        }
        Some(())
    }

    /// Takes a token, if it comes next.
    fn eat(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(token) {
            // `!=` is not a negation.
            Some(rest) if token != "!" || !rest.starts_with('=') => {
                self.rest = rest.trim_start();
                true
            }
            _ => false,
        }
    }

    fn take(&mut self, belongs: impl Fn(char) -> bool) -> &'e str {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str) -> Value {
        match name {
            "github.event_name" => Value::Text("schedule".to_owned()),
            "env.DAYS" => Value::Text("14".to_owned()),
            "inputs.dry" => Value::Null,
            _ => Value::Unknown,
        }
    }

    #[test]
    fn values_are_what_github_makes_of_them() {
        let text = |text: &str| Value::Text(text.to_owned());
        for (expression, value) in [
            ("30", Value::Number(30.0)),
            ("-1", Value::Number(-1.0)),
            ("'it''s'", text("it's")),
            ("env.DAYS", text("14")),
            ("inputs.dry || 'false'", text("false")),
            ("vars.DAYS || '30'", Value::Unknown),
            ("github.event_name == 'Schedule' && 7 || 14", Value::Number(7.0)),
            ("fromJSON(env.DAYS)", Value::Unknown),
            ("a['b'].c", Value::Unknown),
            ("(true", Value::Unknown),
            ("", Value::Unknown),
        ] {
            assert_eq!(evaluate(expression, &names), value, "{expression}");
        }
    }

    #[test]
    fn conditions_hold_do_not_hold_or_depend_on_the_run() {
        for (text, truth) in [
            ("false", Some(false)),
            ("${{ false }}", Some(false)),
            ("github.event_name != 'schedule'", Some(false)),
            ("github.repository == 'a/b' && false", Some(false)),
            ("!(github.event_name == 'push')", Some(true)),
            ("github.repository == 'a/b'", None),
            ("always() && !inputs.dry", Some(true)),
            ("contains(github.event.issue.labels.*.name, 'stale') || x", None),
        ] {
            assert_eq!(condition(text, &names), truth, "{text}");
        }
    }

    #[test]
    fn texts_are_filled_as_far_as_known() {
        assert_eq!(fill("${{ env.DAYS }} days", &names), ("14 days".to_owned(), true));
        assert_eq!(fill("by ${{ github.actor }}", &names), ("by ${{ github.actor }}".to_owned(), false));
        assert_eq!(fill("open ${{", &names), ("open ${{".to_owned(), true));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = format!("{}true{}", "(".repeat(9_000), ")".repeat(9_000));
        assert_eq!(evaluate(&deep, &names), Value::Unknown);
        assert_eq!(evaluate(&"!".repeat(9_000), &names), Value::Unknown);
    }
}
