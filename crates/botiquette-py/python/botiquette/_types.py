"""What reports hold: dictionaries as `botiquette lint --format json` writes them.

`botiquette schema batch` describes every field. Fields may be added; those that are named here stay.
"""

from __future__ import annotations

from typing import Dict, List, Literal, Optional, TypedDict, Union

Severity = Literal["error", "warning", "info"]
Confidence = Literal["high", "medium", "low"]


class Point(TypedDict):
    """A place in a file: line and column from 1, offset in bytes from 0."""

    line: int
    column: int
    offset: int


class Region(TypedDict):
    """From one place to another in one file."""

    path: str
    start: Point
    end: Point


class Label(Region):
    """A few words on a place."""

    text: str


class Edit(Region):
    """What stands there afterwards."""

    text: str


class Fix(TypedDict):
    """An edit after which the finding is gone and none is new."""

    title: str
    safety: Literal["safe", "unsafe"]
    edits: List[Edit]


class Suppressed(TypedDict):
    """What silenced a finding."""

    by: Literal["comment", "settings", "baseline"]
    reason: str
    place: Optional[Region]


class _Finding(Region):
    rule: str
    family: str
    severity: Severity
    confidence: Confidence
    title: str
    message: str
    help: str
    url: Optional[str]
    labels: List[Label]
    fix: Optional[Fix]
    suppressed: Optional[Suppressed]


class Finding(_Finding, total=False):
    """What a bot does to people, and where it says so. What is not always there comes last."""

    hops: List[Label]
    notes: List[str]
    values: Dict[str, str]


class Unread(TypedDict):
    """A setting of which nothing was made."""

    key: str
    line: int


class Coverage(TypedDict):
    """What was made of the settings of a file."""

    settings: int
    understood: int
    clutter: int
    unknown: List[Unread]


class _File(TypedDict):
    path: str
    status: Literal["linted", "unrecognised", "failed"]
    dialect: Optional[str]
    automations: int


class File(_File, total=False):
    """What became of a file."""

    coverage: Coverage


class Summary(TypedDict):
    """How much was found."""

    files: int
    errors: int
    warnings: int
    infos: int
    suppressed: int
    known: int


class Automation(TypedDict):
    """What an account does, in a sentence and in a few words."""

    name: str
    live: bool
    sentence: str
    deed: str
    file: Optional[str]
    line: Optional[int]


class Contributor(TypedDict):
    """An act, and how many people it reaches in a day."""

    deed: str
    per_day: Optional[float]
    file: Optional[str]
    line: Optional[int]


class Assumption(TypedDict):
    """A number that no file says."""

    name: Optional[str]
    value: float
    words: str
    why: str


class Reach(TypedDict):
    """How many people an account reaches uninvited; `None` where nothing bounds it."""

    per_day: Optional[float]
    contributors: List[Contributor]
    unsaid: bool
    open: List[Contributor]
    named: List[Contributor]
    assumptions: List[Assumption]


class Rate(TypedDict):
    """How often an account does something at most."""

    of: str
    per_day: float


class Step(TypedDict):
    """A step of a loop."""

    account: str
    deed: str
    then: str
    file: Optional[str]
    line: Optional[int]


# What feeds itself, and how strongly. `class` is no name that a class could have.
Loop = TypedDict("Loop", {"class": str, "words": str, "steps": List[Step]})


class Noted(TypedDict):
    """Something to know, and where it stands."""

    what: str
    file: Optional[str]
    line: Optional[int]


class Account(TypedDict):
    """An account in words."""

    account: str
    who: List[str]
    automations: List[Automation]
    reach: Reach
    rates: List[Rate]
    loops: List[Loop]
    unknown: List[Noted]


class _Report(TypedDict):
    line: int
    id: Union[str, int, None]
    schema: str
    files: List[File]
    findings: List[Finding]
    summary: Summary


class Report(_Report, total=False):
    """What was found in a project, by file and place."""

    problems: List[str]
    accounts: List[Account]


class Rule(TypedDict):
    """A rule in a list."""

    name: str
    family: str
    severity: Severity
    confidence: Confidence
    title: str
