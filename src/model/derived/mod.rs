//! What follows from the stated fields: who is looked at together, consent, rates, routes. Definitions are those of
//! the rule catalogue; every rule uses these, and none computes its own.

mod consent;
mod rate;
mod routes;
mod view;
mod world;

pub use rate::Rate;
pub use view::{View, position};
pub use world::World;
