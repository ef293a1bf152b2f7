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

from collections.abc import Iterator

from handlers.worker.seccomp import (
    ALLOW,
    ANSWER,
    ANY_BIT,
    EQUAL,
    LOAD,
    REFUSE,
    Instruction,
    lay,
    own_calls_only,
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
