//! Values as bots' own configuration files write them: nothing, off, on, a number, a text, a list, or unknown.
//! Everything may be quoted, and in `.env` and `.ini` files everything is text.

use crate::dialect::{Reader, flag_of, number_in};
use crate::model::{Schedule, Stated, Text, parse_duration};
use crate::reader::concept::{Concept, Concept as C, Concepts};
pub(crate) use crate::reader::roles::recurrence::{every, schedule_in};
use crate::reader::words::{Phrase, Word};
use crate::syntax::{Kind, NodeRef, Value};

/// What a key is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Given {
    /// Null, an empty text or an empty list.
    Nothing,
    /// False in any spelling.
    Off,
    /// True in any spelling.
    On,
    /// A number; of a range, the upper end.
    Number(f64),
    /// Declared to be without limit.
    Unlimited,
    /// Any other text, or a list that is not empty.
    Said,
    /// A template or a secret, which only the run can fill in.
    Unknown,
    /// A mapping, or a list that holds one.
    Nested,
}

/// What a node gives its key.
pub(crate) fn given(reader: &Reader<'_>, node: NodeRef<'_>) -> Given {
    match node.kind() {
        Kind::Mapping => return Given::Nested,
        Kind::Sequence => return given_list(reader, node),
        Kind::Scalar => {}
    }
    if node.templated() {
        return Given::Unknown;
    }
    match node.value(reader.schema) {
        Value::Null => Given::Nothing,
        Value::Bool(true) => Given::On,
        Value::Bool(false) => Given::Off,
        Value::Int(number) => Given::Number(number as f64),
        Value::Float(number) if number.is_finite() => Given::Number(number),
        Value::Str(text) => given_text(text),
        _ => Given::Said,
    }
}

/// Words for "yes" and "no" in the languages of the lexicon.
const YES: &[&str] = &[
    "ja",
    "jawohl",
    "si",
    "sí",
    "sì",
    "oui",
    "vrai",
    "sim",
    "evet",
    "да",
    "はい",
    "an",
    "aan",
    "aktiv",
    "active",
    "activo",
    "activa",
    "activado",
    "activada",
    "actif",
    "activé",
    "activée",
    "attivo",
    "attiva",
    "attivato",
    "ativo",
    "ativa",
    "ativado",
    "ligado",
    "aktiviert",
    "eingeschaltet",
    "actief",
    "ingeschakeld",
    "aktif",
    "etkin",
    "açık",
    "acik",
    "вкл",
    "включено",
    "включен",
    "включён",
    "включена",
    "オン",
    "有効",
];
const NO: &[&str] = &[
    "never",
    "none",
    "nein",
    "non",
    "jamais",
    "mai",
    "niemals",
    "nooit",
    "asla",
    "никогда",
    "não",
    "nao",
    "nee",
    "hayır",
    "hayir",
    "нет",
    "いいえ",
    "aus",
    "uit",
    "inaktiv",
    "nunca",
    "nie",
    "faux",
    "désactivé",
    "désactivée",
    "éteint",
    "desactivado",
    "desactivada",
    "apagado",
    "disattivo",
    "disattivato",
    "spento",
    "desativado",
    "desativada",
    "desligado",
    "deaktiviert",
    "ausgeschaltet",
    "uitgeschakeld",
    "kapalı",
    "kapali",
    "devre dışı",
    "выкл",
    "выключено",
    "выключен",
    "выключена",
    "отключено",
    "отключен",
    "オフ",
    "無効",
    "なし",
    "不可",
    "yok",
];
/// Words for "as much as it can".
const UNLIMITED: &[&str] = &[
    "unlimited",
    "infinite",
    "infinity",
    "no limit",
    "no_limit",
    "unbegrenzt",
    "unendlich",
    "endlos",
    "ilimitado",
    "infinito",
    "sinirsiz",
    "sınırsız",
    "sonsuz",
    "illimité",
    "infini",
    "illimitato",
    "onbeperkt",
    "oneindig",
    "безлимит",
    "бесконечно",
    "無制限",
    "無限",
];

