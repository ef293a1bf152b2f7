"""Which step of the ladder a return has reached, and which steps letters stand for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from config.calendar import Calendar
from config.ladder import CHAIR_LETTER, Ladder, LadderLetter, LadderStep
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import CHASED_STATES
from intake.database import RegisterDatabase, Row
from outbox.writing.letter import (
    CHAIR_KINDS,
    LADDER_KINDS,
    OFFICER_KINDS,
    Draft,
    Letter,
    LetterRung,
)


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One reader was told of a step; `contact` is None for the chair's office. A step may be told
    to the same reader again, in a letter that says all that is late."""

    step: LetterRung
    contact: int | None
    day: date


class ToldSteps:
    """Every hearing, by the return that it is about."""

    def __init__(self, hearings: Iterable[ToldStep] = ()) -> None:
        self._of = defaultdict[int, list[ToldStep]](list)
        for hearing in hearings:
            self._of[hearing.step.return_id].append(hearing)

    def with_drafts(self, drafts: Iterable[Draft], day: date) -> ToldSteps:
        """The same, once these were written as well."""
        more = ToldSteps()
        more._of.update({id: list(hearings) for id, hearings in self._of.items()})
        for draft in drafts:
            for step in draft.rungs:
                hearing = ToldStep(step, draft.recipient.contact_id, day)
                more._of[step.return_id].append(hearing)
        return more

    def told_of_return(self, row: ReturnRow) -> Sequence[ToldStep]:
        """What was told of a return, for the day on which it is due now."""
        found = self._of.get(row.id, ())
        return [one for one in found if one.step.due_version == row.due_version]

    def was_reader_told(self, row: ReturnRow, days: int, contact: int | None) -> bool:
        """Whether a reader was told of a step. An agency's own were too where they heard of one
        after it; the chair's office of its own step alone."""
        return any(
            one.contact == contact
            and (one.step.days == days if contact is None else one.step.days >= days)
            for one in self.told_of_return(row)
        )

    def last_told_day(self, row: ReturnRow, least: int, contact: int) -> date | None:
        """The day on which a reader was last told of it by a step from this one on."""
        theirs = (one for one in self.told_of_return(row) if one.contact == contact)
        return max((one.day for one in theirs if one.step.days >= least), default=None)

    def chased(self, returns: Iterable[int], contact: int) -> date | None:
        """The day on which a reader was last told of one of these returns since it was late,
        whatever day it was due then."""
        found = (one for id in returns for one in self._of.get(id, ()))
        theirs = (one for one in found if one.contact == contact and one.step.days > 0)
        return max((one.day for one in theirs), default=None)

    def first_told_days(self, row: ReturnRow, *, chair: bool = False) -> dict[int, date]:
        """The steps of which anybody of the agency was told, each with the day of the first such
        letter; with `chair` those of its office too."""
        found = dict[int, date]()
        for one in self.told_of_return(row):
            if chair or one.contact is not None:
                days = one.step.days
                found[days] = min(one.day, found.get(days, one.day))
        return found


ReachedStep = tuple[ReturnRow, LadderStep]  # a return and the rung it has come to
NEAR_WORKING_DAYS = (
    2  # working days: a reminder that would follow within so many is in the letter before it
)
_ORDER: tuple[LadderLetter, ...] = get_args(LadderLetter)  # a later one says more


def reached_rung(
    due: date, ladder: Sequence[LadderStep], calendar: Calendar, today: date
) -> LadderStep | None:
    """The latest rung whose day has come: one that a stop of the service missed is still due
    (failure mode 80c)."""
    come = [rung for rung in ladder if calendar.add_working_days(due, rung.days) <= today]
    return come[-1] if come else None


def last_late_rung(ladder: Sequence[LadderStep]) -> LadderStep | None:
    """The last step that goes by itself once something is late."""
    late = [rung for rung in ladder if rung.letter != CHAIR_LETTER and rung.days > 0]
    return late[-1] if late else None


