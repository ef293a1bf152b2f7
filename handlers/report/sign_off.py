"""The signing off: author and commissioner, each with name, job designation, date and signature.

Does: says what is missing for whom, and asks a person to look where a signature is a picture,
where a digital one proves nothing, or where both people are one.
Trusts: a digital signature that counts to be one of theirs; a typed name to be a signature.
Never touches: whether a signature is genuine; names are compared here and go no further.
Known limits: where the section itself is missing, the whole report after the front sheet is
searched, so a sign-off under another heading still counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.shape import SignOff
from handlers.document.block import Block
from handlers.finding import Where
from handlers.findings import Findings
from handlers.report.report import Report
from handlers.report.signatory import Signatory, signatories
from intake.signatures.signature import DOUBTS

UNPROVEN = "sign-off-unproven"


def check_sign_off(report: Report, findings: Findings) -> None:
    """sign-off-missing: `{missing}`, `{person}`. sign-off-image: `{person}`. sign-off-unproven:
    `{why}`. sign-off-same-person: none."""
    sign_off = report.shape.sign_off
    if sign_off is None:
        return
    place = Where(section=_heading(report, sign_off))
    people = signatories(_searched(report, sign_off), sign_off)
    called = {field.key: field.label.lower() for field in sign_off.roles}
    counts, doubted = report.traits.signed_digitally, _doubted(report, findings)
    for person in people:
        missing = _missing(person, sign_off, counts or doubted)
        if missing:
            findings.add("sign-off-missing", place, missing=missing, person=called[person.role])
        elif person.signed_by_picture:
            findings.add("sign-off-image", place, person=called[person.role])
    if doubted:
        findings.add(UNPROVEN, place, why=DOUBTS[report.traits.signature_doubt])
    names = [person.name for person in people if person.name]
    if len(names) != len(set(names)):
        findings.add("sign-off-same-person", place)


def _doubted(report: Report, findings: Findings) -> bool:
    """A digital signature is there, and it is for a person to say what it is worth."""
    traits = report.traits
    return traits.digital_signature and not traits.signed_digitally and findings.asks(UNPROVEN)


def listed(words: Sequence[str], last: str = "and") -> str:
    """ "name", "name and date", "name, job designation and date"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _heading(report: Report, sign_off: SignOff) -> str:
    return next(s.heading for s in report.shape.sections if s.key == sign_off.section)


def _searched(report: Report, sign_off: SignOff) -> tuple[Block, ...]:
    if report.outline[sign_off.section]:
        return report.body(sign_off.section)
    return report.blocks[report.outline.front :]


def _missing(person: Signatory, sign_off: SignOff, sealed: bool) -> str:
    lacking = [
        field.label.lower()
        for field in sign_off.parts
        if not person.has(field.key) and not (sealed and field.key == "signature")
    ]
    return listed(lacking, "or")
