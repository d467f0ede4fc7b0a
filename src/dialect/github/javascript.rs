//! Calls of GitHub's API in code: `actions/github-script`, and programs that stand in a script. Comments, closings,
//! reopenings and locks, with the message where it is a literal. Reads calls, literals and blocks, and nothing else
//! of the language.

use super::blocks::Blocks;
use super::commands::MUTATIONS;
use super::rest;
use super::script::{Deed, Target};
use crate::model::Verb;

/// Methods that may do something to an item: of Octokit, of PyGithub, of libraries for the web.
const METHODS: &[&str] = &[
    ".createComment",
    ".update",
    ".lock",
    ".request",
    ".graphql",
    ".create_comment",
    ".create_issue_comment",
    ".edit",
    ".setFailed",
    ".post",
    ".patch",
    ".put",
    "fetch",
];

/// How many calls of a script are looked at; one that has more is not written by hand.
const MAX_CALLS: usize = 50;

/// What a script does.
pub(super) fn deeds(script: &str) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let updates = script.contains(".updateComment(");
    let blocks = Blocks::of(script);
    let calls = script.match_indices('(').filter_map(|(start, _)| {
        let before = script.get(..start)?;
        let name = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))).next()?;
        METHODS.iter().any(|method| name.ends_with(method)).then_some((start, before, name))
    });
    for (start, before, name) in calls.take(MAX_CALLS) {
        let arguments = in_brackets(script.get(start..).unwrap_or(""));
        let verbs = verbs_of(script, name, arguments);
        let begin = start.saturating_sub(name.len());
        if is_comment(before) {
            continue;
        }
        for verb in verbs {
            let (message, said) = match verb {
                Verb::Comment => message(script, arguments, start + 1),
                Verb::FailCheck => (literal(arguments.trim_start()), None),
                _ => (None, None),
            };
            deeds.push(Deed {
                verb,
                message,
                said,
                updates: updates && verb == Verb::Comment,
                conditional: blocks.decide(begin),
                start: begin,
                target: target(arguments, blocks.repeat(begin)),
                branches: blocks.branches(begin),
            });
        }
    }
    // A check that fails is a deed only where it is the answer to somebody; scripts of builds fail for many reasons.
    let fails_for_stars =
        script.contains("stargazer") || script.contains("starred") || fails_with_stars(&deeds);
    deeds.retain(|deed| deed.verb != Verb::FailCheck || fails_for_stars);
    deeds
}

fn fails_with_stars(deeds: &[Deed]) -> bool {
    let texts =
        deeds.iter().filter(|deed| deed.verb == Verb::FailCheck).filter_map(|deed| deed.message.as_deref());
    texts.into_iter().any(|text| {
        let text = text.to_lowercase();
        text.contains("star ") || text.contains('⭐') || text.contains("starred")
    })
}

/// What a call does to an issue or pull request.
fn verbs_of(script: &str, name: &str, arguments: &str) -> Vec<Verb> {
    let method = name.rsplit('.').next().unwrap_or("");
    let on_items = ["issues.", "pulls.", "issue.", "pr.", "pull."].iter().any(|group| name.contains(group));
    let folded: String = arguments.chars().filter(|c| !c.is_whitespace()).collect();
    let state = |state: &str| {
        ["state:", "state=", "\"state\":", "'state':"].iter().any(|key| {
            ['\'', '"', '`'].iter().any(|mark| folded.contains(&format!("{key}{mark}{state}{mark}")))
        })
    };
    let one = match method {
        "createComment" | "create_comment" | "create_issue_comment" if on_items => Some(Verb::Comment),
        "update" | "edit" if on_items && state("closed") => Some(Verb::Close),
        "update" | "edit" if on_items && state("open") => Some(Verb::Reopen),
        "lock" if on_items => Some(Verb::Lock),
        "setFailed" => Some(Verb::FailCheck),
        "request" | "post" | "patch" | "put" | "fetch" => {
            return by_address(script, method, arguments).into_iter().collect();
        }
        "graphql" => {
            let done = MUTATIONS.iter().filter(|(mutation, _)| arguments.contains(mutation));
            return done.map(|(_, verb)| *verb).collect();
        }
        _ => None,
    };
    one.into_iter().collect()
}

