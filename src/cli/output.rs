//! Where reports go: `--format` and `--output` as pairs, files that are tried before anything is linted, and
//! replaced only when the whole report is written. Knows nothing of what a report says.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use botiquette::report;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};
use tempfile::NamedTempFile;

use super::Failure;

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
                    .value_name("FORMAT")
                    .action(ArgAction::Append)
                    .value_parser(value_parser!(Format))
                    .help("How to write the report; may be given several times [default: pretty]"),
            )
            .arg(
                Arg::new("output")
                    .long("output")
                    .value_name("FILE")
                    .action(ArgAction::Append)
                    .value_parser(value_parser!(PathBuf))
                    .help(
                        "Write the report of the `--format` before it to this file, not to standard output",
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

/// Each file belongs to the format before it. Where there is only one of each, their order does not matter.
fn pairs(
    formats: &[(usize, Format)],
    files: &[(usize, PathBuf)],
) -> Result<Vec<(Format, Option<PathBuf>)>, String> {
    match (formats, files) {
        ([], []) => return Ok(vec![(Format::default(), None)]),
        ([], [(_, file)]) => return Ok(vec![(Format::default(), Some(file.clone()))]),
        ([(_, format)], [(_, file)]) => return Ok(vec![(*format, Some(file.clone()))]),
        _ => {}
    }
    let mut pairs: Vec<(usize, Format, Option<PathBuf>)> =
        formats.iter().map(|(place, format)| (*place, *format, None)).collect();
    for (place, file) in files {
        let shown = file.display();
        match pairs.iter_mut().rfind(|(format, ..)| format < place) {
            Some((_, _, slot @ None)) => *slot = Some(file.clone()),
            Some(_) => return Err(format!("`--output {shown}` needs a `--format` of its own before it")),
            None => return Err(format!("`--output {shown}` comes before the `--format` it belongs to")),
        }
    }
    if pairs.iter().filter(|(_, _, file)| file.is_none()).count() > 1 {
        return Err("only one report can go to standard output; give the others an `--output`".to_owned());
    }
    Ok(pairs.into_iter().map(|(_, format, file)| (format, file)).collect())
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
    /// A new file beside the one that it will replace.
    File {
        path: PathBuf,
        new: NamedTempFile,
    },
    /// Something that is no file and cannot be replaced, such as `/dev/null`.
    Device(File),
}

impl Outputs {
    /// Whether one of the reports has this format.
    pub(super) fn has(&self, format: Format) -> bool {
        self.0.iter().any(|(wanted, _)| *wanted == format)
    }

    /// Tries every file before anything is linted. `inputs` are what the user wants to be read.
    pub(super) fn open(&self, inputs: &[PathBuf]) -> Result<Vec<Sink>, Failure> {
        let mut taken: Vec<PathBuf> = Vec::new();
        let mut sinks = Vec::new();
        for (format, file) in &self.0 {
            let target = match file {
                None => Target::Stdout,
                Some(path) => {
                    let refuse =
                        |why: String| Failure::Usage(format!("cannot write {}: {why}", path.display()));
                    let target = open(path, inputs).map_err(refuse)?;
                    if let Target::File { path: real, .. } = &target {
                        if taken.contains(real) {
                            return Err(refuse("two reports would go there".to_owned()));
                        }
                        taken.push(real.clone());
                    }
                    target
                }
            };
            sinks.push(Sink { format: *format, target });
        }
        Ok(sinks)
    }
}

fn open(path: &Path, inputs: &[PathBuf]) -> Result<Target, String> {
    let because = |error: io::Error| error.to_string();
    let metadata = fs::metadata(path).ok();
    if metadata.as_ref().is_some_and(|found| found.is_dir()) {
        return Err("it is a folder".to_owned());
    }
    if metadata.as_ref().is_some_and(|found| !found.is_file()) {
        return OpenOptions::new().write(true).open(path).map(Target::Device).map_err(because);
    }
    let real = resolve(path)?;
    if inputs.iter().any(|input| input.canonicalize().is_ok_and(|input| input == real)) {
        return Err("it is one of the inputs".to_owned());
    }
    if metadata.is_some() {
        OpenOptions::new().write(true).open(&real).map_err(because)?;
    }
    let folder = real.parent().ok_or("it is a folder")?;
    let new = new_file(folder).map_err(because)?;
    if let Some(old) = metadata {
        new.as_file().set_permissions(old.permissions()).map_err(because)?;
    }
    Ok(Target::File { path: real, new })
}

/// A file that goes away again unless it is put in place, with the permissions of any new file.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".botiquette-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Where a path really leads. A symbolic link in the tree that is linted may be a stranger's, so one that leads
/// out of the current folder is not followed.
fn resolve(path: &Path) -> Result<PathBuf, String> {
    let because = |error: io::Error| error.to_string();
    let name = path.file_name().ok_or("it is a folder")?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let real = if fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        path.canonicalize().map_err(|_| "it is a symbolic link to nothing".to_owned())?
    } else {
        folder.canonicalize().map_err(because)?.join(name)
    };
    let here = Path::new(".").canonicalize().map_err(because)?;
    let upwards = path.components().any(|part| part == Component::ParentDir);
    let seems_inside = !upwards && (path.is_relative() || path.starts_with(&here));
    if seems_inside && !real.starts_with(&here) {
        return Err("a symbolic link leads out of this folder".to_owned());
    }
    Ok(real)
}

impl Sink {
    /// Whether the report would replace this file.
    pub(super) fn replaces(&self, file: &Path) -> bool {
        match &self.target {
            Target::File { path, .. } => file.canonicalize().is_ok_and(|file| file == *path),
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
            Target::File { path, mut new } => {
                let written =
                    through(&mut new, write).and_then(|()| new.persist(&path).map_err(|error| error.error));
                written
                    .map(drop)
                    .map_err(|source| Failure::Usage(format!("cannot write {}: {source}", path.display())))
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
        let cases: [(&[&str], &str); 7] = [
            (&[], "Pretty to stdout"),
            (&[">a"], "Pretty to a"),
            (&[">a", "json"], "Json to a"),
            (&["json"], "Json to stdout"),
            (&["pretty", "sarif", ">a"], "Pretty to stdout, Sarif to a"),
            (&["sarif", ">a", "pretty"], "Sarif to a, Pretty to stdout"),
            (&["sarif", ">a", "junit", ">b"], "Sarif to a, Junit to b"),
        ];
        for (words, expected) in cases {
            assert_eq!(paired(words).as_deref(), Ok(expected), "{words:?}");
        }
    }

    #[test]
    fn what_is_not_a_pair_is_refused() {
        let cases: [(&[&str], &str); 4] = [
            (&["json", "sarif"], "only one report"),
            (&[">a", "json", "sarif"], "comes before"),
            (&["json", ">a", ">b"], "of its own"),
            (&[">a", ">b"], "comes before"),
        ];
        for (words, expected) in cases {
            assert!(paired(words).is_err_and(|why| why.contains(expected)), "{words:?}");
        }
    }
}
