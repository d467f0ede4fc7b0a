//! Spin text, `{Hi|Hello|Hey} {name}`: the messages it can become, each alternative at least once, and never
//! more than a fixed number of them. Slots and their filters, `{{ name | upper }}`, are no alternatives.

use std::ops::Range;

/// As many messages as are looked at for one template.
const MOST_MESSAGES: usize = 32;

/// Longer templates, and alternatives beyond these, are left as they are.
const LONGEST: usize = 16_384;
const MOST_CHOICES: usize = 64;

/// The messages that a template can become; the template itself comes first.
pub(super) fn messages(template: &str) -> Vec<String> {
    let mut messages = vec![template.to_owned()];
    if template.len() > LONGEST || innermost(template).is_none() {
        return messages;
    }
    let mut sizes = Vec::new();
    let mut all_first = |options: usize| {
        sizes.push(options);
        0
    };
    messages.push(choose(template, &mut all_first));
    let combinations = sizes.iter().fold(1_usize, |product, size| product.saturating_mul(*size));
    let longest = sizes.iter().copied().max().unwrap_or(1);
    for number in 1..combinations.min(longest.max(MOST_MESSAGES)).min(MOST_MESSAGES) {
        let mut rest = number;
        messages.push(choose(template, &mut |options| {
            if combinations > MOST_MESSAGES {
                // Too many to combine: at least each alternative is seen once.
                return number % options;
            }
            let choice = rest % options;
            rest /= options;
            choice
        }));
    }
    messages
}

/// Decides every choice, innermost first.
fn choose(template: &str, decide: &mut dyn FnMut(usize) -> usize) -> String {
    let mut text = template.to_owned();
    for _ in 0..MOST_CHOICES {
        let Some(group) = innermost(&text) else { break };
        let inside = text.get(group.start + 1..group.end - 1).unwrap_or("");
        let options = inside.split('|').count();
        let chosen = inside.split('|').nth(decide(options)).unwrap_or("").to_owned();
        text.replace_range(group, &chosen);
    }
    text
}

/// The first group of alternatives that holds no other.
fn innermost(text: &str) -> Option<Range<usize>> {
    let mut open: Option<(usize, bool)> = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, open) {
            (b'{', _) => open = Some((at, false)),
            (b'|', Some((start, _))) => open = Some((start, true)),
            (b'}', Some((start, true))) if !is_slot(text, start, at) => return Some(start..at + 1),
            (b'}', _) => open = None,
            _ => {}
        }
    }
    None
}

/// Whether these braces are the inner ones of `{{ … }}` or belong to `${…}` and `{% … %}`.
fn is_slot(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    let doubled = before == Some(&b'{') && bytes.get(end + 1) == Some(&b'}');
    doubled || before == Some(&b'$') || bytes.get(start + 1) == Some(&b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_of_a_few() {
        let messages = messages("{Hi|Hey} {name}, {see|read {this|that}}");
        for wanted in ["Hi {name}, see", "Hey {name}, read that", "Hi {name}, read this"] {
            assert!(messages.iter().any(|message| message == wanted), "{wanted}: {messages:?}");
        }
    }

    #[test]
    fn every_alternative_of_many_and_never_too_many() {
        let template = "{a|b|c} ".repeat(40) + "{x|y|z}";
        let messages = messages(&template);
        assert!(messages.len() <= MOST_MESSAGES + 1);
        for last in ["x", "y", "z"] {
            assert!(messages.iter().any(|message| message.ends_with(last)), "{last}");
        }
    }

    #[test]
    fn slots_are_no_alternatives() {
        for text in ["{{ name | upper }}", "${name|you}", "{name}", "{% if a | b %}", "a | b", "{a|b", "}{|"]
        {
            assert_eq!(messages(text), [text]);
        }
    }
}
