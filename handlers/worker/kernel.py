"""Three ways of asking the Linux kernel for what Python has no function for.

Does: `syscall`, `prctl` and `libc` functions by name, raising OSError as `os` does.
Trusts: its callers to pass the right numbers; a pointer is an address that stays alive.
Never touches: anything by itself. Known limits: Linux with a C library only.
"""

from __future__ import annotations

import ctypes
import os

_LIBC = ctypes.CDLL(None, use_errno=True)


def call(function: str, *arguments: int) -> int:
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
    return call("syscall", number, *arguments)


def prctl(option: int, first: int = 0, second: int = 0) -> int:
    return call("prctl", option, first, second, 0, 0)
