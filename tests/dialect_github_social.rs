//! Social bots in GitHub workflows, from the file to findings.

#![allow(clippy::unwrap_used)]

use botiquette::Outcome;
use botiquette::model::{AudienceKind, Bound, LimitKind, SwitchFlaw, Verb};

use crate::linted::{self, loud};

const DAILY: &str = "on: { schedule: [{ cron: '0 9 * * *' }] }";
const GITHUB: &str = "GH_TOKEN: '${{ secrets.ROBIN_PAT }}'";

fn lint_text(text: &str) -> Outcome {
    linted::lint_text("garden/.github/workflows/x.yml", text)
}

/// What is understood, as `verb audience of`; programs that cannot be read are left out.
fn acts(text: &str) -> Vec<String> {
    let outcome = lint_text(text);
    let automations = outcome.model.automations.iter().filter(|found| found.enabled.get() != Some(false));
    let actions = automations.flat_map(|automation| &automation.actions);
    let said = actions.filter(|action| action.verb != Verb::RunCode).map(|action| {
        let of: Vec<_> = action.audience.of.iter().map(|text| text.text.as_str()).collect();
        format!("{} {} {}", action.verb, action.audience.kind, of.join(" ")).trim_end().to_owned()
    });
    said.collect()
}

/// A workflow with one step. The name of the step is on line 5, its script begins on line 8.
fn step(on: &str, name: &str, env: &str, script: &str) -> String {
    let script: String = script.lines().map(|line| format!("          {line}\n")).collect();
    format!(
        "{on}\njobs:\n  work:\n    steps:\n      - name: {name}\n        env: {{ {env} }}\n        run: |\n{script}"
    )
}

#[test]
fn scripts_and_subcommands_tell_what_is_done() {
    for (script, expected) in [
        ("python follow.py", "follow list"),
        ("python3 -u src/unfollow_non_followers.py", "unfollow non-followers"),
        ("python -m garden follow-back", "follow own-followers"),
        ("poetry run python unfollow.py --days 3", "unfollow followed-by-tool"),
        ("npm run unfollow", "unfollow followed-by-tool"),
        ("go run ./cmd/bot --mode=follow-back", "follow own-followers"),
        ("node bot.js --follow-followers-of rose", "follow followers-of rose"),
        ("./bot follow rose --limit 5", "follow followers-of rose"),
        ("./bot follow rose", "follow named rose"),
        ("timeout 300 ./bot unfollow", "unfollow followed-by-tool"),
        ("python main.py --unfollow-non-followers --max-follows 5", "unfollow non-followers"),
    ] {
        assert_eq!(acts(&step(DAILY, "Run", GITHUB, script)), [expected], "{script}");
    }
}

#[test]
fn calls_tell_what_is_done() {
    for (script, expected) in [
        ("gh api -X PUT /user/following/rose", "follow named rose"),
        ("gh api --method DELETE user/following/rose", "unfollow named rose"),
        ("curl -X PUT -H \"$AUTH\" https://api.github.com/user/following/rose", "follow named rose"),
        (
            "gh api /users/rose/followers --jq '.[].login' | while read u; do gh api -X PUT /user/following/$u; done",
            "follow followers-of rose",
        ),
        (
            "gh api user/followers --jq '.[].login' | while read u; do gh api -X PUT user/following/$u; done",
            "follow own-followers",
        ),
        ("gh api -X PUT /user/starred/rose/bed", "star named rose/bed"),
        (
            "python - <<'END'\nurl = f'https://api.github.com/user/following/{name}'\nrequests.put(url)\nEND",
            "follow list",
        ),
    ] {
        assert_eq!(acts(&step(DAILY, "Run", GITHUB, script)), [expected], "{script}");
    }
}

#[test]
fn reading_building_and_other_follows_are_nothing() {
    for script in [
        "gh api /user/following --jq length",
        "curl https://api.github.com/user/followers",
        "python followers.py",
        "python follow_upstream.py",
        "python follow-up.py",
        "python tweet.py",
        "python count_unfollowers.py --list",
        "git commit -m 'unfollow people'",
        "echo ./bot unfollow",
        "# ./bot unfollow",
        "pip install unfollow-bot",
        "cat <<END\n./bot unfollow\nEND",
        "journalctl -f | grep unfollow",
    ] {
        assert_eq!(acts(&step(DAILY, "Run", GITHUB, script)), [""; 0], "{script}");
    }
}

