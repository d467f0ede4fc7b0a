//! `botiquette completions`: scripts that complete commands and options in a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Failure, Verdict, print};

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
    // Written to memory first: clap_complete panics when a pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "botiquette", &mut script);
    print(|out| out.write_all(&script))?;
    Ok(Verdict::Clean)
}
