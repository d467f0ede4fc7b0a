//! Files of people: what their names and the entries beside them say of where the people come from.

use crate::model::{Audience, AudienceKind, ListSource, Stated, Text};
use crate::reader::clauses::frame::Frame;
use crate::reader::concept::Concept as C;
use crate::reader::roles::audience::is_file;
use crate::reader::roles::value::listed;
use crate::reader::sense;
use crate::reader::walk::{Item, Walk};
use crate::reader::words::Phrase;
use crate::syntax::Kind;

impl<'t> Walk<'t> {
    /// `partner_file: lists/owners_purchased_uk.csv`: the name of a file says where its people come from, whatever the
    /// key is called.
    pub(crate) fn people_file(&mut self, item: &Item<'t>, frame: &mut Frame) -> bool {
        if item.value.kind() == Kind::Mapping {
            return false;
        }
        // `never_import: [purchased, scraped]` says who is not among them.
        if item.phrase.any(&[C::Not, C::Except]) && item.phrase.any(&[C::Collect, C::Add]) {
            return true;
        }
        let mut texts = listed(&self.reader, item.value);
        texts.retain(|text| {
            let name = text.text.rsplit('/').next().unwrap_or_default();
            let collected = self.collected.contains(text.text.as_str());
            is_file(&text.text) && !text.text.contains("://") && {
                let name = Phrase::read(name);
                let agreed = || {
                    sense::people(&name) == Some(AudienceKind::OptInList)
                        && sense::act(&item.phrase).is_none()
                };
                collected || sense::list_source(&name).is_some() || agreed()
            }
        });
        self.bought_list(item, frame) || !texts.is_empty() && self.list_in_file(&texts, frame)
    }

    /// `whom: streamers.csv`: the key says that people stand in the file.
    pub(crate) fn people_in_file(&self, texts: &[Text], key: &Phrase, frame: &mut Frame) -> bool {
        let is_table = |text: &Text| {
            [".csv", ".tsv", ".xlsx", ".txt", ".json"]
                .iter()
                .any(|end| text.text.to_lowercase().ends_with(end))
        };
        let people = key.any(&[C::To, C::People, C::Lead, C::Customer, C::Acquaintance])
            && !key.any(&[C::Source, C::Collect, C::Channel, C::Text]);
        let Some(first) = texts.first().filter(|_| people && texts.iter().all(is_table)) else {
            return false;
        };
        frame.audiences.push(Audience::new(AudienceKind::List, first.site).of(texts.to_vec()));
        true
    }

    /// `origin: bought` beside the file of a list.
    fn bought_list(&mut self, item: &Item<'t>, frame: &mut Frame) -> bool {
        let value = item.said();
        let first =
            value.words.first().map(|word| Phrase { words: vec![word.clone()], concepts: word.concepts });
        let begins = first.is_some_and(|first| sense::list_source(&first) == Some(ListSource::Bought));
        let says = item.value.kind() == Kind::Scalar
            && (value.words.len() <= 2 || begins)
            && item.phrase.any(&[C::Source, C::List, C::Lead])
            && sense::list_source(value) == Some(ListSource::Bought);
        if says {
            let site = self.reader.site(item.value);
            let source = Stated::Known(ListSource::Bought, site);
            let Some(scope) = self.scope_of(frame.account) else { return true };
            let listed = frame.audiences.last_mut().or(scope.people.last_mut());
            match listed.filter(|listed| listed.kind == AudienceKind::List && !listed.of.is_empty()) {
                Some(listed) => listed.source = source,
                None => {
                    let mut audience = Audience::new(AudienceKind::List, site);
                    audience.source = source;
                    scope.people.push(audience);
                }
            }
        }
        says
    }

    /// A file whose name tells who stands in it: `members-who-asked.csv`, `scraped_leads.csv`.
    pub(crate) fn list_in_file(&mut self, texts: &[Text], frame: &mut Frame) -> bool {
        for text in texts {
            let path = text.text.trim_start_matches(['.', '/']);
            let name = Phrase::read(path.rsplit_once('.').map_or(path, |(stem, _)| stem));
            let source = match self.collected.contains(text.text.as_str()) {
                true => Some(ListSource::Scraped),
                false => sense::list_source(&name),
            };
            let kind = match sense::people(&name) {
                Some(AudienceKind::OptInList) => AudienceKind::OptInList,
                Some(AudienceKind::Search | AudienceKind::Operator) => continue,
                Some(_) => AudienceKind::List,
                None if source.is_some() => AudienceKind::List,
                None => continue,
            };
            let mut audience = Audience::new(kind, text.site).of(vec![text.clone()]);
            audience.source = source.map_or(Stated::Absent, |source| Stated::Known(source, text.site));
            match self.scopes.get_mut(frame.account).filter(|_| frame.name.is_empty()) {
                Some(scope) => scope.people.push(audience),
                None => frame.audiences.push(audience),
            }
        }
        true
    }
}