def unhurried_ladder_day(
    row: ReturnRow,
    ladder: Ladder,
    calendar: Calendar,
    today: date,
    heard: Mapping[int, date],
    hears: Callable[[LadderStep], bool] = lambda rung: True,
) -> date:
    """The day of the ladder on which a return stands: step by step from where it was, each as long
    after the one before as the ladder has it, however late the first of them is taken.

    `heard` are the steps since it was due that somebody was told of, each with its day; `hears`
    says whether there is anybody to be told of one.
    """
    late = calendar.working_days_late(row.due, today)
    late_steps = [(days, on) for days, on in heard.items() if days > 0]
    last, day = max(late_steps, default=(0, None))
    since = calendar.working_days_late(day, today) if day else late
    stood = min(
        (days + calendar.working_days_late(on, today) for days, on in late_steps), default=since
    )
    following = [
        r.days for r in ladder.steps_for_kind(row.kind) if r.days > last and r.days > 0 and hears(r)
    ]
    if not late or (not following and since >= ladder.again):
        return today
    return calendar.add_working_days(
        row.due, min([late, stood, *following[:1]] if following else [last])
    )


def letter_weight(letter: LadderLetter) -> int:
    """How much a letter says: an escalation more than a chaser."""
    return _ORDER.index(letter)


def first_days_told_by(ladder: Sequence[LadderStep], letter: LadderLetter) -> int:
    """The days of the first step by which something late is told in such a letter, or in one that
    says more. Where there is none it is the last step, taken once more."""
    late = [rung for rung in ladder if rung.days > 0 and rung.letter != CHAIR_LETTER]
    as_much = (rung.days for rung in late if letter_weight(rung.letter) >= letter_weight(letter))
    return next(as_much, late[-1].days + 1 if late else 1)


def step_covered_by(letter: LadderLetter, step: ReachedStep, ladder: Ladder) -> ReachedStep:
    """The step of a late return for which a letter stands that names it: that return's own such
    step, though its day would come later or has passed."""
    row, rung = step
    if rung.letter == letter:
        return step
    same = [
        each for each in ladder.steps_for_kind(row.kind) if each.letter == letter and each.days > 0
    ]
    if letter_weight(rung.letter) > letter_weight(letter):
        passed = [each for each in same if each.days <= rung.days]
        return row, (passed[-1] if passed else rung)
    last = last_late_rung(ladder.steps_for_kind(row.kind))
    beyond = LadderStep(last.days + 1, letter, last.to, ladder.again) if last else rung
    return row, next((each for each in same if each.days > rung.days), beyond)


def agency_steps(
    agency: AgencyRow,
    ladder: Ladder,
    calendar: Calendar,
    today: date,
    stands: Callable[[ReturnRow], date] | None = None,
) -> Iterator[ReachedStep]:
    """The rung that each return of an agency has come to, as far as it is still owed. `stands`
    gives the day of the ladder on which a return stands; today unless given."""
    for row in agency.returns:
        if row.state in CHASED_STATES:
            day = stands(row) if stands else today
            rung = reached_rung(row.due, ladder.steps_for_kind(row.kind), calendar, day)
            if rung is not None:
                yield row, rung


def covered_reminders(
    agency: AgencyRow, ladder: Ladder, calendar: Calendar, today: date
) -> tuple[LetterRung, ...]:
    """The reminders that a letter stands for which says what is due and when: an answer by its
    checklist, and a letter about more time. Nobody needs to be reminded of the same within the next
    days. It never stands for a chaser, nor for the reminder on the day itself before that comes."""
    come = {row.id: (row, rung) for row, rung in agency_steps(agency, ladder, calendar, today)}
    for row in agency.returns:
        rung = (
            reminder_due_soon(row, ladder, calendar, today) if row.state in CHASED_STATES else None
        )
        if rung is not None:
            come[row.id] = (row, rung)
    return tuple(rung_of_step(step) for step in come.values() if step[1].letter == "reminder")


