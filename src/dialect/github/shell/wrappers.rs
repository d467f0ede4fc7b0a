//! Commands that only run another one: `sudo`, `env`, `timeout`, `xargs`, `parallel`, and shells that are given a text.

use super::{Command, is_assignment};

/// Programs that run what follows, with the options that take a value.
const WRAPPERS: &[(&str, &[&str])] = &[
    ("sudo", &["-u"]),
    ("env", &["-u"]),
    ("command", &[]),
    ("exec", &[]),
    ("nohup", &[]),
    ("nice", &["-n"]),
    ("timeout", &["-k", "-s"]),
    ("xargs", &["-n", "-I", "-P", "-L", "-d", "-a", "-s", "--max-args", "--max-procs", "--replace"]),
    ("parallel", &["-j", "-n", "-N", "--jobs", "--colsep"]),
];

/// A command without what only runs it, and the text that a shell is given, with its place.
pub(super) fn unwrapped(mut command: Command) -> (Command, Option<(usize, String)>) {
    while let Some((name, valued)) =
        command.words.first().and_then(|word| WRAPPERS.iter().find(|(name, _)| name == word))
    {
        let repeats = matches!(*name, "xargs" | "parallel");
        let mut skip = 1;
        while let Some(word) = command.words.get(skip) {
            let is_option = word.starts_with('-') || *name == "env" && is_assignment(word);
            let is_time = *name == "timeout" && word.starts_with(|c: char| c.is_ascii_digit());
            if !is_option && !is_time {
                break;
            }
            skip += if valued.contains(&word.as_str()) { 2 } else { 1 };
        }
        if skip >= command.words.len() {
            break;
        }
        command.words.drain(..skip);
        command.places.drain(..skip.min(command.places.len()));
        command.looped |= repeats;
    }
    let is_shell = command.words.first().is_some_and(|word| matches!(word.as_str(), "bash" | "sh" | "zsh"));
    let given = command.words.iter().position(|word| word.starts_with('-') && word.ends_with('c'));
    let text = given.filter(|_| is_shell).and_then(|place| {
        let text = command.words.get(place + 1)?;
        Some((*command.places.get(place + 1)?, text.clone()))
    });
    (command, text)
}
