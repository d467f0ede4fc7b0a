//! Rules are data: this folder loads and checks rule files, and evaluates them on the model.
//! May know the model; never a syntax, a dialect or an offset in a linted file.

mod condition;
mod cues;
mod evaluate;
mod fields;
mod problem;
mod rule;
mod rulebook;
mod shares;
mod thresholds;
mod value;

pub use evaluate::evaluate;
pub use problem::{Problem, nearest};
pub use rule::Rule;
pub use rulebook::{BrokenRulebook, Rulebook, rule_text};
pub use thresholds::{Threshold, Thresholds};