/// What a call of an address does: `request('POST /repos/…')`, `requests.post(f"…")`, `fetch(…, { method: 'POST' })`.
fn by_address(script: &str, method: &str, arguments: &str) -> Option<Verb> {
    let text = arguments.trim_start();
    let text = text.strip_prefix('f').filter(|rest| rest.starts_with(['\'', '"'])).unwrap_or(text);
    let (address, rest) = match text.chars().next().filter(|c| matches!(c, '\'' | '"' | '`')) {
        Some(mark) => {
            let inside = text.get(1..)?;
            let (address, rest) = inside.split_at_checked(inside.find(mark)?)?;
            (address.to_owned(), rest)
        }
        // A name that was given the address before.
        None => {
            let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
            let (name, rest) = text.split_at_checked(end)?;
            (constant(script, name).0?, rest)
        }
    };
    let (named, address) = match address.split_once(' ') {
        Some((named, address)) => (Some(named), address),
        None => (None, address.as_str()),
    };
    let written = ["POST", "PATCH", "PUT"]
        .into_iter()
        .find(|method| ['\'', '"', '`'].iter().any(|mark| rest.contains(&format!("{mark}{method}{mark}"))));
    let method = named.map(str::to_owned).or_else(|| match method {
        "request" | "fetch" => written.map(str::to_owned),
        method => Some(method.to_ascii_uppercase()),
    });
    rest::verb(Some(method.as_deref().unwrap_or("GET")), address, rest)
}

/// Which item a call is about.
fn target(arguments: &str, repeats: bool) -> Target {
    let number = ["issue_number", "pull_number"].iter().find_map(|name| value_after(arguments, name, ':'));
    let digits = number.map_or("", |text| {
        text.get(..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())).unwrap_or("")
    });
    match (digits, repeats) {
        ("", true) => Target::Listed,
        ("", false) => Target::Event,
        (digits, _) => Target::Fixed(format!("#{digits}")),
    }
}

/// Whether the end of a text stands in a comment of its line.
fn is_comment(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or("").trim_start();
    line.starts_with("//") || line.starts_with('*') || line.starts_with('#')
}

/// The message of a call and where it stands: a literal, or a name that was given one. `start` is where the
/// arguments begin.
fn message(script: &str, arguments: &str, start: usize) -> (Option<String>, Option<usize>) {
    let plain = arguments.trim_start().trim_start_matches('f');
    let after = value_after(arguments, "body", ':')
        .or_else(|| value_after(arguments, "body", '='))
        .or_else(|| ["\"body\"", "'body'"].iter().find_map(|key| quoted_key(arguments, key)));
    let value = match after {
        Some(value) => value,
        // PyGithub takes the text alone.
        None if plain.starts_with(['\'', '"']) && !plain.contains("/issues/") => plain,
        // `{ owner, repo, body }` takes the name itself.
        None => return constant(script, "body"),
    };
    let place = start + arguments.len() - value.len();
    match literal(value) {
        Some(text) => (Some(text), Some(place)),
        None => {
            let name = value.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or("");
            constant(script, name)
        }
    }
}

/// What stands behind a key in quotes.
fn quoted_key<'s>(arguments: &'s str, key: &str) -> Option<&'s str> {
    let (_, rest) = arguments.split_once(key)?;
    Some(rest.trim_start().strip_prefix(':')?.trim_start().trim_start_matches('f'))
}

