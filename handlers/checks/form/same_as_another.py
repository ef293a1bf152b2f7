"""Says in its own words what a request tells by something else: the day of another return ("at the
same time as the IMR"), or what was said just before ("the same again").

What it is told by is not asked for, and its name is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from config.calendar import day_month_and_year
from config.time_request_words import ONE_RETURN
from handlers.checks.form.requested_until import RequestedUntil, find_named_days, find_span
from handlers.values.day_words import NUMBER_WORD_PATTERN, NUMBER_WORDS
from handlers.values.normalise import fold_text
from handlers.values.relative_days import MORE_SUFFIX, later_day
from handlers.values.time_requests import spell_out_returns

DaysDue = tuple[tuple[str, date], ...]  # what a return is called, and when it is due

NO_DAY = "until a day"  # words that are read as a day which is not known
_SAME_DAY_AS = re.compile(
    r"(?:\b(?:at|on|by|until|to|for) )?\b(?:the )?same (?:time|day|date|deadline)s? (?:as|with)"
    r"(?: (?:for|is))?(?: (?:the|our|my|your|that of the))? (?P<other>[^.,;:?!()]{2,40})",
    re.I,
)
_AFTER_ANOTHER = re.compile(
    rf"(?:\bby )?\b(?P<n>a few|few|some|{NUMBER_WORD_PATTERN}) (?P<u>day|week|fortnight|month)s? "
    r"(?:after|behind|later than) (?P<other>(?:the|our|my) [^.,;:?!()]{2,40})",
    re.I,
)
_SAME_AGAIN = re.compile(
    r"\b(?:(?:until|till|to|by|for) )?the same(?: (?:again|amount|extension|extra time|time|day|"
    r"date|period|length of time))?\b"
    r"(?! (?:time|day|date|deadline|as|reason|author|person|records?|boxes)\b)",
    re.I,
)


def spell_out_same(said: Sequence[str], due: DaysDue, today: date) -> tuple[str, ...]:
    """The sentences with the day, or the span of time, in the place of what it is told by."""
    told = [_SAME_DAY_AS.sub(lambda m: _day_of(m["other"], said, due, today), one) for one in said]
    told = [_AFTER_ANOTHER.sub(lambda m: _after(m, due), one) for one in told]
    return tuple(_again(one, told[:at], today) for at, one in enumerate(told))


def day_due(name: str, due: DaysDue) -> date | None:
    """When a return is due, by any of its names."""
    known = {fold_text(noun): day for noun, day in due}
    plain = fold_text(name)
    return known.get(plain) or known.get(ONE_RETURN.get(plain, plain))


def _day_of(other: str, said: Sequence[str], due: DaysDue, today: date) -> str:
    """ "Until 28 May 2010": the day that is asked for the other return, or else its due one."""
    name = next((noun for noun, _ in due if _names(other, noun)), "")
    asked = (
        find_named_days([one], today)
        for one in said
        if name and _names(one, name) and not _SAME_DAY_AS.search(one)
    )
    own = next((days for days in asked if len(days) == 1), frozenset[date]())
    day = next(iter(own), None) or _with_span(name, said, due) or day_due(name, due)
    return f"until {day_month_and_year(day)}" if day else NO_DAY


def _with_span(name: str, said: Sequence[str], due: DaysDue) -> date | None:
    """The day that a span asked for a return comes to: "IMR: another fortnight"."""
    own = (find_span(one) for one in said if name and _names(one, name))
    number, _, unit = next(filter(None, own), "").removesuffix(MORE_SUFFIX).partition(" ")
    day = day_due(name, due)
    if day is None or number not in NUMBER_WORDS or "working" in unit:
        return None
    return later_day(number, unit, day)


def _after(found: re.Match[str], due: DaysDue) -> str:
    """ "A week after the IMR is due": the day that comes to."""
    day = next((day for noun, day in due if _names(found["other"], noun)), None)
    if day is None:
        return found[0]
    if found["n"].lower() not in NUMBER_WORDS:
        return "later"
    return f"until {day_month_and_year(later_day(found['n'].lower(), found['u'].lower(), day))}"


def _again(sentence: str, before: Sequence[str], today: date) -> str:
    """What was given or asked for just before, once more."""
    found = _SAME_AGAIN.search(sentence)
    if found is None or not before:
        return sentence
    days = find_named_days(before[-1:], today)
    as_told = f"until {day_month_and_year(*days)}" if len(days) == 1 else find_span(before[-1])
    return f"{sentence[: found.start()]}{as_told or NO_DAY}{sentence[found.end() :]}"


def _names(words: str, noun: str) -> bool:
    said = f" {spell_out_returns(fold_text(words))} "
    longer = (name for name, short in ONE_RETURN.items() if short == fold_text(noun))
    return any(f" {name} " in said for name in (fold_text(noun), *longer))


def is_before_due(day: date, names: Sequence[str], due: DaysDue) -> bool:
    """Whether a day gives no more time to any of the returns, or to any at all where none is
    named."""
    days = [one for name in names if (one := day_due(name, due))] or [one for _, one in due]
    return bool(days) and day <= min(days)


def without_days_before_due(
    read: RequestedUntil, names: Sequence[str], due: DaysDue
) -> RequestedUntil:
    """What is asked for, without days on which it is due at the latest: they were not meant."""
    if read.day is not None and is_before_due(read.day, names, due):
        return RequestedUntil(unread=True)
    if read.several:
        later = tuple(day for day in read.several if not is_before_due(day, names, due))
        if len(later) > 1:
            return RequestedUntil(several=later)
        return RequestedUntil(later[0]) if later else RequestedUntil(unread=True)
    if not read.each:
        return read
    each = tuple(
        (own, day)
        for own, day in read.each
        if not isinstance(day, date) or not is_before_due(day, own, due)
    )
    return replace(read, each=each) if each else RequestedUntil(unread=True)


_LISTED = re.compile(r"^\W*(?P<names>[^:]{2,60}):\s+\S")


def without_lines_in_time(said: Sequence[str], due: DaysDue, today: date) -> tuple[str, ...]:
    """A list without its lines whose day is no later than their return is due: "Chronology: by 16
    April"."""
    return tuple(one for one in said if not _is_in_time(one, due, today))


def _is_in_time(line: str, due: DaysDue, today: date) -> bool:
    found = _LISTED.match(line)
    names = [noun for noun, _ in due if found is not None and _names(found["names"], noun)]
    days = find_named_days([line], today) if names else frozenset[date]()
    return len(days) == 1 and is_before_due(min(days), names, due)
