//! Conditions: only who asked, once for each person, after a look by a person, who is left out.

use crate::model::{Audience, AudienceKind, Event, Guard, GuardKind, Trigger};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::audience::is_file;
use crate::reader::roles::value::{Given, denies, is_window, listed};
use crate::reader::sense::{self};
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// Conditions: once for each person, only who asked, a person's approval, who is left out.
    pub(crate) fn guard(&mut self, item: &Item<'t>, given: Given, frame: &mut Frame) -> bool {
        let phrase = &item.phrase;
        let site = self.reader.site(item.value);
        // `ping_hours: 08:00-19:00` says when, whatever the act.
        if phrase.ends(C::Hour) && item.value.kind() == Kind::Scalar && is_window(item.value.text()) {
            return true;
        }
        let value = if given == Given::Said { item.said() } else { &Phrase::default() };
        let values: Vec<Phrase> = match item.value.kind() {
            Kind::Sequence => item.value.items().take(30).map(|item| Phrase::read(item.text())).collect(),
            _ => vec![value.clone()],
        };
        let said = |concept| values.iter().any(|value| value.has(concept));
        let on =
            matches!(given, Given::On | Given::Said | Given::Number(_) | Given::Unknown | Given::Unlimited)
                && given != Given::Number(0.0)
                && !(value.has(C::Not) && value.words.len() == 1);
        let push = |frame: &mut Frame, kind: GuardKind| {
            let mut guard = Guard::new(kind, site);
            guard.values = self.reader.texts(item.value);
            frame.guards.push(guard);
        };
        if phrase.has(C::Once) && !phrase.any(&[C::Text, C::Source]) {
            if on {
                let per_thread = phrase.word("thread") || phrase.has(C::Comment);
                let by_item =
                    ["dedupe", "deduplicate", "seen", "unique"].iter().any(|word| phrase.word(word));
                push(
                    frame,
                    match (per_thread, by_item) {
                        (true, _) => GuardKind::OncePerThread,
                        (_, true) => GuardKind::Dedupe,
                        _ => GuardKind::OncePerUser,
                    },
                );
            }
            return true;
        }
        // `only_if_mentioned: true`
        if given == Given::On && phrase.any(&[C::Only]) && phrase.any(&[C::Mention, C::Ping]) {
            if let Some(scope) = self.scope_of(frame.account) {
                scope.hears.get_or_insert(site);
            }
            if !frame.whole && frame.triggers.is_empty() {
                frame.triggers.push(Trigger::new(Event::Mention, site));
            }
            return true;
        }
        // `review: sam`, `decided_by: ines`, `approval: required`.
        // `look_at: following` says where it looks.
        if phrase.has(C::Review) && !phrase.any(&[C::Follow, C::Post, C::Text, C::Source])
            || phrase.has(C::Review) && phrase.has(C::Operator)
        {
            // Whoever subscribes confirms it.
            let subscribes = phrase.word("confirm")
                && frame.audiences.iter().any(|people| people.kind == AudienceKind::OptInList);
            if on && subscribes {
                push(frame, GuardKind::OptedIn);
            } else if on && !denies(value) && !value.has(C::Ignore) {
                push(frame, GuardKind::Approval);
            }
            return true;
        }
        // `decision: manual`
        if given == Given::Said
            && item.value.kind() == Kind::Scalar
            && phrase.words.len() <= 2
            && value.words.len() <= 3
            && value.has(C::Review)
            && !is_file(item.value.text())
            // `dir: drafts`
            && !["dir", "folder", "directory", "path", "queue"].iter().any(|word| phrase.word(word))
            && !phrase.any(&[C::Trigger, C::Action, C::Text, C::To, C::Mode])
            && sense::act(phrase).is_none()
        {
            push(frame, GuardKind::Approval);
            return true;
        }
        if phrase.has(C::Asked) && given != Given::Nested {
            // `consent: assumed`, `opt_in: false`, `consent_column: null`: nobody was asked.
            let presumed = ["default", "assumed"].iter().any(|word| phrase.word(word));
            let denied = presumed && given == Given::On
                || matches!(given, Given::Off | Given::Nothing | Given::Number(0.0))
                || denies(value)
                // `consent: group_membership`, `opt_in: follow`: they did something else.
                || value.any(&[C::Member, C::Follow, C::Follower, C::Customer, C::Join])
                    && !value.any(&[C::Asked, C::Command, C::Reply])
                    && value.words.len() <= 3
                || value.words.len() <= 3
                    && (value.any(&[C::Not, C::Ignore, C::Disabled, C::Everyone])
                        || ["assumed", "default", "skip", "auto", "sayilir", "varsayilan"].iter().any(|word| value.word(word))
                        // `opt_in: automatic`, in most languages.
                        || value.words.iter().any(|word| {
                            ["automa", "otoma", "автома"].iter().any(|start| word.text.starts_with(start))
                        }));
            if denied {
                self.assumes_consent(frame.account, site);
            } else if on {
                push(frame, GuardKind::OptedIn);
                if let Some(scope) = self.scope_of(frame.account) {
                    scope.asked.get_or_insert(site);
                }
            }
            return true;
        }
        // `stop_on: [any_reply, stop]`
        if phrase.has(C::Stop) && !phrase.any(&[C::Text, C::Reply]) {
            let stops_on_reply = said(C::Reply) || said(C::Idle) || said(C::Message);
            if phrase.any(&[C::Trigger, C::Only, C::Except]) || phrase.words.len() == 1 && stops_on_reply {
                if stops_on_reply {
                    push(frame, GuardKind::StopOnReply);
                }
                if said(C::Stop) || said(C::Not) {
                    push(frame, GuardKind::StopOnOptOut);
                }
                if !stops_on_reply && !said(C::Stop) {
                    self.speaks_of(frame.account, crate::model::Property::Inbound);
                    self.speaks_of(frame.account, crate::model::Property::OptOut);
                }
                return true;
            }
            return false;
        }
        let excludes = phrase.has(C::Except)
            || phrase.has(C::Ignore) && (phrase.has(C::Bots) || phrase.has(C::SelfAccount));
        let includes =
            phrase.has(C::Only) && phrase.any(&[C::Bots, C::SelfAccount]) || phrase.word("include");
        if excludes && (phrase.any(&[C::Bots, C::SelfAccount]) || said(C::Bots) || said(C::SelfAccount)) {
            let about_bots = phrase.has(C::Bots) || said(C::Bots);
            let about_self = phrase.has(C::SelfAccount) || said(C::SelfAccount);
            if matches!(given, Given::Off | Given::Number(0.0)) {
                self.unguarded(frame.account, site);
                return true;
            }
            if about_bots {
                push(frame, GuardKind::ExcludeBots);
            }
            if about_self {
                push(frame, GuardKind::ExcludeSelf);
            }
            if said(C::Stop) {
                push(frame, GuardKind::SuppressionList);
            }
            return true;
        }
        if phrase.any(&[C::Bots, C::SelfAccount])
            && !phrase.any(&[C::Follower, C::To])
            && values
                .iter()
                .filter(|value| value.words.len() <= 3)
                .any(|value| value.word("include") || value.word("includes") || value.word("yes"))
        {
            self.unguarded(frame.account, site);
            return true;
        }
        // `own_messages: true`
        let hears_itself = phrase.only(&[C::SelfAccount, C::Message, C::Post, C::Bots, C::Reply, C::Source])
            && phrase.any(&[C::SelfAccount, C::Bots])
            && phrase.words.len() == 2
            && given == Given::On;
        if hears_itself || includes && phrase.any(&[C::Bots, C::SelfAccount]) {
            if on {
                self.unguarded(frame.account, site);
            }
            return true;
        }
        if excludes
            || (phrase.has(C::Guard) || phrase.word("rule"))
                && phrase.words.len() <= 2
                && given != Given::Nested
        {
            if said(C::Stop) || phrase.has(C::Stop) {
                push(frame, GuardKind::SuppressionList);
            }
            if said(C::Asked) {
                push(frame, GuardKind::OptedIn);
            }
            let one_sided = said(C::OneSided)
                || values
                    .iter()
                    .any(|value| value.has(C::Not) && value.any(&[C::Follow, C::Mutual, C::Back]));
            let one_sided = one_sided || asks_who_returns(item.value.text());
            if !excludes && one_sided && !said(C::Asked) {
                frame.audiences.retain(|audience| audience.kind != AudienceKind::OwnFollowing);
                frame.audiences.push(Audience::new(AudienceKind::NonFollowers, site));
            } else if phrase.has(C::Guard) && said(C::Idle) && frame.triggers.is_empty() {
                frame.triggers.push(Trigger::new(Event::NoReply, site));
            }
            return true;
        }
        // `only: who does not follow back` says whom it is done to.
        if phrase.only(&[C::Only]) && said(C::OneSided) {
            frame.audiences.push(Audience::new(AudienceKind::NonFollowers, site));
            return true;
        }
        let restricts = phrase.has(C::Only)
            && (given == Given::On
                && (phrase.any(&[C::People, C::Member, C::Asked, C::Customer, C::Subscriber, C::Command])
                    || phrase.words.len() >= 4)
                || given == Given::Said && item.value.text().split_whitespace().count() >= 4);
        if restricts {
            push(frame, GuardKind::OptedIn);
            return true;
        }
        if phrase.has(C::Only) && !phrase.any(&[C::Reply, C::Comment, C::Text]) && given == Given::Said {
            if said(C::Asked) || said(C::Subscriber) {
                push(frame, GuardKind::OptedIn);
            } else if said(C::Mutual) {
                push(frame, GuardKind::MutualsOnly);
            } else if said(C::Ping) || said(C::Mention) {
                push(frame, GuardKind::OptedIn);
            }
            return true;
        }
        false
    }

    /// A section of conditions: who is left out, who must have agreed. Nothing in it is done.
    pub(crate) fn conditions(&mut self, item: &Item<'t>, frame: &mut Frame) -> bool {
        let items = self.items_of(item.value);
        let mut to_visit: Vec<Item<'t>> = items;
        let mut budget = 60;
        while let Some(item) = to_visit.pop() {
            budget -= 1;
            if budget == 0 {
                break;
            }
            if item.value.kind() == Kind::Mapping {
                to_visit.extend(self.items_of(item.value));
                continue;
            }
            let given = crate::reader::roles::value::given(&self.reader, item.value);
            self.mark(item.key, crate::reader::walk::Use::Used);
            let site = self.reader.site(item.value);
            let phrase = &item.phrase;
            let on = !matches!(given, Given::Off | Given::Nothing | Given::Number(0.0));
            // `follows_us: false`
            let returns = phrase.any(&[C::Follow, C::Follower, C::Following, C::Back, C::Mutual])
                && (["us", "me", "back"].iter().any(|word| phrase.word(word))
                    || phrase.any(&[C::Back, C::Mutual]));
            if returns && given == Given::Off {
                frame.audiences.push(Audience::new(AudienceKind::NonFollowers, site));
                continue;
            }
            // `followed_days_ago: ">4"`: for how long.
            if phrase.has(C::Follow) && phrase.has(C::Day) {
                let digits: String = item.value.text().chars().filter(char::is_ascii_digit).collect();
                if let Ok(days) = digits.parse::<f64>() {
                    frame.after = crate::model::Stated::Known(days, site);
                }
                continue;
            }
            let kind = match () {
                () if phrase.has(C::Asked) => GuardKind::OptedIn,
                () if phrase.has(C::Stop) => GuardKind::SuppressionList,
                () if phrase.has(C::Once) => {
                    if phrase.word("thread") || phrase.has(C::Comment) {
                        GuardKind::OncePerThread
                    } else {
                        GuardKind::OncePerUser
                    }
                }
                () if phrase.has(C::Bots) => GuardKind::ExcludeBots,
                () if phrase.has(C::SelfAccount) => GuardKind::ExcludeSelf,
                () if phrase.has(C::Review) => GuardKind::Approval,
                () if phrase.has(C::Mutual) => GuardKind::MutualsOnly,
                () if phrase.has(C::Keyword) && given == Given::Said => {
                    frame.filters.extend(listed(&self.reader, item.value));
                    continue;
                }
                () => {
                    let _ = self.guard(&item, given, frame) || self.idiom_guard(&item, given, frame);
                    continue;
                }
            };
            match (on, kind) {
                (true, kind) => frame.guards.push(Guard::new(kind, site)),
                (false, GuardKind::ExcludeBots | GuardKind::ExcludeSelf) => {
                    self.unguarded(frame.account, site)
                }
                (false, GuardKind::OncePerUser | GuardKind::OncePerThread) => {
                    self.speaks_of(frame.account, crate::model::Property::Memory)
                }
                _ => {}
            }
        }
        true
    }
}

/// Whether a condition holds for people of whom nothing came back: `relationship.followed_by == false && age > 3`.
fn asks_who_returns(text: &str) -> bool {
    const LONGEST: usize = 200;
    if text.len() > LONGEST || !text.contains(['=', '!']) {
        return false;
    }
    let parts = text.split("&&").flat_map(|part| part.split("||")).flat_map(|part| part.split(" and "));
    parts.into_iter().any(|part| {
        let (asked, value) = part.split_once('=').unwrap_or((part, "true"));
        let inverted = asked.trim_end().ends_with('!') || part.trim_start().starts_with('!');
        let value = value.trim_start_matches('=').trim().to_lowercase();
        let is_false = matches!(value.as_str(), "false" | "0" | "no");
        let asked = Phrase::read(asked);
        let returns = asked.any(&[C::Mutual, C::Back])
            || asked.any(&[C::Follow, C::Following])
                && ["by", "us", "me"].iter().any(|word| asked.word(word));
        returns && (is_false != inverted)
    })
}
