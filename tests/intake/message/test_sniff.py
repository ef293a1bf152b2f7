"""What a file is, told from its bytes."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.message.file_type import is_encrypted_p7m, sniff_format
from intake.message.message import SNIFFED_FORMATS
from tests.each_case import each_case


@each_case(
    ("content", "name"),
    [
        (b"", "empty"),
        (b"\0" * 9_000, "empty"),
        (b"\r\n \r\n", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.7\n", "pdf"),
        (b"\xff\xd8\xff\xe0JFIF", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF89a", "gif"),
        (b"II*\0\x08", "tiff"),
        (b"MM\0*\0", "tiff"),
        (b"{\\rtf1\\ansi}", "rtf"),
        (b"\xef\xbb\xbf {\\rtf1}", "rtf"),
        (b"<!DOCTYPE html><p>", "html"),
        (b"\n<HTML xmlns:o=''>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"BEGIN:VCARD\r\n", "vcard"),
        (b"BEGIN:VCALENDAR\r\n", "calendar"),
        (b"From: a@b.example\r\nTo: c@d.example\r\n\r\nx", "eml"),
        (b"From a@b Thu\nReceived: by x\nDate: y\n\nx", "eml"),
        (b"Dear all, To: do\n", "text"),
        ("caf\u00e9 \u2019".encode(), "text"),
        (b"-----BEGIN PGP MESSAGE-----\n", "pgp"),
        (bytes.fromhex("76e80460c411e386"), "rpmsg"),
        (bytes.fromhex("789f3e22") + b"\1\0", "tnef"),
        (b"\x7fELF\x02\x01", "unknown"),
        (b"MZ\x90\0", "unknown"),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "unknown"),
    ],
)
def test_a_file_is_told_by_its_first_bytes(content, name):
    assert sniff_format(content) == name


def test_word_documents_are_told_from_other_zips(make):
    assert sniff_format(make.word()) == "docx"
    assert sniff_format(make.word(macros=True)) == "docm"
    assert sniff_format(make.zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""})) == "xlsx"
    assert sniff_format(make.zipped({"[Content_Types].xml": b"", "ppt/p.xml": b""})) == "unknown"
    for main in (
        "document.xml",
        "parts/document2.xml",
    ):  # [ECMA-376-2] 9.3: by relation, not by name
        assert sniff_format(make.zipped({"[Content_Types].xml": b"", main: b""})) == "docx"
    assert sniff_format(make.zipped({"a.docx": make.word()})) == "zip"
    assert sniff_format(make.zipped({})) == "zip"


@pytest.mark.parametrize("first", ["[Content_Types].xml", "_rels/.rels"])
def test_a_word_document_that_is_cut_short_is_one_and_no_zip(make, first):
    """Failure mode 20: its author knows of no zip file. Word begins with one, LibreOffice with the
    other and has the first at its end."""
    for rest in ({}, {"docProps/app.xml": b"x" * 500}, {"word/document.xml": b"x" * 500}):
        whole = make.zipped({first: b"x" * 500, **rest, "word/z.xml": b"x" * 500})
        cut = whole[: whole.rfind(b"PK\x03\x04") + 8]
        assert sniff_format(cut) == "docx"


def test_a_zip_that_is_cut_short_is_a_zip(make):
    whole = make.word()
    parcel = make.zipped({"a.docx": whole})
    assert sniff_format(parcel[: len(parcel) // 2]) == "zip"


def test_a_zip_of_documents_that_are_not_deflated_again_is_a_zip(make):
    """The names inside the stored document stand in the zip in clear."""
    assert sniff_format(make.zipped({"a.docx": make.word()}, zipfile.ZIP_STORED)) == "zip"


def test_open_document_texts_are_told_from_sheets(make):
    kind = b"application/vnd.oasis.opendocument."
    for ending, name in ((b"text", "odt"), (b"spreadsheet", "unknown")):
        content = make.zipped({"mimetype": kind + ending, "x": b""}, zipfile.ZIP_STORED)
        assert sniff_format(content) == name


def test_a_document_cut_short_is_still_told(make):
    """Its zip directory is gone, and the author needs to hear that the document is damaged."""
    assert sniff_format(make.word(text="long " * 500)[:-60]) == "docx"


def test_compound_files_are_told_by_what_they_hold(make):
    fib = bytes.fromhex("eca5c1005b000904000000f0")
    locked = fib[:11] + b"\xf1"
    assert sniff_format(make.compound({"WordDocument": fib, "1Table": b"x"})) == "doc"
    assert sniff_format(make.compound({"WordDocument": locked})) == "ole-encrypted"
    assert (
        sniff_format(make.compound({"EncryptionInfo": b"", "EncryptedPackage": b"x"}))
        == "ole-encrypted"
    )
    assert sniff_format(make.compound({"Workbook": b"x"})) == "xls"
    assert sniff_format(make.compound({"Other": b"x"})) == "unknown"
    assert sniff_format(make.msg()) == "msg"


def test_a_compound_file_inside_another_does_not_decide(make):
    """A mail that carries an old Word file is a mail; a Word file that embeds a mail is Word."""
    assert (
        sniff_format(make.msg(make.outlook_file("a.doc", make.compound({"WordDocument": b"x"}))))
        == "msg"
    )
    pool = {"_1": {"__properties_version1.0": b"x"}}
    assert sniff_format(make.compound({"ObjectPool": pool, "WordDocument": b"x" * 12})) == "doc"


def test_a_compound_file_cut_short_is_still_told(make):
    whole = make.compound({"WordDocument": b"x" * 9_000})
    assert sniff_format(whole[:-512]) == "doc"


def test_sealed_and_signed_are_told_apart_by_their_object_identifier():
    """Failure mode 36."""
    for tail, locked in (("010703", True), ("010702", False), ("0109100117", True)):
        oid = bytes.fromhex("2a864886f70d" + tail)
        content = b"\x30\x82\x01\x00\x06" + bytes([len(oid)]) + oid + b"\xa0\x80"
        assert (sniff_format(content), is_encrypted_p7m(content)) == ("p7m", locked)


@given(st.binary(max_size=600))
def test_any_bytes_have_a_name_out_of_the_list(content):
    for start in (b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"0\x80"):
        assert sniff_format(start + content) in SNIFFED_FORMATS
