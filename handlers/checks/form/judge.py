"""The judge of a form: one table of checks, run over one sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from config.checks import FORM_CHECK_SPECS, active_check_names
from config.kind import Kind
from config.kind_parts import part_phrase
from config.kind_shape import FormShape
from handlers.checks.check_functions import bind_check_functions
from handlers.checks.form import (
    child_identifier,
    field_checks,
    final_wording,
    form_checks,
    nil_marks,
    nil_return,
    report_day,
    signature_checks,
)
from handlers.checks.form.answer_marks import EMPTY_BOXES
from handlers.checks.form.child_identifier import find_child_identifier
from handlers.checks.form.form_checks import answers_by_criterion
from handlers.checks.form.form_sheet import FormSheet, read_form_sheet
from handlers.checks.form.letter_fields import UNTIL_TOKEN
from handlers.checks.form.more_time import fill_time_request, summarise_request
from handlers.checks.form.nil_return import read_involvement
from handlers.checks.form.nil_sentences import Involvement
from handlers.checks.form.request_answers import fill_nominee, keep_request_answers
from handlers.context import Context
from handlers.document import Block, Traits
from handlers.findings import CheckedTotal, Clues, Finding, Findings, Judgement
from handlers.in_order_parts import phrases_in_order
from handlers.values.agency_names import MAX_AGENCY_NAME_LENGTH, compare_with_sender
from handlers.values.dates import read_signing_day
from handlers.values.example_days import example_day, example_to_come, with_example_days


def phrases_of_parts(sheet: FormSheet) -> Mapping[str, str]:
    """The phrase of each part that the form has: "all 17 answers", "the date"."""
    filled = [entry for entry in sheet.entries if entry.filled and entry.entered_text]
    there = {
        "statements": bool(sheet.standings) and not _left_empty(sheet),
        "answers": bool(sheet.asked),
        "signature": any(entry.field.reads_as == "signature" for entry in filled),
        "dates": any(entry.field_key == "date" for entry in filled),
    }
    count = {"answers": len(sheet.asked)}
    return {part: part_phrase(part, count.get(part, 1)) for part, has in there.items() if has}


def _left_empty(sheet: FormSheet) -> bool:
    """Whether a box that somebody may tick stands empty anywhere on it."""
    return any(char in EMPTY_BOXES for p in sheet.passages for char in p.text)


# Another wording is evidence, however many criteria have one.
EXACT_RULES = frozenset({"criterion-missing", "criterion-reworded"})

FormCheck = Callable[[FormSheet, Context, Findings], None]


# By the names of `config/checks.py`, and in its order.
FORM_CHECK_FUNCTIONS: dict[str, FormCheck] = bind_check_functions(
    FORM_CHECK_SPECS,
    (
        child_identifier,
        field_checks,
        final_wording,
        form_checks,
        nil_marks,
        nil_return,
        report_day,
        signature_checks,
    ),
)


def judge_form(blocks: Sequence[Block], traits: Traits, kind: Kind, context: Context) -> Judgement:
    """Judge one form of `kind`, whose shape is a FormShape.

    Raises TypeError for a kind of another shape: a mistake of ours, not of the author's.
    """
    if not isinstance(kind.shape, FormShape):
        raise TypeError(f"{kind.id} is not a form")
    sheet = read_form_sheet(blocks, traits, kind, kind.shape, context.agency)
    sheet = fill_nominee(fill_time_request(sheet, context))
    notes = Findings(kind)
    untouched = (
        sheet.is_untouched and not traits.may_hold_ink and notes.includes_rule("blank-template")
    )
    untouched = untouched and read_involvement(sheet, context) == Involvement(False)
    if untouched:
        notes.add("blank-template")
    else:
        _run(sheet, context, notes)
    for rule in kind.shape.always:
        notes.add(rule, asked=summarise_request(sheet, context))
    criteria = sum(one.line is not None for one in sheet.asked)
    found = notes.collect_findings(CheckedTotal(criteria, "criteria", EXACT_RULES))
    findings = with_example_days(_by_criterion(found), _example(sheet, context.today))
    passed = phrases_in_order(kind, phrases_of_parts(sheet), findings)
    return Judgement(kind.id, 1.0, findings, passed, _clues(sheet, context))


def _by_criterion(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """What is told of criteria in the order of the form, whichever check told it."""
    told = iter(sorted((f for f in found if f.where.criterion), key=_criterion))
    return tuple(next(told) if f.where.criterion else f for f in found)


def _criterion(finding: Finding) -> int:
    return finding.where.criterion or 0


def _example(sheet: FormSheet, today: date) -> Callable[[str], date | None]:
    """The example in a rule about a blank for a day, or about one that is asked for with it: one
    that is asked for is still to come."""
    wished = tuple(
        f"{e.field_key}-" for e in sheet.signing_fields if UNTIL_TOKEN in e.field.said_by
    )
    keys = tuple(f"{e.field_key}-" for e in sheet.signing_fields)

    def example(rule: str) -> date | None:
        if not rule.startswith(keys):
            return None
        return example_to_come(today) if rule.startswith(wished) else example_day(today)

    return example


def _run(sheet: FormSheet, context: Context, notes: Findings) -> None:
    asked = active_check_names(sheet.kind)
    for name, look in FORM_CHECK_FUNCTIONS.items():
        if name in asked:
            look(sheet, context, notes)


def _clues(sheet: FormSheet, context: Context) -> Clues:
    identifier, place = find_child_identifier(sheet, context)
    return Clues(
        child_identifier=identifier,
        identifier_place=place,
        agency=_agency(sheet, context),
        dated=_dated(sheet, context),
        answers=answers_by_criterion(sheet),
        asks=keep_request_answers(sheet, context),
    )


def _agency(sheet: FormSheet, context: Context) -> str | None:
    """ "own", "other", None; or a name that may be several agencies', for whoever knows them. Where
    the kind asks nothing about such a name, it is another's."""
    entry = next((e for e in sheet.entries if e.field.reads_as == "agency"), None)
    said = compare_with_sender(entry.entered_text, context.agency) if entry else None
    if entry is None or said != "unclear":
        return said
    return (
        entry.entered_text[:MAX_AGENCY_NAME_LENGTH]
        if sheet.kind.includes_rule(f"{entry.field_key}-unclear")
        else "other"
    )


def _dated(sheet: FormSheet, context: Context) -> date | None:
    """The day in the blank that is called `date`: other dates on a form are not its own."""
    entry = sheet.fields_by_key.get("date")
    period = context.case.period if context.case else None
    return (
        read_signing_day(entry.entered_text, period, context.today).value
        if entry and entry.entered_text
        else None
    )
