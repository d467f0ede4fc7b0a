//! Where reports go: `--format` and `--output` in pairs. Files are tested before anything is linted, and replaced only
//! when the whole report is written. Knows nothing of what a report says.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use botiquette::fs::real;
use botiquette::report;
use botiquette::source::spelled;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};

use super::{Failure, files};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Excerpts with underlined places
    #[default]
    Pretty,
    /// One line per finding
    Concise,
    /// For machines; see `botiquette schema report`
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// Annotations and a job summary for GitHub Actions
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit's XML, for other build servers
    Junit,
}

impl From<Format> for report::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Pretty => Self::Pretty,
            Format::Concise => Self::Concise,
            Format::Json => Self::Json,
            Format::Sarif => Self::Sarif,
            Format::Github => Self::Github,
            Format::Gitlab => Self::Gitlab,
            Format::Junit => Self::Junit,
        }
    }
}

/// The reports that are asked for, each with its file; none means standard output.
#[derive(Clone, Debug)]
pub(super) struct Outputs(Vec<(Format, Option<PathBuf>)>);

impl clap::Args for Outputs {
    fn augment_args(command: Command) -> Command {
        command
            .arg(
                Arg::new("format")
                    .long("format")
                    .short('f')
                    .alias("output-format")
                    .value_name("FORMAT")
                    .action(ArgAction::Append)
                    .value_parser(value_parser!(Format))
                    .help("How to write the report; may be given several times [default: pretty]"),
            )
            .arg(
                Arg::new("output")
                    .long("output")
                    .short('o')
                    .value_name("FILE")
                    .action(ArgAction::Append)
                    .value_parser(value_parser!(PathBuf))
                    .help(
                        "Write the report of the `--format` before it to this file, not to standard output (`-`); \
                         without a `--format` the file's name decides: .json, .sarif, .xml (junit)",
                    ),
            )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Outputs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        pairs(&given::<Format>(matches, "format"), &given::<PathBuf>(matches, "output"))
            .map(Self)
            .map_err(|why| clap::Error::raw(clap::error::ErrorKind::ArgumentConflict, format!("{why}\n")))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The values of an argument with their places on the command line.
fn given<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, name: &str) -> Vec<(usize, T)> {
    let places = matches.indices_of(name).into_iter().flatten();
    places.zip(matches.get_many::<T>(name).into_iter().flatten().cloned()).collect()
}

/// Each file belongs to the format before it; `-` is standard output.
fn pairs(
    formats: &[(usize, Format)],
    files: &[(usize, PathBuf)],
) -> Result<Vec<(Format, Option<PathBuf>)>, String> {
    let mut pairs = matched(formats, files)?;
    for (_, file) in &mut pairs {
        *file = file.take().filter(|file| file.as_os_str() != "-");
    }
    if pairs.iter().filter(|(_, file)| file.is_none()).count() > 1 {
        return Err("only one report can go to standard output; give the others an `--output`".to_owned());
    }
    Ok(pairs)
}

/// Each file with the format before it. Where there is only one of each, their order does not matter.
fn matched(
    formats: &[(usize, Format)],
    files: &[(usize, PathBuf)],
) -> Result<Vec<(Format, Option<PathBuf>)>, String> {
    match (formats, files) {
        ([], []) => return Ok(vec![(Format::default(), None)]),
        ([], files) => {
            return Ok(files.iter().map(|(_, file)| (of_name(file), Some(file.clone()))).collect());
        }
        ([(_, format)], [(_, file)]) => return Ok(vec![(*format, Some(file.clone()))]),
        _ => {}
    }
    let mut pairs: Vec<(usize, Format, Option<PathBuf>)> =
        formats.iter().map(|(place, format)| (*place, *format, None)).collect();
    for (place, file) in files {
        let shown = spelled(file);
        match pairs.iter_mut().rfind(|(format, ..)| format < place) {
            Some((_, _, slot @ None)) => *slot = Some(file.clone()),
            Some(_) => return Err(format!("`--output {shown}` needs a `--format` of its own before it")),
            None => return Err(format!("`--output {shown}` comes before the `--format` it belongs to")),
        }
    }
    Ok(pairs.into_iter().map(|(_, format, file)| (format, file)).collect())
}

/// The format that a file's name stands for.
fn of_name(file: &Path) -> Format {
    match file.extension().and_then(std::ffi::OsStr::to_str) {
        Some("json") => Format::Json,
        Some("sarif") => Format::Sarif,
        Some("xml") => Format::Junit,
        _ => Format::default(),
    }
}

/// A report that can be written.
#[derive(Debug)]
pub(super) struct Sink {
    pub(super) format: Format,
    target: Target,
}

#[derive(Debug)]
enum Target {
    Stdout,
    File(files::Target),
    /// Something that is no file and cannot be replaced, such as `/dev/null`.
    Device(File),
}

/// What a run reads or writes besides reports, and must not be replaced by one.
#[derive(Debug, Default)]
pub(super) struct Taken {
    pub(super) inputs: Vec<PathBuf>,
    pub(super) baselines: Vec<PathBuf>,
}

impl Outputs {
    /// Whether people read all of the reports.
    pub(super) fn are_for_people(&self) -> bool {
        self.0.iter().all(|(format, _)| matches!(format, Format::Pretty | Format::Concise))
    }

