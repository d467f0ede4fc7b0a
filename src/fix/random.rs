//! Random edits of all sample files and rule examples, in all syntaxes, with random layout: what is accepted is judged
//! by other parsers than our own. An edit that is refused costs nothing; an accepted one that is wrong fails the test.
//!
//! Counted is each accepted edit. It is wrong if another parser cannot read the new text, or reads anything else than
//! the old values with exactly the meant change, or if a comment outside of what was taken out is gone, or a line
//! break of another kind has come in.

#[cfg(test)]
#[path = "../../tests/dice.rs"]
mod dice;

#[cfg(test)]
mod tests {

    use std::fs;
    use std::path::{Path, PathBuf};

    use serde_json::{Map, Value};

    use super::super::edit::{applied, ordered};
    use super::super::insert::{Wish, insert};
    use super::super::remove::remove;
    use super::super::set::set;
    use super::dice::Dice;
    use crate::syntax::{Change, Given, Kind, Role, Slot, Syntax, parse, says_the_same_but};

    /// So many files are tried in an ordinary run; `BOTIQUETTE_FIX_CASES` says how many otherwise.
    const CASES: usize = 3000;

    /// What another parser reads; none where it does not read the text, or reads it in another way than ours.
    fn read(text: &str, syntax: Syntax) -> Option<Value> {
        let text = text.trim_start_matches('\u{feff}');
        match syntax {
            Syntax::Yaml => {
                let documents = serde_yaml::Deserializer::from_str(text);
                let values = documents.map(|document| {
                    let value: serde_yaml::Value = serde::Deserialize::deserialize(document).ok()?;
                    from_yaml(&value)
                });
                values.collect::<Option<Vec<Value>>>().map(Value::Array)
            }
            Syntax::Json => serde_json::from_str(text).ok(),
            Syntax::Jsonc => {
                let plain: String = text
                    .split_inclusive('\n')
                    .map(|line| match line.find("// ") {
                        Some(at) => format!("{}\n", &line[..at]),
                        None => line.to_owned(),
                    })
                    .collect();
                serde_json::from_str(&plain).ok()
            }
            Syntax::Toml => serde_json::to_value(toml::from_str::<toml::Value>(text).ok()?).ok(),
            Syntax::Dotenv | Syntax::Ini => Some(assignments(text, syntax)),
        }
    }

    fn from_yaml(value: &serde_yaml::Value) -> Option<Value> {
        use serde_yaml::Value as Yaml;
        Some(match value {
            Yaml::Sequence(items) => Value::Array(items.iter().map(from_yaml).collect::<Option<_>>()?),
            Yaml::Mapping(entries) => {
                let mut map = Map::new();
                for (key, value) in entries {
                    map.insert(serde_yaml::to_string(key).ok()?.trim().to_owned(), from_yaml(value)?);
                }
                Value::Object(map)
            }
            Yaml::Tagged(tagged) => from_yaml(&tagged.value)?,
            Yaml::Null => Value::Null,
            Yaml::Bool(flag) => Value::Bool(*flag),
            Yaml::Number(number) => serde_json::to_value(number).ok()?,
            Yaml::String(text) => Value::String(text.clone()),
        })
    }

    /// The lines of a file that has nothing but lines.
    fn assignments(text: &str, syntax: Syntax) -> Value {
        let mut map = Map::new();
        let mut section = String::new();
        for line in text.lines() {
            let line = line.trim();
            if line.is_empty() || line.starts_with(['#', ';']) {
                continue;
            }
            if syntax == Syntax::Ini && line.starts_with('[') {
                section = line.to_owned();
            } else if let Some((key, value)) = line.split_once(['=', ':']) {
                let key = key.trim().trim_start_matches("export ");
                let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
                map.insert(format!("{section}{key}"), Value::String(value.to_owned()));
            }
        }
        Value::Object(map)
    }

