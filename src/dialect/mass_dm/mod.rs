//! Tools that send one private message to everybody on a list of Discord accounts. Each keeps its settings in
//! a shape of its own; `families` says where what stands.

mod families;

use families::{FAMILIES, Family};

use super::reading::{Reader, number_of};
use super::{Candidate, Dialect, Lowered};
use crate::model::{
    Account, Action, Audience, AudienceKind, Automation, Bound, Event, Guard, GuardKind, Identity, LimitKind,
    Secret, Site, Stated, Switch, Text, Trigger, Verb,
};
use crate::syntax::{Kind, NodeRef, Value};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "mass-dm",
    title: "tools that send one private message to many Discord accounts",
    reference: "docs/dialects/mass-dm.md",
    recognised_by: "the settings of one of the tools listed in the documentation, all of its signs together",
    expresses: &[],
    hints: &["individual_delay", "dm_already_dmed_users", "dm_settings", "UseMemberIDs", "exclude_ids"],
    detect,
    lower,
};

/// The node at the end of a way: keys joined by dots.
fn at<'t>(root: NodeRef<'t>, way: &str) -> Option<NodeRef<'t>> {
    way.split('.').try_fold(root, |node, key| node.get(key))
}

fn family_of(root: NodeRef<'_>) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.signs.iter().all(|sign| at(root, sign).is_some()))
}

fn detect(candidate: &Candidate<'_>) -> bool {
    candidate.tree.documents().any(|document| family_of(document).is_some())
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let reader = Reader::new(*candidate, candidate.tree.syntax().schema());
    for root in candidate.tree.documents() {
        if let Some(family) = family_of(root) {
            File { reader, root, family }.lower(lowered);
        }
    }
}

/// One configuration.
struct File<'t> {
    reader: Reader<'t>,
    root: NodeRef<'t>,
    family: &'static Family,
}

impl<'t> File<'t> {
    fn lower(&self, lowered: &mut Lowered) {
        let account = lowered.account(self.account());
        let is_ready = self.family.needs.is_empty() || self.family.needs.iter().any(|way| self.is_on(way));
        if !is_ready {
            return;
        }
        let site = self.site();
        let mut actions = vec![self.message(site)];
        for (way, verb) in self.family.others {
            if let Some(node) = self.at(way).filter(|_| self.is_on(way)) {
                let site = self.reader.site(node);
                actions.push(Action::new(*verb, site, self.audience(site)));
            }
        }
        lowered.automation(Automation {
            name: self.family.name.to_owned(),
            site,
            account,
            triggers: vec![Trigger::new(Event::Schedule, site)],
            guards: self.guards(),
            actions,
            ..Automation::default()
        });
    }