#[test]
fn without_an_account_nothing_is_claimed() {
    for env in [
        "A: b",
        "GH_TOKEN: '${{ github.token }}'",
        "GH_TOKEN: '${{ secrets.GITHUB_TOKEN }}'",
        "SPOTIFY_TOKEN: '${{ secrets.SPOTIFY_TOKEN }}'",
    ] {
        assert_eq!(acts(&step(DAILY, "Follow back", env, "python unfollow.py")), [""; 0], "{env}");
    }
}

#[test]
fn names_speak_for_programs_without_a_telling_name() {
    for (name, expected) in [
        ("Follow back", vec!["follow own-followers"]),
        ("Unfollow users who don't follow back", vec!["unfollow non-followers"]),
        ("Follow users", vec!["follow list"]),
        ("Follow latest release", vec![]),
        ("Find users to unfollow", vec![]),
        ("Unfollow tracker", vec![]),
        ("Toot", vec![]),
    ] {
        assert_eq!(acts(&step(DAILY, name, GITHUB, "python main.py")), expected, "{name}");
    }
    let toot = step(DAILY, "Toot", "MASTODON_TOKEN: '${{ secrets.M }}'", "python main.py");
    assert_eq!(acts(&toot), ["post public"]);
}

#[test]
fn variables_switch_acts_on_and_off() {
    let env = format!("{GITHUB}, ENABLE_UNFOLLOW: 'false', MODE: follow-back");
    assert_eq!(acts(&step(DAILY, "Run", &env, "python follow_unfollow.py")), ["follow own-followers"]);
    let env = format!("{GITHUB}, AUTO_UNFOLLOW: 'true', SKIP_FOLLOW: 'true'");
    assert_eq!(acts(&step(DAILY, "Run", &env, "python main.py")), ["unfollow followed-by-tool"]);
    let env = format!("{GITHUB}, TARGET_USERS: 'rose, thorn'");
    assert_eq!(acts(&step(DAILY, "Run", &env, "python follow.py")), ["follow followers-of rose thorn"]);
}

#[test]
fn limits_multiply_with_loops_and_with_every_time_of_the_clock() {
    let script = "LIST=(\n\"rose\" \"thorn\"\n\"leaf\"\n)\nfor n in \"${LIST[@]}\"; do\n./bot follow \"$n\" --limit 5\ndone";
    let text =
        step("on: { schedule: [{ cron: '0 8 * * *' }, { cron: '0 18 * * *' }] }", "Run", GITHUB, script);
    assert_eq!(acts(&text), ["follow followers-of rose thorn leaf"]);
    assert_eq!(loud(&lint_text(&text)), ["13 stranger-auto-follow", "13 excessive-rate"]);
}

#[test]
fn limits_in_variables_belong_to_their_verb() {
    for (variable, expected) in [
        ("MAX_FOLLOWS: 7", Some((LimitKind::PerRun, 7.0))),
        ("FOLLOW_DAILY_CAP: 7", Some((LimitKind::PerDay, 7.0))),
        ("MAX_FOLLOWS_PER_DAY: 7", Some((LimitKind::PerDay, 7.0))),
        ("FOLLOW_LIMIT: \"${{ inputs.limit || '9' }}\"", Some((LimitKind::PerRun, 9.0))),
        ("MAX_UNFOLLOWS: 7", None),
        ("MAX_FOLLOWERS: 7", None),
        ("MAX_RETRIES: 7", None),
        ("FOLLOW_DELAY_LIMIT_MS: 7", None),
    ] {
        let outcome = lint_text(&step(DAILY, "Run", &format!("{GITHUB}, {variable}"), "python follow.py"));
        let action = &outcome.model.automations[0].actions[0];
        let limit = action.limits.iter().find_map(|(kind, bound)| match bound.get()? {
            Bound::AtMost(number) => Some((kind, number)),
            Bound::Unlimited => None,
        });
        assert_eq!(limit, expected, "{variable}");
    }
}

#[test]
fn a_run_that_rehearses_or_waits_for_a_person_is_quiet() {
    let env = format!("{GITHUB}, DRY_RUN: \"${{{{ inputs.dry_run || 'true' }}}}\"");
    assert_eq!(loud(&lint_text(&step(DAILY, "Run", &env, "python follow_back.py"))), [""; 0]);
    assert_eq!(loud(&lint_text(&step(DAILY, "Run", GITHUB, "python follow_back.py --dry-run"))), [""; 0]);
    assert_eq!(
        loud(&lint_text(&step("on: workflow_dispatch", "Run", GITHUB, "python follow_back.py"))),
        [""; 0]
    );
    let live = step(DAILY, "Run", GITHUB, "python follow_back.py");
    assert_eq!(loud(&lint_text(&live)), ["8 auto-follow-back"]);
}

