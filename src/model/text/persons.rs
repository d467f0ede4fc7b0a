//! Whether a template names a person, by the words in the names of its slots.

use super::slots::{Slot, slots};

impl Slot<'_> {
    /// Whether a person's name or handle is filled in here.
    #[must_use]
    pub fn names_person(&self) -> bool {
        let last = self.last_word();
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
    // `{title} by {author}, {price}`: a thing, and whoever made it.
    let about_thing = slots(text).any(|slot| THINGS.contains(&slot.last_word().as_str()));
    slots(text).any(|slot| {
        if about_thing && !CERTAIN.contains(&slot.last_word().as_str()) {
            return false;
        }
        let mentioned =
            text.get(..slot.start).is_some_and(|before| before.ends_with('@') || before.ends_with("<@!"));
        mentioned || slot.names_person()
    })
}

/// Words of slots in templates that tell of a thing.
const THINGS: [&str; 12] = [
    "title", "titel", "titre", "titulo", "título", "titolo", "headline", "price", "preis", "prix", "precio",
    "prezzo",
];

/// Slots that name somebody in whatever template they stand.
const CERTAIN: [&str; 10] = [
    "user",
    "users",
    "username",
    "usernames",
    "handle",
    "handles",
    "mention",
    "mentions",
    "member",
    "members",
];

/// Whether a word stands for a person.
pub(super) fn is_person(word: &str) -> bool {
    PERSONS.contains(&word)
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

/// Parts of a slot's name that speak of several people.
const LISTED: &[&str] = &[
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

#[cfg(test)]
mod tests {
    use super::*;

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
