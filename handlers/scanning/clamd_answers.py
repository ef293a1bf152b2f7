"""What clamd says, as values. What is in no form that we know is no answer: never "clean"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_VERSION = re.compile(
    r"ClamAV (?P<engine>[^/]{1,60})"
    r"(?:/(?P<database>\d{1,9})/[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) {1,2}(?P<day>\d{1,2})"
    r" \d\d:\d\d:\d\d (?P<year>\d{4}))?"
)
_FOUND = re.compile(r"stream: (?P<name>.{1,1000}) FOUND", re.DOTALL)
# What clamd calls what it did not look through to its end, where it is set up to say so.
_LIMITS = ("Heuristics.Limits.Exceeded", "Heuristics.Encrypted")
_SIZE_LIMIT = "INSTREAM size limit exceeded"
_ODD_SIGNS = re.compile(r"[^A-Za-z0-9._:/+-]")
MAX_FOUND_LENGTH = 80


@dataclass(frozen=True, slots=True)
class ClamdVersion:
    """`told` is the answer as it came. `day` is that of its signatures, None where it has none of
    the project's own."""

    told: str
    day: datetime | None


def read_version(answer: str) -> ClamdVersion | None:
    """None for what is not clamd's."""
    found = _VERSION.fullmatch(answer)
    if found is None:
        return None
    if not found["database"]:
        return ClamdVersion(answer, None)
    try:
        month = _MONTHS.index(found["month"]) + 1
        day = datetime(int(found["year"]), month, int(found["day"]), tzinfo=UTC)
    except ValueError:
        return None
    return ClamdVersion(answer, day)


class ScanOutcome(StrEnum):
    """What became of one stream of bytes."""

    CLEAN = "clean"
    FOUND = "found"
    UNFINISHED = "unfinished"  # it stopped at a limit of its own, within what it was given
    TOO_LARGE = "too large"  # more than it takes at all
    ODD = "odd"  # nothing that can be relied on


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """`name` is what clamd calls what it found, in plain signs; "" for nothing."""

    outcome: ScanOutcome
    name: str = ""


def read_scan_answer(answer: str) -> ScanAnswer:
    """Anything but the one word for "clean" is something else."""
    if answer == "stream: OK":
        return ScanAnswer(ScanOutcome.CLEAN)
    if found := _FOUND.fullmatch(answer):
        name = _ODD_SIGNS.sub("?", found["name"])[:MAX_FOUND_LENGTH]
        stopped = name.startswith(_LIMITS)
        return ScanAnswer(ScanOutcome.UNFINISHED if stopped else ScanOutcome.FOUND, name)
    if answer.startswith(_SIZE_LIMIT):
        return ScanAnswer(ScanOutcome.TOO_LARGE)
    return ScanAnswer(ScanOutcome.ODD)
