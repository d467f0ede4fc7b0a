//! The reader of whole dialect files.

use super::read::Reader;
use super::sign::Signs;
use super::template::{Table, Template};
use super::{Account, Automation, Described};
use crate::model::Property;
use crate::names::kept;
use crate::rules::{Problem, Value};
use crate::syntax::Schema;

/// Keys of a dialect file.
pub(super) const KEYS: &[&str] = &[
    "name",
    "title",
    "link",
    "version",
    "about",
    "sources",
    "values",
    "expresses",
    "inert",
    "closed",
    "recognise",
    "account",
    "automations",
    "facts",
    "switches",
    "limits",
    "if",
    "example",
];

/// What an account says beside the words of a conduct file.
pub(super) const ACCOUNT: &[&str] = &["each", "instance", "secrets"];

/// What an automation says beside the words of a conduct file.
pub(super) const AUTOMATION: &[&str] = &["each", "at", "inert"];

/// What holds for the account as a whole, as in a conduct file.
pub(super) const COMMON: &[&str] = &["facts", "switches", "limits", "if"];

/// How unquoted values are read.
pub(super) const SCHEMAS: &[(&str, Schema)] = &[
    ("yaml-1.1", Schema::Yaml11),
    ("yaml-1.2", Schema::Yaml12),
    ("json", Schema::Json),
    ("toml", Schema::Toml),
    ("text", Schema::Text),
];

/// More automations in one file are a mistake, or somebody's joke.
const MOST_AUTOMATIONS: usize = 100;

/// Longer names nobody types.
const LONGEST_NAME: usize = 60;

/// Reads a dialect file; all problems are returned, each at its place.
pub(super) fn read(file: &Value, stem: &str) -> Result<Described, Vec<Problem>> {
    let mut reader = Reader::default();
    reader.known_keys(file, KEYS);
    let name = required(&mut reader, file, "name");
    if !name.is_empty() && name != stem {
        let at = file.get("name").unwrap_or(file);
        reader.refuse(at, format!("the dialect is called `{name}` but its file `{stem}.toml`"));
    }
    if name.len() > LONGEST_NAME {
        reader.refuse(file, format!("a name has at most {LONGEST_NAME} letters"));
    }
    let title = required(&mut reader, file, "title");
    let link = required(&mut reader, file, "link");
    let signs = Signs::read(file, &mut reader);
    if signs.hints().is_empty() && reader.problems.is_empty() {
        let at = file.get("recognise").unwrap_or(file);
        reader.refuse(
            at,
            "name at least one key that is written out, so that other files can be passed over quickly",
        );
    }
    let described = Described {
        name: "",
        title,
        link,
        version: reader.text(file, "version"),
        about: reader.text(file, "about"),
        recognised_by: recognised_by(&signs),
        expresses: Vec::new(),
        signs,
        values: values(&mut reader, file),
        inert: reader.ways(file, "inert"),
        closed: reader.ways(file, "closed"),
        account: account(&mut reader, file),
        automations: automations(&mut reader, file),
        common: common(&mut reader, file),
        expressible: file.get("expresses").map(|value| reader.template(value, 0)),
    };
    let mut expresses = Vec::new();
    if let Some(template) = &described.expressible {
        properties(template, &mut reader, &mut expresses);
    }
    if reader.problems.is_empty() {
        Ok(Described { name: kept(&name), expresses, ..described })
    } else {
        Err(reader.problems)
    }
}

fn required(reader: &mut Reader, file: &Value, key: &str) -> String {
    if file.get(key).is_none() {
        reader.refuse(file, format!("a dialect needs `{key}`"));
    }
    reader.text(file, key)
}

fn values(reader: &mut Reader, file: &Value) -> Option<Schema> {
    let text = reader.text(file, "values");
    let known = SCHEMAS.iter().find(|(name, _)| *name == text).map(|(_, schema)| *schema);
    if let Some(at) = file.get("values").filter(|_| known.is_none() && !text.is_empty()) {
        let names = SCHEMAS.iter().map(|(name, _)| *name);
        reader.problems.push(Problem::unknown(at.span, "way of reading values", &text, names));
    }
    known
}

