"""The table of what a process gives up before it looks at a document, and in what order.

Does: takes each step, and says of each whether the kernel granted it (failure modes 55, 83).
Trusts: the kernel's answers; `handlers/sandbox/self_test.py` tries whether they are true.
Never touches: the document. Known limits: a step that is refused is reported, not fatal; whether
the service runs with less is for `doctor` and the operator to settle.
"""

from __future__ import annotations

import ctypes
import resource
import signal
from collections.abc import Callable
from pathlib import Path

from handlers.sandbox import landlock, seccomp
from handlers.sandbox.landlock import call, prctl
from handlers.sandbox.protocol import Limits
from handlers.sandbox.self_test import Layer

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
NEW_USER, NEW_NETWORK, NEW_IPC = 0x10000000, 0x40000000, 0x08000000
CAPABILITIES_VERSION = 0x20080522

LANDLOCK, FILTER = "No files (Landlock)", "System call filter (seccomp)"


def own_network(_: Limits) -> str:
    """An empty network of its own. Only where user namespaces are allowed, or for root."""
    try:
        call("unshare", NEW_USER | NEW_NETWORK | NEW_IPC)
    except OSError:
        call("unshare", NEW_NETWORK | NEW_IPC)
    return "an empty network"


def no_capabilities(_: Limits) -> str:
    """Drop every privilege of root, and those that an own user namespace brought."""
    version = ctypes.create_string_buffer(CAPABILITIES_VERSION.to_bytes(4, "little"), 8)
    none = ctypes.create_string_buffer(24)
    call("capset", ctypes.addressof(version), ctypes.addressof(none))
    return ""


def first_to_end(_: Limits) -> str:
    """Where memory is short the kernel ends this process, or what it forks, before the service."""
    Path("/proc/self/oom_score_adj").write_text("1000")
    return ""


def not_inspected(_: Limits) -> str:
    """No core dump, and no other process of the same user may look inside."""
    prctl(PR_SET_DUMPABLE, 0)
    return ""


def dies_with_parent(_: Limits) -> str:
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    return ""


def no_new_privileges(_: Limits) -> str:
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    return ""


def no_files(_: Limits) -> str:
    return landlock.forbid_everything()


def no_more_than(limits: Limits) -> str:
    """Resource limits. No file may be opened at all: no descriptor is left for it."""
    for which, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        _lower(which, most, most)
    # The soft limit says why it ended (SIGXCPU); the hard one comes a second later, for certain.
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1)
    return f"{limits.memory_bytes >> 20} MB, {limits.cpu_seconds} s of processor time, no new files"


def filtered(_: Limits) -> str:
    return seccomp.install()


Step = tuple[str, Callable[[Limits], str]]

# Once, by the nursery, for itself and all it will fork.
NURSERY: tuple[Step, ...] = (
    ("Own network", own_network),
    ("No privileges of root", no_capabilities),
    ("First to end where memory is short", first_to_end),  # before nobody may look inside
    ("Not inspected by others", not_inspected),
)

# By each child, before the first byte of its document. The filter is last: it forbids the others.
CHILD: tuple[Step, ...] = (
    ("Ends with the service", dies_with_parent),
    ("No new privileges", no_new_privileges),
    (LANDLOCK, no_files),
    ("Limits", no_more_than),
    (FILTER, filtered),
)


def confine(steps: tuple[Step, ...], limits: Limits) -> tuple[Layer, ...]:
    """Take every step. One that the kernel refuses is not in force, and says why."""
    return tuple(_taken(name, step, limits) for name, step in steps)


def _taken(name: str, step: Callable[[Limits], str], limits: Limits) -> Layer:
    try:
        return Layer(name, True, step(limits))
    except (OSError, ValueError) as refusal:
        return Layer(name, False, getattr(refusal, "strerror", None) or "refused")


def _lower(which: int, soft: int, hard: int) -> None:
    """Set a limit, or keep what is lower already: only root may raise one."""
    standing = resource.getrlimit(which)[1]
    if standing != resource.RLIM_INFINITY:
        soft, hard = min(soft, standing), min(hard, standing)
    resource.setrlimit(which, (soft, hard))
