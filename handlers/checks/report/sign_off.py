"""The signing off: author and commissioner, each with name, job designation, date and signature.

Does: says what is evidently missing for whom, and asks a person to look where something stands in
the block that cannot be shared out, where a signature is a picture, where a digital one proves
nothing, or where both people are one.
Trusts: a digital signature that counts to be one of theirs; a typed name to be a signature.
Never touches: whether a signature is genuine; names are compared here and go no further.
Known limits: where the section itself is missing, the whole report after the front sheet is
searched, so a sign-off under another heading still counts.
"""

from __future__ import annotations

from datetime import date

from config.kind_shape import SignOff
from handlers.checks.report.grid import grids
from handlers.checks.report.paragraphs import listed
from handlers.checks.report.report import Report
from handlers.checks.report.sections import is_guidance
from handlers.checks.report.sign_off_places import how_to_mend
from handlers.checks.report.signatories import signatories
from handlers.checks.report.signatory import Signatory
from handlers.document import Block, Paragraph, TableEnd
from handlers.fields.front_matter import sort_of
from handlers.findings import Findings, Where
from handlers.values.dates import IMPOSSIBLE, DateReading, read_day_signed, refusal_words
from handlers.values.normalise import fold, quoted
from intake.signatures.signature import DOUBTS

# Sorts of `config/front_matter.toml` in which nobody signs.
LISTS = frozenset({"versions", "issues", "issued", "short-forms", "family", "records"})
UNPROVEN = "sign-off-unproven"
PICTURE = "A picture stands here that may be the {person}'s signature, so a person will look at it."
STILL_A_DAY = frozenset({"with-time", "extra-words"})  # there is a day, and more
FUTURE_FIX = "Enter the day of signing, day first, such as 28/05/2010."


def check_sign_off(report: Report, findings: Findings) -> None:
    """sign-off-missing, sign-off-unclear: `{missing}`, `{person}`, and how to `{mend}` it.
    sign-off-image: `{person}`.
    sign-off-date: `{says}`, `{fix}`, `{person}`. sign-off-unproven: `{why}`.
    sign-off-same-person: none."""
    sign_off = report.shape.sign_off
    if sign_off is None:
        return
    place = Where(section=_heading(report, sign_off))
    people = _people(report, sign_off)
    called = {field.key: field.label.lower() for field in sign_off.roles}
    doubted = _doubted(report, findings)
    sealed = report.traits.signed_digitally or doubted
    for person in people:
        _check_person(person, called[person.role], sign_off, sealed, place, findings)
        _check_date(person, called[person.role], report, place, findings)
    if doubted:
        findings.add(UNPROVEN, place, why=DOUBTS[report.traits.signature_doubt])
    names = [person.name for person in people if person.name]
    if len(names) != len(set(names)):
        findings.add("sign-off-same-person", place)


def days_signed(report: Report) -> tuple[date, ...]:
    """The days of signing that can be read and are not still ahead."""
    sign_off = report.shape.sign_off
    people = _people(report, sign_off) if sign_off else ()
    dates = (person.parts.get("date") for person in people)
    read = (_day(part.text, report).value for part in dates if part and part.state == "there")
    return tuple(day for day in read if day is not None and day <= report.context.today)


def _people(report: Report, sign_off: SignOff) -> tuple[Signatory, ...]:
    found = report.outline[sign_off.section] is not None
    agency = report.context.agency
    theirs = frozenset(map(fold, (agency.name, *agency.abbreviations) if agency else ()))
    return signatories(_searched(report, sign_off), sign_off, found, theirs)


def _day(text: str, report: Report) -> DateReading:
    return read_day_signed(text, report.period, report.context.today)


