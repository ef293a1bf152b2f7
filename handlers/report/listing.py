"""Several words as one phrase: "name, job designation and date".

Does: puts commas and one "and" between them.
Trusts: the caller for the words.
Never touches: anything but its arguments.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: Sequence[str], last: str = "and") -> str:
    """ "name", "name and date", "name, job designation and date"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
