"""The judge of a form: one table of checks, run over one sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from config.checks import asked_in
from config.kind import Kind
from config.kind_parts import called
from config.kind_shape import FormShape
from handlers.checks.form.field_checks import (
    check_dates,
    check_filled,
    check_hidden,
    check_ink,
    check_placeholders,
)
from handlers.checks.form.final import check_final
from handlers.checks.form.form_checks import (
    answers_on,
    check_answers,
    check_child,
    check_criteria,
    check_declaration,
    check_reservations,
    check_statements,
    identifier_on,
)
from handlers.checks.form.letter import UNTIL
from handlers.checks.form.marks import EMPTY
from handlers.checks.form.more_time import asked_for, with_request
from handlers.checks.form.nil_return import check_accounted, check_denial, involvement_on
from handlers.checks.form.nil_sentences import Involvement
from handlers.checks.form.requests import kept_of, with_nominee
from handlers.checks.form.sheet import Sheet, read_sheet
from handlers.checks.form.signature import (
    check_altered,
    check_author,
    check_manner,
    check_office,
    check_signer,
)
from handlers.context import Context
from handlers.document import Block, Traits
from handlers.findings import Clues, Findings, Judgement, Throughout
from handlers.values.agency_names import LONGEST, own_or_other
from handlers.values.dates import example_day, example_to_come, read_day_signed, with_examples
from handlers.vouching import vouched


def parts_on(sheet: Sheet) -> Mapping[str, str]:
    """The phrase of each part that the form has: "all 17 answers", "the date"."""
    filled = [entry for entry in sheet.entries if entry.filled and entry.text]
    there = {
        "statements": bool(sheet.standings) and not _left_empty(sheet),
        "answers": bool(sheet.asked),
        "signature": any(entry.field.reads_as == "signature" for entry in filled),
        "dates": any(entry.key == "date" for entry in filled),
    }
    count = {"answers": len(sheet.asked)}
    return {part: called(part, count.get(part, 1)) for part, has in there.items() if has}


def _left_empty(sheet: Sheet) -> bool:
    """Whether a box that somebody may tick stands empty anywhere on it."""
    return any(char in EMPTY for p in sheet.passages for char in p.text)


# Another wording is evidence, however many criteria have one.
EXACT = frozenset({"criterion-missing", "criterion-reworded"})

Look = Callable[[Sheet, Context, Findings], None]


# By the names of `config/checks.py`, which says what each may raise and what that tells against.
CHECKS: Mapping[str, Look] = {
    "statements": check_statements,
    "declaration": check_declaration,
    "denial": check_denial,
    "criteria": check_criteria,
    "answers": check_answers,
    "reservations": check_reservations,
    "filled": check_filled,
    "ink": check_ink,
    "dates": check_dates,
    "child": check_child,
    "placeholders": check_placeholders,
    "hidden": check_hidden,
    "final": check_final,
    "altered": check_altered,
    "manner": check_manner,
    "signer": check_signer,
    "office": check_office,
    "author": check_author,
    "accounted": check_accounted,  # last: what nothing else stands against
}


def judge_form(blocks: Sequence[Block], traits: Traits, kind: Kind, context: Context) -> Judgement:
    """Judge one form of `kind`, whose shape is a FormShape.

    Raises TypeError for a kind of another shape: a mistake of ours, not of the author's.
    """
    if not isinstance(kind.shape, FormShape):
        raise TypeError(f"{kind.id} is not a form")
    sheet = read_sheet(blocks, traits, kind, kind.shape, context.agency)
    sheet = with_nominee(with_request(sheet, context))
    notes = Findings(kind)
    untouched = sheet.untouched and not traits.inked and notes.asks("blank-template")
    untouched = untouched and involvement_on(sheet, context) == Involvement(False)
    if untouched:
        notes.add("blank-template")
    else:
        _run(sheet, context, notes)
    for rule in kind.shape.always:
        notes.add(rule, asked=asked_for(sheet, context))
    criteria = sum(one.line is not None for one in sheet.asked)
    found = notes.all(Throughout(criteria, "criteria", EXACT))
    findings = with_examples(found, _example(sheet, context.today))
    passed = vouched(kind, parts_on(sheet), findings)
    return Judgement(kind.id, 1.0, findings, passed, _clues(sheet, context))


def _example(sheet: Sheet, today: date) -> Callable[[str], date | None]:
    """The example in a rule about a blank for a day, or about one that is asked for with it: one
    that is asked for is still to come."""
    wished = tuple(f"{e.key}-" for e in sheet.signing if UNTIL in e.field.said_by)
    keys = tuple(f"{e.key}-" for e in sheet.signing)

    def example(rule: str) -> date | None:
        if not rule.startswith(keys):
            return None
        return example_to_come(today) if rule.startswith(wished) else example_day(today)

    return example


def _run(sheet: Sheet, context: Context, notes: Findings) -> None:
    asked = asked_in(sheet.kind)
    for name, look in CHECKS.items():
        if name in asked:
            look(sheet, context, notes)


def _clues(sheet: Sheet, context: Context) -> Clues:
    return Clues(
        child_identifier=identifier_on(sheet, context),
        agency=_agency(sheet, context),
        dated=_dated(sheet, context),
        answers=answers_on(sheet),
        asks=kept_of(sheet, context),
    )


def _agency(sheet: Sheet, context: Context) -> str | None:
    """ "own", "other", None; or a name that may be several agencies', for whoever knows them. Where
    the kind asks nothing about such a name, it is another's."""
    entry = next((e for e in sheet.entries if e.field.reads_as == "agency"), None)
    said = own_or_other(entry.text, context.agency) if entry else None
    if entry is None or said != "unclear":
        return said
    return entry.text[:LONGEST] if sheet.kind.asks(f"{entry.key}-unclear") else "other"


def _dated(sheet: Sheet, context: Context) -> date | None:
    """The day in the blank that is called `date`: other dates on a form are not its own."""
    entry = sheet.by_key.get("date")
    period = context.case.period if context.case else None
    return (
        read_day_signed(entry.text, period, context.today).value if entry and entry.text else None
    )
