//! Names that users type: what to say when one is unknown.

use super::Failure;

/// How alike two names must be for one to be proposed instead of the other, from 0 to 1.
const ALIKE: f64 = 0.8;

/// As many proposals as can be read at a glance.
const MOST_PROPOSALS: usize = 3;

/// Checks every name against the known ones.
pub(super) fn check(kind: &str, given: &[String], known: &[&str]) -> Result<(), Failure> {
    match given.iter().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(unknown(kind, name, known)),
        None => Ok(()),
    }
}

/// The failure that says a name is unknown and proposes the nearest ones.
pub(super) fn unknown(kind: &str, name: &str, known: &[&str]) -> Failure {
    let mut near: Vec<(f64, &str)> = known
        .iter()
        .map(|candidate| (likeness(name, candidate), *candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    near.sort_by(|(one, one_name), (other, other_name)| other.total_cmp(one).then(one_name.cmp(other_name)));
    let near: Vec<String> = near.iter().take(MOST_PROPOSALS).map(|(_, name)| format!("`{name}`")).collect();
    let hint = match near.as_slice() {
        [] => String::new(),
        [only] => format!("; did you mean {only}?"),
        [first @ .., last] => format!("; did you mean {} or {last}?", first.join(", ")),
    };
    Failure::Usage(format!("unknown {kind} `{name}`{hint}"))
}

/// Typing errors, or one part of a longer name: `ratchet` for `follow-ratchet`.
fn likeness(given: &str, candidate: &str) -> f64 {
    let is_part = given.len() >= 4 && candidate.split('-').any(|part| part == given);
    if is_part {
        0.9
    } else {
        strsim::normalized_damerau_levenshtein(given, candidate)
            .max(strsim::jaro_winkler(given, candidate) - 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["follow", "follow-ratchet", "follow-churn", "unfollow-shaming", "shaming"];

    fn message(name: &str) -> String {
        unknown("rule", name, KNOWN).to_string()
    }

    #[test]
    fn the_nearest_names_are_proposed() {
        assert_eq!(message("folow-ratchet"), "unknown rule `folow-ratchet`; did you mean `follow-ratchet`?");
        assert_eq!(message("ratchet"), "unknown rule `ratchet`; did you mean `follow-ratchet`?");
        assert_eq!(message("zebra"), "unknown rule `zebra`");
    }

    #[test]
    fn known_names_pass() {
        assert!(check("rule", &["follow".into(), "shaming".into()], KNOWN).is_ok());
        assert!(check("rule", &["follow".into(), "sharing".into()], KNOWN).is_err());
    }
}
