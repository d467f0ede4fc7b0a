//! The parser's events, each put into the draft.
use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, ParseError, Raw};

use super::Draft;
use super::entry::Content;
use super::scalar::to_span;
use crate::syntax::builder::to_u32;

impl EventReceiver for Draft<'_> {
    fn std_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.header = Some((to_span(span), false));
    }

    fn array_table_open(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.header = Some((to_span(span), true));
    }

    fn std_table_close(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        self.open_table(Some(to_u32(span.end())), error);
    }

    fn array_table_close(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        self.open_table(Some(to_u32(span.end())), error);
    }

    fn simple_key(&mut self, span: toml_parser::Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let key = to_span(span);
        Raw::new_unchecked(key.slice(self.text), encoding, span).decode_key(&mut (), error);
        self.keys.push(key);
    }

    fn scalar(&mut self, span: toml_parser::Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let value = to_span(span);
        let mut text = Cow::Borrowed("");
        let raw = Raw::new_unchecked(value.slice(self.text), encoding, span);
        let mut is_sound = true;
        let kind = raw.decode_scalar(&mut text, &mut |mistake| {
            is_sound = false;
            error.report_error(mistake);
        });
        let mistake = match kind {
            _ if !is_sound => None,
            ScalarKind::Integer(radix) if i64::from_str_radix(&text, radix.value()).is_err() => {
                Some("the whole number does not fit 64 bits".to_owned())
            }
            ScalarKind::DateTime => {
                text.parse::<toml::value::Datetime>().err().map(|error| error.to_string())
            }
            _ => None,
        };
        if let Some(mistake) = mistake {
            error.report_error(ParseError::new(mistake).with_unexpected(span));
        }
        self.put(Content::Scalar, value, error);
    }

    fn array_open(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) -> bool {
        let array = self.put(Content::Array, to_span(span), error);
        self.open.push(array);
        true
    }

    fn inline_table_open(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) -> bool {
        let table = self.put(Content::Table, to_span(span), error);
        self.open.push(table);
        true
    }

    fn array_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn inline_table_close(&mut self, span: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn value_sep(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.keys.clear();
    }

    fn newline(&mut self, _: toml_parser::Span, error: &mut dyn ErrorSink) {
        if self.open.is_empty() {
            self.end_statement(error);
        }
    }
}