    /// What the edit is meant to make of the values: the same change, made to what the other parser reads.
    fn expected(old: &Value, change: &Change<'_>, syntax: Syntax) -> Option<Value> {
        let mut value = old.clone();
        let (Change::Gone(slot) | Change::Says(slot, _) | Change::Has(slot, ..)) = change;
        if matches!(syntax, Syntax::Dotenv | Syntax::Ini) {
            return expected_lines(value, change, *slot);
        }
        let mut steps = path(*slot, syntax)?;
        let is_in_parent = matches!(change, Change::Gone(_)) || slot.role() == Role::Key;
        let last = if is_in_parent { steps.pop() } else { None };
        let mut at = &mut value;
        for step in steps {
            at = match step {
                Ok(number) => at.get_mut(number)?,
                Err(key) => at.get_mut(&key)?,
            };
        }
        match (change, at, last) {
            (Change::Gone(_), Value::Array(items), Some(Ok(number))) => drop(items.remove(number)),
            (Change::Gone(_), Value::Object(map), Some(Err(key))) => drop(map.remove(&key)?),
            (Change::Says(_, text), Value::Object(map), Some(Err(key))) => {
                let value = map.remove(&key)?;
                map.insert(name_of(text, syntax)?, value);
            }
            (Change::Says(_, text), at, None) => *at = Value::String(text.clone()),
            (Change::Has(_, _, entries), Value::Object(map), None) => {
                for (key, given) in entries {
                    map.insert(key.clone(), of(given));
                }
            }
            _ => return None,
        }
        Some(value)
    }

    /// A key as the readings have it.
    fn name_of(text: &str, syntax: Syntax) -> Option<String> {
        Some(match syntax {
            Syntax::Yaml => serde_yaml::to_string(text).ok()?.trim().to_owned(),
            _ => text.to_owned(),
        })
    }

