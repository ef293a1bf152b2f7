"""What a signature is held against: whom the board believes, and when it reached us.

Does: carries the authorities' certificates and the moment into the confined worker.
Trusts: the settings, from which the certificates come. There is no secret in it.
Never touches: files, the clock. Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Trust:
    """`authorities` are certificates (DER); `at` knows its time zone."""

    authorities: tuple[bytes, ...]
    at: datetime
