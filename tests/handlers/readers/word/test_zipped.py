"""Zips put together in a way no word processor does (failure mode 51), and honest odd ones."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

import pytest

from handlers.document import Paragraph
from handlers.readers.word.document import open_word
from handlers.readers.word.errors import (
    DamagedFile,
    DangerousFile,
    FileTooBig,
    ProtectedFile,
    UnreadableFile,
)
from tests.handlers.readers.word.parts import blocks, docx, members, p, zipped

DOCUMENT = b"word/document.xml"
SOUND = docx(p("text"))


def read(data: bytes) -> str:
    (first, *_) = blocks(data)
    assert isinstance(first, Paragraph)
    return first.text


def with_member(name: str, content: str = "x", data: bytes = SOUND) -> bytes:
    out = io.BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, content)
    return out.getvalue()


def refused_as_package(data: bytes) -> bool:
    with pytest.raises(DangerousFile) as caught:
        open_word(data)
    return caught.value.words == ("package",)


def test_a_sound_package_is_read() -> None:
    assert read(SOUND) == "text"


@pytest.mark.parametrize(
    "name",
    [
        "word/document.xml",
        "Word/Document.XML",
        "../evil.xml",
        "word/../../evil.xml",
        "/etc/evil.xml",
        "C:/evil.xml",
        "word\\evil.xml",
        "word//evil.xml",
        "./evil.xml",
        "evil.xml\0.png",
    ],
)
def test_a_member_that_is_there_twice_or_escapes_is_a_danger(name: str) -> None:
    """Failure mode 51."""
    data = with_member("placeholder", data=SOUND) if "\0" in name else with_member(name)
    if "\0" in name:
        data = data.replace(b"placeholder", b"evil.x\0.png")
    assert refused_as_package(data)


def test_a_member_stored_as_a_link_is_a_danger() -> None:
    out = io.BytesIO(SOUND)
    link = zipfile.ZipInfo("word/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert refused_as_package(out.getvalue())


def local(data: bytes, name: bytes = DOCUMENT) -> int:
    """Where the local header of a member begins."""
    return data.index(b"PK\x03\x04" + data[data.index(name) - 26 : data.index(name)])


@pytest.mark.parametrize(
    ("at", "value"),
    [(8, b"\x00\x00"), (14, b"\x01\x02\x03\x04"), (18, b"\x05\x00\x00\x00"), (30, b"X")],
    ids=["method", "checksum", "size", "name"],
)
def test_a_local_header_that_tells_another_story_is_a_danger(at: int, value: bytes) -> None:
    """Failure mode 51."""
    start = local(SOUND) + at
    assert refused_as_package(SOUND[:start] + value + SOUND[start + len(value) :])


def spliced(at: int, piece: bytes) -> bytes:
    """A sound package with bytes put in, every offset behind them moved along."""
    data = bytearray(SOUND)
    entry = -1
    while (entry := SOUND.find(b"PK\x01\x02", entry + 1)) >= 0:
        move(data, entry + 42, at, len(piece))
    move(data, SOUND.rindex(b"PK\x05\x06") + 16, at, len(piece))
    return bytes(data[:at]) + piece + bytes(data[at:])


def move(data: bytearray, field: int, at: int, by: int) -> None:
    (offset,) = struct.unpack_from("<I", data, field)
    struct.pack_into("<I", data, field, offset + by if offset >= at else offset)


OTHER = docx(p("other"))
HIDDEN = OTHER[OTHER.index(b"PK\x03\x04", 1) : OTHER.index(b"PK\x01\x02")]


@pytest.mark.parametrize("before", [b"PK\x03\x04", b"PK\x01\x02"], ids=["between", "last"])
def test_a_member_the_directory_does_not_list_is_a_danger(before: bytes) -> None:
    """Failure mode 51."""
    data = spliced(SOUND.index(before, 1), HIDDEN)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:  # sound to zipfile
        assert archive.testzip() is None
    assert refused_as_package(data)


def test_a_gap_that_hides_nothing_is_let_be() -> None:
    assert read(spliced(SOUND.index(b"PK\x01\x02"), b"\0" * 16)) == "text"


def test_members_that_overlap_are_a_danger() -> None:
    """Failure mode 51: one member's content is another member, header and all."""
    inner, out = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("word/b.xml", "<b/>")
    held = inner.getvalue()[: inner.getvalue().index(b"PK\x01\x02")]
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/a.xml", held)
        listed = archive.getinfo("word/a.xml")
        within = zipfile.ZipInfo("word/b.xml")
        within.header_offset = listed.header_offset + 30 + len("word/a.xml")
        within.CRC, within.file_size, within.compress_size = zlib.crc32(b"<b/>"), 4, 4
        archive.filelist.append(within)
    assert refused_as_package(out.getvalue())


