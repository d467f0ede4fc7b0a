//! The lexicon as static data: concepts become an enum, words maps that are made at build time.
//! Refuses a word that has two concepts of one kind, a word without an example, and an unknown concept.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use toml::de::DeTable;

use crate::fold;
use crate::tokens::{singular, words};

/// A language's file or the list of concepts: its name without ending, and its text.
pub(crate) type Source<'t> = (&'t str, &'t str);

/// The most concepts there may be: a set of them is two numbers of half as many bits.
const MOST: usize = 256;

/// The code of the enum and the tables.
pub(crate) fn code(concepts: &str, languages: &[Source<'_>], same: &str) -> Result<String, Box<dyn Error>> {
    let concepts = Concepts::read(concepts)?;
    let mut tables = Tables::default();
    for (language, text) in languages {
        tables.add(language, text, &concepts)?;
    }
    tables.add_same(same)?;
    let mut code = concepts.code()?;
    tables.write(&mut code)?;
    Ok(code)
}

/// Every concept: its name, its kind, what it means; in the order of the file.
struct Concepts(Vec<(String, String, String)>);

impl Concepts {
    fn read(text: &str) -> Result<Self, Box<dyn Error>> {
        let table = DeTable::parse(text)?;
        let mut concepts = Vec::new();
        for (kind, names) in crate::entries(table.get_ref()) {
            let names = names.get_ref().as_table().ok_or("a kind of concepts is a table")?;
            for (name, meaning) in crate::entries(names) {
                let meaning = meaning.get_ref().as_str().ok_or("a concept says what it means")?;
                concepts.push((name.get_ref().to_string(), kind.get_ref().to_string(), meaning.to_owned()));
            }
        }
        if concepts.len() > MOST {
            return Err(format!("{} concepts, at most {MOST} fit", concepts.len()).into());
        }
        Ok(Self(concepts))
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(known, _, _)| known == name)
    }

    fn kind(&self, number: usize) -> &str {
        self.0.get(number).map_or("", |(_, kind, _)| kind)
    }

    fn code(&self) -> Result<String, Box<dyn Error>> {
        let mut code = String::from(
            "/// What a word of a configuration can mean.\n\
             #[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[repr(u8)]\npub(crate) enum Concept {\n",
        );
        for (number, (name, _, meaning)) in self.0.iter().enumerate() {
            writeln!(code, "/// {meaning}\n{} = {number},", camel(name))?;
        }
        code.push_str("}\n");
        let names: Vec<_> = self.0.iter().map(|(name, _, _)| name).collect();
        writeln!(code, "#[cfg(test)]\npub(crate) static NAMES: [&str; {}] = {names:?};", names.len())?;
        Ok(code)
    }
}

/// A set of concepts by their numbers: a bit for each, the first 128 and the others.
#[derive(Clone, Copy, Default)]
struct Set(u128, u128);

impl Set {
    fn add(&mut self, number: usize) {
        match number.checked_sub(128) {
            None => self.0 |= 1 << number,
            Some(number) => self.1 |= 1 << number,
        }
    }

    fn join(&mut self, other: Self) {
        self.0 |= other.0;
        self.1 |= other.1;
    }

    fn code(self) -> String {
        format!("({}, {})", self.0, self.1)
    }
}

/// The words of all languages.
#[derive(Default)]
struct Tables {
    /// Whole words and phrases, with the set of their concepts.
    whole: BTreeMap<String, Set>,
    /// Beginnings of words, written with `*`.
    beginnings: BTreeMap<String, Set>,
    /// Words of other languages that grammar asks for by their English name, with that name.
    same: BTreeMap<String, String>,
    /// Every word with its concept and example, for the tests.
    examples: Vec<(String, String, String, String)>,
}

