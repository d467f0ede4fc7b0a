//! The same post from several accounts of one platform, and other people's words posted as one's own.
//! Texts are compared without slots, links and the alternatives of spin text.

use std::collections::{BTreeMap, BTreeSet};

use super::passing_off;
use super::voices::{Cast, Voice, is_a_test};
use super::{Discovery, live_actions};
use crate::diagnostic::Severity;
use crate::model::{Action, Event, FactKind, Site, Stated, Verb, View, World, slots};
use crate::rules::Thresholds;

/// Different texts on one trigger that are compared with each other; more are only tested for equality.
const COMPARED: usize = 100;
/// A text needs this many words before "almost the same" means anything.
const FEWEST_WORDS: usize = 5;
/// So many accounts with one text are a crowd.
const CROWD: usize = 3;

/// A post and who carries it.
struct Copy<'m> {
    account: usize,
    automation: usize,
    action: &'m Action,
    /// Where its text or its list of accounts stands.
    site: Site,
    voices: Vec<Voice>,
    with_trend: bool,
}

/// When a post is sent: posts of different occasions are no copies of each other.
type Occasion = (Event, Vec<String>, i64);

/// From this likeness on, two texts are the same.
pub(super) const THRESHOLD: &str = "clone-similarity";

/// Finds clones over all accounts of the run.
pub(super) fn find<'m>(world: &'m World<'m>, thresholds: &Thresholds) -> Vec<Discovery<'m>> {
    let near = thresholds.get(THRESHOLD).map_or(1.0, |threshold| threshold.warning);
    let mut posts: BTreeMap<Occasion, BTreeMap<Vec<String>, Vec<Copy<'m>>>> = BTreeMap::new();
    let cast = Cast::new(world);
    let mut found = Vec::new();
    for account in 0..world.model.accounts.len() {
        let mut hidden = Vec::new();
        for (number, view) in live_actions(world, account) {
            let Some(action) = view.action else { continue };
            if !matches!(action.verb, Verb::Post | Verb::Quote) || view.is_approved() || is_excused(&view) {
                continue;
            }
            found.extend(copies_others(account, number, &view, action));
            hidden.extend(passing_off::hides_origin(&view, action).map(|site| (number, action, site)));
            for occasion in occasions(&view) {
                for text in &action.texts {
                    let Some(key) = key(&text.text, &occasion) else { continue };
                    let copy = Copy {
                        account,
                        automation: number,
                        action,
                        site: action.acts_as.first().map_or(text.site, |first| first.site),
                        voices: cast.voices(&view, action),
                        with_trend: takes_trend(&text.text),
                    };
                    posts.entry(occasion.clone()).or_default().entry(key).or_default().push(copy);
                }
            }
        }
        found.extend(passing_off::find(world, account, hidden));
    }
    for texts in posts.into_values() {
        for copies in similar(texts, near) {
            found.extend(cluster(&copies));
        }
    }
    found
}

/// Accounts that may repeat each other: warnings to the public, and tests.
fn is_excused(view: &View<'_>) -> bool {
    let mode = view.account.fact(FactKind::Mode).and_then(|fact| fact.value.known());
    mode.is_some_and(|mode| mode.starts_with("alert")) || is_a_test(view.account)
}

/// The occasions of an automation; a crisis is none.
fn occasions(view: &View<'_>) -> Vec<Occasion> {
    let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
    let events = triggers.iter().filter(|trigger| !matches!(trigger.event, Event::Crisis | Event::Manual));
    events
        .map(|trigger| {
            let from = trigger.from.iter().flat_map(|from| &from.of);
            let mut of: Vec<_> = trigger
                .filters
                .iter()
                .chain(&trigger.traits)
                .chain(from)
                .map(|text| text.text.to_lowercase())
                .collect();
            of.sort();
            // Jobs that run every day meet within a day; rarer ones only at the same pace.
            let pace = match &trigger.schedule {
                Stated::Known(schedule, _) if schedule.per_day < 1.0 => (schedule.per_day * 1000.0) as i64,
                _ => 0,
            };
            (trigger.event, of, pace)
        })
        .collect()
}

/// The words of a text by which it is compared. A text of slots alone is its slots, and says the same only
/// where the occasion does.
fn key(text: &str, (event, of, _): &Occasion) -> Option<Vec<String>> {
    let text = &unspun(text);
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    for slot in slots(text) {
        plain.push_str(text.get(from..slot.start).unwrap_or_default());
        plain.push(' ');
        from = slot.end;
    }
    plain.push_str(text.get(from..).unwrap_or_default());
    let words: Vec<String> = plain
        .split_whitespace()
        .filter(|word| !word.contains("://") && !word.starts_with("www."))
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    if !words.is_empty() {
        return Some(words);
    }
    let says_the_same = *event == Event::FeedItem || (!of.is_empty() && *event != Event::Schedule);
    let slots: Vec<_> = slots(text).map(|slot| format!("{{{}}}", slot.name)).collect();
    (says_the_same && !slots.is_empty()).then_some(slots)
}

