//! Every `tests/cli/*.trycmd`, and `docs/usage.md`, is a list of commands with what they print and how they exit.

use std::process::{Command, Stdio};

#[test]
fn commands() {
    // The commands name files of the project. No other test looks at the current folder.
    std::env::set_current_dir(crate::root()).unwrap();
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .case("tests/cli/*.trycmd")
        .case("docs/usage.md");
}

/// As in `botiquette completions bash | head -1`.
#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_botiquette"))
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
