"""The table of what a process gives up before it looks at a document, and in what order.

A step that the kernel refuses is reported, not fatal (failure modes 55 and 83); `self_test.py`
tries whether those that were granted hold.
"""

from __future__ import annotations

import ctypes
import resource
import signal
from collections.abc import Callable
from pathlib import Path

from handlers.sandbox import landlock, seccomp
from handlers.sandbox.landlock import call_c_library, prctl
from handlers.sandbox.protocol import WorkerLimits
from handlers.sandbox.self_test import ProtectionLayer

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 1, 4, 38
NEW_USER, NEW_NETWORK, NEW_IPC = 0x10000000, 0x40000000, 0x08000000
CAPABILITIES_VERSION = 0x20080522

LANDLOCK_LAYER, FILTER_LAYER = "No files (Landlock)", "System call filter (seccomp)"


def enter_empty_network(_: WorkerLimits) -> str:
    """An empty network of its own. Only where user namespaces are allowed, or for root."""
    try:
        call_c_library("unshare", NEW_USER | NEW_NETWORK | NEW_IPC)
    except OSError:
        call_c_library("unshare", NEW_NETWORK | NEW_IPC)
    return "an empty network"


def drop_capabilities(_: WorkerLimits) -> str:
    """Drop every privilege of root, and those that an own user namespace brought."""
    version = ctypes.create_string_buffer(CAPABILITIES_VERSION.to_bytes(4, "little"), 8)
    none = ctypes.create_string_buffer(24)
    call_c_library("capset", ctypes.addressof(version), ctypes.addressof(none))
    return ""


def prefer_oom_kill(_: WorkerLimits) -> str:
    """Where memory is short the kernel ends this process, or what it forks, before the service."""
    Path("/proc/self/oom_score_adj").write_text("1000")
    return ""


def forbid_inspection(_: WorkerLimits) -> str:
    """No core dump, and no other process of the same user may look inside."""
    prctl(PR_SET_DUMPABLE, 0)
    return ""


def die_with_parent(_: WorkerLimits) -> str:
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    return ""


def forbid_new_privileges(_: WorkerLimits) -> str:
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    return ""


def forbid_files(_: WorkerLimits) -> str:
    return landlock.forbid_everything()


def set_resource_limits(limits: WorkerLimits) -> str:
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


def filter_system_calls(_: WorkerLimits) -> str:
    return seccomp.install_filter()


ConfinementStep = tuple[str, Callable[[WorkerLimits], str]]

# Once, by the fork server, for itself and all it will fork.
FORK_SERVER_STEPS: tuple[ConfinementStep, ...] = (
    ("Own network", enter_empty_network),
    ("No privileges of root", drop_capabilities),
    ("First to end where memory is short", prefer_oom_kill),  # before nobody may look inside
    ("Not inspected by others", forbid_inspection),
)

# By each child, before the first byte of its document. The filter is last: it forbids the others.
CHILD_STEPS: tuple[ConfinementStep, ...] = (
    ("Ends with the service", die_with_parent),
    ("No new privileges", forbid_new_privileges),
    (LANDLOCK_LAYER, forbid_files),
    ("Limits", set_resource_limits),
    (FILTER_LAYER, filter_system_calls),
)


def confine_process(
    steps: tuple[ConfinementStep, ...], limits: WorkerLimits
) -> tuple[ProtectionLayer, ...]:
    """Take every step. One that the kernel refuses is not in force, and says why."""
    return tuple(_taken(name, step, limits) for name, step in steps)


def _taken(name: str, step: Callable[[WorkerLimits], str], limits: WorkerLimits) -> ProtectionLayer:
    try:
        return ProtectionLayer(name, True, step(limits))
    except (OSError, ValueError) as refusal:
        return ProtectionLayer(name, False, getattr(refusal, "strerror", None) or "refused")


def _lower(which: int, soft: int, hard: int) -> None:
    """Set a limit, or keep what is lower already: only root may raise one."""
    standing = resource.getrlimit(which)[1]
    if standing != resource.RLIM_INFINITY:
        soft, hard = min(soft, standing), min(hard, standing)
    resource.setrlimit(which, (soft, hard))
