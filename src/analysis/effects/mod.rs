//! What emerges when automations meet: each act causes events, some events set off automations, and cycles
//! feed themselves. The method and its numbers are in `docs/effects.md`. May know the model, nothing else.

mod assumptions;
mod blast;
mod brakes;
mod build;
mod cycles;
mod gain;
mod growth;
mod induction;
mod matching;
mod network;
mod nodes;
mod places;
mod reach;
mod words;

pub use assumptions::{Assumption, Assumptions};
pub use blast::{Contributor, Reach, reach};
pub use brakes::{Brake, Brakes};
pub use build::{Cause, Effects};
pub use cycles::{Component, Loop, components};
pub use network::{Case, Hop, Kind, Network, Slow, Via};
pub use nodes::Node;
pub use places::Spot;
pub use reach::{Steps, firings, steps};
