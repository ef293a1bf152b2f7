"""The words of the control line between the service and its nursery.

Does: names them. The service first sends one part, its pickled `Orders`. The nursery answers two
parts, READY and its Confinement, or NOT_READY and the reason. From then on the service sends one
byte at a time and hears one part, the child's exit status, for each TASK.
Trusts: both ends. Never touches: documents; they have a channel of their own.
Known limits: `setup` is handed over once; new settings need a new worker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.worker.limits import Limits

READY, NOT_READY = b"ready", b"not ready"

# TASK comes with the descriptor of a channel to the new child. A KILL may come too late.
TASK, KILL = b"T", b"K"

# How a child ends. Any other status, or a signal, is a breakdown.
DONE, LESS_CONFINED, ORPHANED = 0, 71, 72


@dataclass(frozen=True, slots=True)
class Orders:
    """`path` holds folders to import from besides the installation; `setup` is a pickle, so
    that its modules are imported only once `path` is in place."""

    limits: Limits
    tasks: Mapping[str, str]
    path: tuple[str, ...]
    setup: bytes
