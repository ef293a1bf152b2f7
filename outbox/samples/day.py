"""A made-up day for the sample digests: a busy one and a quiet one.

Does: holds the cases, what waits and how the service is, from which the real digest is derived.
Trusts: nothing.
Never touches: the register; all of it is made up.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.calendar import Calendar
from config.colours import load_colours
from config.kinds import load_kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import State
from outbox.deadlines import Diary
from outbox.digest import Day, Terms
from outbox.facts import Need
from outbox.health import Health
from outbox.letter import Recipient
from outbox.overdue import Step
from outbox.reach import Reach

NOW = datetime(2010, 4, 20, 8, 0, tzinfo=ZoneInfo("Europe/London"))
TODAY = NOW.date()
APRIL, MAY = date(2010, 4, 16), date(2010, 5, 28)
PACK = ("chronology", "imr", "qa_form", "evaluation_statement")
# Each agency, by where its chronology, IMR, form and statement stand: a = awaited, o = overdue,
# r = rejected, l = to be looked at, n = none held, w = waived, a number = accepted, on that day of
# April.
AGENCIES = (
    ("GP", "Meadow Lane Surgery", "1 a 9 a"),
    ("POL", "Shire Police", "8 14 14 l"),
    ("CSC", "Children's Services", "o a a a"),
    ("HOS", "City Hospital", "15 a a a"),
    ("EDU", "Brook Street School", "r a a a"),
    ("PRO", "Probation Service", "n w w w"),
    ("HOU", "Housing", "12 a 16 a"),
    ("YOS", "Youth Offending", "13 19 19 19"),
)
WELL = Health(
    sources=(Reach("mail-1", NOW.replace(hour=7, minute=59)), Reach("drop", NOW)),
    free=0.81,
    retired=(),
    backed_up=NOW.replace(hour=2),
    began=NOW - timedelta(days=49),
    waits_since=None,
)


def _agency(n: int, code: str, name: str, states: str) -> AgencyRow:
    returns = (
        _row(4 * n + k, *both) for k, both in enumerate(zip(PACK, states.split(), strict=True))
    )
    return AgencyRow(n, code, name, tuple(returns))


def _row(id: int, kind: str, said: str) -> ReturnRow:
    due = APRIL if kind == "chronology" else MAY
    if said.isdigit():
        day = date(2010, 4, int(said))
        return ReturnRow(id, kind, due, 1, "accepted", day, day, False)
    states: dict[str, State] = {
        "a": "awaited", "o": "awaited", "r": "rejected", "l": "referred", "n": "nil", "w": "waived",
    }  # fmt: skip
    came = date(2010, 4, 14) if said in "rl" else None
    return ReturnRow(id, kind, due, 1, states[said], came, None, said in "or" and due < TODAY)


CASE = CaseRow(
    1, "N12", "open", date(2010, 9, 1), tuple(_agency(n, *a) for n, a in enumerate(AGENCIES, 1))
)
OVERDUE = {a.code: a.returns[0].id for a in CASE.agencies}
BUSY = Day(
    now=NOW,
    began=NOW - timedelta(days=49),
    cases=(CASE,),
    needs=(
        Need(
            "A message from a sender nobody is registered under, with a document that reads like"
            " a chronology for N12; held, not answered.",
            "scr-intake show 42",
        ),
        Need(
            "N12, Shire Police: evaluation statement; waits for you to look.",
            "scr-intake show 41",
            ("The statement seems to be signed by an author of the report.",),
        ),
    ),
    traffic="Arrived since Monday 19 April: 6 (4 accepted, 1 to mend, 1 held). Letters sent: 9.",
    record=(1204, "7f3a92c104be11d0"),
    health=replace(WELL, free=0.08),
    unsent=(
        Need(
            "N12, Housing: letter 31, a reminder, could not be sent: the server refused its"
            " reader's address. To try it again:",
            "scr-intake letters retry 31",
        ),
    ),
    notes=(
        "N12, Meadow Lane Surgery: Author One is away until Thursday 22 April; the note names"
        " deputy@meadowlane.example instead.",
    ),
    suppressed=(
        Need(
            "N12, City Hospital: IMR. They ask for more time, and you have not decided.",
            "scr-intake show 39",
        ),
    ),
    steps={
        OVERDUE["CSC"]: (
            Step("chaser", TODAY - timedelta(days=1)),
            Step("escalation", TODAY),
        ),
        OVERDUE["EDU"]: (Step("reminder", date(2010, 4, 13)),),
    },
)
QUIET = replace(
    BUSY,
    cases=(replace(CASE, agencies=(CASE.agencies[0], CASE.agencies[5])),),
    needs=(),
    health=WELL,
    unsent=(),
    notes=(),
    suppressed=(),
    traffic="Arrived since Monday 19 April: 0. Letters sent: 0.",
)


def terms(administrator: Recipient) -> Terms:
    return Terms(
        at=time(8),
        administrator=administrator,
        kinds=load_kinds(),
        calendar=Calendar.of("ENG"),
        colours=load_colours(),
        diary=Diary("OFFICIAL-SENSITIVE", "board.example"),
    )
