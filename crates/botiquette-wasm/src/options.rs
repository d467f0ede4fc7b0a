//! The options of a run, as JavaScript gives them.

use std::path::Path;

use botiquette::names::proposals;
use botiquette::{Linter, Profile, Settings};
use serde::Deserialize;

/// As in `npm/wasm/index.d.ts`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub(crate) struct Options {
    settings: Option<String>,
    profile: Option<String>,
    select: Vec<String>,
    ignore: Vec<String>,
    dialect: Option<String>,
    include_info: bool,
}

impl Options {
    /// Options from JSON, or what is wrong with them.
    pub(crate) fn read(json: &str) -> Result<Self, String> {
        serde_json::from_str(json).map_err(|error| format!("options: {error}"))
    }

    /// The linter that is asked for, or why there is none.
    pub(crate) fn linter(self) -> Result<Linter, String> {
        let mut builder =
            Linter::builder().select(self.select).ignore(self.ignore).include_info(self.include_info);
        if let Some(text) = self.settings {
            let settings = Settings::parse(Path::new("botiquette.toml"), text);
            builder = builder.settings(settings.map_err(|error| error.to_string())?);
        }
        if let Some(name) = self.profile {
            builder = builder.profile(profile(&name)?);
        }
        if let Some(name) = self.dialect {
            builder = builder.dialect(name);
        }
        builder.build().map_err(|error| error.to_string())
    }
}

fn profile(name: &str) -> Result<Profile, String> {
    let known = Profile::ALL.iter().find(|(_, spelling)| *spelling == name);
    known.map(|(profile, _)| *profile).ok_or_else(|| {
        let names: Vec<&str> = Profile::ALL.iter().map(|(_, spelling)| *spelling).collect();
        format!("unknown profile `{name}`{}", proposals(name, &names))
    })
}
