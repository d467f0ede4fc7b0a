//! Whom it reaches.

use crate::model::{
    Audience, AudienceKind, Event, Guard, GuardKind, ListSource, Site, Stated, Text, Trigger, Verb,
};
use crate::reader::clauses::frame::{Doing, Frame};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{
    Given, call_in, duration_in, is_address, is_sentence, listed, names_in, schedule_in,
};
use crate::reader::sense::{self, Deed};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// `audience: allMembers`, `source: my_followers`, `to: new_follows`, `who: anyoneNew`, `seeds: […]`.
    pub(crate) fn audience(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let role = phrase.any(&[
            C::List,
            C::To,
            C::Source,
            C::People,
            C::Rival,
            C::Lead,
            C::Engager,
            C::Everyone,
            C::Acquaintance,
            C::Collect,
            C::Follower,
            C::Member,
            C::Channel,
        ]) || phrase.words.len() == 1 && phrase.word("genitive") && names_people(item)
            || matches!(item.key.text(), "a" | "à" | "an" | "aan") && names_people(item)
            || frame.named.is_some() && phrase.concepts.is_empty() && names_only_people(item)
            || frame.around && phrase.only_words(&NAMES)
            || sense::act(phrase).is_none()
                && (names_one_sided(item) || names_people_around(item) || self.names_rivals(item, frame));
        if !role
            || !matches!(given, Given::Said | Given::Unknown)
            || phrase.any(&[C::Text, C::SelfAccount]) && !frame.around
            || phrase.has(C::Operator) && !phrase.has(C::Rival)
            // `rival_action: add`
            || phrase.has(C::Action) && !phrase.only(&[C::Action, C::People])
        {
            return false;
        }
        let lists_files = item.value.kind() == Kind::Scalar && is_file(item.value.text());
        let names_act = sense::act(phrase).is_some_and(|act| match act.deed {
            Deed::Collect => false,
            Deed::Review => !phrase.has(C::Source),
            Deed::Verb(crate::model::Verb::ListAdd) => !lists_files,
            _ => true,
        });
        if names_act || phrase.word("name") {
            return false;
        }
        // `add: { list: people.csv, into: [news] }`: where people are put is not who they are.
        let puts = frame.named.is_some_and(|(act, _)| is_putting(act.deed))
            || frame.doings.iter().any(|doing| is_putting(doing.deed));
        if puts && phrase.only(&[C::To, C::Channel]) {
            return true;
        }
        let site = self.reader.site(item.value);
        let mut texts = listed(&self.reader, item.value);
        // `csv:people.csv`
        for text in &mut texts {
            if let Some(path) = text.text.strip_prefix("csv:").or_else(|| text.text.strip_prefix("file:")) {
                text.text = path.trim().to_owned();
            }
        }
        texts.retain(|text| {
            duration_in(&text.text).is_none()
                && schedule_in(&text.text).is_none()
                && text.text.parse::<f64>().is_err()
        });
        // `from: [server:rogue_fans, server:jam]`: the members of other places.
        let of_places =
            phrase.has(C::Source) && !texts.is_empty() && texts.iter().all(|text| is_place(&text.text));
        if of_places {
            let mut audience = Audience::new(AudienceKind::Members, site).of(texts);
            audience.source = Stated::Known(ListSource::Scraped, site);
            frame.audiences.push(audience);
            return true;
        }
        // `to: all` of what is posted: all places.
        let places = phrase.only(&[C::To]) && item.value.kind() == Kind::Scalar;
        if places && matches!(item.value.text().trim(), "all" | "*" | "every") {
            return true;
        }
        if texts.is_empty() && given == Given::Said {
            return false;
        }
        // `collect: [follower_total, gained, lost]`: numbers, and nobody.
        let counts = |text: &Text| {
            let value = Phrase::read(&text.text);
            value.has(C::Count) || ["total", "sum", "average"].iter().any(|word| value.word(word))
        };
        if phrase.has(C::Collect) && texts.iter().any(counts) {
            return true;
        }
        if texts.iter().all(|text| is_file(&text.text)) && !texts.is_empty() {
            return self.list_in_file(&texts, frame) || self.people_in_file(&texts, phrase, frame);
        }
        // `room: "#lobby:example.org"` of the whole file is where it is.
        if frame.whole && phrase.only(&[C::Channel]) && !phrase.plural(C::Channel) {
            return true;
        }
        // What the whole file names is its server or its channel, unless the key says more.
        let names_event = || {
            texts.iter().any(|text| {
                let value = Phrase::read(&text.text);
                value.only(&[C::Mention, C::Dm, C::Comment, C::Reply, C::Message])
            })
        };
        if frame.name.is_empty()
            && !frame.around
            && phrase.only(&[C::To, C::People, C::Channel, C::Source, C::Public])
            && !names_event()
            && !texts.iter().any(|text| text.text.starts_with('#'))
        {
            return texts.iter().any(|text| is_address(&text.text));
        }
        let runs_it = |text: &Text| Phrase::read(text.text.trim_start_matches('@')).only(&[C::Operator]);
        if texts.iter().any(|text| is_address(&text.text)) || !texts.is_empty() && texts.iter().all(runs_it) {
            // Goes to somebody who reads it.
            frame.audiences.push(Audience::new(AudienceKind::Operator, site).of(texts));
            return true;
        }
        if item.value.kind() == Kind::Scalar
            && is_sentence(item.value.text())
            && item.value.text().contains(['{', '!'])
        {
            return false;
        }
        // `recipients: only people who sent /start`
        if item.value.kind() == Kind::Scalar && item.said().starts(C::Only) {
            frame.guards.push(Guard::new(GuardKind::OptedIn, site));
            frame.audiences.push(Audience::new(AudienceKind::OptInList, site));
            return true;
        }
        // `pick: post_authors`: of the posts that are looked for.
        let authors = ["author", "authors", "poster", "posters"].iter().any(|word| item.said().word(word));
        if item.value.kind() == Kind::Scalar && authors && item.said().words.len() <= 2 {
            return true;
        }
        let mut audiences = Vec::new();
        let mut names = Vec::new();
        for text in &texts {
            let (before, events) = (audiences.len(), frame.triggers.len());
            self.person(text, phrase, &mut audiences, frame);
            if audiences.len() == before && frame.triggers.len() == events {
                names.push(text.clone());
            }
        }
        // `seeds: [followers, kim]`: beside kinds of people stand names.
        names.retain(|name| is_a_name(&name.text));
        if !audiences.is_empty() && !names.is_empty() {
            audiences.push(Audience::new(AudienceKind::Named, site).of(names));
        }
        if phrase.has(C::Collect) {
            frame.collects.get_or_insert(self.reader.site(item.key));
        }
        let by_key = sense::people(phrase).filter(|kind| *kind != AudienceKind::Operator);
        if audiences.is_empty() {
            let kind = by_key.unwrap_or(AudienceKind::Named);
            let are_tags = !texts.is_empty() && texts.iter().all(|text| text.text.starts_with('#'));
            let kind = if are_tags { AudienceKind::Search } else { kind };
            let mut audience = Audience::new(kind, site).of(texts);
            audience.source = source_of(phrase, site);
            audiences.push(audience);
        }
        frame.audiences.append(&mut audiences);
        true
    }

    /// `RIVAL_TRAINERS=ironanna,coach_peer`: names in a section about rivals.
    fn names_rivals(&self, item: &Item<'t>, frame: &Frame) -> bool {
        let section = frame.section();
        section.has(C::Rival) && !section.has(C::Follower) && {
            let names = listed(&self.reader, item.value);
            !names.is_empty() && names.iter().all(|name| is_a_name(&name.text) && !is_file(&name.text))
        }
    }

    /// The people that one word of a value names; an event for `anyone new`.
    pub(crate) fn person(&self, text: &Text, key: &Phrase, audiences: &mut Vec<Audience>, frame: &mut Frame) {
        // `@x takipçileri` names people around an account; `@x` alone is the account.
        if text.text.starts_with(['@', '#']) && !text.text.contains(' ')
            || text.text.len() > 60
            || text.text.split_whitespace().count() > 5
        {
            return;
        }
        let (name, of) = match text.text.split_once([':', '=']) {
            Some((name, of)) if !of.starts_with("//") => (name, Some(of.trim())),
            _ => (text.text.as_str(), None),
        };
        let (name, of) = call_in(&text.text).map_or((name, of), |(name, of)| (name, Some(of)));
        let value = Phrase::read(name);
        // `send_to: customers, purchased`: lists that other entries hold.
        if let Some(file) = self.files.get(&text.text.to_lowercase()) {
            let of = self.reader.text(*file);
            let path = Phrase::read(of.text.rsplit('/').next().unwrap_or_default());
            let mut audience = Audience::new(AudienceKind::List, text.site).of(vec![of]);
            audience.source = source_of(&value, text.site);
            if audience.source.is_absent() {
                audience.source = source_of(&path, text.site);
            }
            audiences.push(audience);
            return;
        }
        // `seguidores_de_perfiles` beside `perfiles: […]`: around the names of that list.
        if let Some(of) = self.followers_of_group(text, &value) {
            audiences.push(Audience::new(AudienceKind::FollowersOf, text.site).of(of));
            return;
        }
        // `who: harvested`
        if value.words.len() == 1 && value.has(C::Collect) && of.is_none() && !key.has(C::Collect) {
            let mut audience = Audience::new(AudienceKind::List, text.site);
            audience.source = Stated::Known(ListSource::Scraped, text.site);
            audiences.push(audience);
            return;
        }
        let names = names_in(text);
        let twice = value.words.iter().filter(|word| word.concepts.has(C::Follower)).count() >= 2;
        let arrives =
            !twice && value.has(C::New) && value.any(&[C::Follower, C::Follow, C::Everyone, C::People]);
        if arrives || value.has(C::Follow) && value.has(C::Back) {
            frame.triggers.push(Trigger::new(Event::Followed, text.site));
            return;
        }
        if value.has(C::Leaver) || value.has(C::Lost) && value.has(C::Follower) {
            frame.triggers.push(Trigger::new(Event::Unfollowed, text.site));
            return;
        }
        if key.any(&[C::Source, C::To])
            && let Some(event) = sense::inbound(&value, None).filter(|_| {
                value.has(C::Mention) || value.only(&[C::Dm, C::Comment, C::Reply, C::Ping, C::Message])
            })
        {
            frame.triggers.push(Trigger::new(event, text.site));
            frame.joint = true;
            return;
        }
        let joint = key.any(&[C::Rival, C::Source]) && value.has(C::Follower) && key.has(C::Follower);
        // `seeds: [mayor_hollis]`: a name, although it has a word for somebody in it.
        let around = key.any(&[C::Source, C::Rival, C::Collect, C::Lead, C::Engager]);
        if around && value.unknown() > 0 && value.has(C::Operator) && of.is_none() && !text.text.contains(' ')
        {
            audiences.push(Audience::new(AudienceKind::Named, text.site).of(vec![text.clone()]));
            return;
        }
        if let Some(kind) = sense::people(&value) {
            // A name such as `big_account` is a name where the key says of whom.
            let is_name = kind == AudienceKind::FollowersOf
                && !refers_to_others(&text.text)
                && value.has(C::Rival)
                && !value.words.iter().any(|word| word.text.contains("follower"))
                && !value.has(C::Follower)
                && of.is_none()
                && names.is_empty()
                && text.text.contains(['_', '.']);
            if is_name {
                let by_key = sense::people(key).filter(|kind| *kind != AudienceKind::Operator);
                let kind = by_key.unwrap_or(AudienceKind::Named);
                audiences.push(Audience::new(kind, text.site).of(vec![text.clone()]));
                return;
            }
            let looks =
                key.has(C::Collect) && kind == AudienceKind::OwnFollowers && !value.has(C::SelfAccount);
            let kind = if joint || looks { AudienceKind::FollowersOf } else { kind };
            let kind = if kind == AudienceKind::OwnFollowers && !names.is_empty() {
                AudienceKind::FollowersOf
            } else {
                kind
            };
            // `target: contacts` beside `contacts: { file: bought.csv }`.
            let listed = self.scopes.get(frame.account).and_then(|scope| {
                scope
                    .people
                    .iter()
                    .take(50)
                    .find(|people| !people.source.is_absent() && people.kind == AudienceKind::List)
            });
            if let (AudienceKind::Contacts | AudienceKind::List, true, Some(listed)) =
                (kind, names.is_empty(), listed)
            {
                audiences.push(Audience { site: text.site, ..listed.clone() });
                return;
            }
            let mut audience = Audience::new(kind, text.site).of(names);
            if kind == AudienceKind::FollowersOf
                && audience.of.is_empty()
                && (value.only(&[C::Rival])
                    && !refers_to_others(&text.text)
                    && key.any(&[C::Source, C::Rival])
                    || joint && value.unknown() > 0)
                && of.is_none()
            {
                audience.of.push(text.clone());
            }
            if kind == AudienceKind::OwnFollowers && value.has(C::SelfAccount) {
                // Marks that the file says whose followers they are.
                audience
                    .of
                    .push(Text { text: AudienceKind::OwnFollowers.name().to_owned(), site: text.site });
            }
            if let Some(of) = of {
                audience.of.push(Text { text: of.to_owned(), site: text.site });
                if kind == AudienceKind::OwnFollowers {
                    audience.kind = AudienceKind::FollowersOf;
                }
            }
            audience.source = source_of(&value, text.site);
            audiences.push(audience);
        } else if value.has(C::Everyone) && value.words.len() <= 2 {
            let kind = sense::people(key).unwrap_or(AudienceKind::Random);
            audiences.push(Audience::new(kind, text.site));
        }
    }

    /// The names of the list that a value such as `followers_of_profiles` speaks of.
    fn followers_of_group(&self, text: &Text, value: &Phrase) -> Option<Vec<Text>> {
        let last = text.text.rsplit(['_', '-', ' ', ':']).next()?.to_lowercase();
        if !value.any(&[C::Follower, C::Rival]) || last.len() == text.text.len() {
            return None;
        }
        let group = self.groups.get(&last).into_iter().flatten().take(50);
        let names = group.chain(self.lists.get(&last)).flat_map(|node| listed(&self.reader, *node));
        Some(names.collect()).filter(|names: &Vec<Text>| !names.is_empty())
    }

    /// `read_by: nobody`, `route: void`: silence that is said.
    pub(crate) fn goes_nowhere(
        &mut self,
        phrase: &Phrase,
        given: Given,
        site: Site,
        frame: &mut Frame,
    ) -> bool {
        if given != Given::Nothing
            || !phrase.any(&[C::Forward, C::Handoff])
            || frame.event().is_none_or(|event| !event.is_inbound())
        {
            return false;
        }
        frame.doings.push(Doing::of(Deed::Ignore, site));
        true
    }
}

