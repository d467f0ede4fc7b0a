//! `botiquette man`: manual pages in the format of `man`, made from the help.

use clap::CommandFactory;
use clap_mangen::Man;

use super::{Failure, Verdict, check_name, print};

/// Print a manual page
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette man | man -l -
  botiquette man lint > ~/.local/share/man/man1/botiquette-lint.1")]
pub(super) struct Arguments {
    /// The command that the page is about; by default botiquette as a whole
    command: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    let mut page = super::Arguments::command();
    // Names such as `botiquette-lint`, and options that all commands have.
    page.build();
    if let Some(name) = &arguments.command {
        let names: Vec<&str> = page.get_subcommands().map(clap::Command::get_name).collect();
        check_name("command", name, &names)?;
        if let Some(command) = page.find_subcommand(name) {
            page = command.clone();
        }
    }
    let mut text = Vec::new();
    let source = concat!("botiquette ", env!("CARGO_PKG_VERSION"));
    let rendered = Man::new(page).source(source).render(&mut text);
    rendered.map_err(|source| Failure::System { doing: "write a manual page", source })?;
    print(|out| out.write_all(&text))?;
    Ok(Verdict::Clean)
}
