//! The only part of the library that touches a file system, and only with the feature `fs`: one reader, where links
//! lead, how far settings reach, and git revisions. Writes nothing; what is written is the command's.

#[cfg(feature = "fs")]
mod links;
mod paths;
#[cfg(feature = "fs")]
mod reach;
#[cfg(feature = "fs")]
mod read;
#[cfg(feature = "fs")]
mod revision;

#[cfg(feature = "fs")]
pub use links::{Followed, follow, is_of_the_system, leads_out, real};
pub use paths::plain;
pub(crate) use paths::{identity, is_gone, lexical};
#[cfg(feature = "fs")]
pub use reach::Reach;
#[cfg(feature = "fs")]
pub use read::read;
#[cfg(feature = "fs")]
pub use revision::{Revision, RevisionError};
