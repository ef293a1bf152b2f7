"""A chronology as an agency returns it: one landscape table under the headings that were issued.

Does: lays events out under the nine headings, the heading row repeated on each page.
Trusts: its caller for the order of the events; nothing is sorted or mended here, because the
same function makes the documents that are meant to be wrong.
Never touches: files, the clock.
Known limits: real ones come out of Chronolator and carry its macros; this one has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

from tests.papers.paper import add_ruled_table, document_bytes, made_once, new_document
from tests.papers.stories import StoryEvent

CHRONOLOGY_HEADINGS = (
    "Date",
    "Time",
    "Agency",
    "Name of subject",
    "Age",
    "Child seen",
    "Source of Information",
    "Event",
    "Authors Comment",
)
# What the agencies of the made-up case are called in full, by what their entries say.
_NAMES = {"GP": "Meadow Lane Surgery", "Police": "Shire Police"}
_WIDTHS = (2.4, 1.4, 1.7, 1.9, 1.6, 1.3, 3.3, 7.6, 4.7)  # centimetres: an A4 page on its side


@made_once
def make_chronology(
    events: Sequence[StoryEvent],
    headings: Sequence[str] = CHRONOLOGY_HEADINGS,
    *,
    agency: str = "",
    reference: str = "N12",
) -> bytes:
    """A Word chronology of `events` under `headings`, which must be nine. The agency is that of the
    first event, unless another is given."""
    agency = agency or (_NAMES.get(events[0].agency, events[0].agency) if events else _NAMES["GP"])
    word = new_document(f"Chronology {reference}", landscape=True, size=10)
    word.add_paragraph(f"Internal Chronology: Serious Case Review {reference}", style="Title")
    word.add_paragraph(f"Agency: {agency}        Period: 1 January 2007 to 14 February 2010")
    add_ruled_table(word, [tuple(headings), *map(astuple, events)], _WIDTHS, size=8.5)
    word.add_paragraph()
    return document_bytes(word)
