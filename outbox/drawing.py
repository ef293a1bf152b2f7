"""Drawing: a case's timeline as a small picture.

Does: draws one lane an agency, a mark for each return, the days that matter above them and a key
below. Each look has a shape of its own, so that colour never stands alone. The same timeline gives
the same bytes.
Trusts: the colours of `config/colours.toml`.
Never touches: the register. No word is drawn that the digest does not say.
Known limits: the font that comes with Pillow knows plain letters only: accents are left out, and a
name that is too long, or in another script, is given by the agency's code.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from PIL import Image, ImageDraw, ImageFont

from config.colours import Colours
from outbox.letter import Picture
from outbox.timeline import Look, Mark, Timeline

WIDTH = 680
LEFT, RIGHT = 206, 24  # beside the lanes
TOP, LANE, KEY = 44, 22, 34
PITCH = 13  # between marks of one day
TEXT, SMALL = 13, 12
FINE = 4  # shapes are drawn so much larger, and made smaller smoothly
SHORTEST = 21  # days that the line shows at least

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """From days to pixels."""

    first: date
    days: int

    def x(self, day: date) -> float:
        return LEFT + 10 + (day - self.first).days / self.days * (WIDTH - LEFT - RIGHT - 20)


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark and the middle of its shape."""

    mark: Mark
    x: float
    y: float


def drawn(line: Timeline, colours: Colours) -> Picture:
    height = TOP + LANE * len(line.lanes) + KEY
    scale, placed = _scale(line), list(_placed(line))
    shapes = Image.new("RGB", (WIDTH * FINE, height * FINE), colours.page.ground)
    pen = _Pen(ImageDraw.Draw(shapes), colours)
    _rules(pen, line, scale, height)
    for each in placed:
        if each.mark.look == "overdue":
            pen.bar(each.x, scale.x(line.today), each.y)
    for each in placed:
        pen.shape(each.mark.look, each.x, each.y)
    key = list(_key(line, height - KEY / 2 + 3))
    for look, x, y in key:
        pen.shape(look, x, y)
    picture = shapes.resize((WIDTH, height), Image.Resampling.BOX)
    _write(ImageDraw.Draw(picture), line, scale, key, colours)
    return Picture(line.says, _png(picture), WIDTH, height)