fn given_text(text: &str) -> Given {
    let text = text.trim();
    if let Some(number) = number_in(text.trim_end_matches('%').trim_end()) {
        return Given::Number(number);
    }
    if let Some(flag) = flag_of(text) {
        return if flag { Given::On } else { Given::Off };
    }
    let folded = text.to_lowercase();
    match folded.as_str() {
        "" | "null" | "nil" | "undefined" | "~" | "[]" | "{}" => Given::Nothing,
        word if UNLIMITED.contains(&word) => Given::Unlimited,
        word if YES.contains(&word) => Given::On,
        word if NO.contains(&word) => Given::Off,
        _ => Given::Said,
    }
}

/// A list of numbers is a range; any other list says something unless all of it is empty.
fn given_list(reader: &Reader<'_>, list: NodeRef<'_>) -> Given {
    let mut largest: Option<f64> = None;
    let mut all_numbers = true;
    let mut result = Given::Nothing;
    for item in list.items() {
        match given(reader, item) {
            Given::Nothing => {}
            Given::Nested => return Given::Nested,
            Given::Number(number) => {
                largest = Some(largest.map_or(number, |most| most.max(number)));
                result = Given::Said;
            }
            _ => {
                all_numbers = false;
                result = Given::Said;
            }
        }
    }
    match largest {
        Some(number) if all_numbers => Given::Number(number),
        _ => result,
    }
}

/// Days in the unit that a name states last: `every_seconds`, `cooldownMs`.
pub(crate) fn unit_in(phrase: &Phrase) -> Option<f64> {
    // `every_min`, `interval_min`, `after_min`: minutes, and no lower end.
    let minutes = phrase.words.last().is_some_and(|last| last.text == "min")
        && (phrase.any(&[C::Schedule, C::Delay]) || phrase.word("every"));
    if minutes { Some(1.0 / 1440.0) } else { unit_of(&phrase.words) }
}

/// Days in the unit that words state last.
pub(crate) fn unit_of(words: &[Word]) -> Option<f64> {
    words.iter().rev().find_map(|word| {
        let has = |concept| word.concepts.has(concept);
        Some(match () {
            () if word.text == "ms" || word.text == "millisecond" || word.text == "millis" => {
                1.0 / 86_400_000.0
            }
            () if has(Concept::Second) => 1.0 / 86_400.0,
            () if has(Concept::Minute) => 1.0 / 1440.0,
            () if has(Concept::Hour) => 1.0 / 24.0,
            () if has(Concept::Day) => 1.0,
            () if has(Concept::Week) => 7.0,
            () if has(Concept::Month) => 30.0,
            () => return None,
        })
    })
}

/// A duration in days: with its unit in the value (`12h`) or in the key (`_minutes`). A bare number without a
/// unit is unknown.
pub(crate) fn duration(reader: &Reader<'_>, key: &Phrase, node: NodeRef<'_>) -> Stated<f64> {
    let site = reader.site(node);
    match given(reader, node) {
        Given::Number(number) => match unit_in(key) {
            Some(unit) => Stated::Known(number * unit, site),
            None => Stated::Unknown(site),
        },
        Given::Said => duration_in(node.text()).map_or(Stated::Absent, |days| Stated::Known(days, site)),
        Given::Unknown => Stated::Unknown(site),
        _ => Stated::Absent,
    }
}

/// A duration in a text: `12h`, `3 days`, `drei Tage` in words that the lexicon knows, `1-12-0-0`.
pub(crate) fn duration_in(text: &str) -> Option<f64> {
    parse_duration(text).or_else(|| days_hours_minutes_seconds(text)).or_else(|| {
        let digits = text.find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))?;
        let number = text.get(..digits)?.parse::<f64>().ok()?;
        let rest = Phrase::read(text.get(digits..)?.trim());
        (rest.words.len() <= 2).then(|| unit_in(&rest)).flatten().map(|unit| number * unit)
    })
}

