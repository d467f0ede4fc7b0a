//! How formats write what a fix states in the model's words: one row for each thing that a format can say.

/// Keys below the automation or the account, or beside the value that stands for it. A field that ends with a star
/// stands for all that begin so; the star among the keys is the rest of its name.
struct State {
    dialect: &'static str,
    field: &'static str,
    keys: &'static [&'static str],
    /// Whether what stands there may be replaced by a plain yes or no, whatever it is.
    takes_flag: bool,
}

const fn row(dialect: &'static str, field: &'static str, keys: &'static [&'static str]) -> State {
    State { dialect, field, keys, takes_flag: false }
}

static STATES: &[State] = &[
    row("conduct", "limits.*", &["limits", "*"]),
    row("conduct", "guard.*", &["if", "*"]),
    row("conduct", "account.bot-flag", &["bot"]),
    State { takes_flag: true, ..row("conduct", "account.dead-switch-flaw", &[]) },
    row("github-workflow", "guard.exempt-labels", &["with", "exempt-issue-labels"]),
    row("github-workflow", "guard.exempt-labels", &["with", "exempt-pr-labels"]),
];

/// What can be taken out of a file without leaving something half.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Removal {
    /// Nothing: an act is switched off, where it has a switch.
    Switches,
    /// Items of lists, and switches: nobody knows what the tool does without a setting.
    Items,
    /// Items, and whole automations: what is not written does not happen.
    Automations,
    /// Single settings as well: each that is not there does nothing.
    Settings,
}

static REMOVALS: &[(&str, Removal)] = &[
    ("adhoc", Removal::Items),
    ("conduct", Removal::Automations),
    ("github-workflow", Removal::Settings),
    ("label-actions", Removal::Settings),
    ("probot-lock", Removal::Settings),
    ("probot-no-response", Removal::Settings),
    ("probot-stale", Removal::Settings),
    ("probot-auto-comment", Removal::Settings),
    ("gramaddict", Removal::Settings),
];

/// What can be taken out of a file of this dialect.
pub(crate) fn removal(dialect: &str) -> Removal {
    REMOVALS.iter().find(|(name, _)| *name == dialect).map_or(Removal::Switches, |(_, removal)| *removal)
}

/// The ways in which a dialect says this, as paths of keys.
pub(crate) fn paths(dialect: &str, field: &str) -> Vec<Vec<String>> {
    let path = |state: &State| {
        let rest = match state.field.strip_suffix('*') {
            Some(start) => field.strip_prefix(start)?,
            None => (state.field == field).then_some("")?,
        };
        let keys = state.keys.iter().map(|key| if *key == "*" { rest } else { key }.to_owned());
        Some(keys.collect::<Vec<String>>()).filter(|keys| !keys.is_empty())
    };
    STATES.iter().filter(|state| state.dialect == dialect).filter_map(path).collect()
}

/// Whether a dialect takes a plain yes or no where this is said in some other way.
pub(crate) fn takes_flag(dialect: &str, field: &str) -> bool {
    STATES.iter().any(|state| state.dialect == dialect && state.field == field && state.takes_flag)
}
