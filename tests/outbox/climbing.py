"""A board's ladder to climb in tests: one case, one agency, three people, and the policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.calendar import Calendar
from config.kind_loading import load_kinds
from config.ladder import load_ladder
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.chasing.changes_asked import ChangesAsked
from outbox.chasing.chasers import Climb, Known, chasers
from outbox.chasing.suppression import Waiting
from outbox.due.ladder_steps import Heard, Hearing
from outbox.due.recipients import Reader
from outbox.writing.letter import Recipient, Rungs
from outbox.writing.policy import Policy

KINDS = load_kinds()
LADDER = load_ladder({kind.id for kind in KINDS.all})
LONDON = ZoneInfo("Europe/London")
AUTHOR = Recipient("Author One", "author@meadowlane.example", 1)
COMMISSIONER = Recipient("Commissioner One", "commissioner@meadowlane.example", 2)
PANEL = Recipient("Panel One", "panel@meadowlane.example", 3)
CHAIR = Recipient("The Chair's Office", "chair@board.example")
PEOPLE = (
    Reader(frozenset({"author"}), AUTHOR),
    Reader(frozenset({"commissioner"}), COMMISSIONER),
    Reader(frozenset({"panel representative"}), PANEL),
)
POLICY = Policy(
    kinds=KINDS,
    ladder=LADDER,
    calendar=Calendar.of("ENG"),
    administrator=Recipient("The Administrator", "administrator@board.example"),
    operator=Recipient("", "it@board.example"),
    chair=CHAIR,
    alert_after={},
    opens=time(8),
    closes=time(18),
    digest_at=time(8),
)
DUE = date(2010, 4, 16)  # a Friday, after Easter


def row(id: int, kind: str, due: date = DUE, state: str = "awaited", version: int = 1) -> ReturnRow:
    return ReturnRow(id, kind, due, version, state, None, None, False)  # type: ignore[arg-type]


def climb(
    rows: Sequence[ReturnRow],
    day: int | date,
    hour: int = 10,
    told: Heard | Collection[tuple[Rungs, int | None]] = (),
    state: str = "open",
    waiting: Waiting | Mapping[str, Waiting] = Waiting(),  # noqa: B008  a frozen value
    people: Sequence[Reader] = PEOPLE,
    policy: Policy = POLICY,
    resumed: Mapping[int, date] | None = None,
    changes: Mapping[int, ChangesAsked] | None = None,
) -> Climb:
    """What the ladder comes to on a day, of April 2010 where only its number is given; what
    waits may be given by kind of return."""
    agency = AgencyRow(1, "GP", "Meadow Lane Surgery", tuple(rows))
    case = CaseRow(1, "N12", state, date(2010, 9, 1), (agency,))
    day = date(2010, 4, day) if isinstance(day, int) else day
    now = datetime.combine(day, time(hour), LONDON)

    def of(id: int, kind: str) -> Waiting:
        return waiting if isinstance(waiting, Waiting) else waiting.get(kind, Waiting())

    heard = told if isinstance(told, Heard) else _heard(told, rows, policy.calendar)
    known = Known(heard, of, lambda _: people, resumed or {}, changes or {})
    return chasers([case], known, policy, now)


def _heard(
    told: Collection[tuple[Rungs, int | None]], rows: Sequence[ReturnRow], calendar: Calendar
) -> Heard:
    """Each on the day that is given with it, else on its day of the ladder."""
    due = {each.id: each.due for each in rows}
    days = told if isinstance(told, Mapping) else {}

    def on(rung: Rungs) -> date:
        return calendar.shift(due.get(rung.return_id, DUE), rung.days)

    return Heard(Hearing(rung, who, days.get((rung, who)) or on(rung)) for rung, who in told)


def days_of(
    rows: Sequence[ReturnRow],
    first: date,
    last: date,
    resumed: Mapping[int, date] | None = None,
    policy: Policy = POLICY,
) -> dict[str, list[tuple[date, str, str]]]:
    """What each reader hears on each of these days if nobody answers: the day, the sort of letter,
    and what it says it is about."""
    told, found = Heard(), dict[str, list[tuple[date, str, str]]]()
    day = first
    while day <= last:
        drafts = climb(rows, day, told=told, resumed=resumed, policy=policy).drafts
        for draft in drafts:
            nouns = str(getattr(draft.facts, "nouns", ""))
            found.setdefault(draft.recipient.name, []).append((day, draft.kind, nouns))
        told = told.and_of(drafts, day)
        day += timedelta(days=1)
    return found
