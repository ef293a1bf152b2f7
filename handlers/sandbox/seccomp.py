"""The system call filter: the calls that a process may still make while it reads a document."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from handlers.sandbox.landlock import prctl


class Numbers(NamedTuple):
    x86_64: int
    aarch64: int


ALLOWED = {
    # the reply, on descriptors that are already open
    "read": Numbers(0, 63),
    "readv": Numbers(19, 65),
    "write": Numbers(1, 64),
    "writev": Numbers(20, 66),
    "lseek": Numbers(8, 62),
    "fstat": Numbers(5, 80),
    "close": Numbers(3, 57),
    # memory
    "brk": Numbers(12, 214),
    "munmap": Numbers(11, 215),
    "mremap": Numbers(25, 216),
    "madvise": Numbers(28, 233),
    # the interpreter's own locks, signals and stack
    "futex": Numbers(202, 98),
    "sched_yield": Numbers(24, 124),
    "rseq": Numbers(334, 293),
    "rt_sigaction": Numbers(13, 134),
    "rt_sigprocmask": Numbers(14, 135),
    "rt_sigreturn": Numbers(15, 139),
    "sigaltstack": Numbers(131, 132),
    "restart_syscall": Numbers(219, 128),
    # the time, and waiting
    "clock_gettime": Numbers(228, 113),
    "clock_getres": Numbers(229, 114),
    "clock_nanosleep": Numbers(230, 115),
    "nanosleep": Numbers(35, 101),
    "gettimeofday": Numbers(96, 169),
    # who am I, how much is there
    "getpid": Numbers(39, 172),
    "getppid": Numbers(110, 173),
    "gettid": Numbers(186, 178),
    "getuid": Numbers(102, 174),
    "geteuid": Numbers(107, 175),
    "getgid": Numbers(104, 176),
    "getegid": Numbers(108, 177),
    "getrusage": Numbers(98, 165),
    "sysinfo": Numbers(99, 179),
    "getrandom": Numbers(318, 278),
    # the end
    "exit": Numbers(60, 93),
    "exit_group": Numbers(231, 94),
}

# Memory may be mapped and protected, but never made executable.
ALLOWED_WITHOUT_EXECUTION = {
    "mmap": Numbers(9, 222),
    "mprotect": Numbers(10, 226),
}


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
