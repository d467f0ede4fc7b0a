//! Parsers: every text gives a tree that can be walked, whose places lie in the text, with errors that say something.

use botiquette::source::{LineIndex, Span};
use botiquette::syntax::{Beginnings, NodeRef, Schema, Syntax, Tree, parse};

const SCHEMAS: [Schema; 5] = [Schema::Yaml11, Schema::Yaml12, Schema::Json, Schema::Toml, Schema::Text];

pub(super) fn run(text: &str, syntax: Syntax) {
    let parsed = parse(text, syntax);
    walk(&parsed.tree);
    for error in &parsed.errors {
        assert!(fits(error.span, text), "an error outside of the text: {error:?}");
        assert!(
            error.opening.is_none_or(|span| fits(span, text)),
            "an opening outside of the text: {error:?}"
        );
        assert!(!error.message.is_empty(), "an error that says nothing");
    }
    let again = parse(text, syntax);
    assert_eq!(outline(&parsed.tree), outline(&again.tree), "read twice, it says something else");
    assert_eq!(parsed.errors, again.errors);
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text)
        && syntax == Syntax::Json
        && parsed.limits.is_empty()
    {
        // What a known reader accepts is accepted; repeated keys and nesting beyond the limit are ours to judge.
        let too_deep = parsed.errors.iter().any(|error| error.message.contains("nest"));
        assert!(parsed.errors.is_empty() || too_deep, "valid JSON is refused: {:?} {value}", parsed.errors);
    }
}

/// Looks at everything there is in a tree.
pub(super) fn walk(tree: &Tree<'_>) {
    let text = tree.text();
    tree.documents().for_each(|root| visit(root, text));
    let lines = LineIndex::new(text);
    let beginnings = Beginnings::new(tree, &lines);
    for comment in tree.comments() {
        assert!(fits(comment.span, text), "a comment outside of the text");
        let line = beginnings.line_to_comment(comment.span.start);
        assert!(lines.span(text, line).is_some(), "a comment for a line that is not there");
    }
    let _ = tree.duplicate_keys().count();
}

fn visit(node: NodeRef<'_>, text: &str) {
    assert!(fits(node.span(), text) && fits(node.written(), text), "{node:?} is outside of the text");
    assert!(node.defined().is_none_or(|span| fits(span, text)));
    for schema in SCHEMAS {
        let _ = node.value(schema);
    }
    let _ = (node.text(), node.tag(), node.anchor(), node.template_name(), node.duplicates(), node.get("a"));
    for entry in node.entries() {
        visit(entry.key, text);
        visit(entry.value, text);
    }
    node.items().for_each(|item| visit(item, text));
}

/// What a tree says, wherever it says it.
pub(super) fn outline(tree: &Tree<'_>) -> Vec<String> {
    fn add(node: NodeRef<'_>, found: &mut Vec<String>) {
        // Past this, two trees differ by their number of nodes at the latest.
        if found.len() > 5_000 {
            return;
        }
        found.push(format!("{:?} {:?} {:?} {:?}", node.kind(), node.tag(), node.text(), node.anchor()));
        for entry in node.entries() {
            add(entry.key, found);
            add(entry.value, found);
        }
        node.items().for_each(|item| add(item, found));
    }
    let mut found = vec![tree.node_count().to_string()];
    tree.documents().for_each(|root| add(root, &mut found));
    found
}

pub(super) fn fits(span: Span, text: &str) -> bool {
    text.get(span.start as usize..span.end as usize).is_some()
}
