"""Reads who signed a form that was written as a letter, without a label for any of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config.kind_shape import Field
from handlers.checks.form.field_answer import SIGNING_FIELDS
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_lines import is_date_line
from handlers.checks.form.letter_sentences import split_letter
from handlers.fields.label_meanings import FoundField, LabelTerm
from handlers.fields.people import LOOK_OF_FIELD, look_of_text
from handlers.findings import FindingPlace

MAX_SIGNED_LINES = 4  # lines under the close: the signature, the name, the job, the day
_WITH_NAME = ["name", "name", "designation"]


def read_letter_signing(
    fields: Sequence[Field], passages: Sequence[FormPassage], found: Sequence[FoundField]
) -> Iterator[FoundField]:
    """The blanks of a letter that has a signature, a name and a job under its close, in that order,
    and its day there or on a line of its own. Of a letter that has less nothing is read: what
    stands there is for a person."""
    asked: dict[str, Field] = {f.reads_as: f for f in fields if f.reads_as in SIGNING_FIELDS}
    taken = {one.terms[0].key for one in found}
    if any(f.key in taken for reads_as, f in asked.items() if reads_as != "date"):
        return
    letter = split_letter([p for p in passages if p.text.strip() and not p.table])
    under = letter.foot[1 : MAX_SIGNED_LINES + 1]
    looks = [look_of_text(p.text) for p in under]
    days = [p for p, look in zip(under, looks, strict=True) if look == "date"]
    days += [p for p in letter.head if is_date_line(p.text)]
    if looks[:3] != _WITH_NAME or not (days or ("date" in asked and asked["date"].key in taken)):
        return
    signature, name, job = under[:3]
    said = {"signature": signature, "name": name, "role": job}
    said |= {"date": days[0]} if days else {}
    if not said.keys() <= asked.keys():
        return
    for reads_as, passage in said.items():
        if asked[reads_as].key not in taken:
            yield _filled(asked[reads_as], passage)


def _filled(field: Field, passage: FormPassage) -> FoundField:
    term = LabelTerm(field.key, field.label, look=LOOK_OF_FIELD.get(field.reads_as, ""))
    where = FindingPlace(section=field.label)
    return FoundField((term,), passage.text.strip(), position=passage.position, where=where)
