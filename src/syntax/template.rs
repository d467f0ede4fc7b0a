//! Placeholders: scalars that only a run can fill in, and files that must be rendered before they are read.

use super::SyntaxError;

/// Tags by which tools look a value up elsewhere, compared without case.
const LOOKUP_TAGS: [&str; 7] = ["!secret", "!vault", "!env", "!env_var", "!envvar", "!include", "!ref"];

/// Whether a YAML tag says that the value comes from elsewhere.
pub(super) fn is_lookup_tag(tag: &str) -> bool {
    LOOKUP_TAGS.iter().any(|known| tag.eq_ignore_ascii_case(known))
}

/// What a scalar refers to, if the whole of it is one reference. `bare_names` allows `$NAME`.
pub(super) fn reference(text: &str, bare_names: bool) -> Option<&str> {
    let text = text.trim();
    // Cheap refusal of nearly every scalar.
    if !matches!(text.as_bytes().first(), Some(b'$' | b'{' | b'<' | b'%' | b'e')) {
        return None;
    }
    let between = |start: &str, end: &str| {
        let inner = text.strip_prefix(start)?.strip_suffix(end)?;
        (!inner.contains(end)).then_some(inner.trim())
    };
    if let Some(expression) = between("${{", "}}").or_else(|| between("{{", "}}")) {
        // Jinja trims white space with `{{- x -}}`.
        return Some(expression.trim_matches(['-', ' ']));
    }
    if let Some(expression) = between("<%=", "%>") {
        return Some(expression);
    }
    if let Some(variable) = between("${", "}") {
        // `${NAME:-default}` and its relatives.
        let end = variable.find([':', '-', '?', '+', '=']).unwrap_or(variable.len());
        return variable.get(..end).filter(|name| is_name(name));
    }
    let name = text.strip_prefix("env:").or_else(|| between("%(", ")s"));
    let name = name.or_else(|| text.strip_prefix('$').filter(|_| bare_names));
    name.filter(|name| is_name(name))
}

/// Letters, digits, `_`, `.` and `-`, not starting with a digit.
fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

/// Adds to the errors of a file what they most likely mean if it is a template.
pub(super) fn explain(text: &str, errors: &mut [SyntaxError]) {
    if errors.is_empty() || !is_template(text) {
        return;
    }
    for error in errors {
        error.template = true;
        error.help = Some("this is a template; lint the rendered file".to_owned());
    }
}

/// Whether a text has Jinja, Helm or ERB statements. Expressions alone (`{{ x }}`) do not count: many tools
/// keep those within ordinary values.
fn is_template(text: &str) -> bool {
    const HELM_STATEMENTS: [&str; 7] = ["if ", "range ", "with ", "end", "else", "include ", "define "];
    let is_helm = || {
        text.match_indices("{{").any(|(at, _)| {
            let inside = text.get(at + 2..).unwrap_or("").trim_start_matches(['-', ' ']);
            HELM_STATEMENTS.iter().any(|statement| inside.starts_with(statement))
        })
    };
    let has_both = |start, end| text.contains(start) && text.contains(end);
    has_both("{%", "%}") || has_both("<%", "%>") || is_helm()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Kind, Syntax, parse};

    #[test]
    fn the_whole_scalar_is_a_reference_or_none_of_it() {
        let cases = [
            ("{{ user.name }}", Some("user.name")),
            ("{{- x -}}", Some("x")),
            ("${{ secrets.TOKEN }}", Some("secrets.TOKEN")),
            ("${TOKEN}", Some("TOKEN")),
            ("${TOKEN:-none}", Some("TOKEN")),
            ("<%= ENV['X'] %>", Some("ENV['X']")),
            ("env:TOKEN", Some("TOKEN")),
            ("%(here)s", Some("here")),
            ("hello {{ name }}", None),
            ("{{ a }} {{ b }}", None),
            ("${{ a }}/${{ b }}", None),
            ("{name}", None),
            ("$TOKEN", None),
            ("environment", None),
            ("env:", None),
            ("$5", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(reference(text, false), expected, "{text}");
        }
        assert_eq!(reference("$TOKEN", true), Some("TOKEN"));
        assert_eq!(reference("$5", true), None);
    }

    #[test]
    fn unquoted_braces_are_one_scalar() {
        let text = "a: {{ x }}\nb: {c: {{y}}, d: 1}\ne: !secret pass\nf: {{k: v}: w}\n";
        let parsed = parse(text, Syntax::Yaml);
        assert_eq!(parsed.errors, []);
        let root = parsed.tree.documents().next().unwrap();
        let a = root.get("a").unwrap();
        assert_eq!((a.kind(), a.raw(), a.template_name()), (Kind::Scalar, "{{ x }}", Some("x")));
        let b = root.get("b").unwrap();
        assert_eq!(b.get("c").unwrap().template_name(), Some("y"));
        assert_eq!(b.get("d").unwrap().text(), "1");
        assert_eq!(root.get("e").unwrap().template_name(), Some("pass"));
        assert_eq!(root.get("f").unwrap().kind(), Kind::Mapping);
    }

    #[test]
    fn a_broken_template_is_called_one() {
        let parsed = parse("{% if x %}\na: 1\n{% endif %}\n", Syntax::Yaml);
        assert!(parsed.errors.iter().all(|error| error.template) && !parsed.errors.is_empty());
        let parsed = parse("a: [1\nb: {{ x }}\n", Syntax::Yaml);
        assert!(parsed.errors.iter().all(|error| !error.template) && !parsed.errors.is_empty());
    }
}
