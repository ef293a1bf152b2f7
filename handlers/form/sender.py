"""Whether an agency named on a form is the agency that sent it.

Does: compares what is entered with the sender's name, code and abbreviations.
Trusts: the register for the agency.
Never touches: the other agencies' names, which the worker does not have.
Known limits: an agency known by a name that the register lacks is "other", and a person looks.
"""

from __future__ import annotations

from handlers.context import AgencyFacts
from handlers.fold import fold, likeness

ALIKE = 0.8  # likeness at which a name is the register's name, misspelt


def own_or_other(text: str, agency: AgencyFacts | None) -> str | None:
    """ "own", "other", or None when nothing is entered or the sender is not known."""
    if not text.strip() or agency is None:
        return None
    return "own" if names(text, agency) else "other"


def names(text: str, agency: AgencyFacts) -> bool:
    """True when `text` names the agency, alone or among other words ("Meadow Lane, GP")."""
    said = f" {fold(text)} "
    known = [fold(name) for name in (agency.name, agency.code, *agency.abbreviations)]
    if any(f" {name} " in said for name in known if name):
        return True
    return bool(fold(text)) and (likeness(text, agency.name) >= ALIKE or _within(said, agency))


def _within(said: str, agency: AgencyFacts) -> bool:
    """A short form of the name: "Meadow Lane" for "Meadow Lane Surgery"."""
    words = said.split()
    return len(words) > 1 and f" {' '.join(words)} " in f" {fold(agency.name)} "
