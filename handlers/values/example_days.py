"""The example of a day in a rule's sentence: near the letter's day, and not to be misread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from config.calendar import day_month_and_year
from handlers.findings import Finding

_MONTHS_OF_A_YEAR = 12

# By itself, or on a line to be added behind its label: "Date: 28/05/2010".
_EXAMPLE = re.compile(
    r"(?P<before>such as |\"[^\"\d]{1,60}: )\d\d/\d\d/\d{4}"
    r"(?P<words> for \d{1,2} [A-Z][a-z]+ \d{4})?"
)


def example_day(today: date) -> date:
    """The latest day before today that can be read day first alone."""
    day = today - timedelta(days=1)
    while day.day <= _MONTHS_OF_A_YEAR:
        day -= timedelta(days=1)
    return day


def example_to_come(today: date) -> date:
    """The first day more than two weeks after today that can be read day first alone."""
    day = today + timedelta(days=15)
    while day.day <= _MONTHS_OF_A_YEAR:
        day += timedelta(days=1)
    return day


def with_example_day(words: str, day: date) -> str:
    def example(found: re.Match[str]) -> str:
        return (
            found["before"]
            + f"{day:%d/%m/%Y}"
            + (f" for {day_month_and_year(day)}" if found["words"] else "")
        )

    return _EXAMPLE.sub(example, words)


def with_example_days(
    findings: Iterable[Finding], example: Callable[[str], date | None]
) -> tuple[Finding, ...]:
    """The findings, with such an example in those for whose rule there is one."""
    days = ((f, example(f.rule)) for f in findings)
    return tuple(replace(f, fix=with_example_day(f.fix, day)) if day else f for f, day in days)
