//! One rule: its keys as the tool compares them, what it looks for, and what it is called.

use std::collections::BTreeMap;

use super::keys::{GROUPS, Group, NUMBERS, STANDARDS, checks};
use super::search::Search;
use crate::dialect::reading::Reader;
use crate::model::{Audience, AudienceKind, Event, Guard, GuardKind, Site, Stated, Text, Trigger};
use crate::syntax::{Entry, Kind, NodeRef, Value};

/// The keys of a rule or of one of its groups. Of a repeated key the last one counts.
pub(super) struct Keys<'t> {
    pub(super) reader: Reader<'t>,
    entries: BTreeMap<String, Entry<'t>>,
}

impl<'t> Keys<'t> {
    pub(super) fn new(reader: Reader<'t>, node: NodeRef<'t>) -> Self {
        let entries = node.entries().map(|entry| (entry.key.text().to_lowercase(), entry)).collect();
        Self { reader, entries }
    }

    pub(super) fn entry(&self, key: &str) -> Option<Entry<'t>> {
        self.entries.get(key).copied()
    }

    /// The value of a key that says something.
    pub(super) fn value(&self, key: &str) -> Option<NodeRef<'t>> {
        let value = self.entry(key)?.value;
        let is_null = value.kind() == Kind::Scalar && value.value(self.reader.schema) == Value::Null;
        (!is_null).then_some(value)
    }

    pub(super) fn is_on(&self, key: &str) -> bool {
        self.value(key).is_some_and(|value| self.reader.flag(value).get() == Some(true))
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.value(key).and_then(|value| self.reader.flag(value).get())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, Entry<'t>)> {
        self.entries.iter().map(|(key, entry)| (key.as_str(), *entry))
    }

    /// The keys of a group below this rule.
    pub(super) fn group(&self, name: &str) -> Option<Self> {
        let node = self.value(name).filter(|node| node.kind() == Kind::Mapping)?;
        Some(Self::new(self.reader, node))
    }

    /// The rule itself and its groups, each with what it is about.
    pub(super) fn groups(&self) -> Vec<(Group, Self)> {
        let below = GROUPS.iter().filter_map(|(name, group)| Some((*group, self.group(name)?)));
        below.collect()
    }
}

/// What stands with a gate that the traits of its trigger tell in full.
const TOLD: &str = "what the trigger says";

/// What people call the kinds of post that `type` names.
const ITEMS: &[(&str, &str)] = &[
    ("comment", "comment"),
    ("submission", "post"),
    ("text submission", "text post"),
    ("link submission", "link"),
    ("crosspost submission", "crosspost"),
    ("poll submission", "poll"),
    ("gallery submission", "gallery"),
];

/// A key in words.
fn plain(key: &str) -> String {
    key.replace('_', " ")
}

/// `“a”, “b” or another`: a few of the words, in quotation marks.
fn alternatives(texts: &[Text]) -> String {
    let mut said: Vec<String> = texts.iter().take(2).map(|text| format!("“{}”", text.text)).collect();
    match texts.len() {
        0..=2 => {}
        3 => said.push("another".to_owned()),
        more => said.push(format!("{} others", more - 2)),
    }
    said.join(" or ")
}

/// `< 3 days` as `less` and `3 days`; a number alone is one of days.
fn number(check: &str) -> (&'static str, String) {
    let check = check.trim();
    let before = if check.starts_with('>') { "more" } else { "less" };
    let age = check.trim_start_matches(['<', '>', '=', ' ']);
    let unit = if age.ends_with(|last: char| last.is_ascii_digit()) { " days" } else { "" };
    (before, format!("{age}{unit}"))
}

/// Flags of a post or a person, and what holds where they are on and off.
const FLAGS: &[(&str, &str, &str)] = &[
    ("is_top_level", "it answers the post itself", "it answers another comment"),
    ("is_edited", "it was edited", "it was not edited"),
    ("is_original_content", "it is marked as original", "it is not marked as original"),
    ("is_nsfw", "it is marked as not safe for work", "it is not marked as not safe for work"),
    ("past_archive_date", "it is older than the archive date", "it is younger than the archive date"),
    ("is_submitter", "its author wrote the post above", "its author did not write the post above"),
    ("is_contributor", "its author is an approved user", "its author is no approved user"),
    ("is_moderator", "its author is a moderator", "its author is no moderator"),
    ("is_gold", "its author has Reddit Premium", "its author has no Reddit Premium"),
    ("has_verified_email", "its author's address is confirmed", "its author's address is not confirmed"),
];

