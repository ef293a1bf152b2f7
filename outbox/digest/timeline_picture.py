"""A case's timeline as a small picture."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from PIL import Image, ImageDraw, ImageFont

from config.colours import LetterColours
from outbox.digest.timeline import MarkLook, Timeline, TimelineLane, TimelineMark
from outbox.writing.letter import LetterPicture

PICTURE_WIDTH = 680
LEFT, RIGHT = 206, 24  # beside the lanes
TOP, LANE, KEY = 44, 22, 34
MARK_PITCH = 13  # between marks of one day
TEXT, SMALL = 13, 12  # sizes of letters
MIN_SHOWN_DAYS = 21  # days that the line shows at least


@dataclass(frozen=True, slots=True)
class PlotLabel:
    """A word and where it stands; what its two numbers are the middle or the left edge of is the
    drawing's to know."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class PlotMark:
    """A look and the middle of its shape."""

    look: MarkLook
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TimelinePlot:
    """All that is drawn. `today` is where the line of this day stands; `key` says what each look
    means, and its words are the looks."""

    height: int
    lanes: int
    today: float
    names: tuple[PlotLabel, ...]
    days: tuple[PlotLabel, ...]
    marks: tuple[PlotMark, ...]
    key: tuple[PlotMark, ...]

    @property
    def drawn_words(self) -> list[str]:
        """Every word that is drawn, but for the agencies."""
        return [*(day.text for day in self.days), *(shape.look for shape in self.key), "today"]


