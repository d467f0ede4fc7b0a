//! Calls of GitHub's REST interface, by whichever program or library: what a method, an address and what is sent
//! come to. Knows addresses and fields, and nothing of who calls.

use crate::model::Verb;

/// What a call does to an issue or pull request. `sent` is everything that the call says besides.
pub(super) fn verb(method: Option<&str>, address: &str, sent: &str) -> Option<Verb> {
    let folded: String = sent.chars().filter(|c| !c.is_whitespace()).collect();
    let is = |state: &str| {
        let written = [
            format!("\"state\":\"{state}\""),
            format!("'state':'{state}'"),
            format!("state:\"{state}\""),
            format!("state:'{state}'"),
            format!("state:`{state}`"),
            format!("state={state}"),
            format!("state='{state}'"),
            format!("state=\"{state}\""),
            format!("\"state\"='{state}'"),
        ];
        written.iter().any(|written| folded.contains(written.as_str()))
    };
    let writes = |known: &[&str]| method.is_none_or(|method| known.contains(&method));
    let place = place(address)?;
    match place {
        Place::Comments if writes(&["POST"]) => Some(Verb::Comment),
        Place::Lock if method == Some("PUT") => Some(Verb::Lock),
        Place::Item if writes(&["PATCH", "POST"]) && is("closed") => Some(Verb::Close),
        Place::Item if writes(&["PATCH", "POST"]) && is("open") => Some(Verb::Reopen),
        _ => None,
    }
}

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Item,
    Comments,
    Lock,
}

/// Names in payloads of events that hold an address.
const NAMED: &[(&str, Place)] = &[
    ("event.issue.comments_url", Place::Comments),
    ("event.pull_request.comments_url", Place::Comments),
    ("_links.comments.href", Place::Comments),
    ("event.issue.url", Place::Item),
    ("event.pull_request.url", Place::Item),
    ("event.pull_request.issue_url", Place::Item),
];

fn place(address: &str) -> Option<Place> {
    let address = address.trim_matches(['"', '\'', '`']);
    let named = NAMED.iter().find(|(name, _)| address.contains(name)).map(|(_, place)| *place);
    // Expressions and calls are one part each, whatever stands in them.
    let plain = without_expressions(address);
    let path = plain.split(['?', '#']).next().unwrap_or("").trim_end_matches('/');
    let parts: Vec<&str> = path.split('/').collect();
    let Some(items) = parts.iter().rposition(|part| matches!(*part, "issues" | "pulls")) else {
        return match (named, parts.last()) {
            (Some(Place::Item), Some(&"comments")) => Some(Place::Comments),
            (Some(Place::Item), Some(&"lock")) => Some(Place::Lock),
            (named, _) => named,
        };
    };
    match parts.get(items + 1..)? {
        // A comment has an address of its own, by which it is changed.
        ["comments", ..] => None,
        [_] => Some(Place::Item),
        [_, "comments"] => Some(Place::Comments),
        [_, "lock"] => Some(Place::Lock),
        _ => None,
    }
}

/// The address with one letter for each expression, call or template.
fn without_expressions(address: &str) -> String {
    let mut plain = String::with_capacity(address.len());
    let mut rest = address;
    while let Some(start) = rest.find(['$', '{']) {
        let (before, tail) = rest.split_at(start);
        plain.push_str(before);
        let closing = if tail.starts_with("${{") {
            tail.find("}}").map(|end| end + 2)
        } else if tail.starts_with("$(") {
            tail.find(')').map(|end| end + 1)
        } else if tail.starts_with("${") || tail.starts_with('{') {
            tail.find('}').map(|end| end + 1)
        } else {
            None
        };
        let length = closing.unwrap_or(1);
        plain.push('x');
        rest = tail.get(length..).unwrap_or("");
        if closing.is_none() {
            // A plain variable: its name belongs to it.
            let name = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            rest = rest.get(name..).unwrap_or("");
        }
    }
    plain.push_str(rest);
    plain
}

/// The message that a call sends, where it is written out.
pub(super) fn message(sent: &str) -> Option<String> {
    for mark in ["\"body\"", "'body'"] {
        if let Some((_, rest)) = sent.split_once(mark)
            && let Some(rest) = rest.trim_start().strip_prefix(':')
            && let Some(text) = quoted(rest.trim_start())
        {
            return Some(text);
        }
    }
    None
}

/// A text in quotes with which another one begins.
fn quoted(text: &str) -> Option<String> {
    let mark = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let mut said = String::new();
    let mut letters = text.chars().skip(1);
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next()? {
                'n' => said.push('\n'),
                other => said.push(other),
            },
            letter if letter == mark => return Some(said),
            letter => said.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_fields_tell_what_is_done() {
        for (method, address, sent, expected) in [
            (Some("POST"), "https://api.github.com/repos/a/b/issues/3/comments", "", Some(Verb::Comment)),
            (Some("POST"), "/repos/${{ github.repository }}/issues/$N/comments?x=1", "", Some(Verb::Comment)),
            (Some("POST"), "repos/{owner}/{repo}/pulls/{number}/reviews", "", None),
            (Some("GET"), "/repos/a/b/issues/3/comments", "", None),
            (Some("PATCH"), "/repos/a/b/issues/$(next a/b)", "{\"state\": \"closed\"}", Some(Verb::Close)),
            (Some("PATCH"), "/repos/a/b/pulls/3", "-f state=closed", Some(Verb::Close)),
            (Some("PATCH"), "/repos/a/b/issues/3", "{state: 'open'}", Some(Verb::Reopen)),
            (Some("PATCH"), "/repos/a/b/issues/comments/3", "state=closed", None),
            (Some("PATCH"), "/repos/a/b/milestones/3", "state=closed", None),
            (Some("PUT"), "/repos/a/b/issues/3/lock", "", Some(Verb::Lock)),
            (Some("DELETE"), "/repos/a/b/issues/3/lock", "", None),
            (Some("POST"), "${{ github.event.issue.comments_url }}", "", Some(Verb::Comment)),
            (Some("POST"), "${{ github.event.issue.url }}/comments", "", Some(Verb::Comment)),
            (
                Some("PATCH"),
                "${{ github.event.pull_request.url }}",
                "{\"state\":\"closed\"}",
                Some(Verb::Close),
            ),
        ] {
            assert_eq!(verb(method, address, sent), expected, "{address} {sent}");
        }
    }

    #[test]
    fn messages_are_read_where_they_are_written_out() {
        assert_eq!(message("{\"body\": \"Hello\\nyou\"}").as_deref(), Some("Hello\nyou"));
        assert_eq!(message("{'body': text}"), None);
    }
}
