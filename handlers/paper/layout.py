"""A page read in order: paragraphs, and the rows of what is drawn as a table.

Does: takes the grids out of a page, and reads what is left, from top to bottom, between them.
Trusts: nothing.
Never touches: other pages, save that it counts tables through all of them.
Known limits: a table that goes on over the page is counted as another one. What stands beside a
table is read before or after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.document.block import Block, TableEnd
from handlers.paper.box import Box
from handlers.paper.lines import Line, lines_of
from handlers.paper.page import Page
from handlers.paper.prose import paragraphs_of, usual_height
from handlers.paper.ruling import Grid, grids_of
from handlers.paper.table import Table

COLUMNS, MANY = 3, 3  # so many lines in so many parts look like a table drawn without lines


class Layout:
    """Reads page after page; tables are counted from 1. `loose` tells of a table without lines,
    the rows of which were read as lines of text."""

    def __init__(self) -> None:
        self.loose = False
        self._tables = 0

    def blocks(self, page: Page) -> Iterator[Block]:
        grids = grids_of(page.rules)
        words = [w for w in page.words if not any(grid.box.holds(w.box) for grid in grids)]
        pictures = [p for p in page.pictures if not any(grid.box.holds(p) for grid in grids)]
        lines = lines_of(words, pictures)
        edge = max((line.box.right for line in lines), default=page.width)
        usual = usual_height(lines)
        self.loose |= sum(line.parts >= COLUMNS for line in lines) >= MANY
        for grid, between in _between(grids, lines):
            yield from paragraphs_of(between, edge, page.rules, usual)
            if grid is not None:
                yield from self._table(grid, page)

    def _table(self, grid: Grid, page: Page) -> Iterator[Block]:
        self._tables += 1
        words = [word for word in page.words if grid.box.holds(word.box)]
        pictures: list[Box] = [picture for picture in page.pictures if grid.box.holds(picture)]
        yield from Table(grid, words, pictures).rows(self._tables)
        yield TableEnd(self._tables)


def _between(
    grids: Sequence[Grid], lines: Sequence[Line]
) -> Iterator[tuple[Grid | None, list[Line]]]:
    """Each grid with the lines above it; at last what stands below them all."""
    left = list(lines)
    for grid in grids:
        above = [line for line in left if line.box.down < grid.box.top]
        left = [line for line in left if line.box.down >= grid.box.top]
        yield grid, above
    yield None, left
