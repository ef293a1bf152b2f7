"""The filter's program, run by a small machine of our own: the aarch64 one cannot run here."""

from __future__ import annotations

import pytest

from handlers.sandbox import seccomp
from handlers.sandbox.seccomp import ALLOWED_CALLS, ALLOWED_WITHOUT_EXECUTION

# From asm/unistd_64.h and asm-generic/unistd.h: what a document must never get.
FORBIDDEN = {
    "x86_64": {
        "open": 2, "openat": 257, "openat2": 437, "creat": 85, "socket": 41, "connect": 42,
        "sendto": 44, "sendmsg": 46, "clone": 56, "fork": 57, "vfork": 58, "clone3": 435,
        "execve": 59, "execveat": 322, "kill": 62, "tkill": 200, "tgkill": 234, "ptrace": 101,
        "process_vm_readv": 310, "process_vm_writev": 311, "pidfd_getfd": 438, "prctl": 157,
        "prlimit64": 302, "setrlimit": 160, "unshare": 272, "setns": 308, "mount": 165,
        "bpf": 321, "io_uring_setup": 425, "memfd_create": 319, "keyctl": 250, "ioctl": 16,
        "fcntl": 72, "dup2": 33, "unlink": 87, "rename": 82, "truncate": 76, "shmat": 30,
        "pkey_mprotect": 329, "setsid": 112, "setpgid": 109, "perf_event_open": 298,
        "userfaultfd": 323,
    },
    "aarch64": {
        "openat": 56, "openat2": 437, "socket": 198, "connect": 203, "sendto": 206,
        "sendmsg": 211, "clone": 220, "clone3": 435, "execve": 221, "execveat": 281, "kill": 129,
        "tkill": 130, "tgkill": 131, "ptrace": 117, "process_vm_readv": 270,
        "process_vm_writev": 271, "pidfd_getfd": 438, "prctl": 167, "prlimit64": 261,
        "setrlimit": 164, "unshare": 97, "setns": 268, "mount": 40, "bpf": 280,
        "io_uring_setup": 425, "memfd_create": 279, "keyctl": 219, "ioctl": 29, "fcntl": 25,
        "dup3": 24, "unlinkat": 35, "renameat": 38, "truncate": 45, "shmat": 196,
        "pkey_mprotect": 288, "setsid": 157, "setpgid": 154, "perf_event_open": 241,
        "userfaultfd": 282,
    },
}  # fmt: skip
MACHINES = sorted(FORBIDDEN)


def judged(machine: str, number: int, protection: int = 0, numbering: int | None = None) -> int:
    """What the filter for `machine` answers to one call."""
    seen = {
        seccomp.CALL_OFFSET: number,
        seccomp.MACHINE_OFFSET: seccomp.MACHINE_CODES[machine] if numbering is None else numbering,
        seccomp.PROTECTION_OFFSET: protection,
    }
    register, at, code = 0, 0, seccomp.build_program(machine)
    compare = {
        seccomp.EQUAL_OP: lambda value: register == value,
        seccomp.AT_LEAST_OP: lambda value: register >= value,
        seccomp.ANY_BIT_OP: lambda value: bool(register & value),
    }
    while True:
        operation, then, otherwise, value = code[at]
        at += 1
        if operation == seccomp.ANSWER_OP:
            return value
        if operation == seccomp.LOAD_OP:
            register = seen[value]
        else:
            at += then if compare[operation](value) else otherwise


@pytest.mark.parametrize("machine", MACHINES)
def test_every_listed_call_is_allowed(machine):
    for numbers in (*ALLOWED_CALLS.values(), *ALLOWED_WITHOUT_EXECUTION.values()):
        assert judged(machine, getattr(numbers, machine)) == seccomp.ANSWER_ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_nothing_that_opens_connects_starts_or_signals_is_allowed(machine):
    """Failure mode 55."""
    allowed = [
        name
        for name, number in FORBIDDEN[machine].items()
        if judged(machine, number) != seccomp.ANSWER_REFUSE
    ]
    assert allowed == []


@pytest.mark.parametrize("machine", MACHINES)
def test_exactly_the_listed_numbers_are_allowed(machine):
    listed = {
        getattr(numbers, machine)
        for numbers in (*ALLOWED_CALLS.values(), *ALLOWED_WITHOUT_EXECUTION.values())
    }
    assert {n for n in range(1000) if judged(machine, n) == seccomp.ANSWER_ALLOW} == listed


@pytest.mark.parametrize("machine", MACHINES)
def test_memory_is_never_made_executable(machine):
    """Failure mode 55."""
    for numbers in ALLOWED_WITHOUT_EXECUTION.values():
        number = getattr(numbers, machine)
        assert judged(machine, number, protection=0b011) == seccomp.ANSWER_ALLOW
        assert judged(machine, number, protection=0b101) == seccomp.ANSWER_REFUSE
        assert judged(machine, number, protection=0b111) == seccomp.ANSWER_REFUSE


@pytest.mark.parametrize("machine", MACHINES)
def test_a_call_in_another_machines_numbering_ends_the_process(machine):
    i386 = 0x40000003
    assert judged(machine, 0, numbering=i386) == seccomp.ANSWER_KILL
    assert judged(machine, seccomp.FOREIGN_NUMBERS | 1) == seccomp.ANSWER_KILL
