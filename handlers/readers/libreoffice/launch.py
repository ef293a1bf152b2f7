"""Watches over one conversion: `python -I -m handlers.readers.libreoffice.launch`.

The arguments are FOLDER PROGRAM FORMAT MEMORY, memory in bytes, with the lifeline on file
descriptor 0. It ends every process of the run however the service ends, and says nothing on stderr,
where a document's text might end in a log.
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

from handlers.readers.libreoffice.folder import (
    RESULT_FORMAT,
    ConversionFolder,
    ConverterNotConfined,
)
from handlers.readers.libreoffice.sandbox import CONVERSION_LIMITS, NEEDED_STEPS, confinement_steps
from handlers.sandbox.child import keep_only_channel
from handlers.sandbox.confine import confine_process
from handlers.sandbox.landlock import prctl
from handlers.sandbox.protocol import WorkerLimits

PR_SET_CHILD_SUBREAPER = 36
LIFELINE_DESCRIPTOR = 0
# How a run ends, besides LibreOffice's own endings: 0, 1, 77 and above.
EXIT_NOT_CONFINED, EXIT_NOT_STARTED, EXIT_HUNG_UP = 71, 72, 73
# "Start me again": it has set up its profile. Its own start script does the same.
EXIT_START_AGAIN, MAX_STARTS = 81, 3

# What LibreOffice calls the formats: one filter to read each, one to write. Naming the first
# keeps it from guessing, and from taking any garbage for plain text.
INPUT_FILTERS = {
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "html": "HTML (StarWriter)",
}
OUTPUT_FILTER = f"{RESULT_FORMAT}:MS Word 2007 XML"


def main() -> int:
    """Keep one run from its start to its end. Returns an exit status."""
    room, program, format = ConversionFolder(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3]
    limits = replace(CONVERSION_LIMITS, memory_bytes=int(sys.argv[4]))
    prctl(PR_SET_CHILD_SUBREAPER, 1)  # orphans of the run become this process's children
    status = EXIT_START_AGAIN
    starts = 0
    while status == EXIT_START_AGAIN and starts < MAX_STARTS:
        status = _kept(room, program, format, limits)
        starts += 1
    return status


def _kept(room: ConversionFolder, program: Path, format: str, limits: WorkerLimits) -> int:
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
        return EXIT_HUNG_UP
    return status


def _become(room: ConversionFolder, program: Path, format: str, limits: WorkerLimits) -> NoReturn:
    status = EXIT_NOT_STARTED
    try:
        keep_only_channel(os.open(os.devnull, os.O_RDWR))
        os.chdir(room.folder)
        _confine(room, program, limits)
        os.execve(program, build_command(room, program, format), build_environment(room))  # noqa: S606
    except ConverterNotConfined:
        status = EXIT_NOT_CONFINED
    finally:
        os._exit(status)


def _confine(room: ConversionFolder, program: Path, limits: WorkerLimits) -> None:
    """Every step of the table. Raises ConverterNotConfined where one that is needed is refused."""
    layers = confine_process(confinement_steps(room.folder, program.parents[1]), limits)
    if NEEDED_STEPS - {layer.name for layer in layers if layer.in_force}:
        raise ConverterNotConfined


def build_command(room: ConversionFolder, program: Path, format: str) -> list[str]:
    return [
        str(program),
        f"-env:UserInstallation={room.profile_folder.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        f"--infilter={INPUT_FILTERS[format]}",
        *(
            "--convert-to",
            OUTPUT_FILTER,
            "--outdir",
            str(room.folder),
            str(room.source_file(format)),
        ),
    ]


def build_environment(room: ConversionFolder) -> dict[str, str]:
    """All of it: nothing of the service's goes along (failure mode 83)."""
    return {
        "HOME": str(room.folder),
        "TMPDIR": str(room.scratch_folder),
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
    poll.register(LIFELINE_DESCRIPTOR, select.POLLIN)
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
