"""How much one document may cost.

Does: names every bound, for `handlers/worker/confine.py` and for the service's side.
Trusts: whoever sets them. Never touches: anything.
Known limits: the kernel counts processor time in whole seconds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory_bytes` is address space, the preloaded code included (about 100 MB).

    A reply is all that comes back, attachments included; its `value_bytes` are the part that is
    parsed as JSON. The longest chronology met (10,000 rows) takes two seconds and 31 MB.
    """

    wall_seconds: float = 60.0
    cpu_seconds: int = 30
    memory_bytes: int = 1 << 30
    reply_bytes: int = 96 << 20
    value_bytes: int = 4 << 20
