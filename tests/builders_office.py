"""Documents as another program saves them: passed through LibreOffice and back.

Does: converts a .docx with the LibreOffice of this machine.
Trusts: the LibreOffice of this machine.
Never touches: anyone's LibreOffice profile but its own; a run that hangs is ended with all of its
processes.
Known limits: two to five seconds a start, so one result of each is kept for the test session, and
many documents can be saved by one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import pytest

Ending = Literal["docx", "odt", "doc", "rtf", "pdf"]
FILTERS: dict[Ending, str] = {
    "docx": "docx:MS Word 2007 XML",
    "odt": "odt:writer8",
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "pdf": "pdf:writer_pdf_Export",
}


class OfficeWouldNot(RuntimeError):
    """LibreOffice did not make the file it was asked for."""


def needs_office() -> None:
    """Skip the test, loudly, where LibreOffice is missing; under CI, fail it."""
    if shutil.which("soffice"):
        return
    words = "LibreOffice (soffice) is not installed: documents from other programs are untested"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


@lru_cache(maxsize=16)
def through_libreoffice(document: bytes, to: Ending = "docx", seconds: float = 90) -> bytes:
    """The document as LibreOffice saves it in the format `to`. Skips or fails the test where
    LibreOffice is missing (see `needs_office`). Raises OfficeWouldNot when nothing came out in
    `seconds`."""
    together = _often_asked_for(to) if document in _often() else {}
    return together.get(document) or all_through_libreoffice([document], to, seconds)[0]


@cache
def _often() -> tuple[bytes, ...]:
    """What many tests ask for."""
    from tests import builders  # which has this module in it

    chronologies = (builders.make_chronology(builders.STORIES[agency]) for agency in ("GP", "POL"))
    return (*chronologies, builders.make_qa_form(), builders.make_statement(), builders.make_imr())


@cache
def _often_asked_for(to: Ending) -> dict[bytes, bytes]:
    """All of these by one start, at the first that is asked for."""
    return dict(zip(_often(), all_through_libreoffice(_often(), to), strict=True))


def all_through_libreoffice(
    documents: Sequence[bytes], to: Ending = "docx", seconds: float = 90
) -> list[bytes]:
    """The same of many, by one start of LibreOffice: that takes ten times as long as a document."""
    needs_office()
    with tempfile.TemporaryDirectory(prefix="scr-office-") as folder:
        sources = [Path(folder, "in", f"{n}.docx") for n in range(len(documents))]
        Path(folder, "in").mkdir()
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document)
        _convert(Path(folder), sources, FILTERS[to], seconds)
        made = [Path(folder, "out", f"{source.stem}.{to}") for source in sources]
        if not all(each.exists() for each in made):
            raise OfficeWouldNot
        return [each.read_bytes() for each in made]


def _convert(folder: Path, sources: Sequence[Path], filter_: str, seconds: float) -> None:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--norestore", "--convert-to", filter_]
    command += ["--outdir", str(folder / "out"), *map(str, sources)]
    quiet = subprocess.DEVNULL
    run = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        run.wait(seconds)
    except subprocess.TimeoutExpired as late:
        raise OfficeWouldNot from late
    finally:
        _end(run)


def _end(run: subprocess.Popen[bytes]) -> None:
    """End every process of the run: soffice.bin outlives the script that started it."""
    try:
        os.killpg(run.pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # all of them have gone already
    finally:
        run.wait()
