"""Reads by how much more time a letter asks for a return to be late: "another fortnight on the
chronology, and a week on the IMR".

A span is not added to anything: the worker does not know when a return is due.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from handlers.checks.form.requested_days import RequestMark
from handlers.values.day_words import MONTH_PATTERN, NUMBER_WORD_PATTERN

_NUMBER = rf"(?:a couple|couple|{NUMBER_WORD_PATTERN}|\d{{1,2}})"
_MORE = "further|another|extra|additional|more"
_BY = "extension of|extended by|by|back|put back"
_HAVE = "need|give|allow|grant|have|take|slip by(?: about)?"
_NO_SPAN = "ago|of|off|away|until|leave|before|on|from|after|today|tomorrow"
_UNIT = r"(?:working days?|days?|weeks?|fortnights?|months?)"
_SPANS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<n>{_NUMBER}) (?:more|extra|further|additional) (?P<u>{_UNIT})\b",
        rf"\b(?:{_MORE})(?: (?P<n>{_NUMBER}))?(?: more)? (?P<u>{_UNIT})\b",
        rf"\b(?P<n>{_NUMBER}) (?P<u>{_UNIT})s? (?:more|longer|late|later|extra|extension|grace)\b",
        rf"\b(?P<n>{_NUMBER}) (?P<u>{_UNIT})s? (?:on|for) (?:each|both|all)\b",
        rf"\b(?:{_BY})(?: about)? (?P<n>{_NUMBER}) (?P<u>{_UNIT})\b",
        rf"\b(?P<n>{_NUMBER}) (?P<u>{_UNIT})s? (?:would|will|should|ought to|might) "
        r"(?:do|be enough|suffice|help|be plenty|see us)\b",
        rf"\b(?:{_HAVE})(?: us| me)? (?P<n>{_NUMBER}) (?P<u>{_UNIT})\b(?! (?:{_NO_SPAN})\b)",
    )
)
# Behind a span that is only about as long: "a week or so", "another week or two".
_ABOUT = re.compile(r"s? or (?:so|two|three|four|more|longer)\b")
# A span or a day that nobody can reckon, where a return has it for its own.
_FROM_ABOUT = r"(?:until|till|to|by|after|before|around|about|over|in)"
_ROUGHLY = (
    r"(?:about|around|some ?time (?:in|after)|just|shortly|straight|after|the|early|late|"
    r"(?:the )?(?:start|beginning|first half|second half|end) of(?: the)?)"
)
_SEASON = (
    r"(?:half[ -]?term|easter|whitsun|christmas|new year|end of term|term|"
    r"(?:(?:easter|whitsun|summer|spring|school|bank) )?(?:holidays?|break)|"
    r"summer|spring|autumn|winter)"
)
_UNREAD = re.compile(
    rf"\b(?:a|one|another|{_NUMBER}) (?:more |extra |further )?{_UNIT} or (?:so|two|three|more)\b"
    rf"|\b(?:a few|some|several) (?:more |extra |further )?{_UNIT}\b(?! ago)"
    r"|\ba (?:bit|little)(?: more time| longer)\b"
    rf"|\b{_FROM_ABOUT}(?: {_ROUGHLY})* {_SEASON}\b"
    rf"|\b{_FROM_ABOUT}(?: {_ROUGHLY})* (?!may\b){MONTH_PATTERN}\b(?! \d)"
    rf"|\b(?:early|late) {MONTH_PATTERN}\b(?! \d)"
)
# Beside one that is asked for, another for a return: "and a week on the IMR". What was spent is not
# asked for.
_BESIDE = re.compile(
    r"(?<!spent )(?<!took )(?<!lost )(?<!taken )(?<!worked )(?<!been )"
    rf"\b(?P<n>{_NUMBER}) (?P<u>{_UNIT})s?(?= (?:on|for|with) (?:the|our|my)\b)"
)

# Before a day that says a span once more, and behind one that has a return of its own.
_RESTATES = re.compile(
    r"(?:\b(?:i\.? ?e\.?|that is(?: to say)?|namely|so|viz\.?|until|till|to|by|on|say|making it|"
    r"which (?:is|would be|takes us to)),?|[(–-])(?: (?:until|till|to|by|on))?(?: the)? ?$"
)
_PARTED = re.compile(r" and | but |;|:")
_OWN_RETURN = re.compile(r"s?,? (?:on|for|with) (?:the|our|my) \w")


def find_span_marks(texts: Sequence[str]) -> Iterator[RequestMark]:
    """Each span that is asked for, and where it stands. `texts` are sentences in small letters."""
    for at, text in enumerate(texts):
        plain = [found for pattern in _SPANS for found in pattern.finditer(text)]
        beside = _BESIDE.finditer(text) if plain else ()
        taken = 0
        for found in sorted((*plain, *beside), key=lambda one: (one.start(), -one.end())):
            if found.start() >= taken and _is_number(found, text):
                taken = found.end()
                span = _in_words(found["n"] or "a", found["u"])
                yield RequestMark(at, found.start(), found.end(), span=span)


def span_in_words(text: str) -> str:
    """ "Two weeks more", of a sentence in small letters; "" where it has none. "A few more days"
    are no number of days."""
    for pattern in _SPANS:
        found = pattern.search(text)
        if found and _is_number(found, text):
            return _in_words(found["n"] or "a", found["u"])
    return ""


def find_unread_marks(texts: Sequence[str]) -> Iterator[RequestMark]:
    """Each span or day that is asked for and that nobody can reckon: "till half-term", "a week or
    so"."""
    for at, text in enumerate(texts):
        for found in _UNREAD.finditer(text):
            yield RequestMark(at, found.start(), found.end())


def _is_number(found: re.Match[str], text: str) -> bool:
    """Whether it is so long, and neither some days nor about as long."""
    said = bool(found["n"]) or not found["u"].endswith("s")
    return said and not _ABOUT.match(text, found.end("u"))


def _in_words(number: str, unit: str) -> str:
    """ "Two weeks more", however it is said."""
    number = {"a": "one", "an": "one"}.get(number, number)
    number = "two" if "couple" in number else number
    unit = unit.removesuffix("s")
    if unit == "fortnight":
        number, unit = ("two", "week") if number in ("one", "1") else (number, unit)
    return f"{number} {unit}{'' if number in ('one', '1') else 's'} more"


def without_restated(
    texts: Sequence[str], spans: Iterable[RequestMark], days: Sequence[RequestMark]
) -> Iterator[RequestMark]:
    """Without the spans that the day behind them says once more: "one more week for the IMR, i.e.
    until 4 June"."""
    found = list(spans)
    for span in found:
        behind = (
            one
            for one in (*days, *found)
            if one.sentence == span.sentence and one.start >= span.end
        )
        following = min(behind, key=lambda one: one.start, default=None)
        if following is None or following.day is None or not _is_same(texts, span, following):
            yield span


def _is_same(texts: Sequence[str], span: RequestMark, day: RequestMark) -> bool:
    text = texts[span.sentence]
    between = text[span.end : day.start]
    if _PARTED.search(between) or _OWN_RETURN.match(text, day.end):
        return False
    return _RESTATES.search(between) is not None


def is_of_its_own_return(
    texts: Sequence[str], span: RequestMark, days: Sequence[RequestMark]
) -> bool:
    """Whether a span has a return behind it, and a day stands in the same sentence: that one is not
    for all, then."""
    beside = any(one.sentence == span.sentence for one in days)
    return beside and _OWN_RETURN.match(texts[span.sentence], span.end) is not None
