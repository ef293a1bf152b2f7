"""The documents that the demonstration shows, each in order but one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.papers.chronology_paper import make_chronology
from tests.papers.imr_paper import make_imr
from tests.papers.papers import STORIES
from tests.papers.qa_paper import make_qa_form
from tests.papers.statement_paper import make_statement


def spoiled_police_chronology() -> bytes:
    """The police's chronology with four things to mend, in three of its rows."""
    events = list(STORIES["POL"])
    events[3] = replace(events[3], date="31/09/2007")
    events[6] = replace(events[6], date="w/c 2/2/09", time="eve")
    events[9] = replace(events[9], source="")
    return make_chronology(events)


def _gp_imr() -> bytes:
    return make_imr(
        agency="Meadow Lane Surgery",
        author="Asha Varma",
        commissioner="Tom Reyes",
        dated=date(2010, 4, 16),
    )


def _gp_qa_form() -> bytes:
    return make_qa_form(
        agency="Meadow Lane Surgery",
        signed="Tom Reyes",
        role="Practice Director",
        dated=date(2010, 4, 19),
        child_identifier="N12/A",
    )


def _gp_statement() -> bytes:
    return make_statement(
        signed="Tom Reyes",
        dated=date(2010, 4, 19),
        name="Tom Reyes",
        title="Practice Director",
    )


# By the name of the file in `commands/demo/documents/`.
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "gp-chronology.docx": lambda: make_chronology(STORIES["GP"]),
    "gp-imr.docx": _gp_imr,
    "gp-qa-form.docx": _gp_qa_form,
    "gp-statement.docx": _gp_statement,
    "hospital-chronology.docx": lambda: make_chronology(STORIES["HOSP"]),
    "police-chronology.docx": lambda: make_chronology(STORIES["POL"]),
    "police-chronology-to-mend.docx": spoiled_police_chronology,
    "school-chronology.docx": lambda: make_chronology(STORIES["SCH"]),
}