def _check_person(
    person: Signatory,
    called: str,
    sign_off: SignOff,
    sealed: bool,
    place: Where,
    findings: Findings,
) -> None:
    """What is evidently absent is a fault; what cannot be told is a question."""
    words = {field.key: field.label.lower() for field in sign_off.parts}
    unsealed = [k for k in words if not (sealed and k == "signature")]
    absent = [k for k in unsealed if k in person.of("absent")]
    unclear = [k for k in unsealed if k in person.of("unclear")]
    if "signature" in unclear and person.parts["signature"].picture:
        unclear.remove("signature")
        says = PICTURE.format(person=called)
        findings.add(
            "sign-off-unclear", place, None, "", missing=words["signature"], person=called,
            instead=says, mend=how_to_mend(["signature"], sign_off, person),
        )  # fmt: skip
    if absent:
        missing = listed([words[k] for k in absent])
        told = [person.parts[k].says for k in absent]
        alone = len(absent) == 1 and told[0]
        instead = f"The {called}'s {missing}. {told[0]}" if alone else ""
        findings.add(
            "sign-off-missing", place, None, "", missing=missing, person=called, instead=instead,
            mend=how_to_mend(absent, sign_off, person),
        )  # fmt: skip
    if unclear:
        missing = listed([words[k] for k in unclear])
        findings.add(
            "sign-off-unclear", place, None, "", missing=missing, person=called,
            mend=how_to_mend(unclear, sign_off, person),
        )  # fmt: skip
    if person.signed_by_picture and "signature" not in absent:
        findings.add("sign-off-image", place, person=called)


def _check_date(
    person: Signatory, called: str, report: Report, place: Where, findings: Findings
) -> None:
    """A date of signing that no calendar has, or that is still ahead; one that is no whole day
    cannot be told."""
    part = person.parts.get("date")
    if part is None or part.state != "there" or not part.text:
        return
    reading = _day(part.text, report)
    future = reading.value is not None and reading.value > report.context.today
    if not person.sure and (future or reading.refusal in IMPOSSIBLE):
        _ask_for_date(person, called, report, place, findings)
    elif future:
        says = f"{quoted(part.text)} is in the future."
        findings.add("sign-off-date", place, person=called, says=says, fix=FUTURE_FIX)
    elif reading.refusal in IMPOSSIBLE:
        says, fix = refusal_words(reading, part.text)
        findings.add("sign-off-date", place, person=called, says=says, fix=fix)
    elif reading.value is None and reading.refusal not in STILL_A_DAY:
        _ask_for_date(person, called, report, place, findings)


def _ask_for_date(
    person: Signatory, called: str, report: Report, place: Where, findings: Findings
) -> None:
    findings.add(
        "sign-off-unclear", place, None, "", missing="date", person=called,
        mend=how_to_mend(["date"], report.shape.sign_off, person),
    )  # fmt: skip


def _doubted(report: Report, findings: Findings) -> bool:
    """A digital signature is there, and it is for a person to say what it is worth."""
    traits = report.traits
    return traits.digital_signature and not traits.signed_digitally and findings.asks(UNPROVEN)


def _heading(report: Report, sign_off: SignOff) -> str:
    return next(s.heading for s in report.shape.sections if s.key == sign_off.section)


def _searched(report: Report, sign_off: SignOff) -> tuple[Block, ...]:
    """The section without what the template prints in it; or, where it is not there, all that
    follows the front sheet. Nobody signs in a list of versions, of staff and the like."""
    found = report.outline[sign_off.section]
    if found is None:
        return _without_lists(report.blocks[report.outline.front :], report)
    own = tuple(
        Paragraph("") if isinstance(b, Paragraph) and is_guidance(b.text, found.section) else b
        for b in report.body(sign_off.section)
    )
    return _without_lists(own, report)


def _without_lists(blocks: tuple[Block, ...], report: Report) -> tuple[Block, ...]:
    kept = list(blocks)
    for grid in grids(blocks):
        if not grid.inner and sort_of(grid.rows, report.period) in LISTS:
            kept[grid.position : grid.end] = [TableEnd(grid.rows[0].table)] * len(grid.rows)
    return tuple(kept)
