"""How long is waited before a letter, a receipt or an alert is tried again, and when one is given
up.

Which transports wait now is `transport_back_off.py`; how long a mailbox that is away is left alone,
`intake/imap/connection_thread.py`.
"""

from __future__ import annotations

from datetime import timedelta

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)
MIN_TRIES = 10  # most of a day's; a letter that lay here for a week is not lost at its first try
MAX_BROKEN_TRIES = 3  # times in a row


def wait_after(tries: int) -> timedelta:
    """The wait after so many earlier tries: 5, 10, 20 minutes ... 4 hours."""
    doubled: int = 2 ** min(tries, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
