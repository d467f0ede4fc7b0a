//! What all pictures are made of: how they begin, and words in them.

use std::io::{self, Write};

use super::style::sheet;
use super::text::xml;

/// Begins a picture of this size in pixels, on paper, with the common style and `style`. `described` says in words what
/// it shows, for those who cannot see it.
pub(crate) fn begin(
    out: &mut dyn Write,
    (width, height): (f64, f64),
    title: &str,
    described: &str,
    style: &str,
) -> io::Result<()> {
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" aria-labelledby=\"title desc\">"
    )?;
    writeln!(out, "<title id=\"title\">{}</title>", xml(title))?;
    writeln!(out, "<desc id=\"desc\">{}</desc>", xml(described))?;
    writeln!(out, "<style>\n{}{style}</style>", sheet())?;
    writeln!(out, "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>")
}

/// Words that begin at a point.
pub(crate) fn label(out: &mut dyn Write, class: &str, x: f64, y: f64, words: &str) -> io::Result<()> {
    writeln!(out, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", xml(words))
}

/// Words whose `anchor` is at a point: their `start`, `middle` or `end`.
pub(crate) fn anchored(
    out: &mut dyn Write,
    class: &str,
    x: f64,
    y: f64,
    anchor: &str,
    words: &str,
) -> io::Result<()> {
    writeln!(
        out,
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
        xml(words)
    )
}
