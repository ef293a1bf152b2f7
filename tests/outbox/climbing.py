"""A board's ladder to climb in tests: one case, one agency, three people, and the policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.calendar import Calendar
from config.kind_loading import load_kinds
from config.ladder import load_ladder
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.chasing.change_requests import ChangeRequest
from outbox.chasing.chasers import ChasingFacts, ChasingResult, derive_chasers
from outbox.chasing.suppression import WaitingMatters
from outbox.due.ladder_steps import ToldStep, ToldSteps
from outbox.due.recipients import LetterReader
from outbox.writing.letter import LetterRung, Recipient
from outbox.writing.policy import LetterPolicy

KINDS = load_kinds()
LADDER = load_ladder({kind.id for kind in KINDS.all})
LONDON = ZoneInfo("Europe/London")
AUTHOR = Recipient("Author One", "author@meadowlane.example", 1)
COMMISSIONER = Recipient("Commissioner One", "commissioner@meadowlane.example", 2)
PANEL = Recipient("Panel One", "panel@meadowlane.example", 3)
CHAIR = Recipient("The Chair's Office", "chair@board.example")
PEOPLE = (
    LetterReader(frozenset({"author"}), AUTHOR),
    LetterReader(frozenset({"commissioner"}), COMMISSIONER),
    LetterReader(frozenset({"panel representative"}), PANEL),
)
POLICY = LetterPolicy(
    kinds=KINDS,
    ladder=LADDER,
    calendar=Calendar.for_subdivision("ENG"),
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
    told: ToldSteps | Collection[tuple[LetterRung, int | None]] = (),
    state: str = "open",
    waiting: WaitingMatters | Mapping[str, WaitingMatters] = WaitingMatters(),  # noqa: B008  a frozen value
    people: Sequence[LetterReader] = PEOPLE,
    policy: LetterPolicy = POLICY,
    changes: Mapping[int, ChangeRequest] | None = None,
) -> ChasingResult:
    """What the ladder comes to on a day, of April 2010 where only its number is given; what
    waits may be given by kind of return."""
    agency = AgencyRow(1, "GP", "Meadow Lane Surgery", tuple(rows))
    case = CaseRow(1, "N12", state, date(2010, 9, 1), (agency,))
    day = date(2010, 4, day) if isinstance(day, int) else day
    now = datetime.combine(day, time(hour), LONDON)

    def of(id: int, kind: str) -> WaitingMatters:
        return (
            waiting if isinstance(waiting, WaitingMatters) else waiting.get(kind, WaitingMatters())
        )

    heard = told if isinstance(told, ToldSteps) else _heard(told, rows, policy.calendar)
    known = ChasingFacts(heard, of, lambda _: people, changes or {})
    return derive_chasers([case], known, policy, now)


def _heard(
    told: Collection[tuple[LetterRung, int | None]], rows: Sequence[ReturnRow], calendar: Calendar
) -> ToldSteps:
    """Each on the day that is given with it, else on its day of the ladder."""
    due = {each.id: each.due for each in rows}
    days = told if isinstance(told, Mapping) else {}

    def on(rung: LetterRung) -> date:
        return calendar.add_working_days(due.get(rung.return_id, DUE), rung.days)

    return ToldSteps(ToldStep(rung, who, days.get((rung, who)) or on(rung)) for rung, who in told)


def days_of(
    rows: Sequence[ReturnRow],
    first: date,
    last: date,
    policy: LetterPolicy = POLICY,
) -> dict[str, list[tuple[date, str, str]]]:
    """What each reader hears on each of these days if nobody answers: the day, the sort of letter,
    and what it says it is about."""
    told, found = ToldSteps(), dict[str, list[tuple[date, str, str]]]()
    day = first
    while day <= last:
        drafts = climb(rows, day, told=told, policy=policy).drafts
        for draft in drafts:
            nouns = str(getattr(draft.facts, "nouns", ""))
            found.setdefault(draft.recipient.name, []).append((day, draft.kind, nouns))
        told = told.with_drafts(drafts, day)
        day += timedelta(days=1)
    return found
