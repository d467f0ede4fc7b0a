//! How much of named files of no known tool was understood, for the end of a report for people, so that silence is not
//! taken for approval.

use super::text;
use crate::diagnostic::{FileOutcome, FileStatus, Report};
use crate::model::Coverage;
use crate::source::Sources;

/// Files that are told one by one; of more only the sum is told.
const FEW: usize = 3;

/// `understood 3 automations from 14 of 20 settings in config.yaml`
pub(super) fn lines(report: &Report, sources: &Sources) -> Vec<String> {
    let named = report.files.iter().filter(|file| file.named && file.status == FileStatus::Linted);
    let covered: Vec<(&FileOutcome, &Coverage)> =
        named.filter_map(|file| Some((file, file.coverage.as_ref()?))).collect();
    if covered.len() > FEW {
        let sum = |number: &dyn Fn(&FileOutcome, &Coverage) -> usize| {
            covered.iter().map(|(file, coverage)| number(file, coverage)).sum()
        };
        let automations = sum(&|file, _| file.automations);
        let used = sum(&|_, coverage| coverage.used);
        let settings = sum(&|_, coverage| coverage.settings());
        return vec![line(automations, used, settings, &text::counted(covered.len(), "file"))];
    }
    let one = |(file, coverage): &(&FileOutcome, &Coverage)| {
        let path = sources.get(file.file).map_or(String::new(), |source| text::path(source.path()));
        line(file.automations, coverage.used, coverage.settings(), &text::one_line(&path))
    };
    covered.iter().map(one).collect()
}

fn line(automations: usize, used: usize, settings: usize, place: &str) -> String {
    let automations =
        if automations == 0 { "no automations".to_owned() } else { text::counted(automations, "automation") };
    format!("understood {automations} from {used} of {} in {place}", text::counted(settings, "setting"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Site, Use};
    use crate::source::{FileId, SourceFile};

    fn said(settings: &[(usize, usize, usize)]) -> Vec<String> {
        let mut sources = Sources::default();
        let outcome = |(number, (automations, used, unknown)): (usize, &(usize, usize, usize))| {
            let file = sources.push(SourceFile::new(format!("{number}.yaml"), String::new()));
            let mut coverage = Coverage::of(file);
            (coverage.used, coverage.clutter) = (*used, 9);
            (0..*unknown).for_each(|_| coverage.add(Use::Unknown, "key", None, Site::default()));
            FileOutcome {
                file,
                status: FileStatus::Linted,
                dialect: Some("adhoc"),
                automations: *automations,
                named: true,
                because: "".into(),
                coverage: Some(coverage),
            }
        };
        let files = settings.iter().enumerate().map(outcome).collect();
        let mut report = Report { files, ..Report::default() };
        report.files.push(FileOutcome { named: false, file: FileId(0), ..report.files[0].clone() });
        lines(&report, &sources)
    }

    #[test]
    fn few_files_are_told_one_by_one() {
        let expected = ["understood 3 automations from 14 of 20 settings in 0.yaml"];
        assert_eq!(said(&[(3, 14, 6)]), expected);
        let expected = [
            "understood 1 automation from 1 of 1 setting in 0.yaml",
            "understood no automations from 0 of 2 settings in 1.yaml",
        ];
        assert_eq!(said(&[(1, 1, 0), (0, 0, 2)]), expected);
        let expected = ["understood 4 automations from 8 of 12 settings in 4 files"];
        assert_eq!(said(&[(1, 2, 1); 4]), expected);
    }
}
