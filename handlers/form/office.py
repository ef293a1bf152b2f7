"""Whether a title is evidently that of the office a form must be signed from.

Does: looks for the office's words in the title, and for words that show a stand-in.
Trusts: the kind's TOML for both lists.
Never touches: anything but its arguments.
Known limits: it knows titles, not organisations: whether a "Head of Safeguarding" carries the
responsibility of a director is for a person to say, so such a title is not evident.
"""

from __future__ import annotations

from collections.abc import Collection

from handlers.typed.fold import fold

_TO_DELETE = "delete as"  # "Director/Commissioner (delete as appropriate)"
MOST_TITLES = 2  # "Chief Officer/Director" may be one person's; three and more are the form's


def evidently_holds(title: str, senior: Collection[str], standing_in: Collection[str]) -> bool:
    """True when `title` has a word of `senior` and none of `standing_in`, and is not the form's
    own choice of titles with none of them deleted."""
    parts = [part for part in title.split("/") if part.strip()]
    choice = len(parts) > MOST_TITLES or (len(parts) > 1 and _TO_DELETE in fold(title))
    if choice and all(_has(part, senior) for part in parts):
        return False
    said = f" {fold(title)} "
    if not any(_holds(said, office) for office in senior):
        return False
    # "Assistant Chief Constable" is an office of its own where it is listed whole.
    for office in sorted(senior, key=len, reverse=True):
        said = said.replace(f" {fold(office)} ", "  ")
    return not any(_holds(said, words) for words in standing_in)


def _has(title: str, phrases: Collection[str]) -> bool:
    said = f" {fold(title)} "
    return any(_holds(said, phrase) for phrase in phrases)


def _holds(said: str, phrase: str) -> bool:
    return f" {fold(phrase)} " in said
