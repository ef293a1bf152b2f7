"""Reads the name and the job that are printed, without labels, under the line to sign on.

"Signed:" with nothing beside it, and "A. Person, Director" below, is a line that nobody signed, or
a signature typed there: nobody can tell which, so it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.checks.form.field_answer import FieldAnswer
from handlers.fields.label_meanings import FoundField, UnclaimedText
from handlers.fields.people import (
    look_of_text,
    may_be_printed_name,
    split_pieces,
    without_departments,
)
from handlers.findings import FindingPlace
from handlers.values.personal_names import is_same_person

MAX_PRINTED_LINES = 3  # lines without a label below the one to sign on: the name, the job, the firm


@dataclass(frozen=True, slots=True)
class _Printed:
    """Somebody's name and job, with the day where it stands there too, and their lines."""

    by_sort: Mapping[str, str]
    lines: tuple[UnclaimedText, ...]

    @property
    def name(self) -> str:
        return self.by_sort["name"]


def read_printed_name(
    entries: Sequence[FieldAnswer], loose: Sequence[UnclaimedText]
) -> tuple[tuple[FieldAnswer, ...], tuple[UnclaimedText, ...]]:
    """The entries with the name and the job that stand under the signature, and what is still
    unclaimed. Nothing changes where the form has no blanks for them, or they are labelled."""
    asked = {entry.field.reads_as: entry for entry in entries}
    signed = asked.get("signature")
    if signed is None or signed.filled is None or not {"name", "role"} <= asked.keys():
        return tuple(entries), tuple(loose)
    if asked["name"].filled is not None or asked["role"].filled is not None:
        return tuple(entries), tuple(loose)
    below = _stands_below(signed.filled, asked.get("date"))
    drawn = next((one for one in loose if one.picture and not one.text.strip()), None)
    if below and drawn is not None:  # the picture that stands over the label is the signature
        below_text = replace(_unclaimed(signed.filled), position=signed.filled.position)
        return _with_name(entries, signed, (below_text, *loose), drawn=True)
    return _with_name(entries, signed, loose, below=below)


def _stands_below(filled: FoundField, date: FieldAnswer | None) -> bool:
    """Whether what is read as the signature stands under its label, not beside it, and not in a
    column that is headed with it."""
    if filled.picture or not may_be_printed_name(filled.label_words, filled.text):
        return False
    headed = date is not None and date.filled is not None and date.filled.spot == "under"
    return filled.below or (filled.spot == "under" and not headed)


def _with_name(
    entries: Sequence[FieldAnswer],
    signed: FieldAnswer,
    loose: Sequence[UnclaimedText],
    *,
    below: bool = False,
    drawn: bool = False,
) -> tuple[tuple[FieldAnswer, ...], tuple[UnclaimedText, ...]]:
    assert signed.filled is not None  # `read_printed_name` looked
    filled = replace(signed.filled, text="", picture=True) if drawn else signed.filled
    after = [one for one in loose if one.position >= filled.position and not one.picture]
    own = _printed(after)
    if below and own is not None and is_same_person(filled.text, own.name):
        below = False  # "A. Person" typed to sign, and printed below
    elif below:
        own = _printed([_unclaimed(filled), *after])
        filled = replace(filled, text="") if own is not None else filled
    typed = "" if filled.picture or signed.no_value else filled.text
    if own is None or (typed and not is_same_person(typed.split(",")[0], own.name)):
        return tuple(entries), tuple(one for one in loose if one in after or not drawn)
    over = filled.is_blank or (signed.no_value is not None and not filled.picture)
    out = []
    for entry in entries:
        if entry is signed:
            entry = replace(entry, filled=filled, over_name=over)
        elif entry.filled is None and (text := own.by_sort.get(entry.field.reads_as, "")):
            where = FindingPlace(section=entry.field.label)
            entry = replace(entry, filled=replace(filled, text=text, picture=False, where=where))
        out.append(entry)
    return tuple(out), tuple(one for one in loose if one not in own.lines)


def _unclaimed(filled: FoundField) -> UnclaimedText:
    return UnclaimedText(filled.text, position=filled.position)


def _printed(lines: Sequence[UnclaimedText]) -> _Printed | None:
    """The one name and the job behind it that the first of some lines hold; None for anything
    else, and where a further line looks like somebody's too."""
    said = [(one, list(_looks(one.text))) for one in lines if not one.label and not one.heading]
    told = [(one, looks) for one, looks in said if looks][:MAX_PRINTED_LINES]
    looks = [piece for _, pieces in told for piece in pieces]
    jobs = [text for look, text in looks if look == "designation"]
    days = [text for look, text in looks if look == "date"]
    order = [look for look, _ in looks if look != "date"]
    if order[:2] != ["name", "designation"] or len(jobs) + 1 != len(order) or len(days) > 1:
        return None
    name = next(text for look, text in looks if look == "name")
    by_sort = {"name": name, "role": ", ".join(jobs), "date": "".join(days)}
    return _Printed(by_sort, tuple(one for one, _ in told))


def _looks(text: str) -> Iterator[tuple[str, str]]:
    """What each piece of a line looks like; nothing of where somebody works."""
    for piece in without_departments(split_pieces(text.strip(" ()[]"))):
        look = look_of_text(piece)
        if look:
            yield look, piece
