//! Draws an excerpt with miette: the one place that knows the renderer, behind one diagnostic type.
//! Colours are those that old palettes, too, can show on black and on white: no blue, and no bold
//! yellow, which some terminals brighten.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use owo_colors::Style as Paint;

use super::Style;
use super::excerpt::Excerpt;
use crate::diagnostic::Severity;

/// The colour that stands for a severity.
pub(super) fn severity_paint(severity: Severity) -> Paint {
    match severity {
        Severity::Error => Paint::new().red(),
        Severity::Warning => Paint::new().yellow(),
        Severity::Info => Paint::new().cyan(),
    }
}

/// The excerpt with its line numbers, frame and labels; ends with a line feed.
pub(super) fn draw(excerpt: &Excerpt, severity: Severity, style: &Style) -> String {
    let handler = GraphicalReportHandler::new_themed(theme(excerpt, severity, style))
        .with_width(style.width)
        .with_context_lines(0)
        .with_links(false)
        .without_cause_chain()
        .without_primary_span_start()
        .without_syntax_highlighting();
    let mut drawn = String::new();
    // Writing to a string cannot fail, and an excerpt can always be read.
    let _ = handler.render_report(&mut drawn, &Drawing(excerpt));
    // miette begins with a headline of its own, which is empty here: ours stands above already.
    let snippet = drawn.lines().skip(1);
    snippet.map(|line| format!("{:indent$}{line}\n", "", indent = excerpt.indent)).collect()
}

fn theme(excerpt: &Excerpt, severity: Severity, style: &Style) -> GraphicalTheme {
    let characters = if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let characters = ThemeCharacters { error: String::new(), ..characters };
    if !style.color {
        return GraphicalTheme { characters, styles: ThemeStyles::none() };
    }
    // miette hands its styles to the labels in their order, which is that of the marks.
    let highlights = excerpt
        .marks
        .iter()
        .map(|mark| if mark.main { severity_paint(severity) } else { Paint::new().cyan() })
        .collect();
    let styles = ThemeStyles {
        link: Paint::new().bold(),
        linum: Paint::new().dimmed(),
        highlights,
        ..ThemeStyles::none()
    };
    GraphicalTheme { characters, styles }
}

/// An excerpt as miette sees it: a diagnostic without words.
#[derive(Debug)]
struct Drawing<'a>(&'a Excerpt);

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing<'_> {}

impl Diagnostic for Drawing<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.0.marks.iter().map(|mark| {
            let text = (!mark.text.is_empty()).then(|| mark.text.clone());
            LabeledSpan::new(text, mark.start, mark.end - mark.start)
        })))
    }
}

impl SourceCode for Drawing<'_> {
    /// The whole excerpt, whatever is asked for: what to show has been decided before.
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.0.text.as_bytes();
        let contents = MietteSpanContents::new_named(
            self.0.location.clone(),
            text,
            SourceSpan::new(0.into(), text.len()),
            self.0.first_line.saturating_sub(1),
            0,
            0,
        );
        Ok(Box::new(contents))
    }
}
