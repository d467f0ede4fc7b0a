//! botiquette reads the configuration a bot will run, works out what that bot will do to people,
//! and points at the lines that make it antisocial, with what to do instead.
//!
//! This is the library behind the command: it is given texts, and gives back findings. A [`Linter`] is made of
//! [`Settings`] and rules, a [`Project`] holds files by their paths, and [`Linter::check`] says in an [`Outcome`] what
//! was found and what was understood. It reads no arguments, no environment and no terminal, and starts no process
//! unless it is asked to read a git revision.
//!
//! ```
//! use botiquette::{Linter, Project, Severity};
//!
//! let linter = Linter::builder().build()?;
//! let mut project = Project::new();
//! project.add(
//!     "bots/farewell.yaml",
//!     "account: { handle: '@news', platform: mastodon }
//! automations:
//!   - on: unfollowed
//!     do: { post: '@{handle} has left us. Shame!' }
//! ",
//! );
//!
//! let outcome = linter.check(&project);
//! let finding = outcome.findings().find(|finding| finding.rule == "unfollow-shaming").expect("it names people");
//! assert_eq!(finding.severity, Severity::Error);
//!
//! let place = finding.primary.place;
//! let file = outcome.file(place).expect("every finding has a file");
//! assert_eq!(file.path().to_str(), Some("bots/farewell.yaml"));
//! assert_eq!(file.slice(place.span), "'@{handle} has left us. Shame!'");
//! assert_eq!(file.position(place.span.start).line, 4);
//! // As editors count it: lines from 0, units of UTF-16.
//! assert_eq!(file.utf16(place.span.start).character, 16);
//! # Ok::<(), botiquette::BuildError>(())
//! ```
//!
//! What is typed in an editor is laid over its file with [`Project::open`], and taken away with [`Project::close`].
//! [`report::write()`] writes an outcome in any format of the command.
//!
//! # Features
//!
//! All are on by default; without any, the library needs no file system, no threads and no terminal, and runs where
//! WebAssembly runs.
//!
//! * `fs`: settings, and what they name, can be read from a disk or a git revision (`Settings::read`). Without it
//!   they come from any [`Files`], such as a map in memory.
//! * `parallel`: files, and parts of large ones, are looked at in threads.
//! * `pretty`: the format for people, with excerpts.
//!
//! # What is stable
//!
//! What this page names. Modules that it does not list are public for the command, its tests and fuzzing only, and
//! change without notice.

#[doc(hidden)]
pub mod analysis;
#[doc(hidden)]
pub mod compare;
#[doc(hidden)]
pub mod describe;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod dialect;
mod engine;
#[doc(hidden)]
pub mod exempt;
#[doc(hidden)]
pub mod fix;
#[doc(hidden)]
pub mod forecast;
#[doc(hidden)]
pub mod fs;
#[doc(hidden)]
pub mod graph;
#[doc(hidden)]
pub mod hygiene;
mod lint;
mod linter;
mod mask;
#[doc(hidden)]
pub mod mistake;
pub mod model;
#[doc(hidden)]
pub mod names;
#[doc(hidden)]
pub mod narrate;
mod parallel;
mod plain;
mod project;
mod reader;
pub mod report;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod settings;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod syntax;

pub use analysis::Study;
pub use diagnostic::{Baseline, Confidence, FileOutcome, FileStatus, Finding, Fix, Label, Safety, Severity};
#[doc(hidden)]
pub use engine::OWN_SETTINGS;
pub use lint::Outcome;
#[doc(hidden)]
pub use lint::{Input, Loaded, NoText, Request, lint, lint_owned, lint_under, lint_with};
pub use linter::{BuildError, Linter, LinterBuilder};
pub use project::Project;
pub use rules::RuleFile;
pub use settings::{FailOn, Profile, Settings};
pub use source::{Files, Place, Position, SourceFile, Utf16Position};
