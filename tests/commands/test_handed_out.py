"""What is handed out lies beside what was handed out before, never over it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from commands.composition.original_files import OriginalFile
from commands.decisions.handed_out import forget_handed_out, put_for_administrator

TODAY = date(2010, 4, 6)


def put(folder: Path, content: bytes) -> Path:
    found = OriginalFile("found.txt", b"What was found in " + content)
    return put_for_administrator(folder, 2, (OriginalFile("entry-2.docx", content), found), TODAY)


def test_another_original_of_the_same_number_lies_in_a_folder_of_its_own(tmp_path: Path) -> None:
    """After a restore entries are numbered anew."""
    first = put(tmp_path, b"one")
    assert put(tmp_path, b"one") == first
    second = put(tmp_path, b"another")
    assert second == put(tmp_path, b"another") != first
    assert [(each / "entry-2.docx").read_bytes() for each in (first, second)] == [
        b"one",
        b"another",
    ]
    assert forget_handed_out(tmp_path, [2]) == 2
    assert not any((tmp_path / TODAY.isoformat()).iterdir())
