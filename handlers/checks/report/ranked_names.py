"""Tells where a report's prose names somebody behind a rank or the short form of a job.

A rank of the police or of a ward is enough before a surname ("DS Fairweather"). Any other few
capitals ("GP", "SN", "T/CI") are so only before a first name and a surname: behind them also stand
records, clinics and codes ("GP 1"), which name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from config.label_words import RANKS_IN_REPORTS
from config.person_name_words import SHORT_NAMES, WORDS_AND_SURNAMES
from handlers.checks.report.kin_names import USUAL_WORDS

_NUMBER = r"(?:(?:No\.? ?)?\d{1,6} )?"
_FIRST = r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
_LAST = r"(?>(?:O['\u2019]|Mc|Mac)?[A-Z](?:[a-z]+|[A-Z]{2,})(?:[-'\u2019][A-Z][A-Za-z]+)*)"
# In capitals alone, a word behind a rank is more often one of a log's: "PS UPDATED".
_MIXED = r"(?>(?:O['\u2019]|Mc|Mac)?[A-Z][a-z]+(?:[-'\u2019][A-Z][A-Za-z]+)*)"
_NO_CODE = r"(?![\w'\u2019-]*\d)"  # "DS Alpha1" is somebody's code
_RANKED = re.compile(
    rf"(?<![\w-])(?=(?:{'|'.join(map(re.escape, RANKS_IN_REPORTS))})\b\.? {_NUMBER}"
    rf"(?:(?P<first>{_FIRST}|(?:[A-Z]\.? ?){{1,2}}(?=[A-Z][a-z])) ?)?"
    rf"(?P<last>{_MIXED}){_NO_CODE}(?P<more> [A-Z][a-z])?)"  # one may begin within another
)
_SHORT_FORM = r"(?:(?:[A-Z]{1,4}/)?[A-Z]{1,4}\.?|(?:[A-Z]\.){2,4})"
_ABBREVIATED = re.compile(
    rf"(?<![\w.-]){_SHORT_FORM} {_NUMBER}(?P<first>{_FIRST}) (?P<last>{_LAST}){_NO_CODE}"
    r"(?! [A-Z][a-z])"
)


def ranked_surnames(
    text: str, allowed: Collection[str], ordinary: Collection[str] = ()
) -> Iterator[str]:
    """The surnames, in small letters, behind a rank or a short form. `allowed` are words of names
    that may stand, `ordinary` words that the report uses in small letters."""
    may_stand = {*allowed, *ordinary}
    for found in _RANKED.finditer(text):
        last = found["last"].casefold()
        surname = last in WORDS_AND_SURNAMES and not found["more"] and last not in allowed
        if surname or _is_somebody(found, may_stand):
            yield last
    for found in _ABBREVIATED.finditer(text):
        known = not SHORT_NAMES.isdisjoint(found["first"].casefold().split("-"))
        if known and _is_somebody(found, may_stand):
            yield found["last"].casefold()


def _is_somebody(found: re.Match[str], may_stand: Collection[str]) -> bool:
    first, last = (found["first"] or "").rstrip(". ").casefold(), found["last"].casefold()
    words = {first, last, *re.split(r"[-'\u2019]", last)}
    return words.isdisjoint(USUAL_WORDS) and words.isdisjoint(may_stand)