@pytest.mark.parametrize("beyond", [0x00100000, 0x7FFFFFFF])
def test_a_directory_said_to_lie_where_it_does_not_is_refused(beyond: int) -> None:
    at = SOUND.rindex(b"PK\x05\x06") + 16
    with pytest.raises((DangerousFile, DamagedFile)):
        open_word(SOUND[:at] + struct.pack("<I", beyond) + SOUND[at + 4 :])


def test_a_second_directory_is_a_danger() -> None:
    """Failure mode 51."""
    assert refused_as_package(SOUND + docx(p("other")))


def test_an_end_record_that_miscounts_is_a_danger() -> None:
    at = SOUND.rindex(b"PK\x05\x06") + 10
    assert refused_as_package(SOUND[:at] + struct.pack("<H", 3) + SOUND[at + 2 :])


@pytest.mark.parametrize("tail", [b"\r\n", b"\0" * 100, b"-- sent by a gateway"])
def test_stray_bytes_at_the_end_are_let_be(tail: bytes) -> None:
    assert read(SOUND + tail) == "text"


def test_a_comment_is_let_be() -> None:
    out = io.BytesIO(SOUND)
    with zipfile.ZipFile(out, "a") as archive:
        archive.comment = b"made by another program"
    assert read(out.getvalue()) == "text"


def test_folders_listed_as_members_are_let_be() -> None:
    assert read(with_member("word/media/", "")) == "text"


class Unseekable(io.RawIOBase):
    """A sink that makes zipfile write sizes after the content."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.held += bytes(piece)  # type: ignore[call-overload]
        return len(bytes(piece))  # type: ignore[call-overload]


def streamed(force_zip64: bool) -> bytes:
    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(p("text")).items():
            with archive.open(name, "w", force_zip64=force_zip64) as member:
                member.write(content.encode() if isinstance(content, str) else content)
    return bytes(out.held)


@pytest.mark.parametrize("force_zip64", [False, True])
def test_packages_written_as_a_stream_are_sound(force_zip64: bool) -> None:
    assert read(streamed(force_zip64)) == "text"


def test_packages_with_long_sizes_are_sound() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(p("text")).items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(content.encode() if isinstance(content, str) else content)
    assert read(out.getvalue()) == "text"


def test_an_encrypted_zip_is_protected() -> None:
    """Failure mode 53, for a zip that is itself under a password."""
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        offsets = [info.header_offset + 6 for info in archive.infolist()]
    data = bytearray(SOUND)
    for at in offsets:
        data[at] |= 1
    entry = -1
    while (entry := SOUND.find(b"PK\x01\x02", entry + 1)) >= 0:
        data[entry + 8] |= 1
    with pytest.raises(ProtectedFile):
        open_word(bytes(data))


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\x03\x04", b"%PDF-1.7", b"x" + SOUND, SOUND[:-30], SOUND[:200], SOUND[50:]],
    ids=["empty", "two", "four", "pdf", "prefixed", "cut end", "cut early", "cut start"],
)
def test_what_is_no_whole_zip_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedFile):
        open_word(data)


def test_too_many_members_are_too_big() -> None:
    """Failure mode 48."""
    many = {f"word/media/{n}.txt": "" for n in range(2001)}
    with pytest.raises(FileTooBig):
        open_word(zipped({**members(p("text")), **many}))


def tampered(change: Callable[[bytearray], None]) -> bytes:
    data = bytearray(SOUND)
    change(data)
    return bytes(data)


def test_content_that_does_not_inflate_is_damaged() -> None:
    start = local(SOUND) + 30 + len(DOCUMENT) + 5

    def spoil(data: bytearray) -> None:
        data[start : start + 20] = b"\xff" * 20

    with pytest.raises(UnreadableFile) as caught:
        blocks(tampered(spoil))
    assert isinstance(caught.value, DamagedFile)
