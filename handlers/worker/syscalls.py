"""The system calls a process may still make while it reads a document. All others are refused.

Does: lists them with their numbers on the two machines it knows: (x86_64, aarch64).
Trusts: the kernel's tables, asm/unistd_64.h and asm-generic/unistd.h.
Never touches: anything. Known limits: other machines get no filter, and `doctor` says so.
"""

from __future__ import annotations

from typing import NamedTuple


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
