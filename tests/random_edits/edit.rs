//! A random edit.

use super::dice::Dice;
use crate::fix::edit::Edit;
use crate::fix::insert::{Wish, insert};
use crate::fix::remove::remove;
use crate::fix::set::set;
use crate::syntax::{Change, Given, Kind, Role, Slot, Syntax};

/// A random edit of a node, if there is one.
pub(super) fn edit<'t>(slot: Slot<'t>, dice: &mut Dice) -> Option<(Vec<Edit>, Vec<Change<'t>>)> {
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
