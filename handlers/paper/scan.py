"""A picture of one or more pages (JPEG, PNG, TIFF) opened for reading.

Does: has each page read by machine, where that is installed, and laid out.
Trusts: nothing.
Never touches: what is not on the first layer: a thumbnail, a comment, where it was taken.
Known limits: those of `engine.py`: `Traits.made_out` says that any letter may be another, so that
what is wrong with such a copy is for a person to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handlers.document.block import Block, Traits
from handlers.paper.engine import Engine, engine
from handlers.paper.layout import Layout
from handlers.paper.picture import Leaf, leaves_of


class ScanReading:
    """A `handlers.document.block.Reading` of a picture. `blocks()` is iterated once, and raises
    Damaged where a page cannot be decoded."""

    def __init__(self, leaves: Sequence[Leaf], reader: Engine) -> None:
        self.traits = Traits(on_paper=True, made_out=True)
        self._leaves = leaves
        self._reader = reader

    def blocks(self) -> Iterator[Block]:
        layout = Layout()
        for leaf in self._leaves:
            yield from layout.blocks(self._reader.page(leaf))


def open_picture(data: bytes) -> ScanReading:
    """Raises NoReader where the extra `ocr` is not installed, Damaged and TooBig."""
    return ScanReading(leaves_of(data), engine())