/// A workflow by the clock and by hand with a switch, whose declaration is on line 1.
fn switched(input: &str, env: &str, condition: &str, script: &str) -> Vec<(String, SwitchFlaw)> {
    let on = format!(
        "on: {{ schedule: [{{ cron: '0 9 * * *' }}], workflow_dispatch: {{ inputs: {{ {input} }} }} }}"
    );
    let text = step(&on, "Run", &format!("{GITHUB}{env}"), script);
    let text = text.replace("        run: |", &format!("        if: {condition}\n        run: |"));
    let outcome = lint_text(&text);
    let accounts = outcome.model.accounts.iter();
    accounts.flat_map(|account| &account.dead_switches).map(|dead| (dead.name.clone(), dead.flaw)).collect()
}

#[test]
fn safety_switches_that_nobody_obeys_are_dead() {
    let dry = "dry_run: { default: 'true' }";
    let bot = "python unfollow.py";
    let quoted = "'${{ inputs.dry_run }}'";
    for (input, env, condition, script, expected) in [
        (dry, ", DRY_RUN: 'false'", "always()", bot, Some(SwitchFlaw::HardCoded)),
        ("limit: { default: 20 }", ", LIMIT: 500", "always()", bot, Some(SwitchFlaw::HardCoded)),
        ("limit: { default: 20 }", ", LIMIT: 5", "always()", "python unfollow.py ${{ inputs.limit }}", None),
        (dry, "", "always()", bot, Some(SwitchFlaw::NeverRead)),
        (dry, "", "always()", "echo ${{ inputs.dry_run }}\npython unfollow.py", Some(SwitchFlaw::NeverRead)),
        (dry, "", "inputs.dry_run != 'true'", bot, Some(SwitchFlaw::ManualOnly)),
        (dry, ", DRY: \"${{ inputs.dry_run || 'false' }}\"", "always()", bot, Some(SwitchFlaw::ManualOnly)),
        (dry, ", DRY: \"${{ inputs.dry_run || 'true' }}\"", "always()", bot, None),
        ("dry_run: { default: 'false' }", "", "inputs.dry_run != 'true'", bot, None),
        (dry, &format!(", DRY_RUN: {quoted}"), "always()", bot, None),
        (dry, "", "always()", "python unfollow.py --dry-run ${{ toJSON(inputs) }}", None),
        (dry, ", DRY_RUN: 'false'", "always()", "python report.py", None),
        ("title: { default: x }", "", "always()", bot, None),
    ] {
        let found: Vec<_> =
            switched(input, env, condition, script).into_iter().map(|(_, flaw)| flaw).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{input} {env} {condition} {script}");
    }
}

#[test]
fn credentials_of_many_are_a_crowd_and_parts_of_one_are_not() {
    let env = |names: &[&str]| {
        names.iter().map(|name| format!("{name}: '${{{{ secrets.{name} }}}}'")).collect::<Vec<_>>().join(", ")
    };
    for (names, is_crowd) in [
        (&["CONSUMER_KEY_ANN", "CONSUMER_KEY_BEN", "CONSUMER_KEY_CAY"][..], true),
        (&["IG_USERNAME_1", "IG_USERNAME_2", "IG_USERNAME_3"], true),
        (&["CONSUMER_KEY_ANN", "CONSUMER_KEY_BEN"], false),
        (&["TOKEN_MASTODON", "TOKEN_BLUESKY", "TOKEN_TWITTER"], false),
        (&["MASTODON_TOKEN_DEV", "MASTODON_TOKEN_STAGING", "MASTODON_TOKEN_PROD"], false),
        (
            &[
                "TWITTER_API_KEY",
                "TWITTER_API_KEY_SECRET",
                "TWITTER_ACCESS_TOKEN",
                "TWITTER_ACCESS_TOKEN_SECRET",
            ],
            false,
        ),
        (&["TWITTER_TOKEN", "OPENAI_KEY_1", "OPENAI_KEY_2", "OPENAI_KEY_3"], false),
    ] {
        let outcome = lint_text(&step(DAILY, "Run", &env(names), "python run_all.py"));
        let found = loud(&outcome).iter().filter(|found| found.ends_with("amplification")).count();
        assert_eq!(found, usize::from(is_crowd), "{names:?}");
    }
}

