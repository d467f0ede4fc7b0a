//! Time: durations in days, and how often a schedule fires in a day.

use croner::Weekday;
use croner::parser::{CronParser, Seconds, Year};

/// How often something fires.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    /// Firings in a day, as the mean of a year: finite and more than none. What never fires is no schedule.
    pub per_day: f64,
    /// Firings on a day on which it fires, where that is known to be more than the mean.
    pub(crate) on_its_days: f64,
    /// The hours of the day in which it fires, one bit for each; none where the configuration does not tell.
    pub hours: u32,
    /// The minute of the hour in which it fires, where it is one and the configuration tells.
    pub minute: Option<u8>,
}

/// Fires in each hour of the day.
const EVERY_HOUR: u32 = (1 << 24) - 1;

/// Hours in a day.
const HOURS: f64 = 24.0;
/// Minutes in a day.
const MINUTES: f64 = 24.0 * 60.0;
/// Days in a month, for text such as "one month".
pub(crate) const MONTH: f64 = 30.0;
/// Days in a year.
const YEAR: f64 = 365.0;

/// Reads a duration such as `36h`, `7 days`, `2w`, `1m 30s` or `0.5d`. Returns days.
/// `m` is minutes, `mo` months of 30 days. A bare number has no unit and is not a duration.
#[must_use]
pub fn parse_duration(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    let mut days = 0.0;
    let mut rest = text.as_str();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let tail = tail.trim_start();
        let letters = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        days += number.parse::<f64>().ok()? * unit_in_days(unit)?;
        rest = tail.trim_start_matches([' ', ',']);
    }
    Some(days)
}

/// Days in one unit of time, by its English name or abbreviation.
#[must_use]
pub fn unit_in_days(unit: &str) -> Option<f64> {
    Some(match unit {
        "ms" => 1.0 / (MINUTES * 60.0 * 1000.0),
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0 / (MINUTES * 60.0),
        "m" | "min" | "mins" | "minute" | "minutes" => 1.0 / MINUTES,
        "h" | "hr" | "hrs" | "hour" | "hours" => 1.0 / HOURS,
        "d" | "day" | "days" => 1.0,
        "w" | "week" | "weeks" => 7.0,
        "mo" | "month" | "months" => MONTH,
        "y" | "year" | "years" => YEAR,
        _ => return None,
    })
}

impl Schedule {
    /// Fires this many times a day.
    #[must_use]
    pub const fn times_per_day(per_day: f64) -> Self {
        Self { per_day, on_its_days: per_day, hours: 0, minute: None }
    }

    /// The same, fired once in so many days.
    #[must_use]
    pub fn once_in(self, days: f64) -> Self {
        Self { per_day: 1.0 / days, ..self }
    }

    /// Firings on the worst day: a weekly job does on its day what others do in seven.
    #[must_use]
    pub fn worst_day(self) -> f64 {
        match self.per_day.max(self.on_its_days) {
            most if most < 1.0 => 1.0,
            most => most,
        }
    }

    /// The hours of the day in which it is known to fire, from 0 to 23.
    pub fn hours_of_day(self) -> impl Iterator<Item = u8> {
        (0..24).filter(move |hour| self.hours >> hour & 1 == 1)
    }

