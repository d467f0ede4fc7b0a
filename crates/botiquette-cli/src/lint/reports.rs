//! Writes the reports of a run to where they belong.

use botiquette::diagnostic::{FileStatus, Report};
use botiquette::report::{self, Style};
use botiquette::source::{Sources, spelled};

use crate::output::Sink;
use crate::{Failure, say};

/// Writes all reports. One that fails keeps the others from nothing; the first failure is told.
pub(super) fn write_reports(
    sinks: Vec<Sink>,
    report: &Report,
    sources: &Sources,
    style: &Style,
) -> Result<(), Failure> {
    let linted = || report.files.iter().filter(|file| file.status != FileStatus::Unrecognised);
    let mut result = Ok(());
    for sink in sinks {
        let format = report::Format::from(sink.format);
        let replaced =
            linted().filter_map(|outcome| sources.get(outcome.file)).find(|file| sink.replaces(file.path()));
        let written = match replaced {
            Some(file) => {
                let path = spelled(file.path());
                Err(Failure::Usage(format!("cannot write the report to {path}: it is one of the inputs")))
            }
            None => {
                let style = if sink.is_stdout() {
                    *style
                } else {
                    Style { color: false, hyperlinks: false, width: Style::default().width, ..*style }
                };
                sink.write(|out| report::write(format, report, sources, &style, out))
            }
        };
        let left_out = report::left_out(format, report);
        if left_out > 0 {
            let limit = report.findings.len() - left_out;
            say(
                "note",
                &format!("{left_out} findings are not in the SARIF report: platforms take the {limit} worst"),
            );
        }
        if result.is_ok() {
            result = written;
        } else if let Err(failure) = written {
            say("error", &failure.to_string());
        }
    }
    result
}
