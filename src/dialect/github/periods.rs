//! Periods of time in scripts, in whichever spelling: `30 days ago`, `now - 20*86400`, `20 * 24 * 60 * 60 * 1000`,
//! `setDate(getDate() - 20)`, `DAYS=20`, `age_days > 20`. Knows spellings and nothing of what they are for.

use super::step::Step;

/// The only period in a script, in days, with its place. Two periods decide nothing.
pub(super) fn days(step: Option<&Step<'_>>, script: &str) -> Option<(f64, usize)> {
    let mut found: Option<(f64, usize)> = None;
    for (place, _) in script.match_indices(|c: char| c.is_ascii_digit()) {
        let before = script.get(..place).unwrap_or("").chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '_')) {
            continue;
        }
        let days = with_unit(script, place)
            .or_else(|| product(script, place))
            .or_else(|| compared(script, place))
            .or_else(|| subtracted(script, place));
        let Some(days) = days else { continue };
        match found {
            Some((known, _)) if known != days => return None,
            Some(_) => {}
            None => found = Some((days, place)),
        }
    }
    found.or_else(|| from_variable(step?, script))
}

/// The number at a place, and what comes after it.
fn number(script: &str, place: usize) -> Option<(f64, &str)> {
    let rest = script.get(place..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '_')).unwrap_or(rest.len());
    let (number, tail) = rest.split_at_checked(end)?;
    Some((number.replace('_', "").parse().ok()?, tail))
}

/// `30 days`, `-2 weeks`, `-v-30d`.
fn with_unit(script: &str, place: usize) -> Option<f64> {
    let before = script.get(..place)?.chars().next_back();
    let (number, tail) = number(script, place)?;
    let unit = tail.trim_start_matches([' ', '-', ',', '\'', '"']);
    let days = match unit {
        _ if unit.starts_with("day") || is_letter(unit, 'd') && before == Some('-') => 1.0,
        _ if unit.starts_with("week") || is_letter(unit, 'w') && before == Some('-') => 7.0,
        _ if unit.starts_with("month") => 30.0,
        _ if unit.starts_with("year") => 365.0,
        _ => return None,
    };
    Some(number * days)
}

/// Whether a text begins with this letter alone.
fn is_letter(text: &str, letter: char) -> bool {
    let rest = text.strip_prefix(letter);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Milliseconds and seconds of a day.
const UNITS: [f64; 2] = [86_400_000.0, 86_400.0];

/// `20*86400`, `1000 * 60 * 60 * 24 * 20`. What is a day and nothing else is a unit and no period.
fn product(script: &str, place: usize) -> Option<f64> {
    let before = script.get(..place)?.trim_end_matches([' ', '(']);
    if before.ends_with('*') {
        return None;
    }
    let mut factors = Vec::new();
    let mut rest = script.get(place..)?;
    let mut at = place;
    loop {
        let (factor, tail) = number(script, at)?;
        factors.push(factor);
        let tail = tail.trim_start_matches([' ', ')']);
        let Some(more) = tail.strip_prefix('*').map(|more| more.trim_start_matches([' ', '('])) else {
            break;
        };
        at += rest.len() - more.len();
        rest = more;
        if !more.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
    }
    let whole: f64 = factors.iter().product();
    let is_time =
        factors.len() > 1 && factors.iter().any(|f| UNITS.contains(f) || *f == 24.0 || *f == 3600.0);
    let unit = UNITS.into_iter().find(|unit| whole >= *unit).filter(|_| is_time)?;
    // Factors that make up a day leave the number of days.
    let days = whole / unit;
    (days > 1.0 || factors.contains(&1.0)).then_some(days)
}

/// `age_days > 20`, `DAYS=20`, `const maxDays = 20`, `days: 20`, `[ "$days" -gt 20 ]`.
fn compared(script: &str, place: usize) -> Option<f64> {
    let (number, tail) = number(script, place)?;
    if tail.trim_start_matches([' ', ')']).starts_with('*') {
        return None;
    }
    let before = script.get(..place)?.trim_end_matches([' ', '\'', '"']);
    let signs = ["-gt", "-ge", "-lt", "-le", ">=", "<=", ">", "<", "=", ":", "("];
    let before = signs.iter().find_map(|sign| before.strip_suffix(sign))?;
    let before = before.trim_end_matches([' ', '"', '\'', '}', ')', '=', '|', ':', '?', '-', '$', '{']);
    let name = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next()?.to_ascii_lowercase();
    let is_days = name.contains("day") && !name.contains("today");
    (is_days || matches!(name.as_str(), "age" | "idle")).then_some(number)
}

/// `getDate() - 20`, `subDays(now, 20)`.
fn subtracted(script: &str, place: usize) -> Option<f64> {
    let (number, _) = number(script, place)?;
    let before = script.get(..place)?.trim_end();
    let by_date = before
        .strip_suffix('-')
        .map(str::trim_end)
        .is_some_and(|before| before.ends_with("getDate()") || before.ends_with("getUTCDate()"));
    let line = before.rsplit('\n').next().unwrap_or("");
    let by_call = before.ends_with(',') && line.rsplit('(').next().is_some() && line.contains("subDays(");
    (by_date || by_call).then_some(number)
}

/// A variable of the environment whose name says that it holds days, and which the script reads.
fn from_variable(step: &Step<'_>, script: &str) -> Option<(f64, usize)> {
    let words = script.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let names = words.filter(|word| word.len() < 60 && word.to_ascii_uppercase().contains("DAY"));
    names.into_iter().find_map(|name| {
        let days: f64 = step.variable_text(name)?.trim().parse().ok()?;
        Some((days, script.find(name)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_period_counts() {
        for (script, expected) in [
            ("date -d '30 days ago'", Some(30.0)),
            ("date -d '-2 weeks'", Some(14.0)),
            ("date --date=\"20 day ago\"", Some(20.0)),
            ("date -v-14d", Some(14.0)),
            ("date -d '30 days ago'; date -d '60 days ago'", None),
            ("select(.updated_at < (now - 20*86400 | todate))", Some(20.0)),
            ("select(.updated_at < (now - (86400 * 20) | todate))", Some(20.0)),
            ("Date.now() - 20 * 24 * 60 * 60 * 1000", Some(20.0)),
            ("Date.now() - 1000 * 60 * 60 * 24 * 20", Some(20.0)),
            ("const days = (now - then) / (1000 * 60 * 60 * 24);\nif (days > 20) {", Some(20.0)),
            ("d.setDate(d.getDate() - 20)", Some(20.0)),
            ("dayjs().subtract(20, 'days')", Some(20.0)),
            ("timedelta(days=20)", Some(20.0)),
            ("DAYS=20\ndate -d \"$DAYS days ago\"", Some(20.0)),
            ("const STALE_DAYS = 20; Date.now() - STALE_DAYS * 24 * 3600 * 1000", Some(20.0)),
            ("if [ \"$age_days\" -gt 20 ]; then", Some(20.0)),
            ("--limit 200", None),
            ("2024-01-01", None),
            ("", None),
        ] {
            assert_eq!(days(None, script).map(|(days, _)| days), expected, "{script}");
        }
    }
}
