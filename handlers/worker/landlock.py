"""Landlock: the kernel's own way for a process to give up files, ports and signals for good.

Does: forbids every file operation, TCP port, outside abstract socket and outside signal that
this kernel's version of Landlock knows; there is no exception.
Trusts: the kernel. Never touches: descriptors already open, which stay usable.
Known limits: before version 4 (Linux 6.7) it knows only files; it never knew UDP. The limit on
open files and the system call filter cover what it leaves out.
Source: https://docs.kernel.org/userspace-api/landlock.html; the numbers suit every machine.
"""

from __future__ import annotations

import ctypes
import os

from handlers.worker.kernel import syscall

CREATE_RULESET, RESTRICT_SELF = 444, 446
ASK_VERSION = 1

# From this version on: all rights there are over files, TCP ports, and beyond the process.
FILES = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 5: 0xFFFF}
PORTS = {4: 0b11}
SCOPES = {6: 0b11}
SIZE = {1: 8, 4: 16, 6: 24}  # bytes of the structure below that a version knows


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("ports", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    )


def forbid_everything() -> str:
    """Give it all up, for this process and its children. Needs no_new_privs. Raises OSError."""
    version = syscall(CREATE_RULESET, 0, 0, ASK_VERSION)
    ruleset = _Ruleset(_known(FILES, version), _known(PORTS, version), _known(SCOPES, version))
    size = _known(SIZE, version)
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
