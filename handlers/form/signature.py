"""How a form was signed, and by whom.

Does: says whether a signature is typed, a picture, digital or on a scan, and notes what of that
the kind has a rule for; compares the signatory with the office and with the report's author.
Trusts: `Traits` for what the reader found out about the whole document, the register for names.
Never touches: whether a digital signature holds: that is the reader's finding.
Known limits: a typed name, a script font and "signed electronically" are all a typed signature.
Two people of one surname and first initial are taken for one, and a person looks.
"""

from __future__ import annotations

from typing import Literal

from handlers.block import Traits
from handlers.context import Context
from handlers.findings import Findings
from handlers.fold import fold
from handlers.form.office import evidently_holds
from handlers.form.sheet import Entry, Sheet

Manner = Literal["blank", "typed", "image", "digitally", "scan"]

_HONOURS = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame"})


def manner_of(entry: Entry, traits: Traits) -> Manner:
    """A digital signature outweighs what stands in the blank; on a scan ink cannot be read, and a
    blank is one only where everything on the paper was read."""
    if traits.digital_signature:
        return "digitally"
    if traits.on_paper and (traits.inked or not entry.blank):
        return "scan"
    if entry.filled is not None and entry.filled.picture:
        return "image"
    return "blank" if entry.blank else "typed"


def check_manner(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`KEY-typed`, `KEY-image` or `KEY-digitally`, where the kind has that rule.

    A scan is `KEY-scan` for a kind that minds scans but not pictures, else a picture.
    """
    for entry in sheet.entries:
        if entry.field.reads_as != "signature":
            continue
        manner = manner_of(entry, sheet.traits)
        rule = f"{entry.key}-{manner}"
        if manner == "scan" and rule not in sheet.kind.rules:
            rule = f"{entry.key}-image"
        if rule in sheet.kind.rules and rule not in notes:
            notes.add(rule, entry.where)


def check_altered(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`signature-altered`: a digital signature is there and does not hold."""
    if sheet.traits.signature_altered:
        notes.add("signature-altered")


def check_office(sheet: Sheet, context: Context, notes: Findings) -> None:
    """`KEY-junior` for a blank that reads as a role, where the kind says who must sign."""
    for entry in sheet.entries:
        rule = f"{entry.key}-junior"
        if rule not in sheet.kind.rules or not entry.text:
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
