"""Reads who signed a form that was written as a letter, without a label for any of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from config.kind_shape import Field
from handlers.checks.form.field_answer import SIGNING_FIELDS
from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_lines import is_date_line
from handlers.checks.form.letter_sentences import LetterParts, split_letter
from handlers.fields.label_meanings import FoundField, LabelTerm
from handlers.fields.people import LOOK_OF_FIELD, is_letter_closing, look_of_text
from handlers.findings import FindingPlace

MAX_SIGNED_LINES = 6  # lines under the close: the signature, the name, the job, the day
_SIGNED_BY_HAND = ["name", "designation"]
_SIGNED_IN_TYPE = ["name", *_SIGNED_BY_HAND]
_IN_BRACKETS = ("(", "[")


def read_letter_signing(
    fields: Sequence[Field],
    passages: Sequence[FormPassage],
    found: Sequence[FoundField],
    pictures: Collection[int] = (),
) -> Iterator[FoundField]:
    """The blanks of a letter that has a signature, a name and a job under its close, in that order,
    and its day there or on a line of its own above. Of a letter that has less nothing is read: what
    stands there is for a person. `pictures` are the blocks in which a picture stands."""
    asked: dict[str, Field] = {f.reads_as: f for f in fields if f.reads_as in SIGNING_FIELDS}
    taken = {one.terms[0].key for one in found}
    yield from _dated_by_letter(asked, taken, passages)
    if any(f.key in taken for reads_as, f in asked.items() if reads_as != "date"):
        return
    letter = split_letter([p for p in passages if p.text.strip() and not p.table])
    said = _under_close(letter.foot, pictures)
    day = _day_of(letter)
    if not said or (day is None and not ("date" in asked and asked["date"].key in taken)):
        return
    said |= {"date": (day, False)} if day else {}
    if not said.keys() <= asked.keys():
        return
    for reads_as, (passage, drawn) in said.items():
        if asked[reads_as].key not in taken:
            whole = _with_brackets(passage, letter.foot) if reads_as == "role" else passage
            yield _filled(asked[reads_as], whole, drawn)


def _dated_by_letter(
    asked: Mapping[str, Field], taken: Collection[str], passages: Sequence[FormPassage]
) -> Iterator[FoundField]:
    """The day of a letter that has labels for all but its day, which stands on a line of its own
    as letters have it."""
    labelled = {reads_as for reads_as, field in asked.items() if field.key in taken}
    if labelled != SIGNING_FIELDS - {"date"} or "date" not in asked:
        return
    letter = split_letter([p for p in passages if p.text.strip() and not p.table])
    closed = any(is_letter_closing(p.text) for p in letter.foot[:1])
    if (letter.head or closed) and (day := _day_of(letter)):
        yield _filled(asked["date"], day, drawn=False)


def _under_close(
    foot: Sequence[FormPassage], pictures: Collection[int]
) -> dict[str, tuple[FormPassage, bool]]:
    """Who signed, by what each line is; whether it is the picture above it. Empty where it cannot
    be told."""
    under = [p for p in foot[1 : MAX_SIGNED_LINES + 1] if not p.text.startswith(_IN_BRACKETS)]
    looks = [(p, look_of_text(p.text)) for p in under]
    lines = [(p, look) for p, look in looks if look != "date"]
    order = [look for _, look in lines]
    if order[:3] == _SIGNED_IN_TYPE:
        signature, name, job = (p for p, _ in lines[:3])
        return {"signature": (signature, False), "name": (name, False), "role": (job, False)}
    if order[:2] == _SIGNED_BY_HAND:
        name, job = (p for p, _ in lines[:2])
        if any(foot[0].position <= at <= name.position for at in pictures):
            return {"signature": (name, True), "name": (name, False), "role": (job, False)}
    return {}


def _with_brackets(job: FormPassage, foot: Sequence[FormPassage]) -> FormPassage:
    """A job with what stands in brackets below it: "(commissioner of the report)". With a stroke
    it is what the form prints: "Chief Officer/Chief Executive"."""
    after = [p.text for p in foot[foot.index(job) + 1 :][:1]]
    said = [text for text in after if text.startswith(_IN_BRACKETS) and "/" not in text]
    return replace(job, text=" ".join([job.text, *said]))


def _day_of(letter: LetterParts) -> FormPassage | None:
    """The day under the close; else the one above it that stands on a line of its own. Of several
    none is its day."""
    under = letter.foot[1 : MAX_SIGNED_LINES + 1]
    below = [p for p in under if look_of_text(p.text) == "date"]
    above = [p for p in (*letter.head, *letter.body) if is_date_line(p.text)]
    days = below[:1] or (above if len({p.text for p in above}) == 1 else [])
    return days[0] if days else None


def _filled(field: Field, passage: FormPassage, drawn: bool) -> FoundField:
    """`drawn` is whether a picture stands there in place of words."""
    term = LabelTerm(field.key, field.label, look=LOOK_OF_FIELD.get(field.reads_as, ""))
    where = FindingPlace(section=field.label)
    text = "" if drawn else passage.text.strip()
    return FoundField((term,), text, drawn, position=passage.position, where=where)
