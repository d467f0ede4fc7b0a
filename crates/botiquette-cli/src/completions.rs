//! `botiquette completions`: scripts that complete commands, options and names in a shell.

use botiquette::dialect;
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Command, CommandFactory};
use clap_complete::Shell;

use super::{Failure, Verdict, catalogue, print};

/// Print a completion script for a shell
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette completions bash > ~/.local/share/bash-completion/completions/botiquette
  botiquette completions fish > ~/.config/fish/completions/botiquette.fish")]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let mut command = with_names(super::Arguments::command())?;
    // Written to memory first: clap_complete panics when a pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "botiquette", &mut script);
    print(|out| out.write_all(&script))?;
    Ok(Verdict::Clean)
}

/// The command with the names that some of its arguments can have. Only scripts want to know them: in the help they
/// would be longer than all the rest.
fn with_names(command: Command) -> Result<Command, Failure> {
    let rulebook = catalogue::rulebook()?;
    let mut families: Vec<String> = rulebook.rules().iter().map(|rule| rule.family.to_string()).collect();
    families.sort_unstable();
    families.dedup();
    let named = |name: &str, help: &str| PossibleValue::new(name.to_owned()).help(help.to_owned());
    let families: Vec<_> = families.iter().map(|family| named(family, "a family of rules")).collect();
    let rules = rulebook.rules().iter().map(|rule| named(&rule.name, &rule.title));
    let either: Vec<_> = families.iter().cloned().chain(rules).collect();
    let dialects: Vec<_> = dialect::built_in().map(|one| named(one.name(), one.title())).collect();
    let arguments = [
        ("lint", "select", &either),
        ("lint", "ignore", &either),
        ("explain", "names", &either),
        ("rules", "family", &families),
        ("lint", "dialect", &dialects),
        ("describe", "dialect", &dialects),
        ("graph", "dialect", &dialects),
        ("diff", "dialect", &dialects),
        ("forecast", "dialect", &dialects),
        ("report", "dialect", &dialects),
    ];
    Ok(arguments.into_iter().fold(command, |command, (name, argument, values)| {
        let parser = PossibleValuesParser::new(values.clone());
        command.mut_subcommand(name, |command| {
            command.mut_arg(argument, |argument| argument.value_parser(parser).hide_possible_values(true))
        })
    }))
}