/// `their_audience`: people of somebody who is named elsewhere.
fn refers_to_others(text: &str) -> bool {
    const OTHERS: [&str; 5] = ["their", "his", "her", "whose", "of"];
    crate::reader::words::tokens::words(text).iter().any(|word| OTHERS.contains(&word.as_str()))
}

/// Whether a value means the people around others, whatever its key: `edge: followers_of`, `take: their_audience`.
pub(crate) fn names_people_around(item: &Item<'_>) -> bool {
    item.value.kind() == Kind::Scalar && {
        let value = item.said();
        value.words.len() <= 3
            && value.only(&[C::Rival, C::Follower, C::Source, C::People])
            && sense::people(value) == Some(AudienceKind::FollowersOf)
    }
}

/// Keys of names, where the section says what they are for.
const NAMES: [&str; 10] = [
    "account",
    "accounts",
    "handle",
    "handles",
    "user",
    "users",
    "profile",
    "profiles",
    "username",
    "usernames",
];

/// Whether a text names a place whose members may be meant: `server:rogue_fans`, `grupo:Erasmus`.
fn is_place(text: &str) -> bool {
    const PLACES: [&str; 11] = [
        "server", "servidor", "serveur", "guild", "group", "grupo", "gruppe", "groupe", "gruppo", "chat",
        "channel",
    ];
    text.split_once(':').is_some_and(|(place, name)| {
        PLACES.contains(&place.trim().to_lowercase().as_str()) && !name.trim().is_empty()
    })
}

