//! The effect graph as a picture: a drawing without any format, and a writer for each format.
//! May know the model and its analysis; names of configurations reach a writer only as one safe line.

mod cut;
mod dot;
mod drawing;
mod json;
mod labels;
mod mermaid;
mod svg;
mod twins;

use std::io::{self, Write};

pub use drawing::{Arrow, Card, Cycle, Drawing, Source, Stop};
pub(crate) use svg::{anchored, begin, first_line, label};

use crate::plain::write_guarded;

/// How a picture is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A mermaid flowchart.
    Mermaid,
    /// A graph for Graphviz.
    Dot,
    /// A picture that needs no other tool.
    Svg,
    /// For machines.
    Json,
}

/// Writes a drawing.
///
/// # Errors
///
/// Fails only if writing to `out` fails.
pub fn write(drawing: &Drawing, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Mermaid => {
            write_guarded(false, true, out, |out| mermaid::write(&twins::gathered(drawing), out))
        }
        Format::Dot => write_guarded(false, true, out, |out| dot::write(&twins::gathered(drawing), out)),
        Format::Svg => write_guarded(false, true, out, |out| svg::write(&twins::gathered(drawing), out)),
        Format::Json => json::write(drawing, out),
    }
}