def words(line: Timeline) -> list[str]:
    """Every word that is drawn, but for the agencies."""
    return [*(text for text, _ in _days(line, _scale(line))), *_looks(line), "today"]


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws shapes, each in the colours that its words have in the matrix."""

    draw: ImageDraw.ImageDraw
    colours: Colours

    def line(self, ends: Sequence[Point], colour: str, width: float = 1) -> None:
        self.draw.line(_fine(ends), fill=colour, width=round(width * FINE))

    def bar(self, x: float, until: float, y: float) -> None:
        """How long something is late."""
        shade = self.colours.of("overdue")
        self.draw.rectangle(_fine([(x, y - 3), (max(x, until), y + 3)]), fill=shade.ground)
        self.line([(x, y), (max(x, until), y)], shade.ink)

    def shape(self, look: Look, x: float, y: float) -> None:
        ink, ground = self.colours.of(look).ink, self.colours.page.ground
        match look:
            case "overdue":
                self.draw.polygon(_fine([(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)]), fill=ink)
            case "needs changes":
                self.draw.rectangle(_fine([(x - 4.5, y - 4.5), (x + 4.5, y + 4.5)]), fill=ink)
            case "look at it":
                points = [(x, y - 6.5), (x + 6.5, y), (x, y + 6.5), (x - 6.5, y)]
                self.draw.polygon(_fine(points), fill=ground, outline=ink, width=2 * FINE)
            case "accepted":
                self.draw.ellipse(_fine([(x - 5, y - 5), (x + 5, y + 5)]), fill=ink)
                self.line([(x - 2.5, y), (x - 0.5, y + 2.2), (x + 2.7, y - 2)], ground, 1.3)
            case "due":
                box = _fine([(x - 4.5, y - 4.5), (x + 4.5, y + 4.5)])
                self.draw.ellipse(box, fill=ground, outline=ink, width=round(1.5 * FINE))
            case "none held":
                self.line([(x - 4.5, y), (x + 4.5, y)], ink, 2.5)
            case "waived":
                self.line([(x - 4, y - 4), (x + 4, y + 4)], ink, 1.5)
                self.line([(x - 4, y + 4), (x + 4, y - 4)], ink, 1.5)


def _fine(points: Sequence[Point]) -> list[Point]:
    return [(x * FINE, y * FINE) for x, y in points]


def _rules(pen: _Pen, line: Timeline, scale: Scale, height: int) -> None:
    """The lanes, the days that matter, and today across them all."""
    bottom = height - KEY
    for n in range(len(line.lanes) + 1):
        pen.line([(8, TOP + n * LANE), (WIDTH - 8, TOP + n * LANE)], pen.colours.rule)
    for _, x in _days(line, scale):
        pen.line([(x, TOP - 5), (x, bottom)], pen.colours.rule)
    today = scale.x(line.today)
    pen.line([(today, 20), (today, bottom)], pen.colours.page.ink, 1.5)


def _write(
    pen: ImageDraw.ImageDraw,
    line: Timeline,
    scale: Scale,
    key: Sequence[tuple[Look, float, float]],
    colours: Colours,
) -> None:
    large, small = ImageFont.load_default(TEXT), ImageFont.load_default(SMALL)
    ink, quiet = colours.page.ink, colours.quiet.ink
    for n, lane in enumerate(line.lanes):
        middle = TOP + n * LANE + LANE / 2
        pen.text((8, middle), _label(lane.name, lane.code), ink, large, anchor="lm")
    pen.text((scale.x(line.today), 10), "today", ink, small, anchor="mm")
    for text, x in _days(line, scale):
        pen.text((x, TOP - 14), text, quiet, small, anchor="mm")
    for look, x, y in key:
        pen.text((x + 11, y), look, ink, small, anchor="lm")


def _label(name: str, code: str) -> str:
    font = ImageFont.load_default(TEXT)
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    fits = bare.isascii() and font.getlength(bare) <= LEFT - 16
    return bare if fits else code


def _scale(line: Timeline) -> Scale:
    days = [line.today, *(mark.day for lane in line.lanes for mark in lane.marks)]
    first, last = min(days), max(days)
    spare = max(0, SHORTEST - (last - first).days)
    return Scale(first - timedelta(spare // 2), (last - first).days + spare)


def _days(line: Timeline, scale: Scale) -> Iterator[tuple[str, float]]:
    """The days on which something is or was due, where there is room to name them."""
    font = ImageFont.load_default(SMALL)
    marks = (mark for lane in line.lanes for mark in lane.marks)
    after = float("-inf")
    for day in sorted({mark.day for mark in marks if mark.look in ("due", "overdue")}):
        text = f"{day.day} {day:%b}"
        x, half = scale.x(day), font.getlength(text) / 2
        if x - half > after and x + half < WIDTH:
            after = x + half + 6
            yield text, x


def _placed(line: Timeline) -> Iterator[Placed]:
    """Marks that would lie on each other stand side by side."""
    scale = _scale(line)
    for n, lane in enumerate(line.lanes):
        y = TOP + n * LANE + LANE / 2
        after = 0.0
        for group in _close(sorted(lane.marks, key=lambda mark: mark.day), scale):
            middle = sum(scale.x(mark.day) for mark in group) / len(group)
            start = max(after, middle - (len(group) - 1) * PITCH / 2)
            start = min(start, WIDTH - 8 - len(group) * PITCH)
            after = start + len(group) * PITCH
            for k, mark in enumerate(group):
                yield Placed(mark, start + k * PITCH, y)


def _close(marks: Sequence[Mark], scale: Scale) -> Iterator[list[Mark]]:
    group: list[Mark] = []
    for mark in marks:
        if group and scale.x(mark.day) - scale.x(group[-1].day) >= PITCH:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _looks(line: Timeline) -> list[Look]:
    there = {mark.look for lane in line.lanes for mark in lane.marks}
    return [look for look in get_args(Look) if look in there]


def _key(line: Timeline, y: float) -> Iterator[tuple[Look, float, float]]:
    font, x = ImageFont.load_default(SMALL), 16.0
    for look in _looks(line):
        yield look, x, y
        x += 11 + font.getlength(look) + 24


def _png(picture: Image.Image) -> bytes:
    """In few colours, which is small."""
    kept = io.BytesIO()
    few = picture.quantize(64, dither=Image.Dither.NONE)
    few.save(kept, "PNG", optimize=True)
    return kept.getvalue()
