//! What a profile, a persona or an introduction says.

use crate::model::{Fact, FactKind, Property, Stated, Switch, SwitchKind};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::idioms::{Key, Role};
use crate::reader::roles::value::{Given, is_address, is_sentence, is_window};
use crate::reader::speech::Speech;
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// `bot: true`, `self_label: bot`, `disclosure: "…"`, `automated: false`.
    pub(crate) fn discloses(&mut self, item: &Item<'t>, value: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let is_flag = phrase.has(C::Disclosure) && !phrase.any(&[C::Text, C::Dm, C::Reply, C::Trigger])
            || phrase.words.len() == 1 && phrase.word("bot")
            || phrase.words.len() == 2 && phrase.has(C::Profile) && phrase.word("bot")
            // `intro: I'm the channel bot.` of the whole file is how the bot presents itself.
            || frame.name.is_empty()
                && phrase.words.len() == 1
                && (phrase.word("intro") || phrase.word("introduction"))
                && Speech::of(item.value.text()).discloses;
        if !is_flag {
            return false;
        }
        let site = self.reader.site(item.value);
        let flag = match value {
            Given::On => Some(true),
            Given::Off | Given::Number(0.0) => Some(false),
            Given::Number(_) => Some(true),
            Given::Said if phrase.word("bot") && phrase.words.len() == 1 => return false,
            Given::Said => {
                let texts = self.reader.texts(item.value);
                let negative = texts.iter().any(|text| {
                    let value = Phrase::read(&text.text);
                    value.words.len() <= 2 && (value.has(C::Not) || value.has(C::Ignore))
                });
                if negative {
                    Some(false)
                } else if phrase.word("label")
                    && phrase.words.len() == 1
                    && !texts.iter().any(|text| text.text.to_lowercase().contains("bot"))
                {
                    None
                } else {
                    Some(true)
                }
            }
            _ => None,
        };
        if let (Some(flag), Some(scope)) = (flag, self.scope_of(frame.account)) {
            scope.account.profile.bot_flag = Stated::Known(flag, site);
        }
        if flag == Some(false) {
            self.speaks_of(frame.account, Property::Profile);
        }
        true
    }

    /// `if_asked_bot: "Haha, no, just a fast typer"`: an answer that does not say so.
    pub(crate) fn denies_bot(&mut self, item: &Item<'t>, frame: &Frame) -> bool {
        let text = item.value.text();
        if item.value.kind() != Kind::Scalar || !asks_for_bot(&item.phrase) || !is_sentence(text) {
            return false;
        }
        // "No" to "are you human?" is the truth, as "yes" is to "are you a bot?".
        let first = Phrase::read(text.split([',', '.', '!', ' ']).next().unwrap_or_default());
        let of_human = ["human", "real", "person"].iter().any(|word| item.phrase.word(word));
        let is_true = match of_human {
            true => first.starts(C::Not) || first.word("no") || first.word("nope"),
            false => ["yes", "yep", "yeah", "ja", "si", "oui", "sim"].iter().any(|word| first.word(word)),
        };
        let on = Stated::Known(!is_true && !Speech::of(text).discloses, self.reader.site(item.value));
        if let Some(scope) = self.scope_of(frame.account) {
            scope.account.switches.push(Switch { kind: SwitchKind::DeniesBot, on });
        }
        true
    }

    /// `{ asks: ["is this a bot?"], reply: "just me and my couch" }`: who asks for it and is not told that it is a bot, is
    /// deceived. The right answer says what it is.
    pub(crate) fn asked_for_bot(&mut self, items: &[Item<'t>], frame: &Frame) {
        let is_asked = |item: &&Item<'t>| {
            !item.phrase.any(&[C::Text, C::Say, C::Persona, C::Bio])
                && item.value.kind() != Kind::Mapping
                && self.reader.texts(item.value).iter().any(|text| Speech::of(&text.text).asks_bot)
        };
        let answers = items.iter().filter(|item| {
            item.phrase.any(&[C::Text, C::Reply, C::Say, C::Message]) && item.value.kind() != Kind::Mapping
        });
        let texts: Vec<_> = answers.flat_map(|item| self.reader.texts(item.value)).collect();
        // Most sections answer nothing, and texts are classified only where something is answered.
        if items.len() > 12 || texts.is_empty() || !items.iter().any(|item| is_asked(&item)) {
            return;
        }
        let told = texts.iter().any(|text| Speech::of(&text.text).discloses);
        let passes = items.iter().any(|item| item.phrase.any(&[C::Forward, C::Handoff, C::Operator]));
        let answer = texts.first().filter(|text| !told && !passes && is_sentence(&text.text));
        let Some(answer) = answer else { return };
        let on = Stated::Known(true, answer.site);
        if let Some(scope) = self.scope_of(frame.account) {
            scope.account.switches.push(Switch { kind: SwitchKind::DeniesBot, on });
        }
    }

    /// The profile: what it says, who runs it, where to write to.
    pub(crate) fn profiled(&mut self, item: &Item<'t>, value: Given, key: &Key, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let text = item.value.text().to_owned();
        let stated = self.reader.stated_text(item.value);
        let site = self.reader.site(item.value);
        let in_profile = frame.name.split('.').any(|name| {
            let name = Phrase::read(name);
            name.has(C::Profile) || name.has(C::Bio)
        });
        let is_bio = phrase.has(C::Bio)
            && !phrase.any(&[C::Trigger, C::Dm, C::Greet])
            && (phrase.words.len() <= 2 || in_profile || phrase.has(C::Profile));
        if is_bio || in_profile && phrase.ends(C::Text) {
            if !matches!(value, Given::Said | Given::Unknown | Given::Nothing) {
                return false;
            }
            let speech = Speech::of(&text);
            let Some(scope) = self.scope_of(frame.account) else { return true };
            if value != Given::Nothing && scope.account.profile.bio.is_absent() {
                scope.account.profile.bio = stated;
            }
            if (speech.hides || speech.denies) && !speech.discloses {
                scope
                    .account
                    .switches
                    .push(Switch { kind: SwitchKind::HumanPersona, on: Stated::Known(true, site) });
            }
            return true;
        }
        let reads = [
            "answered by",
            "read by",
            "handled by",
            "monitored by",
            "looked after by",
            "reader",
            "human contact",
        ]
        .iter()
        .any(|word| phrase.word(word));
        let by_operator = phrase.has(C::Operator)
            && phrase.only(&[C::Operator, C::Profile, C::To, C::Say, C::Bio, C::Forward])
            || key.has(Role::ProfileOperator)
            || key.has(Role::ProfileContact)
            || phrase.only(&[C::Operator]);
        let is_contact = by_operator && !frame.joint || reads || in_profile && phrase.has(C::Say);
        // `read_by: [greta, sunil]`
        if reads && item.value.kind() == Kind::Sequence && value == Given::Said {
            if let Some(scope) = self.scope_of(frame.account) {
                scope.read_by.get_or_insert(site);
            }
            return true;
        }
        // `contacts: people.csv`, `host: mail.example.org`: a list, and a server.
        let is_thing = crate::reader::roles::audience::is_file(&text)
            || !text.contains(['@', ' ']) && text.contains('.') && phrase.word("host");
        if !is_contact || is_thing || item.value.kind() != Kind::Scalar || value != Given::Said {
            return false;
        }
        // `staffed: "07:30-16:30"` says when, `ask: "#ask-a-mod"` where, `answered_by: hand` how.
        let is_nobody = !text.chars().any(char::is_alphabetic)
            || text.starts_with('#')
            || text.split_whitespace().any(is_window)
            || is_no_name(&Phrase::read(&text));
        if is_nobody {
            return false;
        }
        let said = Phrase::read(&text);
        if said.words.len() <= 3 && (said.has(C::Ignore) || said.has(C::Not)) {
            return false;
        }
        let tells = is_sentence(&text) && {
            let said = Phrase::read(&text);
            said.word("reads") || said.has(C::Reply) || said.word("read")
        };
        let owns = phrase.word("owner")
            || phrase.words.iter().any(|word| {
                matches!(
                    word.text.as_str(),
                    "owner" | "run by" | "operated by" | "operator" | "maintainer" | "maintained by"
                )
            });
        let Some(scope) = self.scope_of(frame.account) else { return true };
        if owns && scope.account.owner_group.is_absent() {
            scope.account.owner_group = stated.clone();
        }
        let profile = &mut scope.account.profile;
        if is_address(&text) || text.starts_with('@') || text.starts_with("http") {
            profile.contact = stated.clone();
        } else {
            profile.operator = stated.clone();
        }
        if reads || tells || phrase.word("human") {
            scope.account.facts.push(Fact { kind: FactKind::RepliesMonitoredBy, value: stated });
        }
        true
    }

    /// What a language model is told: to pass as a person, or to say what it is.
    pub(crate) fn persona(&mut self, item: &Item<'t>, value: Given, frame: &mut Frame) -> bool {
        let in_persona = item.phrase.has(C::Persona)
            || frame
                .name
                .split('.')
                .any(|name| Phrase::read(name).has(C::Persona) || name.to_lowercase().contains("persona"));
        if !in_persona || value != Given::Said {
            return false;
        }
        let mut understood = false;
        let prompt = self.reader.site(item.value);
        let is_prompt = item.phrase.any(&[C::Persona]) || is_sentence(item.value.text());
        if is_prompt && let Some(scope) = self.scope_of(frame.account) {
            scope.persona.get_or_insert(prompt);
        }
        for text in self.reader.texts(item.value) {
            let speech = Speech::of(&text.text);
            let kind = match speech {
                Speech { hides: true, discloses: false, owns_up: false, .. } => SwitchKind::DeniesBot,
                Speech { denies: true, .. } => SwitchKind::HumanPersona,
                _ => continue,
            };
            understood = true;
            if let Some(scope) = self.scope_of(frame.account) {
                scope.account.switches.push(Switch { kind, on: Stated::Known(true, text.site) });
            }
        }
        if !understood && is_sentence(item.value.text()) {
            return true;
        }
        understood
    }
}

/// `if_asked_bot`, `when_accused_of_being_a_bot`: the key of the answer to whoever wants to know.
fn asks_for_bot(phrase: &Phrase) -> bool {
    let what = ["bot", "bots", "robot", "human", "machine", "automated", "ai", "real", "person"]
        .iter()
        .any(|word| phrase.word(word));
    let question = phrase.word("are") && phrase.word("you") || phrase.word("is") && phrase.word("this");
    let asks = [
        "ask",
        "asked",
        "if asked",
        "when asked",
        "asks",
        "asking",
        "question",
        "accused",
        "suspected",
        "suspect",
        "called out",
    ];
    what && (question || asks.iter().any(|word| phrase.word(word)))
}

/// Whether words in the place of somebody's name say what happens, or how: `removed`, `dismiss`, `by hand`.
fn is_no_name(said: &Phrase) -> bool {
    const DONE: [C; 6] = [C::Remove, C::Delete, C::Archive, C::Disabled, C::Ignore, C::Closed];
    said.words.len() <= 2
        && (said.only(&DONE) || said.only_words(&["hand"]) || said.only_words(&["by", "hand"]))
}
