"""The plot: where each thing of a timeline stands in its picture.

Does: gives names, days, marks and the key their places, in pixels. Pure.
Trusts: the timeline.
Never touches: colours and shapes; `outbox/drawing.py` draws them.
Known limits: the font that comes with Pillow knows plain letters only: accents are left out, and a
name that is too long, or in another script, is given by the agency's code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from PIL import ImageFont

from outbox.timeline import Lane, Look, Mark, Timeline

WIDTH = 680
LEFT, RIGHT = 206, 24  # beside the lanes
TOP, LANE, KEY = 44, 22, 34
PITCH = 13  # between marks of one day
TEXT, SMALL = 13, 12  # sizes of letters
SHORTEST = 21  # days that the line shows at least


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands; what its two numbers are the middle or the left edge of is the
    drawing's to know."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A look and the middle of its shape."""

    look: Look
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Plot:
    """All that is drawn. `today` is where the line of this day stands; `key` says what each look
    means, and its words are the looks."""

    height: int
    lanes: int
    today: float
    names: tuple[Word, ...]
    days: tuple[Word, ...]
    marks: tuple[Shape, ...]
    key: tuple[Shape, ...]

    @property
    def words(self) -> list[str]:
        """Every word that is drawn, but for the agencies."""
        return [*(day.text for day in self.days), *(shape.look for shape in self.key), "today"]


def plotted(line: Timeline) -> Plot:
    scale, lanes = _scale(line), len(line.lanes)
    height = TOP + LANE * lanes + KEY
    return Plot(
        height=height,
        lanes=lanes,
        today=scale.x(line.today),
        names=tuple(Word(_name(lane), 8, _middle(n)) for n, lane in enumerate(line.lanes)),
        days=tuple(_days(line, scale)),
        marks=tuple(_marks(line, scale)),
        key=tuple(_key(line, height - KEY / 2 + 3)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to pixels."""

    first: date
    days: int

    def x(self, day: date) -> float:
        return LEFT + 10 + (day - self.first).days / self.days * (WIDTH - LEFT - RIGHT - 20)


def _scale(line: Timeline) -> _Scale:
    days = [line.today, *(mark.day for lane in line.lanes for mark in lane.marks)]
    first, last = min(days), max(days)
    spare = max(0, SHORTEST - (last - first).days)
    return _Scale(first - timedelta(spare // 2), (last - first).days + spare)


def _middle(lane: int) -> float:
    return TOP + lane * LANE + LANE / 2


def _name(lane: Lane) -> str:
    font = ImageFont.load_default(TEXT)
    plain = unicodedata.normalize("NFKD", lane.name.replace("’", "'"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    fits = bare.isascii() and font.getlength(bare) <= LEFT - 16
    return bare if fits else lane.code


def _days(line: Timeline, scale: _Scale) -> Iterator[Word]:
    """The days on which something is or was due, where there is room to name them."""
    font = ImageFont.load_default(SMALL)
    marks = (mark for lane in line.lanes for mark in lane.marks)
    after = float("-inf")
    for day in sorted({mark.day for mark in marks if mark.look in ("due", "overdue")}):
        text = f"{day.day} {day:%b}"
        x, half = scale.x(day), font.getlength(text) / 2
        if x - half > after and x + half < WIDTH:
            after = x + half + 6
            yield Word(text, x, TOP - 14)


def _marks(line: Timeline, scale: _Scale) -> Iterator[Shape]:
    """Marks that would lie on each other stand side by side."""
    for n, lane in enumerate(line.lanes):
        after = 0.0
        for group in _close(sorted(lane.marks, key=lambda mark: mark.day), scale):
            middle = sum(scale.x(mark.day) for mark in group) / len(group)
            start = max(after, middle - (len(group) - 1) * PITCH / 2)
            start = min(start, WIDTH - 8 - len(group) * PITCH)
            after = start + len(group) * PITCH
            for k, mark in enumerate(group):
                yield Shape(mark.look, start + k * PITCH, _middle(n))


def _close(marks: Sequence[Mark], scale: _Scale) -> Iterator[list[Mark]]:
    group: list[Mark] = []
    for mark in marks:
        if group and scale.x(mark.day) - scale.x(group[-1].day) >= PITCH:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _key(line: Timeline, y: float) -> Iterator[Shape]:
    there = {mark.look for lane in line.lanes for mark in lane.marks}
    font, x = ImageFont.load_default(SMALL), 16.0
    for look in get_args(Look):
        if look in there:
            yield Shape(look, x, y)
            x += 11 + font.getlength(look) + 24
