//! What is said in pop-ups: words of strangers stay words, in Markdown or as plain text.

use botiquette::report::one_line;
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Range};

/// A text for a pop-up, in paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Page {
    paragraphs: Vec<String>,
    markdown: bool,
}

impl Page {
    pub(crate) const fn new(markdown: bool) -> Self {
        Self { paragraphs: Vec::new(), markdown }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// A paragraph; an empty one is left out.
    pub(crate) fn say(&mut self, text: &str) {
        if !text.trim().is_empty() {
            let text = self.text(text);
            self.paragraphs.push(text);
        }
    }

    /// A paragraph behind a word that stands out.
    pub(crate) fn say_under(&mut self, heading: &str, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let text = self.text(text);
        let heading = self.text(heading);
        let strong = if self.markdown { "**" } else { "" };
        self.paragraphs.push(format!("{strong}{heading}{strong}: {text}"));
    }

    /// Items of a list.
    pub(crate) fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {}", self.text(&item))).collect();
        if !items.is_empty() {
            self.paragraphs.push(items.join("\n"));
        }
    }

    /// A link to one of our own pages.
    pub(crate) fn link(&mut self, words: &str, page: &str) {
        self.paragraphs.push(if self.markdown {
            format!("[{words}]({page})")
        } else {
            format!("{words}: {page}")
        });
    }

    fn text(&self, text: &str) -> String {
        let line = one_line(text);
        if self.markdown { escaped(&line) } else { line }
    }

    pub(crate) fn text_of(&self) -> String {
        self.paragraphs.join("\n\n")
    }

    /// The pop-up; none where there is nothing to say.
    pub(crate) fn hover(self, range: Option<Range>) -> Option<Hover> {
        if self.is_empty() {
            return None;
        }
        let kind = if self.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        let value = self.text_of();
        Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value }), range })
    }
}

/// Text that stays text in Markdown. Editors that show the source get as few signs more as can be.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for (at, character) in text.char_indices() {
        let opens = at == 0 && matches!(character, '#' | '-' | '+' | '=' | ':');
        if opens
            || matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$')
        {
            safe.push('\\');
        }
        safe.push(character);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_strangers_are_no_markup() {
        let mut page = Page::new(true);
        page.say("# a [link](https://e.org) and <b>\n\n`code`");
        page.say(" ");
        assert_eq!(page.text_of(), "\\# a \\[link\\](https://e.org) and \\<b\\> \\`code\\`");
        let mut page = Page::new(false);
        page.say_under("Why", "it *hurts*");
        assert_eq!(page.text_of(), "Why: it *hurts*");
    }
}
