//! The page itself. Whatever comes from a configuration goes through [`text`] or [`code`] and is text; nothing of it
//! becomes a link, an attribute or a style.

use std::io::{self, Write};

use botiquette::describe::{Circle, Contributor, Description, Told};
use botiquette::diagnostic::Finding;
use botiquette::hygiene::{Checklist, State};
use botiquette::narrate::{amount, capital};
use botiquette::report::{escape, guarded, one_line, rule_page};
use botiquette::source::{Place, Span};

use super::Page;
use botiquette::describe::line_of;

const STYLE: &str = include_str!("style.css");

/// The digest of the style: the page may use this one and no other.
const STYLE_DIGEST: &str = "0J2sSW88JG2umq9kawdEeHF6wqyHHezEWI5xscyILZc=";

/// Lines of a file around a finding.
const AROUND: u32 = 1;

/// Findings and automations of one account that a page tells one by one.
const MOST: usize = 200;

/// Columns of a line of code.
const WIDEST: usize = 240;

/// Writes the page.
pub(super) fn write(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut html = Vec::new();
    whole(page, &mut html)?;
    // A last look, as at everything that people read.
    out.write_all(guarded(&String::from_utf8_lossy(&html), false).as_bytes())
}

fn whole(page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(
        out,
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; img-src data:; base-uri 'none'; form-action 'none'\">"
    )?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<meta name=\"referrer\" content=\"no-referrer\">")?;
    writeln!(out, "<title>What these bots do</title>\n<style>{STYLE}</style>\n</head>\n<body>")?;
    writeln!(out, "<h1>What these bots do</h1>")?;
    writeln!(out, "<p class=\"faint\">{}</p>", text(&summary(page)))?;
    if let Some(picture) = &page.picture {
        writeln!(
            out,
            "<p><img alt=\"Who sets off whom; in words below\" src=\"data:image/svg+xml,{}\"></p>",
            percent(picture)
        )?;
    }
    for (description, checklist, findings) in &page.accounts {
        account(page, description, checklist.as_ref(), findings, out)?;
    }
    if !page.of_files.is_empty() {
        writeln!(out, "<h2>In the files</h2>")?;
        self::findings(page, &page.of_files, out)?;
    }
    writeln!(out, "</body>\n</html>")
}

fn summary(page: &Page<'_>) -> String {
    let summary = page.outcome.report.summary();
    let counted = |count: usize, noun: &str| match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    };
    format!(
        "{} in {}: {}, {}, {}.",
        counted(page.accounts.len(), "account"),
        counted(summary.files, "file"),
        counted(summary.errors, "error"),
        counted(summary.warnings, "warning"),
        counted(summary.infos, "hint")
    )
}

fn account(
    page: &Page<'_>,
    description: &Description,
    checklist: Option<&Checklist>,
    findings: &[&Finding],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "<h2>{}</h2>", text(&description.account))?;
    writeln!(out, "<p>{}</p>", text(&description.who.join(" ")))?;
    told(page, "What it does", &description.does, out)?;
    if !description.does.is_empty() {
        reach(page, description, out)?;
    }
    for circle in &description.circles {
        self::circle(page, circle, out)?;
    }
    told(page, "What is switched off", &description.off, out)?;
    if !description.unknown.is_empty() {
        writeln!(out, "<h3>What could not be known</h3>\n<ul>")?;
        for (site, what) in description.unknown.iter().take(MOST) {
            writeln!(out, "<li>{}{}</li>", text(what), at(page, site.used))?;
        }
        more(description.unknown.len(), out)?;
        writeln!(out, "</ul>")?;
    }
    if !findings.is_empty() {
        writeln!(out, "<h3>Findings</h3>")?;
        self::findings(page, findings, out)?;
    }
    checklist.map_or(Ok(()), |checklist| practice(checklist, out))
}

fn told(page: &Page<'_>, heading: &str, told: &[Told], out: &mut dyn Write) -> io::Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h3>{heading}</h3>\n<ul>")?;
    for one in told.iter().take(MOST) {
        writeln!(out, "<li>{}{}</li>", text(&one.sentence), at(page, one.site.used))?;
    }
    more(told.len(), out)?;
    writeln!(out, "</ul>")
}

fn reach(page: &Page<'_>, description: &Description, out: &mut dyn Write) -> io::Result<()> {
    let reach = &description.reach;
    writeln!(out, "<h3>How many people it reaches</h3>")?;
    let said = reach.sentence(description.unknown.is_empty()).unwrap_or_default();
    writeln!(out, "<p>{}</p>", text(&format!("{said} {}", reach.assumptions())))?;
    contributors(page, reach.contributors.iter().chain(&reach.open), out)?;
    if !reach.named.is_empty() {
        writeln!(out, "<p>In front of others it names people:</p>")?;
        contributors(page, reach.named.iter(), out)?;
    }
    Ok(())
}

