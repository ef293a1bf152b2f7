"""What LibreOffice gives up before it sees a document: system calls, files, the network."""

from __future__ import annotations

import ctypes
import os
import resource
import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from handlers.sandbox.confine import (
    ConfinementStep,
    die_with_parent,
    drop_capabilities,
    enter_empty_network,
    forbid_new_privileges,
    prefer_oom_kill,
)
from handlers.sandbox.landlock import (
    ASK_VERSION,
    CREATE_RULESET,
    LANDLOCK_FILE_RIGHTS,
    LANDLOCK_PORT_RIGHTS,
    LANDLOCK_SCOPE_RIGHTS,
    RESTRICT_SELF,
    RULESET_SIZES,
    syscall,
)
from handlers.sandbox.protocol import WorkerLimits
from handlers.sandbox.seccomp import (
    ANSWER_ALLOW,
    ANSWER_OP,
    ANSWER_REFUSE,
    ANY_BIT_OP,
    EQUAL_OP,
    LOAD_OP,
    CallNumbers,
    FilterInstruction,
    apply_filter,
    own_calls_only,
)

FAMILY_OFFSET, SOCKET_TYPE_OFFSET = 16, 24  # offsets of a call's first and second argument
AF_UNIX = 1
NON_STREAM_BITS = 0x0E  # bits of every kind of socket but a stream

SOCKET_CALL = CallNumbers(41, 198)
ACCESS_CALL = CallNumbers(
    21, 48
)  # access, and faccessat, which takes one argument more before the mode
MODE_OFFSET = CallNumbers(24, 32)
WRITE_MODE = 2
REFUSED_CALLS = {
    # reaching out; LibreOffice listens on a socket of its own and nobody calls
    "connect": CallNumbers(42, 203),
    "io_uring_setup": CallNumbers(425, 425),  # its rings make the calls that are refused here
    # leaving the group of processes that ends with the run
    "setsid": CallNumbers(112, 157),
    "setpgid": CallNumbers(109, 154),
    # other processes, the kernel, the machine
    "ptrace": CallNumbers(101, 117),
    "process_vm_readv": CallNumbers(310, 270),
    "process_vm_writev": CallNumbers(311, 271),
    "pidfd_getfd": CallNumbers(438, 438),
    "bpf": CallNumbers(321, 280),
    "perf_event_open": CallNumbers(298, 241),
    "userfaultfd": CallNumbers(323, 282),
    "add_key": CallNumbers(248, 217),
    "request_key": CallNumbers(249, 218),
    "keyctl": CallNumbers(250, 219),
    "unshare": CallNumbers(272, 97),
    "setns": CallNumbers(308, 268),
    "mount": CallNumbers(165, 40),
    "umount2": CallNumbers(166, 39),
    "chroot": CallNumbers(161, 51),
    "pivot_root": CallNumbers(155, 41),
}


def build_call_filter(machine: str) -> list[FilterInstruction]:
    """The filter for `machine`, to be read from top to bottom."""
    return [
        *own_calls_only(machine),
        *_refused(machine),
        *_no_asking(machine),
        *_local_streams_only(machine),
        FilterInstruction(ANSWER_OP, 0, 0, ANSWER_ALLOW),
    ]


def install_call_filter() -> str:
    """Filter this process and all it starts. Needs no_new_privs. Raises OSError."""
    apply_filter(build_call_filter)
    return f"{len(REFUSED_CALLS)} calls refused, and the network"


def _refused(machine: str) -> Iterator[FilterInstruction]:
    for numbers in REFUSED_CALLS.values():
        yield FilterInstruction(EQUAL_OP, 0, 1, getattr(numbers, machine))
        yield FilterInstruction(ANSWER_OP, 0, 0, ANSWER_REFUSE)


def _no_asking(machine: str) -> Iterator[FilterInstruction]:
    yield FilterInstruction(EQUAL_OP, 0, 4, getattr(ACCESS_CALL, machine))
    yield FilterInstruction(LOAD_OP, 0, 0, getattr(MODE_OFFSET, machine))
    yield FilterInstruction(EQUAL_OP, 0, 1, WRITE_MODE)
    yield FilterInstruction(ANSWER_OP, 0, 0, ANSWER_REFUSE)
    yield FilterInstruction(ANSWER_OP, 0, 0, ANSWER_ALLOW)


def _local_streams_only(machine: str) -> Iterator[FilterInstruction]:
    yield FilterInstruction(EQUAL_OP, 0, 5, getattr(SOCKET_CALL, machine))
    yield FilterInstruction(LOAD_OP, 0, 0, FAMILY_OFFSET)
    yield FilterInstruction(EQUAL_OP, 0, 2, AF_UNIX)
    yield FilterInstruction(LOAD_OP, 0, 0, SOCKET_TYPE_OFFSET)
    yield FilterInstruction(ANY_BIT_OP, 0, 1, NON_STREAM_BITS)
    yield FilterInstruction(ANSWER_OP, 0, 0, ANSWER_REFUSE)


