"""The notebook a judge writes its findings in.

Does: looks each rule up in its kind, fills the sentence, and keeps the first ten places of one
fault and the count of the rest, so that memory and letters stay short however long the table.
Trusts: the kind's TOML (checked at load to have every rule its shape can raise).
Never touches: the document; values arrive already passed through `handlers/typed/quoting.py`.
Known limits: "one fault" is one rule in one column with one message and one fix, or with one
cause where the message quotes what was entered. A rule that quotes without naming a cause is told
as often as its values differ.
"""

from __future__ import annotations

from dataclasses import replace

from config.kind import Kind
from config.rule import Severity
from handlers.finding import Finding, Where

PLACES = 10


class Findings:
    """Collects findings for one kind of return, in the order they are met."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._told: dict[tuple[str, str | None, str], list[Finding]] = {}
        self._more: dict[tuple[str, str | None, str], tuple[int, Where]] = {}

    def add(
        self,
        rule: str,
        where: Where | None = None,
        severity: Severity | None = None,
        cause: str = "",
        **words: object,
    ) -> None:
        """Note that `rule` was broken at `where`; `words` fill its sentences.

        `severity` stands in for the rule's own where the kind says so, as for one section.
        `cause` names one fault whose message differs from place to place because it quotes what
        was entered. Raises KeyError when the kind has no such rule: a mistake of ours, not of the
        author's.
        """
        place = where or Where()
        law = self._kind.rules[rule]
        message, fix = law.says.format(**words), law.fix.format(**words)
        same = (rule, place.column, cause or f"{message}\n{fix}")
        told = self._told.setdefault(same, [])
        if len(told) < PLACES:
            told.append(Finding(rule, severity or law.severity, message, fix, place))
        else:
            self._more[same] = (self._more.get(same, (0, place))[0] + 1, place)

    def knows(self, rule: str) -> bool:
        """Whether the kind has such a rule, for one that a board may leave out."""
        return rule in self._kind.rules

    def __contains__(self, rule: str) -> bool:
        return any(same[0] == rule for same in self._told)

    def all(self) -> tuple[Finding, ...]:
        """Every finding; where a fault had more than ten places, a last one counts the rest."""
        out: list[Finding] = []
        for same, told in self._told.items():
            out.extend(told)
            if same in self._more:
                count, last = self._more[same]
                out.append(_and_more(told[-1], count, last))
        return tuple(out)


def _and_more(example: Finding, count: int, last: Where) -> Finding:
    rows = "1 more row" if count == 1 else f"{count:,} more rows"
    tail = f" The same is so in {rows}, the last being row {last.row}." if last.row else ""
    return replace(
        example,
        message=f"{example.message}{tail or f' The same is so in {count:,} more places.'}",
        where=replace(last, row=None),
    )
