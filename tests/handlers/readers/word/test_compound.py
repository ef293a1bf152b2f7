"""Files that are not zips: protected ones, and those of Word 97 to 2003 (failure mode 53)."""

from __future__ import annotations

import io

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from handlers.readers.word.document import open_word
from handlers.readers.word.errors import DamagedFile, LegacyWordFile, ProtectedFile
from handlers.readers.word.package import COMPOUND_MAGIC
from tests.handlers.readers.word.fodt import Convert
from tests.handlers.readers.word.fodt import p as p_
from tests.handlers.readers.word.parts import docx, p


def encrypted(data: bytes) -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("a made-up password", out)
    return out.getvalue()


def test_a_document_under_a_password_is_protected() -> None:
    """Failure mode 53."""
    data = encrypted(docx(p("text")))
    assert msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()
    with pytest.raises(ProtectedFile):
        open_word(data)


def compound(*names: str, kind: int = 2) -> bytes:
    """The header of a compound file and a directory with these streams."""
    directory = b""
    for name in names:
        raw = (name + "\0").encode("utf-16-le")
        entry = raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little") + bytes([kind])
        directory += entry.ljust(128, b"\0")
    return COMPOUND_MAGIC.ljust(512, b"\0") + directory.ljust(512, b"\0")


def test_an_old_word_document_is_told_from_a_protected_one(convert: Convert) -> None:
    data = convert(p_("EncryptedPackage") + p_("Dear all"), "doc")
    assert data.startswith(COMPOUND_MAGIC)
    with pytest.raises(LegacyWordFile):
        open_word(data)


@pytest.mark.parametrize(
    ("streams", "outcome"),
    [
        (("EncryptionInfo", "EncryptedPackage"), ProtectedFile),
        (("WordDocument", "1Table"), LegacyWordFile),
        (("Workbook",), DamagedFile),
        ((), DamagedFile),
    ],
)
def test_a_compound_file_is_told_by_its_streams(
    streams: tuple[str, ...], outcome: type[Exception]
) -> None:
    """Failure mode 53."""
    with pytest.raises(outcome):
        open_word(compound(*streams))


def test_a_storage_of_that_name_is_not_the_stream() -> None:
    with pytest.raises(DamagedFile):
        open_word(compound("EncryptedPackage", kind=1))


def test_a_compound_file_cut_short_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        open_word(COMPOUND_MAGIC)


def test_stream_names_inside_other_content_do_not_count() -> None:
    shifted = compound("EncryptedPackage")[512 - 7 :]
    with pytest.raises(DamagedFile):
        open_word(COMPOUND_MAGIC.ljust(512, b"\0") + shifted)
