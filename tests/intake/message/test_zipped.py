"""One level of a zip, within bounds."""

from __future__ import annotations

import struct
import zipfile

import pytest

from intake.message.file_type import ZipNotOpened, read_zip_members, zip_member_names


def trouble(content: bytes, most: int = 50, room: int = 10**6) -> str:
    with pytest.raises(ZipNotOpened) as refused:
        read_zip_members(content, most, room)
    return refused.value.trouble


def test_members_come_out_in_their_order(make):
    content = make.zipped({"b.docx": b"two", "a/c.pdf": b"one", "a/": b""})
    assert read_zip_members(content, 50, 99) == [("b.docx", b"two"), ("a/c.pdf", b"one")]


def test_what_systems_leave_behind_is_left_out(make):
    litter = ("~$form.docx", "a/.DS_Store", "__MACOSX/a/._form.docx", "Thumbs.db", "x/desktop.ini")
    content = make.zipped({"form.docx": b"x", **dict.fromkeys(litter, b"y")})
    assert read_zip_members(content, 1, 99) == [("form.docx", b"x")]


def test_too_many_members_are_too_big(make):
    assert trouble(make.zipped({str(n): b"" for n in range(51)})) == "zip-too-big"


def test_a_bomb_is_too_big(make):
    """Failure mode 48."""
    assert trouble(make.zipped({"a": b"\0" * 2_000_000})) == "zip-too-big"


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_inflates(make):
    """Failure mode 48."""
    content = bytearray(make.zipped({"a": b"\0" * 2_000_000}))
    for signature, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        struct.pack_into("<I", content, content.find(signature) + offset, 10)
    assert trouble(bytes(content)) == "zip-damaged"


def test_a_password_is_told_by_its_flag(make):
    content = bytearray(make.zipped({"a": b"x"}))
    content[content.find(b"PK\x01\x02") + 8] |= 1
    assert trouble(bytes(content)) == "zip-encrypted"


def test_a_method_no_zip_program_uses_by_default_is_not_opened(make):
    assert trouble(make.zipped({"a": b"x" * 99}, zipfile.ZIP_LZMA)) == "zip-damaged"


@pytest.mark.parametrize("cut", [1, 30, 80])
def test_a_zip_cut_short_is_damaged(make, cut):
    assert trouble(make.zipped({"a": b"xyz" * 30})[:-cut]) == "zip-damaged"


def test_a_changed_byte_is_damage(make):
    content = make.zipped({"a": b"made up"}, zipfile.ZIP_STORED)
    assert trouble(content.replace(b"made up", b"made UP", 1)) == "zip-damaged"


def test_a_directory_of_a_hundred_thousand_entries_is_not_listed(make):
    assert trouble(b"PK\x03\x04" + b"PK\x01\x02" * 100_000) == "zip-too-big"


def test_names_come_from_the_directory_or_from_the_members_themselves(make):
    whole = make.zipped({"a": b"x", "b": b"y"})
    assert zip_member_names(whole) == ["a", "b"]
    assert zip_member_names(whole.replace(b"PK\x01\x02", b"PK\x01\x03")) == ["a", "b"]
    assert zip_member_names(b"junk" + whole) == ["a", "b"]
    assert zip_member_names(whole[: whole.find(b"PK\x01\x02")]) == ["a", "b"]
