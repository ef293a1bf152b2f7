"""The sentences of a letter: what stands between its head and its foot, and what stands there.

Does: parts a document's lines into head (up to the salutation), body and foot (from the
complimentary close on), and the body into sentences, those broken over lines joined again.
Trusts: nothing.
Never touches: what a sentence means.
Known limits: a letter without a salutation has no head, one without a close no foot. MOST lines are
read, the rest is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from handlers.form.passage import Passage
from handlers.typed.fold import fold

MOST = 400  # lines; a letter has fewer
TOP = 40  # lines in which a salutation may stand
BROKEN = 60  # characters from which a line may go on below without a lower-case letter

_SALUTATION = re.compile(r"\W*(?:dear|hi|hello|good (?:morning|afternoon)|to whom)\b.{0,60}$", re.I)
_CLOSE = re.compile(
    r"\W*(?:yours? (?:sincerely|faithfully|truly|ever)|(?:with )?(?:my |our )?(?:kind|best|kindest|"
    r"warm|very best) ?(?:regards|wishes)|regards|best wishes|sincerely|faithfully|many thanks|"
    r"thanks|thank you|kr|cheers|all the best)\W*$",
    re.I,
)
_SIGNED = re.compile(r"\W*(?:signed\b.{0,40}|for and on behalf of\b.{0,60})\W*$", re.I)
_PARTED = re.compile(r"(?<=[.!?;])[\"'”’)]*\s+(?=[^a-z])|(?<=;)\s+|\s[–—]\s")
_SHORTENED = re.compile(
    r"\b(?:dr|mr|mrs|ms|miss|prof|rev|st|no|nos|e\.g|i\.e|d\.o\.b|ref|tel|approx|hon)\.$", re.I
)
_ENDED = (".", "!", "?", ":", ";")


@dataclass(frozen=True, slots=True)
class Letter:
    """A document's lines in three parts."""

    head: tuple[Passage, ...]
    body: tuple[Passage, ...]
    foot: tuple[Passage, ...]


def letter_of(passages: Sequence[Passage]) -> Letter:
    kept = [p for p in passages[:MOST] if not p.struck]
    begins = next((i for i, p in enumerate(kept[:TOP]) if _SALUTATION.match(p.text)), -1)
    ends = [i for i, p in enumerate(kept) if i > begins and _CLOSE.match(p.text)] or [
        i for i, p in enumerate(kept) if i > begins and _SIGNED.match(p.text)
    ][:1]
    last = ends[-1] if ends else len(kept)
    return Letter(tuple(kept[: begins + 1]), tuple(kept[begins + 1 : last]), tuple(kept[last:]))


def sentences(lines: Sequence[str]) -> Iterator[str]:
    """Each sentence of some lines, one that a line's end broke made whole."""
    for text in _joined(lines):
        held = ""
        for piece in _PARTED.split(text):
            held = f"{held} {piece}".strip()
            if not _SHORTENED.search(held):
                yield held
                held = ""
        if held:
            yield held


def _joined(lines: Sequence[str]) -> Iterator[str]:
    whole = ""
    for line in lines:
        if whole and _goes_on(whole, line):
            whole = f"{whole} {line}"
            continue
        if whole:
            yield whole
        whole = line
    if whole:
        yield whole


def _goes_on(above: str, line: str) -> bool:
    """Whether a line only breaks off, by how the next begins or how far it runs."""
    if above.rstrip().endswith(_ENDED):
        return False
    return line[:1].islower() or len(above.split("\n")[-1]) >= BROKEN


@lru_cache(maxsize=1024)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the phrases among folded words, whatever commas stand between them."""
    plain = sorted({fold(phrase) for phrase in phrases} - {""}, key=len, reverse=True)
    words = "|".join(phrase.replace(" ", ",? ") for phrase in plain)
    return re.compile(rf"\b(?:{words or '(?!)'})\b")
