"""Whether words are what people call an organisation for short: its initials, or its head word.

Does: knows "BFS" for "Beacon Family Support", "CAMHS" for "Wexley Child and Adolescent Mental
Health", "the School" for "St Brannock's Primary School"; and tells words that name nobody ("GP",
"the practice") from a name.
Trusts: the register for the name.
Never touches: findings, and any other agency's name.
Known limits: whether two agencies are called the same for short is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.typed.fold import fold

FEWEST = 3  # initials, where not the whole name gives them
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to"})
_BEFORE = frozenset({"the", "our", "this", "my"})
_ADDED = ("", "s", "t", "st", "ft", "nhst", "nhsft")  # Service, Trust, Foundation Trust
# Words at the end of many agencies' names, which alone are none of them.
_ENDINGS = (
    "service services team trust council department dept agency board office unit group authority "
    "foundation association partnership ltd limited nhs care support"
)
# What anybody's organisation is, without a name.
_SORTS = (
    "gp gps doctor doctors practice practices surgery surgeries clinic centre health medical "
    "school schools academy college education nursery hospital pharmacy chemist dentist dental "
    "police constabulary probation housing ambulance fire social care work services service "
    "children childrens adult adults family team trust nhs department agency organisation head "
    "office"
)
_NO_HEAD, _GENERIC = frozenset(_ENDINGS.split()), frozenset(_SORTS.split())


def stands_for(text: str, name: str) -> bool:
    """Whether `text` is all of what the organisation of that name is called for short."""
    said, words = _bare(text), fold(name).split()
    if not said or len(words) < 2:
        return False
    return (said == words[-1:] and words[-1] not in _NO_HEAD) or _initials(said, words)


def names_nobody(text: str) -> bool:
    """Whether it may be any of several: one word, or words for a sort of organisation."""
    said = _bare(text)
    return bool(said) and (len(said) == 1 or _GENERIC.issuperset(said))


def _bare(text: str) -> list[str]:
    words = fold(text).split()
    return words[1:] if len(words) > 1 and words[0] in _BEFORE else words


def _initials(said: Sequence[str], words: Sequence[str]) -> bool:
    """ "BFS", "B.F.S."; without the place that a name begins with, "CAMHS"."""
    if len(said) > 1 and any(len(word) > 1 for word in said):
        return False
    letters = "".join(said)
    for run in (list(words), [word for word in words if word not in _SMALL]):
        whole, rest = ("".join(word[0] for word in part) for part in (run, run[1:]))
        if len(whole) > 1 and letters == whole:
            return True
        if any(
            len(short) >= FEWEST and letters == short + more
            for short in (whole, rest)
            for more in _ADDED
        ):
            return True
    return False
