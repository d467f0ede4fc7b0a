//! A comparison for machines.

use botiquette::compare::{AccountChange, Amount, Change, Fate, FindingChange, Statement, Topic, Version};
use botiquette::rules::Uncounted;
use botiquette::source::Place;
use serde::Serialize;

use super::Run;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    before: String,
    after: String,
    changed: bool,
    accounts: Vec<Account>,
    findings: Findings,
    remarks: Vec<String>,
}

#[derive(Serialize)]
struct Account {
    account: String,
    before: Option<String>,
    change: &'static str,
    changes: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    topic: &'static str,
    change: &'static str,
    text: String,
    details: Vec<String>,
    numbers: Option<Numbers>,
    #[serde(flatten)]
    at: At,
}

#[derive(Serialize)]
struct Numbers {
    unit: String,
    before: PerDay,
    after: PerDay,
}

/// `more` says why there is more than the number: `later` is a limit that is filled in later, `unlimited` none at all.
#[derive(Serialize)]
struct PerDay {
    per_day: f64,
    more: Option<&'static str>,
}

#[derive(Serialize)]
struct Findings {
    stay: usize,
    changes: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    change: &'static str,
    rule: String,
    severity: String,
    before: Option<String>,
    title: String,
    fingerprint: String,
    #[serde(flatten)]
    at: At,
}

#[derive(Serialize)]
struct At {
    version: Option<&'static str>,
    file: Option<String>,
    line: Option<u32>,
}

/// The comparison as it is written.
pub(super) fn document(run: &Run<'_>) -> impl Serialize + use<> {
    let comparison = &run.comparison;
    let changes = comparison.findings.changes.iter();
    Document {
        schema: "botiquette-diff/1",
        before: run.old.name.to_owned(),
        after: run.new.name.to_owned(),
        changed: !comparison.is_empty(),
        accounts: comparison.accounts.iter().map(|account| self::account(run, account)).collect(),
        findings: Findings {
            stay: comparison.findings.stay,
            changes: changes.map(|change| finding(run, change)).collect(),
        },
        remarks: run.remarks.clone(),
    }
}

fn account(run: &Run<'_>, account: &AccountChange) -> Account {
    let told = |statement: &Statement| Told {
        topic: topic(statement.topic),
        change: change(statement.change),
        text: statement.text.clone(),
        details: statement.details.clone(),
        numbers: statement.numbers.as_ref().map(|numbers| Numbers {
            unit: numbers.unit.clone(),
            before: per_day(numbers.before),
            after: per_day(numbers.after),
        }),
        at: at(run, statement.at.map(|(version, site)| (version, site.used))),
    };
    Account {
        account: account.account.clone(),
        before: account.before.clone(),
        change: change(account.change),
        changes: account.statements.iter().map(told).collect(),
    }
}

fn finding(run: &Run<'_>, change: &FindingChange<'_>) -> Finding {
    let finding = change.finding;
    Finding {
        change: match change.fate {
            Fate::New => "new",
            Fate::Worse => "worse",
            Fate::Milder => "milder",
            Fate::Silenced => "suppressed",
            Fate::Covered => "covered",
            Fate::Uncovered => "uncovered",
            Fate::Gone => "gone",
        },
        rule: finding.rule.to_string(),
        severity: finding.severity.to_string(),
        before: change.before.map(|severity| severity.to_string()),
        title: finding.title.clone(),
        fingerprint: finding.fingerprint.clone(),
        at: at(run, Some((change.version(), finding.primary.place))),
    }
}

const fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Automation => "automation",
        Topic::Account => "account",
        Topic::Reach => "reach",
        Topic::Rate => "rate",
        Topic::Loop => "loop",
        Topic::Practice => "practice",
        Topic::Unknown => "unknown",
    }
}

const fn change(change: Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Gone => "gone",
        Change::Changed => "changed",
    }
}

fn per_day(amount: Amount) -> PerDay {
    let more = amount.uncounted.map(|why| match why {
        Uncounted::Later => "later",
        Uncounted::Unlimited => "unlimited",
    });
    PerDay { per_day: amount.per_day, more }
}

fn at(run: &Run<'_>, place: Option<(Version, Place)>) -> At {
    let known = place.and_then(|(version, place)| Some((version, run.line_of(version, place)?)));
    match known {
        Some((version, (file, line))) => {
            let version = if version == Version::Old { "before" } else { "after" };
            At { version: Some(version), file: Some(file), line: Some(line) }
        }
        None => At { version: None, file: None, line: None },
    }
}
