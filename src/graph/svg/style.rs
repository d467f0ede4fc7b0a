//! The look of a picture: what each thing is coloured like in daylight and in the dark. Every text stands out
//! from its ground by at least 4.5 to 1, and nothing is told by colour alone.

use std::fmt::Write as _;

/// One rule: a selector, and its colours as `property` with the value by day and by night.
type Rule = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

const RULES: &[Rule] = &[
    (".paper", &[("fill", "#ffffff", "#0d1117")]),
    (".title,.name,.words", &[("fill", "#1b1f24", "#e6edf3")]),
    (".faint", &[("fill", "#57606a", "#9da7b3")]),
    (".card", &[("fill", "#f6f8fa", "#161b22"), ("stroke", "#767d86", "#848d97")]),
    (".card.danger", &[("fill", "#fdecea", "#3c1618"), ("stroke", "#b3261e", "#ff7b72")]),
    (".source", &[("fill", "#eaf2fb", "#10233d"), ("stroke", "#0b4a8f", "#6cb0f5")]),
    (".source-words", &[("fill", "#0b4a8f", "#9ecbff")]),
    (".line", &[("stroke", "#57606a", "#9da7b3")]),
    (".head", &[("fill", "#57606a", "#9da7b3")]),
    (".line.danger", &[("stroke", "#b3261e", "#ff7b72")]),
    (".head.danger", &[("fill", "#b3261e", "#ff7b72")]),
    (".words.danger,.title.danger", &[("fill", "#b3261e", "#ff9d94")]),
    (".line.outside", &[("stroke", "#0b4a8f", "#6cb0f5")]),
    (".head.outside", &[("fill", "#0b4a8f", "#6cb0f5")]),
    (".line.stopped", &[("stroke", "#767d86", "#848d97")]),
    (".head.stopped", &[("fill", "#767d86", "#848d97")]),
    (".words.stopped", &[("fill", "#57606a", "#9da7b3")]),
    (".badge", &[("fill", "#b3261e", "#b3261e")]),
    (".badge-words", &[("fill", "#ffffff", "#ffffff")]),
];

/// What does not depend on the light.
const SHAPES: &str = "\
text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}
.title{font-size:17px;font-weight:600}.name{font-size:14px;font-weight:600}.faint{font-size:12px}
.words,.source-words{font-size:12px}.words.danger{font-weight:600}.badge-words{font-size:13px;font-weight:600}
.card{stroke-width:1.2}.card.danger{stroke-width:2.5}.source{stroke-width:1}
.line{fill:none;stroke-width:1.6}.line.danger{stroke-width:4}.line.outside{stroke-width:1.2}
.line.stopped{stroke-dasharray:6 5}
";

/// The style sheet.
pub(super) fn sheet() -> String {
    let mut sheet = SHAPES.to_owned();
    let mut dark = String::new();
    for (selector, colours) in RULES {
        for (out, night) in [(&mut sheet, false), (&mut dark, true)] {
            let _ = write!(out, "{selector}{{");
            for (property, day, dark) in *colours {
                let _ = write!(out, "{property}:{};", if night { dark } else { day });
            }
            out.push_str("}\n");
        }
    }
    let _ = writeln!(sheet, "@media (prefers-color-scheme:dark){{\n{dark}}}");
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(selector: &str, property: &str, night: bool) -> &'static str {
        let of = |(name, _): &&Rule| name.split(',').any(|name| name == selector);
        let rule = RULES.iter().find(of).unwrap();
        let (_, day, dark) = rule.1.iter().find(|(name, ..)| *name == property).unwrap();
        if night { dark } else { day }
    }

    fn luminance(colour: &str) -> f64 {
        let part = |from: usize| {
            let value = f64::from(u8::from_str_radix(&colour[from..from + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn words_and_lines_stand_out_from_their_ground_day_and_night() {
        let grounds: &[(&str, &[&str])] = &[
            (".paper", &[".title", ".words", ".faint", ".words.danger", ".title.danger", ".words.stopped"]),
            (".card", &[".name", ".words", ".faint"]),
            (".card.danger", &[".name", ".words", ".faint"]),
            (".source", &[".source-words"]),
            (".badge", &[".badge-words"]),
        ];
        for night in [false, true] {
            for (ground, words) in grounds {
                for word in *words {
                    let found = contrast(colour(ground, "fill", night), colour(word, "fill", night));
                    assert!(found >= 4.5, "{word} on {ground}, night: {night}: {found:.2}");
                }
            }
            for line in [".line", ".line.danger", ".line.outside", ".line.stopped", ".card", ".card.danger"] {
                let found = contrast(colour(".paper", "fill", night), colour(line, "stroke", night));
                assert!(found >= 3.0, "{line}, night: {night}: {found:.2}");
            }
        }
    }
}
