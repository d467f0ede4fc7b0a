//! Findings and what is done with them: order, subsumption, the report of a run.
//! May know places in sources; never a dialect, a rule's condition or an output format.

mod baseline;
mod cap;
mod finding;
mod fingerprint;
mod fix;
mod report;
mod settle;
pub mod suppress;

pub use baseline::{Baseline, BaselineError};
pub use cap::{Caps, LeftOut, cap};
pub use finding::{Confidence, Finding, Label, Severity, Subject, SuppressedBy, Suppression};
pub(crate) use fingerprint::hash;
pub use fingerprint::{fingerprints, stamp};
pub use fix::{Edit, Fix, Safety};
pub use report::{FileOutcome, FileStatus, Home, Report, RuleCard, Summary};
pub use settle::{Covers, note, settle};
