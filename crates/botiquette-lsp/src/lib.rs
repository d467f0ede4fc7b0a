//! The language server of botiquette: what is typed into a bot's configuration is judged while it is typed.
//!
//! [`serve`] speaks the Language Server Protocol over any two streams until the client says `exit`. One thread reads
//! and one writes; everything else happens on the caller's, one message after the other: a check takes less time than
//! handing it over, and no answer can rest on an outdated text. What has come in meanwhile is taken at once before
//! anything is checked, so that ten keystrokes are one check. Only if very many bots are checked together, a file is
//! checked at once with the files that it depends on, and everything else in the background.
//!
//! Messages have the types of `lsp-server`, which is rust-analyzer's own, small, synchronous and kept up with it;
//! `tower-lsp-server` and `async-lsp` bring an asynchronous runtime that one thread has no use for. Its streams are
//! not used: they end at the first message that cannot be read and reserve as much memory as a header names.
//!
//! May know the library's front door, never a rule, a dialect's insides or the command.

mod actions;
mod buffers;
mod client;
mod diagnostics;
mod disk;
mod edit;
mod extent;
mod hover;
mod markdown;
mod places;
mod position;
mod schema;
mod server;
mod symbols;
mod transport;
mod uri;

use std::io::{BufRead, Write};

pub use disk::Disk;

/// Serves one client until it says `exit` or its stream ends. Returns whether it said goodbye as it should.
pub fn serve(
    disk: &dyn Disk,
    input: impl BufRead + Send + 'static,
    output: impl Write + Send + 'static,
) -> bool {
    let transport::Streams { queue, taken, out } = transport::start(input, output);
    server::Server::new(disk, out, places::Later::new(taken)).run(&queue)
}
