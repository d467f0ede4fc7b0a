//! The programs that a script starts: which script, with which subcommand, on whom, how many at most, and
//! whether it only rehearses. Builds, installers and tools of the shell are no programs of a bot.

use std::rc::Rc;

use super::limits::{REHEARSALS, limits};
use super::script::{Command, Loop};
use super::words::{Said, any_of, said, words};
use crate::dialect::reading::flag_of;
use crate::model::{AudienceKind, Site, Text, Verb};

/// A program that is started.
pub(super) struct Program<'s> {
    /// The script or binary, without its folder.
    pub(super) name: &'s str,
    /// What follows.
    arguments: &'s [String],
    /// Where.
    pub(super) site: Site,
    loops: &'s [Rc<Loop>],
}

/// What the arguments and the name of a program say that it does.
pub(super) struct Deed {
    pub(super) said: Said,
    /// On whom by name.
    pub(super) of: Vec<Text>,
}

/// Programs that start others.
const STARTERS: &[&str] = &[
    "bash",
    "bun",
    "bunx",
    "cargo",
    "deno",
    "docker",
    "dotnet",
    "exec",
    "go",
    "java",
    "jupyter",
    "make",
    "nice",
    "node",
    "nohup",
    "npm",
    "npx",
    "papermill",
    "perl",
    "php",
    "pipenv",
    "pnpm",
    "poetry",
    "python",
    "python2",
    "python3",
    "pwsh",
    "Rscript",
    "ruby",
    "sh",
    "sudo",
    "time",
    "timeout",
    "ts-node",
    "tsx",
    "uv",
    "xvfb-run",
    "yarn",
    "env",
    "pipx",
    "uvx",
    "bundle",
    "py",
    "just",
    "task",
];

/// Words between a starter and what it starts.
const BETWEEN: &[&str] = &["exec", "execute", "run", "start", "x", "--", "run-script"];

/// Subcommands of starters that build or install.
const BUILDS: &[&str] = &[
    "add",
    "build",
    "ci",
    "clean",
    "compile",
    "config",
    "export",
    "fmt",
    "i",
    "init",
    "install",
    "lint",
    "list",
    "login",
    "lock",
    "mod",
    "pip",
    "prune",
    "publish",
    "pull",
    "push",
    "remove",
    "restore",
    "setup",
    "sync",
    "test",
    "tool",
    "update",
    "upgrade",
    "vet",
    "venv",
    "pytest",
    "-c",
    "-V",
    "--version",
];

/// Commands that do nothing to anybody.
const TOOLS: &[&str] = &[
    "[",
    "[[",
    "apt",
    "apt-get",
    "awk",
    "base64",
    "brew",
    "cat",
    "cd",
    "chmod",
    "comm",
    "cp",
    "curl",
    "cut",
    "date",
    "diff",
    "echo",
    "exit",
    "export",
    "false",
    "find",
    "gh",
    "git",
    "grep",
    "head",
    "jq",
    "ls",
    "mkdir",
    "mv",
    "pip",
    "pip3",
    "printf",
    "pwd",
    "read",
    "return",
    "rm",
    "sed",
    "set",
    "shift",
    "sleep",
    "sort",
    "source",
    "tail",
    "tar",
    "tee",
    "test",
    "touch",
    "tr",
    "true",
    "unset",
    "unzip",
    "wait",
    "wc",
    "wget",
    "which",
    "xargs",
    "zip",
    "declare",
    "local",
    "mapfile",
    "readarray",
    "continue",
    "break",
    "trap",
    ".",
    "esac",
    "fi",
    "}",
    ")",
];

/// Command-line programs for one network: their name, and the words that make them act.
const CLIENTS: &[(&str, &[(&str, Verb)])] = &[
    (
        "toot",
        &[
            ("post", Verb::Post),
            ("follow", Verb::Follow),
            ("unfollow", Verb::Unfollow),
            ("reblog", Verb::Repost),
            ("favourite", Verb::Like),
        ],
    ),
    (
        "t",
        &[
            ("update", Verb::Post),
            ("follow", Verb::Follow),
            ("unfollow", Verb::Unfollow),
            ("retweet", Verb::Repost),
            ("favorite", Verb::Like),
            ("dm", Verb::Dm),
        ],
    ),
];

impl<'s> Program<'s> {
    /// The program that a command starts, if it is one.
    pub(super) fn of(command: &'s Command) -> Option<Self> {
        let mut words = command.words.as_slice();
        let mut is_started = false;
        loop {
            let (first, rest) = words.split_first()?;
            let base = base(first);
            let is_skipped = is_assignment(first)
                || (is_started && (first.starts_with('-') || BETWEEN.contains(&first.as_str())));
            // What stands in the script itself is no program that nobody can read.
            let is_inline = first == "-" || first.starts_with("<<");
            if is_started && (is_inline || BUILDS.contains(&first.as_str())) {
                return None;
            }
            // The number of `timeout 300`.
            let is_number = is_started && first.trim_end_matches(['s', 'm', 'h']).parse::<f64>().is_ok();
            let starts = STARTERS.contains(&base) || (base.starts_with("python") && !base.contains(".py"));
            if starts {
                is_started = true;
            } else if !is_skipped && !is_number {
                let is_tool =
                    !is_started && (TOOLS.contains(&base) || first.starts_with(['$', '>', '<', '(']));
                let loops = &command.loops;
                return (!is_tool).then_some(Self { name: base, arguments: rest, site: command.site, loops });
            }
            words = rest;
            if words.is_empty() && is_started {
                // `npm start` and the like: what runs has no name.
                let name = first.as_str();
                let runs = BETWEEN.contains(&name);
                return runs.then_some(Self {
                    name,
                    arguments: words,
                    site: command.site,
                    loops: &command.loops,
                });
            }
        }
    }

