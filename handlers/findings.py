"""What judging says: findings, and where each is. `handlers/verdict.py` weighs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from config.checks import raisable_rules
from config.kind import Kind
from config.rules import VALUE_REFUSALS, Severity
from handlers.verdict import SEVERITY_WEIGHTS, Verdict, verdict_of

# Places in a report that are none of its sections.
FRONT_SHEET = "Front sheet"
PAGE_MARGIN = "Page header or footer"
# Where the identifier of a review stands that is on no front sheet and in no blank.
TOP_OF_DOCUMENT = "The lines at the top"
ABOVE_TABLE = "The lines above the table"
AROUND_TABLE = "The lines above or below the table"
DETAILS_TABLE = "The table of details"
LETTER_ITSELF = "The text itself"
AFTER_LAST_SECTION = "After the last section"

MAX_DIGESTS = 20_000  # entries; of a longer table none is told


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """The place of a finding, in the words of the document's own form. All parts optional.

    `row` counts a table's rows as Word shows them, its heading row being row 1. `column` is the
    heading the toolkit gives, never the cell's text. `section` is a section's toolkit heading,
    a field's label, a statement's number in words, or where a table stands among others.
    `criterion` is the kind's own number, and `number` what the author's form prints before that
    criterion, where it prints a number at all. `line` is the digest of the line that is meant
    (`handlers/fields/versions.py`), by which its paragraph is found to comment on.
    """

    table: int | None = None
    row: int | None = None
    column: str | None = None
    section: str | None = None
    criterion: int | None = None
    number: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a document, under the rule's id."""

    rule: str
    severity: Severity
    message: str
    fix: str
    where: FindingPlace = field(default_factory=FindingPlace)


