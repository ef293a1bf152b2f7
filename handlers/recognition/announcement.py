"""A document that says at its top what it is, as a letter or a slip does.

Does: tells a title line ("Nil return for N12", "Re: Extension request") from a sentence that
only mentions one.
Trusts: nothing in the document.
Never touches: the rest of the document.
Known limits: a title below a long letterhead is not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import dropwhile

from handlers.recognition.concordance import Line
from handlers.typed.fold import fold, without_number

TOP = 20  # lines: a letterhead, an address, a date and a greeting
BESIDES = 6  # words a title line may have besides the title

_ABOUT = ("re", "ref", "subject", "title")
_SENTENCE = (".", ",", ";", "?", "!")


def announced(titles: Iterable[str], lines: Sequence[Line]) -> bool:
    """Whether one of the first TOP lines is one of the titles, or begins with it. A line set
    apart as a heading may also have it further on: "Meadow Lane Surgery: nil return"."""
    wanted = [tuple(fold(title).split()) for title in titles]
    return any(_announces(line, title) for line in lines[:TOP] for title in wanted)


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    """The words of a line, behind "Re:" and its like; each is asked about by every kind."""
    words = fold(without_number(text)).split()
    return tuple(dropwhile(_ABOUT.__contains__, words))


def _announces(line: Line, title: tuple[str, ...]) -> bool:
    words = _words(line.text)
    if not len(title) <= len(words) <= len(title) + BESIDES:
        return False
    if line.prominent:
        last = len(words) - len(title)
    else:
        last = -1 if line.text.rstrip().endswith(_SENTENCE) else 0
    return any(words[at : at + len(title)] == title for at in range(last + 1))
