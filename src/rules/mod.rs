//! Rules are data: this folder loads and checks rule files, and evaluates them on the model.
//! May know the model; never a syntax, a dialect or an offset in a linted file.

mod called;
mod condition;
mod cues;
mod evaluate;
mod examples;
mod fields;
mod pack;
mod page;
mod pattern;
mod phrase;
mod problem;
mod remedy;
mod rule;
mod rulebook;
mod schema;
mod shares;
mod stories;
mod thresholds;
mod unity;
mod value;

pub use called::is_called;
pub(crate) use cues::{Cues, fold_message};
pub use evaluate::{DailyRate, Uncounted, daily_rates, evaluate, shown};
pub use examples::Example;
pub(crate) use examples::{Verdict, each as each_example};
pub(crate) use pack::is_name;
pub use pack::{RuleFile, rule_files};
pub use page::{Page, page, page_of};
pub use problem::Problem;
pub(crate) use remedy::{Given, Recipe, Step};
pub use rule::Rule;
pub use rulebook::{BrokenRulebook, Rulebook, rule_text};
pub use schema::schema;
pub use thresholds::{Threshold, Thresholds};
pub(crate) use value::{Data, EMBEDDED, Value, embedded};
