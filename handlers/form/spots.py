"""The spots of one row: where each of the choices may be marked, and how each looks.

Does: makes a spot of each answer cell, or of each choice's word where one cell lists them all
("Yes / No / Partially"), with the mark beside it.
Trusts: nothing.
Never touches: what the marks come to: `answers.py` weighs them.
Known limits: where a list has marks and nothing between them, all stand before their words or all
behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from handlers.form.marks import (
    CHECKS,
    CROSSES,
    EMPTY,
    Kind,
    boxes_in,
    drawn,
    first_named,
    kind_of,
    named,
    without_boxes,
)
from handlers.form.piece import Piece
from handlers.typed.fold import fold

_WORD = re.compile(r"[A-Za-z]+")
_PARTED = re.compile(r"[/|\n\t\\]|  |\bor\b", re.I)
_DIVIDER = re.compile(r"[/|\n\t\\]|\bor\b", re.I)
_JOINED = re.compile(r"[A-Za-z]\s*[&+;]\s*[A-Za-z]")
_BOX = re.compile(f"[{''.join(sorted(CHECKS | CROSSES | EMPTY))}]|\\b[xX]\\b")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one choice may be marked. `worded`: the choice's own word is printed there, `note`
    says what follows it; `said` is another choice named there instead."""

    kind: Kind = ""
    worded: bool = False
    struck: bool = False
    picture: bool = False
    text: str = ""
    note: str = ""
    said: str = ""
    looks: frozenset[str] = frozenset()
    boxed: bool = False  # a box to tick stands there, whatever is in it
    listed: bool = False  # it is a word of a cell that lists the choices

    @property
    def marked(self) -> bool:
        return self.kind in ("check", "cross") and not self.struck


Spots = Mapping[str, Spot]


@dataclass(frozen=True, slots=True)
class Listed:
    """A cell that lists choices: the spot of each, and the words that follow."""

    spots: Spots
    rest: str = ""


def spot_of(piece: Piece, choice: str, choices: Sequence[str]) -> Spot:
    """The spot of `choice` in its own cell."""
    struck = piece.struck
    kept = drawn(piece.kept).strip()
    ticked = any(piece.ticks) and not struck
    text = without_boxes(kept)
    own = first_named(text, choices)
    printed = struck and first_named(without_boxes(drawn(piece.text)), choices) == choice
    if own == choice or printed:
        note = _WORD.sub("", text, count=1).strip(" \t\n.,;:-–—")
        marks = "".join(c for c in kept if c in CHECKS or c in CROSSES)
        kind = kind_of(note, choices) if note.casefold() == "x" else kind_of(marks, choices)
        worded, kept = True, marks
    else:
        kind, worded, note = kind_of(kept, choices), False, ""
    return Spot(
        "check" if ticked and kind not in ("check", "cross") else kind,
        worded,
        struck,
        piece.picture,
        kept,
        note,
        own or "" if kind == "other" else "",
        piece.looks if worded else frozenset(piece.look.split()),
        bool(piece.ticks or boxes_in(drawn(piece.text))),
    )


def listed_in(piece: Piece, choices: Sequence[str]) -> Listed | None:
    """The choices that a cell lists, two or more of them, each with what marks it."""
    words = list(_run(piece.text, choices))
    found = [choice for _, choice in words]
    if len(set(found)) < 2 or len(set(found)) != len(found):
        return None
    if len(words) == 2 and _JOINED.search(piece.text):
        return None  # "Yes & No" gives both
    bounds = _bounds(piece.text, [word for word, _ in words])
    ticks = _ticks(piece, len(words))
    spots = {
        choice: _listed(piece.part(start, end), word.start() - start, word.end() - start, tick)
        for (word, choice), (start, end), tick in zip(words, bounds, ticks, strict=True)
    }
    rest = Piece(piece.text[bounds[-1][1] :]).text
    return Listed(spots, without_boxes(rest).strip(" \t\n.,;:-–—"))


