//! What every dialect needs to read values: three-valued scalars, numbers and ranges, lists of texts.

use super::Candidate;
use crate::model::{Bound, Site, Stated, Text};
use crate::syntax::{Kind, NodeRef, Schema, Value};

/// A node of a candidate with the schema by which its tool reads plain scalars.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'t> {
    pub(crate) candidate: Candidate<'t>,
    pub(crate) schema: Schema,
    /// Whether what comes through an alias or a merge is pointed at where it is defined.
    at_definitions: bool,
}

impl<'t> Reader<'t> {
    /// Reads a candidate as its syntax suggests; tools written in Python read YAML 1.1.
    pub(crate) const fn new(candidate: Candidate<'t>, schema: Schema) -> Self {
        Self { candidate, schema, at_definitions: false }
    }

    /// The same, pointing at definitions: what several accounts take over with `<<: *base` is said there once.
    pub(crate) const fn at_definitions(self) -> Self {
        Self { at_definitions: true, ..self }
    }

    /// Where a node stands.
    pub(crate) fn site(&self, node: NodeRef<'_>) -> Site {
        match node.defined().filter(|_| self.at_definitions) {
            Some(span) => Site::new(self.candidate.file, span),
            None => self.candidate.site(node),
        }
    }

    /// A value that a template hides is unknown; otherwise what `read` makes of the scalar.
    pub(crate) fn stated<T>(
        &self,
        node: NodeRef<'t>,
        read: impl FnOnce(Value<'t>) -> Option<T>,
    ) -> Stated<T> {
        if node.templated() {
            return Stated::Unknown(self.site(node));
        }
        match read(node.value(self.schema)) {
            Some(value) => Stated::Known(value, self.site(node)),
            None => Stated::Absent,
        }
    }

    /// A boolean, also when it is written as text (`"true"`, `'no'`), as environments and inputs do.
    pub(crate) fn flag(&self, node: NodeRef<'t>) -> Stated<bool> {
        self.stated(node, |value| match value {
            Value::Bool(flag) => Some(flag),
            Value::Int(number) => Some(number != 0),
            Value::Str(text) => flag_of(text),
            _ => None,
        })
    }

    /// A number; of a range such as `40-50` the upper end. Quoted numbers count.
    pub(crate) fn number(&self, node: NodeRef<'t>) -> Stated<f64> {
        self.stated(node, |value| number_of(&value))
    }

    /// A limit: a number, or a word for "none".
    pub(crate) fn bound(&self, node: NodeRef<'t>) -> Stated<Bound> {
        self.stated(node, |value| match &value {
            Value::Str(text) if matches!(text.trim(), "unlimited" | "infinite" | "none" | "never") => {
                Some(Bound::Unlimited)
            }
            value => number_of(value).map(Bound::AtMost),
        })
    }

    /// The text of a scalar.
    pub(crate) fn text(&self, node: NodeRef<'t>) -> Text {
        Text { text: node.text().to_owned(), site: self.site(node) }
    }

    /// The text of a scalar, unknown if a template hides it.
    pub(crate) fn stated_text(&self, node: NodeRef<'t>) -> Stated<String> {
        if node.templated() {
            return Stated::Unknown(self.site(node));
        }
        Stated::Known(node.text().to_owned(), self.site(node))
    }

    /// The texts of a scalar or of a sequence of scalars.
    pub(crate) fn texts(&self, node: NodeRef<'t>) -> Vec<Text> {
        match node.kind() {
            Kind::Scalar if node.value(self.schema) == Value::Null => Vec::new(),
            Kind::Scalar => vec![self.text(node)],
            Kind::Sequence => {
                node.items().filter(|item| item.kind() == Kind::Scalar).map(|item| self.text(item)).collect()
            }
            Kind::Mapping => Vec::new(),
        }
    }
}

/// The boolean that a text stands for.
pub(crate) fn flag_of(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" | "enabled" => Some(true),
        "false" | "no" | "off" | "0" | "disabled" => Some(false),
        _ => None,
    }
}

/// The number that a scalar stands for; of a range the upper end.
pub(crate) fn number_of(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        Value::Str(text) => number_in(text),
        _ => None,
    }
}

/// A number or the upper end of a range `a-b` in a text.
pub(crate) fn number_in(text: &str) -> Option<f64> {
    range_in(text).map(|(_, high)| high)
}

/// Both ends of a range `a-b` in a text; a number alone is both.
pub(crate) fn range_in(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    if let Some(both) = number(text) {
        return Some((both, both));
    }
    let (low, high) = text.split_once('-')?;
    Some((number(low)?, number(high)?))
}
