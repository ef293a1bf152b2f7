"""Phrases that answer a blank wherever they stand in a letter.

Does: looks for a phrase in a text, where "*" lets up to ten words in, "{word}" stands for any one,
"{date}" for a day and "{agency}" for the sending agency's names.
Trusts: the kind's TOML for the phrases.
Never touches: anything but its arguments.
Known limits: a phrase is words, not sense: "we do not say that no member is known to us" has it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from handlers.context import AgencyFacts
from handlers.typed.fold import fold

GAP = 10  # words
AGENCY = "{agency}"
# `letter.py` looks for the first three, `searched.py` for the next, `more_time.py` and `nominee.py`
# for the others.
WHICH, UNTIL, WHY = "{which}", "{until}", "{why}"
NOMINEE, SERVING, REACHED = "{nominee}", "{serving}", "{reached}"
OF_A_LETTER = frozenset(
    {"{signatory}", "{office}", "{dated}", "{searched}"}
    | {WHICH, UNTIL, WHY, NOMINEE, SERVING, REACHED}
)

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:\d{{1,2}}|{_MONTHS})|\d{{4}} \d\d \d\d"
# What stands between the words of a phrase. The text is folded: "11/06/2010" is "11 06 2010".
_STANDS_FOR = {"*": rf"(?:[a-z0-9]+ ){{0,{GAP}}}?", "{date}": rf"(?:{_DAY})\b ?",
               "{word}": "[a-z0-9]+(?: |$)"}  # fmt: skip


def said_in(text: str, phrases: tuple[str, ...], agency: AgencyFacts | None) -> bool:
    """True when `text`, already folded, has any of the phrases."""
    return any(_pattern(phrase).search(text) for phrase in _spelt_out(phrases, agency))


def _spelt_out(phrases: tuple[str, ...], agency: AgencyFacts | None) -> list[str]:
    names = [agency.name, *agency.abbreviations] if agency and AGENCY in phrases else []
    plain = [phrase for phrase in phrases if phrase not in (AGENCY, *OF_A_LETTER)]
    return plain + [n for n in names if fold(n)]


@lru_cache(maxsize=512)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (_STANDS_FOR.get(part) or _word(part) for part in phrase.split())
    return re.compile(rf"\b{''.join(parts)}")


def _word(part: str) -> str:
    """A word, or the several that one such as "de-briefing" folds to, up to its end."""
    return rf"{re.escape(fold(part)).replace(chr(92) + ' ', ' ')}(?: |$)"
