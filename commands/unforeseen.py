"""Where an unforeseen bug was met, told without a word of what was being read.

Does: names the exception's type and the lines it passed through.
Trusts: nothing. An exception's message may hold cell text or an address, so it is never used.
Never touches: anything else.
Known limits: none.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from handlers.sandbox.protocol import Unforeseen

INNERMOST = 4  # frames; enough to find the line


def where(why: Exception) -> str:
    """ "KeyError at attribution.py:120 < once.py:98"."""
    if isinstance(why, Unforeseen):
        return str(why)
    frames = traceback.extract_tb(why.__traceback__)[-INNERMOST:]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
    return f"{type(why).__name__} at {places}."
