"""The day a letter bears.

Does: finds it in the letter's head, or in a short line of its own; and the last day that a
sentence gives.
Trusts: nothing.
Never touches: what the day is of; whether it can be is the date reader's to say.
Known limits: of several such lines the one that says "Date" goes first, then the first.
"""

from __future__ import annotations

import re

from handlers.form.passage import Passage
from handlers.form.sentences import Letter
from handlers.form.signing import DAY, MONTH
from handlers.typed.fold import fold

WORDS = 12  # words of a line that may be the letter's date line

_PART_OF_ONE = re.compile(
    rf"\W*(?:dated?\W+)?(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTH}(?: \d{{2,4}})?\W*$", re.I
)
_NOT_ITS_OWN = frozenset(
    {"your", "re", "letter", "born", "birth", "dob", "period", "review", "due", "from", "until"}
    | {"to", "since"}
)
_ITS_OWN = frozenset({"sent", "date", "dated"})


def dated(letter: Letter) -> tuple[str, Passage] | None:
    """The day the letter bears: in its head, or a short line of its own."""
    lines = [p for p in (*letter.head, *letter.body, *letter.foot) if _may_date(p)]
    lines.sort(key=lambda p: not _ITS_OWN.intersection(fold(p.text).split()[:1]))
    for passage in lines:
        if day := DAY.search(passage.text):
            return day[0], passage
    whole = (p for p in lines if _PART_OF_ONE.match(p.text))
    return next(((p.text.strip(), p) for p in whole), None)


def last_day(text: str) -> str:
    """The last day that a sentence gives with its year, as written; "" for none."""
    return next((day[0] for day in reversed(list(DAY.finditer(text)))), "")


def _may_date(passage: Passage) -> bool:
    words = fold(passage.text).split()
    if not words or len(words) > WORDS:
        return False
    if words[0] in _ITS_OWN:
        return True
    return _NOT_ITS_OWN.isdisjoint(words) and not (
        passage.text.rstrip().endswith((".", ";")) and len(words) > 5
    )
