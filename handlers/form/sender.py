"""Whether an agency named on a form is the agency that sent it.

Does: compares what is entered with the sender's name, code and abbreviations, and with what it is
called for short. "other" holds a document back, so it is said only of a name that has little in
common with the sender's, and "unclear" of words that name nobody, such as "GP".
Trusts: the register for the agency.
Never touches: the other agencies' names, which the worker does not have.
Known limits: an agency that calls itself by another name than the register does is "other".
"""

from __future__ import annotations

from handlers.context import AgencyFacts
from handlers.typed.fold import fold, likeness
from handlers.typed.short_name import names_nobody, stands_for

LONGEST = 80  # characters of an agency's name
ALIKE = 0.8  # likeness at which a name is the register's name, misspelt
IN_COMMON = 0.5  # share of the shorter name's telling words beyond which two may be one agency

# Words that many agencies have in their names, and so tell none of them apart.
_SHARED = (
    "a an and of the for to in at on nhs foundation trust council city county borough district "
    "service services department children childrens adult adults social care health team"
)
_COMMON = frozenset(_SHARED.split())


def own_or_other(text: str, agency: AgencyFacts | None) -> str | None:
    """ "own", "other", or "unclear" where it names nobody; None when nothing is entered, the sender
    is not known, or it could be either."""
    if not fold(text) or agency is None:
        return None
    if _named(text, agency) or likeness(text, agency.name) >= ALIKE:
        return "own"
    if stands_for(text, agency.name):
        return "own"
    if _much_in_common(text, agency.name):
        return None
    return "unclear" if names_nobody(text) else "other"


def to_enter(agency: AgencyFacts | None) -> str:
    """What a blank for the agency should say: '"Meadow Lane Surgery" or, for short, "MLS"'."""
    if agency is None:
        return "your agency's name or its usual abbreviation"
    known = (*agency.abbreviations, agency.code)
    short = next((name for name in known if fold(name) != fold(agency.name)), "")
    return f'"{agency.name}"' + (f' or, for short, "{short}"' if short else "")


def _named(text: str, agency: AgencyFacts) -> bool:
    """One of its names, alone or among other words: "Meadow Lane Surgery, High Street"."""
    said = f" {fold(text)} "
    known = [fold(name) for name in (agency.name, agency.code, *agency.abbreviations)]
    return any(f" {name} " in said for name in known if name)


def _much_in_common(one: str, other: str) -> bool:
    """Telling words in common, such as "Meadow Lane Practice" has with "Meadow Lane Surgery"; or
    no word but the other's: "Children's Services" for "Shire Children's Services"."""
    left, right = set(fold(one).split()), set(fold(other).split())
    shared = (left & right) - _COMMON
    shorter = min(len(left - _COMMON), len(right - _COMMON))
    return left <= right or (bool(shared) and len(shared) > IN_COMMON * shorter)