def repeats(text: str, choices: Sequence[str]) -> bool:
    """Whether a text names two choices or more, and one of them more than once."""
    words = _WORD.findall(text)
    found = [c for w in words if len(w) > 1 and (c := named(w, choices)) is not None]
    return len(found) > len(set(found)) > 1 and 2 * len(found) > len(words)


def _listed(piece: Piece, start: int, end: int, tick: bool | None) -> Spot:
    """One choice of a list, its word from `start` to `end` of the piece."""
    word = piece.part(start, end)
    beside = drawn(f"{piece.part(0, start).kept} {piece.part(end, len(piece.text)).kept}")
    kind = kind_of(_DIVIDER.sub(" ", beside).strip(), ())
    if tick is not None and kind not in ("check", "cross"):
        kind = "check" if tick else ""
    looks = word.looks | _in_brackets(piece.text, start, end)
    boxed = tick is not None or bool(boxes_in(beside))
    return Spot(
        kind, True, word.struck, piece.picture, beside.strip(),
        looks=looks, boxed=boxed, listed=True,
    )  # fmt: skip


def _in_brackets(text: str, start: int, end: int) -> frozenset[str]:
    """A choice put in brackets or stars, or in capitals, is set apart too."""
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
    out = (
        {"bracketed"} if before and before in "([{*<>_" and after in ")]}*<>_" and after else set()
    )
    return frozenset(
        out | ({"capitals"} if end - start > 1 and text[start:end].isupper() else set())
    )


def _run(text: str, choices: Sequence[str]) -> Iterator[tuple[re.Match[str], str]]:
    """The words of the first list of choices, each a choice's name, with nothing else between."""
    every = list(_WORD.finditer(text))
    bare = all(_is_choice(w, choices) or w.group().casefold() in ("x", "or") for w in every)
    last: re.Match[str] | None = None
    for word in every:
        if word.group() in ("x", "X", "or"):
            continue
        choice = named(word.group(), choices)
        if choice is None or (last is not None and not _parted(text, last, word, bare)):
            if last is not None:
                return
            if choice is None:
                continue
        yield word, choice
        last = word


def _is_choice(word: re.Match[str], choices: Sequence[str]) -> bool:
    return named(word.group(), choices) is not None


def _parted(text: str, last: re.Match[str], word: re.Match[str], bare: bool) -> bool:
    between = text[last.end() : word.start()]
    return bare or bool(_PARTED.search(between) or _BOX.search(drawn(between)))


def _bounds(text: str, words: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """Where each choice's own part of the list begins and ends: at what divides it from the next,
    else behind the word where the marks stand before the words, else before the next word."""
    first = words[0].start()
    opening = max(
        (m.end() for m in _WORD.finditer(text[:first]) if m.group() not in "xX"), default=0
    )
    before = bool(drawn(text[opening:first]).strip(" \t\n.:;,-–—(/|[{<*_"))
    starts, ends = [opening], []
    for word, after in pairwise(words):
        divider = _DIVIDER.search(text, word.end(), after.start())
        opens = re.search(r"[\[({<*_]*$", text[word.end() : after.start()])
        upto = after.start() - (len(opens[0]) if opens else 0)  # "[" of the next is its own
        cut = divider.start() if divider else word.end() if before else upto
        ends.append(cut)
        starts.append(divider.end() if divider else cut)
    return list(zip(starts, [*ends, _end(text, words[-1], before)], strict=True))


def _end(text: str, word: re.Match[str], before: bool) -> int:
    """Where the last choice's part ends: its mark may stand behind it, what follows is a note."""
    if before:
        return word.end()
    divider = _DIVIDER.search(text, word.end())
    letter = next((m for m in _WORD.finditer(text, word.end()) if m.group() not in "xX"), None)
    ends = [found.start() for found in (divider, letter) if found]
    return min(ends, default=len(text))


def _ticks(piece: Piece, count: int) -> list[bool | None]:
    """The check boxes in the order of the words, where their characters do not stand there."""
    if len(piece.ticks) == count and len(boxes_in(drawn(piece.text))) != count:
        return list(piece.ticks)
    return [None] * count


def folded(spot: Spot) -> str:
    return fold(spot.text) or spot.text