LANDLOCK_ADD_RULE, LANDLOCK_PATH_BENEATH = 445, 1

EXECUTE, WRITE, READ, LIST, TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
READ_AND_RUN_RIGHTS = EXECUTE | READ | LIST
# What the kernel lets a rule about a file, rather than a folder, speak of.
FILE_RIGHTS = EXECUTE | WRITE | READ | TRUNCATE

# What a program needs of the system: code, data, fonts, the loader's cache, the time zone.
SYSTEM_PATHS = (
    *("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/libreoffice", "/etc/fonts"),
    *("/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime"),
    *("/dev/urandom", "/dev/random"),
)
NULL_DEVICE = "/dev/null"


def restrict_files(room: Path, code: Path) -> str:
    """From now on: read and run SYSTEM_PATHS and `code`, work in `room`, and nothing else.

    Needs no_new_privs. Raises OSError where the kernel has no Landlock.
    """
    version = syscall(CREATE_RULESET, 0, 0, ASK_VERSION)
    everything = _known(LANDLOCK_FILE_RIGHTS, version)
    ruleset = _ruleset(everything, version)
    try:
        _allow(ruleset, (*SYSTEM_PATHS, str(code)), READ_AND_RUN_RIGHTS & everything)
        _allow(ruleset, (NULL_DEVICE,), (READ | WRITE) & everything)
        _allow(ruleset, (str(room),), everything & ~EXECUTE)
        syscall(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return f"version {version}"


def _ruleset(files: int, version: int) -> int:
    """A ruleset that handles all this kernel knows; its descriptor."""
    packed = struct.pack(
        "=QQQ", files, _known(LANDLOCK_PORT_RIGHTS, version), _known(LANDLOCK_SCOPE_RIGHTS, version)
    )
    buffer = ctypes.create_string_buffer(packed, len(packed))
    return syscall(CREATE_RULESET, ctypes.addressof(buffer), _known(RULESET_SIZES, version), 0)


def _allow(ruleset: int, places: Iterable[str], rights: int) -> None:
    """Those of `places` that exist; Landlock follows a link to what it leads to."""
    for place in places:
        try:
            descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        try:
            _rule(ruleset, descriptor, rights if Path(place).is_dir() else rights & FILE_RIGHTS)
        finally:
            os.close(descriptor)


def _rule(ruleset: int, descriptor: int, rights: int) -> None:
    packed = struct.pack("=Qi", rights, descriptor)
    buffer = ctypes.create_string_buffer(packed, len(packed))
    syscall(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_PATH_BENEATH, ctypes.addressof(buffer), 0)


def _known(table: Mapping[int, int], version: int) -> int:
    """What the newest version in `table` that is not newer than the kernel's knows."""
    return table[newest] if (newest := max(filter(version.__ge__, table), default=0)) else 0


# A conversion takes one to three seconds; a long report of 200 pages, ten. Memory is address space,
# of which an empty document takes 450 MB and a table of 20,000 rows 660; what the whole service may
# take (MemoryMax in scr-intake.service) is reckoned from it in `tests/test_service.py`.
CONVERSION_LIMITS = WorkerLimits(
    wall_seconds=60.0, cpu_seconds=60, memory_bytes=2 << 30, reply_bytes=64 << 20, value_bytes=0
)
MAX_OPEN_FILES = 512

FILES_STEP, FILTER_STEP = "Only its own files (Landlock)", "No network (seccomp)"
NEEDED_STEPS = frozenset({FILES_STEP, FILTER_STEP})  # neither can be in force without no_new_privs


def confinement_steps(room: Path, code: Path) -> tuple[ConfinementStep, ...]:
    """To work in `room` with the program in the folder `code`. The filter is last."""
    return (
        ("Ends with its keeper", die_with_parent),
        ("First to end where memory is short", prefer_oom_kill),
        ("Own network", enter_empty_network),
        ("No privileges of root", drop_capabilities),
        ("No new privileges", forbid_new_privileges),
        (FILES_STEP, partial(_ground, room, code)),
        ("Limits", _no_more_than),
        (FILTER_STEP, _filtered),
    )


def _ground(room: Path, code: Path, _: WorkerLimits) -> str:
    return restrict_files(room, code)


def _filtered(_: WorkerLimits) -> str:
    return install_call_filter()


def _no_more_than(limits: WorkerLimits) -> str:
    for which, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.reply_bytes),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (least, least))
    return f"{limits.memory_bytes >> 20} MB, {limits.cpu_seconds} s of processor time"
