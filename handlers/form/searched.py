"""Whether a letter says what was searched, for one that says nobody is known.

Does: looks for a word of searching, for the agency's own records, systems or registers, or for a
system's name after "on".
Trusts: the kind's TOML for the words of searching.
Never touches: what was found.
Known limits: "we checked" says it, though not which records: whether all were is for a person.
"""

from __future__ import annotations

import re

from config.nil_grammar import NO_NAMES
from config.shape import Denial
from handlers.form.bare import bare
from handlers.typed.fold import fold

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
_LOOKED = re.compile(
    r"\b(?:(?:look|looked) (?:at|on|in|into|through)|(?:gone|went|been) through) (?!your)"
)
_REVIEWED = re.compile(
    rf"\breviewed\b(?: (?!your)\w+){{0,6}} (?:{_HELD})\b|\b(?:{_HELD})\b(?: \w+){{0,4}} reviewed\b"
)
_ON_A_SYSTEM = re.compile(r"\b[Oo]n ([A-Z]\w+)")


def searched_in(text: str, denial: Denial, written: str = "") -> bool:
    """True when a letter's text, folded, says what was searched, or names a system that shows
    nothing: "no trace on PNC". `written` is the same with its capitals."""
    if _LOOKED.search(text) or _REVIEWED.search(text):
        return True
    if any(fold(name) not in NO_NAMES for name in _ON_A_SYSTEM.findall(written)):
        return True
    words = set(bare(text, denial, ()).replace(",", "").split())
    searches = {*denial.searches} - _NOT_OF_RECORDS
    return not searches.isdisjoint(words) or _OWN.search(text) is not None
