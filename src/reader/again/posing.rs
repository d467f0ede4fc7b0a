//! A second look at whom an account passes for, in whatever words: an invented person, an answer that denies, a mark for
//! bots that is taken away, a machine that imitates a person.

use crate::model::{Property, Stated, Switch, SwitchKind};
use crate::reader::concept::Concept as C;
use crate::reader::roles::value::{Given, given, is_sentence};
use crate::reader::speech::Speech;
use crate::reader::walk::{DEEPEST, Use, Walk};
use crate::reader::words::Phrase;
use crate::syntax::{Kind, NodeRef};

/// As many words as a value has that says what is done.
const MOST_WORDS: usize = 12;
/// Ages of people who hold an account.
const AGES: std::ops::RangeInclusive<f64> = 14.0..=95.0;
/// Beginnings of words by which a question is not answered truly.
const DENIES: [&str; 22] = [
    "deny", "denie", "deflect", "dodge", "joke", "laugh", "claim", "offend", "evade", "negar", "niega",
    "leugn", "abstreit", "nier", "negare", "nega", "ontken", "inkar", "pretend", "insist", "jure", "swear",
];
/// Beginnings of words for what nobody shall be told.
const TELLS: [&str; 9] = ["admit", "reveal", "disclos", "tell", "vertel", "confess", "avou", "decir", "dire"];
/// Words for the machine.
const MACHINE: [&str; 12] = [
    "bot",
    "bots",
    "robot",
    "ai",
    "automated",
    "automatic",
    "automation",
    "machine",
    "program",
    "script",
    "software",
    "ia",
];
/// Words for what only people have or do.
const OF_PEOPLE: [&str; 19] = [
    "device",
    "devices",
    "phone",
    "browser",
    "scroll",
    "scrolling",
    "typing",
    "typo",
    "typos",
    "mouse",
    "human",
    "person",
    "fingerprint",
    "gps",
    "location",
    "imei",
    "webdriver",
    "activity",
    "follower",
];

impl<'t> Walk<'t> {
    /// Looks once more at whom the account passes for.
    pub(crate) fn look_for_posing(&mut self, document: NodeRef<'t>) {
        let Some(scope) = self.scopes.first() else { return };
        let open = matches!(scope.account.profile.bot_flag, Stated::Known(true, _));
        self.poses(document, open, 0);
    }

    fn poses(&mut self, node: NodeRef<'t>, open: bool, depth: usize) {
        if depth > DEEPEST || !self.spend() {
            return;
        }
        for item in node.items().take(100) {
            if item.kind() == Kind::Scalar && is_prompt(item.text()) {
                self.poses_as(SwitchKind::DeniesBot, item);
            }
            self.poses(item, open, depth + 1);
        }
        let says_bot = node.entries().any(|entry| {
            entry.value.kind() == Kind::Scalar && Speech::of_short(entry.value.text()).discloses
                || given(&self.reader, entry.value) == Given::On && self.phrase(entry.key).has(C::Disclosure)
        });
        if !open
            && !says_bot
            && let Some(age) = self.invented_person(node)
        {
            self.poses_as(SwitchKind::HumanPersona, age);
        }
        if let Some(asked) = self.denied_in_rule(node) {
            self.poses_as(SwitchKind::DeniesBot, asked);
        }
        for entry in node.entries().take(200) {
            if let Some(kind) = self.pose_of(entry.key, entry.value, open || says_bot) {
                self.poses_as(kind, entry.value);
                self.mark(entry.key, Use::Used);
            } else if self.hides_mark(entry.key, entry.value) {
                let site = self.reader.site(entry.value);
                self.speaks_of(0, Property::Profile);
                if let Some(scope) =
                    self.scope_of(0).filter(|scope| scope.account.profile.bot_flag.is_absent())
                {
                    scope.account.profile.bot_flag = Stated::Known(false, site);
                }
                self.mark(entry.key, Use::Used);
            }
            if entry.value.kind() != Kind::Scalar && !self.phrase(entry.key).any(&[C::Not, C::Except]) {
                self.poses(entry.value, open || says_bot, depth + 1);
            }
        }
    }

    fn poses_as(&mut self, kind: SwitchKind, node: NodeRef<'t>) {
        const MOST: usize = 4;
        let site = self.reader.site(node);
        let Some(scope) = self.scope_of(0) else { return };
        let switches = &mut scope.account.switches;
        let known = switches.iter().any(|switch| switch.on.site() == Some(site));
        if !known && switches.iter().filter(|switch| switch.kind == kind).count() < MOST {
            switches.push(Switch { kind, on: Stated::Known(true, site) });
        }
    }

