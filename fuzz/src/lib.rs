//! What both fuzzers share: targets, inputs to begin with, and mutations.

mod mutate;
pub mod seeds;
mod targets;

pub use mutate::mutate;
pub use targets::{Case, Target};
