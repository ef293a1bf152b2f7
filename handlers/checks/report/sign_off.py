"""Checks the signing off: author and commissioner, each with name, job, date and signature.

Names are compared here and go no further. Where the section itself is missing, the whole report
after the front sheet is searched.
"""

from __future__ import annotations

from datetime import date

from config.english import join_with_and
from config.kind_shape import SignOff
from config.rules import VALUE_REFUSALS
from handlers.checks.report.report import ReportDocument, read_once
from handlers.checks.report.report_tables import find_tables
from handlers.checks.report.sections import is_guidance
from handlers.checks.report.sign_off_places import describe_sign_off_fix
from handlers.checks.report.signatories import read_signatories
from handlers.checks.report.signatory import Signatory
from handlers.document import Block, Paragraph, TableEnd
from handlers.fields.front_matter import front_matter_sort
from handlers.findings import FindingPlace, Findings
from handlers.values.dates import (
    IMPOSSIBLE_DATES,
    DateReading,
    date_refusal_words,
    read_signing_day,
)
from handlers.values.normalise import fold_text, quote_if_harmless
from intake.signatures.signature import SIGNATURE_DOUBTS

# Sorts of `config/front_table_words.toml` in which nobody signs.
UNSIGNED_LISTS = frozenset({"versions", "issues", "issued", "short-forms", "family", "records"})
UNPROVEN_RULE = "sign-off-unproven"
PICTURE_SENTENCE = (
    "A picture stands here that may be the {person}'s signature, so a person will look at it."
)
READABLE_REFUSALS = frozenset({"with-time", "extra-words"})  # there is a day, and more
_NO_DAY = frozenset({"month-only", "year-only", "day-open"})  # "XX May 2010"
FUTURE_FIX = "Enter the day of signing, day first, such as 28/05/2010."


def check_sign_off(report: ReportDocument, findings: Findings) -> None:
    """sign-off-missing, sign-off-unclear: `{missing}`, `{person}`, and how to `{mend}` it.
    sign-off-image: `{person}`.
    sign-off-date: `{says}`, `{fix}`, `{person}`. sign-off-unproven: `{why}`.
    sign-off-same-person: none."""
    sign_off = report.shape.sign_off
    if sign_off is None:
        return
    place = FindingPlace(section=_heading(report, sign_off))
    people = find_signatories(report)
    called = {field.key: field.label.lower() for field in sign_off.roles}
    doubted = _doubted(report, findings)
    sealed = report.traits.is_signed_digitally or doubted
    for person in people:
        _check_person(person, called[person.role], sign_off, sealed, place, findings)
        _check_date(person, called[person.role], report, place, findings)
    if doubted:
        findings.add(UNPROVEN_RULE, place, why=SIGNATURE_DOUBTS[report.traits.signature_doubt])
    names = [person.folded_name for person in people if person.folded_name]
    if len(names) != len(set(names)):
        findings.add("sign-off-same-person", place)


def find_signing_days(report: ReportDocument) -> tuple[date, ...]:
    """The days of signing that can be read and are not still ahead."""
    dates = (person.parts.get("date") for person in find_signatories(report))
    read = (_day(part.text, report).value for part in dates if part and part.state == "there")
    return tuple(day for day in read if day is not None and day <= report.context.today)


@read_once
def find_signatories(report: ReportDocument) -> tuple[Signatory, ...]:
    """Who signs off, one for each role; nobody where the kind asks for no signing off."""
    sign_off = report.shape.sign_off
    if sign_off is None:
        return ()
    found = report.outline[sign_off.section] is not None
    agency = report.context.agency
    theirs = frozenset(map(fold_text, (agency.name, *agency.abbreviations) if agency else ()))
    return read_signatories(_searched(report, sign_off), sign_off, found, theirs)


def _day(text: str, report: ReportDocument) -> DateReading:
    return read_signing_day(text, report.review_period, report.context.today)