/// A text without its spin, such as `{Hi|Hello there!}`; doubled braces are slots with filters.
fn unspun(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let is_slot = before.ends_with('$') || after.starts_with('{');
        match after.split_once('}') {
            Some((inside, tail)) if !is_slot && inside.contains('|') && !inside.contains('{') => rest = tail,
            Some((inside, tail)) => {
                out.push('{');
                out.push_str(inside);
                out.push('}');
                rest = tail;
            }
            // Nothing behind it is closed either.
            None => {
                out.push('{');
                out.push_str(after);
                return out;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Joins texts that are almost the same.
fn similar<'m>(texts: BTreeMap<Vec<String>, Vec<Copy<'m>>>, near: f64) -> Vec<Vec<Copy<'m>>> {
    let mut groups: Vec<(Vec<String>, Vec<Copy<'m>>)> = Vec::new();
    for (words, copies) in texts {
        let known = groups
            .iter_mut()
            .take(COMPARED)
            .find(|(other, _)| at_best(other, &words) >= near && similarity(other, &words) >= near);
        match known {
            Some((_, group)) => group.extend(copies),
            None => groups.push((words, copies)),
        }
    }
    groups.into_iter().map(|(_, copies)| copies).collect()
}

/// The similarity that two texts cannot exceed, from their lengths alone.
fn at_best(one: &[String], other: &[String]) -> f64 {
    2.0 * one.len().min(other.len()) as f64 / (one.len() + other.len()).max(1) as f64
}

/// The share of words that two texts have in common, from 0 to 1.
fn similarity(one: &[String], other: &[String]) -> f64 {
    if one.len().min(other.len()) < FEWEST_WORDS {
        return if one == other { 1.0 } else { 0.0 };
    }
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for word in one {
        *left.entry(word).or_default() += 1;
    }
    let mut common = 0;
    for word in other {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    2.0 * f64::from(common) / (one.len() + other.len()) as f64
}

/// A finding where copies of one text come from several accounts of one platform.
fn cluster<'m>(copies: &[Copy<'m>]) -> Option<Discovery<'m>> {
    let mut platforms: BTreeMap<Option<&str>, BTreeSet<&str>> = BTreeMap::new();
    for voice in copies.iter().flat_map(|copy| &copy.voices) {
        platforms.entry(voice.platform.as_deref()).or_default().insert(&voice.name);
    }
    let (platform, names) = platforms.into_iter().max_by_key(|(_, names)| names.len())?;
    if names.len() < 2 {
        return None;
    }
    let mut here: Vec<_> = copies
        .iter()
        .filter(|copy| copy.voices.iter().any(|voice| voice.platform.as_deref() == platform))
        .collect();
    here.sort_by_key(|copy| copy.site);
    let first = here.first()?;
    let mut labels: Vec<(Site, String)> = Vec::new();
    for copy in &here {
        let text = match copy.voices.as_slice() {
            [voice] if labels.is_empty() => format!("`{}` posts this", voice.name),
            [voice] => format!("and `{}` posts the same", voice.name),
            several => format!("the same post from {} accounts", several.len()),
        };
        labels.push((copy.site, text));
    }
    let with_trend = here.iter().any(|copy| copy.with_trend);
    let is_crowd = names.len() >= CROWD;
    let mut notes = Vec::new();
    if platform.is_none() {
        notes.push("the platform is not stated; the accounts are taken to be on the same one".to_owned());
    }
    Some(Discovery {
        actions: here.iter().map(|copy| (copy.automation, copy.action)).collect(),
        labels,
        severity: (is_crowd || with_trend).then_some(Severity::Error),
        notes,
        ..Discovery::of(first.account)
    })
}

/// A finding where posts of strangers are posted again as one's own.
fn copies_others<'m>(
    account: usize,
    automation: usize,
    view: &View<'m>,
    action: &'m Action,
) -> Option<Discovery<'m>> {
    let triggers = view.automation.map_or(&[][..], |automation| &automation.triggers);
    let of_strangers =
        !triggers.is_empty() && triggers.iter().all(|trigger| trigger.event == Event::PostMatch);
    if !of_strangers || action.verb != Verb::Post || action.marked.get() == Some(true) {
        return None;
    }
    let text = action.texts.iter().find(|text| {
        let words: Vec<_> = slots(&text.text).map(|slot| slot.last_word()).collect();
        let takes =
            words.iter().any(|word| matches!(word.as_str(), "text" | "body" | "content" | "fulltext"));
        let credits = slots(&text.text).any(|slot| slot.names_person())
            || words
                .iter()
                .any(|word| ["url", "link", "source", "permalink"].iter().any(|end| word.ends_with(end)));
        takes && !credits
    })?;
    Some(Discovery {
        actions: vec![(automation, action)],
        labels: vec![(text.site, "posts somebody else's words without naming them".to_owned())],
        ..Discovery::of(account)
    })
}

/// Whether a text is filled with what trends.
fn takes_trend(text: &str) -> bool {
    slots(text).any(|slot| slot.name.to_lowercase().contains("trend"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        key(text, &(Event::FeedItem, Vec::new(), 0)).unwrap_or_default()
    }

    #[test]
    fn slots_links_and_spin_do_not_count() {
        assert_eq!(words("{Hi|Hello there!} {name}: new at https://shop.example!"), words("New AT"));
        assert_eq!(words("{title} {url}"), ["{title}", "{url}"]);
        assert!(key("{quote}", &(Event::Schedule, Vec::new(), 0)).is_none());
    }

    #[test]
    fn one_word_of_many_may_differ() {
        let one = words("our shop opens a new branch on the market square at nine tomorrow");
        let other = words("our shop opens a new branch on the market square at ten tomorrow");
        assert!(similarity(&one, &other) > 0.9);
        assert!(similarity(&words("good morning"), &words("good evening")) < 0.9);
    }
}
