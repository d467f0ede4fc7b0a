//! What people may write where a rule is meant: its name, its family, a pattern with `*`, or `ALL`.

/// Whether a rule of this name and family is meant.
#[must_use]
pub fn is_called(said: &str, name: &str, family: &str) -> bool {
    said == name
        || said == family
        || said == "ALL"
        || (said.contains('*') && (fits(said, name) || fits(said, family)))
}

/// Whether a text fits a pattern, in which `*` stands for anything. Steps back only to the last star, so it takes no
/// longer than the two texts multiplied.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(byte) if text.get(t) == Some(byte) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    star = Some((at, from + 1));
                    p = at + 1;
                    t = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(p..).is_none_or(|rest| rest.iter().all(|byte| *byte == b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_families_patterns_and_all() {
        for (said, meant) in [
            ("follow-ratchet", true),
            ("follow", true),
            ("ALL", true),
            ("follow-*", true),
            ("*ratchet", true),
            ("f*w", true),
            ("*o*-r*t", true),
            ("*", true),
            ("all", false),
            ("ratchet", false),
            ("follow-ratche", false),
            ("*ratche", false),
            ("churn*", false),
            ("", false),
        ] {
            assert_eq!(is_called(said, "follow-ratchet", "follow"), meant, "{said}");
        }
    }
}