/// The literal that a name was given where it was declared, and where it stands.
fn constant(script: &str, name: &str) -> (Option<String>, Option<usize>) {
    if name.is_empty() {
        return (None, None);
    }
    let declared = ["const ", "let ", "var ", "\n"].iter().find_map(|keyword| {
        let mut places = script.match_indices(name).map(|(place, _)| place);
        places.find(|place| {
            let before = script.get(..*place).unwrap_or("");
            let rest = script.get(place + name.len()..).unwrap_or("").trim_start();
            let is_set = rest.starts_with('=') && !rest.starts_with("==");
            let begins = before.trim_end_matches([' ', '\t']).ends_with(keyword.trim_end_matches(' '));
            is_set && (begins || *keyword == "\n" && before.trim().is_empty())
        })
    });
    let value = declared.and_then(|place| value_after(script.get(place..)?, name, '='));
    let place = value.map(|value| script.len() - value.len());
    let plain = value
        .map(|value| value.strip_prefix('f').filter(|rest| rest.starts_with(['\'', '"'])).unwrap_or(value));
    let text = plain.and_then(literal);
    let place = place.filter(|_| text.is_some());
    (text, place)
}

/// What stands behind `name` and a mark.
fn value_after<'s>(text: &'s str, name: &str, mark: char) -> Option<&'s str> {
    text.match_indices(name).find_map(|(place, _)| {
        let whole = text.get(..place)?.chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
        let rest = text.get(place + name.len()..)?.trim_start().strip_prefix(mark)?;
        whole.then(|| rest.trim_start())
    })
}

/// A text in quotes, or several that are added or joined; what a run fills in stands as `${…}`.
fn literal(text: &str) -> Option<String> {
    let is_list = text.starts_with('[');
    let mut rest = text.strip_prefix('[').unwrap_or(text).trim_start();
    let mut parts = Vec::new();
    loop {
        let Some(mark) = rest.chars().next().filter(|c| matches!(c, '\'' | '"' | '`')) else {
            // A name or call that is added to a text.
            let end = rest.find(['+', ',', '\n', ';', '}']).unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(end)?;
            if parts.is_empty() || is_list || name.trim().is_empty() {
                break;
            }
            parts.push(format!("${{{}}}", name.trim().trim_end_matches(')')));
            match after.strip_prefix('+') {
                Some(more) => rest = more.trim_start(),
                None => break,
            }
            continue;
        };
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
            ("x.issues.createComment({ body: 'Hi @' + user.login + '!' })", comment("Hi @${user.login}!")),
            ("const body = 'a ' + 'b';\ngithub.rest.issues.createComment({ owner, body })", comment("a b")),
            ("let text = ['a',\n 'b'].join('\\n');\nx.issues.createComment({body: text})", comment("a\nb")),
            ("x.issues.createComment({ body: makeText() })", vec![(Verb::Comment, None)]),
            ("x.issues.update({ issue_number, state: 'closed' })", vec![(Verb::Close, None)]),
            ("x.rest.pulls.update({ state: \"closed\" })", vec![(Verb::Close, None)]),
            ("x.issues.lock({ lock_reason: 'spam' })", vec![(Verb::Lock, None)]),
            ("x.issues.update({ state: 'open' })", vec![(Verb::Reopen, None)]),
            ("x.issues.update({ title: 'open' })", vec![]),
            (
                "github.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { body: 'Hi' })",
                comment("Hi"),
            ),
            (
                "requests.post(f\"https://api.github.com/repos/{r}/issues/{n}/comments\", json={\"body\": \"Hi\"})",
                comment("Hi"),
            ),
            (
                "issue.create_comment(\"Hi\")\nissue.edit(state=\"closed\")",
                vec![(Verb::Comment, Some("Hi".to_owned())), (Verb::Close, None)],
            ),
            (
                "fetch(`https://api.github.com/repos/${r}/issues/3`, { method: 'PATCH', body: JSON.stringify({ state: 'closed' }) })",
                vec![(Verb::Close, None)],
            ),
            ("github.graphql(`mutation { closeIssue(input: {}) { x } }`)", vec![(Verb::Close, None)]),
            ("// x.issues.createComment({ body: 'no' })", vec![]),
            ("store.update({ state: 'closed' }); door.lock()", vec![]),
            ("x.issues.createComment({ body: 'open", vec![(Verb::Comment, None)]),
        ] {
            assert_eq!(said(script), expected, "{script}");
        }
    }
}
