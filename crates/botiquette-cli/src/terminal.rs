//! What the terminal can show: the one place that looks at the environment.

use std::env;
use std::io::{self, IsTerminal};

use botiquette::report::Style;
use clap::ValueEnum;

/// Wider excerpts than this are hard to read, however wide the terminal.
const WIDEST: usize = 140;

/// Fewer columns than this are no width that anybody could mean.
const NARROWEST: usize = 20;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

/// The style for standard output.
pub(super) fn style(choice: ColorChoice) -> Style {
    let variable = |name: &str| env::var(name).ok();
    let terminal = io::stdout().is_terminal();
    let color = color(choice, &variable, terminal);
    let plain = Style::default();
    Style {
        color,
        unicode: unicode(&variable),
        width: columns(&variable, terminal).unwrap_or(plain.width).min(WIDEST),
        hyperlinks: color && terminal && hyperlinks(&variable),
        ..plain
    }
}

/// Whether more than ASCII can be shown.
pub(super) fn shows_unicode() -> bool {
    unicode(&|name: &str| env::var(name).ok())
}

/// How many columns there are, where anybody says so: nobody does for files and pipes.
pub(super) fn width() -> Option<usize> {
    columns(&|name: &str| env::var(name).ok(), io::stdout().is_terminal())
}

/// `COLUMNS`, where somebody sets it for us, or what the terminal says.
fn columns(variable: &dyn Fn(&str) -> Option<String>, terminal: bool) -> Option<usize> {
    let said = variable("COLUMNS").and_then(|columns| columns.parse().ok());
    let own = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.filter(|columns| *columns >= NARROWEST).or_else(|| if terminal { own() } else { None })
}

/// `--color`, then `NO_COLOR`, then `FORCE_COLOR` and `CLICOLOR_FORCE`, then whether anybody watches.
fn color(choice: ColorChoice, variable: &dyn Fn(&str) -> Option<String>, terminal: bool) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR").is_some() => false,
        ColorChoice::Auto if set("FORCE_COLOR").is_some_and(|value| value == "0" || value == "false") => {
            false
        }
        ColorChoice::Auto if set("FORCE_COLOR").is_some() => true,
        ColorChoice::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        ColorChoice::Auto => terminal && set("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// Box characters, unless the locale names another character set or the console has no such font.
/// Containers and build servers often set no locale at all and show UTF-8 all the same.
fn unicode(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| variable(name).filter(|v| !v.is_empty()));
    let other_charset = locale.is_some_and(|locale| {
        let charset = locale.split_once('.').map_or("", |(_, charset)| charset).to_ascii_lowercase();
        !charset.is_empty() && !charset.starts_with("utf-8") && !charset.starts_with("utf8")
    });
    !other_charset && variable("TERM").is_none_or(|term| term != "linux")
}

/// Only for terminals known to follow OSC 8: some others print the address into the text.
fn hyperlinks(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let any_set = ["WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"]
        .iter()
        .any(|name| variable(name).is_some());
    let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    let term = variable("TERM").unwrap_or_default();
    any_set
        || vte.is_some_and(|version| version >= 5000)
        || ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "zed", "rio"].contains(&program.as_str())
        || ["kitty", "alacritty", "foot", "ghostty", "contour"].iter().any(|name| term.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Variables = &'static [(&'static str, &'static str)];

    fn environment(pairs: Variables) -> impl Fn(&str) -> Option<String> {
        move |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn color_is_decided_in_order() {
        use ColorChoice::{Always, Auto, Never};
        let cases: &[(ColorChoice, Variables, bool, bool)] = &[
            (Always, &[("NO_COLOR", "1")], false, true),
            (Never, &[("CLICOLOR_FORCE", "1")], true, false),
            (Auto, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true, false),
            (Auto, &[("NO_COLOR", "")], true, true),
            (Auto, &[("CLICOLOR_FORCE", "1")], false, true),
            (Auto, &[("CLICOLOR_FORCE", "0")], false, false),
            (Auto, &[("FORCE_COLOR", "1")], false, true),
            (Auto, &[("FORCE_COLOR", "0")], true, false),
            (Auto, &[("NO_COLOR", "1"), ("FORCE_COLOR", "3")], true, false),
            (Auto, &[("TERM", "dumb")], true, false),
            (Auto, &[("TERM", "xterm")], true, true),
            (Auto, &[("TERM", "xterm")], false, false),
            (Auto, &[], true, true),
        ];
        for (choice, variables, terminal, expected) in cases {
            assert_eq!(
                color(*choice, &environment(variables), *terminal),
                *expected,
                "{choice:?} {variables:?}"
            );
        }
    }

    #[test]
    fn the_width_is_said_by_somebody() {
        let columns = |variables, terminal| columns(&environment(variables), terminal);
        assert_eq!(columns(&[("COLUMNS", "60")], false), Some(60));
        assert_eq!(columns(&[("COLUMNS", "0")], false), None);
        assert_eq!(columns(&[("COLUMNS", "wide")], false), None);
        assert_eq!(columns(&[], false), None);
    }

    #[test]
    fn box_characters_unless_the_locale_forbids() {
        let cases: &[(Variables, bool)] = &[
            (&[], true),
            (&[("LANG", "C")], true),
            (&[("LANG", "de_DE.UTF-8")], true),
            (&[("LANG", "de_DE.ISO-8859-1")], false),
            (&[("LC_ALL", "C.utf8"), ("LANG", "de_DE.ISO-8859-1")], true),
            (&[("TERM", "linux")], false),
        ];
        for (variables, expected) in cases {
            assert_eq!(unicode(&environment(variables)), *expected, "{variables:?}");
        }
    }

    #[test]
    fn links_only_where_they_are_known_to_work() {
        assert!(!hyperlinks(&environment(&[("TERM", "xterm-256color")])));
        assert!(hyperlinks(&environment(&[("VTE_VERSION", "6800")])));
        assert!(!hyperlinks(&environment(&[("VTE_VERSION", "4200")])));
        assert!(hyperlinks(&environment(&[("TERM_PROGRAM", "WezTerm")])));
    }
}
