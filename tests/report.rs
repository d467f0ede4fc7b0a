//! Every case in `tests/report/*.toml` is written in every format and compared with its snapshot.
//! A case holds files and findings; a label says which words it underlines.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use botiquette::diagnostic::{
    Confidence, FileOutcome, FileStatus, Finding, Label, Report, Severity, SuppressedBy, Suppression, stamp,
};
use botiquette::report::{self, Format, Style};
use botiquette::source::{FileId, Place, SourceFile, Sources, Span};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    says: String,
    file: Vec<CaseFile>,
    #[serde(default)]
    finding: Vec<CaseFinding>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFile {
    path: PathBuf,
    text: String,
    #[serde(default = "linted")]
    status: String,
}

fn linted() -> String {
    "linted".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseFinding {
    rule: String,
    severity: Severity,
    title: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    help: String,
    #[serde(default)]
    notes: Vec<String>,
    main: CaseLabel,
    #[serde(default)]
    related: Vec<CaseLabel>,
    #[serde(default)]
    hops: Vec<CaseLabel>,
    #[serde(default)]
    values: BTreeMap<String, String>,
}

/// Underlines the words `at`, or the bytes from..to.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseLabel {
    #[serde(default)]
    file: u32,
    at: Option<String>,
    bytes: Option<(u32, u32)>,
    #[serde(default)]
    text: String,
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("case");
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        for file in &self.file {
            sources.push(SourceFile::new(file.path.clone(), file.text.clone()));
        }
        sources
    }

    fn report(&self) -> Report {
        let files = self.file.iter().enumerate().map(|(index, file)| FileOutcome {
            file: FileId(index as u32),
            status: match file.status.as_str() {
                "linted" => FileStatus::Linted,
                "failed" => FileStatus::Failed,
                _ => FileStatus::Unrecognised,
            },
            dialect: Some("conduct"),
            automations: 1,
            named: true,
            because: "".into(),
            coverage: None,
        });
        let findings = self.finding.iter().map(|finding| Finding {
            rule: finding.rule.clone().into(),
            family: "example".into(),
            title: finding.title.clone(),
            severity: finding.severity,
            confidence: Confidence::High,
            message: finding.message.clone(),
            help: finding.help.clone(),
            primary: self.label(&finding.main),
            related: finding.related.iter().map(|label| self.label(label)).collect(),
            notes: finding.notes.clone(),
            hops: finding.hops.iter().map(|label| self.label(label)).collect(),
            subjects: Vec::new(),
            values: finding.values.clone(),
            suppressed: None,
            whose: String::new(),
            fix: None,
            fingerprint: String::new(),
        });
        let mut findings: Vec<Finding> = findings.collect();
        stamp(&mut findings, &self.sources());
        Report { files: files.collect(), findings, ..Report::default() }
    }

    fn label(&self, label: &CaseLabel) -> Label {
        let span = match (&label.at, label.bytes) {
            (_, Some((start, end))) => Span::new(start, end),
            (Some(words), None) => {
                let text = &self.file[label.file as usize].text;
                let start = text.find(words.as_str()).unwrap_or_else(|| panic!("no `{words}` in the file"));
                Span::new(start as u32, (start + words.len()) as u32)
            }
            (None, None) => panic!("a label needs `at` or `bytes`"),
        };
        Label { place: Place { file: FileId(label.file), span }, text: label.text.clone() }
    }

    fn write(&self, format: Format, style: &Style) -> String {
        let mut out = Vec::new();
        report::write(format, &self.report(), &self.sources(), style, &mut out)
            .expect("memory does not fail");
        String::from_utf8(out).expect("reports are UTF-8")
    }
}

fn cases() -> Vec<(String, Case)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(crate::root().join("tests/report"))
        .expect("cases")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_stem().expect("name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), Case::read(path))).collect()
}

fn plain(width: usize) -> Style {
    Style { width, ..Style::default() }
}