fn account(reader: &mut Reader, file: &Value) -> Account {
    let nothing = Table { entries: Vec::new(), conditions: Vec::new(), span: file.span };
    let Some(value) = file.get("account") else {
        reader.refuse(file, "a dialect needs `[account]`: at least its `platform`");
        return Account { each: Vec::new(), instance: None, secrets: Vec::new(), said: nothing };
    };
    if value.entries().is_none() {
        reader.refuse(value, "`account` is a table");
    }
    Account {
        each: reader.ways(value, "each"),
        instance: value.get("instance").map(|value| reader.template(value, 0)),
        secrets: reader.ways(value, "secrets"),
        said: reader.table(value, ACCOUNT, 0),
    }
}

fn automations(reader: &mut Reader, file: &Value) -> Vec<Automation> {
    let Some(list) = file.get("automations") else {
        reader.refuse(file, "a dialect needs `[[automations]]`: what the tool does");
        return Vec::new();
    };
    let Some(items) = list.items().filter(|items| !items.is_empty()) else {
        reader.refuse(list, "`automations` is a list: write `[[automations]]` above each");
        return Vec::new();
    };
    if let Some(item) = items.get(MOST_AUTOMATIONS) {
        reader.refuse(item, format!("a dialect file holds at most {MOST_AUTOMATIONS} automations"));
    }
    let mut automations = Vec::new();
    for item in items.iter().take(MOST_AUTOMATIONS) {
        let each = reader.ways(item, "each");
        let at = reader.ways(item, "at").into_iter().next();
        if !each.is_empty() && at.is_some() {
            reader.refuse(item, "an automation stands `at` one place, or there is one for `each` entry");
        }
        for key in ["on", "do"] {
            if item.get(key).is_none() {
                reader.refuse(item, format!("an automation needs `{key}`"));
            }
        }
        let inert = reader.ways(item, "inert");
        automations.push(Automation { each, at, inert, said: reader.table(item, AUTOMATION, 0) });
    }
    automations
}

fn common(reader: &mut Reader, file: &Value) -> Table {
    let without: Vec<&str> = KEYS.iter().filter(|key| !COMMON.contains(key)).copied().collect();
    reader.table(file, &without, 0)
}

/// The properties that a list of them may come to.
fn properties(template: &Template, reader: &mut Reader, found: &mut Vec<Property>) {
    match template {
        Template::Text(text, span) => match Property::parse(text) {
            Some(property) => found.extend((!found.contains(&property)).then_some(property)),
            None => {
                let known = Property::ALL.iter().map(|property| property.name());
                reader.problems.push(Problem::unknown(*span, "property", text, known));
            }
        },
        Template::List(items, _) => items.iter().for_each(|item| properties(item, reader, found)),
        Template::Reference(reference) => match &reference.value {
            Some(value) => properties(value, reader, found),
            None => reader.problems.push(Problem::new(
                Default::default(),
                "`expresses` holds properties, some of them perhaps as `{ value = …, when = … }`",
            )),
        },
        Template::Plain(_, span) => reader.problems.push(Problem::new(*span, "a property is a word")),
        Template::Table(table) => reader.problems.push(Problem::new(table.span, "a property is a word")),
        Template::Each(each) => properties(&each.template, reader, found),
    }
}

/// How a file is recognised, in one sentence.
fn recognised_by(signs: &Signs) -> String {
    let quoted = |ways: &[super::way::Way], joint: &str| {
        let words: Vec<String> = ways.iter().map(|way| format!("`{}`", way.text)).collect();
        words.join(joint)
    };
    let mut parts = Vec::new();
    if !signs.keys.is_empty() {
        parts.push(quoted(&signs.keys, ", "));
    }
    parts.extend(signs.any.iter().map(|any| quoted(any, " or ")));
    if signs.at_least > 0 {
        parts.push(format!("at least {} of {}", signs.at_least, quoted(&signs.optional, ", ")));
    }
    let mut said = parts.join(", beside ");
    if !signs.syntaxes.is_empty() {
        said = format!("{said}, in {}", signs.syntaxes.join(" or "));
    }
    if !signs.patterns.is_empty() {
        let paths: Vec<String> = signs.patterns.iter().map(|pattern| format!("`{pattern}`")).collect();
        said = format!("{said}, at {}", paths.join(" or "));
    }
    if !signs.refuse.is_empty() {
        said = format!("{said}, without {}", quoted(&signs.refuse, " or "));
    }
    for condition in &signs.conditions {
        let not = if condition.negated { " not" } else { "" };
        let values: Vec<String> = condition.is.iter().map(|wanted| format!("`{wanted}`")).collect();
        let values = if values.is_empty() { "on".to_owned() } else { values.join(" or ") };
        said = format!("{said}, where {} is{not} {values}", quoted(&condition.any, " or "));
    }
    said
}
