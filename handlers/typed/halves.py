"""The halves of a heading or a label in two languages: "Dadansoddiad / Analysis".

Does: parts a short text at each " / ", " | " or line break, and gives what stands on either side.
Trusts: nothing.
Never touches: which of the halves is known; whoever asks has the words.
Known limits: a stroke without a space on both sides joins two words of one language. Halves joined
by a dash or in brackets are for the caller's own ways with those.
"""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 300  # characters; what is longer is a text, and is not taken apart
MOST = 4  # places to part it at

_PARTED = re.compile(r"\s+/\s+|\s+\|\s+|\s*\n\s*")


@lru_cache(maxsize=4096)
def halves(text: str) -> tuple[str, ...]:
    """What stands before and behind each place where a text may be parted; none for most texts.

    >>> halves("Casgliadau / Conclusions")
    ('Casgliadau', 'Conclusions')
    """
    if len(text) > LONGEST or not ("/" in text or "|" in text or "\n" in text.strip()):
        return ()
    found = list(_PARTED.finditer(text.strip()))
    if len(found) > MOST:
        return ()
    whole = text.strip()
    sides = (side for one in found for side in (whole[: one.start()], whole[one.end() :]))
    return tuple(side for side in dict.fromkeys(sides) if side)
