"""How the module is used, for a type checker."""

from __future__ import annotations

import botiquette
from botiquette import Account, Finding, Report

TEXT = """
account: { handle: '@news', platform: mastodon }
automations:
  - on: unfollowed
    do: { post: '@{handle} has left us' }
"""


def lines(report: Report) -> list[str]:
    def line(finding: Finding) -> str:
        notes: list[str] = finding.get("notes", [])
        return f"{finding['path']}:{finding['start']['line']}: {finding['rule']} {len(notes)}"

    return [line(finding) for finding in report["findings"] if finding["severity"] == "error"]


def sentences(accounts: list[Account]) -> list[str]:
    return [automation["sentence"] for account in accounts for automation in account["automations"]]


linter = botiquette.Linter(select=["shaming"], profile="strict", fixes=True)
print(*lines(linter.lint(TEXT)), *sentences(linter.describe(TEXT)), sep="\n")
print(len(botiquette.lint_project({"bot.yaml": TEXT})["files"]), botiquette.rules()[0]["name"])