fn contributors<'c>(
    page: &Page<'_>,
    all: impl Iterator<Item = &'c Contributor>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let items: Vec<String> = all
        .map(|one| {
            let share = match one.per_day {
                many if many.is_infinite() && one.unknown => {
                    "up to a number that is filled in later".to_owned()
                }
                many if many.is_infinite() => "without limit".to_owned(),
                0.0 => "now and then".to_owned(),
                many => format!("up to {} a day", amount(many.ceil())),
            };
            format!("<li>{}{}</li>", text(&format!("{share}: it {}", one.deed)), at(page, one.site.used))
        })
        .collect();
    if items.is_empty() { Ok(()) } else { writeln!(out, "<ul>\n{}\n</ul>", items.join("\n")) }
}

fn circle(page: &Page<'_>, circle: &Circle, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<h3>What feeds itself</h3>\n<p>{}</p>\n<ol>", text(&circle.words))?;
    for step in circle.steps.iter().take(MOST) {
        let said = format!("{} {}, {}", step.account, step.deed, step.then);
        writeln!(out, "<li>{}{}</li>", text(&said), at(page, step.site.used))?;
    }
    writeln!(out, "</ol>")
}

fn findings(page: &Page<'_>, findings: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings.iter().take(MOST) {
        let severity = finding.severity.to_string();
        writeln!(out, "<section class=\"finding {severity}\">")?;
        let rule = match rule_page(&finding.rule, &finding.family) {
            Some(link) => format!("<a href=\"{link}\">{}</a>", text(&finding.rule)),
            None => text(&finding.rule),
        };
        writeln!(
            out,
            "<h4><span class=\"kind\">{severity}</span> {} <span class=\"faint\">({rule})</span></h4>",
            text(&finding.title)
        )?;
        excerpt(page, finding.primary.place, out)?;
        if !finding.primary.text.is_empty() {
            writeln!(out, "<p class=\"faint\">{}</p>", text(&capital(&finding.primary.text)))?;
        }
        writeln!(out, "<p>{}</p>", text(&finding.message))?;
        if !finding.help.is_empty() {
            writeln!(out, "<p><strong>Instead:</strong> {}</p>", text(&finding.help))?;
        }
        for note in &finding.notes {
            writeln!(out, "<p class=\"faint\">{}</p>", text(&capital(note)))?;
        }
        writeln!(out, "</section>")?;
    }
    match findings.len().saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "<p>and {more} more</p>"),
    }
}

/// The line of a place and those around it.
fn excerpt(page: &Page<'_>, place: Place, out: &mut dyn Write) -> io::Result<()> {
    let Some(file) = page.outcome.sources.get(place.file) else { return Ok(()) };
    let line = file.position(place.span.start).line;
    write!(out, "<pre>")?;
    for number in line.saturating_sub(AROUND).max(1)..=line.saturating_add(AROUND) {
        let Some(span) = file.line_span(number) else { continue };
        let inside = |offset: u32| offset.clamp(span.start, span.end);
        let (from, to) = if number == line {
            (inside(place.span.start), inside(place.span.end.max(place.span.start)))
        } else {
            (span.end, span.end)
        };
        let part = |start, end| code(file.slice(Span::new(start, end)));
        let marked = if from < to { format!("<b>{}</b>", part(from, to)) } else { String::new() };
        writeln!(out, "{number:>5}  {}{marked}{}", part(span.start, from), part(to, span.end))?;
    }
    writeln!(out, "</pre>\n<p>{}</p>", at(page, place))
}

fn practice(checklist: &Checklist, out: &mut dyn Write) -> io::Result<()> {
    let applies: Vec<_> =
        checklist.lines.iter().filter(|(_, state)| *state != State::NotApplicable).collect();
    writeln!(
        out,
        "<h3>Good practice</h3>\n<p class=\"faint\">{} of {} points</p>\n<table>",
        checklist.earned(),
        checklist.possible()
    )?;
    for (line, state) in applies {
        let (class, word) = match state {
            State::Present => ("present", "shown"),
            State::Absent => ("absent", "absent"),
            State::NotStated | State::NotApplicable => ("open", "not stated"),
        };
        writeln!(
            out,
            "<tr class=\"{class}\"><td class=\"state\">{word}</td><td>{}</td></tr>",
            text(&capital(line.says))
        )?;
    }
    writeln!(out, "</table>")
}

fn at(page: &Page<'_>, place: Place) -> String {
    let place = line_of(&page.outcome.sources, place);
    place.map_or_else(String::new, |(path, line)| {
        format!(" <span class=\"place\">{}</span>", text(&format!("{path}:{line}")))
    })
}

