//! `botiquette init`: a settings file to start from, and how to run the linter in hooks and in CI.

use std::io;
use std::path::Path;

use botiquette::settings::FILE_NAME;

use super::files::Target;
use super::{Failure, Verdict, print};

/// Write a commented botiquette.toml, and print what hooks and CI need
#[derive(clap::Args, Debug)]
#[command(after_help = "\
A file that is there already is never overwritten.

Example:
  botiquette init")]
pub(super) struct Arguments {
    /// Print the settings file instead of writing it
    #[arg(long)]
    print: bool,
}

/// The settings file: every key, switched off.
const SETTINGS: &str = include_str!("init.toml");

/// What else a repository needs.
const SNIPPETS: &str = r#"For pre-commit, in .pre-commit-config.yaml:

  repos:
    - repo: https://github.com/botiquette/botiquette
      rev: v0.1.0
      hooks:
        - id: botiquette

For CI, on any machine that has botiquette:

  botiquette lint

Where there are findings already, begin with a baseline, so that only new ones count:

  botiquette lint --write-baseline .botiquette-baseline.json

and name it in botiquette.toml: baseline = ".botiquette-baseline.json"
"#;

pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failure> {
    if arguments.print {
        print(|out| write!(out, "{SETTINGS}"))?;
        return Ok(Verdict::Clean);
    }
    if Path::new(FILE_NAME).symlink_metadata().is_ok() {
        return Err(Failure::Usage(format!("{FILE_NAME} is there already; it was left as it is")));
    }
    let written = Target::of(Path::new(FILE_NAME)).and_then(|target| target.put_new(SETTINGS.as_bytes()));
    match written {
        Ok(()) => {
            print(|out| {
                write!(out, "{FILE_NAME} written. `botiquette lint` heeds it from now on.\n\n{SNIPPETS}")
            })?;
            Ok(Verdict::Clean)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Failure::Usage(format!("{FILE_NAME} is there already; it was left as it is")))
        }
        Err(source) => Err(Failure::System { doing: "write botiquette.toml", source }),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use botiquette::rules::Rulebook;
    use botiquette::settings::Settings;

    use super::*;

    /// Switched on, every line is a setting that holds.
    #[test]
    fn the_file_is_right_line_by_line() {
        let switched_on: Vec<&str> =
            SETTINGS.lines().map(|line| line.strip_prefix("#:").unwrap_or(line)).collect();
        assert!(switched_on.iter().filter(|line| !line.is_empty() && !line.starts_with('#')).count() > 15);
        for text in [SETTINGS.to_owned(), switched_on.join("\n")] {
            let settings = Settings::parse(Path::new(FILE_NAME), text).unwrap();
            settings.add_to(&mut Rulebook::built_in().unwrap()).unwrap();
        }
    }
}
