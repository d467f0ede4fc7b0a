//! What an automation does, in plain sentences: "it" is the bot, "you" whoever owns the account.
//! May know the model only; words that are unknown are said to be unknown.

mod acts;
mod deed;
mod guards;
mod limits;
mod message;
mod people;
mod sentence;
mod triggers;
mod words;

pub use deed::deed;
pub use guards::guards;
pub use limits::{limits, runs};
pub use sentence::{occasion, sentence};
pub use triggers::event;
pub use words::{amount, capital, days, listed};
