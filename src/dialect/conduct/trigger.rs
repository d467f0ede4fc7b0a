//! Triggers of a conduct file: an event, an event with a detail, or a list of these.

use super::Conduct;
use crate::model::{Audience, AudienceKind, Event, Guard, GuardKind, Schedule, Stated, Text, Trigger};
use crate::syntax::{Kind, NodeRef};

/// Keys of a trigger's detail.
pub(super) const DETAIL: &[&str] = &[
    "after",
    "at",
    "text",
    "and",
    "where",
    "from",
    "count",
    "max-age",
    "ignores-activity",
    "repeats",
    "exclude",
    "items",
];

impl<'t> Conduct<'t, '_> {
    /// Reads `on`; the guards are those that `exclude` stands for.
    pub(super) fn triggers(&mut self, node: NodeRef<'t>) -> (Vec<Trigger>, Vec<Guard>) {
        let mut triggers = Vec::new();
        let mut guards = Vec::new();
        let items: Vec<_> = if node.kind() == Kind::Sequence { node.items().collect() } else { vec![node] };
        for item in items {
            if item.kind() == Kind::Mapping {
                for entry in item.entries() {
                    triggers.extend(self.trigger(entry.key, Some(entry.value), &mut guards));
                }
            } else {
                triggers.extend(self.trigger(item, None, &mut guards));
            }
        }
        (triggers, guards)
    }

    fn trigger(
        &mut self,
        name: NodeRef<'t>,
        detail: Option<NodeRef<'t>>,
        guards: &mut Vec<Guard>,
    ) -> Option<Trigger> {
        let Some(event) = Event::parse(name.text()) else {
            self.unknown(name, "event", Event::ALL.iter().map(|event| event.name()));
            return None;
        };
        let mut trigger = Trigger::new(event, self.reader.site(name));
        match detail {
            Some(detail) if detail.kind() == Kind::Mapping => {
                self.known_keys(detail, DETAIL);
                self.detail(detail, &mut trigger, guards);
            }
            Some(detail) => self.short_detail(detail, &mut trigger),
            None => {}
        }
        Some(trigger)
    }

    /// A detail in one word means what the event needs most: a time, an account, a number or a text.
    fn short_detail(&mut self, node: NodeRef<'t>, trigger: &mut Trigger) {
        match trigger.event {
            Event::Schedule => trigger.schedule = self.schedule(node),
            Event::NotFollowedBack
            | Event::NoReply
            | Event::IssueIdle
            | Event::PrIdle
            | Event::MemberIdle
            | Event::InvoiceOverdue
            | Event::ItemClosed => trigger.after = self.days(node),
            Event::ReportFiled | Event::ReviewPosted | Event::Fallback | Event::RaidDetected => {
                trigger.count = self.reader.number(node);
            }
            Event::PostBy => trigger.from = Some(self.named(node)),
            Event::NewCandidate => trigger.from = Some(self.audience(node)),
            _ => trigger.filters = self.reader.texts(node),
        }
    }

    fn detail(&mut self, detail: NodeRef<'t>, trigger: &mut Trigger, guards: &mut Vec<Guard>) {
        let mut further = Vec::new();
        for entry in detail.entries() {
            let value = entry.value;
            match entry.key.text() {
                "after" => trigger.after = self.days(value),
                "at" => trigger.schedule = self.schedule(value),
                "text" => trigger.filters = self.reader.texts(value),
                "and" => further.extend(self.checks(value)),
                "where" => trigger.traits = self.reader.texts(value),
                "items" => trigger.items = self.reader.texts(value),
                "from" => trigger.from = Some(self.audience(value)),
                "count" => trigger.count = self.reader.number(value),
                "max-age" => {
                    trigger.max_age = self.days(value);
                    guards.push(Guard::new(GuardKind::AgeLimit, self.reader.site(value)));
                }
                "ignores-activity" => trigger.ignores_activity = self.reader.flag(value),
                "repeats" => trigger.repeats = self.reader.flag(value),
                "exclude" => self.exclude(value, guards),
                _ => {}
            }
        }
        if !further.is_empty() {
            trigger.checks =
                std::iter::once(trigger.filters.len()).chain(further.iter().map(Vec::len)).collect();
            trigger.filters.extend(further.into_iter().flatten());
        }
    }

    /// `and: [lid, [pan, pot]]`: each of these must match as well, a list where one of its texts does.
    fn checks(&self, node: NodeRef<'t>) -> Vec<Vec<Text>> {
        match node.kind() {
            Kind::Sequence => node.items().map(|item| self.reader.texts(item)).collect(),
            _ => vec![self.reader.texts(node)],
        }
    }

    /// `exclude: [self, bots, mirrored, reposts]`.
    fn exclude(&mut self, node: NodeRef<'t>, guards: &mut Vec<Guard>) {
        const KNOWN: &[(&str, GuardKind)] = &[
            ("self", GuardKind::ExcludeSelf),
            ("bots", GuardKind::ExcludeBots),
            ("mirrored", GuardKind::ExcludeMirrored),
            ("reposts", GuardKind::OriginalsOnly),
        ];
        let items: Vec<_> = if node.kind() == Kind::Sequence { node.items().collect() } else { vec![node] };
        for item in items {
            match KNOWN.iter().find(|(name, _)| *name == item.text()) {
                Some((_, kind)) => guards.push(Guard::new(*kind, self.reader.site(item))),
                None => self.unknown(item, "exclusion", KNOWN.iter().map(|(name, _)| *name)),
            }
        }
    }

    fn named(&mut self, node: NodeRef<'t>) -> Audience {
        Audience::new(AudienceKind::Named, self.reader.site(node)).of(self.reader.texts(node))
    }

    /// `hourly`, `every 15m`, a cron line, or a list of these, whose firings add up.
    fn schedule(&mut self, node: NodeRef<'t>) -> Stated<Schedule> {
        if node.templated() {
            return Stated::Unknown(self.reader.site(node));
        }
        let help = "write `hourly`, `daily`, `every 15m` or a cron line such as `0 9 * * *`";
        let mut sum: Option<Schedule> = None;
        for text in self.reader.texts(node) {
            let Some(schedule) = Schedule::parse(&text.text) else {
                self.malformed(node, format!("`{}` is no schedule, or never fires", text.text), help);
                return Stated::Absent;
            };
            sum = Some(sum.map_or(schedule, |sum| sum.and(schedule)));
        }
        match sum {
            Some(sum) => Stated::Known(sum, self.reader.site(node)),
            None => {
                self.malformed(node, "no time is given".to_owned(), help);
                Stated::Absent
            }
        }
    }
}