    /// Whether one of the reports has this format.
    pub(super) fn has(&self, format: Format) -> bool {
        self.0.iter().any(|(wanted, _)| *wanted == format)
    }

    /// Tries every file before anything is linted.
    pub(super) fn open(&self, taken: &Taken) -> Result<Vec<Sink>, Failure> {
        let mut reports: Vec<PathBuf> = Vec::new();
        let mut sinks = Vec::new();
        for (format, file) in &self.0 {
            let target = match file {
                None => Target::Stdout,
                Some(path) => {
                    let refuse =
                        |why: String| Failure::Usage(format!("cannot write {}: {why}", spelled(path)));
                    let target = open(path).map_err(|error| refuse(error.to_string()))?;
                    if let Target::File(file) = &target {
                        let is_same = |other: &PathBuf| same(other, file.real());
                        if taken.inputs.iter().any(is_same) {
                            return Err(refuse("it is one of the inputs".to_owned()));
                        }
                        if taken.baselines.iter().any(is_same) {
                            return Err(refuse("the baseline would go there, too".to_owned()));
                        }
                        if reports.iter().any(is_same) {
                            return Err(refuse("two reports would go there".to_owned()));
                        }
                        reports.push(file.real().to_path_buf());
                    }
                    target
                }
            };
            sinks.push(Sink { format: *format, target });
        }
        Ok(sinks)
    }
}

fn open(path: &Path) -> io::Result<Target> {
    match files::open_device(path)? {
        Some(device) => Ok(Target::Device(device)),
        None => files::Target::of(path).map(Target::File),
    }
}

/// Whether two paths are one file, which need not be there yet.
fn same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| real(path).unwrap_or_else(|_| path.to_path_buf());
    whole(one) == whole(other)
}

impl Sink {
    /// Whether the report would replace this file.
    pub(super) fn replaces(&self, file: &Path) -> bool {
        match &self.target {
            Target::File(target) => same(file, target.real()),
            Target::Stdout | Target::Device(_) => false,
        }
    }

    /// Whether people may be watching.
    pub(super) const fn is_stdout(&self) -> bool {
        matches!(self.target, Target::Stdout)
    }

    /// Writes the report, and puts it in place once it is whole.
    pub(super) fn write(self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        match self.target {
            Target::Stdout => super::print(write),
            Target::Device(mut device) => through(&mut device, write)
                .map_err(|source| Failure::System { doing: "write the report", source }),
            Target::File(target) => {
                // Whole in memory first: on the disk it is unfinished only for a moment.
                let mut report = Vec::new();
                write(&mut report).and_then(|()| target.put(&report)).map_err(|source| {
                    Failure::Usage(format!("cannot write {}: {source}", spelled(target.real())))
                })
            }
        }
    }
}

fn through(out: &mut dyn Write, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    write(&mut out).and_then(|()| out.flush())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paired(words: &[&str]) -> Result<String, String> {
        let (mut formats, mut files) = (Vec::new(), Vec::new());
        for (place, word) in words.iter().enumerate() {
            match word.strip_prefix('>') {
                Some(file) => files.push((place, PathBuf::from(file))),
                None => formats.push((place, Format::from_str(word, false).unwrap())),
            }
        }
        let shown = |(format, file): &(Format, Option<PathBuf>)| {
            let file = file.as_ref().map_or_else(|| "stdout".to_owned(), |file| file.display().to_string());
            format!("{format:?} to {file}")
        };
        pairs(&formats, &files).map(|pairs| pairs.iter().map(shown).collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn each_file_belongs_to_the_format_before_it() {
        let cases: [(&[&str], &str); 13] = [
            (&[], "Pretty to stdout"),
            (&[">a"], "Pretty to a"),
            (&[">a.json"], "Json to a.json"),
            (&[">a.sarif", ">b.xml", ">c.txt"], "Sarif to a.sarif, Junit to b.xml, Pretty to c.txt"),
            (&[">a.json", "sarif"], "Sarif to a.json"),
            (&[">-"], "Pretty to stdout"),
            (&[">a", "json"], "Json to a"),
            (&["json"], "Json to stdout"),
            (&["pretty", "sarif", ">a"], "Pretty to stdout, Sarif to a"),
            (&["sarif", ">a", "pretty"], "Sarif to a, Pretty to stdout"),
            (&["sarif", ">a", "junit", ">b"], "Sarif to a, Junit to b"),
            (&["json", ">-"], "Json to stdout"),
            (&["sarif", ">a", "junit", ">-"], "Sarif to a, Junit to stdout"),
        ];
        for (words, expected) in cases {
            assert_eq!(paired(words).as_deref(), Ok(expected), "{words:?}");
        }
    }

    #[test]
    fn what_is_not_a_pair_is_refused() {
        let cases: [(&[&str], &str); 4] = [
            (&["json", "sarif"], "only one report"),
            (&["json", "sarif", ">-"], "only one report"),
            (&[">a", "json", "sarif"], "comes before"),
            (&["json", ">a", ">b"], "of its own"),
        ];
        for (words, expected) in cases {
            assert!(paired(words).is_err_and(|why| why.contains(expected)), "{words:?}");
        }
    }
}
