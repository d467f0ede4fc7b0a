//! Inputs made to hurt: deep nesting, aliases that multiply, repeated keys, comments without end. Each is
//! read or refused, and walking the result ends.

use botiquette::syntax::{LimitHit, Limits, NodeRef, Parsed, Syntax, parse, parse_with};

const MANY: usize = 100_000;

/// Follows everything, aliases too, and counts the nodes.
fn walk(node: NodeRef<'_>) -> usize {
    let entries: usize = node.entries().map(|entry| walk(entry.key) + walk(entry.value)).sum();
    let items: usize = node.items().map(walk).sum();
    1 + entries + items
}

fn visited(parsed: &Parsed<'_>) -> usize {
    parsed.tree.documents().map(walk).sum()
}

#[test]
fn deep_nesting_is_refused() {
    let cases = [
        ("[".repeat(MANY), Syntax::Yaml),
        ("[".repeat(MANY) + &"]".repeat(MANY), Syntax::Yaml),
        ("{a: ".repeat(MANY) + &"}".repeat(MANY), Syntax::Yaml),
        ("- ".repeat(MANY) + "x\n", Syntax::Yaml),
        ("? ".repeat(MANY) + "x\n", Syntax::Yaml),
        ((0..2000).map(|level| format!("{:level$}k:\n", "")).collect(), Syntax::Yaml),
        ("[".repeat(MANY), Syntax::Json),
        ("{\"a\":".repeat(MANY) + "1" + &"}".repeat(MANY), Syntax::Json),
        ("a = ".to_owned() + &"[".repeat(MANY), Syntax::Toml),
        ("a = ".to_owned() + &"{a=".repeat(MANY), Syntax::Toml),
        (vec!["a"; MANY].join(".") + " = 1\n", Syntax::Toml),
    ];
    for (text, syntax) in cases {
        let parsed = parse(&text, syntax);
        let message = parsed.errors.first().map(|error| error.message.as_str()).unwrap_or_default();
        assert!(message.contains("deep"), "{syntax:?} {:.20}: {message}", text);
        assert!(visited(&parsed) < 1000);
    }
}

#[test]
fn aliases_that_multiply_are_followed_up_to_a_limit() {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(",");
        text += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    let parsed = parse(&text, Syntax::Yaml);
    assert!(matches!(parsed.limits.as_slice(), [LimitHit::Aliases(_)]));
    assert!(visited(&parsed) as u64 <= 200 + Limits::default().alias_nodes);
}

#[test]
fn aliases_that_nest_are_followed_up_to_a_limit() {
    let chain: String = (1..5000).map(|level| format!("- &a{level} [*a{}]\n", level - 1)).collect();
    let parsed = parse("- &a0 [x]\n", Syntax::Yaml);
    assert_eq!(visited(&parsed), 3);
    let text = format!("- &a0 [x]\n{chain}");
    let parsed = parse(&text, Syntax::Yaml);
    assert!(matches!(parsed.limits.as_slice(), [LimitHit::Aliases(_)]));
    assert!(visited(&parsed) > 5000);
}

#[test]
fn merges_that_multiply_cost_one_visit_each() {
    let merge =
        |level: usize| format!("a{level}: &a{level} {{<<: [*a{0}, *a{0}], k{level}: 1}}\n", level - 1);
    let text = "a0: &a0 {k0: 1}\n".to_owned() + &(1..10).map(merge).collect::<String>();
    let parsed = parse(&text, Syntax::Yaml);
    assert_eq!((parsed.errors.len(), parsed.limits.len()), (0, 0));
    let root = parsed.tree.documents().next().unwrap();
    assert_eq!(root.get("a9").unwrap().entries().count(), 10);
}

#[test]
fn many_keys_comments_documents_and_errors_are_read() {
    let parsed = parse(&"k: 1\n".repeat(MANY), Syntax::Yaml).tree.duplicate_keys().count();
    assert_eq!(parsed, MANY - 1);
    let json = format!("{{{}}}", vec!["\"k\":1"; MANY].join(","));
    assert_eq!(parse(&json, Syntax::Json).tree.duplicate_keys().count(), MANY - 1);
    let comments = "# c\n".repeat(MANY) + "a: 1\n";
    assert_eq!(parse(&comments, Syntax::Yaml).tree.comments().len(), MANY);
    let documents = "---\na: 1\n".repeat(MANY);
    assert_eq!(parse(&documents, Syntax::Yaml).tree.documents().count(), MANY);
    for (text, syntax) in [
        ("---\n[\n".repeat(MANY), Syntax::Yaml),
        ("k = 1\n".repeat(MANY), Syntax::Toml),
        ("nonsense\n".repeat(MANY), Syntax::Dotenv),
        ("nonsense\n".repeat(MANY), Syntax::Ini),
    ] {
        let parsed = parse(&text, syntax);
        assert_eq!(parsed.errors.len(), Limits::default().errors, "{syntax:?}");
        assert!(matches!(parsed.limits.as_slice(), [LimitHit::Errors(_)]));
    }
}

#[test]
fn a_file_with_too_many_values_is_refused() {
    let limits = Limits { nodes: 100, ..Limits::default() };
    for (text, syntax) in [
        ("- a\n".repeat(200), Syntax::Yaml),
        (format!("[{}1]", "1,".repeat(200)), Syntax::Json),
        (format!("a = [{}]", "1,".repeat(200)), Syntax::Toml),
    ] {
        let parsed = parse_with(&text, syntax, &limits);
        assert_eq!(parsed.errors.len(), 1, "{syntax:?}");
        assert_eq!(parsed.tree.documents().count(), 0);
    }
}