def reminder_due_soon(
    row: ReturnRow, ladder: Ladder, calendar: Calendar, today: date
) -> LadderStep | None:
    """The reminder that has come or comes within days, but for that of the day on which it is
    due."""
    rung = reached_rung(
        row.due,
        ladder.steps_for_kind(row.kind),
        calendar,
        calendar.add_working_days(today, NEAR_WORKING_DAYS),
    )
    return rung if rung is not None and rung.days < 0 else None


def rung_of_step(step: ReachedStep) -> LetterRung:
    row, rung = step
    return LetterRung(row.id, row.due_version, rung.days)


_TOLD = (
    "SELECT DISTINCT r.return_id, r.due_version, r.days, l.contact_id, l.told_on"
    " FROM rungs r JOIN letters l ON l.id = r.letter_id WHERE l.state <> 'called back'"
)


def read_told_steps(database: RegisterDatabase) -> ToldSteps:
    """Every rung that a letter stands for, whose it is (None for the chair's office), and the
    letter's day."""
    return ToldSteps(
        ToldStep(_rung(row), row["contact_id"], date.fromisoformat(row["told_on"]))
        for row in database.fetch_rows(_TOLD)
    )


def rungs_chased_on(database: RegisterDatabase, day: date) -> set[LetterRung]:
    """The rungs for which a letter of the ladder was written on `day`, to whomever."""
    return {_rung(row) for row in _chased(database, day)}


def contacts_chased_on(database: RegisterDatabase, day: date) -> set[int]:
    """The readers to whom a letter of the ladder was written on `day`."""
    return {row["contact_id"] for row in _chased(database, day) if row["contact_id"] is not None}


def _chased(database: RegisterDatabase, day: date) -> list[Row]:
    ours = f"l.kind IN {LADDER_KINDS} AND l.kind <> 'to-chair'"
    return database.fetch_rows(f"{_TOLD} AND l.told_on = ? AND {ours}", day.isoformat())


def rungs_of_letter(database: RegisterDatabase, letter: Letter) -> list[LetterRung]:
    """The rungs that one letter stands for."""
    sql = "SELECT * FROM rungs WHERE letter_id = ? ORDER BY return_id"
    return [_rung(row) for row in database.fetch_rows(sql, letter.id)]


def agencies_written_to(database: RegisterDatabase, day: date) -> set[int]:
    """The agencies that were written to on `day`: one letter per agency and day."""
    sql = (
        "SELECT DISTINCT agency_id FROM letters WHERE told_on = ? AND agency_id IS NOT NULL"  # noqa: S608
        f" AND kind NOT IN {(*CHAIR_KINDS, *OFFICER_KINDS)} AND state <> 'called back'"
    )
    return {row["agency_id"] for row in database.fetch_rows(sql, day.isoformat())}


def _rung(row: Row) -> LetterRung:
    return LetterRung(row["return_id"], row["due_version"], row["days"])


_ASKED = (
    "SELECT DISTINCT r.kind FROM letters l JOIN rungs g ON g.letter_id = l.id"
    " JOIN returns r ON r.id = g.return_id"
    " WHERE l.kind IN ('reminder', 'chaser', 'escalation') AND l.agency_id = ?"
    " AND l.message_id IN (SELECT value FROM json_each(?)) ORDER BY r.kind"
)


class AskedKindsReader:
    """Reads which kinds of return the letters of the ladder asked for."""

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database

    def kinds_asked_for(self, agency_id: int, message_ids: Sequence[str]) -> tuple[str, ...]:
        """The kinds of return that letters with these ids asked this agency for."""
        rows = self._database.fetch_rows(_ASKED, agency_id, json.dumps([*message_ids]))
        return tuple(row["kind"] for row in rows)
