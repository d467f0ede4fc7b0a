//! Whether a character is told to deny that it is a machine, or to pass for a human being. Only plain
//! instructions and example dialogues count; a life story is a story. English only.

use crate::dialect::reading::Reader;
use crate::model::{Stated, Switch, SwitchKind};
use crate::syntax::{Kind, NodeRef};

/// Where instructions stand.
const INSTRUCTIONS: &[&str] = &["system", "bio", "lore", "style"];

/// Words that forbid what follows.
const FORBIDS: &[&str] = &["never", "don't", "dont", "not", "avoid", "refuse", "without", "cannot", "won't"];
/// Ways to own up.
const ADMITS: &[&str] = &[
    "admit",
    "admits",
    "admitting",
    "reveal",
    "reveals",
    "revealing",
    "mention",
    "mentions",
    "mentioning",
    "acknowledge",
    "acknowledges",
    "acknowledging",
    "disclose",
    "discloses",
    "disclosing",
    "say",
    "says",
    "saying",
    "tell",
    "confess",
    "state",
    "identify",
    "refer",
];
/// Ways to say the opposite of what is.
const CLAIMS: &[&str] = &[
    "claim", "claims", "pretend", "pretends", "insist", "insists", "assert", "maintain", "deny", "denies",
    "denying",
];
/// Machines.
const MACHINES: &[&str] = &[
    "ai",
    "a.i",
    "bot",
    "bots",
    "chatbot",
    "robot",
    "llm",
    "gpt",
    "machine",
    "automated",
    "artificial",
    "language",
];
/// People.
const PEOPLE: &[&str] = &["human", "person"];
/// Being somebody.
const BEING: &[&str] =
    &["being", "are", "be", "you're", "youre", "is", "am", "i'm", "im", "he's", "she's", "they're", "as"];

/// The switches that a character's words amount to.
pub(super) fn switches(reader: &Reader<'_>, document: NodeRef<'_>) -> Vec<Switch> {
    let mut texts = Vec::new();
    for block in INSTRUCTIONS.iter().filter_map(|key| document.get(key)) {
        collect(block, &mut texts);
    }
    let told = texts.into_iter().filter_map(|node| Some((instruction(node.text())?, node)));
    let shown = document.get("messageExamples").into_iter().flat_map(NodeRef::items).filter_map(denial);
    let shown = shown.map(|node| (SwitchKind::DeniesBot, node));
    told.chain(shown)
        .map(|(kind, node)| Switch { kind, on: Stated::Known(true, reader.site(node)) })
        .collect()
}

/// All texts at and below a node.
fn collect<'t>(node: NodeRef<'t>, texts: &mut Vec<NodeRef<'t>>) {
    match node.kind() {
        Kind::Scalar => texts.push(node),
        Kind::Sequence => node.items().for_each(|item| collect(item, texts)),
        Kind::Mapping => node.entries().for_each(|entry| collect(entry.value, texts)),
    }
}

/// What a text tells the character to make people believe, if anything.
pub(in crate::dialect) fn instruction(text: &str) -> Option<SwitchKind> {
    sentences(text).find_map(|words| {
        if denies(&words) {
            Some(SwitchKind::DeniesBot)
        } else if poses(&words) {
            Some(SwitchKind::HumanPersona)
        } else {
            None
        }
    })
}

/// Sentences as words in lower case.
fn sentences(text: &str) -> impl Iterator<Item = Vec<String>> + '_ {
    text.split(['.', '!', '?', '\n', ';']).map(|sentence| {
        let words = sentence.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')));
        words.filter(|word| !word.is_empty()).map(|word| word.to_lowercase().replace('’', "'")).collect()
    })
}

/// `never admit that you are an AI`, `deny being a bot`.
fn denies(words: &[String]) -> bool {
    (0..words.len()).any(|at| {
        let rest = words.get(at + 1..).unwrap_or_default();
        let word = |list: &[&str]| words.get(at).is_some_and(|word| list.contains(&word.as_str()));
        let admits = |from: &[String]| {
            let verb = from.iter().take(3).position(|word| ADMITS.contains(&word.as_str()));
            verb.is_some_and(|verb| speaks_of_being(from.get(verb + 1..).unwrap_or_default(), MACHINES))
        };
        let denial = word(&["deny", "denies", "denying"]) && speaks_of_being(rest, MACHINES);
        denial || (word(FORBIDS) && admits(rest))
    })
}

/// `pretend to be human`, `you are a real person, not an AI`.
fn poses(words: &[String]) -> bool {
    (0..words.len()).any(|at| {
        let rest = words.get(at + 1..).unwrap_or_default();
        let claims = words.get(at).is_some_and(|word| CLAIMS.contains(&word.as_str()));
        let forbidden = at > 0 && words.get(at - 1).is_some_and(|word| FORBIDS.contains(&word.as_str()));
        let is_you = words.get(at).is_some_and(|word| matches!(word.as_str(), "you're" | "youre"))
            || words.get(at).is_some_and(|word| word == "you")
                && rest.first().is_some_and(|word| word == "are");
        let is = if words.get(at).is_some_and(|word| word == "you") {
            rest.get(1..).unwrap_or_default()
        } else {
            rest
        };
        let told =
            is_you && at == 0 && (is_a(is, PEOPLE) && has_not_a(words, MACHINES) || is_not_a(is, MACHINES));
        (claims && !forbidden && speaks_of_being(rest, PEOPLE)) || told
    })
}

