"""Watches over one conversion: `python -I -m handlers.readers.libreoffice.launch` with FOLDER
PROGRAM FORMAT MEMORY; its lifeline is on file descriptor 0. MEMORY is in bytes.

Does: forks, confines the fork and makes it LibreOffice; ends every process of the run when
LibreOffice has ended or the lifeline closes, which it does however the service ends. In that
last case it removes the room as well, for nobody else will.
Trusts: the service that started it.
Never touches: the document. It says nothing on stderr, where a document's text might end in a log.
Known limits: it knows the run by its group of processes, which `calls.py` lets nobody leave.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from handlers.readers.libreoffice.folder import RESULT, NotConfined, Room
from handlers.readers.libreoffice.sandbox import LIMITS, NEEDED, steps
from handlers.sandbox.child import keep_only
from handlers.sandbox.confine import confine
from handlers.sandbox.landlock import prctl
from handlers.sandbox.protocol import Limits

PR_SET_CHILD_SUBREAPER = 36
LIFELINE = 0
# How a run ends, besides LibreOffice's own endings: 0, 1, 77 and above.
NOT_CONFINED, NOT_STARTED, HUNG_UP = 71, 72, 73
# "Start me again": it has set up its profile. Its own start script does the same.
AGAIN, MOST_STARTS = 81, 3

# What LibreOffice calls the formats: one filter to read each, one to write. Naming the first
# keeps it from guessing, and from taking any garbage for plain text.
READS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8"}
WRITES = f"{RESULT}:MS Word 2007 XML"


def main() -> int:
    """Keep one run from its start to its end. Returns an exit status."""
    room, program, format = Room(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3]
    limits = replace(LIMITS, memory_bytes=int(sys.argv[4]))
    prctl(PR_SET_CHILD_SUBREAPER, 1)  # orphans of the run become this process's children
    status = AGAIN
    starts = 0
    while status == AGAIN and starts < MOST_STARTS:
        status = _kept(room, program, format, limits)
        starts += 1
    return status


def _kept(room: Room, program: Path, format: str, limits: Limits) -> int:
    """Start LibreOffice once and wait for its end. How it ended."""
    pid = os.fork()
    if not pid:
        _become(room, program, format, limits)
    with contextlib.suppress(OSError):  # the child does the same; whichever comes first
        os.setpgid(pid, pid)
    finished = _watch(pid)
    status = _end(pid)
    if not finished:
        shutil.rmtree(room.folder, ignore_errors=True)
        return HUNG_UP
    return status


def _become(room: Room, program: Path, format: str, limits: Limits) -> NoReturn:
    status = NOT_STARTED
    try:
        keep_only(os.open(os.devnull, os.O_RDWR))
        os.chdir(room.folder)
        _confine(room, program, limits)
        os.execve(program, command(room, program, format), environment(room))  # noqa: S606
    except NotConfined:
        status = NOT_CONFINED
    finally:
        os._exit(status)


def _confine(room: Room, program: Path, limits: Limits) -> None:
    """Every step of the table. Raises NotConfined where one that is needed is refused."""
    layers = confine(steps(room.folder, program.parents[1]), limits)
    if NEEDED - {layer.name for layer in layers if layer.in_force}:
        raise NotConfined


def command(room: Room, program: Path, format: str) -> list[str]:
    return [
        str(program),
        f"-env:UserInstallation={room.profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        f"--infilter={READS[format]}",
        *("--convert-to", WRITES, "--outdir", str(room.folder), str(room.source(format))),
    ]


def environment(room: Room) -> dict[str, str]:
    """All of it: nothing of the service's goes along (failure mode 83)."""
    return {
        "HOME": str(room.folder),
        "TMPDIR": str(room.scratch),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "OSL_SOCKET_PATH": ".",  # the room: a socket's path may only be short
    }


def _watch(pid: int) -> bool:
    """True when LibreOffice has ended, False when the lifeline closed first."""
    ended = os.pidfd_open(pid)
    poll = select.poll()
    poll.register(ended, select.POLLIN)
    poll.register(LIFELINE, select.POLLIN)
    ready = {descriptor for descriptor, _ in poll.poll()}
    os.close(ended)
    return ended in ready


def _end(pid: int) -> int:
    """End the group and wait until none is left. How LibreOffice itself ended."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    return max(status, 0) or (1 if status else 0)


if __name__ == "__main__":
    sys.exit(main())
