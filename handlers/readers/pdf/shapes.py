"""What is drawn on a PDF's page besides its text: ruling lines, pictures, boxes to tick, ink."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from handlers.readers.pdf.page import PageBox, PageWord, bounding_box
from handlers.readers.pdf.pdf_file import PageFrame
from handlers.readers.word.errors import FileTooBig
from handlers.readers.word.symbols import CROSSED_BOX, EMPTY_BOX

BALLOT_BOX_SIDES = (5.0, 20.0)  # points, least and most
MIN_SQUARENESS = 0.7  # the shorter side of the longer, at least


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """The words, ballot boxes among them, and the ink that is in none."""

    words: tuple[PageWord, ...]
    ink: tuple[PageBox, ...]


def is_ballot_box(box: PageBox) -> bool:
    shorter, longer = sorted((box.width, box.height))
    return (
        BALLOT_BOX_SIDES[0] <= shorter
        and longer <= BALLOT_BOX_SIDES[1]
        and shorter >= MIN_SQUARENESS * longer
    )


def mark_ballot_boxes(
    squares: Sequence[PageBox], words: Sequence[PageWord], ink: Sequence[PageBox]
) -> MarkedWords:
    """A square drawn twice, as some programs do, is one."""
    apart = [
        s for i, s in enumerate(squares) if not any(o.contains_middle_of(s) for o in squares[:i])
    ]
    if not apart:
        return MarkedWords(tuple(words), tuple(ink))
    letters = [word for word in words if len(word.text) == 1]
    ballots = [PageWord(_drawn(square, letters, ink), square) for square in apart]
    return MarkedWords(
        (*(w for w in words if len(w.text) > 1 or not _in_any(w.box, apart)), *ballots),
        tuple(mark for mark in ink if not _in_any(mark, apart)),
    )


def _drawn(square: PageBox, letters: Sequence[PageWord], ink: Sequence[PageBox]) -> str:
    marks = [*ink, *(letter.box for letter in letters)]
    return CROSSED_BOX if any(square.contains_middle_of(mark) for mark in marks) else EMPTY_BOX


def _in_any(box: PageBox, squares: Sequence[PageBox]) -> bool:
    return any(square.contains_middle_of(box) for square in squares)


MAX_OBJECTS = 100_000  # on one page, the pieces of a shape included
MAX_FORM_DEPTH = 8
MAX_LINE_THICKNESS = 3.0  # points: a filled shape as thin as this is a line
LEVEL_TOLERANCE = 1.0  # points by which the ends of a level line may differ in height
MIN_SHAPE_SIZE = 4.0  # points: ink and pictures smaller than this are specks

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY_MATRIX: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class PageShapes:
    """What one page shows. `squares` may be boxes to tick; `ink` is around what was drawn
    free-hand, or might have been."""

    rules: list[PageBox] = field(default_factory=list)
    squares: list[PageBox] = field(default_factory=list)
    pictures: list[PageBox] = field(default_factory=list)
    ink: list[PageBox] = field(default_factory=list)


@dataclass(slots=True)
class _Trail:
    """A piece of a path: its points in the page's own coordinates, and whether it curves."""

    points: list[Point]
    curved: bool = False
    closed: bool = False

    def iter_strokes(self) -> Iterator[tuple[Point, Point]]:
        ends = [*self.points[1:], self.points[0]] if self.closed else self.points[1:]
        yield from zip(self.points, ends, strict=False)


