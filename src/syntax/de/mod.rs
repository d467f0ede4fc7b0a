//! Typed values from nodes, by serde. An error knows the node it is about.

mod content;

use serde::de::{self, Deserialize, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Kind, NodeRef, Schema, Value, scalar};
use crate::source::Span;
use content::{Map, Sequence, Variant};

/// A node that does not have the form asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DeError {
    /// What is wrong: lower case, no final period.
    pub message: String,
    /// The offending node; for a key that is missing, the mapping that should have it.
    pub span: Span,
}

/// Makes a typed value of a node. Scalars are read by the schema; under [`Schema::Text`] a number or truth
/// value that is asked for is read from the text.
///
/// # Errors
/// The first mismatch, with its place.
pub fn from_node<'de, T: Deserialize<'de>>(node: NodeRef<'de>, schema: Schema) -> Result<T, DeError> {
    T::deserialize(Reader { node, schema })
        .map_err(|error| DeError { message: error.message, span: error.span.unwrap_or_else(|| node.span()) })
}

/// An error on its way up, which gets the place of the innermost node that it passes.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
struct Mismatch {
    message: String,
    span: Option<Span>,
}

impl Mismatch {
    fn at(mut self, node: NodeRef<'_>) -> Self {
        self.span.get_or_insert_with(|| node.span());
        self
    }
}

impl de::Error for Mismatch {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), span: None }
    }
}

#[derive(Clone, Copy)]
struct Reader<'de> {
    node: NodeRef<'de>,
    schema: Schema,
}

impl<'de> Reader<'de> {
    fn to(self, node: NodeRef<'de>) -> Self {
        Self { node, ..self }
    }

    fn visit<V: Visitor<'de>>(self, value: Value<'de>, visitor: V) -> Result<V::Value, Mismatch> {
        match value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(is_true) => visitor.visit_bool(is_true),
            Value::Int(number) => visitor.visit_i64(number),
            Value::BigInt(text) => match (text.parse(), text.parse()) {
                (Ok(number), _) => visitor.visit_u64(number),
                (_, Ok(number)) => visitor.visit_f64(number),
                _ => visitor.visit_borrowed_str(text),
            },
            Value::Float(number) => visitor.visit_f64(number),
            Value::Timestamp(text) | Value::Str(text) => visitor.visit_borrowed_str(text),
        }
    }

    /// A number or truth value is asked for: a text that says nothing of types may hold one.
    fn deserialize_typed<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.schema == Schema::Text && self.node.kind() == Kind::Scalar {
            let value = scalar::resolve(self.node.text(), true, None, Schema::Yaml12);
            return self.visit(value, visitor);
        }
        de::Deserializer::deserialize_any(self, visitor)
    }
}

macro_rules! typed {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.deserialize_typed(visitor)
        })*
    };
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.node.kind() {
            Kind::Mapping => {
                visitor.visit_map(Map { reader: self, entries: self.node.entries(), value: None })
            }
            Kind::Sequence => visitor.visit_seq(Sequence { reader: self, items: self.node.items() }),
            Kind::Scalar => self.visit(self.node.value(self.schema), visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.node.kind() == Kind::Scalar && self.node.value(self.schema) == Value::Null {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    /// A variant without content is its name; one with content is a mapping of its name to the content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        if self.node.kind() == Kind::Scalar {
            return visitor.visit_enum(self.node.text().into_deserializer());
        }
        let mut entries = self.node.entries();
        match (entries.next(), entries.next()) {
            (Some(entry), None) => {
                visitor.visit_enum(Variant { reader: self, key: entry.key, value: entry.value })
            }
            _ => Err(de::Error::custom("expected one name, or one name with its content")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }

    typed! { deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
    deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
    deserialize_f64 }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// A key is read as its text, whatever it would mean as a value, unless a number is asked for.
struct Key<'de>(Reader<'de>);

macro_rules! typed_key {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            let text = self.0.node.text();
            self.0.visit(scalar::resolve(text, true, None, Schema::Yaml12), visitor)
        })*
    };
}

impl<'de> de::Deserializer<'de> for Key<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0.node.kind() {
            Kind::Scalar => visitor.visit_borrowed_str(self.0.node.text()),
            Kind::Mapping | Kind::Sequence => self.0.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    typed_key! { deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
    deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
    deserialize_f64 }

    forward_to_deserialize_any! {
        char str string bytes byte_buf option unit unit_struct seq tuple tuple_struct map struct identifier
        ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::syntax::{Syntax, parse};

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Bot<'t> {
        name: &'t str,
        per_day: Option<u32>,
        #[serde(default)]
        does: Vec<Does>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Does {
        Nothing,
        Post(String),
        Wait { hours: f64 },
    }

    #[test]
    fn typed_values_come_from_any_syntax() {
        let texts = [
            ("name: a\nper-day: 5\ndoes: [nothing, post: hi, wait: {hours: 2}]\n", Syntax::Yaml),
            (
                "{\"name\": \"a\", \"per-day\": 5, \"does\": [\"nothing\", {\"post\": \"hi\"}, {\"wait\": {\"hours\": 2}}]}",
                Syntax::Json,
            ),
            (
                "name = 'a'\nper-day = 5\ndoes = ['nothing', {post = 'hi'}, {wait = {hours = 2}}]\n",
                Syntax::Toml,
            ),
        ];
        for (text, syntax) in texts {
            let parsed = parse(text, syntax);
            let root = parsed.tree.documents().next().unwrap();
            let does = vec![Does::Nothing, Does::Post("hi".to_owned()), Does::Wait { hours: 2.0 }];
            assert_eq!(
                from_node(root, root.schema()),
                Ok(Bot { name: "a", per_day: Some(5), does }),
                "{text}"
            );
        }
    }

    #[test]
    fn an_error_points_at_the_node() {
        let cases = [
            ("name: a\nper-day: many\n", "many", "invalid type: string \"many\", expected u32"),
            ("name: a\nper-week: 1\n", "per-week", "unknown field `per-week`"),
            ("per-day: 5\n", "per-day: 5", "missing field `name`"),
            ("name: a\ndoes: [post: hi, dance]\n", "dance", "unknown variant `dance`"),
            ("name: a\nper-day: -1\n", "-1", "invalid value"),
        ];
        for (text, place, message) in cases {
            let parsed = parse(text, Syntax::Yaml);
            let root = parsed.tree.documents().next().unwrap();
            let error = from_node::<Bot<'_>>(root, Schema::Yaml12).unwrap_err();
            assert_eq!(error.span.slice(text), place, "{error:?}");
            assert!(error.message.contains(message), "{error:?}");
        }
    }

    #[test]
    fn texts_and_keys_hold_numbers_when_numbers_are_asked_for() {
        let parsed = parse("1: 5\n", Syntax::Yaml);
        let root = parsed.tree.documents().next().unwrap();
        assert_eq!(from_node(root, Schema::Text), Ok(BTreeMap::from([(1_u8, 5_u64)])));
        assert_eq!(from_node(root, Schema::Text), Ok(BTreeMap::from([("1", "5")])));
        assert_eq!(from_node(root, Schema::Yaml12), Ok(BTreeMap::from([("1", 5.0)])));
    }
}
