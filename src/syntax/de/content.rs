//! What serde reads one by one: the entries of a mapping, the items of a sequence, a variant with its content.

use serde::de::{self, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::{Key, Mismatch, Reader};
use crate::syntax::{Entries, Items, Kind, NodeRef, Style};

pub(super) struct Map<'de> {
    pub(super) reader: Reader<'de>,
    pub(super) entries: Entries<'de>,
    pub(super) value: Option<NodeRef<'de>>,
}

impl<'de> MapAccess<'de> for Map<'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        let Some(entry) = self.entries.next() else { return Ok(None) };
        self.value = Some(entry.value);
        seed.deserialize(Key(self.reader.to(entry.key))).map(Some).map_err(|error| error.at(entry.key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        let value =
            self.value.take().ok_or_else(|| de::Error::custom("a value was asked for before its key"))?;
        seed.deserialize(self.reader.to(value)).map_err(|error| error.at(value))
    }
}

pub(super) struct Sequence<'de> {
    pub(super) reader: Reader<'de>,
    pub(super) items: Items<'de>,
}

impl<'de> SeqAccess<'de> for Sequence<'de> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        let Some(item) = self.items.next() else { return Ok(None) };
        seed.deserialize(self.reader.to(item)).map(Some).map_err(|error| error.at(item))
    }
}

pub(super) struct Variant<'de> {
    pub(super) reader: Reader<'de>,
    pub(super) key: NodeRef<'de>,
    pub(super) value: NodeRef<'de>,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Mismatch;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Mismatch> {
        let name = seed.deserialize(Key(self.reader.to(self.key))).map_err(|error| error.at(self.key))?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de> {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        let value = self.value;
        let is_empty =
            value.kind() == Kind::Scalar && value.style() == Style::Plain && value.text().is_empty();
        if is_empty {
            Ok(())
        } else {
            Err(<Mismatch as de::Error>::custom("this name takes no content").at(value))
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(self.reader.to(self.value)).map_err(|error| error.at(self.value))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Mismatch> {
        let reader = self.reader.to(self.value);
        de::Deserializer::deserialize_any(reader, visitor).map_err(|error| error.at(self.value))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let reader = self.reader.to(self.value);
        de::Deserializer::deserialize_any(reader, visitor).map_err(|error| error.at(self.value))
    }
}
