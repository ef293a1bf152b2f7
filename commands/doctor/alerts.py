"""Whether the operator could be alerted when mail is what does not work.

Does: looks whether the program is there and can be started, and whether the file can be written.
Trusts: the settings, which were checked.
Never touches: either; nobody is alerted. `scr-intake alerts test` does that.
Known limits: whether anybody is reached by the program is for the test to show.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from commands.alerts import NONE
from commands.doctor.check import Ground, Said, well, wrong

TEST = "To send one: `scr-intake alerts test`"


def alerts(ground: Ground) -> Iterator[Said]:
    """The program and the file that `[alerts]` names."""
    ways = ground.settings.alerts
    if ways.command is not None:
        yield _program(Path(ways.command[0]))
    if ways.file is not None:
        yield _file(ways.file)
    if ways.command is None and ways.file is None:
        yield well(NONE)


def _program(path: Path) -> Said:
    fix = "Put the program there, its owner's alone to write, or name another in `[alerts]`."
    if not path.is_file():
        return wrong(f"The program for alerts, {path}, is not there.", fix)
    if not os.access(path, os.X_OK):
        return wrong(f"The program for alerts, {path}, cannot be started.", f"chmod 755 {path}")
    if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return wrong(f"Others can change the program for alerts, {path}.", f"chmod go-w {path}")
    return well(f"The program for alerts, {path}, can be started. {TEST}")


def _file(path: Path) -> Said:
    place = path if path.exists() else path.parent
    if path.is_symlink() or not os.access(place, os.W_OK) or (place == path and not path.is_file()):
        fix = "Name a file in a folder of the service's own; the unit lets it write there only."
        return wrong(f"The file for alerts, {path}, cannot be written.", fix)
    return well(f"The file for alerts, {path}, can be written. {TEST}")
