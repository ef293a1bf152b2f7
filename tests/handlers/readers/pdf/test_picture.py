"""The sizes of pictures, told from their headers."""

from __future__ import annotations

import struct

import pytest

from handlers.readers.pdf.ocr import MAX_SCANNED_PAGES, read_scanned_pages
from handlers.readers.word.errors import DamagedFile, FileTooBig
from tests.handlers.readers.pdf.pdfs import png, tiff

ROWS = [bytes(3)] * 2
PAGE = (3, 2, ROWS)


def jpeg(width: int, height: int) -> bytes:
    head = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xdb\x00\x03a"
    return head + b"\xff\xc2\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\0"


@pytest.mark.parametrize("data", [png(3, 2, ROWS), jpeg(3, 2), tiff([PAGE]), tiff([PAGE], ">")])
def test_each_format_tells_its_size(data):
    (leaf,) = read_scanned_pages(data)
    assert (leaf.width, leaf.height) == (3, 2)


@pytest.mark.parametrize("order", ["<", ">"])
def test_each_page_of_a_tiff_is_a_file_in_which_it_is_the_first(order):
    leaves = read_scanned_pages(tiff([PAGE, (5, 1, [bytes(5)]), PAGE], order))
    assert [(leaf.width, leaf.height) for leaf in leaves] == [(3, 2), (5, 1), (3, 2)]
    again = [read_scanned_pages(leaf.data)[0] for leaf in leaves]
    assert [leaf.width for leaf in again] == [3, 5, 3]


@pytest.mark.parametrize(
    "data",
    [png(8000, 8000, []), jpeg(60_000, 60_000), tiff([PAGE] * (MAX_SCANNED_PAGES + 1))],
)
def test_a_picture_too_big_to_decode_is_told_before_it_is_decoded(data):
    """Failure mode 48, for pictures."""
    with pytest.raises(FileTooBig):
        read_scanned_pages(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(20),
        png(3, 2, ROWS)[:20],
        png(0, 2, []),
        jpeg(3, 2)[:12],
        b"\xff\xd8\x00\x00",
        tiff([PAGE])[:30],
        b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 9999),
        b"II*\0" + struct.pack("<I", 8) + struct.pack("<HI", 0, 8),  # its own next
    ],
)
def test_what_is_cut_short_or_goes_round_in_a_circle_is_damaged(data):
    with pytest.raises(DamagedFile):
        read_scanned_pages(data)