class ShapeReader:
    """Goes over the objects of one page, once."""

    def __init__(self, frame: PageFrame) -> None:
        self.found = PageShapes()
        self._frame = frame
        self._left = MAX_OBJECTS

    def read_objects(self, page: Any) -> PageShapes:
        """Raises FileTooBig."""
        for at in range(raw.FPDFPage_CountObjects(page)):
            self._look(raw.FPDFPage_GetObject(page, at), IDENTITY_MATRIX, 0)
        return self.found

    def _spend(self, count: int = 1) -> None:
        self._left -= count
        if self._left < 0:
            raise FileTooBig

    def _look(self, thing: Any, within: Matrix, depth: int) -> None:
        self._spend()
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(thing, within)
        elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            self._add(self.found.pictures, self._around(_corners(thing, within)))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            inside = _times(_matrix(thing), within)
            for at in range(max(0, raw.FPDFFormObj_CountObjects(thing))):
                self._look(raw.FPDFFormObj_GetObject(thing, at), inside, depth + 1)

    def _path(self, thing: Any, within: Matrix) -> None:
        self._spend(max(0, raw.FPDFPath_CountSegments(thing)))
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke))
        for trail in _trails(thing, _times(_matrix(thing), within)):
            self._sort(trail, filled=bool(fill.value), stroked=bool(stroke.value))

    def _sort(self, trail: _Trail, *, filled: bool, stroked: bool) -> None:
        box = self._around(trail.points)
        if trail.curved or any(_slants(*ends) for ends in trail.iter_strokes()):
            self._add(self.found.ink, box)
        elif stroked and trail.closed and is_ballot_box(box):
            self.found.squares.append(box)
        elif stroked:
            self.found.rules += [self._around(ends) for ends in trail.iter_strokes()]
        elif filled and min(_size(box)) <= MAX_LINE_THICKNESS:
            self.found.rules.append(box)

    def _around(self, points: Iterable[Point]) -> PageBox:
        return bounding_box(self._frame.to_shown_box(x, y, x, y) for x, y in points)

    def _add(self, to: list[PageBox], box: PageBox) -> None:
        if max(_size(box)) >= MIN_SHAPE_SIZE:
            to.append(box)


def read_shapes(page: Any, frame: PageFrame) -> PageShapes:
    """`page` is pdfium's page. Raises FileTooBig."""
    return ShapeReader(frame).read_objects(page)


def _trails(thing: Any, matrix: Matrix) -> Iterator[_Trail]:
    """The pieces of a path, each from where the pen is set down to where it is lifted."""
    trail: _Trail | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(max(0, raw.FPDFPath_CountSegments(thing))):
        segment = raw.FPDFPath_GetPathSegment(thing, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO or trail is None:
            if trail is not None:
                yield trail
            trail = _Trail([])
        trail.points.append(_moved((x.value, y.value), matrix))
        trail.curved |= kind == raw.FPDF_SEGMENT_BEZIERTO
        trail.closed |= bool(raw.FPDFPathSegment_GetClose(segment))
    if trail is not None:
        yield trail


def _corners(thing: Any, within: Matrix) -> list[Point]:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(thing, *(ctypes.byref(side) for side in sides)):
        return [_moved((0, 0), within)]
    left, bottom, right, top = (side.value for side in sides)
    corners = ((left, bottom), (left, top), (right, bottom), (right, top))
    return [_moved(corner, within) for corner in corners]


def _matrix(thing: Any) -> Matrix:
    seen = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(seen)):
        return IDENTITY_MATRIX
    return seen.a, seen.b, seen.c, seen.d, seen.e, seen.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """What `first` and then `then` do to a point, in one."""
    a, b, c, d, e, f = first
    aa, bb, cc, dd, ee, ff = then
    return (
        a * aa + b * cc,
        a * bb + b * dd,
        c * aa + d * cc,
        c * bb + d * dd,
        e * aa + f * cc + ee,
        e * bb + f * dd + ff,
    )


def _moved(point: Point, by: Matrix) -> Point:
    x, y = point
    return by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5]


def _slants(start: Point, end: Point) -> bool:
    return abs(start[0] - end[0]) > LEVEL_TOLERANCE and abs(start[1] - end[1]) > LEVEL_TOLERANCE


def _size(box: PageBox) -> tuple[float, float]:
    return box.width, box.height
