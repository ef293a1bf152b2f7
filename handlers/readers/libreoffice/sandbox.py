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
    Step,
    dies_with_parent,
    first_to_end,
    no_capabilities,
    no_new_privileges,
    own_network,
)
from handlers.sandbox.landlock import (
    ASK_VERSION,
    CREATE_RULESET,
    FILES,
    PORTS,
    RESTRICT_SELF,
    SCOPES,
    SIZE,
    syscall,
)
from handlers.sandbox.protocol import Limits
from handlers.sandbox.seccomp import (
    ALLOW,
    ANSWER,
    ANY_BIT,
    EQUAL,
    LOAD,
    REFUSE,
    Instruction,
    Numbers,
    lay,
    own_calls_only,
)

FAMILY, KIND = 16, 24  # offsets of a call's first and second argument
AF_UNIX = 1
NOT_A_STREAM = 0x0E  # bits of every kind of socket but a stream

SOCKET = Numbers(41, 198)
MAY_I = Numbers(21, 48)  # access, and faccessat, which takes one argument more before the mode
MODE = Numbers(24, 32)
TO_WRITE = 2
REFUSED = {
    # reaching out; LibreOffice listens on a socket of its own and nobody calls
    "connect": Numbers(42, 203),
    "io_uring_setup": Numbers(425, 425),  # its rings make the calls that are refused here
    # leaving the group of processes that ends with the run
    "setsid": Numbers(112, 157),
    "setpgid": Numbers(109, 154),
    # other processes, the kernel, the machine
    "ptrace": Numbers(101, 117),
    "process_vm_readv": Numbers(310, 270),
    "process_vm_writev": Numbers(311, 271),
    "pidfd_getfd": Numbers(438, 438),
    "bpf": Numbers(321, 280),
    "perf_event_open": Numbers(298, 241),
    "userfaultfd": Numbers(323, 282),
    "add_key": Numbers(248, 217),
    "request_key": Numbers(249, 218),
    "keyctl": Numbers(250, 219),
    "unshare": Numbers(272, 97),
    "setns": Numbers(308, 268),
    "mount": Numbers(165, 40),
    "umount2": Numbers(166, 39),
    "chroot": Numbers(161, 51),
    "pivot_root": Numbers(155, 41),
}


def program(machine: str) -> list[Instruction]:
    """The filter for `machine`, to be read from top to bottom."""
    return [
        *own_calls_only(machine),
        *_refused(machine),
        *_no_asking(machine),
        *_local_streams_only(machine),
        Instruction(ANSWER, 0, 0, ALLOW),
    ]


def refuse() -> str:
    """Filter this process and all it starts. Needs no_new_privs. Raises OSError."""
    lay(program)
    return f"{len(REFUSED)} calls refused, and the network"


def _refused(machine: str) -> Iterator[Instruction]:
    for numbers in REFUSED.values():
        yield Instruction(EQUAL, 0, 1, getattr(numbers, machine))
        yield Instruction(ANSWER, 0, 0, REFUSE)


def _no_asking(machine: str) -> Iterator[Instruction]:
    yield Instruction(EQUAL, 0, 4, getattr(MAY_I, machine))
    yield Instruction(LOAD, 0, 0, getattr(MODE, machine))
    yield Instruction(EQUAL, 0, 1, TO_WRITE)
    yield Instruction(ANSWER, 0, 0, REFUSE)
    yield Instruction(ANSWER, 0, 0, ALLOW)


def _local_streams_only(machine: str) -> Iterator[Instruction]:
    yield Instruction(EQUAL, 0, 5, getattr(SOCKET, machine))
    yield Instruction(LOAD, 0, 0, FAMILY)
    yield Instruction(EQUAL, 0, 2, AF_UNIX)
    yield Instruction(LOAD, 0, 0, KIND)
    yield Instruction(ANY_BIT, 0, 1, NOT_A_STREAM)
    yield Instruction(ANSWER, 0, 0, REFUSE)


ADD_RULE, BENEATH = 445, 1

EXECUTE, WRITE, READ, LIST, TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
READ_AND_RUN = EXECUTE | READ | LIST
# What the kernel lets a rule about a file, rather than a folder, speak of.
OF_A_FILE = EXECUTE | WRITE | READ | TRUNCATE

# What a program needs of the system: code, data, fonts, the loader's cache, the time zone.
SYSTEM = (
    *("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/libreoffice", "/etc/fonts"),
    *("/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime"),
    *("/dev/urandom", "/dev/random"),
)
NOWHERE = "/dev/null"


def stand_on(room: Path, code: Path) -> str:
    """From now on: read and run SYSTEM and `code`, work in `room`, and nothing else.

    Needs no_new_privs. Raises OSError where the kernel has no Landlock.
    """
    version = syscall(CREATE_RULESET, 0, 0, ASK_VERSION)
    everything = _known(FILES, version)
    ruleset = _ruleset(everything, version)
    try:
        _allow(ruleset, (*SYSTEM, str(code)), READ_AND_RUN & everything)
        _allow(ruleset, (NOWHERE,), (READ | WRITE) & everything)
        _allow(ruleset, (str(room),), everything & ~EXECUTE)
        syscall(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return f"version {version}"


def _ruleset(files: int, version: int) -> int:
    """A ruleset that handles all this kernel knows; its descriptor."""
    packed = struct.pack("=QQQ", files, _known(PORTS, version), _known(SCOPES, version))
    buffer = ctypes.create_string_buffer(packed, len(packed))
    return syscall(CREATE_RULESET, ctypes.addressof(buffer), _known(SIZE, version), 0)


def _allow(ruleset: int, places: Iterable[str], rights: int) -> None:
    """Those of `places` that exist; Landlock follows a link to what it leads to."""
    for place in places:
        try:
            descriptor = os.open(place, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        try:
            _rule(ruleset, descriptor, rights if Path(place).is_dir() else rights & OF_A_FILE)
        finally:
            os.close(descriptor)


def _rule(ruleset: int, descriptor: int, rights: int) -> None:
    packed = struct.pack("=Qi", rights, descriptor)
    buffer = ctypes.create_string_buffer(packed, len(packed))
    syscall(ADD_RULE, ruleset, BENEATH, ctypes.addressof(buffer), 0)


def _known(table: Mapping[int, int], version: int) -> int:
    """What the newest version in `table` that is not newer than the kernel's knows."""
    return table[newest] if (newest := max(filter(version.__ge__, table), default=0)) else 0


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