    /// Fires when either of the two does.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let minute = self.minute.filter(|minute| other.minute == Some(*minute));
        Self {
            per_day: self.per_day + other.per_day,
            on_its_days: self.worst_day() + other.worst_day(),
            hours: self.hours | other.hours,
            minute,
        }
    }

    /// Reads `hourly`, `daily`, a weekday, `every 15m`, `3 per day`, a duration, or a cron line of five fields.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded = text.trim().to_ascii_lowercase();
        let per_day = match folded.trim_start_matches('@') {
            "minutely" => MINUTES,
            "hourly" => HOURS,
            "daily" | "midnight" => 1.0,
            "weekly" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" => {
                1.0 / 7.0
            }
            "monthly" => 1.0 / MONTH,
            "quarterly" => 4.0 / YEAR,
            "yearly" | "annually" => 1.0 / YEAR,
            other => {
                let duration = other.strip_prefix("every ").unwrap_or(other);
                match parse_duration(duration) {
                    // Times so short that their number has no end are as good as none.
                    Some(days) if days > 0.0 && (1.0 / days).is_finite() && days.is_finite() => 1.0 / days,
                    Some(_) => return None,
                    None => return Self::counted(other).or_else(|| Self::from_cron(other)),
                }
            }
        };
        let hours = match folded.trim_start_matches('@') {
            "midnight" => 1,
            // An interval of an hour or less leaves no hour out; where a longer one begins is not known.
            _ if per_day >= HOURS => EVERY_HOUR,
            _ => 0,
        };
        let minute = (hours == 1).then_some(0);
        Some(Self { per_day, on_its_days: per_day, hours, minute })
    }

    /// Reads `3 per day`, `3 per day at 8:30, 14:30`, or `3 per day in 8, 14`: the times at which it fires or the hours
    /// in which it does, where they are told.
    fn counted(text: &str) -> Option<Self> {
        let (number, hours) = text.split_once("per day")?;
        let per_day =
            number.trim().parse::<f64>().ok().filter(|number| number.is_finite() && *number > 0.0)?;
        let hours = hours.trim();
        let Some((word, list)) = hours.split_once(' ').filter(|(word, _)| matches!(*word, "at" | "in"))
        else {
            return hours.is_empty().then(|| Self::times_per_day(per_day));
        };
        let mut all = Self::times_per_day(per_day);
        for (place, time) in list.split(',').enumerate() {
            let (hour, minute) = time.trim().split_once(':').unwrap_or((time.trim(), "0"));
            let hour = hour.parse::<u32>().ok().filter(|hour| *hour < 24)?;
            let minute = minute.parse::<u8>().ok().filter(|minute| *minute < 60)?;
            all.hours |= 1 << hour;
            let same = place == 0 || all.minute == Some(minute);
            all.minute = (word == "at" && same).then_some(minute);
        }
        Some(all)
    }

    /// Reads a cron line of five fields, or of six that begin with seconds. Counts the firings of a whole year
    /// and spreads them over its days. None for a line that never fires, such as one for 30 February.
    #[must_use]
    pub fn from_cron(line: &str) -> Option<Self> {
        // Every line begins so; most texts do not, and need no parser.
        if !line.trim_start().starts_with(|first: char| first.is_ascii_digit() || "*?@".contains(first)) {
            return None;
        }
        // Some schedulers write `0/10` for every ten from zero.
        let parser = CronParser::builder()
            .seconds(Seconds::Optional)
            .year(Year::Disallowed)
            .sloppy_ranges(true)
            .build();
        let cron = parser.parse(line).ok()?.pattern;
        let seconds = (0..60).filter(|second| cron.second_match(*second).unwrap_or(false)).count();
        let minutes: Vec<u8> =
            (0..60).filter(|minute| cron.minute_match(u32::from(*minute)).unwrap_or(false)).collect();
        let hours: Vec<u32> = (0..24).filter(|hour| cron.hour_match(*hour).unwrap_or(false)).collect();
        let days = DAYS_OF_MONTHS
            .iter()
            .zip(1..)
            .zip(first_days())
            .filter(|((_, month), _)| cron.month_match(*month).unwrap_or(false))
            .flat_map(|((days, month), before)| (1..=*days).map(move |day| (month, day, before + day)))
            .filter(|(month, day, of_year)| {
                let weekday = Weekday::from_days_from_sunday((of_year - 1) % 7);
                cron.day_match(COMMON_YEAR, *month, *day, weekday).unwrap_or(false)
            })
            .count() as f64;
        let leap_day = || {
            let fires = cron.month_match(2).unwrap_or(false)
                && cron.day_match(LEAP_YEAR, 2, 29, Weekday::Thursday).unwrap_or(false);
            fires.then_some(1.0 / 4.0)
        };
        let days = if days > 0.0 { days } else { leap_day()? };
        let on_its_days = (seconds * minutes.len() * hours.len()) as f64;
        let per_day = on_its_days * days / YEAR;
        let minute = minutes.first().copied().filter(|_| minutes.len() == 1);
        let hours = hours.into_iter().fold(0, |bits, hour| bits | 1 << hour);
        (per_day > 0.0).then_some(Self { per_day, on_its_days, hours, minute })
    }
}

/// The days of the year before each month begins.
fn first_days() -> impl Iterator<Item = u32> {
    DAYS_OF_MONTHS.iter().scan(0, |sum, days| {
        let before = *sum;
        *sum += days;
        Some(before)
    })
}

