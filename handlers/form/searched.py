"""Whether a letter says what was searched, for one that says nobody is known.

Does: looks for a word of searching, or for the agency's own records, systems or registers by name.
Trusts: the kind's TOML for the words of searching.
Never touches: what was found.
Known limits: "we checked" says it, though not which records: whether all were is for a person.
"""

from __future__ import annotations

import re

from config.shape import Denial
from handlers.form.bare import bare

SEARCHED = "{searched}"  # among a blank's phrases: it is answered so
_HELD = (
    "systems?|databases?|registers?|files?|ind(?:ex|exes|ices)|archives?|lists?|books?|rolls?|"
    "caseloads?|records|notes|logs?|diar(?:y|ies)|envelopes"
)
_OWN = re.compile(
    rf"\b(?:our|its|all|both|these|trusts|paper|electronic|clinical|patient|computer(?:ised)?|manual|"
    rf"archived?|administration|admissions|card)(?: (?!your)\w+){{0,4}}? (?:{_HELD})\b"
)
_NOT_OF_RECORDS = frozenset({"review", "reviewed", "looking", "looked"})


def searched_in(text: str, denial: Denial) -> bool:
    """True when a letter's text, folded, says what was searched."""
    words = set(bare(text, denial, ()).replace(",", "").split())
    searches = {*denial.searches} - _NOT_OF_RECORDS
    return not searches.isdisjoint(words) or _OWN.search(text) is not None
