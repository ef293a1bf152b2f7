"""The words of the table of statements itself, which sign nothing: its headings, its answers.

Does: says of what no label claims whether it is only the table's own: "Yes" beside a statement, the
row of headings above the first, a comment under its heading.
Trusts: nothing.
Never touches: what the answers mean, see `beside.py`.
Known limits: a name in the very row above the statements is taken for a heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handlers.document.block import Block, Cell
from handlers.document.person import pieces
from handlers.form.bands import Band, bands_in
from handlers.form.beside import ANSWERED
from handlers.form.criteria import Asked
from handlers.typed.fold import fold

HEADINGS = frozenset({"statement", "statements", "standard", "criteria", "criterion", "declaration",
                      "answer", "response", "tick", "please tick", "yes no", "comments", "comment",
                      "confirmation", "evidence", "ref", "number"})  # fmt: skip
LONGEST_HEADING = 4  # words

Own = frozenset[tuple[int, str]]  # where, and the words, folded


def own_words(blocks: Sequence[Block], rows: Mapping[int, Asked]) -> Own:
    """What the tables of statements say beside them and above the first."""
    lines = [one.line for one in rows.values() if one.line is not None and one.line.table]
    at = {(line.table, position): line for line in lines for position in line.positions}
    found: set[tuple[int, str]] = set()
    above: Band | None = None
    for band in bands_in(blocks, typed=False) if lines else ():
        line = at.get((band.table, band.position))
        if line is None:
            above = band
            continue
        if above is not None and above.table == band.table and _heads(above):
            found.update(_said(above.position, above.cells))
        if line.columns is not None and line.columns.order and line.columns.table == band.table:
            taken = line.columns.taken()
            found.update(_said(band.position, [c for c in band.cells if c.column in taken]))
        above = None
    return frozenset(found)


def _heads(band: Band) -> bool:
    return len(band.cells) > 1 and all(
        len(fold(cell.text).split()) <= LONGEST_HEADING for cell in band.cells
    )


def _said(position: int, cells: Sequence[Cell]) -> Iterator[tuple[int, str]]:
    for cell in cells:
        for text in (cell.text, *cell.text.split("\n")):
            yield position, fold(text)


def is_own(text: str, position: int, own: Own) -> bool:
    """Whether what stands there is the table's own, or nothing but answers and headings."""
    if (position, fold(text)) in own:
        return True
    words = [fold(part) for part in pieces(text)]
    return bool(words) and all(word in ANSWERED or word in HEADINGS for word in words)
