//! The nearest known name, for every message that refuses one.

/// The known name most like this one, if it is like it at all. Underscores count as hyphens.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Below this similarity a suggestion misleads more often than it helps.
    const LIKE: f64 = 0.75;
    let folded = name.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&folded, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= LIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// `; did you mean …?` with the nearest known name, or nothing where none is near.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_none() {
        let known = ["follow-ratchet", "follow-churn", "limits"];
        assert_eq!(nearest("follow_ratchett", known), Some("follow-ratchet"));
        assert_eq!(nearest("limit", known), Some("limits"));
        assert_eq!(nearest("zzz", known), None);
    }
}
