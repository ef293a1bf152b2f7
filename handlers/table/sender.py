"""Whether an Agency cell names the agency that sent the document.

Does: compares a cell with the agency's name, code and abbreviations, ignoring case, punctuation
and white space; a part of the name ("Meadow Lane"), what the agency is called for short, or an
abbreviation among other words ("GP surgery") will do.
Trusts: the register for the agency; nothing in the cell.
Never touches: findings.
Known limits: a second agency beside the sender's is seen where it stands apart ("GP / Police") and
is one of those in `config/beside.toml`.
"""

from __future__ import annotations

import re

from config.beside import BESIDE
from handlers.context import AgencyFacts
from handlers.typed.fold import fold
from handlers.typed.short_name import stands_for

LONGEST = 120  # characters of a cell that are compared
REMEMBERED = 500

# Words that many agencies' names share, so that one alone names nobody.
_COMMON = {
    "the", "of", "and", "for", "service", "services", "agency", "team", "city", "county", "council",
    "trust", "nhs", "department", "dept", "board", "school", "hospital", "surgery",
}  # fmt: skip

_APART = re.compile(r"[/,&+;\n\t|]|\b(?:and|with)\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b([A-Z]{2,})['\u2019]?s\b")  # "GPs", "the GP's"; not "GPS"
_AGENCIES = tuple(f" {fold(words)}" for words in BESIDE.agencies)


class Sender:
    """The agency that sent the document, as its rows may name it."""

    def __init__(self, agency: AgencyFacts) -> None:
        names = (agency.name, agency.code, *agency.abbreviations)
        plain = {fold(name) for name in names} - {""}
        self._exact = {name.replace(" ", "") for name in plain}
        self._phrases = tuple(f" {name} " for name in sorted(plain))
        self._name = agency.name
        self._words = frozenset(fold(agency.name).split())
        self._answers: dict[str, bool] = {}

    def is_named(self, text: str) -> bool:
        key = text[:LONGEST]
        answer = self._answers.get(key)
        if answer is None:
            key = _PLURAL.sub(r"\1", key)
            answer = self._compared(fold(key)) and not self._beside_another(key)
            if len(self._answers) < REMEMBERED:
                self._answers[key] = answer
        return answer

    def _compared(self, plain: str) -> bool:
        if plain.replace(" ", "") in self._exact:
            return True
        if any(phrase in f" {plain} " for phrase in self._phrases):
            return True
        if stands_for(plain, self._name):
            return True
        words = set(plain.split())
        return bool(words - _COMMON) and words <= self._words

    def _beside_another(self, text: str) -> bool:
        """Whether an agency that is not the sender stands beside it: "GP and Social Care"."""
        if fold(text).replace(" ", "") in self._exact or not _APART.search(text):
            return False
        parts = [plain for part in _APART.split(text) if (plain := fold(part))]
        return any(f" {part}".endswith(_AGENCIES) and not self._compared(part) for part in parts)