/// Whether a text is a name and nothing else.
fn is_a_name(text: &str) -> bool {
    let name = Phrase::read(text.trim_start_matches('@'));
    !text.contains(' ') && name.unknown() > 0 && name.unknown() * 2 >= name.words.len()
}

/// Whether a value says whose people it means: `de: seguidores de @x`.
fn names_people(item: &Item<'_>) -> bool {
    item.value.kind() == Kind::Scalar && sense::people(item.said()).is_some()
}

/// Whether a value means those who do not follow back, whatever its key: `compare: following minus followers`.
fn names_one_sided(item: &Item<'_>) -> bool {
    item.value.kind() == Kind::Scalar && !is_sentence(item.value.text()) && {
        let value = item.said();
        value.has(C::OneSided) && value.words.len() <= 5
    }
}

/// Whether a value names a file or an address of the web.
pub(crate) fn is_file(text: &str) -> bool {
    const ENDINGS: [&str; 10] =
        [".json", ".csv", ".txt", ".md", ".yaml", ".yml", ".db", ".tsv", ".xlsx", ".sqlite"];
    let text = text.trim();
    !text.contains(char::is_whitespace)
        && !text.starts_with('@')
        && (text.contains("://")
            || text.starts_with(['/', '.'])
            || text.ends_with('/')
            || ENDINGS.iter().any(|ending| text.to_lowercase().ends_with(ending)))
}

/// `invite: { each_evening: everyone }`: a value that is nothing but a kind of people.
fn names_only_people(item: &Item<'_>) -> bool {
    const PEOPLE: [C; 8] = [
        C::Everyone,
        C::Member,
        C::Follower,
        C::Acquaintance,
        C::Subscriber,
        C::Customer,
        C::Engager,
        C::People,
    ];
    item.value.kind() == Kind::Scalar && item.said().only(&PEOPLE)
}

pub(crate) fn source_of(phrase: &Phrase, site: Site) -> Stated<crate::model::ListSource> {
    sense::list_source(phrase).map_or(Stated::Absent, |source| Stated::Known(source, site))
}

/// Whether an act puts people somewhere.
const fn is_putting(deed: Deed) -> bool {
    matches!(deed, Deed::Add | Deed::Verb(Verb::Invite))
}