/// A year of 365 days that begins on a Sunday, whose firings are counted; which one it is moves weekly ones by one day in 365.
const COMMON_YEAR: i32 = 2023;
/// A year whose 29 February is a Thursday.
const LEAP_YEAR: i32 = 2024;
/// The days of its months.
const DAYS_OF_MONTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_in_days() {
        for (text, days) in [("24h", 1.0), ("7 days", 7.0), ("2w", 14.0), ("1d 12h", 1.5), ("90 min", 0.0625)]
        {
            assert_eq!(parse_duration(text), Some(days), "{text}");
        }
        for text in ["", "7", "soon", "h", "3 fortnights"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn schedules_know_their_hours() {
        let hours = |text: &str| Schedule::parse(text).unwrap().hours_of_day().collect::<Vec<_>>();
        assert_eq!(hours("0 3 * * *"), [3]);
        assert_eq!(hours("30 8,20 * * 1"), [8, 20]);
        assert_eq!(hours("@midnight"), [0]);
        assert_eq!(hours("every 15m").len(), 24);
        assert!(hours("daily").is_empty());
        assert!(hours("every 6h").is_empty());
        assert_eq!(hours("2 per day at 8, 20"), [8, 20]);
        assert_eq!(hours("2 per day in 8, 20"), [8, 20]);
        let minute = |text: &str| Schedule::parse(text).unwrap().minute;
        for (text, expected) in [
            ("30 6 * * *", Some(30)),
            ("0,30 6 * * *", None),
            ("2 per day at 8:15, 20:15", Some(15)),
            ("2 per day at 8:15, 20", None),
            ("2 per day in 8, 20", None),
            ("@midnight", Some(0)),
            ("daily", None),
        ] {
            assert_eq!(minute(text), expected, "{text}");
        }
    }

    #[test]
    fn the_worst_day_is_no_mean() {
        for (text, most) in [
            ("0 9 * * *", 1.0),
            ("0 9 * * 1", 1.0),
            ("0 8,20 * * 1-5", 2.0),
            ("0 10 */3 * *", 1.0),
            ("weekly", 1.0),
            ("every 6h", 4.0),
            ("3 per day", 3.0),
        ] {
            assert_eq!(Schedule::parse(text).unwrap().worst_day(), most, "{text}");
        }
        let (monday, daily) = (Schedule::parse("0 9 * * 1").unwrap(), Schedule::parse("0 8 * * *").unwrap());
        assert_eq!(monday.and(daily).worst_day(), 2.0);
    }

    #[test]
    fn schedules_fire_per_day() {
        for (text, per_day) in [
            ("hourly", 24.0),
            ("every 15m", 96.0),
            ("*/5 * * * *", 288.0),
            ("0 9 * * *", 1.0),
            ("0 9 * * 1-5", 260.0 / 365.0),
            ("0 0 * * sun,wed", 105.0 / 365.0),
            ("30 8,20 * * *", 2.0),
            ("0 10 1 * *", 12.0 / 365.0),
            ("@daily", 1.0),
            ("0/10 * * * *", 144.0),
            ("0 0 9 * * *", 1.0),
            ("0 9 * * MON#1", 12.0 / 365.0),
            ("0 9 L * *", 12.0 / 365.0),
            ("0 9 * * 7", 53.0 / 365.0),
            ("3 per day", 3.0),
            ("0.5 per day at 8, 20", 0.5),
            ("0 9 29 2 *", 0.25 / 365.0),
        ] {
            let found = Schedule::parse(text).unwrap().per_day;
            assert!((found - per_day).abs() < 1e-9, "{text}: {found}");
        }
        let (never, always) = (format!("{}1s", "9".repeat(400)), format!("0.{}1s", "0".repeat(310)));
        for text in [
            never.as_str(),
            always.as_str(),
            "",
            "60 * * * *",
            "* * * *",
            "*/0 * * * *",
            "5-1 * * * *",
            "sometimes",
            "0 per day",
            "2 per day at 24",
            "0 9 30 2 *",
            "0 9 31 2,4,6,9,11 *",
        ] {
            assert_eq!(Schedule::parse(text), None, "{text}");
        }
    }
}
