//! Where a setting stands: keys with points between them, `users.*.token`. A way begins at the entry that an
//! automation stands for, with `^.` in front at what that entry belongs to, and with a slash at the top of the file.

use crate::syntax::{Entry, Kind, NodeRef};

/// The keys that lead to a setting.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// As it is written.
    pub(super) text: String,
    /// What tells it from the other ways of the file.
    pub(super) number: usize,
    start: Start,
    steps: Vec<Step>,
}

/// Where a way begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Here,
    /// `^`: what the entry belongs to.
    Around,
    Top,
    /// `@name`: the key of the entry itself.
    Name,
}

#[derive(Clone, Debug)]
enum Step {
    Key(String),
    /// Every item or entry; with something around the star, every key that begins and ends so.
    Each {
        before: String,
        after: String,
    },
}

/// The entry that an automation or an account stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'t> {
    pub(super) top: NodeRef<'t>,
    pub(super) here: NodeRef<'t>,
    pub(super) name: Option<NodeRef<'t>>,
    /// What the entry belongs to.
    pub(super) around: Option<NodeRef<'t>>,
}

impl<'t> Scope<'t> {
    /// A document as a whole.
    pub(super) const fn whole(top: NodeRef<'t>) -> Self {
        Self { top, here: top, name: None, around: None }
    }
}

/// A setting at the end of a way; an item of a list has no key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'t> {
    pub(super) key: Option<NodeRef<'t>>,
    pub(super) value: NodeRef<'t>,
    /// The table or list that it was taken from.
    pub(super) within: Option<NodeRef<'t>>,
}

/// More steps than any file needs.
const MOST_STEPS: usize = 16;

impl Way {
    /// Reads a way; or says what is wrong with it.
    pub(super) fn parse(text: &str, number: usize) -> Result<Self, String> {
        let way = |start, steps| Self { text: text.to_owned(), number, start, steps };
        match text {
            "." => return Ok(way(Start::Here, Vec::new())),
            "@name" => return Ok(way(Start::Name, Vec::new())),
            _ => {}
        }
        let (start, keys) = match (text.strip_prefix('/'), text.strip_prefix("^.")) {
            (Some(rest), _) => (Start::Top, rest),
            (None, Some(rest)) => (Start::Around, rest),
            (None, None) => (Start::Here, text),
        };
        let steps: Vec<Step> = split(keys).into_iter().map(step).collect::<Option<_>>().ok_or_else(|| {
            format!(
                "`{text}` is no way to a setting: write keys with points between them, such as `users.*.name`"
            )
        })?;
        if steps.len() > MOST_STEPS {
            return Err(format!("a way has at most {MOST_STEPS} keys"));
        }
        Ok(way(start, steps))
    }

    /// Whether it leads to the same setting from every entry.
    pub(super) fn is_from_top(&self) -> bool {
        self.start == Start::Top
    }

    /// The keys on the way that are written out.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Each { .. } => None,
        })
    }

    /// Goes the way; `passed` is told of every entry on it, and whether it is the last.
    pub(super) fn go<'t>(
        &self,
        scope: &Scope<'t>,
        passed: &mut dyn FnMut(Entry<'t>, bool),
    ) -> Vec<Found<'t>> {
        let mut found = vec![match self.start {
            Start::Name => {
                let found = |name| Found { key: Some(name), value: name, within: None };
                return scope.name.map(found).into_iter().collect();
            }
            Start::Around => match scope.around {
                Some(around) => Found { key: None, value: around, within: None },
                None => return Vec::new(),
            },
            Start::Here => Found { key: scope.name, value: scope.here, within: scope.around },
            Start::Top => Found { key: None, value: scope.top, within: None },
        }];
        for (number, step) in self.steps.iter().enumerate() {
            let is_last = number + 1 == self.steps.len();
            let mut next = Vec::new();
            for Found { value, .. } in found {
                step.take(value, &mut |entry| passed(entry, is_last), &mut next);
            }
            found = next;
        }
        found
    }
}

impl Step {
    fn take<'t>(&self, from: NodeRef<'t>, passed: &mut dyn FnMut(Entry<'t>), next: &mut Vec<Found<'t>>) {
        let mut pass = |entry: Entry<'t>| {
            passed(entry);
            next.push(Found { key: Some(entry.key), value: entry.value, within: Some(from) });
        };
        match self {
            Self::Key(key) => from.entry(key).into_iter().for_each(&mut pass),
            Self::Each { before, after } => {
                let fits = |key: NodeRef<'_>| {
                    let rest = if key.kind() == Kind::Scalar {
                        key.text().strip_prefix(before.as_str())
                    } else {
                        None
                    };
                    rest.is_some_and(|rest| rest.ends_with(after.as_str()))
                };
                from.entries().filter(|entry| fits(entry.key)).for_each(&mut pass);
                if before.is_empty() && after.is_empty() {
                    next.extend(from.items().map(|value| Found { key: None, value, within: Some(from) }));
                }
            }
        }
    }
}

/// The parts between points; `\.` is a point within a key.
fn split(keys: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in keys.chars() {
        match c {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            '.' if !escaped => parts.push(String::new()),
            c => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
        escaped = false;
    }
    parts
}

fn step(part: String) -> Option<Step> {
    match part.split_once('*') {
        None if part.is_empty() => None,
        None => Some(Step::Key(part)),
        Some((_, after)) if after.contains('*') => None,
        Some((before, after)) => Some(Step::Each { before: before.to_owned(), after: after.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Syntax, parse};

    fn found(text: &str, way: &str) -> Vec<String> {
        let parsed = parse(text, Syntax::Yaml);
        let top = parsed.tree.documents().next().unwrap();
        let here = top.get("here").unwrap_or(top);
        let name = top.entry("here").map(|entry| entry.key);
        let scope = Scope { top, here, name, around: Some(top) };
        let found = Way::parse(way, 0).unwrap().go(&scope, &mut |_, _| {});
        found.iter().map(|found| found.value.text().to_owned()).collect()
    }

    #[test]
    fn ways_lead_from_here_or_from_the_top() {
        let text = "here: {a: 1, b_x: 2, c_x: 3}\nlist: [{k: x}, {k: y}, {l: z}]\ni.p: 4\n";
        for (way, values) in [
            ("a", vec!["1"]),
            ("*_x", vec!["2", "3"]),
            ("/list.*.k", vec!["x", "y"]),
            ("/i\\.p", vec!["4"]),
            ("@name", vec!["here"]),
            ("^.i\\.p", vec!["4"]),
            ("^.here.a", vec!["1"]),
            ("/here.*", vec!["1", "2", "3"]),
            ("nothing.at.all", vec![]),
        ] {
            assert_eq!(found(text, way), values, "{way}");
        }
    }

    #[test]
    fn what_is_no_way_is_refused() {
        for text in ["", "a..b", "/", "^.", "a.*b*", &"a.".repeat(40)] {
            assert!(Way::parse(text, 0).is_err(), "{text}");
        }
    }
}
