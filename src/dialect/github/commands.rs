//! What the commands of a script do to issues and pull requests: `gh`, and programs that call the REST interface.

use super::rest;
use super::script::{Deed, Target};
use super::shell::{self, Command};
use super::workflow::Step;
use crate::model::Verb;

/// Programs that call addresses.
const CLIENTS: &[&str] =
    &["curl", "wget", "http", "https", "xh", "hub", "Invoke-RestMethod", "Invoke-WebRequest", "irm", "iwr"];

/// Options of `gh` that take a value, so that it is no number of an item.
const VALUED: &[&str] =
    &["-R", "--repo", "-b", "--body", "-F", "--body-file", "-c", "--comment", "-r", "--reason"];

/// Whether a script may do anything that is understood.
pub(super) fn may_act(script: &str) -> bool {
    ["gh ", "api.github.com", "/issues/", "/pulls/", "comments_url", "create_comment", "createComment"]
        .iter()
        .any(|word| script.contains(word))
}

/// Whether code of another language stands in a script: for its interpreter, or in a here-document.
pub(super) fn holds_a_program(step: &Step<'_>, script: &str) -> bool {
    let shell = step.node.get("shell").map_or("", |shell| shell.text());
    ["python", "node", "pwsh"].iter().any(|name| shell.contains(name))
        || ["python", "node ", "ruby", "deno"].iter().any(|name| script.contains(name))
            && script.contains("<<")
        || script.contains("python -c")
        || script.contains("python3 -c")
        || script.contains("node -e")
}

/// What one command does.
pub(super) fn deeds(step: &Step<'_>, command: &Command) -> Vec<Deed> {
    let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
    let deed = |verb| plain(command, verb, target(step, command));
    match words.as_slice() {
        ["gh", "issue" | "pr", "comment", ..] => {
            let (message, said) = body(command);
            let message = message.and_then(|text| expanded(step, &text));
            let updates = words.contains(&"--edit-last");
            vec![Deed { message, said, updates, ..deed(Verb::Comment) }]
        }
        ["gh", "issue" | "pr", "close", ..] => {
            let message = shell::option_at(&command.words, &["--comment", "-c"]);
            let comment = message.map(|(place, text)| Deed {
                message: expanded(step, text),
                said: command.places.get(place).copied(),
                ..deed(Verb::Comment)
            });
            comment.into_iter().chain([deed(Verb::Close)]).collect()
        }
        ["gh", "issue" | "pr", "reopen", ..] => {
            let message = shell::option(&command.words, &["--comment", "-c"]);
            let comment = message.map(|text| Deed { message: expanded(step, text), ..deed(Verb::Comment) });
            comment.into_iter().chain([deed(Verb::Reopen)]).collect()
        }
        ["gh", "issue" | "pr", "lock", ..] => vec![deed(Verb::Lock)],
        ["gh", "issue", "create", ..] => created(step, command).into_iter().collect(),
        ["gh", "api", rest @ ..] => call(step, command, rest),
        [client, rest @ ..] if CLIENTS.contains(client) => call(step, command, rest),
        _ => Vec::new(),
    }
}

/// An issue that is opened in another repository; in one's own it is a note to oneself.
fn created(step: &Step<'_>, command: &Command) -> Option<Deed> {
    let repository = expanded(step, shell::option(&command.words, &["--repo", "-R"])?)?;
    let is_own = repository.contains("${{") || !repository.contains('/');
    if is_own && !command.looped || repository.contains("github.repository") {
        return None;
    }
    let (message, said) = body(command);
    let message = message.and_then(|text| expanded(step, &text));
    let target = if is_own { Target::Listed } else { Target::Fixed(repository) };
    Some(Deed { message, said, ..plain(command, Verb::OpenIssue, target) })
}

fn plain(command: &Command, verb: Verb, target: Target) -> Deed {
    Deed {
        verb,
        message: None,
        said: None,
        updates: false,
        conditional: command.conditional,
        start: command.start,
        target,
        branches: command.branches.clone(),
    }
}

/// The text of a comment and where it stands: an option, what is piped in, or a here-document.
fn body(command: &Command) -> (Option<String>, Option<usize>) {
    if let Some((place, text)) = shell::option_at(&command.words, &["--body", "-b"])
        && text != "-"
    {
        return (Some(text.to_owned()), command.places.get(place).copied());
    }
    let file = shell::option(&command.words, &["--body-file", "-F"]);
    let reads = file == Some("-") || command.words.iter().any(|word| word == "-" || word == "/dev/stdin");
    // A here-document is the last word of its command.
    let last = command.words.last().filter(|last| reads && *last != "-" && file != Some(last.as_str()));
    (command.input.clone().or_else(|| last.cloned()), None)
}

/// Which item a command of `gh` is about: the first word that is no option.
fn target(step: &Step<'_>, command: &Command) -> Target {
    let mut words = command.words.iter().skip(3);
    while let Some(word) = words.next() {
        if VALUED.contains(&word.as_str()) {
            words.next();
        } else if !word.starts_with('-') {
            return target_of(step, word, command.looped);
        }
    }
    if command.looped { Target::Listed } else { Target::Event }
}

