//! Words of a conduct file that are nearly right: each is told where it stands, with the word that was meant.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use botiquette::dialect;
use botiquette::rules::Rulebook;
use botiquette::{Input, Request, lint};

/// What is said about an audience of this name.
fn told(audience: &str) -> Vec<String> {
    let text = format!(
        "account: {{ handle: \"@b\", platform: mastodon, bot: true }}\nautomations:\n  - on: {{ schedule: daily }}\n    do: {{ unfollow: {audience} }}\n"
    );
    let input = Input::Stdin { name: "bot.yaml".to_owned(), bytes: text.into_bytes() };
    let rulebook = Rulebook::built_in().unwrap();
    let outcome =
        lint(&Request { inputs: vec![input], dialect: dialect::find("conduct"), rulebook: &rulebook });
    let findings = outcome.report.findings.into_iter();
    findings
        .filter(|finding| finding.rule == "malformed-config")
        .map(|finding| format!("{finding:?}"))
        .collect()
}

#[test]
fn a_mistyped_audience_is_told() {
    for (written, meant) in [
        ("non-folowers", "`non-followers`"),
        ("non_folowers", "`non-followers`"),
        ("folowers", "`own-followers`"),
        ("followers", "`own-followers`"),
        ("inactve", "`inactive`"),
        ("everyone", "`public`"),
    ] {
        let told = told(written);
        assert!(told.len() == 1 && told.iter().all(|text| text.contains(meant)), "{written}: {told:?}");
    }
}

#[test]
fn words_and_names_are_no_mistakes() {
    for written in ["non-followers", "\"@folowers\"", "kim", "jane.doe", "rival", "folower99", "library-news"]
    {
        assert_eq!(told(written), Vec::<String>::new(), "{written}");
    }
}
