//! Every `tests/cli/*.trycmd` is a list of commands with what they print and how they exit.

#[test]
fn commands() {
    trycmd::TestCases::new().env("NO_COLOR", "1").case("tests/cli/*.trycmd");
}
