//! Calls of GitHub's API in the scripts of `actions/github-script`: comments, closings and locks, with the
//! message where it is a literal. Reads calls and literals and nothing else of the language.

use super::script::Deed;
use crate::model::Verb;

/// Methods that may do something to an item.
const METHODS: &[&str] = &[".createComment", ".update", ".lock"];

/// How many calls of a script are looked at; one that has more is not written by hand.
const MAX_CALLS: usize = 50;

/// What a script does.
pub(super) fn deeds(script: &str) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let updates = script.contains(".updateComment(");
    let calls = script.match_indices('(').filter_map(|(start, _)| {
        let before = script.get(..start)?;
        let name = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))).next()?;
        METHODS.iter().any(|method| name.ends_with(method)).then_some((start, before, name))
    });
    for (start, before, name) in calls.take(MAX_CALLS) {
        let arguments = in_brackets(script.get(start..).unwrap_or(""));
        let Some(verb) = verb_of(name, arguments) else { continue };
        let start = start.saturating_sub(name.len());
        if is_comment(before) {
            continue;
        }
        let before = script.get(..start).unwrap_or("");
        deeds.push(Deed {
            verb,
            message: if verb == Verb::Comment { message(script, arguments) } else { None },
            updates: updates && verb == Verb::Comment,
            conditional: ["if (", "if(", "return", "switch", " ? "].iter().any(|word| before.contains(word)),
            start,
        });
    }
    deeds
}

/// What a call does to an issue or pull request.
fn verb_of(name: &str, arguments: &str) -> Option<Verb> {
    let method = name.rsplit('.').next().unwrap_or("");
    let on_items = ["issues.", "pulls."].iter().any(|group| name.contains(group));
    let closes = || {
        let folded: String = arguments.chars().filter(|c| !c.is_whitespace()).collect();
        ["state:'closed'", "state:\"closed\"", "state:`closed`"].iter().any(|state| folded.contains(state))
    };
    match method {
        "createComment" if on_items => Some(Verb::Comment),
        "update" if on_items && closes() => Some(Verb::Close),
        "lock" if on_items => Some(Verb::Lock),
        _ => None,
    }
}

/// Whether the end of a text stands in a comment of its line.
fn is_comment(before: &str) -> bool {
    before.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("//"))
}

/// The message of a call: a literal, or a name that was given one.
fn message(script: &str, arguments: &str) -> Option<String> {
    let after = value_after(arguments, "body", ':');
    let value = match after {
        Some(value) => value,
        // `{ owner, repo, body }` takes the name itself.
        None => return constant(script, "body"),
    };
    literal(value).or_else(|| {
        let name = value.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next()?;
        constant(script, name)
    })
}

/// The literal that a name was given where it was declared.
fn constant(script: &str, name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    ["const ", "let ", "var "].iter().find_map(|keyword| {
        let declared = script.match_indices(&format!("{keyword}{name}")).next()?.0;
        let rest = script.get(declared + keyword.len()..)?;
        literal(value_after(rest, name, '=')?)
    })
}

/// What stands behind `name` and a mark.
fn value_after<'s>(text: &'s str, name: &str, mark: char) -> Option<&'s str> {
    text.match_indices(name).find_map(|(place, _)| {
        let whole = text.get(..place)?.chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
        let rest = text.get(place + name.len()..)?.trim_start().strip_prefix(mark)?;
        whole.then(|| rest.trim_start())
    })
}

/// A text in quotes, or several that are added or joined.
fn literal(text: &str) -> Option<String> {
    let is_list = text.starts_with('[');
    let mut rest = text.strip_prefix('[').unwrap_or(text).trim_start();
    let mut parts = Vec::new();
    while let Some(mark) = rest.chars().next().filter(|c| matches!(c, '\'' | '"' | '`')) {
        let inside = rest.get(1..)?;
        let mut is_escaped = false;
        let end = inside.char_indices().find(|(_, letter)| {
            let ends = *letter == mark && !is_escaped;
            is_escaped = *letter == '\\' && !is_escaped;
            ends
        })?;
        parts.push(inside.get(..end.0)?.replace("\\n", "\n").replace("\\'", "'").replace("\\\"", "\""));
        let after = inside.get(end.0 + 1..)?.trim_start();
        rest = match after.strip_prefix(if is_list { ',' } else { '+' }) {
            Some(more) => more.trim_start(),
            None => break,
        };
    }
    (!parts.is_empty()).then(|| parts.join(if is_list { "\n" } else { "" }))
}

/// What stands in the brackets with which a text begins; brackets in literals count as well, which is
/// harmless where they come in pairs.
fn in_brackets(text: &str) -> &str {
    let mut depth = 0_usize;
    for (place, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return text.get(1..place).unwrap_or("");
        }
    }
    text.get(1..).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(script: &str) -> Vec<(Verb, Option<String>)> {
        deeds(script).into_iter().map(|deed| (deed.verb, deed.message)).collect()
    }

    #[test]
    fn calls_are_deeds() {
        let comment = |text: &str| vec![(Verb::Comment, Some(text.to_owned()))];
        for (script, expected) in [
            ("await github.rest.issues.createComment({ body: 'Hi (you)' })", comment("Hi (you)")),
            ("github.issues.createComment({ ...x, body: `Hi ${name}` })", comment("Hi ${name}")),
            ("const body = 'a ' + 'b';\ngithub.rest.issues.createComment({ owner, body })", comment("a b")),
            ("let text = ['a',\n 'b'].join('\\n');\nx.issues.createComment({body: text})", comment("a\nb")),
            ("x.issues.createComment({ body: makeText() })", vec![(Verb::Comment, None)]),
            ("x.issues.update({ issue_number, state: 'closed' })", vec![(Verb::Close, None)]),
            ("x.rest.pulls.update({ state: \"closed\" })", vec![(Verb::Close, None)]),
            ("x.issues.lock({ lock_reason: 'spam' })", vec![(Verb::Lock, None)]),
            ("x.issues.update({ state: 'open' })", vec![]),
            ("// x.issues.createComment({ body: 'no' })", vec![]),
            ("store.update({ state: 'closed' }); door.lock()", vec![]),
            ("x.issues.createComment({ body: 'open", vec![(Verb::Comment, None)]),
        ] {
            assert_eq!(said(script), expected, "{script}");
        }
    }
}