    /// What it says that it does, by its subcommand, else by its name.
    pub(super) fn deeds(&self) -> Vec<Deed> {
        if let Some(deeds) = self.as_client() {
            return deeds;
        }
        let mut deeds = Vec::new();
        let mut has_subcommand = false;
        for (at, argument) in self.arguments.iter().enumerate() {
            let is_flag = argument.starts_with('-');
            let found = if is_flag || !has_subcommand { said_by(argument) } else { Vec::new() };
            has_subcommand |= !is_flag && !found.is_empty();
            let operand = self.arguments.get(at + 1).filter(|word| !word.starts_with('-'));
            let of =
                operand.filter(|_| !found.is_empty()).map_or_else(Vec::new, |operand| self.names(operand));
            deeds.extend(found.into_iter().map(|said| self.deed(said, of.clone())));
        }
        if deeds.is_empty() {
            deeds.extend(said(stem(self.name)).into_iter().map(|said| self.deed(said, Vec::new())));
        }
        deeds
    }

    fn as_client(&self) -> Option<Vec<Deed>> {
        let (_, verbs) = CLIENTS.iter().find(|(name, _)| *name == self.name)?;
        let (first, rest) = self.arguments.split_first()?;
        let (_, verb) = verbs.iter().find(|(word, _)| word == first)?;
        let of = rest.first().filter(|_| *verb != Verb::Post).map_or_else(Vec::new, |name| self.names(name));
        let whom = (!of.is_empty()).then_some(AudienceKind::Named);
        Some(vec![Deed { said: Said { verb: *verb, whom }, of }])
    }

    /// A follow with a limit goes to the people around whoever is named; without one, to those named.
    fn deed(&self, said: Said, of: Vec<Text>) -> Deed {
        let whom = said.whom.or_else(|| match said.verb {
            Verb::Follow if !of.is_empty() && self.most(Verb::Follow).is_some() => {
                Some(AudienceKind::FollowersOf)
            }
            Verb::Follow if !of.is_empty() => Some(AudienceKind::Named),
            _ => None,
        });
        Deed { said: Said { whom, ..said }, of }
    }

    /// The people that an operand stands for: itself, or what the loop around it goes through.
    fn names(&self, operand: &str) -> Vec<Text> {
        let variable = operand.trim_start_matches('$').trim_matches(['{', '}']);
        if operand.starts_with('$') {
            let all = self.loops.iter().find(|found| found.variable == variable);
            return all.map_or_else(Vec::new, |found| found.items.as_ref().clone());
        }
        let is_name = operand.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '@'));
        let is_file = [".txt", ".csv", ".json", ".yml", ".yaml"].iter().any(|end| operand.ends_with(end));
        let text = Text { text: operand.trim_start_matches('@').to_owned(), site: self.site };
        if is_name && !is_file && operand.parse::<f64>().is_err() { vec![text] } else { Vec::new() }
    }

    /// How many at most in one run, the loops around it counted.
    pub(super) fn most(&self, verb: Verb) -> Option<f64> {
        let times: usize = self.loops.iter().map(|found| found.times.max(1)).product();
        let flags = self.arguments.iter().enumerate().filter_map(|(at, argument)| {
            let (flag, value) = match argument.split_once('=') {
                Some((flag, value)) => (flag, Some(value)),
                None => (argument.as_str(), self.arguments.get(at + 1).map(String::as_str)),
            };
            let is_limit = flag == "-n" || (flag.starts_with("--") && limits(&words(flag), verb));
            value.filter(|_| is_limit)?.parse::<f64>().ok()
        });
        flags.reduce(f64::max).map(|number| number * times as f64)
    }

    /// Whether an argument makes it a rehearsal, or says that it is none.
    pub(super) fn rehearses(&self) -> Option<bool> {
        self.arguments.iter().find_map(|argument| {
            let (flag, value) =
                argument.split_once('=').map_or((argument.as_str(), None), |(f, v)| (f, Some(v)));
            if !flag.starts_with("--") {
                return None;
            }
            let words = words(flag);
            let off = words.first().is_some_and(|first| first == "no");
            let name = words.into_iter().filter(|word| word != "no").collect::<String>();
            let on = value.and_then(flag_of).unwrap_or(true);
            REHEARSALS.contains(&name.as_str()).then_some(on != off)
        })
    }
}

/// What a subcommand or flag says.
fn said_by(argument: &str) -> Vec<Said> {
    let name = argument.trim_start_matches('-');
    let is_flag = name.len() < argument.len();
    let (flag, value) = name.split_once('=').map_or((name, None), |(flag, value)| (flag, Some(value)));
    let is_word =
        |text: &str| text.chars().all(|letter| letter.is_ascii_alphabetic() || matches!(letter, '-' | '_'));
    if is_flag && any_of(&words(flag), &["mode", "action", "task", "command", "job"]) {
        return value.filter(|value| is_word(value)).map(said).unwrap_or_default();
    }
    let says_off = value.is_some_and(|value| flag_of(value) != Some(true));
    if !is_word(flag)
        || says_off
        || any_of(&words(flag), &["max", "limit", "min", "log", "file", "delay", "count", "per"])
    {
        return Vec::new();
    }
    said(flag)
}

fn is_assignment(word: &str) -> bool {
    let Some((name, _)) = word.split_once('=') else { return false };
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// A path without its folders.
fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A file's name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
