"""How a form was signed, by whom, and whether from the office that must sign it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from handlers.checks.form.sheet import Entry, Sheet
from handlers.context import Context
from handlers.document import Traits
from handlers.fields.people import unnamed
from handlers.findings import Findings
from handlers.values.normalise import fold
from intake.signatures.signature import DOUBTS

_TO_DELETE = "delete as"  # "Director/Commissioner (delete as appropriate)"
MOST_TITLES = 2  # "Chief Officer/Director" may be one person's; three and more are the form's


def evidently_holds(title: str, senior: Collection[str], standing_in: Collection[str]) -> bool:
    """True when `title` has a word of `senior` and none of `standing_in`, and is not the form's
    own choice of titles with none of them deleted."""
    parts = [part for part in title.split("/") if part.strip()]
    choice = len(parts) > MOST_TITLES or (len(parts) > 1 and _TO_DELETE in fold(title))
    if choice and all(_has(part, senior) for part in parts):
        return False
    said = f" {fold(title)} "
    if not any(_holds(said, office) for office in senior):
        return False
    # "Assistant Chief Constable" is an office of its own where it is listed whole.
    for office in sorted(senior, key=len, reverse=True):
        said = said.replace(f" {fold(office)} ", "  ")
    return not any(_holds(said, words) for words in standing_in)


def _has(title: str, phrases: Collection[str]) -> bool:
    said = f" {fold(title)} "
    return any(_holds(said, phrase) for phrase in phrases)


def _holds(said: str, phrase: str) -> bool:
    return f" {fold(phrase)} " in said


Manner = Literal["blank", "typed", "image", "digitally", "unproven", "scan"]

ALTERED, ANOTHER = "signature-altered", "signed-by-another"

_HONOURS = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame"})


def manner_of(entry: Entry, traits: Traits) -> Manner:
    """A digital signature outweighs what stands in the blank."""
    if traits.signed_digitally:
        return "digitally"
    return "unproven" if traits.digital_signature else manner_in_blank(entry, traits)


def manner_in_blank(entry: Entry, traits: Traits) -> Manner:
    """On a scan ink cannot be read, and a blank is one only where everything on the paper was
    read."""
    if traits.on_paper and (traits.inked or not entry.blank):
        return "scan"
    if entry.filled is not None and entry.filled.picture:
        return "image"
    return "blank" if entry.blank else "typed"


def signed_digitally(entry: Entry, sheet: Sheet) -> bool:
    """Whether a digital signature fills the blank: one that counts, or one of which the kind has
    something to say."""
    traits, asks = sheet.traits, sheet.kind.asks
    told = asks(f"{entry.key}-unproven") or (traits.signature_altered and asks(ALTERED))
    return traits.signed_digitally or (traits.digital_signature and told)


def names_nobody(entry: Entry) -> str:
    """How a blank for a signature is filled without saying who signed: with a tick, "Yes", "pp"."""
    if entry.field.reads_as != "signature" or entry.filled is None or not entry.answered:
        return ""
    if not (entry.text or entry.filled.picture):
        return "who-signed"
    return unnamed(entry.text)


def check_manner(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`KEY-typed`, `KEY-image`, `KEY-digitally` with {who} signed, or `KEY-unproven` with {why}
    that does not count, where the kind has that rule.

    A scan is `KEY-scan` for a kind that minds scans but not pictures, else a picture. Of a
    document that was altered nothing more is said.
    """
    if ALTERED in notes:
        return
    traits = sheet.traits
    who, why = " and ".join(traits.signers), DOUBTS.get(traits.signature_doubt, "")
    for entry in sheet.entries:
        if entry.field.reads_as != "signature":
            continue
        manner = _told_manner(entry, sheet)
        rule = f"{entry.key}-{manner}"
        unsaid = manner == "typed" and names_nobody(entry)  # `check_filled` asks who signed
        if manner != "blank" and rule not in notes and not unsaid:
            notes.add(rule, entry.where, who=who, why=why)


def _told_manner(entry: Entry, sheet: Sheet) -> Manner:
    manner, asks = manner_of(entry, sheet.traits), sheet.kind.asks
    if manner == "unproven" and not asks(f"{entry.key}-unproven"):
        manner = manner_in_blank(entry, sheet.traits)
    return "image" if manner == "scan" and not asks(f"{entry.key}-scan") else manner


def check_altered(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`signature-altered`: a digital signature is there and does not hold."""
    if sheet.traits.signature_altered:
        notes.add(ALTERED)


def check_signer(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`signed-by-another`: nobody whose digital signature counts is the one named on the form."""
    if not sheet.traits.signed_digitally:
        return
    for entry in sheet.entries:
        if entry.field.reads_as == "name" and entry.text:
            if not any(same_person(entry.text, signer) for signer in sheet.traits.signers):
                notes.add(ANOTHER, entry.where)
            return


def check_office(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`KEY-junior` for a blank that reads as a role, where the kind says who must sign."""
    for entry in sheet.entries:
        rule = f"{entry.key}-junior"
        if not entry.text or not notes.asks(rule):
            continue
        if not evidently_holds(entry.text, sheet.shape.senior, sheet.shape.standing_in):
            notes.add(rule, entry.where)


def check_author(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`signatory-is-author`: the name, or the typed signature, is an author's."""
    authors = context.agency.author_names if context.agency else ()
    for entry in sheet.entries:
        if entry.field.reads_as in ("name", "signature") and any(
            same_person(entry.text, author) for author in authors
        ):
            notes.add("signatory-is-author", entry.where)
            return


def same_person(one: str, other: str) -> bool:
    """One surname, and first names that are equal or an initial of each other."""
    first, second = _names(one), _names(other)
    if len(first) < 2 or len(second) < 2 or first[-1] != second[-1]:
        return bool(first) and first == second
    return first[0].startswith(second[0]) or second[0].startswith(first[0])


def _names(text: str) -> list[str]:
    return [word for word in fold(text).split() if word not in _HONOURS]
