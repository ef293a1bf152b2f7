"""The board's calendar: counts working days and writes dates as people do.

The day is always passed in. An office's own closures are days it is given, not days it knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Self

from holidays import HolidayBase, country_holidays

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Working days of one part of the United Kingdom: `subdivision` is ENG, SCT, WLS or NIR;
    `closures` are the office's own days off. Most commands ask about none, and the holidays are
    looked up when the first is asked about: that loads those of every country."""

    subdivision: str
    closures: tuple[date, ...] = ()
    _known: dict[date, bool] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def for_subdivision(cls, subdivision: str, closures: Iterable[date] = ()) -> Self:
        return cls(subdivision, tuple(closures))

    @cached_property
    def holidays(self) -> HolidayBase:
        days = country_holidays("GB", subdiv=self.subdivision)
        days.update(dict.fromkeys(self.closures, "Office closed"))
        return days

    def is_working_day(self, day: date) -> bool:
        """Whether the office is open on that day."""
        # Chasing asks about the same few hundred days very many times.
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = day.weekday() < 5 and day not in self.holidays
        return known

    def add_working_days(self, day: date, working_days: int) -> date:
        """The day so many working days after (or, below zero, before) `day`.

        Zero gives the day itself when it is a working day, else the next one.
        """
        if working_days == 0:
            while not self.is_working_day(day):
                day += _DAY
            return day
        step = _DAY if working_days > 0 else -_DAY
        for _ in range(abs(working_days)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_late(self, due: date, today: date) -> int:
        """Working days after `due`, up to and with `today`; 0 when it is not yet past."""
        count, day = 0, due
        while day < today:
            day += _DAY
            count += self.is_working_day(day)
        return count


def date_in_words(day: date) -> str:
    """ "Friday 16 April 2010"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def date_without_year(day: date) -> str:
    """ "Friday 16 April", where the year is plain."""
    return f"{day:%A} {day.day} {day:%B}"


def day_and_month(day: date) -> str:
    """ "16 April"."""
    return f"{day.day} {day:%B}"


def day_month_and_year(day: date) -> str:
    """ "16 April 2010"."""
    return f"{day.day} {day:%B %Y}"


def moment_in_words(at: datetime) -> str:
    """ "10:15am on Thursday 1 April 2010", in the zone `at` is in."""
    return f"{clock_time(at)} on {date_in_words(at.date())}"


def clock_time(at: datetime | time) -> str:
    """ "10:15am", in the zone `at` is in."""
    return f"{at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"


def utc_text(at: datetime) -> str:
    """A moment as the register keeps it: ISO 8601 in UTC, so that later is greater as text too."""
    return at.astimezone(UTC).isoformat()
