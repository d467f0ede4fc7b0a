//! `filters.yml`: whom the jobs of the same folder leave alone. Does nothing by itself.

use super::{Candidate, has_two, instance, keys};
use crate::dialect::Lowered;
use crate::dialect::gramaddict::settings::Settings;
use crate::dialect::reading::Reader;
use crate::model::{Account, Guard, GuardKind, Identity, Stated};
use crate::syntax::NodeRef;

/// Filters and the guards they are.
static GUARDS: &[(&str, GuardKind)] = &[
    ("min_followers", GuardKind::ProfileNumbers),
    ("max_followers", GuardKind::ProfileNumbers),
    ("min_potency_ratio", GuardKind::ProfileNumbers),
    ("mandatory_words", GuardKind::Relevance),
    ("biography_language", GuardKind::Relevance),
];

/// Ways to ask for no bots in a profile.
static NO_BOTS: &[&str] = &["nobot", "nobots", "no bot", "no bots", "#nobot", "#nobots"];

/// Whether a mapping is a file of filters.
pub(super) fn are_in(document: NodeRef<'_>) -> bool {
    has_two(document, keys::FILTER_MARKS)
}

/// An account of the same folder, with guards and nothing else.
pub(super) fn lower(reader: &Reader<'_>, document: NodeRef<'_>, lowered: &mut Lowered) {
    let candidate: &Candidate<'_> = &reader.candidate;
    let site = candidate.site(document);
    let settings = Settings::new(*reader, document.entries());
    let mut guards: Vec<Guard> = Vec::new();
    for (key, kind) in GUARDS {
        if let Some(site) = settings.site(key)
            && settings.is_on(key)
            && guards.iter().all(|guard| guard.kind != *kind)
        {
            guards.push(Guard::new(*kind, site));
        }
    }
    let words = settings.texts("blacklist_words");
    let nobot = words.iter().find(|word| NO_BOTS.contains(&word.text.to_lowercase().trim()));
    guards.extend(nobot.map(|word| Guard::new(GuardKind::SkipNobot, word.site)));
    lowered.account(Account {
        name: "the account".to_owned(),
        site,
        identity: Identity {
            platform: Stated::Known("instagram".to_owned(), site),
            instance: instance(candidate),
            ..Identity::default()
        },
        guards,
        ..Account::default()
    });
}