impl Tables {
    fn add(&mut self, language: &str, text: &str, concepts: &Concepts) -> Result<(), Box<dyn Error>> {
        let broken = |what: String| format!("rules/lexicon/{language}.toml: {what}");
        let table = DeTable::parse(text).map_err(|error| broken(error.to_string()))?;
        let mut seen = BTreeMap::new();
        for (name, words_of) in crate::entries(table.get_ref()) {
            let number = concepts
                .number(name.get_ref())
                .ok_or_else(|| broken(format!("no concept is called `{}`", name.get_ref())))?;
            let words_of =
                words_of.get_ref().as_table().ok_or_else(|| broken("a concept holds words".into()))?;
            for (word, example) in crate::entries(words_of) {
                let word = word.get_ref();
                let example = example.get_ref().as_str().filter(|example| !example.is_empty());
                let example = example.ok_or_else(|| broken(format!("`{word}` has no example")))?;
                let kind = concepts.kind(number).to_owned();
                if let Some(other) = seen.insert((word.to_string(), kind), name.get_ref().to_string()) {
                    return Err(broken(format!("`{word}` means `{other}` and `{}`", name.get_ref())).into());
                }
                let (table, key) = match word.strip_suffix('*') {
                    Some(beginning) => (&mut self.beginnings, fold::message(beginning)),
                    None => (&mut self.whole, spelling(word)),
                };
                table.entry(key).or_default().add(number);
                self.examples.push((
                    language.to_owned(),
                    name.get_ref().to_string(),
                    word.to_string(),
                    example.to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Words that stand for an English word mean what it means, too.
    fn add_same(&mut self, text: &str) -> Result<(), Box<dyn Error>> {
        let broken = |what: String| format!("rules/lexicon/same.toml: {what}");
        let table = DeTable::parse(text).map_err(|error| broken(error.to_string()))?;
        for (english, languages) in crate::entries(table.get_ref()) {
            let english = spelling(english.get_ref());
            let languages =
                languages.get_ref().as_table().ok_or_else(|| broken("a word is a table".into()))?;
            let meaning = self.whole.get(&english).copied().unwrap_or_default();
            // Not everything that grammar asks for means something by itself: `same`, `their`.
            for (language, words_of) in crate::entries(languages) {
                let words_of = words_of.get_ref().as_array();
                let words_of = words_of.ok_or_else(|| broken(format!("`{english}` lists words")))?;
                for word in words_of {
                    let word = word.get_ref().as_str().map(spelling).unwrap_or_default();
                    self.whole.entry(word.clone()).or_default().join(meaning);
                    if let Some(other) = self.same.insert(word.clone(), english.clone())
                        && other != english
                    {
                        let language = language.get_ref();
                        return Err(
                            broken(format!("{language}: `{word}` is `{other}` and `{english}`")).into()
                        );
                    }
                }
            }
        }
        Ok(())
    }

    /// The first words of phrases, with the number of words of the longest phrase that begins so.
    fn phrase_starts(&self) -> BTreeMap<&str, usize> {
        let mut starts = BTreeMap::new();
        for phrase in self.whole.keys() {
            let length = phrase.split(' ').count();
            if let Some(first) = phrase.split(' ').next().filter(|_| length > 1) {
                let longest = starts.entry(first).or_insert(length);
                *longest = length.max(*longest);
            }
        }
        starts
    }

    fn write(&self, code: &mut String) -> Result<(), Box<dyn Error>> {
        for (name, table) in [("WHOLE", &self.whole), ("BEGINNINGS", &self.beginnings)] {
            map(code, name, "(u128, u128)", table.iter().map(|(word, set)| (word.as_str(), set.code())))?;
        }
        let same = self.same.iter().map(|(word, english)| (word.as_str(), format!("{english:?}")));
        map(code, "SAME", "&str", same)?;
        let starts = self.phrase_starts();
        map(code, "PHRASES", "usize", starts.iter().map(|(word, length)| (*word, length.to_string())))?;
        let longest = self.beginnings.keys().map(String::len).max().unwrap_or(0);
        writeln!(code, "pub(super) const LONGEST_BEGINNING: usize = {longest};")?;
        writeln!(
            code,
            "#[cfg(test)]\npub(crate) static EXAMPLES: [(&str, &str, &str, &str); {}] = {:?};",
            self.examples.len(),
            self.examples
        )?;
        Ok(())
    }
}

/// The code of a map that is looked up by a hash, made now.
fn map<'t>(
    code: &mut String,
    name: &str,
    value: &str,
    entries: impl Iterator<Item = (&'t str, String)>,
) -> Result<(), Box<dyn Error>> {
    let mut map = phf_codegen::Map::new();
    for (word, value) in entries {
        map.entry(word, value);
    }
    writeln!(code, "pub(super) static {name}: phf::Map<&str, {value}> = {};", map.build())?;
    Ok(())
}

/// A word as it is stored: folded; of a phrase each part in the singular.
fn spelling(word: &str) -> String {
    let parts: Vec<String> = words(word).iter().map(|part| fold::message(part)).collect();
    match parts.as_slice() {
        [only] => only.clone(),
        parts => parts.iter().map(|part| singular(part)).collect::<Vec<_>>().join(" "),
    }
}

/// `one-sided` as a name of Rust: `OneSided`.
fn camel(name: &str) -> String {
    let parts = name.split('-').map(|part| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    });
    parts.collect::<Vec<String>>().concat()
}
