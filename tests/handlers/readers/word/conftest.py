"""LibreOffice as a second author of Word files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.handlers.readers.word.fodt import Convert, fodt

PATIENCE = 120  # seconds; a first start makes a profile
MISSING = "LibreOffice (soffice) is not installed, so documents it writes go untested"


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Has LibreOffice save a text as Word. Fails where CI is set and there is none, else skips."""
    if shutil.which("soffice") is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    profile = tmp_path_factory.mktemp("soffice") / "profile"

    def converted(body: str, ending: str) -> bytes:
        folder = tmp_path_factory.mktemp("convert")
        (folder / "text.fodt").write_text(fodt(body), "utf-8")
        _soffice(profile, folder, ending)
        return (folder / f"text.{ending}").read_bytes()

    return converted


def _soffice(profile: Path, folder: Path, ending: str) -> None:
    """One run in a session of its own: soffice.bin outlives the script that started it."""
    process = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
         ending, "--outdir", str(folder), str(folder / "text.fodt")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
