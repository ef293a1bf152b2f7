"""A converter whose rooms a test can look for, and one with a hostile program in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.readers.libreoffice.converter import Converter
from tests.builders_office import needs_office
from tests.handlers.readers.libreoffice.witness import document

HERE = Path(__file__).parent


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    folder = tmp_path / "rooms"
    folder.mkdir()
    return folder


@pytest.fixture
def office(rooms: Path) -> Converter:
    """LibreOffice itself, its rooms in `rooms`."""
    needs_office()
    return Converter(under=rooms)


@pytest.fixture
def hostile_program(tmp_path: Path) -> Path:
    """hostile.py where LibreOffice would be; a folder of programs and what they need around it."""
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if python is None:
        _not_here("there is no Python in /usr, and no other may be read by a confined program")
    program = tmp_path / "office" / "program" / "soffice.bin"
    program.parent.mkdir(parents=True)
    program.write_text((HERE / "hostile.py").read_text().replace("PYTHON", f"{python} -I", 1))
    program.chmod(0o755)
    return program


def _not_here(words: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


Attempt = Callable[..., dict[str, str]]


@pytest.fixture
def attempt(hostile_program: Path, rooms: Path) -> Attempt:
    """Have the hostile program try some deeds; what each came to."""

    def tried(*deeds: str) -> dict[str, str]:
        said = Converter(hostile_program, rooms).convert_to_docx(document(*deeds), "rtf").decode()
        return dict(line.split(" ", 1) for line in said.splitlines())

    return tried
