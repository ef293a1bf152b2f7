"""Where the lines and sentences of a letter stand, as its author can count them on paper.

A letter to an author quotes nothing of theirs, so a place has to be found by counting: paragraphs
from the greeting down, a paragraph's sentences as a reader parts them, and single lines from
whatever stands out nearest to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from handlers.checks.form.form_text import FormPassage
from handlers.checks.form.letter_sentences import (
    MAX_TOP_LINES,
    begins_or_ends_letter,
    goes_on_below,
    read_sentences,
)

MIN_PARAGRAPH_WORDS = 3  # words of a paragraph that ends as a sentence does
MIN_OPEN_WORDS = 14  # and of one that does not
MAX_GREETING_WORDS = 6  # words of "Dear [Recipient]"

_ENDS = (".", "!", "?", ".)", ".”", '."')
_GREETINGS = ("dear", "hi", "hello", "to whom", "good morning", "good afternoon")


@dataclass(frozen=True, slots=True)
class LetterSpot:
    """A sentence of a paragraph, or a line by itself, and the passages it stands in."""

    text: str
    place: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines that are one paragraph, or one line. `row` is its line on paper, counted from the
    top."""

    first: int
    last: int
    text: str
    paragraph: bool
    row: int


def letter_spots(passages: Sequence[FormPassage]) -> tuple[LetterSpot, ...]:
    """Every sentence and line of a letter, in order, each at its place."""
    groups = list(_groups(passages))
    greeted = next((n for n, one in enumerate(groups[:MAX_TOP_LINES]) if _greets(one.text)), -1)
    return tuple(_placed(groups, greeted))


def place_of(
    spots: Sequence[LetterSpot], index: int, text: str = "", taken: Collection[str] = ()
) -> str:
    """The place of the passage at `index`, or of the sentence `text` in it: the next, where it
    stands there more than once and some are `taken`."""
    here = [one for one in spots if one.first <= index <= one.last]
    same = [one for one in here if text and _among(text, one.text)]
    found = next((one for one in same if one.place not in taken), next(iter(same), None))
    return (found or here[0]).place if here else ""


def _among(text: str, spot: str) -> bool:
    return " ".join(text.split()) in " ".join(spot.split())


def _greets(text: str) -> bool:
    plain = text.lower().lstrip(" \t\"'")
    return plain.startswith(_GREETINGS) and len(plain.split()) <= MAX_GREETING_WORDS


def _groups(passages: Sequence[FormPassage]) -> Iterator[_Group]:
    """The lines that belong together; a row of labels and values is one by one."""
    rows = list(_paper_rows(passages))
    held: list[int] = []
    for at, passage in enumerate(passages):
        above = passages[held[-1]] if held else None
        joined = above is not None and not (above.table or passage.table)
        said = " ".join(passages[i].text for i in held)
        if above is not None and not (joined and goes_on_below(said, passage.text)):
            yield _group(passages, held, rows)
            held = []
        held.append(at)
    if held:
        yield _group(passages, held, rows)


def _group(passages: Sequence[FormPassage], held: Sequence[int], rows: Sequence[int]) -> _Group:
    text = " ".join(passages[at].text for at in held)
    first = passages[held[0]]
    beside = first.table and any(
        p.position == first.position and p.cell != first.cell for p in passages
    )
    words = len(text.split())
    ended = text.rstrip().endswith(_ENDS) and words >= MIN_PARAGRAPH_WORDS
    whole = (ended or words >= MIN_OPEN_WORDS) and not begins_or_ends_letter(text)
    return _Group(held[0], held[-1], text, whole and not beside, rows[held[0]])


def _paper_rows(passages: Sequence[FormPassage]) -> Iterator[int]:
    """On which printed line each passage stands: the cells of a row stand side by side."""
    top = 0
    for (_, table), block in groupby(passages, key=lambda p: (p.position, p.table)):
        lines = list(block)
        if not table:
            yield from range(top + 1, top + len(lines) + 1)
            top += len(lines)
            continue
        seen: dict[int, int] = {}
        for passage in lines:
            seen[passage.cell] = seen.get(passage.cell, 0) + 1
            yield top + seen[passage.cell]
        top += max(seen.values())


def _placed(groups: Sequence[_Group], greeted: int) -> Iterator[LetterSpot]:
    start = greeted + 1
    first = next((n for n, one in enumerate(groups) if n >= start and one.paragraph), None)
    number, bare, anchor = 0, first is not None and first > start, ("", 0)
    for n, one in enumerate(groups):
        if n == greeted:
            anchor = ("the greeting", one.row)
            yield LetterSpot(one.text, "the greeting", one.first, one.last)
        elif n >= start and one.paragraph:
            number += 1
            place = _paragraph(number, greeted >= 0, bare)
            anchor = (place, _last_row(groups, n))
            said = list(read_sentences([one.text]))
            for count, sentence in enumerate(said, start=1):
                where = f"{place}, sentence {count}" if len(said) > 1 else place
                yield LetterSpot(sentence, where, one.first, one.last)
        else:
            if n > start and begins_or_ends_letter(one.text):
                yield LetterSpot(one.text, "the close", one.first, one.last)
                anchor = ("the close", one.row)
                continue
            bare |= number > 0
            below = groups[greeted] if n < greeted else (groups[first] if first else None)
            place = _line(one, anchor, below, greeted=n < greeted)
            yield LetterSpot(one.text, place, one.first, one.last)


def _last_row(groups: Sequence[_Group], n: int) -> int:
    """The row above whatever follows: a paragraph's own lines are not counted."""
    after = groups[n + 1 : n + 2]
    return after[0].row - 1 if after else groups[n].row


def _paragraph(number: int, greeted: bool, bare: bool) -> str:
    after = "after the greeting" if greeted else "of the text"
    return f"paragraph {number} {after}" + (" (headings not counted)" if bare else "")


def _line(one: _Group, anchor: tuple[str, int], below: _Group | None, *, greeted: bool) -> str:
    """A line by itself, counted from what stands out above it, or below it."""
    if anchor[0]:
        return _counted(one.row - anchor[1], f"below {anchor[0]}")
    if below is not None and below.row > one.row:
        stands = "the greeting" if greeted else "the first full sentence"
        return _counted(below.row - one.row, f"above {stands}")
    return f"line {one.row} from the top"


def _counted(count: int, side: str) -> str:
    return f"the line {side}" if count <= 1 else f"line {count} {side} (blank lines not counted)"
