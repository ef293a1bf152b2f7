"""The system calls that are refused to LibreOffice: a filter that the kernel keeps.

Does: refuses sockets other than local ones, every connection, and what a word processor has no
business with (looking into other processes, mounting, leaving its group). All else is allowed: the
list of what LibreOffice needs is long and differs from one version to the next. Whether a place
can be written to is answered "no": LibreOffice asks it of /tmp, to put its socket there where it
may not, and only after a "no" does it take the room it is given.
Trusts: the kernel's tables, asm/unistd_64.h and asm-generic/unistd.h.
Never touches: descriptors, memory.
Known limits: a list of refusals is weaker than the worker's list of permissions
(`handlers/worker/seccomp.py`): it says what is forbidden, and Landlock (`ground.py`) the rest.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterator

from handlers.worker.kernel import prctl
from handlers.worker.seccomp import (
    ALLOW,
    ANSWER,
    ANY_BIT,
    AT_LEAST,
    CALL,
    END,
    EQUAL,
    FOREIGN_NUMBERS,
    LOAD,
    MACHINE,
    MACHINES,
    MODE_FILTER,
    PR_SET_SECCOMP,
    REFUSE,
    Instruction,
)
from handlers.worker.syscalls import Numbers

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
        Instruction(LOAD, 0, 0, MACHINE),
        Instruction(EQUAL, 1, 0, MACHINES[machine]),
        Instruction(ANSWER, 0, 0, END),
        Instruction(LOAD, 0, 0, CALL),
        Instruction(AT_LEAST, 0, 1, FOREIGN_NUMBERS),
        Instruction(ANSWER, 0, 0, END),
        *_refused(machine),
        *_no_asking(machine),
        *_local_streams_only(machine),
        Instruction(ANSWER, 0, 0, ALLOW),
    ]


def refuse() -> str:
    """Filter this process and all it starts. Needs no_new_privs. Raises OSError."""
    machine = os.uname().machine
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, f"there is no filter for a machine of type {machine}")
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program(machine))
    buffer = ctypes.create_string_buffer(code, len(code))
    whole = struct.pack("@HP", len(code) // 8, ctypes.addressof(buffer))
    pointer = ctypes.create_string_buffer(whole, len(whole))
    prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(pointer))
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
