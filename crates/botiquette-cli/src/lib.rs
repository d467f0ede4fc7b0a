//! The command line: argument types, one file per command, exit codes.
//! May know the library's front door and the report writers; never how anything is found out.

mod baseline;
mod batch;
mod catalogue;
mod ci;
mod completions;
mod describe;
mod dialects;
mod diff;
mod explain;
pub mod files;
mod forecast;
mod gate;
mod governing;
mod graph;
mod init;
mod inputs;
mod lint;
mod lsp;
mod output;
mod page;
mod progress;
mod rules;
mod schema;
mod suppressions;
mod table;
mod terminal;
mod test_dialects;
mod test_rules;
mod understood;
mod watch;

use std::env;
use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use botiquette::BuildError;
use botiquette::diagnostic::BaselineError;
use botiquette::mistake::{MOST_TOLD, Mistake};
use botiquette::names::proposals;
use botiquette::report::{guarded, in_ascii, one_line, write_json};
use botiquette::rules::BrokenRulebook;
use botiquette::settings::SettingsError;
use clap::{Parser, Subcommand};
use serde::Serialize;

use terminal::ColorChoice;

pub use batch::Reporter;

const EXAMPLES: &str = "\
Examples:
  botiquette lint                    Lint every bot configuration below this folder
  botiquette lint bot.yaml --format json
  botiquette explain follow-ratchet  Say what a rule means and what to do instead
  botiquette dialects                List the tools whose files are understood

Exit codes: 0 nothing to complain about, 1 findings, 2 something could not be done";

/// The linter for bots' manners: says what a bot's configuration will do to people.
#[derive(Debug, Parser)]
#[command(name = "botiquette", version, after_help = EXAMPLES, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// When to use colour; `auto` heeds the terminal, NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t, display_order = 90)]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    Lint(Box<lint::Arguments>),
    Batch(Box<batch::Arguments>),
    Describe(describe::Arguments),
    Diff(diff::Arguments),
    Forecast(forecast::Arguments),
    Graph(graph::Arguments),
    Report(page::Arguments),
    Init(init::Arguments),
    Lsp(lsp::Arguments),
    Explain(explain::Arguments),
    Rules(rules::Arguments),
    Dialects(dialects::Arguments),
    Schema(schema::Arguments),
    TestRules(test_rules::Arguments),
    TestDialects(test_dialects::Arguments),
    Completions(completions::Arguments),
}

/// What a run comes to, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Findings at or above it.
    Findings,
    /// Wrong arguments, or an input that could not be read, recognised or parsed.
    Trouble,
}

impl From<Verdict> for u8 {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Clean => 0,
            Verdict::Findings => 1,
            Verdict::Trouble => 2,
        }
    }
}

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The user's: an argument that names nothing we know.
    #[error("{0}")]
    Usage(String),
    /// The user's: settings, or rules of their own, with mistakes.
    #[error("{0}")]
    Settings(SettingsError),
    /// The user's: a baseline that is none, or that cannot be written.
    #[error("{0}")]
    Baseline(#[from] BaselineError),
    /// The reader of our output stopped reading, as `head` does. Nobody's fault.
    #[error("nobody reads the output")]
    Unread,
    /// Ours: the rulebook that is part of the binary cannot be used.
    #[error("{0}")]
    Bug(BrokenRulebook),
    /// The system's.
    #[error("cannot {doing}: {source}")]
    System { doing: &'static str, source: io::Error },
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        match error {
            BuildError::Settings(error) => Self::Settings(error),
            BuildError::Rules(mistakes) | BuildError::Dialects(mistakes) => {
                Self::Settings(SettingsError::Mistakes(mistakes))
            }
            BuildError::Baseline(error) => Self::Baseline(error),
            BuildError::Bug(error) => Self::Bug(error),
            BuildError::Pack(_) | BuildError::Unknown { .. } => Self::Usage(error.to_string()),
        }
    }
}

impl Failure {
    /// What a failed write to standard output means.
    fn writing(source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::BrokenPipe {
            Self::Unread
        } else {
            Self::System { doing: "write to standard output", source }
        }
    }
}

