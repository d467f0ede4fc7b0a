//! What it says.

use crate::model::{Fact, FactKind, Guard, GuardKind, Text, Trigger};
use crate::reader::clauses::frame::{Doing, Frame, Said};
use crate::reader::concept::Concept as C;
use crate::reader::idioms::{Idea, Role};
use crate::reader::roles::trigger::own_event;
use crate::reader::roles::value::{Given, is_sentence};
use crate::reader::sense::{self, Act, Deed};
use crate::reader::speech::Speech;
use crate::reader::walk::{Item, Subs, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

/// Whether a short value names a language model or a maker of some.
fn is_name_of_model(value: &str) -> bool {
    const NAMES: [&str; 12] = [
        "ai",
        "llm",
        "gpt",
        "chatgpt",
        "openai",
        "claude",
        "anthropic",
        "gemini",
        "llama",
        "ollama",
        "mistral",
        "deepseek",
    ];
    let mut words = value.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
    value.split_whitespace().count() <= 2 && words.any(|word| NAMES.contains(&word.as_str()))
}

impl<'t> Walk<'t> {
    /// `prompt: "Write a cheerful post about birds."`, `text_by: gpt-4o` beside an act: a language model writes what it
    /// says. A prompt may still tell the model to pass as a person, so others look at it, too.
    pub(crate) fn written_by_model(&self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let key = &item.idioms;
        let inside = !frame.name.is_empty() && item.value.kind() == Kind::Scalar;
        let is_model =
            key.is_only(|idea| matches!(idea, Idea::Role(Role::Model))) && !item.phrase.has(C::Clutter);
        let by_model = item.phrase.any(&[C::Text, C::Message]) && is_name_of_model(item.value.text());
        let said = match given {
            Given::On => is_model,
            Given::Said => is_model || by_model,
            _ => false,
        };
        if inside && said {
            frame.generated.get_or_insert(self.reader.site(item.value));
        }
        inside && by_model
    }

    /// A text that is said to somebody.
    pub(crate) fn text(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        // `text1`, `text2`
        let key = item.key.text().trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
        let unnumbered =
            (key.len() < item.key.text().len() && item.phrase.concepts.is_empty()).then(|| Phrase::read(key));
        let phrase = unnumbered.as_ref().unwrap_or(&item.phrase);
        let is_role = phrase.any(&[
            C::Text,
            C::Message,
            C::Greet,
            C::Farewell,
            C::Nudge,
            C::Thank,
            C::Pitch,
            C::Reply,
            C::Say,
            C::Fallback,
        ]);
        // `format: "{quote} ({title})"`: what is said, with places that are filled in.
        let is_role = is_role
            || !frame.name.is_empty()
                && phrase.words.len() == 1
                && ["format", "formato", "layout", "pattern", "output", "line"]
                    .iter()
                    .any(|word| phrase.word(word))
                && item.value.kind() == Kind::Scalar
                && item.value.text().contains(['{', '%'])
                && item.value.text().contains(' ');
        if given != Given::Said {
            return false;
        }
        // `footer: "Reply STOP to leave"` stands below what is said elsewhere.
        let is_part = phrase.words.len() <= 2
            && ["footer", "signature"].iter().any(|word| phrase.word(word))
            && item.value.kind() == Kind::Scalar;
        if is_part && let Some(scope) = self.scopes.get_mut(frame.account) {
            if Speech::of(item.value.text()).way_out {
                let value = self.reader.stated_text(item.value);
                scope.account.facts.push(Fact { kind: FactKind::OptOut, value });
            }
            return true;
        }
        // `alt_text: required` is about pictures.
        if phrase.word("alt") || phrase.word("alt text") {
            return true;
        }
        // `status: "Kim is typing …"` is shown beside a name.
        if phrase.word("status") && item.value.kind() == Kind::Scalar && phrase.words.len() <= 2 {
            return true;
        }
        // `reminder: only to those who said that they come` says who gets one.
        if is_role && item.value.kind() == Kind::Scalar && item.said().starts(C::Only) {
            frame.guards.push(Guard::new(GuardKind::OptedIn, self.reader.site(item.value)));
            return true;
        }
        // `wait_before_reply: "40s to 6m, like a person"` says when, and perhaps as whom.
        if phrase.has(C::Delay) && !phrase.any(&[C::Text, C::Nudge]) && item.value.kind() == Kind::Scalar {
            return true;
        }
        let mut texts: Vec<Text> = self.reader.texts(item.value);
        // `send_between: ["09:00", "18:00"]` says when.
        texts.retain(|text| !text.text.trim().is_empty() && !is_clock(&text.text));
        let sentences = texts.iter().any(|text| is_sentence(&text.text));
        if !sentences {
            let named: Vec<Text> = texts.iter().flat_map(|text| self.texts_named(&text.text)).collect();
            if is_role && !named.is_empty() {
                texts = named;
            } else if !(is_role && phrase.ends(C::Text))
                || phrase.words.last().is_some_and(|word| word.text.ends_with("type"))
            {
                return false;
            }
        } else if !(is_role || is_choice_of_texts(item, frame) || self.could_be_said(&texts)) {
            return false;
        }
        let said: Vec<Said> = texts.into_iter().map(Said::of).collect();
        self.say(item, said, frame);
        true
    }

    /// `ping: "@here"`, `mention: ["@room"]`: whatever the section says pings everybody.
    pub(crate) fn pings_room(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        if given != Given::Said || !item.phrase.any(&[C::Mention, C::Ping]) {
            return false;
        }
        let texts: Vec<Text> = self.reader.texts(item.value);
        let pings = |text: &Text| !text.text.trim().contains(' ') && Speech::of(&text.text).pings_all;
        if texts.is_empty() || !texts.iter().all(pings) {
            return false;
        }
        frame.texts.extend(texts.into_iter().map(Said::of));
        true
    }

    /// A sentence under a key that says nothing: only what certainly does something to somebody counts.
    fn could_be_said(&self, texts: &[Text]) -> bool {
        texts.iter().any(|text| {
            let speech = Speech::of(&text.text);
            speech.names
                || speech.farewell
                || speech.shames
                || speech.guilt
                || speech.threatens
                || speech.nudges
                || speech.confused
                || speech.greets
                || speech.denies
                || speech.promises
                || speech.pitches
                || speech.endorses
                || speech.hides
        })
    }

    /// Adds texts to the frame, or to a clause of their own if their key names an event or a manner of its own.
    pub(crate) fn say(&mut self, item: &Item<'t>, said: Vec<Said>, frame: &mut Frame) {
        let site = self.reader.site(item.key);
        let own = sense::act(&item.phrase);
        // `private_text: "…"` beside what is said in the room.
        let privately =
            item.phrase.has(C::Private) && item.phrase.has(C::Text) && item.phrase.words.len() <= 3;
        let own = own.or_else(|| privately.then_some(Act::of(Deed::Verb(crate::model::Verb::Dm))));
        let event = own.and_then(|act| act.event).or_else(|| own_event(&item.phrase));
        // `public_text: "…"`
        let publicly = item.phrase.has(C::Public) && item.phrase.has(C::Text) && item.phrase.words.len() <= 3;
        let placed = match (privately, publicly) {
            (true, _) => Some(crate::model::Verb::Dm),
            (_, true) => Some(crate::model::Verb::Post),
            _ => None,
        };
        if let Some(verb) = placed.filter(|_| frame.joint && event.is_none()) {
            let mut doing = Doing::of(Deed::Verb(verb), site);
            doing.texts = said;
            frame.doings.push(doing);
            return;
        }
        let differs = event.is_some_and(|event| frame.event().is_some_and(|known| known != event));
        // `reply: { openers: […] }` are words of the answer.
        let answers = frame.named.is_some_and(|(act, _)| {
            matches!(act.deed, Deed::Verb(crate::model::Verb::Reply | crate::model::Verb::Comment))
        });
        let apart = event.is_some() && (differs || !frame.joint)
            || own.is_some_and(|act| manner_apart(act.deed)) && !frame.joint && !answers;
        if !apart {
            frame.texts.extend(said);
            return;
        }
        let mut inner = frame.inner(item.key.text(), site);
        inner.joint = true;
        if let Some(event) = event {
            inner.triggers = vec![Trigger::new(event, site)];
        }
        if let Some(act) = own {
            let mut doing = Doing::new(&act, site);
            doing.texts = said;
            inner.doings.push(doing);
        } else {
            inner.texts = said;
        }
        self.finish(inner, Subs::new());
    }
}

/// Whether a text is a time of the day and nothing else.
fn is_clock(text: &str) -> bool {
    let text = text.trim();
    text.contains(':')
        && text.len() <= 11
        && text.chars().all(|letter| letter.is_ascii_digit() || ":- –".contains(letter))
}

/// `reply: { pick_one: ["So true!", "Love this"] }`: in a section that is called after an act of saying, a list of
/// sentences is what is said, whatever its key.
fn is_choice_of_texts(item: &Item<'_>, frame: &Frame) -> bool {
    item.value.kind() == Kind::Sequence
        && frame.named.is_some_and(|(act, _)| says(act.deed))
        && !item.phrase.any(&[C::Except, C::Guard, C::Trigger, C::Stop])
        && item.value.items().all(|text| text.kind() == Kind::Scalar && is_sentence(text.text()))
}

/// Whether an act comes with a text.
const fn says(deed: Deed) -> bool {
    use crate::model::Verb;
    deed.speaks()
        || matches!(
            deed,
            Deed::Mail
                | Deed::Verb(
                    Verb::Reply
                        | Verb::Comment
                        | Verb::Quote
                        | Verb::Dm
                        | Verb::Post
                        | Verb::Mention
                        | Verb::Email
                )
        )
}

/// Manners that make a clause of their own wherever the text stands.
const fn manner_apart(deed: Deed) -> bool {
    matches!(deed, Deed::Greet | Deed::Farewell | Deed::Nudge | Deed::Shame | Deed::Thank)
}
