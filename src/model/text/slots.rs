//! Slots in message templates: the pieces that are filled in when the bot runs.

use super::persons::is_person;

/// A slot such as `{handle}`, `{{ user.name }}`, `%name%`, `${user}` or `<@{id}>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot<'t> {
    /// The name inside, without braces, filters and white space: `user.name`.
    pub name: &'t str,
    /// Where the slot begins in the text, in bytes.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// The slots of a template, in order. Takes linear time, whatever is opened and never closed.
pub fn slots(text: &str) -> impl Iterator<Item = Slot<'_>> {
    let mut from = 0;
    let mut closings = Closings::default();
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..)?;
            let offset = rest.find(['{', '%', '$', '&'])?;
            let start = from + offset;
            match slot_at(text, start, &mut closings) {
                Some(slot) => {
                    from = slot.end;
                    return Some(slot);
                }
                None => from = start + 1,
            }
        }
    })
}

/// The next place of each closing sign. Thousands of openings may wait for one sign far behind them, or for none;
/// it is looked for once.
#[derive(Default)]
struct Closings([Option<usize>; 3]);

impl Closings {
    /// Where `sign` stands next at or behind `from`. Questions come in the order of the text.
    fn next(&mut self, text: &str, sign: &str, from: usize) -> Option<usize> {
        let number = match sign {
            "}}" => 0,
            "}" => 1,
            _ => 2,
        };
        let known = self.0.get_mut(number)?;
        if known.is_none_or(|at| at < from) {
            let found = text.get(from..)?.find(sign).map(|at| from + at);
            *known = Some(found.unwrap_or(usize::MAX));
        }
        known.filter(|at| *at < text.len())
    }
}

/// The slot that begins at this byte, if one does.
fn slot_at<'t>(text: &'t str, start: usize, closings: &mut Closings) -> Option<Slot<'t>> {
    let (open, close) = match text.as_bytes().get(start..)? {
        [b'$', b'{', b'{', ..] => ("${{", "}}"),
        [b'{', b'{', ..] => ("{{", "}}"),
        [b'$', b'{', ..] => ("${", "}"),
        [b'{', ..] => ("{", "}"),
        [b'%', ..] => ("%", "%"),
        [b'&', ..] => return person_at(text, start),
        _ => return None,
    };
    let first = start + open.len();
    let end = closings.next(text, close, first)?;
    // Between per cent signs only a plain word is a slot; "50% of … 20%" is arithmetic.
    let is_plain = open == "%";
    let belongs = |c: char| {
        c.is_alphanumeric()
            || c == '_'
            || (!is_plain && matches!(c, '-' | '.' | ' ' | '[' | ']' | '\'' | '"'))
    };
    let inside = text.get(first..end)?;
    // What cannot belong to a name ends the search: another opening often stands before the closing sign.
    let may_surround = |c: char| c.is_whitespace() || c == '#';
    let length = inside.find(|c: char| !(belongs(c) || may_surround(c))).unwrap_or(inside.len());
    let (name, rest) = inside.split_at_checked(length)?;
    let name = name.trim().trim_start_matches('#');
    let is_name = (rest.is_empty() || rest.starts_with('|'))
        && !name.is_empty()
        && name.len() <= 64
        && name.chars().all(belongs);
    is_name.then_some(Slot { name, start, end: end + close.len() })
}

/// `&mention`, as bots on WhatsApp write it: a word that stands for a person, and nothing of an address or of HTML.
fn person_at(text: &str, start: usize) -> Option<Slot<'_>> {
    let before = text.get(..start)?.chars().next_back();
    let rest = text.get(start + 1..)?;
    let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
    let name = rest.get(..end)?;
    let in_address =
        before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '?' | '&' | '/'));
    let goes_on = rest.get(end..)?.starts_with([';', '=']);
    (is_person(name) && !in_address && !goes_on).then_some(Slot { name, start, end: start + 1 + end })
}

impl Slot<'_> {
    /// The last part of the name, in lower case without separators: `screenname` of `{{user.screen_name}}`.
    #[must_use]
    pub fn last_word(&self) -> String {
        let last = self.name.rsplit(['.', ' ']).next().unwrap_or(self.name);
        last.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_of_many_templates() {
        let text = "{handle}, {{ user.screen_name | upper }}, ${name}, %name%, <@{id}>, {{#author}}";
        let names: Vec<_> = slots(text).map(|slot| slot.name).collect();
        assert_eq!(names, ["handle", "user.screen_name", "name", "name", "id", "author"]);
    }

    #[test]
    fn a_person_behind_an_ampersand_is_a_slot() {
        let names = |text| slots(text).map(|slot| slot.name.to_owned()).collect::<Vec<_>>();
        assert_eq!(names("Link found, &mention was kicked by &user."), ["mention", "user"]);
        for none in ["a.example/?x=1&user=2", "&name;", "you & user", "R&B", "&more", "?&user"] {
            assert_eq!(names(none), Vec::<String>::new(), "{none}");
        }
    }

    #[test]
    fn arithmetic_and_json_are_no_slots() {
        assert_eq!(slots("50% of 20% {\"a\": 1} {} { $5").count(), 0);
    }

    #[test]
    fn what_is_opened_and_not_closed_is_no_slot() {
        for (text, names) in [
            ("{{ {{ {{ ", vec![]),
            ("${{ {{ { %x ${ {user}", vec!["user"]),
            ("{{ a {{ b }}", vec!["b"]),
            ("{a {b} c}", vec!["b"]),
            ("{a}}} {{b}", vec!["a", "b"]),
            ("{ name|x|{y} }", vec!["name"]),
            ("{{#a}} {\u{a0}b\t} %c% {d\ne}", vec!["a", "b", "c"]),
        ] {
            assert_eq!(slots(text).map(|slot| slot.name).collect::<Vec<_>>(), names, "{text}");
        }
    }
}
