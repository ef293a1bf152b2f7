"""Trying what must be forbidden, so that `doctor` reports facts.

Does: in a child confined like any other, attempts each deed and notes whether it was refused.
Trusts: nothing. Never touches: a document; and no trial leaves a trace where it succeeds.
Known limits: an answer other than a refusal (no such file, no such process) proves nothing and
counts as not refused.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable

from handlers.worker.confinement import Trial
from handlers.worker.limits import Limits

REFUSALS = {errno.EPERM, errno.EACCES, errno.EMFILE, errno.ENETUNREACH, errno.EAGAIN}
NOWHERE = ("192.0.2.1", 9)  # an address kept for documentation, RFC 5737


def open_a_file(_: Limits) -> None:
    os.close(os.open("/", os.O_RDONLY))


def write_a_file(_: Limits) -> None:
    os.close(os.open(os.devnull, os.O_WRONLY))


def use_the_network(_: Limits) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.connect(NOWHERE)  # UDP: this sends nothing


def start_a_process(_: Limits) -> None:
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)


def signal_another_process(_: Limits) -> None:
    os.kill(os.getppid(), 0)


def take_more_memory(limits: Limits) -> None:
    bytearray(limits.memory_bytes)


TRIALS: tuple[tuple[str, Callable[[Limits], None]], ...] = (
    ("open a file", open_a_file),
    ("write a file", write_a_file),
    ("use the network", use_the_network),
    ("start another process", start_a_process),
    ("signal another process", signal_another_process),
    ("take more memory than it is given", take_more_memory),
)


def tried(limits: Limits) -> tuple[Trial, ...]:
    """Every deed of the table and whether it was refused here."""
    return tuple(Trial(deed, _refused(attempt, limits)) for deed, attempt in TRIALS)


def _refused(attempt: Callable[[Limits], None], limits: Limits) -> bool:
    try:
        attempt(limits)
    except MemoryError:
        return True
    except OSError as answer:
        return answer.errno in REFUSALS
    return False
