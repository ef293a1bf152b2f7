"""LibreOffice obeys the profile: a macro bound to opening a document does not run.

A conversion runs no macros whatever the profile says, so here the document is opened as for
editing, once under a profile that allows everything, which shows that the macro would run.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import DEVNULL

import pytest

from handlers.readers.libreoffice import folder as profile
from handlers.readers.libreoffice.converter import Converter
from tests.builders_office import needs_office
from tests.handlers.readers.libreoffice.odt import odt

ALLOWED = (("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "0"),)
LONGER = 30  # tenths of a second
AGAIN = 81  # LibreOffice's first start of a profile may end so


def opened(folder: Path) -> bool:
    """Whether the macro of a document that is opened runs. A second document is converted after
    it: that one done, the first has been opened, and its macro has a little longer."""
    mark = folder / "mark.txt"
    deed = f'n = FreeFile\nOpen "{mark}" For Output As #n\nPrint #n, "I ran"\nClose #n'
    macro = f"Sub Main\n{deed}\nEnd Sub"
    (folder / "first.odt").write_bytes(odt("<text:p>first</text:p>", macro))
    (folder / "second.odt").write_bytes(odt("<text:p>second</text:p>"))
    profile.write_profile(folder / "profile")
    program = Converter()._program
    command = [str(program), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--headless", "--norestore", "--nologo", "--nodefault", "-o", "first.odt"]
    command += ["--convert-to", "docx", "--outdir", "out", "second.odt"]
    second = folder / "out" / "second.docx"
    since = iter(range(LONGER))
    _run_until(
        lambda: mark.exists() or (second.exists() and next(since, None) is None), command, folder
    )
    return mark.exists()


def _run_until(done: Callable[[], bool], command: Sequence[str], folder: Path) -> None:
    """With a document open LibreOffice does not end by itself."""
    run = None
    try:
        for _ in range(600):
            if run is None or run.poll() == AGAIN:
                run = subprocess.Popen(command, cwd=folder, start_new_session=True, stdout=DEVNULL)
            if done():
                return
            time.sleep(0.1)
        raise AssertionError("a minute went by and the second document was not converted")
    finally:
        if run is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)
            run.wait()


def test_a_macro_bound_to_opening_a_document_does_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_office()
    strict, loose = tmp_path / "strict", tmp_path / "loose"
    strict.mkdir()
    loose.mkdir()
    assert not opened(strict)
    monkeypatch.setattr(profile, "PROFILE_SETTINGS", ALLOWED)
    assert opened(loose)
