"""Rules of the toolkit as data: how heavy each is, in which words it is told, and to whom."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

Severity = Literal["advice", "question", "fault", "danger"]
RuleReader = Literal["agency", "administrator"]

# Read by pydantic in config/kind_loading.py: a key nobody knows is a mistake to tell, not to drop.
FORBID_EXTRA_KEYS: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: how heavy it is, what the author is told, and how to put it right.

    `says` and `fix` may carry `{placeholders}`, which the check that finds the fault fills;
    which ones each rule gets is listed beside the check.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = FORBID_EXTRA_KEYS

    severity: Severity
    says: str
    fix: str
    # Whom a question speaks to. A fault and an advice always speak to the agency, a danger to
    # nobody outside the board. `readers_of_finding` says it of a finding, which may be softer.
    tell: tuple[RuleReader, ...] = ("administrator",)
    source: str = ""  # where the rule comes from, such as "Toolkit, e) Guidance Notes: Date"
    asks: bool = False  # whether a question cannot be settled before its author has answered it


def readers_of_finding(rule: Rule, severity: Severity) -> tuple[RuleReader, ...]:
    """Whom a finding of this weight speaks to. A question made of a fault (because it was so in
    every row, or was read from a copy) speaks to both."""
    if severity != "question":
        return () if severity == "danger" else ("agency",)
    return ("agency", "administrator") if rule.severity == "fault" else rule.tell


@dataclass(frozen=True, slots=True)
class ArrivalRule(Rule):
    """A rule about the file itself. `faults_become` is how heavy the faults found inside such a
    file are, where what it is makes them less certain, or the file is not what counts;
    `faults_tell` whom they speak to then."""

    faults_become: Severity | None = None
    faults_tell: tuple[RuleReader, ...] = ("administrator",)


def _read(path: Path) -> Mapping[str, ArrivalRule]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {id: ArrivalRule(**_fixed(rule)) for id, rule in raw.items()}


def _fixed(rule: Mapping[str, Any]) -> dict[str, Any]:
    """With tuples for lists, as a frozen value has them."""
    return {key: tuple(v) if isinstance(v, list) else v for key, v in rule.items()}


ARRIVAL_RULES: Mapping[str, ArrivalRule] = _read(Path(__file__).with_name("arrivals.toml"))


@dataclass(frozen=True, slots=True)
class ValueRefusal:
    """Why a value is not taken, and how to put it right.

    `says` may carry `{value}`, which the reader fills through `handlers/values/normalise.py`,
    `{count}`, `{look}` or `{choices}`.
    """

    says: str
    fix: str
    fix_in_table: str = ""

    def fix_for_place(self, *, in_table: bool) -> str:
        """The fix for an entry of a chronology, or for any other place."""
        return (in_table and self.fix_in_table) or self.fix


def _read_refusals(path: Path) -> Mapping[str, Mapping[str, ValueRefusal]]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        what: {key: ValueRefusal(**words) for key, words in refusals.items()}
        for what, refusals in raw.items()
    }


# VALUE_REFUSALS["date"]["week"]
VALUE_REFUSALS = _read_refusals(Path(__file__).with_name("value_refusals.toml"))
