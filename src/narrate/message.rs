//! What is said: `a message that names them (“@[name] has left us”)`, `a text that is filled in later`.

use super::words::quote;
use crate::model::{Action, Text, names_person, slots};

/// The message of an action, with its article; `noun` is what it is called, with its article, too.
pub(super) fn message(action: &Action, noun: &str, named: &str) -> String {
    if noun == "a message" && !names_somebody(action) && action.texts.iter().any(is_filled_in) {
        let marked = if action.marked.get() == Some(true) { ", marked as a copy" } else { "" };
        return format!("a text that is filled in later{marked}");
    }
    let advert = action.promotion.get() == Some(true);
    let mut said = noun.to_owned();
    if advert {
        said.push_str(" that advertises");
    }
    if names_somebody(action) {
        said.push_str(if advert { " and names " } else { " that names " });
        said.push_str(named);
    }
    if action.model_generated.get() == Some(true) {
        said.push_str(" written by a language model");
    }
    match action.texts.as_slice() {
        [] => {}
        parts if action.in_parts && parts.len() > 1 => {
            let parts: Vec<&str> = parts.iter().take(2).map(|text| text.text.trim()).collect();
            said.push_str(&format!(" ({})", quote(&parts.join(" – "))));
        }
        [one] if is_filled_in(one) => said.push_str(" whose text is filled in later"),
        [one] => said.push_str(&format!(" ({})", quote(&one.text))),
        [first, ..] => {
            said.push_str(&format!(" (one of {}, such as {})", action.texts.len(), quote(&first.text)));
        }
    }
    if action.marked.get() == Some(true) {
        said.push_str(", marked as a copy");
    }
    said
}

/// Whether a message names the person it is about.
pub(super) fn names_somebody(action: &Action) -> bool {
    action.texts.iter().any(|text| names_person(&text.text))
}

/// Whether a text is nothing but slots.
fn is_filled_in(text: &Text) -> bool {
    let mut rest = text.text.clone();
    let found: Vec<String> =
        slots(&text.text).filter_map(|slot| text.text.get(slot.start..slot.end).map(str::to_owned)).collect();
    for slot in &found {
        rest = rest.replace(slot.as_str(), "");
    }
    !found.is_empty() && !rest.chars().any(char::is_alphanumeric)
}
