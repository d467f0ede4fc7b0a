//! How often something runs, as a value writes it: a cron line, an interval, times of the day, days of the week,
//! and the same in the words of any language.

use crate::model::Schedule;
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{duration_in, unit_of};
use crate::reader::words::Phrase;

/// How often something runs, as a value writes it: a cron line, an interval, a time of the day, a list of times.
pub(crate) fn schedule_in(text: &str) -> Option<Schedule> {
    let text = text.trim();
    let text = text.strip_prefix("cron:").unwrap_or(text).trim();
    if let Some(schedule) = Schedule::parse(text) {
        return Some(schedule);
    }
    if let Some(schedule) = iso_period(text).or_else(|| so_many_each(text)).or_else(|| part_of_an_hour(text))
    {
        return Some(schedule);
    }
    // `every 10 minutes, day and night`, `every 10 minutes until it begins`
    let told = text.split_once(',').or_else(|| text.split_once(" until ")).map(|(told, _)| told.trim());
    if let Some(told) = told.filter(|told| told.contains(' '))
        && let Some(schedule) = schedule_in(told)
        && schedule.per_day > 1.0
    {
        return Some(schedule);
    }
    if let Some(rest) = text.strip_prefix("every ").or_else(|| text.strip_prefix("every:"))
        && let Some(days) = duration_in(rest.trim()).filter(|days| *days > 0.0)
    {
        return Some(every(days));
    }
    if let Some(schedule) = schedule_in_words(text) {
        return Some(schedule);
    }
    // `00:00-23:59` is a window, and no time.
    let clock = |part: &str| {
        let part = part.trim();
        part.split_once(':').is_some_and(|(hours, minutes)| {
            hours.len() <= 2
                && hours.parse::<u8>().is_ok_and(|hour| hour < 24)
                && minutes.get(..2).is_some_and(|minutes| minutes.parse::<u8>().is_ok())
                && !minutes.contains(['-', '–'])
        })
    };
    // `07:40,19:10` is twice a day, `fri 18:00` once a week.
    let parts: Vec<&str> = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if !parts.is_empty() && parts.iter().all(|part| clock(part)) {
        return Some(Schedule::times_per_day(parts.len() as f64));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        // `daily 04:10`, `täglich 9:00`
        [period, at] | [period, _, at] if clock(at) && is_every_day(period) => {
            Some(Schedule::times_per_day(1.0))
        }
        [day, at] if clock(at) && is_weekday(day) => Some(Schedule::times_per_day(1.0 / 7.0)),
        [day] if is_weekday(day) => Some(Schedule::times_per_day(1.0 / 7.0)),
        _ => None,
    }
}

/// `PT4M`: a period as ISO 8601 writes it, of hours, minutes or seconds.
fn iso_period(text: &str) -> Option<Schedule> {
    let period = text.strip_prefix("PT").or_else(|| text.strip_prefix("pt"))?;
    let unit = period.chars().last()?;
    let number: f64 = period.strip_suffix(unit)?.parse().ok()?;
    let days = match unit.to_ascii_uppercase() {
        'H' => number / 24.0,
        'M' => number / 1440.0,
        'S' => number / 86_400.0,
        _ => return None,
    };
    (days > 0.0 && days.is_finite()).then(|| every(days))
}

/// `1 post / 7 min`, `2 posts per hour`, `3 an hour`: so many in so long.
fn so_many_each(text: &str) -> Option<Schedule> {
    const SEPARATORS: [&str; 10] =
        ["/", " per ", " an ", " pro ", " par ", " por ", " a ", " all'", " each ", " every "];
    let (amount, period) = SEPARATORS.iter().find_map(|separator| text.split_once(separator))?;
    let mut words = amount.split_whitespace();
    let number: f64 = words.next()?.parse().ok()?;
    if words.count() > 1 || period.len() > 20 || number <= 0.0 {
        return None;
    }
    let period = period.trim();
    let days = duration_in(period).or_else(|| {
        let unit = Phrase::read(period);
        if unit.words.len() == 1 { unit_of(&unit.words) } else { None }
    })?;
    (days > 0.0 && days <= 7.0).then(|| every(days / number))
}

/// `every half hour`, `each quarter of an hour`, `jede Viertelstunde`, `chaque demi-heure`.
fn part_of_an_hour(text: &str) -> Option<Schedule> {
    const HALVES: [&str; 9] = [
        "half an hour",
        "half hour",
        "half-hour",
        "halbe stunde",
        "halben stunde",
        "demi-heure",
        "media hora",
        "meia hora",
        "half uur",
    ];
    const QUARTERS: [&str; 6] =
        ["quarter of an hour", "quarter hour", "quarter-hour", "viertelstunde", "quart d'heure", "kwartier"];
    let text = text.to_lowercase().replace('_', " ");
    let starts = Phrase::read(text.split_whitespace().next()?);
    if text.len() > 60
        || !(starts.has(C::Per) || starts.has(C::Everyone) || starts.word("every") || starts.word("each"))
    {
        return None;
    }
    let per_day = match () {
        () if QUARTERS.iter().any(|part| text.contains(part)) => 96.0,
        () if HALVES.iter().any(|part| text.contains(part)) => 48.0,
        () => return None,
    };
    Some(Schedule::times_per_day(per_day))
}

