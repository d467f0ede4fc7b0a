//! `botiquette explain`: what a rule means, why it matters and what to do instead.

use std::io::{self, Write};

use botiquette::report::{Style, escape, one_line, wrap};
use botiquette::rules::is_called;

use super::catalogue::{self, DialectPage, RulePage, RuleSummary};
use super::terminal::{self, ColorChoice};
use super::{Failure, Verdict, check_name, print_text};

/// Say what rules mean, why they matter and what to do instead
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:
  botiquette explain follow-ratchet
  botiquette explain follow-ratchet unfollow-shaming
  botiquette explain shaming                         The rules of a family in short
  botiquette explain feed2toot                       How files of a tool are recognised")]
pub(super) struct Arguments {
    /// Names of rules, as in `error[follow-ratchet]`, families, patterns such as `follow-*`, or dialects
    #[arg(value_name = "RULE", required = true)]
    names: Vec<String>,
}

/// What a name means.
enum Meant {
    /// A rule, in full.
    Page(Box<RulePage>),
    /// A dialect.
    Dialect(Box<DialectPage>),
    /// Several rules, in short: the name that was given, and they.
    Several(String, Vec<RuleSummary>),
}

pub(super) fn run(arguments: &Arguments, color: ColorChoice) -> Result<Verdict, Failure> {
    // All names are looked up before anything is printed.
    let meant: Vec<Meant> = arguments.names.iter().map(|name| meaning(name)).collect::<Result<_, _>>()?;
    let style = terminal::style(color);
    print_text(style.color, |out| {
        for (number, meant) in meant.iter().enumerate() {
            if number > 0 {
                writeln!(out, "\n")?;
            }
            match meant {
                Meant::Page(page) => write(page, &style, out)?,
                Meant::Dialect(page) => write_dialect(page, &style, out)?,
                Meant::Several(name, rules) => write_several(name, rules, &style, out)?,
            }
        }
        Ok(())
    })?;
    Ok(Verdict::Clean)
}

fn meaning(name: &str) -> Result<Meant, Failure> {
    if let Some(page) = catalogue::page(name)? {
        return Ok(Meant::Page(Box::new(page)));
    }
    let rules = catalogue::rules()?;
    let called: Vec<RuleSummary> =
        rules.iter().filter(|rule| is_called(name, &rule.name, &rule.family)).cloned().collect();
    if called.is_empty() {
        if let Some(page) = catalogue::dialect_page(name)? {
            return Ok(Meant::Dialect(Box::new(page)));
        }
        let mut known: Vec<&str> =
            rules.iter().flat_map(|rule| [rule.name.as_str(), rule.family.as_str()]).collect();
        known.sort_unstable();
        known.dedup();
        check_name("rule", name, &known)?;
    }
    Ok(Meant::Several(name.to_owned(), called))
}

/// The rules of a family, each with its title.
fn write_several(name: &str, rules: &[RuleSummary], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: rules, each explained by `botiquette explain RULE`", strong(&one_line(name), style))?;
    for rule in rules {
        writeln!(out, "\n{} ({})", strong(&one_line(&rule.name), style), rule.severity)?;
        write_paragraphs(&rule.title, style, out)?;
    }
    Ok(())
}

/// A dialect, with its examples.
fn write_dialect(page: &DialectPage, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let dialect = &page.summary;
    writeln!(out, "{}: {}", strong(&one_line(&dialect.name), style), one_line(&dialect.tool))?;
    writeln!(out, "a dialect")?;
    for (heading, text) in [("About", &page.about), ("Recognised by", &dialect.recognised)] {
        if !text.is_empty() {
            writeln!(out, "\n{}", strong(heading, style))?;
            write_paragraphs(text.trim(), style, out)?;
        }
    }
    write_list("Can express", &dialect.expresses, style, out)?;
    for example in &page.examples {
        write_example(example.is_bad, &example.note, &example.config, style, out)?;
    }
    write_list("Sources", std::slice::from_ref(&page.reference), style, out)
}