/// The item that a word names: a number, an address that ends with one, or a variable that holds one.
fn target_of(step: &Step<'_>, word: &str, looped: bool) -> Target {
    let known = expanded(step, word).map(|text| step.filled(&text)).unwrap_or_default();
    let number = known.rsplit('/').next().unwrap_or("").trim_start_matches('#');
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    match (is_number, looped) {
        (true, _) => Target::Fixed(format!("#{number}")),
        (false, true) => Target::Listed,
        (false, false) => Target::Event,
    }
}

/// Mutations of the graph interface and what they do.
pub(super) const MUTATIONS: &[(&str, Verb)] = &[
    ("addComment(", Verb::Comment),
    ("addDiscussionComment(", Verb::Comment),
    ("closeIssue(", Verb::Close),
    ("closePullRequest(", Verb::Close),
    ("closeDiscussion(", Verb::Close),
    ("reopenIssue(", Verb::Reopen),
    ("reopenPullRequest(", Verb::Reopen),
    ("lockLockable(", Verb::Lock),
];

/// What a call of an interface does.
fn call(step: &Step<'_>, command: &Command, words: &[&str]) -> Vec<Deed> {
    let field = words.iter().find_map(|word| word.strip_prefix("body="));
    let said = command.places.get(command.words.iter().position(|word| word.contains("body")).unwrap_or(0));
    let written = |verb| {
        if verb != Verb::Comment {
            return None;
        }
        let sent = words.iter().find_map(|word| rest::message(word));
        let piped = command.input.as_deref().and_then(rest::message);
        field.map(str::to_owned).or(sent).or(piped).and_then(|text| expanded(step, &text))
    };
    if words.first() == Some(&"graphql") {
        let has = |text: &str| words.iter().any(|word| word.contains(text));
        let done = MUTATIONS.iter().filter(|(name, _)| has(name));
        let target = if command.looped { Target::Listed } else { Target::Event };
        return done
            .map(|(_, verb)| Deed { message: written(*verb), ..plain(command, *verb, target.clone()) })
            .collect();
    }
    let Some(address) = words.iter().find(|word| is_address(word)) else { return Vec::new() };
    let mut sent: Vec<&str> = words.iter().copied().filter(|word| word != address).collect();
    sent.extend(command.input.as_deref());
    let method =
        method(words).or_else(|| sends(words).then(|| "POST".to_owned())).unwrap_or_else(|| "GET".to_owned());
    let Some(verb) = rest::verb(Some(&method), address, &sent.join(" ")) else { return Vec::new() };
    let item = address.split("/issues/").nth(1).or_else(|| address.split("/pulls/").nth(1));
    let item = item.and_then(|rest| rest.split(['/', '?']).next()).unwrap_or("");
    let target = target_of(step, item, command.looped);
    let said = said.copied().filter(|_| verb == Verb::Comment);
    vec![Deed { message: written(verb), said, ..plain(command, verb, target) }]
}

/// Whether a word is an address of the interface.
fn is_address(word: &str) -> bool {
    let plain = word.trim_start_matches(['"', '\'']);
    !plain.starts_with('-')
        && !plain.starts_with('{')
        && !plain.contains(": ")
        && (plain.contains("/issues/")
            || plain.contains("/pulls/")
            || plain.contains("comments_url")
            || plain.contains("event.issue.url")
            || plain.contains("event.pull_request.url")
            || plain.contains("_links.comments"))
}

/// The method that a call names.
fn method(words: &[&str]) -> Option<String> {
    const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];
    words.iter().enumerate().find_map(|(place, word)| {
        let next = || words.get(place + 1).copied();
        let given = match *word {
            "-X" | "--request" | "--method" | "-Method" | "-m" => next()?,
            word if METHODS.contains(&word) => word,
            word => {
                let long = word.strip_prefix("--request=").or_else(|| word.strip_prefix("--method="));
                match long {
                    Some(method) => method,
                    None if word.starts_with('-') && !word.starts_with("--") => {
                        // `-sX POST`, `-XPOST`
                        let (_, rest) = word.split_once('X')?;
                        if rest.is_empty() { next()? } else { rest }
                    }
                    None => return None,
                }
            }
        };
        let given = given.to_ascii_uppercase();
        METHODS.contains(&given.as_str()).then_some(given)
    })
}

/// Whether a call sends something, which makes it a `POST`.
fn sends(words: &[&str]) -> bool {
    words.iter().any(|word| {
        matches!(*word, "-d" | "-f" | "-F" | "--field" | "--raw-field" | "--input" | "--json" | "-Body")
            || word.starts_with("--data")
            || word.starts_with("--post-data")
            || word.starts_with("-d{")
            || word.starts_with("--json=")
            || word.starts_with("body=")
    })
}

/// A text in which variables of the environment are filled in; nothing where it is only a name that is
/// not known.
fn expanded(step: &Step<'_>, text: &str) -> Option<String> {
    let name = text.strip_prefix('$').map(|name| name.trim_matches(['{', '}']));
    match name.filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')) {
        Some(name) => step.variable_text(name),
        None if text.starts_with("$(") => None,
        None => Some(text.to_owned()),
    }
}
