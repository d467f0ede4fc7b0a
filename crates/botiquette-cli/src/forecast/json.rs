//! A forecast for machines.

use botiquette::analysis::Assumed;
use botiquette::forecast::{Curve, Forecast, Series, Uncounted, Why};
use botiquette::model::Site;
use serde::Serialize;

use super::Run;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    days: usize,
    seed: u64,
    accounts: Vec<Account>,
}

#[derive(Serialize)]
struct Account {
    account: String,
    series: Vec<Counted>,
    uncounted: Vec<Open>,
    exhausted: Vec<String>,
    assumptions: Vec<Assumed>,
}

#[derive(Serialize)]
struct Counted {
    what: &'static str,
    typical: Course,
    worst: Course,
}

#[derive(Serialize)]
struct Course {
    exact: bool,
    per_day: Vec<f64>,
    in_all: Vec<f64>,
    range: Option<[f64; 2]>,
}

#[derive(Serialize)]
struct Open {
    deed: String,
    why: &'static str,
    file: Option<String>,
    line: Option<u32>,
}

/// The forecast as it is written.
pub(super) fn document(run: &Run<'_>) -> impl Serialize + use<> {
    Document {
        schema: "botiquette-forecast/1",
        days: run.plan.days,
        seed: run.plan.seed,
        accounts: run.forecasts.iter().map(|forecast| account(run, forecast)).collect(),
    }
}

fn account(run: &Run<'_>, forecast: &Forecast) -> Account {
    let counted = |series: &Series| Counted {
        what: series.what.name(),
        typical: course(&series.typical),
        worst: course(&series.worst),
    };
    let open = |uncounted: &Uncounted| {
        let (file, line) = at(run, uncounted.site);
        let why = match uncounted.why {
            Why::Later => "later",
            Why::Unlimited => "unlimited",
            Why::FeedsItself => "feeds-itself",
            Why::Approved => "approved",
        };
        Open { deed: uncounted.deed.clone(), why, file, line }
    };
    Account {
        account: forecast.account.clone(),
        series: forecast.series.iter().map(counted).collect(),
        uncounted: forecast.uncounted.iter().map(open).collect(),
        exhausted: forecast.exhausted.clone(),
        assumptions: forecast.assumed.clone(),
    }
}

/// Two digits behind the point are more than anybody knows.
fn course(curve: &Curve) -> Course {
    let rounded = |number: f64| (number * 100.0).round() / 100.0;
    Course {
        exact: curve.is_exact,
        per_day: curve.per_day.iter().copied().map(rounded).collect(),
        in_all: curve.in_all.iter().copied().map(rounded).collect(),
        range: curve.range.map(|(low, high)| [rounded(low), rounded(high)]),
    }
}

fn at(run: &Run<'_>, site: Site) -> (Option<String>, Option<u32>) {
    run.line_of(site.used).map_or((None, None), |(file, line)| (Some(file), Some(line)))
}
