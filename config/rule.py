"""A rule of the toolkit, as data: how heavy it is and in which words it is told.

Does: names the severities and what a rule says.
Trusts: the loader to have checked every value.
Never touches: files, pydantic; the confined worker imports this module.
Known limits: the words' placeholders are filled by the check that finds the fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Severity = Literal["advice", "question", "fault", "danger"]
Reader = Literal["agency", "administrator"]

# Read by pydantic in config/kinds.py: a key nobody knows is a mistake to tell, not to drop.
EXACT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: how heavy it is, what the author is told, and how to put it right.

    `says` and `fix` may carry `{placeholders}`, which the check that finds the fault fills;
    which ones each rule gets is listed beside the check.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = EXACT

    severity: Severity
    says: str
    fix: str
    # Whom a question speaks to. A fault and an advice always speak to the agency, a danger to
    # nobody outside the board. `readers_of` says it of a finding, which may be softer.
    tell: tuple[Reader, ...] = ("administrator",)
    source: str = ""  # where the rule comes from, such as "Toolkit, e) Guidance Notes: Date"
    asks: bool = False  # whether a question cannot be settled before its author has answered it


def readers_of(rule: Rule, severity: Severity) -> tuple[Reader, ...]:
    """Whom a finding of this weight speaks to. A question made of a fault (because it was so in
    every row, or was read from a copy) speaks to both."""
    if severity != "question":
        return () if severity == "danger" else ("agency",)
    return ("agency", "administrator") if rule.severity == "fault" else rule.tell
