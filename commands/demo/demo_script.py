"""The demonstration's script: which made-up documents arrive on which day, from whom and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class DemoArrival:
    """One message or one dropped file. `sender` is an address, or "" for the drop folder.

    Of each paper, the name it is sent under and that of the document in `documents/`.
    """

    told: str
    agency: str
    papers: tuple[tuple[str, str], ...]
    sender: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class DemoDay:
    """One day: `at` is the board's local time, `about` what is going to happen."""

    at: datetime
    told: str
    about: str
    arrivals: tuple[DemoArrival, ...]


DEMO_DAYS = (
    DemoDay(
        datetime(2010, 4, 1, 10, 15, tzinfo=LONDON),
        "Thursday 1 April 2010",
        "Chronologies are due in two weeks. Three documents come in: one in order, one with"
        " mistakes, one from somebody nobody knows.",
        (
            DemoArrival(
                "The surgery e-mails its chronology",
                "GP",
                (("Chronology.docx", "gp-chronology.docx"),),
                "a.varma@meadowlane.example",
                "Our chronology for N12",
            ),
            DemoArrival(
                "The police put theirs in their drop folder, with four mistakes",
                "POL",
                (("chronology final v2.docx", "police-chronology-to-mend.docx"),),
            ),
            DemoArrival(
                "A stranger e-mails a document about the case",
                "",
                (("Chronology.docx", "school-chronology.docx"),),
                "someone@elsewhere.example",
                "SCR N12",
            ),
        ),
    ),
    DemoDay(
        datetime(2010, 4, 20, 9, 30, tzinfo=LONDON),
        "Tuesday 20 April 2010",
        "Chronologies were due last Friday. Two late ones come in, and the rest of the surgery's"
        " pack. Whoever has still sent nothing is chased.",
        (
            DemoArrival(
                "The police send theirs again, mended",
                "POL",
                (("chronology final v3.docx", "police-chronology.docx"),),
            ),
            DemoArrival(
                "The hospital e-mails its chronology, late",
                "HOSP",
                (("HOSP chronology.docx", "hospital-chronology.docx"),),
                "r.adeyemi@cityhospital.example",
                "Apologies for the delay",
            ),
            DemoArrival(
                "The surgery e-mails its report, QA form and statement together",
                "GP",
                (
                    ("IMR.docx", "gp-imr.docx"),
                    ("QA form.docx", "gp-qa-form.docx"),
                    ("Evaluation statement.docx", "gp-statement.docx"),
                ),
                "t.reyes@meadowlane.example",
                "N12: the rest of our pack",
            ),
        ),
    ),
)
