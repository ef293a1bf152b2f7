"""Whether a title is evidently that of the office a form must be signed from.

Does: looks for the office's words in the title, and for words that show a stand-in.
Trusts: the kind's TOML for both lists.
Never touches: anything but its arguments.
Known limits: it knows titles, not organisations: whether a "Head of Safeguarding" carries the
responsibility of a director is for a person to say, so such a title is not evident.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.typed.fold import fold

MOST_TITLES = 2  # "Chief Officer/Director" may be one person's; three and more are the form's


def evidently_holds(title: str, senior: Iterable[str], standing_in: Iterable[str]) -> bool:
    """True when `title` has a word of `senior` and none of `standing_in`, and is not the form's
    own choice of titles with none of them deleted."""
    parts = [part for part in title.split("/") if part.strip()]
    if len(parts) > MOST_TITLES and all(_has(part, senior) for part in parts):
        return False
    return _has(title, senior) and not _has(title, standing_in)


def _has(title: str, phrases: Iterable[str]) -> bool:
    said = f" {fold(title)} "
    return any(f" {fold(phrase)} " in said for phrase in phrases)
