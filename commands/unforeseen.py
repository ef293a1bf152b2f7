"""Names where an unforeseen bug was met: the exception's type and the lines it passed through.

An exception's message may hold cell text or an address, so it is never used.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from handlers.sandbox.protocol import UnforeseenFault

INNERMOST_FRAMES = 4  # frames; enough to find the line


def bug_location(why: Exception) -> str:
    """ "KeyError at attribution.py:120 < once.py:98"."""
    if isinstance(why, UnforeseenFault):
        return str(why)
    frames = traceback.extract_tb(why.__traceback__)[-INNERMOST_FRAMES:]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))
    return f"{type(why).__name__} at {places}."