fn write(page: &RulePage, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let rule = &page.summary;
    writeln!(out, "{}: {}", strong(&one_line(&rule.name), style), one_line(&rule.title))?;
    let since = if page.since.is_empty() { String::new() } else { format!(", since {}", page.since) };
    writeln!(out, "{}, {} confidence, family {}{since}", rule.severity, rule.confidence, rule.family)?;

    for (heading, text) in [("What", &page.what), ("Why", &page.why), ("Instead", &page.instead)] {
        if !text.is_empty() {
            writeln!(out, "\n{}", strong(heading, style))?;
            write_paragraphs(text, style, out)?;
        }
    }
    for (heading, items) in [
        ("Severity changes", &page.adjustments),
        ("Fixes", &page.fixes),
        ("Thresholds", &page.thresholds),
        ("Covers", &page.covers),
        ("Covered by", &page.covered_by),
        ("Known false positives", &page.false_positives),
    ] {
        write_list(heading, items, style, out)?;
    }
    for example in &page.examples {
        write_example(example.bad, &example.note, &example.config, style, out)?;
    }
    write_list("Sources", &page.sources, style, out)
}

/// An example, with its verdict.
fn write_example(
    is_bad: bool,
    note: &str,
    config: &str,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let heading = if is_bad { "Bad" } else { "Good" };
    let note = if note.is_empty() { String::new() } else { format!(": {}", one_line(note)) };
    writeln!(out)?;
    for (number, line) in wrap(&format!("{heading}{note}"), style.width.saturating_sub(2)).iter().enumerate()
    {
        match line.strip_prefix(heading).filter(|_| number == 0) {
            Some(rest) => writeln!(out, "{}{rest}", strong(heading, style))?,
            None => writeln!(out, "  {line}")?,
        }
    }
    for line in config.trim_end().lines() {
        writeln!(out, "{}", format!("    {}", escape(line)).trim_end())?;
    }
    Ok(())
}

/// A heading with its items; nothing where there are none.
fn write_list(heading: &str, items: &[String], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", strong(heading, style))?;
    items.iter().try_for_each(|item| write_item(item, style, out))
}

/// Paragraphs stand apart by an empty line, as in the rule's file.
fn write_paragraphs(text: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, paragraph) in text.split("\n\n").enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        for line in wrap(paragraph, style.width.saturating_sub(2)) {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn write_item(item: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, line) in wrap(item, style.width.saturating_sub(4)).iter().enumerate() {
        writeln!(out, "  {} {line}", if index == 0 { "-" } else { " " })?;
    }
    Ok(())
}

fn strong(text: &str, style: &Style) -> String {
    if style.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::Example;
    use super::*;
    use botiquette::diagnostic::{Confidence, Severity};

    #[test]
    fn a_page_reads_from_top_to_bottom() {
        let page = RulePage {
            summary: RuleSummary {
                name: "sample-rule".into(),
                family: "sample".into(),
                severity: Severity::Warning,
                confidence: Confidence::Medium,
                title: "does something unwelcome".into(),
            },
            since: "0.1.0".into(),
            what:
                "The bot does something, and it does so for a number of reasons that fill more than a line."
                    .into(),
            why: "It hurts.\n\nMore than once.".into(),
            instead: "Do not.".into(),
            adjustments: vec!["error if `action.private`".into()],
            fixes: vec!["do it less (safe)".into()],
            thresholds: vec!["`close-days`: 7 (a week)".into()],
            covers: vec!["weaker-rule".into()],
            covered_by: Vec::new(),
            false_positives: vec!["a test".into()],
            sources: Vec::new(),
            examples: vec![
                Example { bad: true, note: String::new(), config: "on: followed\ndo: shout\n".into() },
                Example { bad: false, note: "quietly".into(), config: "on: followed\n".into() },
            ],
        };
        let mut out = Vec::new();
        write(&page, &Style { width: 60, ..Style::default() }, &mut out).expect("memory does not fail");
        insta::assert_snapshot!(String::from_utf8(out).expect("UTF-8"), @r"
        sample-rule: does something unwelcome
        warning, medium confidence, family sample, since 0.1.0

        What
          The bot does something, and it does so for a number of
          reasons that fill more than a line.

        Why
          It hurts.

          More than once.

        Instead
          Do not.

        Severity changes
          - error if `action.private`

        Fixes
          - do it less (safe)

        Thresholds
          - `close-days`: 7 (a week)

        Covers
          - weaker-rule

        Known false positives
          - a test

        Bad
            on: followed
            do: shout

        Good: quietly
            on: followed
        ");
    }
}
