//! The `botiquette` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    botiquette_cli::run()
}
