"""Whether a heading is about one of the review's key issues.

Does: compares the longer words of a heading and of an issue, by their beginnings.
Trusts: the case's key issues.
Never touches: findings; an issue's words are compared and told nobody.
Known limits: half of an issue's longer words are enough.
"""

from __future__ import annotations

from handlers.typed.fold import fold, likeness

ALIKE = 0.6
SHARED = 0.5  # of the issue's longer words
_STEM = 6  # letters: "injuries" and "injury" share "injur"
_COMMON = frozenset({"between", "with", "from", "that", "this", "were", "their", "about", "into"})


def is_about(heading: str, issue: str) -> bool:
    """Whether a sub-heading is one for the issue."""
    wanted = _stems(issue)
    shared = len(wanted & _stems(heading)) / len(wanted) if wanted else 0.0
    return shared >= SHARED or likeness(heading, issue) >= ALIKE


def _stems(text: str) -> set[str]:
    return {w[:_STEM].rstrip("iesy") for w in fold(text).split() if len(w) > 3} - _COMMON