    /// `{ name: Megan, age: 29, job: pastry chef }`: somebody with an age and a life. Gives where the age stands.
    fn invented_person(&mut self, section: NodeRef<'t>) -> Option<NodeRef<'t>> {
        const LIFE: [&str; 12] = [
            "job",
            "work",
            "occupation",
            "profession",
            "story",
            "backstory",
            "hobby",
            "hobbies",
            "city",
            "from",
            "about",
            "photo",
        ];
        let age = section.entries().find(|entry| {
            let key = Phrase::read(entry.key.text());
            key.words.len() == 1
                && key.word("age")
                && matches!(given(&self.reader, entry.value), Given::Number(age) if AGES.contains(&age))
        })?;
        let lives = section.entries().any(|entry| {
            let key = Phrase::read(entry.key.text());
            LIFE.iter().any(|word| key.word(word)) || key.any(&[C::Bio, C::Persona])
        });
        lives.then_some(age.value)
    }

    /// `when: somebody calls us a bot`, `then: deny`: whether a rule denies it. Gives what it waits for.
    fn denied_in_rule(&mut self, rule: NodeRef<'t>) -> Option<NodeRef<'t>> {
        const ASKS: [&str; 10] =
            ["call", "suspect", "ask", "accus", "pregunt", "sospech", "verdac", "frag", "demand", "chied"];
        let asked = rule.entries().find(|entry| {
            let key = Phrase::read(entry.key.text());
            let said = Phrase::read(entry.value.text());
            entry.value.kind() == Kind::Scalar
                && key.words.len() <= 3
                && (key.any(&[C::Trigger, C::Guard, C::Keyword]) || key.word("if"))
                && names_machine(&said)
                && said.words.len() <= MOST_WORDS
                && ASKS.iter().any(|start| said.words.iter().any(|word| word.text.starts_with(start)))
        })?;
        let denies = rule.entries().any(|entry| {
            let texts = std::iter::once(entry.value).chain(entry.value.items().take(10));
            let mut texts = texts.filter(|text| text.kind() == Kind::Scalar);
            texts.any(|text| denies_in(text.text()) || Speech::of_short(text.text()).denies)
        });
        denies.then_some(asked.value)
    }

    /// What an entry says that the account passes for.
    fn pose_of(&mut self, key: NodeRef<'t>, value: NodeRef<'t>, open: bool) -> Option<SwitchKind> {
        let phrase = self.phrase(key);
        let value_given = given(&self.reader, value);
        let scalar = value.kind() == Kind::Scalar;
        let text = if scalar { value.text() } else { "" };
        if scalar && is_prompt(text) {
            return Some(SwitchKind::DeniesBot);
        }
        // `never_say: [I'm a bot]`
        let conceals = phrase.has(C::Not) && phrase.any(&[C::Say, C::Mention, C::Message]);
        if conceals && value.items().take(20).any(|text| Speech::of_short(text.text()).discloses) {
            return Some(SwitchKind::DeniesBot);
        }
        // `admit_bot: never`, `reveal_on_request: false`
        let tells = TELLS.iter().any(|start| phrase.words.iter().any(|word| word.text.starts_with(start)));
        let about_it = names_machine(&phrase) || phrase.word("request") || phrase.has(C::Asked);
        let never = value_given == Given::Off
            || scalar
                && value_given == Given::Said
                && Phrase::read(text).words.len() <= 2
                && Phrase::read(text).has(C::Not);
        if tells && about_it && never && phrase.words.len() <= 8 && !phrase.has(C::Not) {
            return Some(SwitchKind::DeniesBot);
        }
        // `"are you a bot?": "no, just me"`, `if_asked_bot: deny`
        let question = Speech::of_short(key.text()).asks_bot || asks_whether_bot(&phrase);
        if question && scalar && value_given == Given::Said {
            let speech = Speech::of_short(text);
            return (!speech.discloses && (is_sentence(text) && speech.denies || denies_in(text)))
                .then_some(SwitchKind::DeniesBot);
        }
        let told_of = phrase.any(&[C::Bio, C::Persona, C::Profile])
            || ["story", "cover", "looks", "role", "identity"].iter().any(|word| phrase.word(word));
        if scalar && told_of && !open && phrase.words.len() <= 4 {
            let speech = Speech::of_short(text);
            if !speech.discloses && (speech.private_person || speech.denies) {
                return Some(SwitchKind::HumanPersona);
            }
        }
        // `simulate_scrolling: true`, `device_spoof: { model: x }`, `hide_webdriver: true`
        let imitates = ["fake", "simulate", "spoof", "emulate"].iter().any(|word| phrase.word(word))
            || phrase.words.iter().any(|word| {
                ["randomi", "imitat", "simul", "mimic"].iter().any(|start| word.text.starts_with(start))
            })
            || phrase.word("hide");
        let of_people = OF_PEOPLE.iter().any(|word| phrase.word(word)) || phrase.has(C::Humanlike);
        let done = match value_given {
            Given::On | Given::Nested => true,
            Given::Number(number) => number > 0.0,
            Given::Said => {
                scalar && !Phrase::read(text).any(&[C::Not, C::Disabled, C::Remove]) && !is_sentence(text)
            }
            _ => false,
        };
        if imitates
            && of_people
            && done
            && phrase.words.len() <= 5
            && !phrase.any(&[C::Not, C::Remove, C::Follower, C::Block])
        {
            return Some(SwitchKind::Stealth);
        }
        // `user_agent: "Mozilla/5.0 (iPhone …)"`: a program that calls itself a browser.
        let agent = phrase.word("agent") || phrase.word("ua") || phrase.word("client");
        let browser = text.starts_with("Mozilla/") || text.contains("iPhone") || text.contains("for Android");
        let honest = text.to_lowercase().contains("bot") || text.contains("+http");
        (agent && scalar && browser && !honest).then_some(SwitchKind::Stealth)
    }

    /// `bot-label: hidden`, `mention_robot: désactivée`, `bot_flag_in_profile: remove`: whether the mark is taken away.
    fn hides_mark(&mut self, key: NodeRef<'t>, value: NodeRef<'t>) -> bool {
        const MARKS: [&str; 9] =
            ["label", "flag", "badge", "mark", "notice", "footer", "tag", "aviso", "etiqueta"];
        let phrase = self.phrase(key);
        let marks = MARKS.iter().any(|word| phrase.word(word)) || phrase.any(&[C::Disclosure, C::Mention]);
        let said = Phrase::read(value.text());
        value.kind() == Kind::Scalar
            && marks
            && names_machine(&phrase)
            && phrase.words.len() <= 5
            && !phrase.any(&[C::Not, C::Ignore, C::Except, C::Ping])
            && said.words.len() <= 2
            && (said.any(&[C::Disabled, C::Remove, C::Closed, C::Not]) || said.word("hidden"))
    }
}

/// Whether a longer text tells a language model, or whoever sets a bot up, that nobody shall notice.
fn is_prompt(text: &str) -> bool {
    const SHORTEST: usize = 30;
    if text.len() < SHORTEST || !text.contains(' ') {
        return false;
    }
    let speech = Speech::of_short(text);
    speech.hides && !speech.discloses && !speech.owns_up
}

fn names_machine(phrase: &Phrase) -> bool {
    phrase.has(C::Bots) || MACHINE.iter().any(|word| phrase.word(word))
}

/// `si_preguntan_si_soy_bot`, `if_accused`, `on_bot_question`: the key of an answer to whoever wants to know.
fn asks_whether_bot(phrase: &Phrase) -> bool {
    const ASKS: [&str; 9] =
        ["ask", "accus", "question", "suspect", "pregunt", "frag", "demand", "chied", "pergunt"];
    let asks = ASKS.iter().any(|start| phrase.words.iter().any(|word| word.text.starts_with(start)));
    let accused = phrase.words.iter().any(|word| word.text.starts_with("accus"));
    asks && (names_machine(phrase) || accused) && phrase.words.len() <= 8
}

/// Whether words say that it is denied: `deny`, `claim_to_be_person`, `say_i_am_real`.
fn denies_in(text: &str) -> bool {
    let said = Phrase::read(text);
    let real =
        ["real", "human", "person"].iter().any(|word| said.word(word)) && said.any(&[C::Say, C::Reply]);
    said.words.len() <= MOST_WORDS
        && !said.starts(C::Not)
        && (real || DENIES.iter().any(|start| said.words.iter().any(|word| word.text.starts_with(start))))
}
