"""Reads which return is asked for until which day, where a request has days of several.

A return stands in the same sentence as its day, or right before or behind it; where it is not plain
which belongs to which, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.values.day_words import NUMBER_WORD_PATTERN, NUMBER_WORDS
from handlers.values.time_requests import (
    REMAINING_PATTERN,
    REMAINING_RETURNS,
    NamesAndTerm,
    RequestedTerm,
)

MAX_MARKS = 40  # marks in a letter; what has more is not read

_COUNTED = NUMBER_WORDS | {"another": 1, "the": 1}
_UNITS = {"day": 1, "week": 7, "fortnight": 14}
_AFTER = re.compile(
    rf"\b(?:(?P<n>another|the|{NUMBER_WORD_PATTERN}) "
    r"(?P<u>day|week|fortnight)s? (?:after|later)(?: that| this)?|"
    r"(?P<vague>(?:a few|some|several) (?:days|weeks) (?:after|later)(?: that| this)?|"
    r"after that|thereafter|soon after|later on|to follow|will follow|would follow))\b"
)
_FOR = re.compile(r"^,? ?(?:each |both )?(?:for|in respect of|on|with) (?:(?:the|our|both|all) )*$")


@dataclass(frozen=True, slots=True)
class RequestMark:
    """A day, a `span` or the name of a return, and where it stands. What is none of them is a day
    after that."""

    sentence: int
    start: int
    end: int
    name: str = ""
    day: date | None = None
    span: str = ""  # "two weeks more"

    @property
    def term(self) -> RequestedTerm:
        return self.span or self.day


def pair_returns_with_days(
    texts: Sequence[str], days: Iterable[RequestMark], names: Sequence[str]
) -> tuple[NamesAndTerm, ...] | None:
    """Each day with its returns, in the order of the letter; None where that is not plain. `texts`
    are the sentences in small letters, `days` those asked for in them."""
    marks = sorted((*days, *_named(texts, names)), key=lambda one: (one.sentence, one.start))
    marks = list(_with_those_after(texts, marks))
    if len(marks) > MAX_MARKS or sum(not one.name for one in marks) < 2:
        return None
    with_days = {one.sentence for one in marks if not one.name}
    near = [one for one in marks if one.sentence in with_days]
    ways = (_each_before_for(texts, marks), _by_sentence(near), _in_runs(near), _in_runs(marks))
    return next((tuple(_merged(way)) for way in ways if way and _agree(way)), None)


def _named(texts: Sequence[str], names: Sequence[str]) -> Iterator[RequestMark]:
    words = "|".join(sorted((re.escape(n.lower()) for n in names), key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{words or '(?!)'})(?=s?\b)")
    called = {name.lower(): name for name in names}
    for at, text in enumerate(texts):
        for found in pattern.finditer(text):
            yield RequestMark(at, found.start(), found.end(), called[found[0]])
        for found in REMAINING_PATTERN.finditer(text):
            yield RequestMark(at, found.start(), found.end(), REMAINING_RETURNS)


def _with_those_after(texts: Sequence[str], marks: Sequence[RequestMark]) -> Iterator[RequestMark]:
    """With the days that are said by another: "a week after that"."""
    added, taken = list[RequestMark](), {(one.sentence, one.start) for one in marks if one.day}
    for at, text in enumerate(texts):
        said = [one for one in _AFTER.finditer(text) if (at, one.start()) not in taken]
        for found in [one for one in said if one["n"]] or said:
            before = [m.day for m in marks if m.day and (m.sentence, m.start) < (at, found.start())]
            last = before[-1] if before else None
            if last is not None:
                n, unit = found["n"], found["u"]
                day = last + timedelta(_COUNTED[n] * _UNITS[unit]) if n else None
                added.append(RequestMark(at, found.start(), found.end(), day=day))
    yield from sorted((*marks, *added), key=lambda one: (one.sentence, one.start))


def _each_before_for(texts: Sequence[str], marks: Sequence[RequestMark]) -> list[NamesAndTerm]:
    """ "5 May for the chronology and 28 May for the rest": every day with "for" behind it."""
    found = list[NamesAndTerm]()
    for at, one in enumerate(marks):
        if one.name:
            continue
        own = _run(marks, at + 1)
        between = texts[one.sentence][one.end : own[0].start] if own else ""
        if not own or own[0].sentence != one.sentence or not _FOR.match(between):
            return []
        found.append((tuple(m.name for m in own if m.sentence == one.sentence), one.term))
    return found


def _run(marks: Sequence[RequestMark], at: int) -> list[RequestMark]:
    """The names from there on, up to the next day."""
    run = list[RequestMark]()
    for one in marks[at:]:
        if not one.name:
            break
        run.append(one)
    return run


def _by_sentence(marks: Sequence[RequestMark]) -> list[NamesAndTerm]:
    """Each sentence with a day has that one, and names returns."""
    found = list[NamesAndTerm]()
    for at in dict.fromkeys(one.sentence for one in marks):
        own = [one for one in marks if one.sentence == at]
        days = [one.term for one in own if not one.name]
        names = tuple(one.name for one in own if one.name)
        if len(days) > 1 or (days and not names):
            return []
        if days:
            found.append((names, days[0]))
    return found


def _in_runs(marks: Sequence[RequestMark]) -> list[NamesAndTerm]:
    """Days between runs of names: each has the one behind it, or each the one before it; and of
    two, one may have the one before and the other the one behind."""
    days = [(at, one.term) for at, one in enumerate(marks) if not one.name]
    runs = [_last_list(_run(marks, 0)), *(_names(_run(marks, at + 1)) for at, _ in days)]
    first, *behind = runs
    *before, last = runs
    if all(behind) and not first:
        return [(run, day) for run, (_, day) in zip(behind, days, strict=True)]
    if all(before) and not last:
        return [(run, day) for run, (_, day) in zip(before, days, strict=True)]
    if len(days) == 2 and first and last and not runs[1]:
        return [(first, days[0][1]), (last, days[1][1])]
    return []


def _last_list(run: Sequence[RequestMark]) -> tuple[str, ...]:
    """Of "for the chronology and IMR: chronology ..." what is listed last."""
    names = _names(run)
    again = [at for at, name in enumerate(names) if name in names[:at]]
    return names[again[0] :] if again else names


def _names(run: Sequence[RequestMark]) -> tuple[str, ...]:
    return tuple(one.name for one in run)


def _agree(pairs: Sequence[NamesAndTerm]) -> bool:
    """No return has two days, and there are several days."""
    days = dict[str, RequestedTerm]()
    for names, day in pairs:
        if any(days.setdefault(name, day) != day for name in names):
            return False
    return len({day for _, day in pairs}) > 1


def _merged(pairs: Sequence[NamesAndTerm]) -> Iterator[NamesAndTerm]:
    by_day = dict[RequestedTerm, list[str]]()
    for names, day in pairs:
        by_day.setdefault(day, []).extend(names)
    for day, all_of_it in by_day.items():
        yield tuple(dict.fromkeys(all_of_it)), day
