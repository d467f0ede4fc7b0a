"""The module at work: `python module.py sample-configs`. Every assertion can fail; nothing depends on time."""

import json
import multiprocessing
import pathlib
import pickle
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import botiquette

RUDE = """
account: { handle: '@news', platform: mastodon }
automations:
  - on: unfollowed
    do: { post: '@{handle} has left us' }
"""


def rules_of(report):
    return [finding["rule"] for finding in report["findings"]]


def projects(root):
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        files = [path for path in folder.rglob("*") if path.is_file()]
        yield folder, {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def says_what_the_command_says(root):
    seen = 0
    linter = botiquette.Linter(fixes=True)
    for folder, files in projects(root):
        command = ["botiquette", "lint", "--no-config", "--format", "json"]
        written = subprocess.run(command, cwd=folder, capture_output=True, check=False).stdout
        expected = json.loads(written)
        report = linter.lint_project(files)
        assert report["findings"] == expected["findings"], folder
        assert report["summary"] == expected["summary"], folder
        seen += len(expected["findings"])
    assert seen > 100, seen


def one_file():
    report = botiquette.lint(RUDE, path="bots/bot.yaml")
    assert "unfollow-shaming" in rules_of(report), report
    assert report["files"][0]["path"] == "bots/bot.yaml", report
    assert {"line", "column", "offset"} == set(report["findings"][0]["start"]), report
    assert botiquette.lint("nothing: of a bot")["files"][0]["status"] == "unrecognised"
    assert botiquette.lint("account: a\nautomations: [", path="bot.yaml")["files"][0]["status"] == "failed"
    sentence = botiquette.describe(RUDE)[0]["automations"][0]["sentence"]
    assert "@news" in sentence or "leaves" in sentence or "unfollow" in sentence, sentence
    assert any(rule["name"] == "unfollow-shaming" for rule in botiquette.rules())


def options():
    assert rules_of(botiquette.Linter(select=["unfollow-shaming"]).lint(RUDE)) == ["unfollow-shaming"]
    assert "unfollow-shaming" not in rules_of(botiquette.Linter(ignore=["shaming"]).lint(RUDE))
    files = {"bot.yaml": RUDE, "botiquette.toml": 'ignore = ["ALL"]'}
    assert rules_of(botiquette.lint_project(files))
    assert not rules_of(botiquette.Linter(own_settings=True).lint_project(files))
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "house.toml"
        config.write_text('ignore = ["ALL"]')
        assert not rules_of(botiquette.Linter(config=config).lint(RUDE))


def errors():
    for wrong, what in [
        (lambda: botiquette.Linter(select=["unfollow-shamin"]), "`unfollow-shaming`"),
        (lambda: botiquette.Linter(dialect="nonsense"), "dialect"),
        (lambda: botiquette.Linter(profile="lenient"), "lenient"),
        (lambda: botiquette.Linter(config="nowhere.toml"), "nowhere.toml"),
        (lambda: botiquette.Linter(own_settings=True, isolated=True), "cannot be used with"),
        (lambda: botiquette.lint_project({"": "x"}), "without a path"),
        (lambda: botiquette.lint("\ud800"), "JSON"),
    ]:
        try:
            wrong()
        except botiquette.Error as error:
            assert what in str(error), error
        else:
            raise AssertionError(f"nothing is said about {what}")
    for wrong in [lambda: botiquette.lint(7), lambda: botiquette.Linter(select="shaming")]:
        try:
            wrong()
        except (TypeError, botiquette.Error):
            pass
        else:
            raise AssertionError("a value of another type is taken")


def secrets():
    text = RUDE.replace("platform: mastodon", "platform: mastodon, password: kV9xQ2mT7rLw4ZbN8sPd")
    written = json.dumps([botiquette.lint(text), botiquette.describe(text)])
    assert "hardcoded-secret" in written and "kV9xQ" not in written and "N8sPd" not in written, written


def threads_and_processes():
    linter = botiquette.Linter(select=["shaming"])
    texts = [RUDE] * 200
    expected = rules_of(linter.lint(RUDE))
    with ThreadPoolExecutor(4) as pool:
        assert all(rules_of(report) == expected for report in pool.map(linter.lint, texts))
    again = pickle.loads(pickle.dumps(linter))
    assert rules_of(again.lint(RUDE)) == expected
    if "fork" in multiprocessing.get_all_start_methods():
        files = {f"{number}.yaml": RUDE for number in range(40)}
        expected = rules_of(linter.lint_project(files))
        with multiprocessing.get_context("fork").Pool(2) as pool:
            reports = pool.map_async(linter.lint_project, [files] * 4).get(timeout=120)
        assert [rules_of(report) for report in reports] == [expected] * 4


if __name__ == "__main__":
    root = pathlib.Path(sys.argv[1])
    assert botiquette.__version__ in subprocess.run(
        ["botiquette", "--version"], capture_output=True, text=True, check=True
    ).stdout
    says_what_the_command_says(root)
    for test in [one_file, options, errors, secrets, threads_and_processes]:
        test()
        print(f"  {test.__name__}: ok")
