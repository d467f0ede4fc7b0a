//! Structure-aware mutations: an input is taken apart into files, one of them into its tree, and a part is replaced,
//! repeated, moved or removed. What bytes alone rarely reach, a parser's valid neighbour, is reached all the time.

mod lines;
mod tree;
mod words;

use std::path::Path;

use botiquette::syntax::Syntax;
use fastrand::Rng;

use crate::seeds;
use crate::targets::{Case, Target};

/// An input that differs from the given one in one to four places.
#[must_use]
pub fn mutate(target: Target, input: &str, random: &mut Rng) -> String {
    let mut case = match target {
        Target::Syntax(_) | Target::Rules => Case { files: vec![(String::new(), input.to_owned())] },
        _ => Case::parse(input),
    };
    for _ in 0..random.usize(1..=4) {
        one(target, &mut case, random);
    }
    if target.takes_a_case() { case.print() } else { case.first().1.to_owned() }
}

fn one(target: Target, case: &mut Case, random: &mut Rng) {
    if target.takes_a_case() && random.u8(..) < 12 {
        return files(case, random);
    }
    let count = case.files.len();
    if count == 0 {
        return;
    }
    let Some((name, text)) = case.files.get_mut(random.usize(..count)) else { return };
    let syntax = match target {
        Target::Syntax(syntax) => syntax,
        Target::Rules => Syntax::Toml,
        _ => Syntax::from_path(Path::new(name)).unwrap_or_else(|| Syntax::guess(text)),
    };
    *text = match random.u8(..8) {
        0 | 1 => lines::change(text, random),
        2 => words::insert(text, random),
        _ => tree::change(text, syntax, tree::quarries(matches!(target, Target::Rules)), random),
    };
}

/// Adds, removes or renames a file.
fn files(case: &mut Case, random: &mut Rng) {
    let Some(sample) = random.choice(seeds::samples()) else { return };
    match random.u8(..4) {
        0 => case.files.push(sample.clone()),
        1 if case.files.len() > 1 => {
            case.files.swap_remove(random.usize(..case.files.len()));
        }
        2 => {
            if let Some((name, _)) = random.choice(&mut case.files) {
                name.clone_from(&sample.0);
            }
        }
        _ => {
            if let Some((name, _)) = random.choice(&mut case.files) {
                *name = words::odd(random).to_owned() + name;
            }
        }
    }
}
