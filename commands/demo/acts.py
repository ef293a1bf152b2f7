"""The demonstration's script: which made-up documents arrive on which day, from whom and how.

Does: says it as a table of days and arrivals.
Trusts: the papers, which are in order unless an arrival spoils one on purpose.
Never touches: folders; `post.py` puts things there.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from commands.demo.papers import STORIES, chronology, evaluation_statement, imr, qa_form

LONDON = ZoneInfo("Europe/London")

Paper = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message or one dropped file. `sender` is an address, or "" for the drop folder."""

    told: str
    agency: str
    papers: tuple[tuple[str, Paper], ...]
    sender: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day: `at` is the board's local time, `about` what is going to happen."""

    at: datetime
    told: str
    about: str
    arrivals: tuple[Arrival, ...]


def spoiled_police_chronology() -> bytes:
    """The police's chronology with four things to mend, in three of its rows."""
    events = list(STORIES["POL"])
    events[3] = replace(events[3], date="31/02/2008")
    events[6] = replace(events[6], date="w/c 2/2/09", time="eve")
    events[9] = replace(events[9], source="")
    return chronology(events)


def _gp_imr() -> bytes:
    return imr(
        agency="Meadow Lane Surgery",
        author="Asha Varma",
        commissioner="Tom Reyes",
        dated=date(2010, 4, 16),
    )


def _gp_qa_form() -> bytes:
    return qa_form(
        agency="Meadow Lane Surgery",
        signed="Tom Reyes",
        role="Practice Director",
        dated=date(2010, 4, 19),
        child_identifier="N12/A",
    )


def _gp_statement() -> bytes:
    return evaluation_statement(
        signed="Tom Reyes",
        dated=date(2010, 4, 19),
        name="Tom Reyes",
        title="Practice Director",
    )


def _chronology(code: str) -> Paper:
    return lambda: chronology(STORIES[code])


DAYS = (
    Day(
        datetime(2010, 4, 1, 10, 15, tzinfo=LONDON),
        "Thursday 1 April 2010",
        "Chronologies are due in two weeks. Three documents come in: one in order, one with"
        " mistakes, one from somebody nobody knows.",
        (
            Arrival(
                "The surgery e-mails its chronology",
                "GP",
                (("Chronology.docx", _chronology("GP")),),
                "a.varma@meadowlane.example",
                "Our chronology for N12",
            ),
            Arrival(
                "The police put theirs in their drop folder, with four mistakes",
                "POL",
                (("chronology final v2.docx", spoiled_police_chronology),),
            ),
            Arrival(
                "A stranger e-mails a document about the case",
                "",
                (("Chronology.docx", _chronology("SCH")),),
                "someone@elsewhere.example",
                "SCR N12",
            ),
        ),
    ),
    Day(
        datetime(2010, 4, 20, 9, 30, tzinfo=LONDON),
        "Tuesday 20 April 2010",
        "Chronologies were due last Friday. Two late ones come in, and the rest of the surgery's"
        " pack. Whoever has still sent nothing is chased.",
        (
            Arrival(
                "The police send theirs again, mended",
                "POL",
                (("chronology final v3.docx", _chronology("POL")),),
            ),
            Arrival(
                "The hospital e-mails its chronology, late",
                "HOSP",
                (("HOSP chronology.docx", _chronology("HOSP")),),
                "r.adeyemi@cityhospital.example",
                "Apologies for the delay",
            ),
            Arrival(
                "The surgery e-mails its report, QA form and statement together",
                "GP",
                (
                    ("IMR.docx", _gp_imr),
                    ("QA form.docx", _gp_qa_form),
                    ("Evaluation statement.docx", _gp_statement),
                ),
                "t.reyes@meadowlane.example",
                "N12: the rest of our pack",
            ),
        ),
    ),
)
