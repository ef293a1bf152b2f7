"""The ground LibreOffice may stand on: Landlock with a few exceptions.

Does: forbids every file operation, TCP port, outside abstract socket and outside signal that this
kernel's Landlock knows, except to read and run what is in some folders and to work in one.
Trusts: the kernel. `handlers/worker/landlock.py` is the same without exceptions, and has the
numbers.
Never touches: descriptors already open.
Known limits: before version 4 (Linux 6.7) Landlock knows only files; `calls.py` refuses the
network by other means.
Source: https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

from handlers.worker.kernel import syscall
from handlers.worker.landlock import (
    ASK_VERSION,
    CREATE_RULESET,
    FILES,
    PORTS,
    RESTRICT_SELF,
    SCOPES,
    SIZE,
)

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
