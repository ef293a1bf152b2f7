"""The parts of a return that a letter may call in order, each with its own phrase.

Does: names each part, and says how it is called in "Already in order: ...".
Trusts: nothing.
Never touches: documents, kinds.
Known limits: "{count}" stands for how many there are, in figures or in a word.
"""

from __future__ import annotations

from collections.abc import Mapping

EVERYTHING = "everything"
WHERE_IT_STANDS = "where it stands"  # the part that the finding's place is in, or else everything

# In the order a letter names them. A second phrase is that of one alone.
PARTS: Mapping[str, tuple[str, ...]] = {
    "headings": ("the headings",),
    "dates": ("all {count} dates", "the date"),
    "order": ("the order of events",),
    "times": ("all {count} times", "the time"),
    "agency": ("the agency in every row",),
    "source": ("the source of every entry",),
    "sections": ("all {count} sections",),
    "front sheet": ("the front sheet",),
    "genogram": ("the genogram",),
    "plan": ("the action plan",),
    "signing off": ("the signing off",),
    "statements": ("the statements",),
    "answers": ("all {count} answers", "the answer"),
    "signature": ("the signature",),
}


def called(part: str, count: str | int = 0) -> str:
    """The phrase for a part that is in order; `count` is how many of it there are, if it counts."""
    several, *alone = PARTS[part]
    return alone[0] if alone and str(count) in "01" else several.format(count=count)


def part_called(phrase: str) -> str:
    """The part that a phrase names, or EVERYTHING for one that is no phrase of ours."""
    return next((p for p, says in PARTS.items() if any(_is(phrase, s) for s in says)), EVERYTHING)


def _is(phrase: str, says: str) -> bool:
    before, gap, after = says.partition("{count}")
    if not gap:
        return phrase == says
    return (
        phrase.startswith(before) and phrase.endswith(after) and len(phrase) > len(says) - len(gap)
    )
