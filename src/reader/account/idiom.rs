//! Entries that idioms of `rules/vocabulary.toml` explain.

use crate::model::{Fact, FactKind, Guard, GuardKind, Property, Stated, Switch, SwitchKind};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::idioms::{Idea, Key};
use crate::reader::roles::value::{Given, denies, duration};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// A guard that an idiom names, within conditions.
    pub(crate) fn idiom_guard(&mut self, item: &Item<'t>, value: Given, frame: &mut Frame) -> bool {
        let key = &item.idioms;
        let is_guard =
            key.pick(|idea| if let Idea::Guard(kind) = idea { Some(kind) } else { None }).is_some();
        is_guard && self.idiom(item, value, key, frame)
    }

    /// Idioms of settings that hold for the whole bot: safety switches, guards, facts.
    pub(crate) fn idiom(&mut self, item: &Item<'t>, value: Given, key: &Key, frame: &mut Frame) -> bool {
        let site = self.reader.site(item.value);
        let says_no = value == Given::Said && item.value.kind() == Kind::Scalar && denies(item.said());
        let value = if says_no { Given::Off } else { value };
        let switch = key.pick(|idea| if let Idea::Switch(kind) = idea { Some(kind) } else { None });
        if labels_ads(item.key.text()) {
            if value == Given::Off
                && let Some(scope) = self.scope_of(frame.account)
            {
                let on = Stated::Known(true, site);
                scope.account.switches.push(Switch { kind: SwitchKind::UnlabelledAds, on });
            }
            return true;
        }
        let guard = key.pick(|idea| if let Idea::Guard(kind) = idea { Some(kind) } else { None });
        let fact = key.pick(|idea| if let Idea::Fact(kind) = idea { Some(kind) } else { None });
        if let Some(kind) = switch.filter(|kind| {
            !matches!(kind, SwitchKind::Stealth | SwitchKind::RotateIdentity | SwitchKind::FakeTyping)
        }) {
            let on = match value {
                Given::Off | Given::Number(0.0) => Stated::Known(false, site),
                Given::Unknown => Stated::Unknown(site),
                Given::On | Given::Said | Given::Number(_) | Given::Unlimited => Stated::Known(true, site),
                Given::Nothing | Given::Nested => return false,
            };
            // Its keys say the opposite: `ad_label: false`.
            if kind == SwitchKind::UnlabelledAds {
                if on.get() == Some(false)
                    && let Some(scope) = self.scope_of(frame.account)
                {
                    scope.account.switches.push(Switch { kind, on: Stated::Known(true, site) });
                }
                return true;
            }
            // `typing: { simulate: true }`: what is simulated is the typing.
            let section = frame.section();
            let plays = ["typing", "human", "presence", "mood"].iter().any(|word| section.word(word))
                || section.any(&[C::Humanlike, C::Delay]);
            if kind == SwitchKind::DryRun && plays && !section.words.is_empty() {
                if let (Some(true), Some(scope)) = (on.get(), self.scope_of(frame.account)) {
                    scope.account.switches.push(Switch { kind: SwitchKind::FakeTyping, on });
                }
                return true;
            }
            if kind == SwitchKind::DryRun && !frame.whole && !frame.name.is_empty() {
                match on.get() {
                    Some(true) => frame.enabled = Stated::Known(false, site),
                    Some(false) => frame.in_earnest = Some(site),
                    None => {}
                }
                return true;
            }
            if kind == SwitchKind::DryRun
                && let Some(scope) = self.scope_of(frame.account)
            {
                scope.rehearsal.get_or_insert_with(|| item.key.text().to_owned());
            }
            if let Some(scope) = self.scope_of(frame.account) {
                scope.account.switches.push(Switch { kind, on });
            }
            return true;
        }
        if let Some(kind) = guard {
            // Whoever is put there is forgotten.
            if kind == GuardKind::SuppressionList && item.value.text() == "/dev/null" {
                self.opt_out_fails(frame.account, site);
                return true;
            }
            if matches!(value, Given::Off | Given::Number(0.0)) {
                if kind == GuardKind::Approval && !frame.whole && !frame.name.is_empty() {
                    frame.unapproved = Some(site);
                    return true;
                }
                if kind == GuardKind::Approval
                    && let Some(scope) = self.scope_of(frame.account)
                {
                    let on = Stated::Known(true, site);
                    scope.account.switches.push(Switch { kind: SwitchKind::SkipApproval, on });
                }
                match kind {
                    GuardKind::ExcludeSelf | GuardKind::ExcludeBots => self.unguarded(frame.account, site),
                    GuardKind::OncePerUser | GuardKind::OncePerThread => {
                        self.speaks_of(frame.account, Property::Memory)
                    }
                    _ => {}
                }
                return true;
            }
            if matches!(value, Given::Nothing | Given::Nested) {
                return value == Given::Nothing;
            }
            let mut guard = Guard::new(kind, site);
            if value == Given::Said {
                guard.values = self.reader.texts(item.value);
            }
            let names_platform = |name: &str| {
                self.vocabulary
                    .read(name)
                    .pick(|idea| if let Idea::Platform(name) = idea { Some(name) } else { None })
            };
            let whole = frame.whole || !frame.joint && names_platform(&frame.name).is_some();
            match self.scopes.get_mut(frame.account).filter(|_| whole) {
                Some(scope) => {
                    if kind == GuardKind::Approval {
                        scope.approval.get_or_insert_with(|| item.key.text().to_owned());
                    }
                    scope.account.guards.push(guard);
                }
                None => frame.guards.push(guard),
            }
            return true;
        }
        if let Some(kind) = fact {
            // `unsubscribe: keep`, `opt_out: ignored`: the word is there, and leads nowhere.
            if kind == FactKind::OptOut && self.leads_nowhere(item, value) {
                self.opt_out_fails(frame.account, site);
                return true;
            }
            if matches!(value, Given::Nothing | Given::Off | Given::Number(0.0) | Given::Nested) {
                if kind == FactKind::RepliesMonitoredBy && matches!(value, Given::Nothing | Given::Off) {
                    self.without_person(frame.account, site);
                }
                return true;
            }
            let in_days = matches!(kind, FactKind::RepliesWithin | FactKind::Retention);
            let value = match duration(&self.reader, &item.phrase, item.value) {
                days @ Stated::Known(..) if in_days => days.map(|days| days.to_string()),
                _ => self.reader.stated_text(item.value),
            };
            if let Some(scope) = self.scope_of(frame.account) {
                scope.account.facts.push(Fact { kind, value });
            }
            return true;
        }
        false
    }
}

/// `show_partner_tag`, `mostrar_aviso_publicidad`: whether posts that are paid for say so.
fn labels_ads(key: &str) -> bool {
    let phrase = Phrase::read(key);
    phrase.words.len() <= 4 && phrase.has(C::Advertising) && phrase.has(C::Label)
}