/// What a rule looks for.
#[derive(Default)]
pub(super) struct Checks {
    /// Words, patterns and addresses, check by check: all checks must match.
    filters: Vec<Vec<Text>>,
    /// The kind of post, in people's words.
    item: Option<Text>,
    /// What else must be true of the post or its author.
    traits: Vec<Text>,
    /// Numbers and ages of the person at hand, any or all of which must hold.
    thresholds: Vec<Text>,
    /// Gates that look at numbers or age only.
    guards: Vec<Guard>,
    /// The people whose posts it waits for.
    from: Option<Audience>,
    /// Reports that it takes.
    reports: Option<Stated<f64>>,
    /// Every check with its value, by which two rules are told to look for the same.
    pub(super) same: Vec<(String, String)>,
    /// Whether it only ever meets other bots.
    pub(super) bots_only: bool,
}

impl Checks {
    pub(super) fn read(keys: &Keys<'_>) -> Self {
        let mut found = Self::default();
        found.group("", Group::Item, keys);
        for (name, group) in GROUPS {
            match (keys.group(name), keys.value(name)) {
                (Some(below), _) => found.group(name, *group, &below),
                // A name, or a list of names, stands for `name:`.
                (None, Some(names)) => found.people(name, keys.reader, names),
                (None, None) => {}
            }
        }
        if let Some(names) = keys.value("~author") {
            found.same.push(("~author".to_owned(), names.raw().to_owned()));
            found.nobody_of(keys.reader, names);
        }
        found.same.sort();
        found
    }

    /// Whether it looks for anything at all.
    pub(super) fn are_any(&self) -> bool {
        !self.same.is_empty()
    }

    fn group(&mut self, name: &str, group: Group, keys: &Keys<'_>) {
        for (key, entry) in keys.iter() {
            let site = keys.reader.site(entry.key);
            let search = Search::parse(key).filter(|search| search.unknown(group).is_none());
            if search.is_none() && !checks(group).contains(&key) && !NUMBERS.contains(&key) {
                continue;
            }
            if keys.value(key).is_none() {
                continue;
            }
            self.same.push((format!("{name}.{key}"), entry.value.raw().to_owned()));
            match (group, search) {
                (Group::Person, Some(search)) if search.fields == ["name"] => match name {
                    "author" if search.negated => self.nobody_of(keys.reader, entry.value),
                    "author" => self.people(name, keys.reader, entry.value),
                    _ => {}
                },
                (_, Some(search)) => self.search(name, &search, keys.reader, entry, site),
                (Group::Person, None) => self.person(key, keys.reader, entry.value, site),
                (_, None) => self.other(key, keys.reader, entry.value, site),
            }
        }
        let thresholds = std::mem::take(&mut self.thresholds);
        match thresholds.first() {
            // One of them is enough.
            Some(first) if thresholds.len() > 1 && keys.is_on("satisfy_any_threshold") => {
                let either: Vec<&str> = thresholds.iter().map(|text| text.text.as_str()).collect();
                self.traits.push(Text { text: either.join(" or "), site: first.site });
            }
            _ => self.traits.extend(thresholds),
        }
    }

    /// People whose posts it leaves alone.
    fn nobody_of(&mut self, reader: Reader<'_>, names: NodeRef<'_>) {
        let site = reader.site(names);
        let names = reader.texts(names);
        if !names.is_empty() {
            self.traits.push(Text { text: format!("its author is not {}", alternatives(&names)), site });
        }
    }

    /// A flag of the post or its author, in words.
    fn flag(&mut self, key: &str, on: Option<bool>, site: Site) {
        let Some((_, holds, fails)) = FLAGS.iter().find(|(flag, ..)| *flag == key) else { return };
        if let Some(on) = on {
            self.traits.push(Text { text: (if on { *holds } else { *fails }).to_owned(), site });
        }
    }

    fn search(&mut self, of: &str, search: &Search<'_>, reader: Reader<'_>, entry: Entry<'_>, site: Site) {
        let texts = reader.texts(entry.value);
        if search.negated {
            // The words given are what would save the post; a pattern that fits anything asks for any text at all.
            let owner = if of.is_empty() { "its".to_owned() } else { format!("its {}'s", plain(of)) };
            let fields: Vec<String> = search.fields.iter().map(|field| plain(field)).collect();
            let fields = fields.join(" or ");
            let any = texts.iter().all(|text| matches!(text.text.as_str(), ".+" | ".*" | "."));
            let text = if any {
                format!("{owner} {fields} is empty")
            } else {
                format!("{owner} {fields} does not match {}", alternatives(&texts))
            };
            self.traits.push(Text { text, site });
            return;
        }
        let wanted = texts.into_iter().map(|text| Text { text: search.wanted(&text.text), site: text.site });
        self.filters.push(wanted.collect());
    }