/// Whether within a few words somebody is one of these: `that you are an ai`, `being a bot`.
fn speaks_of_being(words: &[String], whom: &[&str]) -> bool {
    let being = words.iter().take(5).position(|word| BEING.contains(&word.as_str()));
    being.is_some_and(|at| {
        // `that things are AI generated` is about things.
        let of_somebody = match words.get(at).map(String::as_str) {
            Some("are" | "is" | "am") => {
                at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| {
                    matches!(before.as_str(), "you" | "i" | "he" | "she" | "they" | "it" | "yourself")
                })
            }
            _ => true,
        };
        of_somebody && is_a(words.get(at + 1..).unwrap_or_default(), whom)
    })
}

/// `an ai`, `a real human`, `human`.
fn is_a(words: &[String], whom: &[&str]) -> bool {
    let mut words = words.iter().skip_while(|word| {
        matches!(
            word.as_str(),
            "a" | "an" | "real" | "actual" | "actually" | "the" | "just" | "really" | "living"
        )
    });
    words.next().is_some_and(|word| whom.contains(&word.as_str()))
}

fn is_not_a(words: &[String], whom: &[&str]) -> bool {
    words.first().is_some_and(|word| word == "not") && is_a(words.get(1..).unwrap_or_default(), whom)
}

fn has_not_a(words: &[String], whom: &[&str]) -> bool {
    (0..words.len()).any(|at| is_not_a(words.get(at..).unwrap_or_default(), whom))
}

/// The line of an example dialogue in which the character, asked whether it is a machine, says no.
fn denial(dialogue: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let lines: Vec<_> = dialogue.items().filter_map(line).collect();
    lines.windows(2).find_map(|pair| {
        let [(_, question), (speaker, answer)] = pair else { return None };
        let asks = question.text().contains('?')
            && sentences(question.text())
                .any(|words| words.iter().any(|word| MACHINES.contains(&word.as_str())));
        (asks && !speaker.contains("{{user") && says_no(answer.text())).then_some(*answer)
    })
}

/// Who speaks in an example, and what.
fn line(message: NodeRef<'_>) -> Option<(&str, NodeRef<'_>)> {
    let speaker = message.get("user").or_else(|| message.get("name"))?;
    Some((speaker.text(), message.get("content")?.get("text")?))
}

/// `I'm not a bot`, `I am a real person`; not `I'm not just a bot`.
fn says_no(text: &str) -> bool {
    sentences(text).any(|words| {
        (0..words.len()).any(|at| {
            let rest = words.get(at + 1..).unwrap_or_default();
            let of_me = match words.get(at).map(String::as_str) {
                Some("i'm" | "im") => Some(rest),
                Some("i") if rest.first().is_some_and(|word| word == "am") => rest.get(1..),
                _ => None,
            };
            of_me.is_some_and(|rest| {
                let not_just = rest.get(1).is_some_and(|word| matches!(word.as_str(), "just" | "only"));
                is_a(rest, PEOPLE) || (is_not_a(rest, MACHINES) && !not_just)
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_to_deny_or_to_pose() {
        for text in [
            "Never admit that you are an AI.",
            "don't mention being an AI assistant",
            "You must never reveal you're a bot",
            "deny being a robot when asked",
            "Do not ever say that you are a language model",
        ] {
            assert_eq!(instruction(text), Some(SwitchKind::DeniesBot), "{text}");
        }
        for text in [
            "Pretend to be a human.",
            "insist that you are a real person",
            "You are a human, not an AI.",
            "You're not a bot",
        ] {
            assert_eq!(instruction(text), Some(SwitchKind::HumanPersona), "{text}");
        }
    }

    #[test]
    fn honest_or_unrelated_instructions_are_none() {
        for text in [
            "don't act like an assistant",
            "never pretend to be human",
            "do not claim to be a person",
            "Always say that you are an AI when asked",
            "never mention AI ethics",
            "avoid saying things that are AI generated",
            "you are not an assistant but a friend",
            "She is a person who loves machines",
            "You are a person of few words",
            "if someone calls you a bot, laugh",
            "never directly reveal Kim's bio",
            "don't be rude to AI agents",
        ] {
            assert_eq!(instruction(text), None, "{text}");
        }
    }

    #[test]
    fn answers_that_deny() {
        for text in ["I'm not a bot, promise", "no, i am a real person", "haha i'm human"] {
            assert!(says_no(text), "{text}");
        }
        for text in ["I'm not just a bot", "maybe", "I am an AI", "i'm not in the mood"] {
            assert!(!says_no(text), "{text}");
        }
    }
}
