//! A forward: from one chat to others, as it happens.

use std::collections::HashMap;

use super::File;
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{
    Action, Audience, AudienceKind, Automation, Event, Stated, Text, Trigger, Verb, Visibility,
};
use crate::syntax::{Kind, NodeRef};

/// A forward that happens.
pub(super) struct Forward<'t> {
    item: NodeRef<'t>,
    source: Text,
    dest: Vec<Text>,
}

impl<'t> File<'t> {
    /// The forwards that happen: switched on, with a source and destinations. Of two with one source the last
    /// one counts.
    pub(super) fn forwards(&self, lowered: &mut Lowered) -> Vec<Forward<'t>> {
        let mut forwards: Vec<Forward<'t>> = Vec::new();
        let mut by_source: HashMap<String, usize> = HashMap::new();
        let items = self.root.get("forwards").into_iter().flat_map(NodeRef::items);
        for item in items {
            let Some(forward) = self.forward(item, lowered) else { continue };
            if let Some(earlier) = by_source.insert(forward.source.text.to_lowercase(), forwards.len())
                && let Some(earlier) = forwards.get_mut(earlier)
            {
                let text = "a later forward has the same source and takes the place of this one";
                let help = "list all destinations in one forward";
                lowered.remark(RemarkKind::Inert, earlier.source.site, text, help);
                earlier.dest.clear();
            }
            forwards.push(forward);
        }
        forwards.retain(|forward| !forward.dest.is_empty());
        forwards
    }

    fn forward(&self, item: NodeRef<'t>, lowered: &mut Lowered) -> Option<Forward<'t>> {
        if item.kind() != Kind::Mapping {
            let text = "a forward is a mapping with `source` and `dest`";
            lowered.remark(RemarkKind::Malformed, self.reader.site(item), text, "");
            return None;
        }
        let is_off = item.get("use_this").is_some_and(|node| self.reader.flag(node).get() == Some(false));
        let source = item.get("source").filter(|node| node.kind() == Kind::Scalar)?;
        if is_off || source.text().trim().is_empty() {
            return None;
        }
        let dest = item.get("dest")?;
        if dest.kind() == Kind::Scalar && !dest.text().trim().is_empty() && !dest.templated() {
            let text = "tgcf refuses a `dest` that is no list";
            lowered.remark(RemarkKind::Malformed, self.reader.site(dest), text, "put it in brackets");
        }
        let called = |text: Text| Text { text: channel(&text.text), site: text.site };
        let dest = self.reader.texts(dest).into_iter().filter(|text| !text.text.trim().is_empty());
        Some(Forward { item, source: called(self.reader.text(source)), dest: dest.map(called).collect() })
    }

    pub(super) fn automation(&self, account: usize, forward: &Forward<'t>) -> Automation {
        let site = self.reader.site(forward.item);
        let mut trigger = Trigger::new(Event::PostBy, forward.source.site);
        trigger.from =
            Some(Audience::new(AudienceKind::Named, forward.source.site).of(vec![forward.source.clone()]));
        trigger.filters = self.wanted_words();
        let name = forward.item.get("con_name").map(NodeRef::text).filter(|name| !name.is_empty());
        let actions = forward.dest.iter().map(|dest| self.action(forward, dest)).collect();
        Automation {
            name: name.map_or_else(|| format!("forward from {}", forward.source.text), str::to_owned),
            site,
            account,
            triggers: vec![trigger],
            actions,
            ..Automation::default()
        }
    }

    fn action(&self, forward: &Forward<'t>, dest: &Text) -> Action {
        let of = vec![dest.clone()];
        if matches!(dest.text.as_str(), "me" | "self") {
            // Saved Messages: only the account itself reads there.
            return Action::new(
                Verb::Collect,
                dest.site,
                Audience::new(AudienceKind::Operator, dest.site).of(of),
            );
        }
        // Chats have negative numbers; a positive one is a person or a bot.
        let is_person = dest.text.parse::<i64>().is_ok_and(|number| number > 0);
        let kind = if is_person { AudienceKind::Named } else { AudienceKind::Public };
        let mut action = Action::new(Verb::Post, dest.site, Audience::new(kind, dest.site).of(of));
        // A name or a number does not tell how many people may read a chat.
        action.visibility = match is_person {
            true => Stated::Known(Visibility::Private, dest.site),
            false => Stated::Unknown(dest.site),
        };
        action.texts = self.captions();
        action.marked = self.marked(&forward.source);
        if self.is_past() {
            let site = self.root.get("mode").map_or(dest.site, |mode| self.reader.site(mode));
            action.manner = Stated::Known("history".to_owned(), site);
        }
        action
    }

    /// Whether a copy shows where it comes from. Silence means no, and yet it is no statement: many who say
    /// nothing copy from a chat of their own. Taking the origin out of the text is one.
    fn marked(&self, source: &Text) -> Stated<bool> {
        let Some(node) = self.root.get("show_forwarded_from") else {
            return self.strips_origin().map_or(Stated::Absent, |switch| switch.on.map(|_| false));
        };
        match self.reader.flag(node) {
            Stated::Known(false, _) if self.credits(source).is_some() => {
                self.credits(source).map_or(Stated::Absent, |site| Stated::Known(true, site))
            }
            stated => stated,
        }
    }
}

/// One spelling for the ways to name a chat: `@name` for names and public links, numbers and invitations as
/// they are.
pub(super) fn channel(text: &str) -> String {
    let text = text.trim();
    let bare = text.trim_start_matches("https://").trim_start_matches("http://");
    let linked = ["t.me/", "telegram.me/"].into_iter().find_map(|host| bare.strip_prefix(host));
    let name = linked.map_or(text, |rest| rest.trim_start_matches("s/").trim_end_matches('/'));
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name && !matches!(name, "me" | "self" | "joinchat") { format!("@{name}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::channel;

    #[test]
    fn chats_have_one_name() {
        for (text, name) in [
            ("kitchen_news", "@kitchen_news"),
            ("@kitchen_news", "@kitchen_news"),
            ("https://t.me/kitchen_news/", "@kitchen_news"),
            ("t.me/s/kitchen_news", "@kitchen_news"),
            ("https://t.me/+AbCdEf", "https://t.me/+AbCdEf"),
            ("-1001234567890", "-1001234567890"),
            ("me", "me"),
        ] {
            assert_eq!(channel(text), name, "{text}");
        }
    }
}
