"""How a form was signed, by whom, and whether from the office that must sign it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from handlers.checks.form.field_answer import FieldAnswer
from handlers.checks.form.form_sheet import FormSheet
from handlers.context import Context
from handlers.document import Traits
from handlers.fields.people import signs_for_another, unnamed_signature_kind
from handlers.findings import Findings
from handlers.values.normalise import fold_text
from handlers.values.personal_names import is_same_person
from intake.signatures.signature import SIGNATURE_DOUBTS

_TO_DELETE = "delete as"  # "Director/Commissioner (delete as appropriate)"
MAX_TITLES = 2  # "Chief Officer/Director" may be one person's; three and more are the form's


def holds_senior_office(title: str, senior: Collection[str], standing_in: Collection[str]) -> bool:
    """True when `title` has a word of `senior` and none of `standing_in`, and is not the form's
    own choice of titles with none of them deleted."""
    parts = [part for part in title.split("/") if part.strip()]
    choice = len(parts) > MAX_TITLES or (len(parts) > 1 and _TO_DELETE in fold_text(title))
    if choice and all(_has(part, senior) for part in parts):
        return False
    said = f" {fold_text(title)} "
    if not any(_holds(said, office) for office in senior):
        return False
    # "Assistant Chief Constable" is an office of its own where it is listed whole.
    for office in sorted(senior, key=len, reverse=True):
        said = said.replace(f" {fold_text(office)} ", "  ")
    return not any(_holds(said, words) for words in standing_in)


def _has(title: str, phrases: Collection[str]) -> bool:
    said = f" {fold_text(title)} "
    return any(_holds(said, phrase) for phrase in phrases)


def _holds(said: str, phrase: str) -> bool:
    return f" {fold_text(phrase)} " in said


SignatureManner = Literal["blank", "typed", "image", "digitally", "unproven", "scan"]

SIGNATURE_ALTERED_RULE, SIGNED_BY_ANOTHER_RULE = "signature-altered", "signed-by-another"


def manner_of_signature(entry: FieldAnswer, traits: Traits) -> SignatureManner:
    """A digital signature outweighs what stands in the blank."""
    if traits.is_signed_digitally:
        return "digitally"
    return "unproven" if traits.digital_signature else manner_in_field(entry, traits)


def manner_in_field(entry: FieldAnswer, traits: Traits) -> SignatureManner:
    """On a scan ink cannot be read, and a blank is one only where everything on the paper was
    read."""
    if traits.on_paper and (traits.may_hold_ink or not entry.is_blank):
        return "scan"
    if entry.filled is not None and entry.filled.picture:
        return "image"
    return "blank" if entry.is_blank else "typed"


def is_signed_digitally(entry: FieldAnswer, sheet: FormSheet) -> bool:
    """Whether a digital signature fills the blank: one that counts, or one of which the kind has
    something to say."""
    traits, asks = sheet.traits, sheet.kind.includes_rule
    told = asks(f"{entry.field_key}-unproven") or (
        traits.is_signature_altered and asks(SIGNATURE_ALTERED_RULE)
    )
    return traits.is_signed_digitally or (traits.digital_signature and told)


def unnamed_signature(entry: FieldAnswer) -> str:
    """How a blank for a signature is filled without saying who signed: with a tick, "Yes", "pp"."""
    if entry.field.reads_as != "signature" or entry.filled is None or not entry.is_answered:
        return ""
    if not (entry.entered_text or entry.filled.picture):
        return "who-signed"
    return unnamed_signature_kind(entry.entered_text)


def is_stood_in(entry: FieldAnswer, sheet: FormSheet) -> bool:
    """Whether the line of the signature, or one without a label beside it, says that it is for
    another."""
    if entry.field.reads_as != "signature":
        return False
    at = entry.filled.position if entry.filled else None
    lines = [p.text for p in sheet.passages if p.position == at and not p.struck]
    return any(map(signs_for_another, (*lines, *(one.text for one in sheet.loose))))


def check_manner(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`KEY-typed`, `KEY-image`, `KEY-digitally` with {who} signed, or `KEY-unproven` with {why}
    that does not count, where the kind has that rule.

    A scan is `KEY-scan` for a kind that minds scans but not pictures, else a picture. Of a
    document that was altered nothing more is said.
    """
    if SIGNATURE_ALTERED_RULE in notes:
        return
    traits = sheet.traits
    who, why = " and ".join(traits.signers), SIGNATURE_DOUBTS.get(traits.signature_doubt, "")
    for entry in sheet.entries:
        if entry.field.reads_as != "signature":
            continue
        manner = _told_manner(entry, sheet)
        rule = f"{entry.field_key}-{manner}"
        unnamed = unnamed_signature(entry) or is_stood_in(entry, sheet)
        unsaid = manner == "typed" and unnamed  # `check_filled` asks who signed
        if manner != "blank" and rule not in notes and not unsaid:
            notes.add(rule, entry.finding_place, who=who, why=why)


def _told_manner(entry: FieldAnswer, sheet: FormSheet) -> SignatureManner:
    manner, asks = manner_of_signature(entry, sheet.traits), sheet.kind.includes_rule
    if manner == "unproven" and not asks(f"{entry.field_key}-unproven"):
        manner = manner_in_field(entry, sheet.traits)
    return "image" if manner == "scan" and not asks(f"{entry.field_key}-scan") else manner


def check_altered(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`signature-altered`: a digital signature is there and does not hold."""
    if sheet.traits.is_signature_altered:
        notes.add(SIGNATURE_ALTERED_RULE)


def check_signer(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`signed-by-another`: nobody whose digital signature counts is the one named on the form."""
    if not sheet.traits.is_signed_digitally:
        return
    for entry in sheet.entries:
        if entry.field.reads_as == "name" and entry.entered_text:
            if not any(
                is_same_person(entry.entered_text, signer) for signer in sheet.traits.signers
            ):
                notes.add(SIGNED_BY_ANOTHER_RULE, entry.finding_place)
            return


def check_office(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`KEY-junior` for a blank that reads as a role, where the kind says who must sign."""
    for entry in sheet.entries:
        rule = f"{entry.field_key}-junior"
        if not entry.entered_text or not notes.includes_rule(rule):
            continue
        if not holds_senior_office(entry.entered_text, sheet.shape.senior, sheet.shape.standing_in):
            notes.add(rule, entry.finding_place)


def check_author(sheet: FormSheet, context: Context, notes: Findings) -> None:
    """`signatory-is-author`: the name, or the typed signature, is an author's."""
    authors = context.agency.author_names if context.agency else ()
    for entry in sheet.entries:
        if entry.field.reads_as in ("name", "signature") and any(
            is_same_person(entry.entered_text, author) for author in authors
        ):
            notes.add("signatory-is-author", entry.finding_place)
            return