    fn people(&mut self, group: &str, reader: Reader<'_>, names: NodeRef<'_>) {
        let names_of = reader.texts(names);
        if group != "author" || names_of.is_empty() {
            return;
        }
        if self.same.iter().all(|(key, _)| key != "author.name") {
            self.same.push(("author.name".to_owned(), names.raw().to_owned()));
        }
        let is_bot = |text: &Text| {
            let name = text.text.to_lowercase();
            name.starts_with("bot") || name.ends_with("bot") || name.contains("bot_") || name.contains("_bot")
        };
        self.bots_only = names_of.iter().all(is_bot);
        self.from = Some(Audience::new(AudienceKind::Named, reader.site(names)).of(names_of));
    }

    /// Checks about a person other than the name.
    fn person(&mut self, key: &str, reader: Reader<'_>, value: NodeRef<'_>, site: Site) {
        let below = value.text().trim_start().starts_with('<');
        let flag = reader.flag(value).get();
        match key {
            "account_age" => {
                let (before, age) = number(value.text());
                // It is the account that has the age, not the post.
                let text = format!("its author's account is {before} than {age} old");
                self.thresholds.push(Text { text, site });
                if below {
                    self.guards.push(Guard::new(GuardKind::ProfileNumbers, site).saying(TOLD));
                }
            }
            "has_verified_email" if flag == Some(false) => {
                self.flag(key, flag, site);
                self.guards.push(Guard::new(GuardKind::ProfileNumbers, site).saying(TOLD));
            }
            "is_moderator" if flag == Some(true) => {
                self.from = Some(Audience::new(AudienceKind::Team, site));
            }
            _ if NUMBERS.contains(&key) => {
                let (side, most) = match value.text().trim_start() {
                    text if text.starts_with('<') => ("below", text),
                    text if text.starts_with('>') => ("above", text),
                    text => ("", text),
                };
                let most = most.trim_start_matches(['<', '>', '=', ' ']);
                let text = format!("its author's {} is {side} {most}", plain(key)).replace("is  ", "is ");
                self.thresholds.push(Text { text, site });
                if below {
                    self.guards.push(Guard::new(GuardKind::ProfileNumbers, site).saying(TOLD));
                }
            }
            _ => self.flag(key, flag, site),
        }
    }

    /// Checks of the post that search nothing.
    fn other(&mut self, key: &str, reader: Reader<'_>, value: NodeRef<'_>, site: Site) {
        let flag = reader.flag(value).get();
        match key {
            "reports" => self.reports = Some(reader.number(value)),
            "standard" => {
                let name = value.text();
                let links = STANDARDS.iter().any(|(known, links)| *known == name && *links);
                let text = if links { format!("https:// {name}") } else { name.to_owned() };
                self.filters.push(vec![Text { text, site: reader.site(value) }]);
            }
            "type" => {
                let item = ITEMS.iter().find(|(name, _)| *name == value.text());
                self.item = item.map(|(_, item)| Text { text: (*item).to_owned(), site });
            }
            "is_poll" if flag == Some(true) => self.item = Some(Text { text: "poll".to_owned(), site }),
            "is_gallery" if flag == Some(true) => self.item = Some(Text { text: "gallery".to_owned(), site }),
            "body_shorter_than" | "body_longer_than" => {
                let than = key.trim_start_matches("body_").replace('_', " ");
                let text = format!("its text is {than} {} letters", value.text());
                self.traits.push(Text { text, site });
            }
            _ => self.flag(key, flag, site),
        }
    }

    /// The event that all checks together describe, and the gates before it.
    pub(super) fn finish(self, site: Site) -> (Trigger, Vec<Guard>) {
        let event = match (&self.reports, &self.from) {
            (Some(_), _) => Event::ReportFiled,
            (None, Some(from)) if from.kind == AudienceKind::Named => Event::PostBy,
            (None, _) => Event::PostMatch,
        };
        let members = || Audience::new(AudienceKind::Members, site);
        let mut trigger = Trigger::new(event, site);
        if self.filters.len() > 1 {
            trigger.checks = self.filters.iter().map(Vec::len).collect();
        }
        trigger.filters = self.filters.into_iter().flatten().collect();
        if let Some(item) = self.item {
            trigger.items = vec![item];
        }
        if !self.traits.is_empty() {
            trigger.traits = self.traits;
        }
        trigger.count = self.reports.unwrap_or_default();
        trigger.from = Some(self.from.unwrap_or_else(members));
        (trigger, self.guards)
    }
}
