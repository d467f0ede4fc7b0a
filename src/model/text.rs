//! Slots in message templates: which pieces are filled in when the bot runs, and whether one names a person.

use std::collections::BTreeSet;

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
    let is_person = PERSONS.contains(&name);
    (is_person && !in_address && !goes_on).then_some(Slot { name, start, end: start + 1 + end })
}

/// Words that stand for a person when they end a slot's name.
const PERSONS: &[&str] = &[
    "user",
    "users",
    "username",
    "usernames",
    "handle",
    "handles",
    "name",
    "names",
    "firstname",
    "fullname",
    "nombrecompleto",
    "nomecompleto",
    "nomcomplet",
    "vollername",
    "volledigenaam",
    "realname",
    "lastname",
    "konto",
    "lastname",
    "screenname",
    "author",
    "issueauthor",
    "assignees",
    "member",
    "members",
    "sender",
    "customer",
    "follower",
    "followers",
    "unfollower",
    "unfollowers",
    "nick",
    "nickname",
    "displayname",
    "login",
    "mention",
    "initiator",
    "subject",
    "leaver",
    "nombre",
    "prenom",
    "nome",
    "vorname",
    "namen",
    "nomi",
    "noms",
    "nombres",
    "nomes",
    "usuario",
    "usuarios",
    "nutzer",
    "utilisateur",
    "list",
    "lista",
    "liste",
    "lijst",
    "who",
    "quem",
    "quien",
    "wer",
    "acct",
    "nom",
    "pseudo",
    "naam",
    "isim",
    "adi",
    "etiket",
    "etiketler",
    "имя",
    "имена",
    "ник",
    "apodo",
    "mentions",
    "leavers",
    "quitters",
    "gamertag",
    "tag",
    "tags",
    "prénom",
    "membre",
    "membres",
    "abonné",
    "abonne",
    "usuária",
    "miembro",
    "miembros",
    "seguidor",
    "seguidora",
    "membro",
    "membros",
    "usuário",
    "utente",
    "utenti",
    "membri",
    "mitglied",
    "mitglieder",
    "nutzername",
    "benutzer",
    "benutzername",
    "spieler",
    "voornaam",
    "lid",
    "leden",
    "volger",
    "gebruiker",
    "gebruikersnaam",
    "üye",
    "uye",
    "üyeler",
    "kullanıcı",
    "kullanici",
    "takipçi",
    "takipci",
    "участник",
    "участники",
    "пользователь",
    "юзер",
    "подписчик",
    "名前",
    "氏名",
    "ユーザー",
    "ユーザー名",
    "メンバー",
    "会員",
];

impl Slot<'_> {
    /// The last part of the name, in lower case without separators: `screenname` of `{{user.screen_name}}`.
    #[must_use]
    pub fn last_word(&self) -> String {
        let last = self.name.rsplit(['.', ' ']).next().unwrap_or(self.name);
        last.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }

    /// Whether a person's name or handle is filled in here.
    #[must_use]
    pub fn names_person(&self) -> bool {
        let last = self.last_word();
        const LISTED: [&str; 17] = [
            "arrobas",
            "names",
            "handles",
            "usernames",
            "mentions",
            "leavers",
            "quitters",
            "households",
            "nombres",
            "nomes",
            "nomi",
            "noms",
            "namen",
            "konten",
            "isimler",
            "adlar",
            "deserters",
        ];
        self.name.split(['_', '-', '.', ' ']).any(|word| LISTED.contains(&word.to_lowercase().as_str()))
            || PERSONS.contains(&last.as_str())
            || last == "tag" && ["user", "member", "author"].iter().any(|of| self.name.starts_with(of))
            || self.name.split(['_', '-', '.']).next_back().is_some_and(|word| {
                PERSONS.contains(&word.to_lowercase().as_str())
                    && !matches!(word.to_lowercase().as_str(), "name" | "names")
            })
    }
}

/// Whether a template names the person it is about: by a slot, or by a mention built from an identity (`<@{id}>`).
#[must_use]
pub fn names_person(text: &str) -> bool {
    slots(text).any(|slot| {
        let mentioned =
            text.get(..slot.start).is_some_and(|before| before.ends_with('@') || before.ends_with("<@!"));
        mentioned || slot.names_person()
    })
}

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

    #[test]
    fn people_are_named_by_slots_only() {
        for text in ["@{handle} left", "<@{id}> left", "bye {unfollower}", "%name%", "{{user.name}}"] {
            assert!(names_person(text), "{text}");
        }
        for text in
            ["{count} people left", "{title} {url}", "we lost a follower", "{file_name}", "{event_name}"]
        {
            assert!(!names_person(text), "{text}");
        }
    }
}