    fn expected_lines(mut value: Value, change: &Change<'_>, slot: Slot<'_>) -> Option<Value> {
        let map = value.as_object_mut()?;
        let section = |slot: Slot<'_>| {
            let parent = slot.parent().filter(|parent| parent.role() == Role::Value)?;
            Some(format!("[{}]", parent.member().first()?.raw()))
        };
        let name = |slot: Slot<'_>| {
            Some(format!("{}{}", section(slot).unwrap_or_default(), slot.member().first()?.raw()))
        };
        match change {
            Change::Gone(_) => {
                let member = slot.member();
                match member.last()?.kind() {
                    Some(Kind::Mapping) => {
                        let section = format!("[{}]", member.first()?.raw());
                        map.retain(|name, _| !name.starts_with(&section));
                    }
                    _ => drop(map.remove(&name(slot)?)?),
                }
            }
            Change::Says(_, text) => *map.get_mut(&name(slot)?)? = Value::String(text.clone()),
            Change::Has(_, behind, entries) => {
                let section = behind.and_then(section).unwrap_or_default();
                for (key, given) in entries {
                    map.insert(format!("{section}{key}"), Value::String(super::super::set::said(given)?));
                }
            }
        }
        Some(value)
    }

    fn of(given: &Given) -> Value {
        match given {
            Given::Number(number) => serde_json::from_str(&number.to_string()).unwrap(),
            Given::Flag(flag) => Value::Bool(*flag),
            Given::Word(text) | Given::Text(text) => Value::String(text.clone()),
            Given::Table(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.clone(), of(value))).collect())
            }
        }
    }

    type Steps = Vec<Result<usize, String>>;

    /// The way to a node from the root: numbers and keys.
    fn path(slot: Slot<'_>, syntax: Syntax) -> Option<Steps> {
        let mut steps = Vec::new();
        let mut at = slot;
        while let Some(parent) = at.parent() {
            let member = at.member();
            steps.push(match at.role() {
                Role::Item => Ok(parent.children().position(|child| child.is(at))?),
                Role::Key | Role::Value => {
                    let key = member.first()?.look();
                    let text = match syntax {
                        // Keys are written as the other parser writes them.
                        Syntax::Yaml => serde_yaml::to_string(
                            &serde_yaml::from_str::<serde_yaml::Value>(member.first()?.raw()).ok()?,
                        )
                        .ok()?
                        .trim()
                        .to_owned(),
                        _ => key.text().to_owned(),
                    };
                    Err(text)
                }
                Role::Root => return None,
            });
            at = parent;
        }
        if syntax == Syntax::Yaml {
            let roots = slot.tree().documents().position(|root| root.span() == at.span())?;
            steps.push(Ok(roots));
        }
        steps.reverse();
        Some(steps)
    }

    /// Whether two readings agree; what was written anew may be a number to one and a text to the other.
    fn agree(one: &Value, other: &Value) -> bool {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Array(_) | Value::Object(_) => format!("collection {value}"),
            scalar => scalar.to_string(),
        };
        match (one, other) {
            (Value::Array(one), Value::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| agree(one, other))
            }
            (Value::Object(one), Value::Object(other)) => {
                one.len() == other.len()
                    && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| agree(value, other)))
            }
            (one, other) => one == other || text(one) == text(other),
        }
    }

    /// Another layout for the same values; the text itself where the parser of the syntax disagrees.
    fn mutated(text: &str, syntax: Syntax, dice: &mut Dice) -> String {
        let mut text = text.to_owned();
        let Some(value) = read(&text, syntax) else { return text };
        for _ in 0..dice.roll(6) {
            let new = mutation(&text, syntax, dice);
            if read(&new, syntax).as_ref() == Some(&value) && parse(&new, syntax).errors.is_empty() {
                text = new;
            }
        }
        text
    }

    fn mutation(text: &str, syntax: Syntax, dice: &mut Dice) -> String {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let at = dice.roll(lines.len());
        let mark = if syntax == Syntax::Jsonc { "// " } else { "# " };
        let with = |new: String| {
            let mut all: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            all[at] = new;
            all.concat()
        };
        let Some(line) = lines.get(at) else { return text.to_owned() };
        let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
        let bare = line.trim_end_matches(['\r', '\n']);
        let indent = &bare[..bare.len() - bare.trim_start().len()];
        match dice.roll(9) {
            0 => text.replace("\r\n", "\n").replace('\n', "\r\n"),
            1 if syntax != Syntax::Json => with(format!("{indent}{mark}note {at}{end}{line}")),
            2 if syntax != Syntax::Json => with(format!("{bare}  {mark}beside {at}{end}")),
            3 => with(format!("{line}{end}")),
            4 => with(format!("{bare}   {end}")),
            5 => text.trim_end().to_owned(),
            6 => format!("\u{feff}{}", text.trim_start_matches('\u{feff}')),
            7 => {
                let Some((key, value)) = bare.split_once(": ") else { return text.to_owned() };
                with(format!("{key}: \"{}\"{end}", value.trim()))
            }
            _ => {
                // A name for a value that another line repeats.
                let Some((key, value)) = bare.split_once(": ") else { return text.to_owned() };
                let named = format!("{key}: &n{at} {value}{end}");
                let mut all: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
                let again = (at + 1..lines.len())
                    .find(|other| lines[*other].trim_end().ends_with(&format!(": {value}")));
                if let Some(other) = again {
                    let (start, _) = lines[other].split_once(": ").unwrap_or_default();
                    all[other] = format!("{start}: *n{at}{end}");
                }
                all[at] = named;
                all.concat()
            }
        }
    }

    /// All texts with their syntaxes: samples, rule examples, and these again as JSON and TOML.
    fn texts() -> Vec<(String, String, Syntax)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut texts = Vec::new();
        let mut folders: Vec<PathBuf> = vec![root.join("sample-configs"), root.join("tests/catalogue")];
        while let Some(folder) = folders.pop() {
            let mut entries: Vec<_> =
                fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            entries.sort();
            for path in entries {
                if path.is_dir() {
                    folders.push(path);
                } else if let (Some(syntax), Ok(text)) = (Syntax::from_path(&path), fs::read_to_string(&path))
                {
                    texts.push((path.display().to_string(), text, syntax));
                }
            }
        }
        let conduct: Vec<(String, String)> = texts
            .iter()
            .filter(|(path, _, syntax)| *syntax == Syntax::Yaml && path.contains("catalogue"))
            .map(|(path, text, _)| (path.clone(), text.clone()))
            .collect();
        for (path, text) in conduct {
            let Ok(value) = serde_yaml::from_str::<Value>(&text) else { continue };
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            texts.push((format!("{path} as JSON"), pretty.clone(), Syntax::Json));
            texts.push((format!("{path} as JSON of one line"), value.to_string(), Syntax::Json));
            texts.push((format!("{path} as JSON with comments"), pretty, Syntax::Jsonc));
            if let Ok(block) = serde_yaml::to_string(&value) {
                texts.push((format!("{path} in blocks"), block, Syntax::Yaml));
            }
            if let Ok(toml) = toml::to_string(&value) {
                texts.push((format!("{path} as TOML"), toml, Syntax::Toml));
            }
        }
        texts
    }

    /// A random edit of a node, if there is one.
    fn edit<'t>(slot: Slot<'t>, dice: &mut Dice) -> Option<(Vec<super::super::edit::Edit>, Vec<Change<'t>>)> {
        let values = [
            Given::Number(7.0),
            Given::Flag(true),
            Given::Text("30d".to_owned()),
            Given::Text("yes".to_owned()),
            Given::Text("it's \"so\": #1".to_owned()),
            Given::Text("12".to_owned()),
        ];
        let value = values[dice.roll(values.len())].clone();
        match dice.roll(3) {
            0 => {
                let siblings: Vec<Slot<'t>> = slot.parent()?.children().collect();
                let other = siblings.get(dice.roll(siblings.len() * 3)).copied();
                let first = |slot: Slot<'t>| slot.member().first().map(|one| one.span());
                let other = other.filter(|other| first(*other) != first(slot));
                let both: Vec<Slot<'t>> = [slot].into_iter().chain(other).collect();
                remove(&both)
            }
            1 if slot.role() == Role::Key => {
                let is_new = slot.parent()?.own("it's new").is_none();
                let is_named = !matches!(slot.syntax(), Syntax::Dotenv | Syntax::Ini);
                let name = Given::Text("it's new".to_owned());
                let renamed = (is_new && is_named).then(|| set(slot, &name)).flatten();
                renamed.map(|(edit, change)| (vec![edit], vec![change]))
            }
            1 => set(slot, &value).map(|(edit, change)| (vec![edit], vec![change])),
            _ => {
                let mapping = if slot.kind() == Some(Kind::Mapping) { slot } else { slot.parent()? };
                let path = if dice.roll(2) == 0 { vec!["added"] } else { vec!["if", "added"] };
                let path = path.into_iter().map(str::to_owned).collect();
                insert(&[Wish { mapping, path, value }])
            }
        }
    }

    #[test]
    fn accepted_edits_change_what_was_meant_and_nothing_else() {
        let cases =
            std::env::var("BOTIQUETTE_FIX_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
        let texts = texts();
        let syntaxes = [Syntax::Yaml, Syntax::Json, Syntax::Jsonc, Syntax::Toml, Syntax::Dotenv, Syntax::Ini];
        let mut dice = Dice(0x05ee_d0fb_0707);
        let mut counted: std::collections::BTreeMap<String, (usize, usize)> = Default::default();
        for case in 0..cases {
            // Few files are written in the rarer syntaxes, which have their turn all the same.
            let wanted = syntaxes[dice.roll(syntaxes.len())];
            let of_syntax: Vec<_> = texts.iter().filter(|(_, _, syntax)| *syntax == wanted).collect();
            let (name, text, syntax) = of_syntax[dice.roll(of_syntax.len())];
            let text = mutated(text, *syntax, &mut dice);
            let parsed = parse(&text, *syntax);
            let Some(old) = read(&text, *syntax).filter(|_| parsed.errors.is_empty()) else { continue };
            let slots: Vec<Slot<'_>> = parsed.tree.slots().collect();
            let Some(slot) = slots.get(dice.roll(slots.len())) else { continue };
            let tally = counted.entry(format!("{syntax:?}")).or_default();
            tally.1 += 1;
            let Some((edits, changes)) = edit(*slot, &mut dice) else { continue };
            let Some(edits) = ordered(edits) else { continue };
            let Some(new) = applied(&text, edits.iter().map(|edit| (edit.span, edit.text.as_str()))) else {
                continue;
            };
            let after = parse(&new, *syntax);
            if !after.errors.is_empty() || !says_the_same_but(&parsed.tree, &after.tree, &changes) {
                continue;
            }
            tally.0 += 1;
            let told = || format!("case {case}, {name}: {changes:?}\n--- before\n{text}\n--- after\n{new}");
            let found = read(&new, *syntax).unwrap_or_else(|| panic!("unreadable: {}", told()));
            let mut ordered = changes.clone();
            // The later ones first, so that numbers stay those of the old text.
            ordered.sort_by_key(|change| {
                let (Change::Gone(slot) | Change::Says(slot, _) | Change::Has(slot, ..)) = change;
                std::cmp::Reverse(slot.span())
            });
            let meant = ordered.iter().try_fold(old, |value, change| expected(&value, change, *syntax));
            let meant = meant.unwrap_or_else(|| panic!("no way to it: {}", told()));
            assert!(agree(&found, &meant), "{}\nmeant {meant}\nfound {found}", told());
            let lone = |text: &str| text.matches('\n').count() - text.matches("\r\n").count();
            assert!(lone(&text) > 0 || lone(&new) == 0 || !text.contains('\n'), "line breaks: {}", told());
        }
        println!("accepted of tried, by syntax: {counted:?}");
        let accepted: usize = counted.values().map(|(accepted, _)| accepted).sum();
        assert!(accepted * 5 > cases, "only {accepted} of {cases} edits were accepted");
    }
}
