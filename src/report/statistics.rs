//! How many findings each rule has, for those who look at many files for the first time.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::text;
use crate::diagnostic::{Report, Severity};

/// `  12  warning  auto-follow-back`, the most first.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Reverse<Severity>), usize> = BTreeMap::new();
    for finding in report.live() {
        *counts.entry((&*finding.rule, Reverse(finding.severity))).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|((rule, severity), count)| (Reverse(*count), *severity, *rule));
    let widest = rows.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or_default();
    for ((rule, Reverse(severity)), count) in rows {
        writeln!(out, "{count:>widest$}  {:<7}  {}", severity.to_string(), text::escape(rule))?;
    }
    Ok(())
}
