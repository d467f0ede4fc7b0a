//! Which act of a clause says which text.

use crate::model::{Text, Verb};
use crate::reader::clauses::frame::{Doing, Frame, Said};
use crate::reader::concept::Concept;
use crate::reader::sense::Deed;
use crate::reader::words::Phrase;

/// Whether a text tells others of somebody whom it names.
pub(crate) fn names_to_others(said: &Said) -> bool {
    said.speech.names && !addresses(&said.text)
}

/// Whether a text speaks to the person it is about.
fn addresses(text: &Text) -> bool {
    let folded = text.text.to_lowercase();
    let words: Vec<&str> = folded.split(|letter: char| !letter.is_alphanumeric() && letter != '\'').collect();
    let you = words.iter().any(|word| {
        matches!(
            *word,
            "you"
                | "your"
                | "you're"
                | "youre"
                | "dich"
                | "dir"
                | "tu"
                | "te"
                | "vous"
                | "voi"
                | "ti"
                | "je"
                | "jij"
                | "sen"
                | "seni"
                | "вы"
                | "тебя"
                | "вас"
        )
    });
    let about = words
        .windows(2)
        .any(|pair| matches!(pair, ["left" | "unfollowed" | "dropped" | "quit" | "leaving", "us" | "me"]));
    you && !about
}

/// Whether anything tells when, where or to whom a text without an act is said, or what it does to people tells it.
fn is_told_when(frame: &Frame, texts: &[Said]) -> bool {
    !frame.triggers.is_empty()
        || !frame.schedule.is_absent()
        || !frame.after.is_absent()
        || frame.sequence
        || frame.sets_place
        || frame.audiences.len() > frame.outer_audiences
        || texts.iter().any(|said| said.speech.acts())
}

/// Whether a text is nothing but a ping of a whole room.
fn is_ping(text: &Text) -> bool {
    text.text.starts_with('@') && !text.text.trim().contains(' ')
}

/// What a section pings, everything that it says in public pings.
fn give_pings(frame: &mut Frame, pings: Vec<Said>) {
    let Some(first) = pings.first() else { return };
    let speaks = |doing: &&mut Doing| {
        doing.deed.speaks() || matches!(doing.deed, Deed::Verb(Verb::Post | Verb::Reply) | Deed::Pass)
    };
    match frame.doings.iter_mut().find(speaks) {
        Some(doing) => {
            if doing.deed == Deed::Pass {
                doing.deed = Deed::Verb(Verb::Post);
            }
            doing.texts.extend(pings);
        }
        None => {
            let mut doing = Doing::of(Deed::Verb(Verb::Post), first.text.site);
            doing.texts = pings;
            frame.doings.push(doing);
        }
    }
}

/// Gives the texts of a frame to the act that says something; a frame without acts says them.
pub(crate) fn give_texts(frame: &mut Frame) {
    if frame.texts.is_empty() {
        return;
    }
    let speaks = |doing: &&mut Doing| {
        doing.texts.is_empty()
            && (doing.deed.speaks()
                || matches!(
                    doing.deed,
                    Deed::Mirror
                        | Deed::Verb(
                            Verb::Dm
                                | Verb::Reply
                                | Verb::Comment
                                | Verb::Post
                                | Verb::Mention
                                | Verb::Invite
                                | Verb::Quote
                        )
                ))
    };
    let (pings, texts): (Vec<Said>, Vec<Said>) =
        std::mem::take(&mut frame.texts).into_iter().partition(|said| is_ping(&said.text));
    give_pings(frame, pings);
    if texts.is_empty() {
        return;
    }
    let without_person = frame.doings.iter().all(|doing| matches!(doing.deed, Deed::Collect | Deed::Review));
    let spoken = frame.doings.iter().any(|doing| !doing.texts.is_empty());
    let told = is_told_when(frame, &texts);
    match frame.doings.iter_mut().find(speaks) {
        Some(doing) => doing.texts = texts,
        None if told && (without_person || !spoken) => {
            let site = texts.first().map_or(frame.site, |said| said.text.site);
            let mut doing = Doing::of(Deed::Say, site);
            doing.texts = texts;
            frame.doings.push(doing);
        }
        None => {}
    }
}

/// `daily: { direct_messages: 80 }` beside `texts: { first: "…" }`: where one act sends messages without words, and one
/// section holds words that nothing sends, these are its words.
pub(crate) fn given_to_messages(mut clauses: Vec<Frame>) -> Vec<Frame> {
    let is_wordless = |clause: &Frame| {
        clause.texts.is_empty()
            && clause.doings.iter().any(|doing| {
                doing.texts.is_empty()
                    && matches!(doing.deed, Deed::Verb(Verb::Dm) | Deed::Message | Deed::Mail)
            })
    };
    let only_texts = |clause: &Frame| {
        clause.doings.is_empty()
            && !clause.texts.is_empty()
            && clause.triggers.is_empty()
            && clause.schedule.is_absent()
            && Phrase::read(&clause.name).any(&[Concept::Text, Concept::Message])
    };
    let wordless: Vec<usize> = positions(&clauses, is_wordless);
    let texts: Vec<usize> = positions(&clauses, only_texts);
    let ([message], [words]) = (wordless.as_slice(), texts.as_slice()) else { return clauses };
    let mut said =
        clauses.get_mut(*words).map(|clause| std::mem::take(&mut clause.texts)).unwrap_or_default();
    if let Some(clause) = clauses.get_mut(*message) {
        clause.texts.append(&mut said);
    }
    clauses.remove(*words);
    clauses
}

fn positions(clauses: &[Frame], fits: impl Fn(&Frame) -> bool) -> Vec<usize> {
    clauses.iter().enumerate().filter(|(_, clause)| fits(clause)).map(|(number, _)| number).collect()
}
