//! Scripts that look for items which nobody touched for a while (`updated:<…`) and close them: a stale policy
//! by hand. Reads the search and its period; what else the script weighs is not known.

use super::script::Deed;
use crate::model::{Event, Guard, GuardKind, Site, Stated, Text, Trigger, Verb};

/// The search for items by the date of their last activity.
const SEARCH: &str = "updated:<";

/// Words of a search that limit it, and the guards that they are.
const WORDS: &[(&str, GuardKind)] = &[
    ("-label:", GuardKind::ExemptLabels),
    ("label:", GuardKind::OnlyLabels),
    ("--label ", GuardKind::OnlyLabels),
    ("--label=", GuardKind::OnlyLabels),
    ("no:milestone", GuardKind::ExemptMilestones),
    ("no:assignee", GuardKind::ExemptAssigned),
];

/// What a script on the clock waits for: silence, if it closes what a search for old items finds. `site` gives
/// the site of a place in the script.
pub(super) fn silence(
    script: &str,
    deeds: &[Deed],
    clock: &Trigger,
    site: impl Fn(usize) -> Site,
) -> Option<(Trigger, Vec<Guard>)> {
    let closes = deeds.iter().any(|deed| matches!(deed.verb, Verb::Close | Verb::Lock));
    if clock.event != Event::Schedule || !closes || !script.contains(SEARCH) {
        return None;
    }
    // What is limited to a label was mostly marked by an earlier step, and its people were told then.
    let guards = guards(script, site(script.find(SEARCH)?));
    if guards.iter().any(|guard| guard.kind == GuardKind::OnlyLabels) {
        return None;
    }
    let (days, place) = days(script)?;
    let event = if script.contains("gh pr ") { Event::PrIdle } else { Event::IssueIdle };
    let mut trigger = Trigger::new(event, clock.site);
    trigger.schedule = clock.schedule.clone();
    trigger.after = Stated::Known(days, site(place));
    Some((trigger, guards))
}

/// The only period in a script: `30 days ago`, `-30 days`, `-2 weeks`, `-v-30d`. Two periods decide nothing.
/// In days, with its place.
fn days(script: &str) -> Option<(f64, usize)> {
    let mut found = None;
    for (place, _) in script.match_indices(|c: char| c.is_ascii_digit()) {
        let before = script.get(..place)?.chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':')) {
            continue;
        }
        let rest = script.get(place..)?;
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = rest.split_at(end);
        let unit = unit.trim_start_matches([' ', '-']);
        let unit_days = match unit {
            _ if unit.starts_with("day") || is_letter(unit, 'd') && before == Some('-') => 1.0,
            _ if unit.starts_with("week") || is_letter(unit, 'w') && before == Some('-') => 7.0,
            _ if unit.starts_with("month") => 30.0,
            _ => continue,
        };
        let days = number.parse::<f64>().ok()? * unit_days;
        if found.is_some_and(|(known, _)| known != days) {
            return None;
        }
        found = Some((days, place));
    }
    found
}

/// Whether a text begins with this letter alone.
fn is_letter(text: &str, letter: char) -> bool {
    let rest = text.strip_prefix(letter);
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

fn guards(script: &str, site: Site) -> Vec<Guard> {
    let mut guards: Vec<Guard> = Vec::new();
    for (word, kind) in WORDS {
        for (place, _) in script.match_indices(word) {
            let before = script.get(..place).unwrap_or("").chars().next_back();
            if before.is_some_and(|c| c == '-' || c.is_ascii_alphanumeric()) {
                continue;
            }
            let value = script.get(place + word.len()..).unwrap_or("");
            let value = value.trim_start_matches(['\\', '"', '\'']);
            let end = value.find(['"', '\'', '\\', '\n', ' ']).unwrap_or(value.len());
            let text = value.get(..end).unwrap_or("").to_owned();
            guards.push(Guard { values: vec![Text { text, site }], ..Guard::new(*kind, site) });
        }
    }
    guards
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_period_counts() {
        for (script, expected) in [
            ("date -d '30 days ago'", Some(30.0)),
            ("date -d '-2 weeks'", Some(14.0)),
            ("date -v-14d", Some(14.0)),
            ("date -d '30 days ago'; date -d '60 days ago'", None),
            ("--limit 200", None),
            ("2024-01-01", None),
            ("", None),
        ] {
            assert_eq!(days(script).map(|(days, _)| days), expected, "{script}");
        }
    }
}
