//! What is fuzzed. A target takes one text and panics where botiquette breaks a promise; that it returns at all is the
//! first promise. `tests/fuzz_regressions.rs` uses the same targets without a fuzzer.

mod case;
mod dialect;
mod dialects;
mod lint;
mod rules;
mod settings;
mod suppressions;
mod syntax;
mod writers;

use botiquette::dialect::{Tool, built_in};
use botiquette::syntax::Syntax;

pub use case::Case;

/// A part of botiquette, with what it promises.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// A parser: a text of this syntax.
    Syntax(Syntax),
    /// What a dialect understands of a [`Case`]: its first file, recognised or not.
    Dialect(Tool<'static>),
    /// A [`Case`] whose first file is a dialect file, which is given the others.
    Dialects,
    /// The whole journey of a [`Case`]: understanding, composing, rules, effects, descriptions.
    Lint,
    /// A rule file of one's own.
    Rules,
    /// A [`Case`] whose first file is `botiquette.toml`.
    Settings,
    /// A [`Case`] whose findings are all suppressed by comments.
    Suppressions,
    /// Every output of a [`Case`].
    Writers,
}

const SYNTAXES: [(&str, Syntax); 6] = [
    ("yaml", Syntax::Yaml),
    ("json", Syntax::Json),
    ("jsonc", Syntax::Jsonc),
    ("toml", Syntax::Toml),
    ("dotenv", Syntax::Dotenv),
    ("ini", Syntax::Ini),
];

impl Target {
    /// Every target with its name.
    #[must_use]
    pub fn all() -> Vec<(String, Self)> {
        let syntaxes = SYNTAXES.map(|(name, syntax)| (format!("syntax-{name}"), Self::Syntax(syntax)));
        let dialects =
            built_in().map(|dialect| (format!("dialect-{}", dialect.name()), Self::Dialect(dialect)));
        let others = [
            ("dialects", Self::Dialects),
            ("lint", Self::Lint),
            ("rules", Self::Rules),
            ("settings", Self::Settings),
            ("suppressions", Self::Suppressions),
            ("writers", Self::Writers),
        ];
        let others = others.map(|(name, target)| (name.to_owned(), target));
        syntaxes.into_iter().chain(dialects).chain(others).collect()
    }

    /// The target of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::all().into_iter().find_map(|(known, target)| (known == name).then_some(target))
    }

    /// Runs it on an input.
    ///
    /// # Panics
    /// Where botiquette breaks a promise.
    pub fn run(self, input: &str) {
        match self {
            Self::Syntax(syntax) => syntax::run(input, syntax),
            Self::Dialect(dialect) => dialect::run(&Case::parse(input), dialect),
            Self::Dialects => dialects::run(&Case::parse(input)),
            Self::Lint => lint::run(&Case::parse(input)),
            Self::Rules => rules::run(input),
            Self::Settings => settings::run(&Case::parse(input)),
            Self::Suppressions => suppressions::run(&Case::parse(input)),
            Self::Writers => writers::run(&Case::parse(input)),
        }
    }

    /// Whether its inputs are files with names.
    #[must_use]
    pub const fn takes_a_case(self) -> bool {
        !matches!(self, Self::Syntax(_) | Self::Rules)
    }
}
