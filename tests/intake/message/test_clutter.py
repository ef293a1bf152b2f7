"""What mail programs add: no document, and no fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.message.clutter import is_decoration, is_left_by_program, shorter_side
from tests.builders_raw import png

JPEG = b"\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x0b\x08\2\0\3\0" + bytes(20)


@pytest.mark.parametrize(
    ("content", "side"),
    [(png(30, 20), 20), (JPEG, 512), (b"GIF89a\x10\0\x20\0", 16), (b"\x89PNG\r\n\x1a\n", None)],
)
def test_how_large_a_picture_is_is_read_from_its_head(content: bytes, side: int | None) -> None:
    assert shorter_side(content) == side


@given(st.binary(max_size=80))
def test_no_bytes_raise(content: bytes) -> None:
    for start in (b"\xff\xd8\xff", b"GIF8", b"\x89PNG\r\n\x1a\n"):
        shorter_side(start + content)


@pytest.mark.parametrize(
    ("size", "name", "shown", "decorates"),
    [
        ((1, 1), "scan.png", False, True),
        ((300, 90), "scan.png", False, True),
        ((600, 400), "scan.png", False, False),
        ((600, 400), "logo.png", False, True),
        ((600, 400), "scan.png", True, True),
        ((1240, 1754), "image001.png", True, False),
        ((1240, 1754), "logo.png", False, False),
    ],
)
def test_a_picture_too_small_to_be_a_page_decorates(
    size: tuple[int, int], name: str, shown: bool, decorates: bool
) -> None:
    assert is_decoration(png(*size), "png", name, shown) is decorates


def test_a_picture_heavy_enough_for_a_scan_never_does() -> None:
    assert not is_decoration(png(300, 90, noise=200_000), "png", "logo.png", shown=True)


@pytest.mark.parametrize(
    "name", ["Form.docx", "N12: final.docx", "a.identifier.docx", "Icon.png", ""]
)
def test_what_people_call_a_return_is_no_litter(name: str) -> None:
    assert not is_left_by_program(name)
