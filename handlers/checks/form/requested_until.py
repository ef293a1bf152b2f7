"""Reads until when a letter asks for more time: a day, a span of time, or words not read.

The days of other things, the day a return is due and days gone by are left out. A span is not added
to anything: the worker does not know when a return is due.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.checks.form.requested_days import RequestMark, pair_returns_with_days
from handlers.checks.form.requested_spans import (
    find_span_marks,
    find_unread_marks,
    is_of_its_own_return,
    span_in_words,
    without_restated,
)
from handlers.values.day_words import (
    MONTH_PATTERN,
    MONTH_STEMS,
    WEEKDAY_PATTERN,
    WEEKDAYS,
)
from handlers.values.normalise import plain_characters
from handlers.values.relative_days import NearDay, encode_relative_day, find_near_days
from handlers.values.time_requests import NamesAndTerm

MAX_TIME_AHEAD = timedelta(days=300)  # a day without a year is the next such day, if it is so near
MID_MONTH = 15  # the day nearest to the middle of any month
MAX_SENTENCE_LENGTH = 1_000  # characters of a sentence

_WEEKDAY = rf"(?:{WEEKDAY_PATTERN},? )?"
_DAYS = re.compile(
    rf"\b{_WEEKDAY}(?:the )?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{MONTH_PATTERN})\b"
    r"(?:,? (?P<y1>(?:20)?\d\d)\b)?"
    rf"|\b{_WEEKDAY}(?P<m2>{MONTH_PATTERN}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?:,? (?P<y2>20\d\d)\b)?"
    r"|\b(?P<d3>\d{1,2})[./-](?P<n3>\d{1,2})(?:[./-](?P<y3>(?:20)?\d\d))?\b"
    r"|\b(?P<y4>20\d\d)-(?P<n4>\d\d)-(?P<d4>\d\d)\b"
    rf"|\bend of (?:the month of )?(?P<end>{MONTH_PATTERN})\b(?: (?P<y5>20\d\d)\b)?"
    rf"|\b(?:middle of |mid[ -]?)(?P<mid>{MONTH_PATTERN})\b"
    rf"|\b(?P<w6>{WEEKDAY_PATTERN}),? (?:the )?(?P<d6>\d{{1,2}})"
    r"(?:(?:st|nd|rd|th)\b|(?![\d:.]|th| ?[ap]m)\b)"
    r"|\b(?:the|(?<=by )|(?<=to )|(?<=until )|(?<=till )|(?<=before )|(?<=on )) ?"
    r"(?P<d7>\d{1,2})(?:st|nd|rd|th)\b"
)
_WEEKDAY_FIRST = re.compile(rf"{WEEKDAY_PATTERN}\b")
# The day that stands, or that cannot be met.
_CANNOT = (
    "cannot|unable|not|wont|unlikely|hoped|meant|fail|impossible|struggl(?:e|ing)|hard|difficult"
)
_OLD = re.compile(
    r"(?:\b(?:due|deadline|originally|submission date)\b[^.;?]{0,25}|"
    r"\b(?:rather than|instead of) (?:on |by )?|"
    r"\b(?:leeway|flexibility|slack|movement|make) (?:on |with |over |about |to )?(?:the )?|"
    rf"\b(?:{_CANNOT})\b[^.;?]{{0,60}} (?:by|for|on|meet)(?: the)? |\bfrom )$"
)
_STILL_ASKED = re.compile(
    r"\b(?:moved|changed|put back|extended|due)\b[^.;?]{0,12}\bto(?: the)? $|"
    r"\bto be due (?:on|by) $|\b(?:deadline|due date)\b[^.;?]{0,20} (?:be|become) $"
)
# "Back to" a day that is asked for, and not somebody's return to work.
_PUT_BACK = re.compile(
    r"\b(?:put(?:ting)?|mov(?:ed?|ing)|push(?:ed|ing)?|set)\b[^.;?]{0,40}"
    r"\bback\b[^.;?]{0,12}\b(?:to|till|until)(?: the)? $"
)
# The day of something gone by, or of work elsewhere, as a bare "Friday" may well be.
_ELSEWHERE = re.compile(
    r"\b(?:was|were|had|has|have been|did|last|happened|only|got|received|sent|rang|spoke|court|"
    r"clinic|training|panel|inspect\w*|works?|working|closed|shut)\b[^.;?,]{0,40}$"
)
_WOULD_DO = re.compile(r"\b(?:is|are|if|does|how about|what about|make it)\b")
# The day of something else: a letter, a leave, a meeting.
_OTHER = re.compile(
    r"\b(?:leave|leaves|abroad|away|off|off sick|absent|hospital|back|returns?|returned|starts?|"
    r"started|begins?|began|since|letter|e ?mail|dated|request|meets?|meeting|trial|hearing|post|"
    r"interview\w*|went|came|died|ill|sick|holiday|born|ends?|until she|until he|met|joins?|"
    r"available|operation)"
    r"(?: (?:on|of|from|until|till|to|in|at|by|for|again|only|the|work|dated|both|after))* $"
)
# Where it is asked whether that would do: "all right if the IMR came on".
_WOULD_IT_DO = re.compile(
    r"\b(?:all ?right|ok|okay|fine|acceptable|possible|mind|problem|matter|convenient|helpful|suit)"
    r"\b[^.;?]{0,20}\bif (?:we|i|the|our|it|this|that|they)\b"
    r"(?![^.;?]*\b(?:leave|holiday|away|author)\b)"
)
# The same where the day comes first: "in two weeks our author is back".
_LEADS = re.compile(r"(?:(?:on|from|until|by|it is|only) )*(?:the )?$")
_THEIR_DAY = re.compile(
    r",? (?:the|our|my|she|he|her|his|they|somebody|i|we|you)\b[^.;?,]{0,30}"
    r"\b(?:(?:is|am|are|comes?|will be|shall be|be) (?:back|away|off|absent|abroad|"
    r"unavailable|"
    r"on (?:\w+ )?(?:leave|holiday)|in (?:post|court|hospital|clinic)|at (?:a|the)\b|on a\b|"
    r"meeting|interviewing|seeing)|returns?|leaves?|starts?|(?:have|has) (?:a|an|the|our|my)\b)"
)
_LEADS_CLAUSE = re.compile(
    r"(?:^|[,;:] |\b(?:that|and|but|because|as|since) )(?:on |from |until |by )?(?:the )?$"
)
# The day of something that happens: "the meeting with the police on", "leave from 12 April to".
_EVENT = re.compile(
    r"\b(?:meetings?|appointment|hearing|trial|interviews?|operation|conference|course|inspection|"
    r"inquest|visit|training|funeral|holiday|leave|away|absent|abroad|court|clinic|release[ds]?|"
    r"bank holiday|strike|workshop|seminar|wedding)"
    r"(?: (?!(?:could|can|cannot|may|might|would|need|please|ask|extension|until|so|then|we|i)\b)"
    r"\w+){0,5}"
    r" (?:on|from|between|and|to|till|is|are|–|-)(?: the)? ?$"
)
_DAY_AFTER = re.compile(r"\b(?:the )?(?:day after(?: that| this| then)?|following day|next day)\b")
_ONE_OR_THE_NEXT = re.compile(
    rf"\b(?P<a>\d{{1,2}})(?:st|nd|rd|th)? or (?:the |{_WEEKDAY})?(?P<b>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?P<month>(?: of)? (?:{MONTH_PATTERN})\b)"
)
MAX_DAYS_APART = 3  # days: of "the 7th or 8th June" the later gives time for both
_OF_ONE = re.compile(
    r"\b(?:chronology|imr|review|report|form|statement|rest|others?)(?: be| is| are)?"
    r"(?: moved| extended| put back)? (?:until|till|to|by|on)(?: the)? $"
)
_FOR_ONE = re.compile(
    r",? for (?:(?:the|our|both|all) )*(?:chronology|imr|individual|management|review|report|qa|"
    r"quality|form|evaluation|statement|rest|others?)\b"
)
_OR = re.compile(
    r",? (?:or|and)(?: possibly| perhaps| even| failing that)?,?(?: by| on| until)?(?: the)? "
)
_MEANT = re.compile(
    r"\b(?:until|till|to|say|by|on|before|than|for)(?: about| around| say)?(?: the)? $"
)
_ASKS = re.compile(
    r"\b(?:ask|asking|request\w*|extension|extend\w*|more time|longer|until|till|could|may we|"
    r"can we|would|please|grateful|propose|hope|expect|aim|intend|need|realistic|acceptable|"
    r"instead|put back|moved|late|let you have|cannot be with you before)\b"
)
_VAGUE = re.compile(
    rf"\b(?:{MONTH_PATTERN}|{WEEKDAY_PATTERN}|week|weeks|month|months|fortnight|"
    r"tomorrow|today|soon|shortly|half[ -]?term|(?:till|until|by|after) then|"
    r"holidays?|spring|summer|autumn|winter|easter|christmas|"
    r"\d{1,2}(?:st|nd|rd|th)|a day|days|date)\b"
)
_THEIRS = re.compile(
    r"\bmay (?:we|i|be|have|need|not|well|it|also|take)\b|"
    r"\b(?:we|i|you|it|this|they|which|that) may\b|"
    r"\b(?:due|new|later|revised|another|given|the|set|end) date\b|\bdate of\b"
)


@dataclass(frozen=True, slots=True)
class RequestedUntil:
    """`day`, or else `span` in words of ours, or in those that are read by the due date. `unread`
    says that there may be one all the same."""

    day: date | None = None
    span: str = ""
    unread: bool = False
    each: tuple[NamesAndTerm, ...] = ()  # returns with days of their own
    several: tuple[date, ...] = ()  # days of which it is not plain which is for which


@dataclass(frozen=True, slots=True)
class _Day:
    """A day in a sentence, the place where its words stand, and how surely it is asked for; None
    for one of something else. `near` is what was read where it is told by another day."""

    day: date
    start: int
    end: int
    weight: int | None
    near: NearDay | None = None

    @property
    def certain_day(self) -> date | None:
        """The day where it has one reading."""
        return None if self.near is not None and len(self.near.days) > 1 else self.day


def read_requested_until(
    sentences: Sequence[str], today: date, names: Sequence[str] = ()
) -> RequestedUntil:
    """What the letter asks for, all its sentences taken together. `names` are those of returns."""
    texts = [_plain(sentence) for sentence in sentences]
    best: tuple[int, _Day] | None = None
    last: date | None = None
    each, marks = dict[date, None](), list[RequestMark]()
    left, month = [], today
    for at, text in enumerate(texts):
        days = list(_days(text, today, month))
        days = [*days, *_day_after(text, days, last)]
        last = days[-1].day if days else last
        month = days[-1].day if days else month
        meant = [one for one in days if one.weight is not None]
        marks += [RequestMark(at, one.start, one.end, day=one.certain_day) for one in meant]
        each |= {one.day: None for one in meant if _of_one(text, one) or _of_two(text, one, meant)}
        for one in meant:
            if best is None or (one.weight or 0) >= best[0]:
                best = one.weight or 0, one
        left.append(_without(text, days))
    paired = pair_returns_with_days(texts, marks, names)
    spans = [] if paired else [*without_restated(texts, find_span_marks(texts), marks)]
    unread = [*find_unread_marks(texts), *_find_odd_days(texts, today)] if marks or spans else []
    read = [*marks, *spans]
    for more in [unread, []] if unread else [[]]:
        if pairs := pair_returns_with_days(texts, [*read, *more], names):
            return RequestedUntil(each=pairs)
    if len(each) > 1:
        return RequestedUntil(several=tuple(each))
    if best is not None and any(is_of_its_own_return(texts, span, marks) for span in spans):
        return RequestedUntil(unread=True)
    if best is not None:
        return _said(best[1], today)
    if span := next((found for text in texts if (found := span_in_words(text))), ""):
        return RequestedUntil(span=span)
    return RequestedUntil(unread=any(_VAGUE.search(_THEIRS.sub(" ", text)) for text in left))


def _day_after(text: str, days: Sequence[_Day], last: date | None) -> Iterator[_Day]:
    """ "The day after that", whatever that day was of."""
    found = _DAY_AFTER.search(text)
    if found is None:
        return
    before = [one.day for one in days if one.end <= found.start()]
    day = before[-1] if before else last
    if day is not None and not any(one.start >= found.start() for one in days):
        yield _Day(day + timedelta(1), found.start(), found.end(), 1 + 2)


def _said(one: _Day, today: date) -> RequestedUntil:
    if one.near is not None and one.near.words:
        return RequestedUntil(span=encode_relative_day(one.near.words, today))
    return RequestedUntil(one.day)


def find_named_days(sentences: Sequence[str], today: date) -> frozenset[date]:
    """Every day that is named, whatever is said of it; that a return is due on, among others. What
    comes tomorrow asks for no more time."""
    days = (one for text in map(_plain, sentences) for one in _days(text, today, today))
    return frozenset(one.day for one in days if one.near is None or not one.near.soon)


def _of_one(text: str, one: _Day) -> bool:
    """Whether a day is asked for one return by name: "chronology to 30 April, IMR to 18 June",
    "30 April for the chronology"."""
    return bool(_OF_ONE.search(text[: one.start]) or _FOR_ONE.match(text[one.end :]))


def _of_two(text: str, one: _Day, days: Sequence[_Day]) -> bool:
    """Whether it is one of two days side by side: "the 5th or the 12th"."""
    after = (text[one.end : other.start] for other in days if other.start > one.end)
    before = (text[other.end : one.start] for other in days if other.end < one.start)
    return any(_OR.fullmatch(between) for between in (*after, *before))


def _plain(sentence: str) -> str:
    text = (
        plain_characters(sentence[:MAX_SENTENCE_LENGTH]).lower().replace("'", "").replace("’", "")
    )
    text = " ".join(re.sub(r"[()\"]", " ", text).split())
    return _ONE_OR_THE_NEXT.sub(_later_of_two, text)


def _later_of_two(found: re.Match[str]) -> str:
    """ "7th or 8th June" as the later, which gives time for both; else each with its month."""
    a, b, month = int(found["a"]), int(found["b"]), found["month"]
    if 0 < b - a <= MAX_DAYS_APART:
        return f"{b}{month}"
    return f"{a}{month} or {b}{month}"


def _without(text: str, days: Sequence[_Day]) -> str:
    for one in reversed(days):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def _days(text: str, today: date, month: date) -> Iterator[_Day]:
    """Each day, a bare "the 30th" in the month of the one before it."""
    own = list(_of_their_own(text, today, month))
    near = [
        _Day(one.days[0], one.start, one.end, _weight_near(text, one, today), one)
        for one in find_near_days(text, today)
        if not any(day.start < one.end and one.start < day.end for day in own)
    ]
    yield from sorted((*own, *near), key=lambda one: one.start)


def _of_their_own(text: str, today: date, month: date) -> Iterator[_Day]:
    """Those with a figure; one whose weekday is another is none: nobody knows which is meant."""
    for found in _DAYS.finditer(text):
        day = _read(found, today, month)
        if day is not None and not _is_odd(found[0], day):
            month = day
            yield _Day(day, found.start(), found.end(), _weight(text, found.span(), day, today))


def _find_odd_days(texts: Sequence[str], today: date) -> Iterator[RequestMark]:
    """Each day whose weekday is another."""
    for at, text in enumerate(texts):
        for found in _DAYS.finditer(text):
            day = _read(found, today, today)
            if day is not None and day > today and _is_odd(found[0], day):
                yield RequestMark(at, found.start(), found.end())


def _is_odd(words: str, day: date) -> bool:
    named = _WEEKDAY_FIRST.match(words)
    return named is not None and named[0] != WEEKDAYS[day.weekday()]


def _weight_near(text: str, one: NearDay, today: date) -> int | None:
    """A bare weekday counts for less than any other, and only where something is asked."""
    weight = _weight(text, (one.start, one.end), one.days[-1], today)
    if weight is None or one.words.lower() not in WEEKDAYS:
        return weight
    asks = _ASKS.search(text) or _WOULD_DO.search(text)
    return None if _ELSEWHERE.search(text[: one.start]) or not asks else 0


def _weight(text: str, at: tuple[int, int], day: date, today: date) -> int | None:
    before = text[: at[0]]
    clause = re.split(r"[;:]|, (?=and|but|so|who|which|because|as|since)", before)[-1][-90:]
    leads = _LEADS.match(before) or _LEADS_CLAUSE.search(before)
    if leads and _THEIR_DAY.match(text[at[1] :]):
        return None
    if _EVENT.search(" ".join(_DAYS.sub(" ", clause).split()) + " ") and not _PUT_BACK.search(
        clause
    ):
        return None
    instead = re.match(r"[^.;,]{0,20}\binstead\b", text[at[1] :]) is not None
    supposed = _PUT_BACK.search(clause) or _WOULD_IT_DO.search(clause)
    if day <= today or (_OTHER.search(clause) and not supposed):
        return None
    if _OLD.search(clause) and not instead and not _STILL_ASKED.search(clause):
        return None
    return 1 + (_ASKS.search(text) is not None) + (_MEANT.search(before) is not None)


def _read(found: re.Match[str], today: date, month: date) -> date | None:
    part = found.groupdict()
    year = next((part[key] for key in ("y1", "y2", "y3", "y4", "y5") if part[key]), None)
    number = next((part[key] for key in ("d1", "d2", "d3", "d4", "d6", "d7") if part[key]), None)
    named = next((part[key] for key in ("m1", "m2", "end", "mid") if part[key]), None)
    counted = part["n3"] or part["n4"]
    at = MONTH_STEMS.index(named[:3]) + 1 if named else int(counted) if counted else 0
    if part["end"]:
        return _last_of(at, int(year) if year else None, today)
    if part["mid"]:
        return _nearest(at, MID_MONTH, today)
    if at == 0:
        return _next_such(int(number or 0), max(today, month.replace(day=1)))
    whole = _year(year)
    return _made(whole, at, int(number or 0)) if whole else _nearest(at, int(number or 0), today)


def _year(year: str | None) -> int | None:
    return (int(year) if len(year) == 4 else 2000 + int(year)) if year else None


def _last_of(month: int, year: int | None, today: date) -> date | None:
    first = _made(year, month, 1) if year else _nearest(month, 28, today)
    if first is None:
        return None
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return after - timedelta(days=1)


def _nearest(month: int, number: int, today: date) -> date | None:
    """The next such day, or the last where the next is far ahead."""
    this, following = _made(today.year, month, number), _made(today.year + 1, month, number)
    if this is not None and this < today and following and following - today <= MAX_TIME_AHEAD:
        return following
    return this


def _next_such(number: int, from_: date) -> date | None:
    here = _made(from_.year, from_.month, number)
    if here is not None and here > from_:
        return here
    after = (from_.replace(day=28) + timedelta(days=4)).replace(day=1)
    return _made(after.year, after.month, number)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_span(sentence: str) -> str:
    """ "Two weeks more", in whatever words a sentence has it; "" for none."""
    return span_in_words(_plain(sentence))
