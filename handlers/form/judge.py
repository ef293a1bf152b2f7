"""The judge of a form: one table of checks, run over one sheet.

Does: reads the form, runs every check that the kind has rules for, in the order below, and says
what was in order. A form that nobody filled in gets one finding, not one a blank.
Trusts: the caller for the kind, the case and the agency.
Never touches: the clock, the register, the file.
Known limits: the grid is read from tables only. Whether the answers and the date agree with
what the register holds (`answer-contradicts`, `date-before-report`) is asked where both are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from config.kind import Kind
from config.shape import FormShape
from handlers.context import Context
from handlers.document.block import Block, Traits
from handlers.finding import Clues, Judgement
from handlers.findings import Findings
from handlers.form.blanks import check_dates, check_filled, check_ink, check_placeholders
from handlers.form.child import check_child, identifier_on
from handlers.form.kept import check_criteria, check_statements
from handlers.form.marking import answers_on, check_answers, check_reservations
from handlers.form.passed import passed_on
from handlers.form.sender import own_or_other
from handlers.form.sheet import Sheet, read_sheet
from handlers.form.signature import (
    ALTERED,
    ANOTHER,
    check_altered,
    check_author,
    check_manner,
    check_office,
    check_signer,
)
from handlers.typed.when import read_date

Look = Callable[[Sheet, Context, Findings], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One check. It runs when the kind has `rule`; with "" it asks for the rules it needs."""

    look: Look
    rule: str = ""


CHECKS = (
    Check(check_statements),
    Check(check_criteria),
    Check(check_answers),
    Check(check_reservations),
    Check(check_filled),
    Check(check_ink, "handwriting"),
    Check(check_dates),
    Check(check_child),
    Check(check_placeholders, "placeholder-left"),
    Check(check_altered, ALTERED),
    Check(check_manner),
    Check(check_signer, ANOTHER),
    Check(check_office),
    Check(check_author, "signatory-is-author"),
)


def judge_form(blocks: Sequence[Block], traits: Traits, kind: Kind, context: Context) -> Judgement:
    """Judge one form of `kind`, whose shape is a FormShape.

    Raises TypeError for a kind of another shape, KeyError for a kind that lacks a rule its shape
    needs: mistakes of ours, not of the author's.
    """
    if not isinstance(kind.shape, FormShape):
        raise TypeError(f"{kind.id} is not a form")
    sheet = read_sheet(blocks, traits, kind, kind.shape, context.agency)
    notes = Findings(kind)
    untouched = sheet.untouched and not traits.inked and "blank-template" in kind.rules
    if untouched:
        notes.add("blank-template")
    else:
        _run(sheet, context, notes)
    for rule in kind.shape.always:
        notes.add(rule)
    findings = notes.all()
    passed = () if untouched else passed_on(sheet, findings)
    return Judgement(kind.id, 1.0, findings, passed, _clues(sheet, context))


def _run(sheet: Sheet, context: Context, notes: Findings) -> None:
    for check in CHECKS:
        if not check.rule or check.rule in sheet.kind.rules:
            check.look(sheet, context, notes)


def _clues(sheet: Sheet, context: Context) -> Clues:
    agency = next((e.text for e in sheet.entries if e.field.reads_as == "agency"), "")
    return Clues(
        child_identifier=identifier_on(sheet, context),
        agency=own_or_other(agency, context.agency),
        dated=_dated(sheet, context),
        answers=answers_on(sheet),
    )


def _dated(sheet: Sheet, context: Context) -> date | None:
    """The day in the blank that is called `date`: other dates on a form are not its own."""
    entry = sheet.by_key.get("date")
    period = context.case.period if context.case else None
    return read_date(entry.text, period, context.today).value if entry and entry.text else None
