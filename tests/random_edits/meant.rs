//! What an edit is meant to make of the values that another parser reads.

use serde_json::Value;

use crate::fix::set::said;
use crate::syntax::{Change, Given, Kind, Role, Slot, Syntax};

/// What the edit is meant to make of the values: the same change, made to what the other parser reads.
pub(super) fn expected(old: &Value, change: &Change<'_>, syntax: Syntax) -> Option<Value> {
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
                map.insert(format!("{section}{key}"), Value::String(said(given)?));
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
pub(super) fn agree(one: &Value, other: &Value) -> bool {
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