/// `toutes les 3 heures`, `jeden Montag`, `täglich`, `毎日`: the same in the words of any language.
fn schedule_in_words(text: &str) -> Option<Schedule> {
    if text.chars().count() > 40 {
        return None;
    }
    if let Some(digit) = text.find(|letter: char| letter.is_ascii_digit()).filter(|digit| *digit > 0) {
        let (before, amount) = text.split_at(digit);
        let before = Phrase::read(before);
        let recurs = before.only(&[C::Per, C::Everyone]) && !before.has(C::Day) && !before.has(C::Hour);
        return if recurs { duration_in(amount).filter(|days| *days > 0.0).map(every) } else { None };
    }
    let words = Phrase::read(text).words;
    match words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().as_slice() {
        ["nightly"] => Some(Schedule::times_per_day(1.0)),
        [period @ ("daily" | "hourly" | "weekly" | "monthly")] => Schedule::parse(period),
        ["every", day] | [day] if is_weekday(day) => Some(Schedule::times_per_day(1.0 / 7.0)),
        ["every", _] => words.get(1..).and_then(unit_of).map(every),
        _ => None,
    }
}

/// Whether a word says that something happens once a day, in any language.
fn is_every_day(word: &str) -> bool {
    matches!(word, "daily" | "nightly") || schedule_in_words(word) == Some(Schedule::times_per_day(1.0))
}

/// How many days of the week a word names: one for `fri`, five for `weekdays`.
pub(crate) fn weekdays_in(word: &str) -> Option<f64> {
    match word.trim().to_lowercase().as_str() {
        "weekdays" | "weekday" | "werktags" | "feriales" | "feriali" => Some(5.0),
        "weekend" | "weekends" | "wochenende" => Some(2.0),
        "daily" | "every day" | "everyday" => Some(7.0),
        word => {
            // `mon-fri`
            let span = word.split_once(['-', '–']).and_then(|(from, to)| Some((order(from)?, order(to)?)));
            match span {
                Some((from, to)) => Some(((to + 7 - from) % 7 + 1) as f64),
                None => is_weekday(word).then_some(1.0),
            }
        }
    }
}

/// The place of a day in the week, in English, German or the Romance languages.
fn order(day: &str) -> Option<usize> {
    const STARTS: [&[&str]; 7] = [
        &["mon", "mo", "lun", "seg"],
        &["tue", "di", "mar", "ter"],
        &["wed", "mi", "mer", "mié", "mie", "qua"],
        &["thu", "do", "jue", "jeu", "gio", "qui"],
        &["fri", "fr", "vie", "ven", "sex"],
        &["sat", "sa", "sáb", "sab", "sam"],
        &["sun", "so", "dom", "dim"],
    ];
    let day = day.trim();
    if !day.chars().all(char::is_alphabetic) {
        return None;
    }
    STARTS.iter().position(|starts| starts.iter().any(|start| day.starts_with(start)))
}

fn is_weekday(word: &str) -> bool {
    const DAYS: &[&str] = &[
        "tues",
        "thur",
        "thurs",
        "weds",
        "sali",
        "carsamba",
        "persembe",
        "понедельник",
        "вторник",
        "среда",
        "четверг",
        "пятница",
        "суббота",
        "воскресенье",
        "月曜",
        "火曜",
        "水曜",
        "木曜",
        "金曜",
        "土曜",
        "日曜",
        "seg",
        "ter",
        "qua",
        "qui",
        "sex",
        "gio",
        "jue",
        "vie",
        "sab",
        "wednesday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "sa",
        "so",
        "lun",
        "mar",
        "mer",
        "jeu",
        "ven",
        "sam",
        "dim",
        "lunes",
        "martes",
        "jueves",
        "viernes",
        "montag",
        "freitag",
        "sonntag",
        "domingo",
        "segunda",
        "terça",
        "quarta",
        "quinta",
        "sexta",
        "sábado",
        "sabado",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lunedì",
        "martedì",
        "mercoledì",
        "giovedì",
        "venerdì",
        "sabato",
        "domenica",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "zaterdag",
        "zondag",
        "pazartesi",
        "salı",
        "çarşamba",
        "perşembe",
        "cuma",
        "cumartesi",
        "pazar",
        "miércoles",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "samstag",
    ];
    let word = word.to_lowercase();
    let word = word.trim_end_matches(['.', ':']);
    DAYS.contains(&word) || ["day"].iter().any(|ending| word.ends_with(ending)) && word.len() > 5
}

/// The schedule that fires once in this many days, without the dust of binary fractions.
pub(crate) fn every(days: f64) -> Schedule {
    const GRAIN: f64 = 1e6;
    Schedule::times_per_day((GRAIN / days).round() / GRAIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_are_read_in_any_language() {
        for (text, per_day) in [
            ("toutes les 3 heures", 8.0),
            ("alle 12 Stunden", 2.0),
            ("cada hora", 24.0),
            ("каждую ночь", 1.0),
            ("todos los lunes", 1.0 / 7.0),
            ("毎日", 1.0),
            ("daily 04:10", 1.0),
            ("täglich um 9:00", 1.0),
        ] {
            assert_eq!(schedule_in(text).map(|schedule| schedule.per_day), Some(per_day), "{text}");
        }
        for text in ["all 5 files", "00:00-23:59", "jours", "nombre 3", "birthday party"] {
            assert_eq!(schedule_in(text), None, "{text}");
        }
    }
}
