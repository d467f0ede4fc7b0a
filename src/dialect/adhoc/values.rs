//! Values that name something: a platform, what an item of a list does, what sets it off, which kind of people.

use super::given::listed;
use super::leaf::Leaf;
use super::vocabulary::{Idea, Key, Role};
use super::walk::{Context, Walk};
use crate::model::{Audience, AudienceKind, Event, Site, Text, Verb};
use crate::syntax::{Kind, NodeRef};

impl<'t> Walk<'t> {
    /// `platform: twitter`.
    pub(super) fn platform_in(&self, key: &Key, value: NodeRef<'t>) -> Option<&'static str> {
        let is_name = |idea| matches!(idea, Idea::Role(Role::PlatformName | Role::Bot | Role::Plain));
        if value.kind() != Kind::Scalar || !key.has(Role::PlatformName) || !key.is_only(is_name) {
            return None;
        }
        let named = self.vocabulary.read(value.text());
        let platform = named.pick(|idea| if let Idea::Platform(name) = idea { Some(name) } else { None });
        platform.filter(|_| named.words.len() <= 2)
    }

    /// `- type: follow`: what the item of a list of tasks does.
    pub(super) fn task(&self, item: NodeRef<'t>, context: &Context) -> Option<(Verb, Option<Event>, Site)> {
        let is_list =
            |idea| matches!(idea, Idea::Role(Role::ItemList | Role::Modes | Role::Plain | Role::Bot));
        if !self.vocabulary.read(&context.section).is_only(is_list) {
            return None;
        }
        item.entries().find_map(|entry| {
            let is_name = |idea| matches!(idea, Idea::Role(Role::ItemVerb));
            let key = self.vocabulary.read(entry.key.text());
            if entry.value.kind() != Kind::Scalar || entry.value.templated() || !key.is_only(is_name) {
                return None;
            }
            let named = self.vocabulary.read(entry.value.text());
            let (verb, _) = named.verb(&self.survey.platforms).filter(|_| named.words.len() <= 4)?;
            Some((verb, named.event(), self.reader.site(entry.value)))
        })
    }

    /// `trigger: new_follower`.
    pub(super) fn event_named(&self, leaf: Leaf<'t, '_>) -> Option<Event> {
        let is_name = |idea| matches!(idea, Idea::Role(Role::EventName));
        if leaf.is_list() || !leaf.key.is_only(is_name) {
            return None;
        }
        let named = self.vocabulary.read(leaf.value.text());
        named.event().filter(|_| named.words.len() <= 4)
    }

    /// `source: followers`.
    pub(super) fn people_named(&self, leaf: Leaf<'t, '_>) -> Option<AudienceKind> {
        let is_name = |idea| matches!(idea, Idea::Role(Role::AudienceName));
        if leaf.is_list() || !leaf.key.is_only(is_name) {
            return None;
        }
        let named = self.vocabulary.read(leaf.value.text());
        let kind = |idea| if let Idea::AudienceValue(kind) = idea { Some(kind) } else { None };
        named.is_only(|idea| kind(idea).is_some()).then(|| named.pick(kind)).flatten()
    }

    /// Names that all begin with `#` are tags to search for, whatever the key calls them.
    pub(super) fn people(&self, kind: AudienceKind, leaf: Leaf<'t, '_>, site: Site) -> Audience {
        let texts: Vec<Text> = listed(&self.reader, leaf.value);
        let are_tags = !texts.is_empty() && texts.iter().all(|text| text.text.starts_with('#'));
        Audience::new(if are_tags { AudienceKind::Search } else { kind }, site).of(texts)
    }
}

/// Kinds of people that nobody needs to be named for.
pub(super) const fn needs_no_names(kind: AudienceKind) -> bool {
    matches!(
        kind,
        AudienceKind::NonFollowers
            | AudienceKind::Inactive
            | AudienceKind::OwnFollowers
            | AudienceKind::OwnFollowing
            | AudienceKind::Members
            | AudienceKind::Random
    )
}

/// `source: followers` and `target: "@rival"` are one audience: the followers of somebody.
pub(super) fn unite_names(audiences: &mut Vec<Audience>) {
    let is_nameless = |audience: &Audience| audience.of.is_empty() && !needs_no_names(audience.kind);
    let Some(named) = audiences.iter().position(|audience| audience.kind == AudienceKind::Named) else {
        return;
    };
    let Some(open) = audiences.iter().position(is_nameless).filter(|open| *open != named) else { return };
    let names = audiences.get(named).map(|audience| audience.of.clone()).unwrap_or_default();
    if let Some(audience) = audiences.get_mut(open) {
        audience.of = names;
    }
    audiences.remove(named);
}
