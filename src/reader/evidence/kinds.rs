//! Files of other kinds that speak with a bot's words: known by their outermost keys, or because they hold nothing
//! but labels for people. Which keys those are is data: `[elsewhere.shapes]` of `rules/vocabulary.toml`.

use crate::dialect::{Candidate, flag_of, number_in};
use crate::reader::concept::Concept as C;
use crate::reader::idioms::Vocabulary;
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef, Syntax, Value};

/// Items of a list that are looked at: they are all alike.
const ITEMS: usize = 20;
/// Keys of a mapping that are looked at: what tells the kind of a file stands among few.
const KEYS: usize = 2000;
/// Fewer texts may be anything; so many that are all labels are a translation.
const LABELS: usize = 8;
const LABELS_IN_FOLDER: usize = 3;
/// So many texts bear one value that is none, such as a number or nothing at all, in a folder of translations.
const LABELS_FOR_OTHER: usize = 20;
/// Names of folders in which translations stand, in lower case.
const FOLDERS: &[&str] = &[
    "locale",
    "locales",
    "i18n",
    "l10n",
    "lang",
    "langs",
    "language",
    "languages",
    "translation",
    "translations",
    "messages",
];

/// Languages that programs are mostly translated into, by their codes.
const LANGUAGES: &[&str] = &[
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv",
    "th", "tr", "uk", "vi", "zh",
];

/// What kind of file it is, if it is one of another kind.
pub(crate) fn other_kind(candidate: &Candidate<'_>, vocabulary: &Vocabulary) -> Option<&'static str> {
    candidate.tree.documents().find_map(|document| {
        let of_shape =
            |(_, shape): &&(&'static str, Vec<Vec<String>>)| shape.iter().all(|path| has(document, path));
        let known = vocabulary.shapes().iter().find(of_shape).map(|(name, _)| *name);
        known
            .or_else(|| holds_permissions(document).then_some("a list of permissions"))
            .or_else(|| is_translation(candidate, document).then_some("a translation"))
    })
}

/// Whether something stands at a path of keys; `*` at the end of a part stands for any ending, and lists are
/// passed through.
pub(crate) fn has(node: NodeRef<'_>, path: &[String]) -> bool {
    let Some((first, rest)) = path.split_first() else { return true };
    match node.kind() {
        Kind::Scalar => false,
        Kind::Sequence => node.items().take(ITEMS).any(|item| has(item, path)),
        Kind::Mapping => node.entries().take(KEYS).any(|entry| {
            let key = entry.key.text();
            let fits = first.strip_suffix('*').map_or(key == first, |start| key.starts_with(start));
            fits && (rest.is_empty() || has(entry.value, rest))
        }),
    }
}

/// Whether several sections list what somebody may do: `permissions: [view, edit, share]`.
fn holds_permissions(document: NodeRef<'_>) -> bool {
    const ENOUGH: usize = 3;
    let mut found = 0;
    let mut budget = 5000_usize;
    let mut to_visit = vec![document];
    while let Some(node) = to_visit.pop() {
        for entry in node.entries() {
            budget = budget.saturating_sub(1);
            if budget == 0 {
                return false;
            }
            match entry.value.kind() {
                Kind::Sequence if entry.key.text().eq_ignore_ascii_case("permissions") => found += 1,
                Kind::Mapping => to_visit.push(entry.value),
                _ => {}
            }
        }
    }
    found >= ENOUGH
}

/// Nothing but texts that are shown to people: no number, no switch, nothing left empty.
fn is_translation(candidate: &Candidate<'_>, document: NodeRef<'_>) -> bool {
    if candidate.tree.syntax() == Syntax::Dotenv {
        return false;
    }
    let folders = candidate.path.parent().into_iter().flat_map(|path| path.iter());
    let mut folders = folders.filter_map(|name| name.to_str()).map(str::to_lowercase);
    let in_folder =
        folders.any(|name| FOLDERS.contains(&name.as_str())) || is_named_after_language(candidate);
    let mut labels = 0;
    let mut others = 0;
    // Values that are no texts.
    let mut odd = 0;
    let schema = crate::reader::schema(candidate);
    let mut to_visit = vec![(document, 0)];
    while let Some((node, depth)) = to_visit.pop() {
        for entry in node.entries() {
            let value = entry.value;
            // Whoever signs in is no translation.
            if value.templated() && Phrase::read(entry.key.text()).any(&[C::Token, C::Password, C::Session]) {
                return false;
            }
            match (value.kind(), value.value(schema)) {
                (Kind::Mapping, _) if depth < 8 => to_visit.push((value, depth + 1)),
                // Words of buttons, such as `"yes": "Yes"`.
                (Kind::Scalar, Value::Str(text))
                    if in_folder && text.starts_with(char::is_uppercase) && flag_of(text).is_some() =>
                {
                    labels += 1;
                }
                (Kind::Sequence, _) if in_folder => {
                    let texts = || value.items().map(|item| item.value(schema));
                    if texts().any(|text| !matches!(text, Value::Str(text) if is_label(text))) {
                        return false;
                    }
                    labels += texts().count();
                }
                (Kind::Scalar, Value::Str(text)) if flag_of(text).is_none() && number_in(text).is_none() => {
                    if is_label(text) {
                        labels += 1;
                    } else {
                        others += 1;
                    }
                }
                _ if in_folder => odd += 1,
                _ => return false,
            }
            // Long enough to know, and aliases may repeat without end.
            if labels + others > 400 {
                break;
            }
        }
    }
    labels >= if in_folder { LABELS_IN_FOLDER } else { LABELS }
        && labels > others * 2
        && labels >= odd * LABELS_FOR_OTHER
}

/// Whether a file is called after a language, and nothing else: `en.json`, `pt-BR.yml`, `km-KH.ini`.
fn is_named_after_language(candidate: &Candidate<'_>) -> bool {
    let name = candidate.path.file_stem().and_then(|name| name.to_str()).unwrap_or("");
    let (language, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
    let in_country = language.len() == 2
        && language.bytes().all(|letter| letter.is_ascii_lowercase())
        && region.len() == 2
        && region.bytes().all(|letter| letter.is_ascii_uppercase());
    let in_region = region.is_empty()
        || (2..=4).contains(&region.len()) && region.bytes().all(|b| b.is_ascii_alphabetic());
    in_country || in_region && LANGUAGES.contains(&language)
}

/// A word or sentence as it is shown to people.
pub(crate) fn is_label(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(char::is_uppercase) && !text.bytes().any(|byte| byte == b'_')
        || text.contains(' ')
        || text.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii())
}