    fn at(&self, way: &str) -> Option<NodeRef<'t>> {
        at(self.root, way)
    }

    /// The setting by which the file is this tool's.
    fn site(&self) -> Site {
        let sign = self.family.signs.first().and_then(|sign| self.at(sign));
        self.reader.site(sign.unwrap_or(self.root))
    }

    /// Whether a setting does something: true, above zero, filled in.
    fn is_on(&self, way: &str) -> bool {
        self.at(way).is_some_and(|node| match node.kind() {
            Kind::Sequence => node.items().next().is_some(),
            Kind::Mapping => node.entries().next().is_some(),
            Kind::Scalar => {
                let said = node.value(self.reader.schema);
                let is_text = matches!(said, Value::Str(text) if !text.trim().is_empty());
                let flag = self.reader.flag(node).get();
                flag.unwrap_or_else(|| number_of(&said).map_or(is_text, |number| number > 0.0))
            }
        })
    }

    fn account(&self) -> Account {
        let site = self.site();
        let switches = self.family.switches.iter().filter(|(way, _)| self.is_on(way));
        let switches = switches.filter_map(|(way, kind)| {
            Some(Switch { kind: *kind, on: Stated::Known(true, self.reader.site(self.at(way)?)) })
        });
        let path = self.reader.candidate.path;
        Account {
            name: "the Discord account".to_owned(),
            site,
            identity: Identity {
                platform: Stated::Known("discord".to_owned(), site),
                instance: path.parent().map(|folder| format!("mass-dm:{}", folder.display())),
                ..Identity::default()
            },
            auth: Stated::Known(self.family.auth, self.credential().unwrap_or(site)),
            switches: switches.collect(),
            secrets: self.secrets(),
            ..Account::default()
        }
    }

    fn credential(&self) -> Option<Site> {
        let node = self.family.credentials.iter().find_map(|way| self.at(way))?;
        Some(self.reader.site(node))
    }

    fn secrets(&self) -> Vec<Secret> {
        let mut secrets = Vec::new();
        for way in self.family.credentials {
            let Some(node) = self.at(way) else { continue };
            let key = way.rsplit('.').next().unwrap_or(way);
            let values = self.reader.texts(node).into_iter().filter(|_| !node.templated());
            secrets.extend(values.filter_map(|text| Secret::new(key, &text.text, text.site)));
        }
        secrets
    }

    fn guards(&self) -> Vec<Guard> {
        let mut guards = Vec::new();
        let on = |way: &str| Some(self.reader.site(self.at(way).filter(|_| self.is_on(way))?));
        for (way, kind) in self.family.guards {
            let guard = |site| match kind {
                GuardKind::Relevance => Guard::new(*kind, site).saying("they share a server with it"),
                kind => Guard::new(*kind, site),
            };
            guards.extend(on(way).map(guard));
        }
        if let Some((way, position)) = self.family.once
            && let Some(node) = self.at(way)
            && self.reader.flag(node).get() == Some(position)
        {
            guards.push(Guard::new(GuardKind::OncePerUser, self.reader.site(node)));
        }
        for way in self.family.left_out {
            let values = self.at(way).map_or_else(Vec::new, |node| self.reader.texts(node));
            if let Some(site) = on(way) {
                let guard =
                    Guard::new(GuardKind::SuppressionList, site).saying("leaving out accounts that it names");
                guards.push(Guard { values, ..guard });
            }
        }
        guards
    }

    /// Whom it writes to: people given by name, else whom the tool is for.
    fn audience(&self, site: Site) -> Audience {
        if let Some((switch, list)) = self.family.named
            && self.is_on(switch)
            && let Some(node) = self.at(list)
        {
            let of = self.reader.texts(node);
            let at = self.reader.site(node);
            let size = Stated::Known(of.len() as f64, at);
            return Audience::new(AudienceKind::Named, at).of(of).sized(size);
        }
        let source = self.family.source.map_or(Stated::Absent, |source| Stated::Known(source, site));
        Audience::new(self.family.audience, site).sourced(source)
    }

    fn message(&self, site: Site) -> Action {
        let texts = self.texts();
        let at = texts.first().map_or(site, |text| text.site);
        let mut action = Action::new(Verb::Dm, at, self.audience(site));
        action.texts = texts;
        if let Some(node) = self.family.total.and_then(|way| self.at(way)) {
            let bound = self.reader.number(node).map(|number| match number > 0.0 {
                true => Bound::AtMost(number),
                false => Bound::Unlimited,
            });
            action.limits.set(LimitKind::PerRun, bound);
        }
        if let Some(node) = self.family.per_minute.and_then(|way| self.at(way)) {
            let bound = self.reader.number(node).map(|number| Bound::AtMost(number * 60.0));
            action.limits.set(LimitKind::PerHour, bound);
        }
        action
    }

    /// The messages: a text, a list of texts, or mappings with a `content`.
    fn texts(&self) -> Vec<Text> {
        let nodes = self.family.messages.iter().filter_map(|way| self.at(way));
        let mut texts = Vec::new();
        for node in nodes {
            texts.extend(self.reader.texts(node));
            let contents = node.items().filter_map(|item| item.get("content"));
            texts.extend(contents.map(|content| self.reader.text(content)));
        }
        texts.retain(|text| !text.text.trim().is_empty());
        texts
    }
}
