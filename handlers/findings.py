"""The notebook a judge writes its findings in.

Does: looks each rule up in its kind, fills the sentence, and keeps the first ten places of one
fault and the count of the rest, so that memory and letters stay short however long the table. What
is so in every row or criterion it makes one finding of (`handlers/throughout.py`). Passes over a
rule that the kind does not have: a board took it out, so it is not asked.
Trusts: the kind's TOML (checked at load to have no rule that no check raises).
Never touches: the document; values arrive already passed through `handlers/typed/quoting.py`.
Known limits: "one fault" is one rule in one column with one message and one fix, or with one
cause where the message quotes what was entered. A rule that quotes without naming a cause is told
as often as its values differ.
"""

from __future__ import annotations

from dataclasses import replace

from config.checks import raisable
from config.kind import Kind
from config.rule import Severity
from handlers.finding import Finding, Where
from handlers.throughout import Throughout

PLACES = 10


class Findings:
    """Collects findings for one kind of return, in the order they are met."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._may: frozenset[str] | None = None  # looked up when a rule is not in the kind
        self._told: dict[tuple[str, str | None, str], list[Finding]] = {}
        self._more: dict[tuple[str, str | None, str], tuple[int, Where]] = {}
        # How many rows or criteria each rule was broken in, in each column, and the last of them.
        self._places: dict[tuple[str, str | None], tuple[int, Where]] = {}

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
        was entered. A word called `instead` is told in place of the rule's own sentence, one called
        `instead_fix` in place of its fix. Raises KeyError for a rule that no check of
        `config/checks.py` may raise: a mistake of ours, not of the author's.
        """
        if not self.asks(rule):
            return
        place = where or Where()
        self._count(rule, place)
        law = self._kind.rules[rule]
        message = str(words.get("instead") or law.says.format(**words))
        fix = str(words.get("instead_fix") or law.fix.format(**words))
        same = (rule, place.column, cause or f"{message}\n{fix}")
        told = self._told.setdefault(same, [])
        if len(told) < PLACES:
            told.append(Finding(rule, severity or law.severity, message, fix, place))
        else:
            self._more[same] = (self._more.get(same, (0, place))[0] + 1, place)

    def asks(self, rule: str) -> bool:
        """Whether the rule is looked for in this kind. Raises KeyError as `add` does."""
        if self._kind.asks(rule):
            return True
        if self._may is None:
            self._may = frozenset(raisable(self._kind))
        if rule not in self._may:
            raise KeyError(f"no check of config/checks.py may raise {rule}")
        return False

    def weighs(self, rule: str) -> Severity | None:
        """How heavy the rule is in this kind; None where it is not looked for."""
        return self._kind.rules[rule].severity if self.asks(rule) else None

    def fix_of(self, rule: str) -> str:
        """The kind's own fix for a rule, where it asks for it and needs no words of a check."""
        law = self._kind.rules.get(rule)
        return law.fix if law is not None and "{" not in law.fix else ""

    def faults(self) -> list[Finding]:
        """Those told so far that send the document back."""
        return [one for told in self._told.values() for one in told if one.severity == "fault"]

    @property
    def weighty(self) -> bool:
        """Something told so far stands in the way of accepting it."""
        return any(one.severity != "advice" for told in self._told.values() for one in told)

    def __contains__(self, rule: str) -> bool:
        return any(same[0] == rule for same in self._told)

    def all(self, asked: Throughout | None = None) -> tuple[Finding, ...]:
        """Every finding; where a fault had more than ten places, a last one counts the rest. With
        `asked`, a rule broken wherever it was asked about is one finding."""
        everywhere = self._everywhere(asked) if asked else {}
        out: list[Finding] = []
        for same, told in self._told.items():
            if same[:2] in everywhere:
                one = everywhere[same[:2]]
                out.extend([] if one in out else [one])
                continue
            out.extend(told)
            if same in self._more:
                count, last = self._more[same]
                out.append(_and_more(told[-1], count, last))
        return tuple(out)

    def _count(self, rule: str, place: Where) -> None:
        """Each row or criterion once; a judge goes through them in order."""
        if place.row is not None or place.criterion is not None:
            count, last = self._places.get((rule, place.column), (0, None))
            if place != last:
                self._places[rule, place.column] = count + 1, place

    def _everywhere(self, asked: Throughout) -> dict[tuple[str, str | None], Finding]:
        """One finding for each rule and column of which it holds."""
        found = {}
        for (rule, column), (places, _) in self._places.items():
            told = [f for same, fs in self._told.items() if same[:2] == (rule, column) for f in fs]
            if asked.holds(rule, places) and all(f.severity != "danger" for f in told):
                found[rule, column] = asked.as_one(told)
        return found


def _and_more(example: Finding, count: int, last: Where) -> Finding:
    rows = "1 more row" if count == 1 else f"{count:,} more rows"
    table = f" of table {last.table}" if last.table != example.where.table else ""
    tail = f" The same is so in {rows}, the last being row {last.row}{table}." if last.row else ""
    return replace(
        example,
        message=f"{example.message}{tail or f' The same is so in {count:,} more places.'}",
        where=replace(last, row=None),
    )
