"""Whether it was the disk that was full: the one fault that passes by itself once there is room.

Does: tells a full disk or quota from every other fault, in a file or in SQLite.
Trusts: the system's error numbers.
Never touches: the disk.
Known limits: none.
"""

from __future__ import annotations

import errno

SQLITE_FULL = 13


def disk_is_full(why: BaseException) -> bool:
    """True of ENOSPC, EDQUOT and SQLITE_FULL (failure mode 60)."""
    if isinstance(why, OSError):
        return why.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(why, "sqlite_errorcode", None) == SQLITE_FULL
