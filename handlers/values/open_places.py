"""Says whether in a sentence of an entry a place was left open, or a note of its author's stands:
"attendance was xx%", "agreed to TBC", "weight was ??", "[check with HV1 whether it was sent]".

The words are those of `config/open_place_words.toml`. What is quoted is another person's, and a
place of which it is said why it is open is none. An entry tells what was still to be settled then
("date TBC", "HV to check weight"), so only words that stand in the place of others count, and
orders that are about the table. A name that was taken out ("XXXX rang") is no open place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from config.label_words import JOB_WORDS
from config.person_name_words import KIN_WORDS
from config.word_lists import OPEN_PLACES
from handlers.values.day_words import MONTH_STEM_PATTERN
from handlers.values.gaps import is_explained
from handlers.values.normalise import fold_text
from handlers.values.unfinished import without_quotations


def _any(name: str) -> str:
    """One of the words of a list, the longest first."""
    words = sorted(OPEN_PLACES[name], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


# A text without any of them, in small letters, is passed by quickly.
_SIGNS = (
    *("xx", "lorem", "to be ", "tbc", "tba", "tbd", "??", "["),
    *("check", "confirm", "insert", "verify", "which", "(ask", "(find"),
)
_NEEDS = rf"\b{_any('needs')}\s+"
_SAID = rf"\b{_any('said')}\s+"
_COUNTED = rf"{_any('counted')}(?!\w)"
_LACKING, _VALUES = _any("lacking"), _any("values")
_TITLE = r"\b(?-i:Dr|Mr|Mrs|Ms|Miss)\.?\s+"
_OPENS = r"(?:^|[.;,(\[\n]|\s[-\u2013\u2014])\s*(?:please\s+|pls\s+|nb:?\s+)?"
_STARTS = r"(?:^|[.;(\[\n]|\s[-\u2013\u2014])\s*"
_NO_QUESTION = r"(?:^|[.;\n])(?:(?!\b(?:wh\w+|how|if)\b)[^.;?\n])*"
_CLOSES = r"\s*(?:[.;,)\]!?]|$|\n)"
# A mark may run on into the next sentence, where its own full stop was forgotten as well.
_ENDS = rf"(?:{_CLOSES}|(?-i:[A-Z][a-z]))"
_TBC_BEHIND = r"(?:with|from|ask|check|when|once)\b"
_TO_COME = r"to (?:be|follow|come)\b[^\]]*"
_ORDER = r"(?:please )?(?:check|confirm|insert|add)\b[^\]]*"
_CHECKS = ("check", "confirm", "verify")
_CHECK = f"(?:{'|'.join(_CHECKS)})"
_WITH = r"\s+with\s+\w+(?:\s\w+)?"
_AGAINST = r"\s+(?:with|against|in)\s+[\w ]{1,24}"
_TBC = r"tb[cad]"


_OF_CROSSES = (
    # Crosses in a number's place: "xx%", "XX.X kg", "xx/xx/2009", "xx March", "aged xx".
    rf"(?<![\w.])x{{2,}}(?:\.x+)?\s?{_COUNTED}",
    r"\u00a3\s?x{2,}(?!\w)",
    r"(?<!\w)(?:x{2,}|\d{1,2})[/.-]x{2,}[/.-](?:x{2,}|\d{2,4})(?!\w)",
    rf"(?<!\w)x{{2,}}(?:th|st|rd|nd)?\s+(?:of\s+)?(?:{MONTH_STEM_PATTERN})[a-z]*\b",
    r"\baged?\s+x{2,}(?!\w)",
)
_TO_BE_CONFIRMED = (
    # "agreed to TBC", "Outcome: TBC", "tbc with GP".
    rf"(?:{_NEEDS}|{_TITLE})(?-i:TB[CAD])\b",
    r"\b(?:outcome|source|details|reason|name)\s*[:\u2013-]\s*"
    r"(?:tb[cad]\b|to be (?:confirmed|added|inserted|checked))",
    rf"{_OPENS}(?:date |time |name )?{_TBC}\s*(?:[,\u2013-]\s*)?{_TBC_BEHIND}",
)
_ASKED = (
    # "seen by ?? at the clinic", "weight was ??", "??%". "?? fracture" is a doctor's doubt.
    rf"{_NEEDS}\?{{2,}}(?={_ENDS}|\s+(?:at|on|in|by|who|to|and|from|with|re|about|of)\b)",
    rf"\?{{2,}}\s?{_COUNTED}",
    rf"\bnumber of (?:\w+\s){{1,3}}\?{{2,}}(?={_ENDS})",
    rf"\b(?:{_LACKING}|{_VALUES})\s?\?{{2,}}(?={_ENDS})",
    rf"\b(?:{_VALUES}|weighed|scored|measured)\s?(?:(?:was|is|were|are|of|:|=)\s?)?\?{{2,}}"
    rf"(?={_ENDS}|\s+(?:at|on|in|and|to|from|with)\b)",
    r"\bthere (?:was|were|is|are) \?{2,}(?=\s[a-z])",
    rf"{_NO_QUESTION}\b(?:was|were|is|are)\s?\?{{2,}}(?={_ENDS})",
)
_IN_BRACKETS = (
    # "[date]", "[quote to be added]".
    rf"\[\s*(?:insert |add |enter |the )*{_LACKING}"
    rf"(?:\W+(?:{_TBC}|here|{_TO_COME}|{_ORDER}))?\s*\]",
    rf"\[[^\[\]]{{1,60}}\bto be {_any('to_be')}\b[^\[\]]{{0,40}}\]",
)
_CHECKED_ASIDES = (
    # "(date - check with office)", "(verify the figures)".
    rf"[(\[][^()\[\]]*[\w%?.](?:\s[-\u2013\u2014]|[,;?])\s*(?:please\s+|pls\s+)?"
    rf"{_CHECK}(?:{_WITH})?\s*[)\]]",
    rf"[(\[]\s*{_CHECK}\s+(?:the\s+)?{_any('papers')}\s*[)\]]",
)
_ASKED_ASIDES = (r"[(\[]\s*which (?:one|day|visit|date|worker|gp|hv|school)\s*\?+\s*[)\]]",)
_TO_BE_WRITTEN = (
    # "Plan agreed. To be completed", "lorem ipsum".
    rf"(?:[.;\u2026\n]|\s[-\u2013\u2014])\s*to be {_any('to_be_written')}{_ENDS}",
    r"\blorem ipsum\b",
)
_ORDERS = (
    # "Check this.", "- check date", "INSERT", "insert weight".
    rf"{_OPENS}{_CHECK}\s+(?:the\s+)?{_any('noted')}(?:{_AGAINST}|\s+please)?{_CLOSES}",
    rf"{_OPENS}insert(?:\s+(?:the\s+)?(?:here|{_LACKING}|{_VALUES})\b|{_ENDS})",
)
# Each by the signs, in small letters, of which a text that has one of them has one: most texts have
# one sign, and to look for every shape in each of them takes long.
_SHAPES = (
    (("xx",), _OF_CROSSES),
    (("tb", "to be "), _TO_BE_CONFIRMED),
    (("??",), _ASKED),
    (("[",), _IN_BRACKETS),
    (_CHECKS, _CHECKED_ASIDES),
    (("which",), _ASKED_ASIDES),
    (("to be ", "lorem"), _TO_BE_WRITTEN),
    ((*_CHECKS, "insert"), _ORDERS),
)
# "[check with HV1 whether it was sent]", "[see me about this]", "(confirm who was there)".
_BRACKETED = (
    rf"\[\s*(?:(?:please|pls|nb|still|i|we)\W+)*(?:{_any('orders')}\b|to be {_any('to_be')}\b"
    rf"|see\s+(?:{_any('see')}\b|[A-Z][\w.]*\s+{_any('about')}\b))[^\[\]]*\]",
    r"\(\s*(?:(?:please|pls|nb)\W+)?(?:check|confirm|verify|ask|find out)\s+"
    rf"(?:(?:with\s+)?\w+\s+){{0,2}}{_any('whether')}\b[^()]*\)",
)
# "Father said that things were XXXX", "weight XXX", "seen by XX."; "XXXX" alone.
_CROSSES = (
    rf"(?i:{_SAID}|\b{_VALUES}\s?(?:(?:was|is|of|:|=)\s?)?)X{{3,}}(?!\w)"
    rf"|(?i:{_NEEDS}|\b{_any('spoken')}\s+)X{{2,}}(?={_CLOSES})"
    rf"|{_STARTS}X{{3,}}(?={_CLOSES})"
    rf"|\b(?P<of>[a-z]+)\s+X{{3,}}(?={_CLOSES})"
    r"|(?<!\w)X{3,}(?=[A-Z][a-z])"
)
_NAMED = KIN_WORDS | JOB_WORDS | frozenset(OPEN_PLACES["named"])
_NO_GAP = re.compile(rf"\b{_any('crosses')}\b", re.I)
# "Home visit. TBC.", "Weight TBC". "Review 3 May TBC" was open then.
_TBC_ALONE = re.compile(rf"(?<!\w){_TBC}(?={_ENDS})", re.I)
_PLANS = re.compile(rf"\b{_any('plans')}\b", re.I)
_CARE = re.compile(rf"\b{_any('care')}\b", re.I)
_STOP = re.compile(r"[.;!?\n]")
_DONE = re.compile(
    r"\b(?:check|confirm|verify)\b(?!.*\b(?:whether|if|who|what|when|which|why|how|dates?|times?|spelling|names?)\b)"
    r".*\b(?:made|done|found|held|no trace|\w{2,}ed)\s*[)\]]$",
    re.I,
)


class OpenPlacePatterns(NamedTuple):
    """All of the above that take long to make."""

    shapes: Sequence[tuple[Sequence[str], Sequence[re.Pattern[str]]]]
    bracketed: Sequence[re.Pattern[str]]
    crosses: re.Pattern[str]


@cache
def open_place_patterns() -> OpenPlacePatterns:
    """Made when the first text has a sign, which is in no command that only reads the register, and
    before the worker forks for a document."""
    return OpenPlacePatterns(
        tuple((signs, _compiled(shapes)) for signs, shapes in _SHAPES),
        _compiled(_BRACKETED),
        re.compile(_CROSSES, re.M),
    )


def _compiled(shapes: Iterable[str]) -> Sequence[re.Pattern[str]]:
    return tuple(re.compile(shape, re.I | re.M) for shape in shapes)


def holds_open_place(text: str) -> bool:
    """Whether it does."""
    if not any(map(text.casefold().__contains__, _SIGNS)):
        return False
    plain = without_quotations(text)
    small = plain.casefold()
    patterns = open_place_patterns()
    for signs, shapes in patterns.shapes:
        if any(map(small.__contains__, signs)) and _has_one(shapes, plain, _is_open):
            return True
    if ("[" in plain or "(" in plain) and _has_one(patterns.bracketed, plain, _is_order):
        return True
    return _is_crossed_out(plain, patterns.crosses) or (
        "tb" in small and _is_to_be_confirmed(plain)
    )


def _has_one(
    shapes: Iterable[re.Pattern[str]], text: str, counts: Callable[[re.Match[str], str], bool]
) -> bool:
    return any(counts(found, text) for shape in shapes for found in shape.finditer(text))


def _is_open(found: re.Match[str], text: str) -> bool:
    return not (is_explained(found, text) or _DONE.search(found[0]))


def _is_order(found: re.Match[str], text: str) -> bool:
    """Whether it is one to the author of the table. A family is asked, and a child cared for, by
    whoever worked with them then."""
    if _CARE.search(found[0]) or not KIN_WORDS.isdisjoint(fold_text(found[0]).split()[1:4]):
        return False
    return _is_open(found, text)


def _is_crossed_out(text: str, crosses: re.Pattern[str]) -> bool:
    """Whether crosses stand where something is to be said."""
    if "XX" not in text or _NO_GAP.search(text):
        return False
    return any(
        found["of"] not in _NAMED and _is_open(found, text) for found in crosses.finditer(text)
    )


def _is_to_be_confirmed(text: str) -> bool:
    """Whether "TBC" stands for something that was known then: no plan is told of beside it."""
    return any(
        not _PLANS.search(_before(found, text)) and _is_open(found, text)
        for found in _TBC_ALONE.finditer(text)
    )


def _before(found: re.Match[str], text: str) -> str:
    """What its sentence says before it."""
    return _STOP.split(text[: found.start()])[-1]
