//! How many people a message pings.

use std::collections::BTreeSet;

use super::slots::slots;

/// How many people a template pings: handles such as `@kim`, and slots that stand for one (`@{user}`, `<@{id}>`,
/// `{handle}`, `{mention}`). Each is counted once; a name without a sign does not ping.
#[must_use]
pub fn pings(text: &str) -> usize {
    let mut pinged: BTreeSet<String> = slots(text)
        .filter(|slot| {
            let before = text.get(..slot.start).unwrap_or_default();
            let last = slot.last_word();
            before.ends_with('@')
                || before.ends_with("<@!")
                || matches!(last.as_str(), "handle" | "handles" | "mention" | "mentions")
        })
        .map(|slot| slot.name.to_lowercase())
        .collect();
    let mut before = ' ';
    for (start, character) in text.char_indices() {
        if character == '@'
            && !(before.is_alphanumeric() || matches!(before, '.' | '_' | '-' | '+' | '@' | '/'))
        {
            let rest = text.get(start + 1..).unwrap_or_default();
            let end =
                rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
            let handle = rest.get(..end).unwrap_or_default().to_lowercase();
            if !handle.is_empty() && !EVERYBODY.contains(&handle.as_str()) {
                pinged.insert(format!("@{handle}"));
            }
        }
        before = character;
    }
    pinged.len()
}

/// How many people a text pings on Reddit, where only `u/NAME` does: an at sign is a letter there.
#[must_use]
pub fn pings_on_reddit(text: &str) -> usize {
    let mut pinged = BTreeSet::new();
    for (at, _) in text.match_indices("u/") {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let apart = match before {
            // `/u/name`, but no address: `reddit.com/u/name`.
            Some('/') => text
                .get(..at.saturating_sub(1))
                .and_then(|before| before.chars().next_back())
                .is_none_or(|before| !(before.is_alphanumeric() || matches!(before, '.' | '/' | '_' | '-'))),
            before => before.is_none_or(|before| !(before.is_alphanumeric() || matches!(before, '_' | '-'))),
        };
        let rest = text.get(at + 2..).unwrap_or_default();
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_-{}.".contains(c))).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or_default().trim_end_matches(['.', '-']);
        if apart && !name.is_empty() {
            pinged.insert(name.to_lowercase());
        }
    }
    pinged.len()
}

/// Words that ping a whole room rather than one person.
const EVERYBODY: &[&str] = &["everyone", "here", "channel", "all", "room"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pings_are_counted_once() {
        for (text, count) in [
            ("CC @a @b, and @a again", 2),
            ("@{user} and <@{id}> and {{ author.handle }}", 3),
            ("Dear {first_name}, write to desk@example.org", 0),
            ("@everyone look", 0),
            ("from @kim@social.example", 1),
        ] {
            assert_eq!(pings(text), count, "{text}");
        }
    }

    #[test]
    fn only_user_names_ping_on_reddit() {
        for (text, count) in [
            ("Thanks u/ana_kettle and /u/ben, and u/ana_kettle again", 2),
            ("Hello u/{{author}}.", 1),
            ("// @name Kettle\n// @match https://kettles.example/*", 0),
            ("@everyone, see https://www.reddit.com/u/ana or menu/list", 0),
        ] {
            assert_eq!(pings_on_reddit(text), count, "{text}");
        }
    }
}
