"""Makes the example on the page about chasing: two returns of one agency, whose letters join.

The service itself foresees the letters, by the shipped ladder; agency, people and days are made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from config.calendar import Calendar, date_without_year
from config.english import join_with_and
from config.kind_loading import load_kinds
from config.ladder import load_ladder
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.chasing.chasers import ChasingFacts, derive_chasers
from outbox.chasing.chasing import forecast_letters
from outbox.chasing.suppression import WaitingMatters
from outbox.due.ladder_steps import ToldSteps
from outbox.due.recipients import LetterReader
from outbox.writing.letter import LETTER_NAMES, Draft, LetterRung, Recipient
from outbox.writing.policy import CHASING_STARTS_AT, LetterPolicy

STORY = """the chronology of a surgery is due on Friday
16 April, its QA form on Tuesday 20 April, and neither comes."""
_KINDS = load_kinds()
_FIRST, _LAST = date(2010, 3, 29), date(2010, 4, 30)
_ROWS = (
    ReturnRow(1, "chronology", date(2010, 4, 16), 1, "awaited", None, None, overdue=False),
    ReturnRow(2, "qa_form", date(2010, 4, 20), 1, "awaited", None, None, overdue=False),
)
_ROLES = ("author", "commissioner", "panel representative")
_READERS = tuple(
    LetterReader(frozenset({role}), Recipient(f"the {role}", f"{n}@surgery.example", n))
    for n, role in enumerate(_ROLES, 1)
)
_POLICY = LetterPolicy(
    kinds=_KINDS,
    ladder=load_ladder({kind.id for kind in _KINDS.all}),
    calendar=Calendar.for_subdivision("ENG"),
    administrator=Recipient("", "administrator@board.example"),
    operator=Recipient("", "it@board.example"),
    chair=Recipient("the chair's office", "chair@board.example"),
    alert_after={},
    opens=time(8),
    closes=time(18),
    digest_at=time(8),
)


def example_rows() -> str:
    """A row for each letter, and the readers who get the same on one day together."""
    same = dict[tuple[date, str, str, str], list[str]]()
    for day, draft in _letters():
        asks = str(getattr(draft.facts, "nouns", ""))
        same.setdefault((day, LETTER_NAMES[draft.kind], asks, _besides(draft, day)), []).append(
            draft.recipient.name
        )
    return "\n".join(
        f"| {date_without_year(day)} | {letter} | {join_with_and(to)} | {asks} | {besides} |"
        for (day, letter, asks, besides), to in same.items()
    )


def _letters() -> Iterator[tuple[date, Draft]]:
    agency = AgencyRow(1, "GP", "Surgery", _ROWS)
    case = CaseRow(1, "N12", "open", date(2010, 9, 1), (agency,))

    def derive(now: datetime, told: ToldSteps) -> Sequence[Draft]:
        known = ChasingFacts(told, lambda id, kind: WaitingMatters(), lambda id: _READERS)
        return derive_chasers([case], known, _POLICY, now).drafts

    zone = ZoneInfo("Europe/London")
    first, last = (datetime.combine(day, CHASING_STARTS_AT, zone) for day in (_FIRST, _LAST))
    for one in forecast_letters(derive, ToldSteps(), first, last):
        yield one.when.date(), one.draft


def _besides(draft: Draft, day: date) -> str:
    """The steps of the ladder whose own day is another."""
    return join_with_and([said for rung in draft.rungs if (said := _said(rung, day))])


def _said(rung: LetterRung, day: date) -> str:
    row = next(row for row in _ROWS if row.id == rung.return_id)
    step = next((r for r in _POLICY.ladder.steps_for_kind(row.kind) if r.days == rung.days), None)
    noun = _KINDS[row.kind].noun
    own = _POLICY.calendar.add_working_days(row.due, rung.days)
    if step is None or own == day:  # the last step, taken once more, is none of the ladder's own
        return ""
    return f"{LETTER_NAMES[step.letter]} about the {noun} on {date_without_year(own)}"
