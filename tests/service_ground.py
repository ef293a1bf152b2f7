"""The ground a systemd service stands on, laid without systemd.

Run as `python service_ground.py UNIT COMMAND...`.

Applies to itself what the unit's settings make systemd apply (the filter of system calls, no
memory that is both written and run, no namespaces, few address families, no capabilities, no new
privileges, the umask), and becomes the command. What needs mounts (ProtectSystem and the like) is
not laid here.
"""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 38, 24
ALLOW, REFUSE, NOT_THERE = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
EQUAL, GREATER, MASKED = 4, 6, 7
EXECUTE, WRITE = 4, 2
NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10}
LAST_CAPABILITY = 40


class Compare(ctypes.Structure):
    """libseccomp's scmp_arg_cmp."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("how", ctypes.c_int),
        ("one", ctypes.c_uint64),
        ("other", ctypes.c_uint64),
    )


class Filter:
    """One filter of libseccomp; the heaviest answer of all that are loaded counts."""

    def __init__(self, otherwise: int) -> None:
        self.library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
        self.library.seccomp_init.restype = ctypes.c_void_p
        self.filter = ctypes.c_void_p(self.library.seccomp_init(ctypes.c_uint32(otherwise)))

    def rule(self, call: str, action: int, *compares: Compare) -> None:
        number = self.library.seccomp_syscall_resolve_name(call.encode())
        if number < -1 or number == -1:  # another machine's call, or one it does not know
            return
        array = (Compare * len(compares))(*compares)
        status = self.library.seccomp_rule_add_array(
            self.filter, ctypes.c_uint32(action), number, len(compares), array
        )
        if status:
            raise OSError(-status, f"{call}: {os.strerror(-status)}")

    def load(self) -> None:
        status = self.library.seccomp_load(self.filter)
        if status:
            raise OSError(-status, os.strerror(-status))


def settings(unit: Path) -> dict[str, list[str]]:
    """The unit's settings; one given more than once is a list in order."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text().splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def expanded(name: str) -> Iterator[str]:
    """A group of system calls ("@mount") as systemd knows it, or the call itself."""
    if not name.startswith("@"):
        yield name
        return
    told = subprocess.run(
        ["systemd-analyze", "syscall-filter", "--no-pager", name],
        capture_output=True,
        text=True,
        check=True,
    )
    for line in told.stdout.splitlines()[1:]:
        inner = line.strip()
        if inner and not inner.startswith("#"):
            yield from expanded(inner)


def allowed(filters: Sequence[str]) -> set[str]:
    """The calls that the unit's SystemCallFilter lines leave."""
    calls: set[str] = set()
    for line in filters:
        named = {call for name in line.removeprefix("~").split() for call in expanded(name)}
        calls = calls - named if line.startswith("~") else calls | named
    # systemd allows these to every service, whatever its list says.
    return calls | set(expanded("@default"))


def restrict(unit: dict[str, list[str]]) -> None:
    rules = Filter(ALLOW)
    if unit["MemoryDenyWriteExecute"] == ["yes"]:
        both = WRITE | EXECUTE
        rules.rule("mmap", REFUSE, Compare(2, MASKED, both, both))
        for call in ("mprotect", "pkey_mprotect"):
            rules.rule(call, REFUSE, Compare(2, MASKED, EXECUTE, EXECUTE))
    if unit["RestrictNamespaces"] == ["yes"]:
        rules.rule("clone3", NOT_THERE)
        for kind in NAMESPACES:
            rules.rule("clone", REFUSE, Compare(0, MASKED, kind, kind))
            rules.rule("unshare", REFUSE, Compare(0, MASKED, kind, kind))
    (families,) = unit["RestrictAddressFamilies"]
    kept = {FAMILIES[name] for name in families.split()}
    for family in set(range(max(kept))) - kept:
        rules.rule("socket", REFUSE, Compare(0, EQUAL, family, 0))
    rules.rule("socket", REFUSE, Compare(0, GREATER, max(kept), 0))
    rules.load()


def only(calls: set[str]) -> None:
    rules = Filter(REFUSE)
    for call in sorted(calls):
        rules.rule(call, ALLOW)
    rules.load()


def no_capabilities() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in range(LAST_CAPABILITY + 1):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    version = ctypes.create_string_buffer((0x20080522).to_bytes(4, "little"), 8)
    libc.capset(version, ctypes.create_string_buffer(24))


def main() -> None:
    unit = settings(Path(sys.argv[1]))
    calls = allowed(unit["SystemCallFilter"])
    os.umask(int(unit["UMask"][0], 8))
    no_capabilities()
    ctypes.CDLL(None).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    restrict(unit)
    only(calls)
    os.execvp(sys.argv[2], sys.argv[2:])


if __name__ == "__main__":
    main()