@dataclass(frozen=True, slots=True)
class Clues:
    """What the document says about itself, to be held against what the register knows.

    Names of people stay inside the worker: only what the register needs to compare comes out, and
    what a small return asks, which is sealed with its entry.
    """

    child_identifier: str | None = None
    identifier_place: str = ""  # where it stands, as a finding's section
    agency: str | None = None  # "own", "other", or, from a table, the name that every entry gives
    dated: date | None = None  # the latest day a report gives itself, or a form's signing
    answers: tuple[tuple[int, str], ...] = ()  # a form's criteria and their answers
    rows: int | None = None  # entries in a chronology
    issued: str | None = None  # the stamp of the template it was written in, not yet verified
    # What it says, to compare with its next version: `handlers/fields/versions.py`. Empty if not
    # known.
    digests: tuple[int, ...] = ()
    letters: int | None = None  # of what is no table: `TextDigest` in the same module
    words: int | None = None
    # What a small return asks, by its labels: for the administrator, and in no letter.
    asks: tuple[tuple[str, str], ...] = ()
    likely: tuple[str, ...] = ()  # the kinds that it may well be where it was not recognised


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one return inside a document came to.

    `kind` is None when nothing was recognised; `confidence` runs from 0 to 1. `passed` says
    what was in order, in words that finish "Already in order: ...".
    """

    kind: str | None
    confidence: float
    findings: tuple[Finding, ...] = ()
    passed: tuple[str, ...] = ()
    clues: Clues = field(default_factory=Clues)

    @property
    def verdict(self) -> Verdict:
        return verdict_of(f.severity for f in self.findings)


MIN_PLACES_CHECKED = 4


@dataclass(frozen=True, slots=True)
class CheckedTotal:
    """How many rows or criteria there were to ask about. `exact` are rules that stay a fault."""

    count: int
    unit: Literal["rows", "criteria"]
    exact: frozenset[str] = frozenset()

    def is_broken_throughout(self, rule: str, places: int) -> bool:
        """Whether a rule broken at so many places was broken at every one there was."""
        return self.count >= MIN_PLACES_CHECKED and places >= self.count and rule not in self.exact

    def merge_findings(self, told: Sequence[Finding]) -> Finding:
        """One finding for all of one rule (and of one column, in a table): the first few of them,
        at least one of each cause, are `told`."""
        first = told[0]
        severity = _softened(max((f.severity for f in told), key=SEVERITY_WEIGHTS.__getitem__))
        alike = all((f.message, f.fix) == (first.message, first.fix) for f in told)
        words = VALUE_REFUSALS["throughout"][severity if alike else f"{severity}-of-several-causes"]
        says = words.says.format(says=first.message, count=f"{self.count:,}", unit=self.unit)
        fix = words.fix.format(fix=first.fix)
        return Finding(first.rule, severity, says, fix, _shared([f.where for f in told]))


def _softened(severity: Severity) -> Severity:
    return "question" if severity == "fault" else severity


def _shared(places: Sequence[FindingPlace]) -> FindingPlace:
    """What all places have in common; no row, and no criterion."""
    first = places[0]
    return replace(
        first,
        table=first.table if all(place.table == first.table for place in places) else None,
        section=_section([place.section or "" for place in places]) or None,
        row=None,
        criterion=None,
        number=None,
        line=None,
    )


def _section(sections: Sequence[str]) -> str:
    """The parts of a name such as "Action Plan, second table" with which all of them begin."""
    parts = [section.split(", ") for section in sections]
    shared = []
    for same in zip(*parts, strict=False):
        if len(set(same)) > 1:
            break
        shared.append(same[0])
    return ", ".join(shared)


MAX_PLACES_LISTED = 10


class Findings:
    """Collects findings for one kind of return, in the order they are met."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._raisable: frozenset[str] | None = None  # looked up when a rule is not in the kind
        self._told: dict[tuple[str, str | None, str], list[Finding]] = {}
        self._more: dict[tuple[str, str | None, str], tuple[int, FindingPlace]] = {}
        # How many rows or criteria each rule was broken in, in each column, and the last of them.
        self._places: dict[tuple[str, str | None], tuple[int, FindingPlace]] = {}

    def add(
        self,
        rule: str,
        where: FindingPlace | None = None,
        severity: Severity | None = None,
        cause: str = "",
        **words: object,
    ) -> None:
        """Note that `rule` was broken at `where`; `words` fill its sentences.

        `severity` stands in for the rule's own where the kind says so, as for one section.
        `cause` names one fault whose message differs from place to place because it quotes what
        was entered. A word called `instead` is told in place of the rule's own sentence, one called
        `instead_fix` in place of its fix; `besides` and `besides_fix` are told after them. Raises
        KeyError for a rule that no check of `config/checks.py` may raise: a mistake of ours, not of
        the author's.
        """
        if not self.includes_rule(rule):
            return
        place = where or FindingPlace()
        self._count(rule, place)
        definition = self._kind.rules[rule]
        message = str(words.get("instead") or definition.says.format(**words))
        fix = str(words.get("instead_fix") or definition.fix.format(**words))
        message, fix = (
            " ".join(filter(None, (said, str(words.get(more) or ""))))
            for said, more in ((message, "besides"), (fix, "besides_fix"))
        )
        same = (rule, place.column, cause or f"{message}\n{fix}")
        told = self._told.setdefault(same, [])
        if len(told) < MAX_PLACES_LISTED:
            told.append(Finding(rule, severity or definition.severity, message, fix, place))
        else:
            self._more[same] = (self._more.get(same, (0, place))[0] + 1, place)

    def includes_rule(self, rule: str) -> bool:
        """Whether the rule is looked for in this kind. Raises KeyError as `add` does."""
        if self._kind.includes_rule(rule):
            return True
        if self._raisable is None:
            self._raisable = frozenset(raisable_rules(self._kind))
        if rule not in self._raisable:
            raise KeyError(f"no check of config/checks.py may raise {rule}")
        return False

    def severity_of(self, rule: str) -> Severity | None:
        """How heavy the rule is in this kind; None where it is not looked for."""
        return self._kind.rules[rule].severity if self.includes_rule(rule) else None

    def fix_for_rule(self, rule: str) -> str:
        """The kind's own fix for a rule, where it asks for it and needs no words of a check."""
        definition = self._kind.rules.get(rule)
        return definition.fix if definition is not None and "{" not in definition.fix else ""

    def list_faults(self) -> list[Finding]:
        """Those told so far that send the document back."""
        return [one for told in self._told.values() for one in told if one.severity == "fault"]

    def __contains__(self, rule: str) -> bool:
        return any(same[0] == rule for same in self._told)

    def collect_findings(self, asked: CheckedTotal | None = None) -> tuple[Finding, ...]:
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

    def _count(self, rule: str, place: FindingPlace) -> None:
        """Each row or criterion once; a judge goes through them in order."""
        if place.row is not None or place.criterion is not None:
            count, last = self._places.get((rule, place.column), (0, None))
            if place != last:
                self._places[rule, place.column] = count + 1, place

    def _everywhere(self, asked: CheckedTotal) -> dict[tuple[str, str | None], Finding]:
        """One finding for each rule and column of which it holds."""
        found = {}
        for (rule, column), (places, _) in self._places.items():
            told = [f for same, fs in self._told.items() if same[:2] == (rule, column) for f in fs]
            if asked.is_broken_throughout(rule, places) and all(
                f.severity != "danger" for f in told
            ):
                found[rule, column] = asked.merge_findings(told)
        return found


def _and_more(example: Finding, count: int, last: FindingPlace) -> Finding:
    rows = "1 more row" if count == 1 else f"{count:,} more rows"
    table = f" of table {last.table}" if last.table != example.where.table else ""
    tail = f" The same is so in {rows}, the last being row {last.row}{table}." if last.row else ""
    return replace(
        example,
        message=f"{example.message}{tail or f' The same is so in {count:,} more places.'}",
        where=replace(last, row=None),
    )
