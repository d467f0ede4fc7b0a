"""The linter for bots' manners: says what a bot's configuration will do to people.

>>> report = botiquette.lint(text, path="bot.yaml")
>>> for finding in report["findings"]:
...     print(finding["path"], finding["start"]["line"], finding["rule"], finding["title"])

Reports are dictionaries, as `botiquette lint --format json` writes them. A call uses one core and lets other threads
run meanwhile.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any, List, Mapping, Optional, Sequence, Union

from ._native import Native as _Native
from ._native import __version__
from ._types import (
    Account,
    Automation,
    Confidence,
    Coverage,
    Edit,
    File,
    Finding,
    Fix,
    Label,
    Point,
    Region,
    Report,
    Rule,
    Severity,
    Summary,
    Suppressed,
)

if TYPE_CHECKING:
    from typing import Literal

    Profile = Literal["recommended", "strict", "community", "feed"]

__all__ = [
    "Account",
    "Automation",
    "Confidence",
    "Coverage",
    "Edit",
    "Error",
    "File",
    "Finding",
    "Fix",
    "Label",
    "Linter",
    "Point",
    "Region",
    "Report",
    "Rule",
    "Severity",
    "Summary",
    "Suppressed",
    "__version__",
    "describe",
    "describe_project",
    "lint",
    "lint_project",
    "rules",
]


class Error(ValueError):
    """An option that names nothing, settings with mistakes, or a project that is none."""


class Linter:
    """Rules under settings, ready for any number of projects, in any number of threads.

    The options are those of `botiquette batch`. Without `config` there are no settings, wherever this runs.
    """

    def __init__(
        self,
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        severity: Optional[Severity] = None,
        confidence: Optional[Confidence] = None,
        profile: Optional[Profile] = None,
        include_info: bool = False,
        include_disabled: bool = False,
        no_suppressions: bool = False,
        isolated: bool = False,
        own_settings: bool = False,
        dialect: Optional[str] = None,
        config: Union[str, os.PathLike[str], None] = None,
        fixes: bool = False,
    ) -> None:
        # A single text would be taken letter by letter.
        if isinstance(select, str) or isinstance(ignore, str):
            raise TypeError("select and ignore are lists of names")
        values = {
            "severity": severity,
            "confidence": confidence,
            "profile": profile,
            "dialect": dialect,
            "config": None if config is None else os.fspath(config),
        }
        flags = {
            "include-info": include_info,
            "include-disabled": include_disabled,
            "no-suppressions": no_suppressions,
            "isolated": isolated,
            "own-settings": own_settings,
            "fixes": fixes,
        }
        arguments = [f"--select={name}" for name in select] + [f"--ignore={name}" for name in ignore]
        arguments += [f"--{name}={value}" for name, value in values.items() if value is not None]
        arguments += [f"--{name}" for name, is_on in flags.items() if is_on]
        self._arguments = arguments
        self._native = _native(arguments)

    def lint(self, text: str, path: str = "config.yaml") -> Report:
        """Lints one file. Its path says what it could be; it gets the benefit of the doubt."""
        return self._report({path: text}, named=True)

    def lint_project(self, files: Mapping[str, str], *, named: bool = False) -> Report:
        """Lints texts by their paths, as one project.

        What is no bot's configuration is passed over; with `named` every file gets the benefit of the doubt.
        """
        return self._report(files, named=named)

    def describe(self, text: str, path: str = "config.yaml") -> List[Account]:
        """What the accounts of one file do, in plain sentences."""
        return self._report({path: text}, named=True, describe=True)["accounts"]

    def describe_project(self, files: Mapping[str, str], *, named: bool = False) -> List[Account]:
        """What the accounts of a project do, in plain sentences."""
        return self._report(files, named=named, describe=True)["accounts"]

    def rules(self) -> List[Rule]:
        """All rules."""
        rules: List[Rule] = json.loads(self._native.rules())
        return rules

    def _report(self, files: Mapping[str, str], *, named: bool, describe: bool = False) -> Report:
        record = json.dumps({"files": dict(files)})
        report: Any = json.loads(self._native.report(record, named, describe))
        if "error" in report:
            raise Error(report["error"]["message"])
        result: Report = report
        return result

    def __reduce__(self) -> Any:
        return (_again, (self._arguments,))


def _native(arguments: List[str]) -> _Native:
    try:
        return _Native(arguments)
    except ValueError as error:
        raise Error(str(error)) from None


def _again(arguments: List[str]) -> Linter:
    """A linter that was sent to another process."""
    linter = Linter.__new__(Linter)
    linter._arguments = arguments
    linter._native = _native(arguments)
    return linter


@lru_cache(maxsize=1)
def _usual() -> Linter:
    return Linter()


def lint(text: str, path: str = "config.yaml") -> Report:
    """Lints one file with all rules: see `Linter` for options."""
    return _usual().lint(text, path)


def lint_project(files: Mapping[str, str], *, named: bool = False) -> Report:
    """Lints texts by their paths, as one project: see `Linter` for options."""
    return _usual().lint_project(files, named=named)


def describe(text: str, path: str = "config.yaml") -> List[Account]:
    """What the accounts of one file do, in plain sentences."""
    return _usual().describe(text, path)


def describe_project(files: Mapping[str, str], *, named: bool = False) -> List[Account]:
    """What the accounts of a project do, in plain sentences."""
    return _usual().describe_project(files, named=named)


def rules() -> List[Rule]:
    """All rules that come with botiquette."""
    return _usual().rules()
