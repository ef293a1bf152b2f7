"""When a file is there whole: a zip has its end, or lies still for long enough."""

from __future__ import annotations

import io
import os

import pytest
from PIL import Image

from intake.drop.scan import UNTOUCHED_SECONDS, ends_as_zip
from tests import builders as build
from tests.intake.drop.dropping import DOCX, Dropping


@pytest.mark.parametrize("kept", [0, 1, 3, 4, 100, len(DOCX) // 2, len(DOCX) - 1])
def test_a_zip_cut_short_waits_until_nobody_can_be_writing_it(
    dropping: Dropping, kept: int
) -> None:
    """Failure mode 20. It is then offered as it is: its sender should hear."""
    path = dropping.put(DOCX[:kept])
    assert dropping.offers() == []
    dropping.now = path.stat().st_mtime + UNTOUCHED_SECONDS - 1
    assert dropping.offers() == []
    dropping.now = path.stat().st_mtime + UNTOUCHED_SECONDS + 1
    assert dropping.read() == [DOCX[:kept]]


def test_a_zip_from_a_machine_whose_clock_is_ahead_is_not_waited_for_for_ever(
    dropping: Dropping,
) -> None:
    path = dropping.put(DOCX[:100])
    os.utime(path, (dropping.now + 86_400, dropping.now + 86_400))
    assert dropping.read() == [DOCX[:100]]


def test_a_whole_zip_is_offered_at_once(dropping: Dropping) -> None:
    dropping.put(DOCX)
    assert dropping.read() == [DOCX]


@pytest.mark.parametrize(
    ("tail", "whole"),
    [
        (b"PK\x05\x06" + bytes(18), True),
        (b"data" * 99 + b"PK\x05\x06" + bytes(18), True),
        (b"PK\x05\x06" + bytes(16) + b"\x05\x00five!", True),
        (b"PK\x05\x06" + bytes(16) + b"\xff\xff" + b"c" * 65_535, True),
        (b"", False),
        (b"PK\x05\x06", False),
        (b"PK\x05\x06" + bytes(17), False),
        (b"PK\x05\x06" + bytes(16) + b"\x05\x00four", False),
        # The end of a spreadsheet that is embedded in what is still being written.
        (b"PK\x05\x06" + bytes(18) + b"and more of the document", False),
    ],
)
def test_a_zip_ends_where_its_end_record_says(tail: bytes, whole: bool) -> None:
    """Failure mode 20."""
    assert ends_as_zip(tail) is whole


def pictured(format: str) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((200, 200), 50).convert("RGB").save(written, format)
    return written.getvalue()


def by_libreoffice(format: str) -> bytes:
    return build.through_libreoffice(build.make_statement(), format)


FORMATS = {
    "pdf": lambda: by_libreoffice("pdf"),
    "rtf": lambda: by_libreoffice("rtf"),
    "doc": lambda: by_libreoffice("doc"),
    "jpeg": lambda: pictured("jpeg"),
    "png": lambda: pictured("png"),
}


@pytest.mark.parametrize("format", FORMATS)
def test_half_a_file_is_not_a_file(dropping: Dropping, format: str) -> None:
    """Failure mode 119: a copy that stalls is not judged by its half."""
    if format in ("pdf", "rtf", "doc"):
        build.needs_office()
    whole = FORMATS[format]()
    for kept in (len(whole) // 4, len(whole) // 2, len(whole) * 9 // 10):
        path = dropping.put(whole[:kept])
        dropping.now = path.stat().st_mtime + UNTOUCHED_SECONDS - 1
        assert dropping.offers() == []
        path.unlink()
    dropping.put(whole)
    assert dropping.read() == [whole]


def test_a_text_that_was_moved_by_its_half_is_taken_again_when_it_is_whole(
    dropping: Dropping,
) -> None:
    """Failure mode 119: text has no end, so what was moved is looked at once more."""
    path = dropping.put(b"half of a", "GP/letter.txt")
    with path.open("ab") as writer:
        (offer,) = dropping.offers()
        content = dropping.drop.read_content(offer)
        dropping.release(offer, content)
        assert not path.exists()
        assert dropping.offers() == []
        writer.write(b" letter")
        writer.flush()
        assert dropping.read() == [b"half of a letter"]
    assert path.exists()


@pytest.mark.parametrize("at", ["while it is down", "after it has started"])
def test_a_text_that_was_moved_by_its_half_is_taken_again_though_the_service_starts_anew(
    dropping: Dropping, at: str
) -> None:
    """Failure mode 119."""
    path = dropping.put(b"half of a", "GP/N12/letter.txt")
    with path.open("ab") as writer:
        (offer,) = dropping.offers()
        dropping.release(offer, dropping.drop.read_content(offer))
        dropping.start()
        if at == "after it has started":
            assert dropping.offers() == []
        writer.write(b" letter")
        writer.flush()
        assert dropping.read() == [b"half of a letter"]
    assert path.exists()


def test_what_was_moved_and_lies_still_stays_where_it_is(dropping: Dropping) -> None:
    path = dropping.put(b"all of it", "GP/letter.txt")
    (offer,) = dropping.offers()
    dropping.release(offer, dropping.drop.read_content(offer))
    assert dropping.offers() == []
    dropping.start()
    assert dropping.offers() == []
    assert not path.exists()
    (moved,) = dropping.folder.glob("GP/done/*/letter.txt")
    os.utime(moved)  # touched by a backup, and what is in it is known
    dropping.start()
    assert dropping.offers() == []
