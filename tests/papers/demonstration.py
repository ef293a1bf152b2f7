"""The documents that the demonstration shows, each in order but one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.papers.papers import STORIES, chronology, evaluation_statement, imr, qa_form


def spoiled_police_chronology() -> bytes:
    """The police's chronology with four things to mend, in three of its rows."""
    events = list(STORIES["POL"])
    events[3] = replace(events[3], date="31/09/2007")
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


# By the name of the file in `commands/demo/documents/`.
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "gp-chronology.docx": lambda: chronology(STORIES["GP"]),
    "gp-imr.docx": _gp_imr,
    "gp-qa-form.docx": _gp_qa_form,
    "gp-statement.docx": _gp_statement,
    "hospital-chronology.docx": lambda: chronology(STORIES["HOSP"]),
    "police-chronology.docx": lambda: chronology(STORIES["POL"]),
    "police-chronology-to-mend.docx": spoiled_police_chronology,
    "school-chronology.docx": lambda: chronology(STORIES["SCH"]),
}