#[test]
fn each_job_of_a_matrix_is_an_account_of_its_own() {
    let text = "on: { schedule: [{ cron: '0 9 * * *' }] }
jobs:
  work:
    strategy: { matrix: { who: [ANN, BEN] } }
    steps:
      - run: gh api -X PUT /user/following/rose
        env: { GH_TOKEN: \"${{ secrets[matrix.who] }}\" }
";
    assert_eq!(loud(&lint_text(text)), ["6 sockpuppet-amplification"]);
}

#[test]
fn accounts_are_known_by_platform_and_secret() {
    for (env, platform, secret) in [
        (GITHUB, "github", Some("ROBIN_PAT")),
        ("BSKY_HANDLE: robin, BSKY_PASSWORD: '${{ secrets.BSKY }}'", "bluesky", Some("BSKY")),
        ("X_API_KEY: '${{ secrets.KEY }}', X_ACCESS_TOKEN: '${{ secrets.TOK }}'", "twitter", Some("TOK")),
        ("IG_USERNAME: robin, IG_PASSWORD: '${{ secrets.IG }}'", "instagram", Some("IG")),
    ] {
        let outcome = lint_text(&step(DAILY, "Run", env, "python unfollow.py"));
        let identity = &outcome.model.accounts[0].identity;
        assert_eq!(identity.platform.known().map(String::as_str), Some(platform), "{env}");
        assert_eq!(identity.secret.as_deref(), secret, "{env}");
        let instance = format!("github:garden secrets.{}", secret.unwrap_or_default());
        assert_eq!(identity.instance, Some(instance), "{env}");
    }
}

#[test]
fn passwords_of_people_are_reported_where_they_sign_in() {
    let env = "INSTAGRAM_USER: robin, INSTAGRAM_PASSWORD: '${{ secrets.P }}'";
    let found = loud(&lint_text(&step(DAILY, "Run", env, "python follow_back.py")));
    assert_eq!(found, ["6 user-account-automation", "8 auto-follow-back"]);
    let env = "REDDIT_USERNAME: robin, REDDIT_PASSWORD: '${{ secrets.P }}'";
    assert_eq!(loud(&lint_text(&step(DAILY, "Post to reddit", env, "python post.py"))), [""; 0]);
}

#[test]
fn passwords_that_are_written_out_are_reported() {
    let env = "INSTAGRAM_USER: robin, INSTAGRAM_PASSWORD: correct-horse-7";
    let found = loud(&lint_text(&step("on: workflow_dispatch", "Run", env, "python unfollow.py")));
    assert_eq!(found, ["6 hardcoded-secret"]);
    let env = "INSTAGRAM_USER: robin, INSTAGRAM_PASSWORD: changeme";
    assert_eq!(loud(&lint_text(&step("on: workflow_dispatch", "Run", env, "python unfollow.py"))), [""; 0]);
}

#[test]
fn following_and_dropping_in_one_workflow_is_churn() {
    let script = "python follow.py\npython unfollow.py";
    assert_eq!(loud(&lint_text(&step(DAILY, "Run", GITHUB, script))), ["9 follow-churn"]);
}

#[test]
fn posting_by_the_clock_counts_only_where_every_run_posts() {
    let often = "on: { schedule: [{ cron: '*/10 * * * *' }] }";
    let masto = "MASTODON_TOKEN: '${{ secrets.M }}'";
    assert_eq!(loud(&lint_text(&step(often, "Toot", masto, "python toot.py"))), [""; 0]);
    let call = "curl -X POST -d \"status=hello\" https://social.example/api/v1/statuses";
    assert_eq!(loud(&lint_text(&step(often, "Toot", masto, call))), ["8 post-flood"]);
    assert_eq!(loud(&lint_text(&step("on: release", "Toot", masto, call))), [""; 0]);
}

#[test]
fn reviewed_posts_are_quiet() {
    let text = "on: push\njobs:\n  t:\n    steps:\n      - uses: twitter-together/action@v3\n        env: { TWITTER_API_KEY: '${{ secrets.K }}' }\n";
    let outcome = lint_text(text);
    assert_eq!(outcome.model.automations[0].actions[0].audience.kind, AudienceKind::Public);
    assert_eq!(loud(&outcome), [""; 0]);
}
