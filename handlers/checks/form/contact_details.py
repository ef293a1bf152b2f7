"""Says whether a blank that asks for a name and how to reach its bearer has the name alone.

Whatever is no name, job or day may be the way: an address, an agency, an extension.
"""

from __future__ import annotations

import re

from config.label_words import RANK_TITLES
from handlers.checks.form.field_answer import FieldAnswer
from handlers.checks.form.form_sheet import FormSheet
from handlers.fields.people import look_of_text, split_pieces
from handlers.values.normalise import fold_text

BLOCKS_AROUND_NAME = 2  # above and below it, in which the way may stand without a label
_WAY = re.compile(r"@|\d(?:[\s()-]*\d){5}|\b(?:tel|telephone|phone|mobile|mob|ext|e-?mail)\b", re.I)


def lacks_contact_details(entry: FieldAnswer, sheet: FormSheet) -> bool:
    """Whether it does."""
    if entry.filled is None or "contact" not in fold_text(entry.filled.label_words).split():
        return False
    pieces = split_pieces(_without_rank(entry.entered_text))
    alone = bool(pieces) and all(look_of_text(p) in ("name", "designation") for p in pieces)
    return (
        alone and look_of_text(pieces[0]) == "name" and not _is_near(entry.filled.position, sheet)
    )


def _without_rank(text: str) -> str:
    """ "S Okafor" of "D/Supt S Okafor"."""
    words = text.split()
    while len(words) > 1 and ("/" in words[0] or fold_text(words[0]) in RANK_TITLES):
        words = words[1:]
    return " ".join(words)


def _is_near(position: int, sheet: FormSheet) -> bool:
    near = range(position - BLOCKS_AROUND_NAME, position + BLOCKS_AROUND_NAME + 1)
    labels = {fold_text(e.field.label) for e in sheet.entries}
    return any(
        _WAY.search(passage.text)
        for passage in sheet.passages
        if passage.position in near and fold_text(passage.text) not in labels
    )
