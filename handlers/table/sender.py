"""Whether an Agency cell names the agency that sent the document.

Does: compares a cell with the agency's name, code and abbreviations, ignoring case, punctuation
and white space; a part of the name ("Meadow Lane") or an abbreviation among other words ("GP
surgery") will do.
Trusts: the register for the agency; nothing in the cell.
Never touches: findings.
Known limits: "Police and Health" names the police, so it passes as theirs.
"""

from __future__ import annotations

from handlers.context import AgencyFacts
from handlers.typed.fold import fold

LONGEST = 120  # characters of a cell that are compared
REMEMBERED = 500

# Words that many agencies' names share, so that one alone names nobody.
_COMMON = {
    "the", "of", "and", "for", "service", "services", "agency", "team", "city", "county", "council",
    "trust", "nhs", "department", "dept", "board", "school", "hospital", "surgery",
}  # fmt: skip


class Sender:
    """The agency that sent the document, as its rows may name it."""

    def __init__(self, agency: AgencyFacts) -> None:
        names = (agency.name, agency.code, *agency.abbreviations)
        self._exact = {fold(name).replace(" ", "") for name in names} - {""}
        self._phrases = tuple(f" {fold(name)} " for name in names if fold(name))
        self._words = frozenset(fold(agency.name).split())
        self._answers: dict[str, bool] = {}

    def is_named(self, text: str) -> bool:
        key = text[:LONGEST]
        answer = self._answers.get(key)
        if answer is None:
            answer = self._compared(fold(key))
            if len(self._answers) < REMEMBERED:
                self._answers[key] = answer
        return answer

    def _compared(self, plain: str) -> bool:
        if plain.replace(" ", "") in self._exact:
            return True
        if any(phrase in f" {plain} " for phrase in self._phrases):
            return True
        words = set(plain.split())
        return bool(words - _COMMON) and words <= self._words