def _check_person(
    person: Signatory,
    called: str,
    sign_off: SignOff,
    sealed: bool,
    place: FindingPlace,
    findings: Findings,
) -> None:
    """What is evidently absent is a fault; what cannot be told is a question."""
    words = {field.key: field.label.lower() for field in sign_off.parts}
    unsealed = [k for k in words if not (sealed and k == "signature")]
    absent = [k for k in unsealed if k in person.parts_in_state("absent")]
    unclear = [k for k in unsealed if k in person.parts_in_state("unclear")]
    if "signature" in unclear and person.parts["signature"].picture:
        unclear.remove("signature")
        says = PICTURE_SENTENCE.format(person=called)
        findings.add(
            "sign-off-unclear", place, None, "", missing=words["signature"], person=called,
            instead=says, mend=describe_sign_off_fix(["signature"], sign_off, person),
        )  # fmt: skip
    if "signature" in unclear and person.parts["signature"].stands_in:
        unclear.remove("signature")
        _ask_who_signed(called, words["signature"], place, findings)
    if absent:
        missing = join_with_and([words[k] for k in absent])
        told = [person.parts[k].says for k in absent]
        alone = len(absent) == 1 and told[0]
        instead = f"The {called}'s {missing}. {told[0]}" if alone else ""
        findings.add(
            "sign-off-missing", place, None, "", missing=missing, person=called, instead=instead,
            mend=describe_sign_off_fix(absent, sign_off, person),
        )  # fmt: skip
    if unclear:
        missing = join_with_and([words[k] for k in unclear])
        findings.add(
            "sign-off-unclear", place, None, "", missing=missing, person=called,
            mend=describe_sign_off_fix(unclear, sign_off, person),
        )  # fmt: skip
    if person.is_signed_by_picture and "signature" not in absent:
        findings.add("sign-off-image", place, person=called)


def _ask_who_signed(called: str, missing: str, place: FindingPlace, findings: Findings) -> None:
    told = VALUE_REFUSALS["form"]["signed-for-another"]
    says, fix = (text.format(person=called) for text in (told.says, told.fix))
    findings.add(
        "sign-off-unclear", place, None, "", missing=missing, person=called,
        instead=says, instead_fix=fix, mend="",
    )  # fmt: skip


def _check_date(
    person: Signatory, called: str, report: ReportDocument, place: FindingPlace, findings: Findings
) -> None:
    """A date of signing that no calendar has, or that is still ahead; one that is no whole day
    cannot be told."""
    part = person.parts.get("date")
    if part is None or part.state != "there" or not part.text:
        return
    reading = _day(part.text, report)
    future = reading.value is not None and reading.value > report.context.today
    if not person.sure and (future or reading.refusal in IMPOSSIBLE_DATES):
        _ask_for_date(person, called, report, place, findings)
    elif future:
        says = f"{quote_if_harmless(part.text)} is in the future."
        findings.add("sign-off-date", place, person=called, says=says, fix=FUTURE_FIX)
    elif reading.refusal in IMPOSSIBLE_DATES:
        says, fix = date_refusal_words(reading, part.text)
        findings.add("sign-off-date", place, person=called, says=says, fix=fix)
    elif reading.refusal in _NO_DAY:
        says, fix = date_refusal_words(reading, part.text)
        findings.add(
            "sign-off-unclear", place, None, "", missing="date", person=called,
            instead=f"The {called}'s date. {says}", instead_fix=fix,
        )  # fmt: skip
    elif reading.value is None and reading.refusal not in READABLE_REFUSALS:
        _ask_for_date(person, called, report, place, findings)


def _ask_for_date(
    person: Signatory, called: str, report: ReportDocument, place: FindingPlace, findings: Findings
) -> None:
    findings.add(
        "sign-off-unclear", place, None, "", missing="date", person=called,
        mend=describe_sign_off_fix(["date"], report.shape.sign_off, person),
    )  # fmt: skip


def _doubted(report: ReportDocument, findings: Findings) -> bool:
    """A digital signature is there, and it is for a person to say what it is worth."""
    traits = report.traits
    return (
        traits.digital_signature
        and not traits.is_signed_digitally
        and findings.includes_rule(UNPROVEN_RULE)
    )


def _heading(report: ReportDocument, sign_off: SignOff) -> str:
    return next(s.heading for s in report.shape.sections if s.key == sign_off.section)


def _searched(report: ReportDocument, sign_off: SignOff) -> tuple[Block, ...]:
    """The section without what the template prints in it; or, where it is not there, all that
    follows the front sheet. Nobody signs in a list of versions, of staff and the like."""
    found = report.outline[sign_off.section]
    if found is None:
        return _without_lists(report.blocks[report.outline.front :], report)
    own = tuple(
        Paragraph("") if isinstance(b, Paragraph) and is_guidance(b.text, found.section) else b
        for b in report.section_blocks(sign_off.section)
    )
    return _without_lists(own, report)


def _without_lists(blocks: tuple[Block, ...], report: ReportDocument) -> tuple[Block, ...]:
    kept = list(blocks)
    for grid in find_tables(blocks):
        if (
            not grid.is_inside_cell
            and front_matter_sort(grid.rows, report.review_period) in UNSIGNED_LISTS
        ):
            kept[grid.position : grid.end] = [TableEnd(grid.rows[0].table)] * len(grid.rows)
    return tuple(kept)
