//! botiquette reads the configuration a bot will run, works out what that bot will do to people,
//! and points at the lines that make it antisocial, with what to do instead.

pub mod analysis;
pub mod describe;
pub mod diagnostic;
pub mod dialect;
mod engine;
pub mod exempt;
pub mod fs;
pub mod graph;
pub mod hygiene;
mod lint;
mod mask;
pub mod mistake;
pub mod model;
pub mod names;
pub mod narrate;
mod parallel;
mod plain;
mod reader;
pub mod report;
pub mod rules;
pub mod settings;
pub mod source;
pub mod syntax;

pub use lint::{Input, Loaded, NoText, Outcome, Request, lint, lint_owned, lint_with};
