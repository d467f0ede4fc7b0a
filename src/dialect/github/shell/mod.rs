//! Shell scripts as far as a reader needs them: commands and their words, with quotes taken off, also those in
//! subshells, functions, arms of `case`, substitutions, and behind `xargs`. What only a run knows stays as it is
//! written (`$NAME`, `$(…)`). Knows nothing of any program.

mod reader;
mod words;
mod wrappers;

use reader::Reader;

/// A simple command: its words, and where it begins in the script.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::dialect::github) struct Command {
    pub(in crate::dialect::github) words: Vec<String>,
    /// Where each word begins.
    pub(in crate::dialect::github) places: Vec<usize>,
    pub(in crate::dialect::github) start: usize,
    /// Whether a condition or a case of the script decides about it.
    pub(in crate::dialect::github) conditional: bool,
    /// Whether it runs once for each of several things.
    pub(in crate::dialect::github) looped: bool,
    /// The conditions and cases around it, each with the number of the branch.
    pub(in crate::dialect::github) branches: Vec<(usize, usize)>,
    /// The text that it reads, where the script says it plainly.
    pub(in crate::dialect::github) input: Option<String>,
}

/// Substitutions and strings of commands are read so deeply.
const MAX_DEPTH: usize = 8;

/// So many commands of a script are read; one that has more is not written by hand.
const MAX_COMMANDS: usize = 5_000;

/// The commands of a script, in order. Never fails: what is not understood is part of a word.
pub(in crate::dialect::github) fn commands(script: &str) -> Vec<Command> {
    let mut reader = Reader::new(script, 0, MAX_DEPTH);
    reader.read();
    reader.commands
}

/// The value of an option: `--name value`, `--name=value`, or `-n value`.
pub(in crate::dialect::github) fn option<'c>(words: &'c [String], names: &[&str]) -> Option<&'c str> {
    option_at(words, names).map(|(_, value)| value)
}

/// The value of an option, and the number of the word that it stands in.
pub(in crate::dialect::github) fn option_at<'c>(
    words: &'c [String],
    names: &[&str],
) -> Option<(usize, &'c str)> {
    words.iter().enumerate().find_map(|(place, word)| {
        let name = names.iter().find(|name| word.starts_with(**name))?;
        match word.get(name.len()..)? {
            "" => words.get(place + 1).map(|value| (place + 1, value.as_str())),
            rest => rest.strip_prefix('=').map(|value| (place, value)),
        }
    })
}

/// Whether a word sets a variable.
pub(in crate::dialect::github) fn is_assignment(word: &str) -> bool {
    let name = word.split_once('=').map_or("", |(name, _)| name);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(script: &str) -> Vec<Vec<String>> {
        commands(script).into_iter().map(|command| command.words).collect()
    }

    #[test]
    fn words_lose_their_quotes_and_nothing_else() {
        for (script, expected) in [
            ("gh pr close \"$N\" --comment 'no thanks'", "gh|pr|close|$N|--comment|no thanks"),
            ("gh pr comment 1 \\\n  --body=\"a \\\"b\\\" c\"", "gh|pr|comment|1|--body=a \"b\" c"),
            ("X=1 gh issue close 2 # done", "gh|issue|close|2|#|done"),
            ("echo $(date -d '-3 days')", "echo|$(date -d '-3 days')"),
            ("gh x --body \"$(cat <<'EOF'\nHello\nyou\nEOF\n)\"", "gh|x|--body|Hello\nyou"),
            ("gh x -F - <<EOF\nHello\nEOF\n", "gh|x|-F|-|Hello"),
            ("'open", "open"),
        ] {
            assert_eq!(
                words(script).last().map(|words| words.join("|")),
                Some(expected.to_owned()),
                "{script}"
            );
        }
    }

    #[test]
    fn commands_end_at_lines_and_operators() {
        let script = "# note\nset -e; a && b | c\nif [ x ]; then\n  d\nfi\nfor i in 1; do e; done";
        let found: Vec<_> = commands(script)
            .into_iter()
            .map(|command| (command.words.join(" "), command.conditional))
            .collect();
        let found: Vec<_> = found.iter().map(|(words, conditional)| (words.as_str(), *conditional)).collect();
        assert_eq!(
            found,
            [
                ("set -e", false),
                ("a", false),
                ("b", false),
                ("c", false),
                ("[ x ]", true),
                ("d", true),
                ("for i in 1", false),
                ("e", false)
            ]
        );
    }

    #[test]
    fn commands_are_read_wherever_they_stand() {
        for (script, expected) in [
            ("case $X in bug) run 1;; idea|wish) run 2 ;; esac; run 3", "run 1?|run 2?|run 3"),
            ("(cd x && run 1)", "cd x|run 1"),
            ("f() { run 1; }\nf", "run 1|f"),
            ("function f {\n run 1\n}", "run 1"),
            ("x=$(run 1)\necho \"$(run 2)\" `run 3`", "run 1|x=$(run 1)|run 2|run 3|echo $(run 2) $(run 3)"),
            ("[ -n \"$X\" ] && run 1\nrun 2", "[ -n $X ]|run 1?|run 2"),
            ("[ x ] || { run 1; run 2; }; run 3", "[ x ]|run 1?|run 2?|run 3"),
            ("if a; then exit 0; fi\nrun 1", "a?|exit 0?|run 1?"),
            ("list | xargs -n 1 -I {} run {}", "list|run {}*"),
            ("while read n; do run $n; done < <(list)", "read n*|run $n*|list"),
            ("for i in a b; do run $i; done; run 2", "for i in a b*|run $i*|run 2"),
            ("sudo env A=1 run 1", "run 1"),
            ("bash -c 'run 1; run 2'", "run 1|run 2|bash -c run 1; run 2"),
            ("for ((i=0; i<3; i++)); do run; done", "for i=0*|i<3*|i++*|run*"),
        ] {
            let found: Vec<_> = commands(script)
                .into_iter()
                .map(|command| {
                    let marks = [(command.conditional, "?"), (command.looped, "*")];
                    let marks: String =
                        marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark).collect();
                    command.words.join(" ") + &marks
                })
                .collect();
            assert_eq!(found.join("|"), expected, "{script}");
        }
    }

    #[test]
    fn texts_are_piped_and_written_into_files() {
        for (script, expected) in [
            ("echo \"Hello you\" | run -", Some("Hello you")),
            ("printf '%s\\n' 'Hello you' | run -", Some("Hello you")),
            ("printf 'Open: %s\\n' \"$(count)\" \\\n  | run -F -", None),
            ("cat <<EOF | run -F -\nHello you\nEOF\n", Some("Hello you")),
            ("cat > body.md <<EOF\nHello you\nEOF\nrun --body-file body.md", Some("Hello you")),
            ("echo 'Hello you' > body.md; run -F body.md", Some("Hello you")),
        ] {
            let commands = commands(script);
            let run = commands.iter().find(|command| command.words.first().is_some_and(|word| word == "run"));
            assert_eq!(run.and_then(|command| command.input.as_deref()), expected, "{script}");
        }
    }

    #[test]
    fn options_have_values() {
        let words: Vec<String> = ["--body", "x", "-c=y"].iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(option(&words, &["--body", "-b"]), Some("x"));
        assert_eq!(option(&words, &["-c"]), Some("y"));
        assert_eq!(option(&words, &["--title"]), None);
    }

    #[test]
    fn odd_scripts_end() {
        for script in ["\"", "$(", "<<", "<<EOF", "\\", "a \\", "'", "é\"ü$(é", "<<''\n\n"] {
            commands(script);
        }
    }
}
