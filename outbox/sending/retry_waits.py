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
# A letter is given up after so long, and after so many tries: these take most of a day, so that a
# letter which lay here for a week while the service was off is not given up at its first try.
MIN_TRIES = 10
MAX_BROKEN_TRIES = 3  # so often in a row may handing a letter over end the service, or be cut off


def wait_after(tries: int) -> timedelta:
    """The wait after so many earlier tries: 5, 10, 20 minutes ... 4 hours."""
    doubled: int = 2 ** min(tries, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
