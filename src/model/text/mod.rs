//! What message templates say to whom: their slots, whether one names a person, and how many people are pinged.

mod persons;
mod pings;
mod slots;

pub use persons::names_person;
pub use pings::{pings, pings_on_reddit};
pub use slots::{Slot, slots};