#[test]
fn for_people() {
    for (name, case) in cases() {
        let unicode = case.write(Format::Pretty, &plain(80));
        let ascii = case.write(Format::Pretty, &Style { unicode: false, ..plain(80) });
        let wide = case.write(Format::Pretty, &plain(120));
        let concise = case.write(Format::Concise, &plain(80));
        let mut all = format!("{}\n\n=== 80 columns\n{unicode}\n=== ASCII\n{ascii}\n", case.says);
        if wide != unicode {
            all.push_str(&format!("=== 120 columns\n{wide}\n"));
        }
        all.push_str(&format!("=== concise\n{concise}"));
        settings().bind(|| insta::assert_snapshot!(name, all));
    }
}

#[test]
fn for_machines() {
    for (name, case) in cases().into_iter().filter(|(name, _)| name.starts_with("json")) {
        let json = case.write(Format::Json, &plain(80));
        settings().bind(|| insta::assert_snapshot!(format!("{name}.json"), json));
    }
}

/// In each of the formats that platforms read.
#[test]
fn for_platforms() {
    let mut settings = settings();
    settings.add_filter(concat!("\"", env!("CARGO_PKG_VERSION"), "\""), "\"[version]\"");
    for (name, case) in cases().into_iter().filter(|(name, _)| name.starts_with("ci-")) {
        let mut all = format!("{}\n", case.says);
        for format in [Format::Github, Format::Gitlab, Format::Junit, Format::Sarif] {
            let written = case.write(format, &plain(80));
            all.push_str(&format!("\n=== {format:?}\n{written}"));
        }
        let mut summary = Vec::new();
        report::write_summary(&case.report(), &case.sources(), &mut summary).expect("memory does not fail");
        all.push_str(&format!("\n=== job summary\n{}", String::from_utf8_lossy(&summary)));
        settings.bind(|| insta::assert_snapshot!(format!("{name}.ci"), all));
    }
}

#[test]
fn gitlab_follows_its_schema() {
    let schema = fs::read_to_string(crate::root().join("tests/report/gitlab.schema.json")).expect("schema");
    let schema = serde_json::from_str(&schema).expect("schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("schema is a schema");
    for (name, case) in cases() {
        let json = serde_json::from_str(&case.write(Format::Gitlab, &plain(80))).expect("report is JSON");
        let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

/// More findings than platforms take: the worst are kept, and it is said how many are not.
#[test]
fn what_is_too_much_for_platforms_is_cut_from_the_end() {
    let (_, case) = cases().into_iter().find(|(name, _)| name == "ci-plain").expect("the case");
    let mut report = case.report();
    let warning = report.findings[0].clone();
    report.findings = vec![Finding { severity: Severity::Warning, ..warning.clone() }; 5_100];
    report.findings.push(Finding { severity: Severity::Error, ..warning });
    let write = |format| {
        let mut out = Vec::new();
        report::write(format, &report, &case.sources(), &plain(80), &mut out).expect("memory does not fail");
        String::from_utf8(out).expect("reports are UTF-8")
    };
    let sarif: serde_json::Value = serde_json::from_str(&write(Format::Sarif)).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert_eq!((results.len(), &results[0]["level"]), (5_000, &"error".into()));
    assert_eq!(report::left_out(Format::Sarif, &report), 101);
    let github = write(Format::Github);
    let kinds: Vec<&str> = github.lines().map(|line| line.split(' ').next().unwrap_or("")).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "::warning").count(), 10);
    assert_eq!(kinds[0], "::error");
    assert!(github.ends_with("not shown as annotations: 5090 warnings\n"), "{github}");
    // GitLab shows one of several entries with one fingerprint.
    let gitlab: Vec<serde_json::Value> = serde_json::from_str(&write(Format::Gitlab)).expect("JSON");
    let prints: std::collections::BTreeSet<_> =
        gitlab.iter().map(|entry| entry["fingerprint"].to_string()).collect();
    assert_eq!(prints.len(), gitlab.len());
}

/// What is silenced is marked in SARIF, after everything that counts, and said nowhere else.
#[test]
fn silenced_findings_are_for_sarif_only() {
    let (_, case) = cases().into_iter().find(|(name, _)| name == "ci-plain").expect("the case");
    let mut report = case.report();
    let place = Some(report.findings[0].primary.place);
    let reason = "agreed with [the town](https://example.org)".to_owned();
    for finding in report.findings.iter_mut().filter(|finding| finding.rule == "turning-wheel") {
        finding.suppressed = Some(Suppression { by: SuppressedBy::Comment, reason: reason.clone(), place });
    }
    let write = |format| {
        let mut out = Vec::new();
        report::write(format, &report, &case.sources(), &plain(80), &mut out).expect("memory does not fail");
        String::from_utf8(out).expect("reports are UTF-8")
    };
    for format in [Format::Github, Format::Gitlab, Format::Junit] {
        let text = write(format);
        assert!(!text.contains("turning-wheel") && text.contains("flood"), "{text}");
    }
    let sarif: serde_json::Value = serde_json::from_str(&write(Format::Sarif)).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let marked: Vec<usize> =
        results.iter().map(|result| result["suppressions"].as_array().map_or(9, Vec::len)).collect();
    assert_eq!(marked, [0, 0, 1]);
    let suppression = &results[2]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["justification"]), (&"inSource".into(), &reason.into()));
    assert!(suppression["location"]["physicalLocation"]["region"]["startLine"].is_number());
}

