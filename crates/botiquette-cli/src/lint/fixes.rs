//! `lint --fix` and its kin: fixes are found and tried by the library, written through the one writer, or shown.

use std::path::Path;

use botiquette::fix::{Fixed, fix};
use botiquette::fs::read;
use botiquette::source::{MAX_FILE_BYTES, spelled};
use botiquette::{Input, Linter, Safety};
use similar::TextDiff;

use crate::files::replace;
use crate::{Failure, Verdict, print_text};

/// What is to be done about what can be fixed.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub(in crate::lint) struct Fixing {
    /// Make the fixes that take nothing away, then lint again
    #[arg(long, conflicts_with_all = ["watch", "base", "add_suppressions"])]
    fix: bool,

    /// Make the fixes, too, that take something away, with --fix, --fix-only or --diff
    #[arg(long)]
    unsafe_fixes: bool,

    /// Make the fixes and report nothing
    #[arg(long, conflicts_with_all = ["fix", "diff", "watch", "base", "add_suppressions", "format", "output"])]
    fix_only: bool,

    /// Show what the fixes would change, and change nothing
    #[arg(long, conflicts_with_all = ["fix", "watch", "base", "add_suppressions", "format", "output"])]
    diff: bool,
}

impl Fixing {
    /// Refuses what cannot work, before anything is read.
    pub(in crate::lint) fn check(self, reads_stdin: bool) -> Result<(), Failure> {
        let refuse = |why: &str| Err(Failure::Usage(why.to_owned()));
        if self.unsafe_fixes && !self.is_wanted() {
            return refuse("--unsafe-fixes goes with --fix, --fix-only or --diff");
        }
        if reads_stdin && (self.fix || self.fix_only) {
            return refuse("nothing can be written into standard input (`-`); use --diff");
        }
        Ok(())
    }

    /// Whether anything is to be fixed or shown.
    pub(in crate::lint) const fn is_wanted(self) -> bool {
        self.fix || self.fix_only || self.diff
    }

    /// Whether the run ends with the fixes.
    pub(in crate::lint) const fn is_all(self) -> bool {
        self.fix_only || self.diff
    }
}

/// What became of the wish.
pub(in crate::lint) struct Made {
    /// What was done and what was not, in sentences.
    pub(in crate::lint) notes: Vec<String>,
    /// What it comes to, if that is all that the run does.
    pub(in crate::lint) verdict: Verdict,
}

/// Fixes what can be fixed in these inputs, or shows how.
pub(in crate::lint) fn make(wish: Fixing, linter: &Linter, inputs: Vec<Input>) -> Result<Made, Failure> {
    let most = if wish.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
    let fixed = fix(linter, inputs.clone(), most);
    if wish.diff {
        show(linter, inputs, &fixed)?;
        let verdict = if fixed.texts.is_empty() { Verdict::Clean } else { Verdict::Findings };
        return Ok(Made { notes: vec![counted("would fix", &fixed, &fixed)], verdict });
    }
    let (mut notes, mut refused) = (Vec::new(), Vec::new());
    for (path, text) in &fixed.texts {
        if let Err(why) = put(path, text, &inputs) {
            notes.push(format!("nothing fixed in {}: {why}", spelled(path)));
            refused.push(path.clone());
        }
    }
    let done = fixed.done.iter().filter(|done| !refused.contains(&done.path)).cloned().collect();
    let written = Fixed { done, ..Fixed::default() };
    notes.insert(0, counted("fixed", &written, &fixed));
    let verdict = if refused.is_empty() { Verdict::Clean } else { Verdict::Trouble };
    Ok(Made { notes, verdict })
}

/// Writes a file that is still what it was when it was read.
fn put(path: &Path, text: &str, inputs: &[Input]) -> Result<(), String> {
    let now = read(path, MAX_FILE_BYTES).map_err(|error| error.to_string())?;
    let is_same = inputs.iter().any(|input| match input {
        Input::File(file) => file.path == path && file.text.as_ref().is_ok_and(|text| *text == now),
        Input::Stdin { .. } | Input::Problem(_) => false,
    });
    if !is_same {
        return Err("it has changed since it was read".to_owned());
    }
    replace(path, text).map_err(|error| error.to_string())
}

/// `fixed 3 findings in 2 files (1 of them unsafe); 4 more with --unsafe-fixes`.
fn counted(what: &str, made: &Fixed, fixed: &Fixed) -> String {
    let number = |count: usize, kind: &str| {
        if count == 1 { format!("1 {kind}") } else { format!("{count} {kind}s") }
    };
    let mut paths: Vec<&Path> = made.done.iter().map(|done| done.path.as_path()).collect();
    paths.sort_unstable();
    paths.dedup();
    let mut said = format!("{what} {}", number(made.done.len(), "finding"));
    if !paths.is_empty() {
        said.push_str(&format!(" in {}", number(paths.len(), "file")));
    }
    let taken = made.done.iter().filter(|done| done.safety == Safety::Unsafe).count();
    if taken > 0 {
        said.push_str(&format!(", {taken} with an unsafe fix"));
    }
    if fixed.unsafe_left > 0 {
        said.push_str(&format!("; {} more with --unsafe-fixes", fixed.unsafe_left));
    }
    said
}

/// Prints what changes as a unified diff, with secrets masked.
fn show(linter: &Linter, before: Vec<Input>, fixed: &Fixed) -> Result<(), Failure> {
    let (before, after) = (linter.check_inputs(before), linter.check_inputs(fixed.inputs.clone()));
    let changed = |path: &Path| fixed.texts.contains_key(path);
    let mut shown = String::new();
    for (id, old) in before.sources.iter().filter(|(_, file)| changed(file.path())) {
        let Some(new) = after.sources.get(id).filter(|new| new.path() == old.path()) else { continue };
        let path = spelled(old.path());
        let diff = TextDiff::from_lines(old.text(), new.text());
        shown.push_str(&diff.unified_diff().header(&path, &path).to_string());
    }
    print_text(false, |out| out.write_all(shown.as_bytes()))
}
