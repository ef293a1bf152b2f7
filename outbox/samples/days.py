"""Sample days for the digest: a busy one and a quiet one, of one case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.calendar import Calendar
from config.colours import load_colours
from config.kind_loading import load_kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import ReturnState
from intake.source import DeliveryForm
from outbox.digest.deadlines import CalendarOwner
from outbox.digest.digest import DigestDay, DigestTerms
from outbox.digest.overdue import ChasingStep
from outbox.health.health_for_digest import ServiceHealth, SourceReach
from outbox.writing.asks import DETAILS, AskLine, AskTopic, Offer, OrderLinks, letter_offers
from outbox.writing.digest_facts import Need
from outbox.writing.letter import Recipient

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
HEALTHY = ServiceHealth(
    sources=(
        SourceReach("mail-1", NOW.replace(hour=7, minute=59)),
        SourceReach("drop", NOW, form=DeliveryForm.FILE),
    ),
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
    states: dict[str, ReturnState] = {
        "a": "awaited", "o": "awaited", "r": "rejected", "l": "referred", "n": "nil", "w": "waived",
    }  # fmt: skip
    came = date(2010, 4, 14) if said in "rl" else None
    return ReturnRow(id, kind, due, 1, states[said], came, None, said in "or" and due < TODAY)


CASE = CaseRow(
    1, "N12", "open", date(2010, 9, 1), tuple(_agency(n, *a) for n, a in enumerate(AGENCIES, 1))
)
OVERDUE = {a.code: a.returns[0].id for a in CASE.agencies}
BUSY_DAY = DigestDay(
    now=NOW,
    began=NOW - timedelta(days=49),
    cases=(CASE,),
    needs=(
        Need(
            "A message from a sender nobody is registered under, with a document that reads like"
            " a chronology for N12; held, not answered.",
            "scr-intake show 42",
            topic=AskTopic("entries", (42,)),
            offers=(
                Offer("assign N12 POL Chronology", "assign N12 POL Chronology"),
                Offer("file", "file"),
                DETAILS,
            ),
            line=AskLine(
                "",
                "a chronology for N12 from somebody not registered",
                came="r.hill@valecare.example, 19 April",
            ),
        ),
        Need(
            "N12, Shire Police: evaluation statement; waits for you to look.",
            "scr-intake show 41",
            ("The statement seems to be signed by an author of the report.",),
            topic=AskTopic("entries", (41,), "N12", "POL"),
            offers=(
                Offer("accept", "accept"),
                Offer("send back: as found", "send back: as found"),
                DETAILS,
            ),
            line=AskLine(
                "Shire Police",
                "evaluation statement",
                "the statement seems to be signed by an author of the report",
                "drop folder, 14 April",
            ),
        ),
    ),
    traffic="Since Monday 19 April: 6 documents (4 accepted, 1 to mend, 1 held). 9 letters sent.",
    record=(1204, "7f3a92c104be11d0"),
    health=replace(HEALTHY, free=0.08),
    unsent=(
        Need(
            "N12, Housing: letter 31, a reminder, could not be sent: the server refused its"
            " reader's address. To try it again:",
            "scr-intake letters retry 31",
            topic=AskTopic("letters", (31,), "N12", "HOU"),
            offers=letter_offers("failed"),
            line=AskLine(
                "Housing", "a reminder could not be sent", "the server refused its reader's address"
            ),
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
            ChasingStep("chaser", TODAY - timedelta(days=1)),
            ChasingStep("escalation", TODAY),
        ),
        OVERDUE["EDU"]: (ChasingStep("reminder", date(2010, 4, 13)),),
    },
)
QUIET_DAY = replace(
    BUSY_DAY,
    cases=(replace(CASE, agencies=(CASE.agencies[0], CASE.agencies[5])),),
    needs=(),
    health=HEALTHY,
    unsent=(),
    notes=(),
    suppressed=(),
    traffic="Since Monday 19 April: 0 documents. 0 letters sent.",
)


def sample_terms(administrator: Recipient) -> DigestTerms:
    return DigestTerms(
        at=time(8),
        administrator=administrator,
        kinds=load_kinds(),
        calendar=Calendar.for_subdivision("ENG"),
        colours=load_colours(),
        diary=CalendarOwner("OFFICIAL-SENSITIVE", "board.example"),
        links=OrderLinks("scr-returns@board.example", lambda stamp: "abcd2345efgh6723"),
    )
