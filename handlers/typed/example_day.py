"""The day that stands as an example where a day of signing is asked for.

Does: puts a day shortly before the one in hand in place of the example in a sentence, so that what
is copied as it stands is no fault again. It is after the 12th, so that nobody takes it for a month.
Trusts: the sentence, which is ours, and the day passed in.
Never touches: the clock, what was entered.
Known limits: an example stands in figures after "such as" or after a label. The day of an entry of
a chronology is another matter (`handlers/table/example_entry.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from handlers.finding import Finding

# By itself, or on a line to be added behind its label: "Date: 28/05/2010".
_EXAMPLE = re.compile(
    r"(?P<before>such as |\"[^\"\d]{1,60}: )\d\d/\d\d/\d{4}"
    r"(?P<words> for \d{1,2} [A-Z][a-z]+ \d{4})?"
)
_MONTHS = 12


def example_day(today: date) -> date:
    """The latest day before today that can be read day first alone."""
    day = today - timedelta(days=1)
    while day.day <= _MONTHS:
        day -= timedelta(days=1)
    return day


def with_example(words: str, today: date) -> str:
    day = example_day(today)

    def example(found: re.Match[str]) -> str:
        return (
            found["before"]
            + f"{day:%d/%m/%Y}"
            + (f" for {day.day} {day:%B %Y}" if found["words"] else "")
        )

    return _EXAMPLE.sub(example, words)


def with_examples(
    findings: Iterable[Finding], of_signing: Callable[[str], bool], today: date
) -> tuple[Finding, ...]:
    """The findings, with such an example in those whose rule is about a day of signing."""
    return tuple(
        replace(f, fix=with_example(f.fix, today)) if of_signing(f.rule) else f for f in findings
    )
