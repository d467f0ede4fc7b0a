//! What scripts in a workflow do to issues and pull requests: `gh` commands in `run:`, and calls of the API in
//! `actions/github-script`. Reads only what stands there plainly; the rest of a script says nothing.

use super::occasion::Occasion;
use super::shell::{self, Command};
use super::workflow::{KnownStep, Step};
use super::{account, act, idle, javascript};
use crate::dialect::Lowered;
use crate::model::{Action, Automation, Guard, GuardKind, Site, Stated, Text, Verb};
use crate::source::Span;
use crate::syntax::NodeRef;

/// A step whose script comments, closes or locks.
pub(super) const STEP: KnownStep = KnownStep { is_it: |step| !deeds(step).is_empty(), lower };

/// How many deeds of a script are told; one that has more is not written by hand.
const MAX_DEEDS: usize = 50;

/// Something that a script does.
pub(super) struct Deed {
    pub(super) verb: Verb,
    /// Its message, where the script says it plainly.
    pub(super) message: Option<String>,
    /// Whether an earlier comment is changed.
    pub(super) updates: bool,
    /// Whether the script decides about it.
    pub(super) conditional: bool,
    /// Where it stands in the script.
    pub(super) start: usize,
}

fn lower(step: &Step<'_>, lowered: &mut Lowered) {
    let deeds = deeds(step);
    let Some(script) = script_of(step) else { return };
    let speaker = step.speaker(&["github-token"], &["GH_TOKEN", "GITHUB_TOKEN"]);
    let site = step.site();
    let account = account(lowered, step.path(), &speaker, site);
    let mut occasion = Occasion::of(step);
    let place = |start| site_in(step, script, start);
    let silence =
        occasion.triggers.first().and_then(|clock| idle::silence(script.text(), &deeds, clock, place));
    if let Some((trigger, guards)) = silence {
        occasion.triggers = vec![trigger];
        occasion.guards.extend(guards);
        occasion.guards.extend(step.approval());
    }
    let decides = deeds.iter().all(|deed| deed.conditional);
    let decided = decides.then(|| Guard::new(GuardKind::Relevance, site));
    lowered.automation(Automation {
        name: step.name().to_owned(),
        site,
        account,
        enabled: step.enabled(Stated::Absent),
        triggers: occasion.triggers,
        guards: occasion.guards.into_iter().chain(decided).collect(),
        actions: deeds.iter().map(|deed| action(step, script, deed)).collect(),
        ..Automation::default()
    });
}

fn action(step: &Step<'_>, script: NodeRef<'_>, deed: &Deed) -> Action {
    let site = site_in(step, script, deed.start);
    let mut action = act(deed.verb, site);
    let text = deed.message.as_ref().map(|text| Text { text: step.filled(text), site });
    action.texts = text.into_iter().collect();
    if deed.updates {
        action.manner = Stated::Known("update-single".to_owned(), site);
    }
    action
}

/// The script of a step.
fn script_of<'w>(step: &Step<'w>) -> Option<NodeRef<'w>> {
    match step.node.get("run") {
        Some(run) => Some(run),
        None if step.is_action("actions/github-script") => step.input_node("script"),
        None => None,
    }
}

/// What the script of a step does.
fn deeds(step: &Step<'_>) -> Vec<Deed> {
    let Some(script) = script_of(step) else { return Vec::new() };
    if step.node.get("run").is_none() {
        return javascript::deeds(script.text());
    }
    if !script.text().contains("gh ") {
        return Vec::new();
    }
    let commands = shell::commands(script.text());
    commands.iter().flat_map(|command| of_command(step, command)).take(MAX_DEEDS).collect()
}

/// What one command does.
fn of_command(step: &Step<'_>, command: &Command) -> Vec<Deed> {
    let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
    let deed = |verb, message: Option<&str>| Deed {
        verb,
        message: message.and_then(|text| expanded(step, text)),
        updates: words.iter().any(|word| matches!(*word, "--edit-last")),
        conditional: command.conditional,
        start: command.start,
    };
    let body = || shell::option(&command.words, &["--body", "-b"]);
    match words.as_slice() {
        ["gh", "issue" | "pr", "comment", ..] => {
            let piped = command.words.iter().any(|word| word == "-").then(|| command.words.last()).flatten();
            vec![deed(Verb::Comment, body().or(piped.map(String::as_str)))]
        }
        ["gh", "issue" | "pr", "close", ..] => {
            let message = shell::option(&command.words, &["--comment", "-c"]);
            let comment = message.map(|text| deed(Verb::Comment, Some(text)));
            comment.into_iter().chain([deed(Verb::Close, None)]).collect()
        }
        ["gh", "issue" | "pr", "lock", ..] => vec![deed(Verb::Lock, None)],
        ["gh", "api", rest @ ..] => of_api(rest)
            .into_iter()
            .map(|verb| {
                let field = rest.iter().find_map(|word| word.strip_prefix("body="));
                deed(verb, field.filter(|_| verb == Verb::Comment))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Mutations of the graph interface and what they do.
const MUTATIONS: &[(&str, Verb)] = &[
    ("addComment(", Verb::Comment),
    ("addDiscussionComment(", Verb::Comment),
    ("closeIssue(", Verb::Close),
    ("closePullRequest(", Verb::Close),
    ("closeDiscussion(", Verb::Close),
    ("lockLockable(", Verb::Lock),
];

/// What a call of the API does.
fn of_api(words: &[&str]) -> Vec<Verb> {
    let has = |text: &str| words.iter().any(|word| word.contains(text));
    if words.first() == Some(&"graphql") {
        return MUTATIONS.iter().filter(|(name, _)| has(name)).map(|(_, verb)| *verb).collect();
    }
    let on_items = has("/issues/") || has("/pulls/");
    let sends = words.iter().any(|word| word.starts_with("body="));
    let ends = |text: &str| words.iter().any(|word| word.ends_with(text));
    let mut verbs = Vec::new();
    // With an identifier behind it, an old comment is changed.
    if on_items && sends && ends("/comments") {
        verbs.push(Verb::Comment);
    }
    if on_items && words.contains(&"state=closed") {
        verbs.push(Verb::Close);
    }
    if on_items && ends("/lock") && words.contains(&"PUT") {
        verbs.push(Verb::Lock);
    }
    verbs
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

/// The line of a script at which a deed stands. Block scalars lose their indentation in the text.
fn site_in(step: &Step<'_>, script: NodeRef<'_>, start: usize) -> Site {
    let site = step.site_of(script);
    let line = script.text().get(start..).and_then(|rest| rest.lines().next()).unwrap_or("").trim_end();
    let before = script.text().get(..start).unwrap_or("");
    let same = before.matches(line).count();
    let found = if line.is_empty() { None } else { script.raw().match_indices(line).nth(same) };
    let Some((offset, found)) = found else { return site };
    let mut place = site;
    if let (Ok(offset), Ok(length)) = (u32::try_from(offset), u32::try_from(found.len())) {
        let begin = site.defined.unwrap_or(site.used.span).start + offset;
        place.used.span = Span::new(begin, begin + length);
        place.defined = None;
    }
    place
}