/// `1-12-0-0` is a day and a half.
fn days_hours_minutes_seconds(text: &str) -> Option<f64> {
    const PARTS: [f64; 4] = [1.0, 1.0 / 24.0, 1.0 / 1440.0, 1.0 / 86_400.0];
    let mut days = 0.0;
    let mut numbers = text.trim().split('-');
    for unit in PARTS {
        days += numbers.next()?.parse::<f64>().ok()? * unit;
    }
    numbers.next().is_none().then_some(days)
}

/// A condition or a list written like a call of code, as its name and what stands in the brackets: `followed_by(anyone)`.
pub(crate) fn call_in(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.trim().split_once('(')?;
    let inner = rest.strip_suffix(')')?;
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    (!name.is_empty() && name.chars().all(is_name)).then(|| (name, inner.trim().trim_matches(['"', '\''])))
}

/// The texts of a scalar (a comma-separated one is a list) or of a list, without empty ones.
pub(crate) fn listed(reader: &Reader<'_>, node: NodeRef<'_>) -> Vec<Text> {
    let mut texts = Vec::new();
    for text in reader.texts(node) {
        if call_in(&text.text).is_some() {
            texts.push(text);
            continue;
        }
        let parts = text.text.split(',').map(str::trim).filter(|part| !part.is_empty());
        texts.extend(parts.map(|part| Text { text: part.to_owned(), site: text.site }));
    }
    texts
}

/// The accounts that stand in a longer text: `people who follow @kim` names one.
pub(crate) fn names_in(text: &Text) -> Vec<Text> {
    let handle = |word: &&str| word.starts_with('@') && word.len() > 2;
    let words =
        text.text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')'));
    let name = |word: &str| word.trim_end_matches(['.', ':', '!', '?', '"', '\'']).to_owned();
    words.filter(handle).map(|word| Text { text: name(word), site: text.site }).collect()
}

/// Whether a text is said to somebody rather than a name, a path or an address.
pub(crate) fn is_sentence(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    let ideographs = text.chars().filter(|letter| ('\u{3040}'..='\u{9fff}').contains(letter)).count();
    let is_address = !text.contains(' ') && (text.contains("://") || text.contains('/'));
    !is_address
        && (words >= 4
            || words >= 2 && text.contains(['!', '{', '?', '%', '…', '<'])
            || words >= 3 && text.starts_with(char::is_uppercase)
            || words >= 2 && text.ends_with(['.', '!', '?'])
            || ideographs >= 6 && !is_compound(text)
            || words == 1 && text.ends_with('!') && text.len() > 3)
        && Schedule::parse(text).is_none()
}

/// Whether a text names two times of the day: `07-23`, `8:30–22:00`.
pub(crate) fn is_window(text: &str) -> bool {
    let is_time = |part: &str| {
        let part = part.trim().trim_end_matches('h');
        !part.is_empty() && part.len() <= 5 && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
    };
    text.split_once(['-', '–']).is_some_and(|(from, to)| is_time(from) && is_time(to))
}

/// Whether a text without blanks is put together of words that the lexicon knows, and so says what is done rather
/// than speaking to somebody: `フォロワーのフォロワーをフォロー`.
fn is_compound(text: &str) -> bool {
    const SPEAKS: [C; 3] = [C::Greet, C::Thank, C::Farewell];
    if text.chars().count() > 30 || !text.chars().all(char::is_alphanumeric) {
        return false;
    }
    let phrase = Phrase::read(text);
    phrase.unknown() == 0 && !phrase.any(&SPEAKS)
}

/// Whether a short value says no: `not needed`, `nobody`, `none, just send`.
pub(crate) fn denies(value: &Phrase) -> bool {
    const NO: [C; 3] = [C::Not, C::Ignore, C::Disabled];
    value.words.len() <= 8 && value.words.first().is_some_and(|word| word.concepts.meets(Concepts::of(&NO)))
}

/// Whether a text is an address of mail or a handle: somebody to whom something can go.
pub(crate) fn is_address(text: &str) -> bool {
    let text = text.trim().trim_start_matches("mailto:").trim_start_matches("mail:").trim_start();
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace) && !text.contains('{')
    })
}
