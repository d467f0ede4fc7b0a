//! How many sessions fit into a day, for tools that work in sessions, pause in between and keep to
//! working hours.

/// Minutes in a day.
const DAY: f64 = 24.0 * 60.0;
/// Minutes that a session takes where no limit says so; the tools' own examples stop after 50 to 60.
pub(in crate::dialect) const USUAL_SESSION: f64 = 60.0;

/// A time of day from which to which the bot works, in minutes after midnight. May cross midnight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::dialect) struct Window {
    from: f64,
    to: f64,
}

impl Window {
    /// Reads `10.15-16.40`, `08:00-09:30`, `9-21`; a dot or a colon stands before the minutes.
    pub(in crate::dialect) fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.trim().split_once('-')?;
        Some(Self { from: time_of_day(from)?, to: time_of_day(to)? })
    }

    /// Minutes from its beginning to its end.
    fn minutes(self) -> f64 {
        let minutes = self.to - self.from;
        if minutes > 0.0 { minutes } else { minutes + DAY }
    }

    /// Whether it leaves the night alone, from 23:00 to 7:00 on the clock of the phone. Where the people
    /// live who are reached, nobody knows, so the evening gets the benefit of the doubt.
    pub(in crate::dialect) fn spares_the_night(self) -> bool {
        7.0 * 60.0 <= self.from && self.from < self.to && self.to <= 23.0 * 60.0
    }
}

/// Reads several windows, in one text or in several; `None` if any of them is none.
pub(in crate::dialect) fn windows<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Vec<Window>> {
    texts.flat_map(|text| text.trim_matches(['[', ']']).split(',')).map(Window::parse).collect()
}

fn time_of_day(text: &str) -> Option<f64> {
    let text = text.trim();
    let (hours, minutes) = text.split_once(['.', ':']).unwrap_or((text, "0"));
    let hours = hours.parse::<u8>().ok().filter(|hours| *hours <= 24)?;
    let minutes = minutes.parse::<u8>().ok().filter(|minutes| *minutes < 60)?;
    Some(f64::from(hours) * 60.0 + f64::from(minutes))
}

/// Sessions in a day at most, when one begins every `cycle` minutes (its length and the pause after it)
/// and only within working hours. Each window has room for at least one.
pub(in crate::dialect) fn sessions_per_day(cycle: f64, windows: &[Window]) -> f64 {
    let cycle = cycle.max(1.0);
    match windows {
        [] => DAY / cycle,
        windows => windows.iter().map(|window| (window.minutes() / cycle).ceil().max(1.0)).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_read_in_every_spelling_and_may_cross_midnight() {
        let minutes = |text: &str| Window::parse(text).map(Window::minutes);
        assert_eq!(minutes("10.15-16.40"), Some(385.0));
        assert_eq!(minutes(" 08:00-09:30"), Some(90.0));
        assert_eq!(minutes("9-21"), Some(720.0));
        assert_eq!(minutes("22.00-3.30"), Some(330.0));
        for text in ["", "9", "25-26", "9.99-10", "x-y"] {
            assert_eq!(Window::parse(text), None, "{text}");
        }
        assert_eq!(windows(["[9-10, 11-12]", "13-14"].into_iter()).map(|all| all.len()), Some(3));
    }

    #[test]
    fn sessions_that_fit() {
        let three = windows(["8-9.30", "14-15.30", "20-21.30"].into_iter()).unwrap();
        assert_eq!(sessions_per_day(180.0, &three), 3.0);
        assert_eq!(sessions_per_day(280.0, &[]).round(), 5.0);
        assert_eq!(sessions_per_day(0.0, &[]), 1440.0);
    }

    #[test]
    fn the_night_is_spared_only_by_windows_of_the_day() {
        let spares = |text: &str| Window::parse(text).unwrap().spares_the_night();
        assert!(spares("9.00-18.00") && spares("18.15-22.46"));
        assert!(!spares("22.00-3.30") && !spares("6-10") && !spares("18-23.59"));
    }
}
