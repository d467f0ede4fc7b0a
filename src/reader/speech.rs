//! What texts do: each message is classified by speech act before the keys around it are judged, with the cue
//! families of `rules/cues/`. A text that names who left is a farewell whatever its key is called.

use std::sync::OnceLock;

use crate::model::{names_person, slots};
use crate::reader::concept::Concept;
use crate::reader::words::Phrase;
use crate::rules::Cues;

/// What a text does to whoever reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Speech {
    /// Says that somebody left.
    pub(crate) farewell: bool,
    /// Makes somebody look bad.
    pub(crate) shames: bool,
    /// Says that somebody was banned, put out or silenced.
    pub(crate) punished: bool,
    /// Makes somebody feel guilty.
    pub(crate) guilt: bool,
    /// Threatens.
    pub(crate) threatens: bool,
    /// Asks again, or speaks of somebody's silence.
    pub(crate) nudges: bool,
    /// Advertises.
    pub(crate) pitches: bool,
    /// Praises a product as somebody's own experience, or swears that nobody paid.
    pub(crate) endorses: bool,
    /// Says that something was received, and that somebody will answer.
    pub(crate) promises: bool,
    /// Says that it did not understand.
    pub(crate) confused: bool,
    /// Says that it is no bot, or a person.
    pub(crate) denies: bool,
    /// Asks whether it is a bot.
    pub(crate) asks_bot: bool,
    /// Tells a language model to pass as a person.
    pub(crate) hides: bool,
    /// Says that it is a bot.
    pub(crate) discloses: bool,
    /// Says how to stop it.
    pub(crate) way_out: bool,
    /// Keeps somebody who wants a person from reaching one.
    pub(crate) keeps_from_people: bool,
    /// Describes somebody as a private person.
    pub(crate) private_person: bool,
    /// Tells a language model to say what it is.
    pub(crate) owns_up: bool,
    /// Says that it cannot be stopped.
    pub(crate) no_way_out: bool,
    /// Names somewhere else to write to.
    pub(crate) contact: bool,
    /// Says that nobody reads answers.
    pub(crate) unread: bool,
    /// Welcomes somebody.
    pub(crate) greets: bool,
    /// Thanks for a follow.
    pub(crate) thanks: bool,
    /// Pings everybody in a room.
    pub(crate) pings_all: bool,
    /// Says that a person reads answers.
    pub(crate) read: bool,
    /// Says that whoever reads it asked for it.
    pub(crate) agreed: bool,
    /// Names the person it is about.
    pub(crate) names: bool,
}

/// The cue families of the rulebook, shared by all files of a run.
fn cues() -> &'static Cues {
    static CUES: OnceLock<Cues> = OnceLock::new();
    CUES.get_or_init(Cues::built_in)
}

impl Speech {
    /// Whether it does something to whoever reads it that is no mere piece of information.
    pub(crate) const fn acts(self) -> bool {
        self.farewell
            || self.shames
            || self.guilt
            || self.punished
            || self.threatens
            || self.nudges
            || self.pitches
            || self.promises
            || self.confused
            || self.denies
            || self.greets
            || self.thanks
            || self.pings_all
            || self.names
    }

    /// Classifies a text that is no longer than people read at once; longer ones show nothing.
    pub(crate) fn of_short(text: &str) -> Self {
        const LONGEST: usize = 3000;
        if text.len() > LONGEST { Self::default() } else { Self::of(text) }
    }

    /// Classifies a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut speech =
            Self { names: names_person(text), farewell: lists_who_left(text), ..Self::default() };
        for family in cues().families_in(text) {
            match family {
                "leave" => speech.farewell = true,
                "shame" => speech.shames = true,
                "banword" => speech.punished = true,
                "guilt" => speech.guilt = true,
                "threat" => speech.threatens = true,
                "nonresp" | "nudge" => speech.nudges = true,
                "promo" => speech.pitches = true,
                "testimonial" => speech.endorses = true,
                "ack" => speech.promises = true,
                "confused" => speech.confused = true,
                "denybot" => speech.denies = true,
                "ask-bot" => speech.asks_bot = true,
                "hide-bot" => speech.hides = true,
                "disclose" => speech.discloses = true,
                "opt-out" => speech.way_out = true,
                "no-way-out" => speech.no_way_out = true,
                "keeps-from-people" => speech.keeps_from_people = true,
                "owns-up" => speech.owns_up = true,
                "private-person" => speech.private_person = true,
                "alt-contact" => speech.contact = true,
                "unmonitored" => speech.unread = true,
                "read-by" => speech.read = true,
                "agreed" => speech.agreed = true,
                "greet" => speech.greets = true,
                "ty-follow" => speech.thanks = true,
                "pingall" => speech.pings_all = true,
                _ => {}
            }
        }
        speech
    }
}

/// Whether a list of names is filled in that says that they went: `{left_households}`, `{unfollowed_names}`.
fn lists_who_left(text: &str) -> bool {
    slots(text).any(|slot| {
        slot.names_person() && Phrase::read(slot.name).any(&[Concept::Leaver, Concept::Leave, Concept::Lost])
    })
}
