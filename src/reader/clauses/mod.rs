//! Clauses: acts that keys and values name, with what fills their slots.

mod act;
mod act_value;
mod action;
pub(crate) mod frame;
pub(crate) mod inbound;
mod unread;
