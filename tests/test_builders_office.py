"""LibreOffice opens what is made here, and its own files come back."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from tests import builders_office
from tests.builders import STORIES, OfficeWouldNot, chronology, imr, through_libreoffice


def test_a_chronology_saved_by_libreoffice_keeps_its_rows() -> None:
    docx = through_libreoffice(chronology(STORIES["SCH"]), "docx")
    (table,) = Document(io.BytesIO(docx)).tables
    assert len(table.rows) == 1 + len(STORIES["SCH"])
    assert table.rows[1].cells[7].text == STORIES["SCH"][0].event


def test_an_imr_prints_on_nine_pages_with_its_numbers() -> None:
    pdf = pypdfium2.PdfDocument(through_libreoffice(imr(), "pdf"))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert len(pages) in (8, 9, 10)  # another machine's fonts may be wider
    assert f"Page 2 of {len(pages)}" in pages[1]
    assert "1.1" in pages[2]


def test_a_run_that_hangs_is_ended_with_all_of_its_processes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    office, note = tmp_path / "soffice", tmp_path / "child"
    office.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {note}\nwait\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(OfficeWouldNot):
        through_libreoffice(b"hangs", "pdf", 1.0)
    state = Path("/proc", note.read_text().strip(), "stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)]
)
def test_a_missing_libreoffice_is_loud(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="LibreOffice"):
        builders_office.needs_office()