fn more(count: usize, out: &mut dyn Write) -> io::Result<()> {
    match count.saturating_sub(MOST) {
        0 => Ok(()),
        more => writeln!(out, "<li>and {more} more</li>"),
    }
}

/// Words of anybody as text of a page, on one line.
fn text(words: &str) -> String {
    entities(&one_line(words))
}

/// A piece of a line as it stands there.
fn code(words: &str) -> String {
    let cut: String = words.chars().take(WIDEST).map(|c| if c == '\t' { ' ' } else { c }).collect();
    entities(&escape(cut.trim_end_matches(['\r', '\n'])))
}

fn entities(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            character => safe.push(character),
        }
    }
    safe
}

/// A picture within an address: letters and digits as they are, all else by its bytes.
fn percent(picture: &str) -> String {
    let mut safe = String::with_capacity(picture.len() * 2);
    for byte in picture.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~ =:/".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_markup() {
        assert_eq!(text("</style><script>\n&\"'"), "&lt;/style&gt;&lt;script&gt; &amp;&quot;&#39;");
        assert_eq!(code("a\t<b>\u{202e}\r\n"), "a &lt;b&gt;\\u{202e}");
        assert_eq!(percent("<svg a=\"#x\">ä"), "%3Csvg a=%22%23x%22%3E%C3%A4");
    }

    /// Without this the page would come without any style.
    #[test]
    fn the_digest_is_that_of_the_style() {
        assert_eq!(STYLE_DIGEST, base64(&sha256(STYLE.as_bytes())));
        assert_eq!(base64(&sha256(b"abc")), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert!(!STYLE.contains("</"), "the style cannot end its own element");
    }

    /// SHA-256 by its standard, FIPS 180-4; its constants are the first bits of roots of primes.
    fn sha256(message: &[u8]) -> Vec<u8> {
        let primes: Vec<u32> = (2..312).filter(|n| (2..*n).all(|d| n % d != 0)).collect();
        let bits = |root: f64| ((root.fract()) * 4_294_967_296.0) as u32;
        // Cube roots need more digits than a float has behind the point: by whole numbers instead.
        let cube = |prime: u32| {
            let wanted = u128::from(prime) << 96;
            let mut root = 0u128;
            for bit in (0..36).rev() {
                let next = root | (1 << bit);
                if next * next * next <= wanted {
                    root = next;
                }
            }
            (root & 0xffff_ffff) as u32
        };
        let constants: Vec<u32> = primes.iter().take(64).map(|prime| cube(*prime)).collect();
        let mut state: Vec<u32> = primes.iter().take(8).map(|prime| bits(f64::from(*prime).sqrt())).collect();
        let mut padded = message.to_vec();
        padded.push(0x80);
        while padded.len() % 64 != 56 {
            padded.push(0);
        }
        padded.extend((message.len() as u64 * 8).to_be_bytes());
        for block in padded.chunks(64) {
            let mut words: Vec<u32> = block
                .chunks(4)
                .map(|four| four.iter().fold(0, |word, byte| (word << 8) | u32::from(*byte)))
                .collect();
            for at in 16..64 {
                let (one, other) = (words[at - 15], words[at - 2]);
                let small = one.rotate_right(7) ^ one.rotate_right(18) ^ (one >> 3);
                let large = other.rotate_right(17) ^ other.rotate_right(19) ^ (other >> 10);
                words
                    .push(words[at - 16].wrapping_add(small).wrapping_add(words[at - 7]).wrapping_add(large));
            }
            let mut now = state.clone();
            for (word, constant) in words.iter().zip(&constants) {
                let mixed = now[4].rotate_right(6) ^ now[4].rotate_right(11) ^ now[4].rotate_right(25);
                let chosen = (now[4] & now[5]) ^ (!now[4] & now[6]);
                let first =
                    [mixed, chosen, *constant, *word].iter().fold(now[7], |sum, add| sum.wrapping_add(*add));
                let turned = now[0].rotate_right(2) ^ now[0].rotate_right(13) ^ now[0].rotate_right(22);
                let most = (now[0] & now[1]) ^ (now[0] & now[2]) ^ (now[1] & now[2]);
                now.rotate_right(1);
                now[4] = now[4].wrapping_add(first);
                now[0] = first.wrapping_add(turned).wrapping_add(most);
            }
            state.iter_mut().zip(now).for_each(|(state, now)| *state = state.wrapping_add(now));
        }
        state.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let number =
                (0..3).fold(0u32, |sum, at| (sum << 8) | u32::from(three.get(at).copied().unwrap_or(0)));
            for at in 0..4 {
                let letter = LETTERS[((number >> (18 - 6 * at)) & 63) as usize];
                text.push(if at <= three.len() { char::from(letter) } else { '=' });
            }
        }
        text
    }
}