def plot_timeline(line: Timeline) -> TimelinePlot:
    scale, lanes = _scale(line), len(line.lanes)
    height = TOP + LANE * lanes + KEY
    return TimelinePlot(
        height=height,
        lanes=lanes,
        today=scale.day_to_pixel(line.today),
        names=tuple(PlotLabel(_name(lane), 8, _middle(n)) for n, lane in enumerate(line.lanes)),
        days=tuple(_days(line, scale)),
        marks=tuple(_marks(line, scale)),
        key=tuple(_key(line, height - KEY / 2 + 3)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to pixels."""

    first: date
    days: int

    def day_to_pixel(self, day: date) -> float:
        return LEFT + 10 + (day - self.first).days / self.days * (PICTURE_WIDTH - LEFT - RIGHT - 20)


def _scale(line: Timeline) -> _Scale:
    days = [line.today, *(mark.day for lane in line.lanes for mark in lane.marks)]
    first, last = min(days), max(days)
    spare = max(0, MIN_SHOWN_DAYS - (last - first).days)
    return _Scale(first - timedelta(spare // 2), (last - first).days + spare)


def _middle(lane: int) -> float:
    return TOP + lane * LANE + LANE / 2


def _name(lane: TimelineLane) -> str:
    font = ImageFont.load_default(TEXT)
    plain = unicodedata.normalize("NFKD", lane.name.replace("’", "'"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    fits = bare.isascii() and font.getlength(bare) <= LEFT - 16
    return bare if fits else lane.code


def _days(line: Timeline, scale: _Scale) -> Iterator[PlotLabel]:
    """The days on which something is or was due, where there is room to name them."""
    font = ImageFont.load_default(SMALL)
    marks = (mark for lane in line.lanes for mark in lane.marks)
    after = float("-inf")
    for day in sorted({mark.day for mark in marks if mark.look in ("due", "overdue")}):
        text = f"{day.day} {day:%b}"
        x, half = scale.day_to_pixel(day), font.getlength(text) / 2
        if x - half > after and x + half < PICTURE_WIDTH:
            after = x + half + 6
            yield PlotLabel(text, x, TOP - 14)


def _marks(line: Timeline, scale: _Scale) -> Iterator[PlotMark]:
    """Marks that would lie on each other stand side by side."""
    for n, lane in enumerate(line.lanes):
        after = 0.0
        for group in _close(sorted(lane.marks, key=lambda mark: mark.day), scale):
            middle = sum(scale.day_to_pixel(mark.day) for mark in group) / len(group)
            start = max(after, middle - (len(group) - 1) * MARK_PITCH / 2)
            start = min(start, PICTURE_WIDTH - 8 - len(group) * MARK_PITCH)
            after = start + len(group) * MARK_PITCH
            for k, mark in enumerate(group):
                yield PlotMark(mark.look, start + k * MARK_PITCH, _middle(n))


def _close(marks: Sequence[TimelineMark], scale: _Scale) -> Iterator[list[TimelineMark]]:
    group: list[TimelineMark] = []
    for mark in marks:
        if group and scale.day_to_pixel(mark.day) - scale.day_to_pixel(group[-1].day) >= MARK_PITCH:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _key(line: Timeline, y: float) -> Iterator[PlotMark]:
    there = {mark.look for lane in line.lanes for mark in lane.marks}
    font, x = ImageFont.load_default(SMALL), 16.0
    for look in get_args(MarkLook):
        if look in there:
            yield PlotMark(look, x, y)
            x += 11 + font.getlength(look) + 24


OVERSAMPLING = 4  # shapes are drawn so much larger, and made smaller smoothly

PixelPoint = tuple[float, float]


def draw_timeline(line: Timeline, colours: LetterColours) -> LetterPicture:
    plot = plot_timeline(line)
    fine = Image.new(
        "RGB", (PICTURE_WIDTH * OVERSAMPLING, plot.height * OVERSAMPLING), colours.page.ground
    )
    _shapes(_Pen(ImageDraw.Draw(fine), colours), plot)
    picture = fine.resize((PICTURE_WIDTH, plot.height), Image.Resampling.BOX)
    _words(ImageDraw.Draw(picture), plot, colours)
    return LetterPicture(line.says, _png(picture), PICTURE_WIDTH, plot.height)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws shapes, each in the colours that its words have in the matrix."""

    draw: ImageDraw.ImageDraw
    colours: LetterColours

    def draw_line(self, ends: Sequence[PixelPoint], colour: str, width: float = 1) -> None:
        self.draw.line(_fine(ends), fill=colour, width=round(width * OVERSAMPLING))

    def draw_late_bar(self, x: float, until: float, y: float) -> None:
        """How long something is late."""
        shade = self.colours.colours_for_cell("overdue")
        self.draw.rectangle(_fine([(x, y - 3), (max(x, until), y + 3)]), fill=shade.ground)
        self.draw_line([(x, y), (max(x, until), y)], shade.ink)

    def draw_mark(self, look: MarkLook, x: float, y: float) -> None:
        ink, ground = self.colours.colours_for_cell(look).ink, self.colours.page.ground
        match look:
            case "overdue":
                self.draw.polygon(_fine([(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)]), fill=ink)
            case "needs changes":
                self.draw.rectangle(_fine([(x - 4.5, y - 4.5), (x + 4.5, y + 4.5)]), fill=ink)
            case "look at it":
                points = [(x, y - 6.5), (x + 6.5, y), (x, y + 6.5), (x - 6.5, y)]
                self.draw.polygon(_fine(points), fill=ground, outline=ink, width=2 * OVERSAMPLING)
            case "accepted":
                self.draw.ellipse(_fine([(x - 5, y - 5), (x + 5, y + 5)]), fill=ink)
                self.draw_line([(x - 2.5, y), (x - 0.5, y + 2.2), (x + 2.7, y - 2)], ground, 1.3)
            case "due":
                box = _fine([(x - 4.5, y - 4.5), (x + 4.5, y + 4.5)])
                self.draw.ellipse(box, fill=ground, outline=ink, width=round(1.5 * OVERSAMPLING))
            case "none held":
                self.draw_line([(x - 4.5, y), (x + 4.5, y)], ink, 2.5)
            case "waived":
                self.draw_line([(x - 4, y - 4), (x + 4, y + 4)], ink, 1.5)
                self.draw_line([(x - 4, y + 4), (x + 4, y - 4)], ink, 1.5)


def _fine(points: Sequence[PixelPoint]) -> list[PixelPoint]:
    return [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]


def _shapes(pen: _Pen, plot: TimelinePlot) -> None:
    """The lanes, the days that matter, today across them all, and the marks."""
    bottom = plot.height - KEY
    for n in range(plot.lanes + 1):
        pen.draw_line([(8, TOP + n * LANE), (PICTURE_WIDTH - 8, TOP + n * LANE)], pen.colours.rule)
    for day in plot.days:
        pen.draw_line([(day.x, TOP - 5), (day.x, bottom)], pen.colours.rule)
    pen.draw_line([(plot.today, 20), (plot.today, bottom)], pen.colours.page.ink, 1.5)
    for mark in plot.marks:
        if mark.look == "overdue":
            pen.draw_late_bar(mark.x, plot.today, mark.y)
    for mark in (*plot.marks, *plot.key):
        pen.draw_mark(mark.look, mark.x, mark.y)


def _words(pen: ImageDraw.ImageDraw, plot: TimelinePlot, colours: LetterColours) -> None:
    large, small = ImageFont.load_default(TEXT), ImageFont.load_default(SMALL)
    ink, quiet = colours.page.ink, colours.quiet.ink
    for name in plot.names:
        pen.text((name.x, name.y), name.text, ink, large, anchor="lm")
    pen.text((plot.today, 10), "today", ink, small, anchor="mm")
    for day in plot.days:
        pen.text((day.x, day.y), day.text, quiet, small, anchor="mm")
    for mark in plot.key:
        pen.text((mark.x + 11, mark.y), mark.look, ink, small, anchor="lm")


def _png(picture: Image.Image) -> bytes:
    """In few colours, which is small."""
    kept = io.BytesIO()
    few = picture.quantize(64, dither=Image.Dither.NONE)
    few.save(kept, "PNG", optimize=True)
    return kept.getvalue()
