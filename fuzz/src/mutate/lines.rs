//! Mutations of lines: moved, repeated, removed, indented, commented.

use fastrand::Rng;

pub(super) fn change(text: &str, random: &mut Rng) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let (here, there) = (random.usize(..lines.len()), random.usize(..lines.len()));
    match random.u8(..7) {
        0 => lines.swap(here, there),
        1 => {
            lines.remove(here);
        }
        2 => {
            let (first, last) = (here.min(there), here.max(there));
            let block: Vec<String> = lines.iter().take(last + 1).skip(first).take(12).cloned().collect();
            for _ in 0..random.usize(1..4) {
                lines.splice(first..first, block.iter().cloned());
            }
        }
        3 => edit(&mut lines, here, |line| format!("  {line}")),
        4 => edit(&mut lines, here, |line| line.strip_prefix("  ").unwrap_or(line).to_owned()),
        5 => {
            let wish = random.choice(WISHES).copied().unwrap_or("");
            edit(&mut lines, here, |line| {
                let indent: String = line.chars().take_while(|character| *character == ' ').collect();
                format!("{indent}{wish}\n{line}")
            });
        }
        _ => edit(&mut lines, here, |line| line.replace('\n', "\r\n")),
    }
    lines.concat()
}

const WISHES: &[&str] = &[
    "# botiquette: ignore[unfollow-shaming] agreed",
    "# botiquette: ignore[follow, shaming]",
    "# botiquette: ignore-file[engine] why",
    "# botiquette: ignore[",
    "// botiquette: ignore[identity] x",
    "; botiquette: ignore[pace] x",
    "---",
    "# é 🦀 \u{202e}",
];

fn edit(lines: &mut [String], number: usize, change: impl Fn(&str) -> String) {
    if let Some(line) = lines.get_mut(number) {
        *line = change(line);
    }
}
