"""The table of what LibreOffice gives up before it sees a document, and in what order.

Does: names the steps; most are the worker's own (`handlers/worker/confine.py`).
Trusts: the kernel's answers.
Never touches: the document.
Known limits: `NEEDED` is what is insisted on; the others are taken where the kernel grants them.
An own network is not granted to the service as systemd runs it (RestrictNamespaces): the filter
refuses the network there too. The number of files and their whole size is not bounded, only the
size of each and the time.
"""

from __future__ import annotations

import resource
from functools import partial
from pathlib import Path

from handlers.office.calls import refuse
from handlers.office.ground import stand_on
from handlers.worker.confine import (
    Step,
    dies_with_parent,
    first_to_end,
    no_capabilities,
    no_new_privileges,
    own_network,
)
from handlers.worker.limits import Limits

# A conversion takes one to three seconds; a long report of 200 pages, ten. Memory is address space,
# of which an empty document takes 450 MB and a table of 20,000 rows 660; what the whole service may
# take (MemoryMax in scr-intake.service) is reckoned from it in `tests/test_service.py`.
LIMITS = Limits(
    wall_seconds=60.0, cpu_seconds=60, memory_bytes=2 << 30, reply_bytes=64 << 20, value_bytes=0
)
OPEN_FILES = 512

GROUND, FILTER = "Only its own files (Landlock)", "No network (seccomp)"
NEEDED = frozenset({GROUND, FILTER})  # neither can be in force without no_new_privs


def steps(room: Path, code: Path) -> tuple[Step, ...]:
    """To work in `room` with the program in the folder `code`. The filter is last."""
    return (
        ("Ends with its keeper", dies_with_parent),
        ("First to end where memory is short", first_to_end),
        ("Own network", own_network),
        ("No privileges of root", no_capabilities),
        ("No new privileges", no_new_privileges),
        (GROUND, partial(_ground, room, code)),
        ("Limits", _no_more_than),
        (FILTER, _filtered),
    )


def _ground(room: Path, code: Path, _: Limits) -> str:
    return stand_on(room, code)


def _filtered(_: Limits) -> str:
    return refuse()


def _no_more_than(limits: Limits) -> str:
    for which, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.reply_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (least, least))
    return f"{limits.memory_bytes >> 20} MB, {limits.cpu_seconds} s of processor time"
