"""The system call filter: a small program the kernel runs before every call the process makes.

Does: turns the tables of `handlers/worker/syscalls.py` into that program and installs it.
What is not listed answers "not permitted", so that our own mistakes show as an exception with
a place; a call in another machine's numbering ends the process.
Trusts: the tables. Never touches: descriptors, memory.
Known limits: it sees numbers and flags, not what an address points to.
Source: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from handlers.worker.kernel import prctl
from handlers.worker.syscalls import ALLOWED, ALLOWED_WITHOUT_EXECUTION

PR_SET_SECCOMP, MODE_FILTER = 22, 2

# The kernel's struct seccomp_data, seen as offsets: which call, in whose numbering, its third
# argument (the protection that mmap and mprotect ask for).
CALL, MACHINE, PROTECTION = 0, 4, 32
EXECUTE = 4
FOREIGN_NUMBERS = 0x40000000  # x32 calls on x86_64; no call elsewhere is numbered so high

# Operations of the filter's little machine, and how it may answer.
LOAD, EQUAL, AT_LEAST, ANY_BIT, ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, END = 0x7FFF0000, 0x80000000
REFUSE = 0x00050000 | errno.EPERM

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


class Instruction(NamedTuple):
    """`then` and `otherwise` are how many instructions to skip after a comparison."""

    operation: int
    then: int
    otherwise: int
    value: int


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def program(machine: str) -> list[Instruction]:
    """The filter for `machine`, to be read from top to bottom."""
    return [
        *own_calls_only(machine),
        *_allowed(machine),
        *_allowed_without_execution(machine),
        Instruction(ANSWER, 0, 0, REFUSE),
    ]


def install() -> str:
    """Filter this process from now on. Needs no_new_privs. Raises OSError."""
    lay(program)
    return f"{len(ALLOWED) + len(ALLOWED_WITHOUT_EXECUTION)} calls allowed"


def own_calls_only(machine: str) -> Iterator[Instruction]:
    """How every filter begins: a call in another machine's numbering ends the process, and the
    number of the call is what comes to be compared."""
    yield Instruction(LOAD, 0, 0, MACHINE)
    yield Instruction(EQUAL, 1, 0, MACHINES[machine])
    yield Instruction(ANSWER, 0, 0, END)
    yield Instruction(LOAD, 0, 0, CALL)
    yield Instruction(AT_LEAST, 0, 1, FOREIGN_NUMBERS)
    yield Instruction(ANSWER, 0, 0, END)


def lay(program: Callable[[str], list[Instruction]]) -> None:
    """Put a filter over this process and all it starts. Needs no_new_privs. Raises OSError."""
    machine = os.uname().machine
    if machine not in MACHINES:
        raise OSError(errno.ENOSYS, f"there is no filter for a machine of type {machine}")
    code = b"".join(_encoded(instruction) for instruction in program(machine))
    buffer = ctypes.create_string_buffer(code, len(code))
    whole = _Program(len(code) // 8, ctypes.addressof(buffer))
    prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(whole))


def _allowed(machine: str) -> Iterator[Instruction]:
    for numbers in ALLOWED.values():
        yield Instruction(EQUAL, 0, 1, getattr(numbers, machine))
        yield Instruction(ANSWER, 0, 0, ALLOW)


def _allowed_without_execution(machine: str) -> Iterator[Instruction]:
    for numbers in ALLOWED_WITHOUT_EXECUTION.values():
        yield Instruction(EQUAL, 0, 4, getattr(numbers, machine))
        yield Instruction(LOAD, 0, 0, PROTECTION)
        yield Instruction(ANY_BIT, 0, 1, EXECUTE)
        yield Instruction(ANSWER, 0, 0, REFUSE)
        yield Instruction(ANSWER, 0, 0, ALLOW)


def _encoded(instruction: Instruction) -> bytes:
    operation, then, otherwise, value = instruction
    return operation.to_bytes(2, "little") + bytes((then, otherwise)) + value.to_bytes(4, "little")
