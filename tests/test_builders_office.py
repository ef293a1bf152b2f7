"""LibreOffice opens what is made here, and its own files come back."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from tests import builders_office
from tests.builders import STORIES, OfficeWouldNot, through_libreoffice
from tests.papers.chronology_paper import make_chronology
from tests.papers.imr_paper import make_imr


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Put a shell script where LibreOffice would be found."""
    office = folder / "soffice"
    office.write_text(f"#!/bin/sh\n{script}\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def test_a_chronology_saved_by_libreoffice_keeps_its_rows() -> None:
    docx = through_libreoffice(make_chronology(STORIES["SCH"]), "docx")
    (table,) = Document(io.BytesIO(docx)).tables
    assert len(table.rows) == 1 + len(STORIES["SCH"])
    assert table.rows[1].cells[7].text == STORIES["SCH"][0].event


def test_an_imr_prints_on_nine_pages_with_its_numbers() -> None:
    pdf = pypdfium2.PdfDocument(through_libreoffice(make_imr(), "pdf"))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    assert len(pages) in (8, 9, 10)  # another machine's fonts may be wider
    assert f"Page 2 of {len(pages)}" in pages[1]
    assert "1.1" in pages[2]


def test_what_a_run_leaves_behind_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """soffice.bin outlives the script that started it."""
    note = tmp_path / "child"
    stand_in(monkeypatch, tmp_path, f"sleep 600 & echo $! > {note}")
    with pytest.raises(OfficeWouldNot):
        through_libreoffice(b"leaves a child behind", "pdf")
    state = Path("/proc", note.read_text().strip(), "stat")
    # Only a parent can wait for a process, and init is its parent now: it is asked for a while.
    for _ in range(1000):
        if not _runs(state):
            break
        time.sleep(0.01)
    assert not _runs(state)


def _runs(state: Path) -> bool:
    try:
        return state.read_text().split()[2] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_run_that_hangs_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(monkeypatch, tmp_path, "sleep 600")
    with pytest.raises(OfficeWouldNot):
        through_libreoffice(b"hangs", "pdf", 0.1)


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
