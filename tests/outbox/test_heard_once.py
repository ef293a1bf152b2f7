"""Over many boards: nobody hears the same twice in a week, and nothing late is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from config.calendar import Calendar
from handlers.register.dependent_returns import DueDay, due_days
from handlers.register.matrix import ReturnRow
from outbox.chasing.suppression import WaitingMatters
from outbox.due.ladder_steps import ToldSteps
from outbox.writing.letter import Draft
from tests import combinations
from tests.outbox.climbing import CHAIR, KINDS, LADDER, climb, row

ENGLAND = Calendar.for_subdivision("ENG")
FIRST, LAST = date(2010, 4, 12), date(2010, 6, 30)
USUAL = ("chronology", "imr", "qa_form", "evaluation_statement")
OWN_LADDER = ("chronology", "imr", "panel_representative", "staff_to_interview")
STORIES = 5  # of each seed; all by `make sweeps`
WAITS = WaitingMatters(referred=(41,))
Days = tuple[date, date]  # from the one, and until before the other


@dataclass(frozen=True)
class Story:
    """Returns by kind with the days on which each falls due, the later from a day on which more
    time was agreed; and from when until when something keeps each silent."""

    due: Mapping[str, tuple[tuple[date, date], ...]]
    silent: Mapping[str, tuple[Days, ...]]

    def rows(self, today: date) -> list[ReturnRow]:
        given = dict[str, DueDay]()
        for kind, days in self.due.items():
            version = sum(agreed <= today for agreed, _ in days)
            given[kind] = DueDay(days[version - 1][1], version)
        return [
            row(id, kind, due.day, version=due.version)
            for id, (kind, due) in enumerate(due_days(given, KINDS).items(), 1)
        ]

    def waiting(self, today: date) -> dict[str, WaitingMatters]:
        return {
            kind: WAITS
            for kind, spans in self.silent.items()
            if any(begins <= today < ends for begins, ends in spans)
        }


@dataclass(frozen=True)
class Told:
    """What a reader was told on a day: the letter, and the returns that it asks for, each with the
    number of its due date and of its step."""

    day: date
    reader: str
    kind: str
    about: tuple[tuple[int, int, int], ...]


def a_story(random: Random, kinds: Sequence[str]) -> Story:
    some = random.sample(kinds, random.randint(1, len(kinds)))
    same = _a_day(random, 20)
    due, silent = {}, {}
    for kind in some:
        first = same if random.random() < 0.4 else _a_day(random, 20)
        days = [(FIRST, first)]
        if random.random() < 0.3:
            agreed = ENGLAND.add_working_days(first, random.randint(-3, 8))
            days.append((agreed, ENGLAND.add_working_days(agreed, random.randint(1, 12))))
        due[kind] = tuple(days)
        begins = [
            ENGLAND.add_working_days(first, random.randint(-4, 15))
            for _ in range(random.randint(0, 2))
        ]
        silent[kind] = tuple(
            (day, ENGLAND.add_working_days(day, random.randint(1, 9))) for day in begins
        )
    if random.random() < 0.3:  # what could be any of them keeps all silent
        for kind in some:
            silent[kind] = silent[some[0]]
    return Story(due, silent)


def _a_day(random: Random, most: int) -> date:
    return ENGLAND.add_working_days(FIRST, random.randint(1, most))


def letters(story: Story) -> Iterator[tuple[date, Draft]]:
    told, day = ToldSteps(), FIRST
    while day <= LAST:
        drafts = climb(
            story.rows(day),
            day,
            told=told,
            waiting=story.waiting(day),
        ).drafts
        told = told.with_drafts(drafts, day)
        yield from ((day, draft) for draft in drafts)
        day += timedelta(days=1)


def played(story: Story) -> list[Told]:
    return [
        Told(
            day,
            draft.recipient.name,
            draft.kind,
            tuple((rung.return_id, rung.due_version, rung.days) for rung in draft.rungs),
        )
        for day, draft in letters(story)
        if draft.recipient != CHAIR
    ]


def heard_again(told: list[Told]) -> Iterator[str]:
    """What a reader was told twice within four working days by the same sort of letter, or on one
    day."""
    before = dict[object, date]()
    days = set[tuple[str, date]]()
    for one in told:
        if (one.reader, one.day) in days:
            yield f"{one.reader} has two letters on {one.day}"
        days.add((one.reader, one.day))
        for id, version, step in one.about:
            level = one.kind if step > 0 else step
            last = before.get((one.reader, id, version, level))
            if last and ENGLAND.working_days_late(last, one.day) <= 4:
                yield f"{one.reader}: {id} by {level} on {last} and {one.day}"
            before[one.reader, id, version, level] = one.day


def left_out(story: Story, told: list[Told]) -> Iterator[str]:
    """What was late and free to be asked for, and was not for more than six working days."""
    on = defaultdict[tuple[int, int], set[date]](set)
    for one in told:
        for id, version, step in one.about:
            if step > 0:
                on[id, version].add(one.day)
    since = dict[tuple[int, int], date]()
    day = FIRST
    while day <= LAST:
        for each in story.rows(day):
            key = (each.id, each.due_version)
            if each.kind in story.waiting(day) or day <= each.due or day in on[key]:
                since[key] = day
            elif ENGLAND.working_days_late(since.get(key, day), day) > 6:
                yield f"{each.kind} is not asked for from {since[key]} to {day}"
        day += timedelta(days=1)


@pytest.mark.parametrize("kinds", [USUAL, OWN_LADDER])
@pytest.mark.parametrize("seed", range(4))
def test_no_reader_hears_the_same_twice_in_a_week_and_nothing_late_is_left_out(
    kinds: tuple[str, ...], seed: int
) -> None:
    """Failure mode 107: whatever falls due when, is silent meanwhile or has more time."""
    random = Random(seed)
    for _ in combinations.first(STORIES, range(15)):
        story = a_story(random, kinds)
        told = played(story)
        assert [*heard_again(told), *left_out(story, told)] == [], story


def hurried(story: Story) -> Iterator[str]:
    """Two steps of one return in one round, or one that came sooner after the last than the ladder
    has it: for whoever hears of it, the chair's office too."""
    told = defaultdict[tuple[int, int], dict[int, date]](dict)
    for day, draft in letters(story):
        for rung in draft.rungs:
            if rung.days > 0:
                first = told[rung.return_id, rung.due_version]
                first.setdefault(rung.days, day)
    kinds = {id: kind for id, kind in enumerate(story.due, 1)}
    for (id, version), first in told.items():
        own = [rung.days for rung in LADDER.steps_for_kind(kinds[id]) if rung.days > 0]
        steps = [(days, first[days]) for days in own if days in first]
        for (before, on), (after, then) in pairwise(steps):
            if ENGLAND.working_days_late(on, then) < after - before:
                yield f"{kinds[id]} v{version}: {before} on {on}, {after} on {then}"


@pytest.mark.parametrize("kinds", [USUAL, OWN_LADDER])
@pytest.mark.parametrize("seed", range(4))
def test_no_step_follows_the_one_before_sooner_than_the_ladder_has_it(
    kinds: tuple[str, ...], seed: int
) -> None:
    """A chaser, an escalation and a draft to the chair's office left in one minute once a silence
    ended by itself: failure modes 80c and 107."""
    random = Random(100 + seed)
    for _ in combinations.first(STORIES, range(15)):
        alone = a_story(random, random.sample(kinds, 1))
        assert [*hurried(alone)] == [], alone
