//! Stealth, fake typing, captchas, proxies: what hides the bot from the platform.

use crate::model::{Stated, Switch, SwitchKind};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, is_sentence};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// Stealth, fake typing, captchas, proxies: what hides the bot from the platform.
    pub(crate) fn evades(&mut self, item: &Item<'t>, value: Given, frame: &Frame) -> bool {
        let phrase = &item.phrase;
        let said =
            if value == Given::Said && item.value.kind() == Kind::Scalar && !is_sentence(item.value.text()) {
                item.said()
            } else {
                &Phrase::default()
            };
        // `on_action_block: "pause 26h, rotate proxy"`
        let blocked = phrase.has(C::Error) && said.words.len() <= 10;
        let has = |concept| phrase.has(concept) || (said.words.len() <= 3 || blocked) && said.has(concept);
        let many = item.value.items().nth(1).is_some()
            || said.has(C::Proxy)
            || phrase.words.iter().any(|word| word.text.starts_with("rotat"));
        let kind = match () {
            () if phrase.has(C::RetryIgnored) => SwitchKind::IgnoresRetryAfter,
            () if has(C::Captcha) && (phrase.has(C::Captcha)) && !phrase.any(&[C::Text, C::Delay]) => {
                SwitchKind::SolvesCaptcha
            }
            () if has(C::Stealth)
                && (phrase.word("undetected")
                    || said.word("undetected")
                    || phrase.words.iter().any(|word| word.text.starts_with("undetected"))) =>
            {
                SwitchKind::UndetectedDriver
            }
            () if has(C::Stealth) => SwitchKind::Stealth,
            () if has(C::Humanlike)
                && (phrase.word("typo chance")
                    || phrase.word("typo")
                    || phrase.word("char per second")
                    || phrase.word("typing speed")
                    || phrase.word("fake typing")
                    || phrase.word("simulate typing")
                    || phrase.word("typing delay")
                    || phrase.word("fake delay")) =>
            {
                SwitchKind::FakeTyping
            }
            () if has(C::Humanlike) && (phrase.word("deny bot") || phrase.word("never admit")) => {
                SwitchKind::DeniesBot
            }
            () if has(C::Humanlike)
                && (phrase.word("human persona")
                    || phrase.word("pose as")
                    || phrase.word("impersonate")
                    || phrase.word("fake persona")) =>
            {
                SwitchKind::HumanPersona
            }
            () if has(C::Humanlike) => SwitchKind::Stealth,
            () if has(C::Proxy) && many => SwitchKind::RotateIdentity,
            () if in_disguise(frame, phrase) && !matches!(value, Given::Nested | Given::Nothing) => {
                SwitchKind::Stealth
            }
            () => return false,
        };
        let negative = said.has(C::Not) || said.has(C::Disabled);
        let on = match value {
            Given::On | Given::Unlimited => true,
            Given::Number(number) => number > 0.0,
            Given::Said => !negative,
            Given::Off if phrase.word("respect rate limit") => true,
            _ => false,
        };
        let on = on && !(value == Given::On && phrase.word("respect rate limit"));
        let site = self.reader.site(item.value);
        if on && let Some(scope) = self.scope_of(frame.account) {
            scope.account.switches.push(Switch { kind, on: Stated::Known(true, site) });
        }
        true
    }
}

/// Whether an entry stands in a section that says what it is for: `disguise: { change_device: weekly }`.
fn in_disguise(frame: &Frame, phrase: &Phrase) -> bool {
    const OTHERWISE: [C; 9] =
        [C::Delay, C::Schedule, C::Max, C::Min, C::Per, C::Hour, C::Enabled, C::Text, C::Except];
    let section = frame.section();
    section.words.len() <= 2
        && section.any(&[C::Stealth, C::Humanlike])
        && !phrase.any(&OTHERWISE)
        && !phrase.any(&[C::Disclosure, C::Session, C::Clutter])
}
