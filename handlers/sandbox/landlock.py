"""Landlock, by which a process gives up files, ports and signals for good; and how the kernel
is asked."""

from __future__ import annotations

import ctypes
import os

_LIBC = ctypes.CDLL(None, use_errno=True)


def call_c_library(function: str, *arguments: int) -> int:
    """Call `function` of the C library. Raises OSError when it answers -1 or is not there."""
    try:
        entry = getattr(_LIBC, function)
    except AttributeError:
        raise OSError(0, f"the C library has no {function}") from None
    entry.restype = ctypes.c_long
    answer = int(entry(*(ctypes.c_ulong(argument) for argument in arguments)))
    if ctypes.c_int(answer).value == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer


def syscall(number: int, *arguments: int) -> int:
    return call_c_library("syscall", number, *arguments)


def prctl(option: int, first: int = 0, second: int = 0) -> int:
    return call_c_library("prctl", option, first, second, 0, 0)


CREATE_RULESET, RESTRICT_SELF = 444, 446
ASK_VERSION = 1

# From this version on: all rights there are over files, TCP ports, and beyond the process.
LANDLOCK_FILE_RIGHTS = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}
LANDLOCK_PORT_RIGHTS = {4: 0b11}
LANDLOCK_SCOPE_RIGHTS = {6: 0b11}
RULESET_SIZES = {1: 8, 4: 16, 6: 24}  # bytes of the structure below that a version knows


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("ports", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


def forbid_everything() -> str:
    """Give it all up, for this process and its children. Needs no_new_privs. Raises OSError."""
    version = syscall(CREATE_RULESET, 0, 0, ASK_VERSION)
    ruleset = _Ruleset(
        _known(LANDLOCK_FILE_RIGHTS, version),
        _known(LANDLOCK_PORT_RIGHTS, version),
        _known(LANDLOCK_SCOPE_RIGHTS, version),
    )
    size = _known(RULESET_SIZES, version)
    descriptor = syscall(CREATE_RULESET, ctypes.addressof(ruleset), size, 0)
    try:
        syscall(RESTRICT_SELF, descriptor, 0)
    finally:
        os.close(descriptor)
    return f"version {version}"


def _known(table: dict[int, int], version: int) -> int:
    """The entry of the newest version in `table` that is not newer than the kernel's."""
    return max(
        ((since, bits) for since, bits in table.items() if since <= version), default=(0, 0)
    )[1]