/// Runs the command that the arguments of this process ask for.
#[must_use]
pub fn run() -> ExitCode {
    run_with(env::args_os()).into()
}

/// Runs the command that these arguments ask for, of which the first is its name. Returns the exit code. Arguments that
/// are wrong, or ask for help, end the process.
#[must_use]
pub fn run_with(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = Arguments::try_parse_from(arguments).unwrap_or_else(|error| refused(&error));
    let color = arguments.color;
    let result = match arguments.command {
        Command::Lint(arguments) => lint::run(*arguments, color),
        Command::Batch(arguments) => batch::run(*arguments),
        Command::Describe(arguments) => describe::run(&arguments, color),
        Command::Diff(arguments) => diff::run(&arguments, color),
        Command::Forecast(arguments) => forecast::run(&arguments, color),
        Command::Graph(arguments) => graph::run(&arguments),
        Command::Report(arguments) => page::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Lsp(arguments) => lsp::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments, color),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Dialects(arguments) => dialects::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::TestRules(arguments) => test_rules::run(&arguments),
        Command::TestDialects(arguments) => test_dialects::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    result.unwrap_or_else(|failure| failed(&failure)).into()
}

/// Says what is wrong with the arguments, or prints what they ask for, and ends. A shell puts names of files among
/// the arguments, and they can hold anything.
fn refused(error: &clap::Error) -> ! {
    let text = error.render().to_string();
    let harmless = guarded(&text, false);
    if harmless == text {
        error.exit()
    }
    let _ = write!(io::stderr(), "{harmless}");
    std::process::exit(error.exit_code())
}

/// Says why a command stopped, and what that comes to.
fn failed(failure: &Failure) -> Verdict {
    match failure {
        Failure::Unread => return Verdict::Clean,
        Failure::Settings(SettingsError::Mistakes(mistakes)) => say_mistakes(mistakes),
        failure => say("error", &failure.to_string()),
    }
    Verdict::Trouble
}

/// Refuses a name that is none of the known ones, and proposes the nearest of these.
fn check_name(kind: &str, name: &str, known: &[&str]) -> Result<(), Failure> {
    if known.contains(&name) {
        return Ok(());
    }
    Err(Failure::Usage(format!("unknown {kind} `{name}`{}", proposals(name, known))))
}

/// Writes text for people to standard output: what `write` writes, after a last look at it.
fn print_text(in_color: bool, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut text = Vec::new();
    write(&mut text).map_err(Failure::writing)?;
    let text = guarded(&String::from_utf8_lossy(&text), in_color);
    let text = if terminal::shows_unicode() { text } else { in_ascii(&text) };
    print(|out| out.write_all(text.as_bytes()))
}

/// Writes a document for machines to standard output.
fn print_json(document: &impl Serialize) -> Result<(), Failure> {
    print(|out| write_json(document, out))
}

/// Writes to standard output what `write` writes, as it is: for formats that have a safe writer of their own.
fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    write(&mut out).and_then(|()| out.flush()).map_err(Failure::writing)
}

/// Says something on standard error; a closed standard error is no reason to stop.
fn say(kind: &str, message: &str) {
    let message = one_line(message);
    let _ = writeln!(io::stderr(), "{kind}: {message}");
}

/// Says what is wrong in files of the user's, and shows the lines; of very many, the first.
fn say_mistakes(mistakes: &[Mistake]) {
    for mistake in mistakes.iter().take(MOST_TOLD) {
        say("error", &mistake.to_string());
        let _ = writeln!(io::stderr(), "{}", guarded(&mistake.excerpt(), false));
    }
    if let Some(more) = mistakes.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        say("error", &format!("and at least {more} more mistakes"));
    }
}

/// Says what could not be done, of very many the first.
fn say_problems(problems: &[String]) {
    problems.iter().take(MOST_TOLD).for_each(|problem| say("error", problem));
    if let Some(more) = problems.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        say("error", &format!("and {more} more like these"));
    }
}
