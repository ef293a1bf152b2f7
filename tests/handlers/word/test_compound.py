"""Files that are not zips: protected ones, and those of Word 97 to 2003 (failure mode 53)."""

from __future__ import annotations

import io
from pathlib import Path

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from handlers.word.compound import MAGIC
from handlers.word.document import open_word
from handlers.word.refusals import Damaged, LegacyWord, Protected
from tests.handlers.word.conftest import Convert
from tests.handlers.word.parts import docx, p


def encrypted(data: bytes) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("a made-up password", out)
    return out.getvalue()


def test_a_document_under_a_password_is_protected() -> None:
    """Failure mode 53."""
    data = encrypted(docx(p("text")))
    assert msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()
    with pytest.raises(Protected):
        open_word(data)


def test_an_old_word_document_is_told_from_a_protected_one(convert: Convert) -> None:
    data = convert("letter.html", b"<p>Dear all</p><p>EncryptedPackage</p>", "doc")
    assert data.startswith(MAGIC)
    with pytest.raises(LegacyWord):
        open_word(data)


def test_a_compound_file_that_holds_no_document_is_damaged(convert: Convert) -> None:
    data = convert("sheet.csv", b"a,b\n1,2\n", "xls")
    assert data.startswith(MAGIC)
    with pytest.raises(Damaged):
        open_word(data)


def test_a_compound_file_cut_short_is_damaged() -> None:
    with pytest.raises(Damaged):
        open_word(MAGIC)


def test_stream_names_inside_other_content_do_not_count() -> None:
    name = "EncryptedPackage\0".encode("utf-16-le")
    with pytest.raises(Damaged):
        open_word(MAGIC.ljust(512 + 7, b"\0") + name + b"\0" * 512)


def test_nothing_is_written_beside_the_test(tmp_path: Path) -> None:
    assert list(tmp_path.iterdir()) == []
