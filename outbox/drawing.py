"""Drawing: a case's timeline as a small picture.

Does: draws one lane an agency, a mark for each return, the days that matter above them and a key
below. Each look has a shape of its own, so that colour never stands alone. The same timeline gives
the same bytes.
Trusts: the places that `outbox/plot.py` gives; the colours of `config/colours.toml`.
Never touches: the register. No word is drawn that the digest does not say.
Known limits: one picture for light and dark, on a light ground.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from config.colours import Colours
from outbox.letter import Picture
from outbox.plot import KEY, LANE, SMALL, TEXT, TOP, WIDTH, Plot, plotted
from outbox.timeline import Look, Timeline

FINE = 4  # shapes are drawn so much larger, and made smaller smoothly

Point = tuple[float, float]


def drawn(line: Timeline, colours: Colours) -> Picture:
    plot = plotted(line)
    fine = Image.new("RGB", (WIDTH * FINE, plot.height * FINE), colours.page.ground)
    _shapes(_Pen(ImageDraw.Draw(fine), colours), plot)
    picture = fine.resize((WIDTH, plot.height), Image.Resampling.BOX)
    _words(ImageDraw.Draw(picture), plot, colours)
    return Picture(line.says, _png(picture), WIDTH, plot.height)


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


def _shapes(pen: _Pen, plot: Plot) -> None:
    """The lanes, the days that matter, today across them all, and the marks."""
    bottom = plot.height - KEY
    for n in range(plot.lanes + 1):
        pen.line([(8, TOP + n * LANE), (WIDTH - 8, TOP + n * LANE)], pen.colours.rule)
    for day in plot.days:
        pen.line([(day.x, TOP - 5), (day.x, bottom)], pen.colours.rule)
    pen.line([(plot.today, 20), (plot.today, bottom)], pen.colours.page.ink, 1.5)
    for mark in plot.marks:
        if mark.look == "overdue":
            pen.bar(mark.x, plot.today, mark.y)
    for mark in (*plot.marks, *plot.key):
        pen.shape(mark.look, mark.x, mark.y)


def _words(pen: ImageDraw.ImageDraw, plot: Plot, colours: Colours) -> None:
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
