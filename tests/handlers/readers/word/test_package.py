"""The package: what is inside is bounded while it streams, and names find their members."""

from __future__ import annotations

import io
import zipfile

import pytest

from handlers.readers.word import package
from handlers.readers.word.errors import DamagedFile, FileTooBig
from handlers.readers.word.package import Package
from tests.handlers.readers.word.parts import docx, p, zipped


def test_names_are_found_whatever_their_case() -> None:
    opened = Package(zipped({"Word/Document.xml": "text"}))
    assert "word/DOCUMENT.xml" in opened
    assert opened.read_member("WORD/document.XML") == b"text"


def test_what_is_inflated_is_bounded_while_it_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failure mode 48."""
    monkeypatch.setattr(package, "MAX_INFLATED_BYTES", 100_000)
    opened = Package(zipped({"word/a.xml": b"0" * 60_000, "word/b.xml": b"0" * 60_000}))
    assert sum(map(len, opened.stream_member("word/a.xml"))) == 60_000
    with pytest.raises(FileTooBig):
        list(opened.stream_member("word/b.xml"))


def test_a_small_file_that_inflates_without_end_is_too_big() -> None:
    """Failure mode 48: half a megabyte of zip, half a gigabyte of XML."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("word/document.xml", "w") as member,
    ):
        for _ in range(400):
            member.write(b"<w:p/>" * 200_000)
    assert len(out.getvalue()) < 4_000_000
    with pytest.raises(FileTooBig):
        for _ in Package(out.getvalue()).stream_member("word/document.xml"):
            pass


def test_sizes_that_are_declared_too_big_are_refused_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package, "MAX_DECLARED_BYTES", 1_000)
    with pytest.raises(FileTooBig):
        Package(zipped({"word/a.xml": b"0" * 2_000}))


def test_a_file_that_is_too_big_is_refused_before_it_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(package, "MAX_FILE_BYTES", 10)
    with pytest.raises(FileTooBig):
        Package(docx(p("text")))


def test_a_part_read_whole_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_WHOLE_BYTES", 70_000)
    opened = Package(zipped({"a.xml": b"0" * 70_000, "b.xml": b"0" * 70_001}))
    assert len(opened.read_member("a.xml")) == 70_000
    with pytest.raises(FileTooBig):
        opened.read_member("b.xml")


def test_a_short_member_is_inflated_once_and_says_the_same_each_time() -> None:
    long = b"<x>" + b"y" * 9_000
    opened = Package(zipped({"short.xml": b"<x/>", "long.xml": long, "empty.xml": b""}))
    for name, content in {"SHORT.xml": b"<x/>", "long.xml": long, "empty.xml": b""}.items():
        assert opened.read_beginning(name, 2) == content[:2]
        assert b"".join(opened.stream_member(name, 4_096)) == opened.read_member(name) == content
        assert opened.read_beginning(name, 2) == content[:2]
        assert next(opened.stream_member(name, 3), b"") == content[:3]
    opened._zip.close()
    assert opened.read_member("short.xml") == b"<x/>"
    assert opened.read_beginning("long.xml", 4) == long[:4]


def test_content_with_a_wrong_checksum_is_damaged() -> None:
    data = zipped({"word/a.xml": "text"})
    crc = zipfile.crc32(b"text").to_bytes(4, "little")  # type: ignore[attr-defined]
    opened = Package(data.replace(crc, b"\0\1\2\3"))
    with pytest.raises(DamagedFile):
        opened.read_member("word/a.xml")