#[test]
fn json_follows_its_schema() {
    let schema = serde_json::from_str(report::JSON_SCHEMA).expect("schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("schema is a schema");
    for (name, case) in cases() {
        let json = serde_json::from_str(&case.write(Format::Json, &plain(80))).expect("report is JSON");
        let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

/// Whatever a configuration or a path says, a terminal only ever gets our own sequences.
#[test]
fn nothing_raw_reaches_the_terminal() {
    for (name, case) in cases() {
        for format in Format::ALL.iter().copied() {
            let out = case.write(format, &plain(80));
            let raw =
                out.chars().find(|&c| c.is_control() && c != '\n' || "\u{202e}\u{2066}\u{feff}".contains(c));
            assert_eq!(raw, None, "{name}, {format:?}");
        }
    }
}

#[test]
fn colour_and_links_change_no_text() {
    let sequences = regex::Regex::new("\u{1b}(\\[[0-9;]*m|\\]8;;[^\u{1b}]*\u{1b}\\\\)").expect("regex");
    for (name, case) in cases() {
        let style = Style { color: true, hyperlinks: true, ..plain(80) };
        let colored = case.write(Format::Pretty, &style);
        // Where to read more is linked at each finding, or told once at the end.
        let text = |written: &str| -> Vec<String> {
            let lines = written.lines().filter(|line| !line.trim_start().starts_with("more: "));
            lines.map(str::to_owned).collect()
        };
        let colored = sequences.replace_all(&colored, "");
        assert_eq!(text(&colored), text(&case.write(Format::Pretty, &plain(80))), "{name}");
    }
}

/// A label may come from a bug of ours: no width and no offset breaks the writers.
#[test]
fn any_width_and_any_span() {
    for (_, mut case) in cases().into_iter().filter(|(_, case)| !case.finding.is_empty()) {
        for width in [0, 1, 7, 20, 33] {
            case.write(Format::Pretty, &plain(width));
        }
        let length = case.file[0].text.len() as u32;
        for start in 0..length.min(200) + 3 {
            for end in [0, start, start + 1, length, length + 9, u32::MAX] {
                case.finding[0].main =
                    CaseLabel { file: 0, at: None, bytes: Some((start, end)), text: "here".into() };
                case.write(Format::Pretty, &plain(40));
            }
        }
    }
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("report/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}
