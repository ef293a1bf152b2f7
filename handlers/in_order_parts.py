"""Keeps the list of parts that a letter may call in order: only what was asked and found so.

A part that is off the list is not said to be wrong (failure mode 96).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from config.checks import UNVOUCHABLE_FILE_RULES, RaisableRule, is_part_checked, raisable_rules
from config.kind import Kind
from config.kind_parts import EVERYTHING, WHERE_IT_STANDS, part_of_phrase
from config.kind_shape import FormShape, ReportShape, TableShape
from handlers.findings import AFTER_LAST_SECTION, FRONT_SHEET, Finding, FindingPlace, Judgement

# The parts of a table that a column's entries are.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("dates",),
    "time": ("times",),
    "agency": ("agency",),
    "source": ("source",),
}
_BLANKS: Mapping[str, tuple[str, ...]] = {"date": ("dates",), "signature": ("signature",)}


def phrases_in_order(
    kind: Kind, there: Mapping[str, str], found: Iterable[Finding]
) -> tuple[str, ...]:
    """The phrases of `there` (what the document has, by part) that may be called in order."""
    may = raisable_rules(kind)
    against = _told_against(kind, found, may)
    if EVERYTHING in against:
        return ()
    return tuple(
        phrase
        for part, phrase in there.items()
        if part not in against and is_part_checked(part, kind, may)
    )


def with_later_findings(
    judgement: Judgement, more: Iterable[Finding], kind: Kind | None = None
) -> Judgement:
    """The judgement with findings that came later, and without what they take off the list."""
    more = tuple(more)
    against = faulted_parts(kind, more)
    passed = tuple(
        phrase
        for phrase in judgement.passed
        if EVERYTHING not in against and part_of_phrase(phrase) not in against
    )
    return replace(judgement, findings=(*judgement.findings, *more), passed=passed)


def faulted_parts(kind: Kind | None, found: Iterable[Finding]) -> frozenset[str]:
    """The parts that the findings tell against; EVERYTHING where it is all of them."""
    return _told_against(kind, found, raisable_rules(kind) if kind is not None else {})


def _told_against(
    kind: Kind | None, found: Iterable[Finding], may: Mapping[str, RaisableRule]
) -> frozenset[str]:
    return frozenset(part for finding in found for part in _against(finding, kind, may))


def _against(finding: Finding, kind: Kind | None, may: Mapping[str, RaisableRule]) -> Iterator[str]:
    if finding.rule in UNVOUCHABLE_FILE_RULES or finding.severity == "danger":
        yield EVERYTHING
    raised = may.get(finding.rule)
    if raised is None or kind is None:
        return
    somewhere = WHERE_IT_STANDS in raised.spoils
    here = tuple(parts_at_place(finding.where, kind))
    yield from (part for part in raised.spoils if part != WHERE_IT_STANDS)
    if finding.severity != "advice" or somewhere:
        yield from here
    if somewhere and not here:
        yield EVERYTHING


def parts_at_place(where: FindingPlace, kind: Kind) -> Iterator[str]:
    """The parts of a return that a finding's place is in."""
    match kind.shape:
        case TableShape() as shape:
            sorts = (c.reads_as for c in shape.columns if c.heading == where.column)
            yield from (part for sort in sorts for part in _COLUMNS.get(sort, ()))
        case FormShape() as shape:
            yield from _in_form(where, shape)
        case ReportShape() as shape:
            yield from _in_report(where.section or "", shape)


def _in_form(where: FindingPlace, shape: FormShape) -> Iterator[str]:
    if where.criterion is not None:
        yield "answers"
    for field in shape.fields:
        if field.label == where.section:
            yield from _BLANKS.get(field.reads_as, ())
    if where.section in shape.statement_names or (where.section or "").startswith("statement "):
        yield "statements"


def _in_report(section: str, shape: ReportShape) -> Iterator[str]:
    if section.startswith(FRONT_SHEET):
        yield "front sheet"
    key = next((s.key for s in shape.sections if s.heading == section), "")
    if key:
        yield "sections"
        if key == shape.genogram_section:
            yield "genogram"
        if shape.sign_off and key == shape.sign_off.section:
            yield "signing off"
    if shape.plan and (
        key == shape.recommendations_section
        or section == AFTER_LAST_SECTION
        or section.split(", ")[0] == shape.plan.label
    ):
        yield "plan"
