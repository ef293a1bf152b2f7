"""The system call filter: the calls that a process may still make while it reads a document."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from handlers.sandbox.landlock import prctl


class CallNumbers(NamedTuple):
    x86_64: int
    aarch64: int


ALLOWED_CALLS = {
    # the reply, on descriptors that are already open
    "read": CallNumbers(0, 63),
    "readv": CallNumbers(19, 65),
    "write": CallNumbers(1, 64),
    "writev": CallNumbers(20, 66),
    "lseek": CallNumbers(8, 62),
    "fstat": CallNumbers(5, 80),
    "close": CallNumbers(3, 57),
    # memory
    "brk": CallNumbers(12, 214),
    "munmap": CallNumbers(11, 215),
    "mremap": CallNumbers(25, 216),
    "madvise": CallNumbers(28, 233),
    # the interpreter's own locks, signals and stack
    "futex": CallNumbers(202, 98),
    "sched_yield": CallNumbers(24, 124),
    "rseq": CallNumbers(334, 293),
    "rt_sigaction": CallNumbers(13, 134),
    "rt_sigprocmask": CallNumbers(14, 135),
    "rt_sigreturn": CallNumbers(15, 139),
    "sigaltstack": CallNumbers(131, 132),
    "restart_syscall": CallNumbers(219, 128),
    # the time, and waiting
    "clock_gettime": CallNumbers(228, 113),
    "clock_getres": CallNumbers(229, 114),
    "clock_nanosleep": CallNumbers(230, 115),
    "nanosleep": CallNumbers(35, 101),
    "gettimeofday": CallNumbers(96, 169),
    # who am I, how much is there
    "getpid": CallNumbers(39, 172),
    "getppid": CallNumbers(110, 173),
    "gettid": CallNumbers(186, 178),
    "getuid": CallNumbers(102, 174),
    "geteuid": CallNumbers(107, 175),
    "getgid": CallNumbers(104, 176),
    "getegid": CallNumbers(108, 177),
    "getrusage": CallNumbers(98, 165),
    "sysinfo": CallNumbers(99, 179),
    "getrandom": CallNumbers(318, 278),
    # the end
    "exit": CallNumbers(60, 93),
    "exit_group": CallNumbers(231, 94),
}

# Memory may be mapped and protected, but never made executable.
ALLOWED_WITHOUT_EXECUTION = {
    "mmap": CallNumbers(9, 222),
    "mprotect": CallNumbers(10, 226),
}


PR_SET_SECCOMP, MODE_FILTER = 22, 2

# The kernel's struct seccomp_data, seen as offsets: which call, in whose numbering, its third
# argument (the protection that mmap and mprotect ask for).
CALL_OFFSET, MACHINE_OFFSET, PROTECTION_OFFSET = 0, 4, 32
EXECUTE_BIT = 4
FOREIGN_NUMBERS = 0x40000000  # x32 calls on x86_64; no call elsewhere is numbered so high

# Operations of the filter's little machine, and how it may answer.
LOAD_OP, EQUAL_OP, AT_LEAST_OP, ANY_BIT_OP, ANSWER_OP = 0x20, 0x15, 0x35, 0x45, 0x06
ANSWER_ALLOW, ANSWER_KILL = 0x7FFF0000, 0x80000000
ANSWER_REFUSE = 0x00050000 | errno.EPERM

MACHINE_CODES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


class FilterInstruction(NamedTuple):
    """`then` and `otherwise` are how many instructions to skip after a comparison."""

    operation: int
    then: int
    otherwise: int
    value: int


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p))


def build_program(machine: str) -> list[FilterInstruction]:
    """The filter for `machine`, to be read from top to bottom."""
    return [
        *own_calls_only(machine),
        *_allowed(machine),
        *_allowed_without_execution(machine),
        FilterInstruction(ANSWER_OP, 0, 0, ANSWER_REFUSE),
    ]


def install_filter() -> str:
    """Filter this process from now on. Needs no_new_privs. Raises OSError."""
    apply_filter(build_program)
    return f"{len(ALLOWED_CALLS) + len(ALLOWED_WITHOUT_EXECUTION)} calls allowed"


def own_calls_only(machine: str) -> Iterator[FilterInstruction]:
    """How every filter begins: a call in another machine's numbering ends the process, and the
    number of the call is what comes to be compared."""
    yield FilterInstruction(LOAD_OP, 0, 0, MACHINE_OFFSET)
    yield FilterInstruction(EQUAL_OP, 1, 0, MACHINE_CODES[machine])
    yield FilterInstruction(ANSWER_OP, 0, 0, ANSWER_KILL)
    yield FilterInstruction(LOAD_OP, 0, 0, CALL_OFFSET)
    yield FilterInstruction(AT_LEAST_OP, 0, 1, FOREIGN_NUMBERS)
    yield FilterInstruction(ANSWER_OP, 0, 0, ANSWER_KILL)


def apply_filter(program: Callable[[str], list[FilterInstruction]]) -> None:
    """Put a filter over this process and all it starts. Needs no_new_privs. Raises OSError."""
    machine = os.uname().machine
    if machine not in MACHINE_CODES:
        raise OSError(errno.ENOSYS, f"there is no filter for a machine of type {machine}")
    code = b"".join(_encoded(instruction) for instruction in program(machine))
    buffer = ctypes.create_string_buffer(code, len(code))
    whole = _Program(len(code) // 8, ctypes.addressof(buffer))
    prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(whole))


def _allowed(machine: str) -> Iterator[FilterInstruction]:
    for numbers in ALLOWED_CALLS.values():
        yield FilterInstruction(EQUAL_OP, 0, 1, getattr(numbers, machine))
        yield FilterInstruction(ANSWER_OP, 0, 0, ANSWER_ALLOW)


def _allowed_without_execution(machine: str) -> Iterator[FilterInstruction]:
    for numbers in ALLOWED_WITHOUT_EXECUTION.values():
        yield FilterInstruction(EQUAL_OP, 0, 4, getattr(numbers, machine))
        yield FilterInstruction(LOAD_OP, 0, 0, PROTECTION_OFFSET)
        yield FilterInstruction(ANY_BIT_OP, 0, 1, EXECUTE_BIT)
        yield FilterInstruction(ANSWER_OP, 0, 0, ANSWER_REFUSE)
        yield FilterInstruction(ANSWER_OP, 0, 0, ANSWER_ALLOW)


def _encoded(instruction: FilterInstruction) -> bytes:
    operation, then, otherwise, value = instruction
    return operation.to_bytes(2, "little") + bytes((then, otherwise)) + value.to_bytes(4, "little")
