"""Each odd package is odd in that way, and opens where it should."""

from __future__ import annotations

import io
import zipfile
import zlib

import msoffcrypto
import pytest
from docx import Document
from lxml import etree

from tests.builders import (
    DOCUMENT,
    EMPTY,
    STORIES,
    alt_chunk,
    dde_field,
    disagreeing_headers,
    duplicate_member,
    edited,
    encrypted,
    escaping_member,
    hyperlinked,
    macro_enabled,
    ole_object,
    packed,
    parts,
    remote_template,
    rewrite,
    strict,
    truncated,
    with_doctype,
    zip_bomb,
)
from tests.papers.chronology_paper import make_chronology

GOOD = make_chronology(STORIES["SCH"])
RELS = "word/_rels/document.xml.rels"


def opens(docx: bytes) -> bool:
    return bool(Document(io.BytesIO(docx)).tables)


def test_a_document_is_taken_apart_and_packed_again_unchanged() -> None:
    assert parts(packed(parts(GOOD))) == parts(GOOD)
    assert opens(packed(parts(GOOD)))


def test_one_part_is_rewritten() -> None:
    changed = rewrite(GOOD, DOCUMENT, lambda data: data.replace(b"Mother", b"Parent"))
    assert b"Mother" not in parts(changed)[DOCUMENT]
    assert {n for n, d in parts(changed).items() if d != parts(GOOD)[n]} == {DOCUMENT}
    with pytest.raises(KeyError):
        rewrite(GOOD, "word/nothing.xml", bytes)


def test_editing_nothing_changes_no_text() -> None:
    text = [p.text for p in Document(io.BytesIO(edited(GOOD, lambda root: None))).paragraphs]
    assert text == [p.text for p in Document(io.BytesIO(GOOD)).paragraphs]


def test_a_docm_says_what_it_is_and_python_docx_refuses_it() -> None:
    docm = macro_enabled(GOOD)
    assert b"macroEnabled.main+xml" in parts(docm)["[Content_Types].xml"]
    assert b"vbaProject" in parts(docm)[RELS]
    with pytest.raises(ValueError, match="macroEnabled"):
        opens(docm)


def test_macros_in_a_plainly_typed_file_open_silently() -> None:
    """Failure mode 50."""
    docx = macro_enabled(GOOD, plainly_typed=True)
    assert "word/vbaProject.bin" in parts(docx)
    assert opens(docx)


@pytest.mark.parametrize(
    ("make", "part", "mark"),
    [
        (remote_template, "word/_rels/settings.xml.rels", b'TargetMode="External"'),
        (remote_template, "word/settings.xml", b"attachedTemplate"),
        (hyperlinked, RELS, b"https://board.example/guidance"),
        (ole_object, RELS, b"embeddings/oleObject1.bin"),
        (ole_object, DOCUMENT, b"OLEObject"),
        (dde_field, DOCUMENT, b"DDEAUTO"),
        (alt_chunk, DOCUMENT, b"altChunk"),
        (alt_chunk, RELS, b"aFChunk"),
        (escaping_member, "../../outside.xml", b"<outside/>"),
    ],
)
def test_a_danger_is_in_its_place_and_the_document_still_opens(make, part, mark) -> None:  # type: ignore[no-untyped-def]
    docx = make(GOOD)
    assert mark in parts(docx)[part]
    assert mark not in parts(GOOD).get(part, b"")
    assert opens(docx)


def test_a_doctype_stands_after_the_declaration() -> None:
    docx = with_doctype(GOOD)
    assert b"<!DOCTYPE" in parts(docx)[DOCUMENT][:120]
    assert parts(docx)[DOCUMENT].startswith(b"<?xml")
    assert opens(docx)


def test_a_package_has_two_members_of_one_name() -> None:
    docx = duplicate_member(GOOD, data=b"<other/>")
    names = zipfile.ZipFile(io.BytesIO(docx)).namelist()
    assert names.count(DOCUMENT) == 2
    assert parts(docx)[DOCUMENT] == b"<other/>"


def test_a_package_disagrees_with_itself() -> None:
    docx = disagreeing_headers(GOOD)
    assert len(docx) == len(GOOD)
    with pytest.raises(zipfile.BadZipFile, match="differ"):
        parts(docx)


def test_a_bomb_is_small_outside_and_large_inside() -> None:
    """Failure mode 48."""
    bomb = zip_bomb(GOOD, megabytes=20)
    assert len(bomb) < 200_000
    with zipfile.ZipFile(io.BytesIO(bomb)) as package:
        assert package.getinfo(DOCUMENT).file_size > 20 << 20
        assert package.testzip() is None


def test_an_encrypted_document_is_an_ole_file_that_its_password_opens() -> None:
    """Failure mode 53."""
    locked = encrypted(GOOD, "made-up")
    assert locked.startswith(bytes.fromhex("d0cf11e0a1b11ae1"))
    with pytest.raises(zipfile.BadZipFile):
        parts(locked)
    file, out = msoffcrypto.OfficeFile(io.BytesIO(locked)), io.BytesIO()
    assert file.is_encrypted()
    file.load_key(password="made-up")
    file.decrypt(out)
    assert out.getvalue() == GOOD


def test_a_truncated_and_an_empty_file_do_not_open() -> None:
    for broken in (truncated(GOOD), EMPTY):
        with pytest.raises((zipfile.BadZipFile, zlib.error)):
            parts(broken)


def test_strict_open_xml_has_none_of_the_old_namespaces() -> None:
    docx = strict(GOOD)
    assert b"schemas.openxmlformats.org/wordprocessingml" not in parts(docx)[DOCUMENT]
    root = etree.fromstring(parts(docx)[DOCUMENT])
    assert root.tag == "{http://purl.oclc.org/ooxml/wordprocessingml/main}document"
    assert (
        b"purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
        in parts(docx)["_rels/.rels"]
    )
