//! JUnit's XML, which nearly every build server shows: a suite for each file, a failed case for each finding,
//! one passed case for a file without any.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{location, repository, text};
use crate::diagnostic::{FileStatus, Finding, Report};
use crate::source::{FileId, Sources};

/// What a file, or the run, comes to.
struct Suite<'r> {
    name: String,
    cases: Vec<Case<'r>>,
}

enum Case<'r> {
    Finding(&'r Finding),
    Clean,
    /// A file that the user named and that is no bot's configuration.
    PassedOver(&'r str),
    /// An input that could not be read.
    Problem(&'r str),
}

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(report, sources);
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let cases = || suites.iter().flat_map(|suite| &suite.cases);
    xml.create_element("testsuites")
        .with_attribute(("name", "botiquette"))
        .with_attribute(("tests", cases().count().to_string().as_str()))
        .with_attribute(("failures", failures(cases()).to_string().as_str()))
        .with_attribute(("errors", errors(cases()).to_string().as_str()))
        .write_inner_content(|xml| suites.iter().try_for_each(|suite| write_suite(suite, sources, xml)))?;
    writeln!(out)
}

fn suites<'r>(report: &'r Report, sources: &Sources) -> Vec<Suite<'r>> {
    let mut suites: Vec<Suite<'r>> = Vec::new();
    let mut known: Vec<FileId> = report
        .files
        .iter()
        .filter(|file| file.named || file.status != FileStatus::Unrecognised)
        .map(|file| file.file)
        .collect();
    // Findings may stand in files that are no inputs, such as the settings.
    let live = || report.findings.iter().filter(|finding| finding.is_live());
    let others = live().map(|finding| finding.primary.place.file);
    known.extend(others);
    known.sort_unstable();
    known.dedup();
    for file in known {
        let findings = live().filter(|finding| finding.primary.place.file == file);
        let mut cases: Vec<Case<'r>> = findings.map(Case::Finding).collect();
        if cases.is_empty() {
            let outcome = report.files.iter().find(|outcome| outcome.file == file);
            let passed_over = outcome.filter(|outcome| outcome.status == FileStatus::Unrecognised);
            cases.push(passed_over.map_or(Case::Clean, |outcome| Case::PassedOver(&outcome.because)));
        }
        suites.push(Suite { name: repository::shown(file, report, sources), cases });
    }
    if !report.problems.is_empty() {
        let cases = report.problems.iter().map(|problem| Case::Problem(problem)).collect();
        suites.push(Suite { name: "inputs".to_owned(), cases });
    }
    suites
}

fn failures<'s>(cases: impl Iterator<Item = &'s Case<'s>>) -> usize {
    cases.filter(|case| matches!(case, Case::Finding(_))).count()
}

fn errors<'s>(cases: impl Iterator<Item = &'s Case<'s>>) -> usize {
    cases.filter(|case| matches!(case, Case::Problem(_))).count()
}

fn write_suite<W: Write>(suite: &Suite<'_>, sources: &Sources, xml: &mut Writer<W>) -> io::Result<()> {
    let skipped = suite.cases.iter().filter(|case| matches!(case, Case::PassedOver(_))).count();
    xml.create_element("testsuite")
        .with_attribute(("name", allowed(&suite.name).as_str()))
        .with_attribute(("tests", suite.cases.len().to_string().as_str()))
        .with_attribute(("failures", failures(suite.cases.iter()).to_string().as_str()))
        .with_attribute(("errors", errors(suite.cases.iter()).to_string().as_str()))
        .with_attribute(("skipped", skipped.to_string().as_str()))
        .write_inner_content(|xml| {
            suite.cases.iter().try_for_each(|case| write_case(case, &suite.name, sources, xml))
        })?;
    Ok(())
}

fn write_case<W: Write>(
    case: &Case<'_>,
    suite: &str,
    sources: &Sources,
    xml: &mut Writer<W>,
) -> io::Result<()> {
    let name = match case {
        Case::Finding(finding) => {
            let line = sources
                .get(finding.primary.place.file)
                .map_or(1, |file| file.position(finding.primary.place.span.start).line);
            format!("{} (line {line})", text::one_line(&finding.rule))
        }
        Case::Clean => "manners".to_owned(),
        Case::PassedOver(_) => "recognised".to_owned(),
        Case::Problem(_) => "readable".to_owned(),
    };
    let element = xml
        .create_element("testcase")
        .with_attribute(("name", allowed(&name).as_str()))
        .with_attribute(("classname", allowed(suite).as_str()));
    match case {
        Case::Clean => element.write_empty()?,
        Case::PassedOver(because) => element.write_inner_content(|xml| {
            xml.create_element("skipped").with_attribute(("message", *because)).write_empty()?;
            Ok(())
        })?,
        Case::Problem(problem) => element.write_inner_content(|xml| {
            let message = allowed(&text::one_line(problem));
            xml.create_element("error")
                .with_attribute(("type", "input"))
                .with_attribute(("message", message.as_str()))
                .write_empty()?;
            Ok(())
        })?,
        Case::Finding(finding) => element.write_inner_content(|xml| {
            let message = allowed(&text::one_line(&finding.title));
            xml.create_element("failure")
                .with_attribute(("type", finding.severity.to_string().as_str()))
                .with_attribute(("message", message.as_str()))
                .write_text_content(BytesText::new(&body(finding, sources)))?;
            Ok(())
        })?,
    };
    Ok(())
}

fn body(finding: &Finding, sources: &Sources) -> String {
    let place = location(finding.primary.place, sources);
    let label = text::one_line(&finding.primary.text);
    let mut lines = vec![if label.is_empty() { place } else { format!("{place}: {label}") }];
    let help = if finding.help.is_empty() { String::new() } else { format!("help: {}", finding.help) };
    let notes = finding.notes.iter().map(|note| format!("note: {note}"));
    lines.extend([finding.message.clone(), help].into_iter().chain(notes));
    let lines: Vec<String> =
        lines.iter().map(|line| allowed(&text::one_line(line))).filter(|line| !line.is_empty()).collect();
    text::tame(&lines.join("\n"))
}

/// Two characters that XML cannot hold and that are no control characters.
fn allowed(text: &str) -> String {
    text::tame(text).replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}")
}
