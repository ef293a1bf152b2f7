"""What a heading of the action plan asks for.

Does: tells the plan's columns by the shape's wordings, alone or two in one heading ("By whom and
by when"), whatever stands in brackets or after a dash; and the columns that people add.
Trusts: the shape's wordings.
Never touches: cells under a heading.
Known limits: a wording that is in no list is no column that we know; `handlers/report/plan.py`
makes a question of it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from config.shape import Plan
from handlers.typed.fold import fold, likeness, squash
from handlers.typed.halves import halves

LONGEST = 160  # letters of a heading, with what explains it
ALIKE = 0.85
FEW = 4  # words of a heading with one of the wordings at its beginning or end
_NUMBERS = frozenset(["", "no", "nos", "number", "ref", "refno", "reference", "item", "id", "rec"])
_BRACKETED = re.compile(r"\([^()]*\)")
_EXPLAINED = re.compile(r"\s[–—-]\s|:|\n|\?")
_JOINED = re.compile(r"\s*(?:/|&|\+|,|;|\n|\band\b|\bor\b)\s*", re.I)
_COUNTED = re.compile(r"(?:\s*(?:no\.?|number|#)?\s*\d+(?:\.\d+)*|\s+[a-z])[.:)]?$", re.I)
_LEAD = re.compile(r"^\s*(?:\(?[a-z\d]{1,2}[.)]\s+)", re.I)

Keys = tuple[str, ...]


@lru_cache(maxsize=1024)
def keys_in(text: str, plan: Plan) -> Keys:
    """The keys of the columns that a heading names; none when it is none we know."""
    if not text.strip() or len(text) > LONGEST or is_beside(text, plan) or _unsure(text, plan):
        return ()
    shown = _LEAD.sub("", text, count=1)
    return label_keys(shown, plan) or _nearly(shown, plan)


def label_keys(text: str, plan: Plan) -> Keys:
    """As `keys_in`, of a line that may as well be an answer: only by a wording, word for word."""
    bare = (_BRACKETED.sub(" ", text), _EXPLAINED.split(text, maxsplit=1)[0])
    for plain in (text, *halves(text), *bare):
        for words in (plain, _COUNTED.sub("", plain.strip())):
            if keys := _known(words, plan):
                return keys
    return ()


def is_number(text: str) -> bool:
    """True of the heading of a column of numbers or references, which may be to recommendations."""
    return squash(_BRACKETED.sub(" ", text)) in _NUMBERS


@lru_cache(maxsize=1024)
def is_beside(text: str, plan: Plan) -> bool:
    """True of the heading of a column that is added to a plan, such as "Status"."""
    plain = squash(_BRACKETED.sub(" ", text))
    return any(plain == squash(words) for words in plan.besides)


def _unsure(text: str, plan: Plan) -> bool:
    plain = squash(_BRACKETED.sub(" ", text))
    return any(plain == squash(words) for words in plan.unsure)


def is_heading(text: str, key: str, plan: Plan) -> bool:
    """Whether it is the toolkit's own heading of that column."""
    return any(squash(text) == squash(c.heading) for c in plan.columns if c.key == key)


def _known(text: str, plan: Plan) -> Keys:
    """A wording, or several joined, each of them known."""
    wordings = _wordings(plan)
    if (whole := wordings.get(squash(text))) is not None:
        return (whole,)
    parts = [part for part in _JOINED.split(text) if squash(part)]
    keys = [wordings.get(squash(part)) for part in parts]
    found = tuple(dict.fromkeys(key for key in keys if key is not None))
    return found if len(parts) > 1 and None not in keys else ()


def _nearly(text: str, plan: Plan) -> Keys:
    """A slip of the pen, or one wording at the beginning or end of a few words."""
    plain = fold(_BRACKETED.sub(" ", text))
    near = (c.key for c in plan.columns if likeness(plain, c.heading) >= ALIKE)
    key = next(near, None) or (_around(plain, plan) if len(plain.split()) <= FEW else None)
    return (key,) if key else ()


def _around(plain: str, plan: Plan) -> str | None:
    """ "Timescale for the work", "Named lead": what the wording in them asks for, unless others in
    them ask for something else ("Proof of completion")."""
    found = {
        key
        for words, key in _plain_wordings(plan)
        if len(words) > 3 and (plain.startswith(f"{words} ") or plain.endswith(f" {words}"))
    }
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=8)
def _plain_wordings(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple((fold(words), c.key) for c in plan.columns for words in (c.heading, *c.also))


@lru_cache(maxsize=8)
def _wordings(plan: Plan) -> dict[str, str]:
    out: dict[str, str] = {}
    for column in plan.columns:
        out.setdefault(squash(column.heading), column.key)
    for column in plan.columns:
        for words in column.also:
            out.setdefault(squash(words), column.key)
    return out
