"""Numbers the documents of one letter where two bear one name, in the order in which they came.

A file's name is not known here.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import groupby

from outbox.writing.facts import DocumentFacts

UNKNOWN_TITLE = "Your document"
NUMBERED_PREFIXES = ("Document ", "Documents ")


def number_documents(
    documents: Sequence[DocumentFacts], places: Sequence[Hashable]
) -> tuple[DocumentFacts, ...]:
    """The documents, each with its number where their names do not tell them apart. What is in the
    same of these places is one document."""
    if len({document.title for document in documents}) == len(documents):
        return tuple(documents)
    order = {place: n for n, place in enumerate(dict.fromkeys(places), 1)}
    told = []
    pairs = zip(documents, (order[place] for place in places), strict=True)
    for same, group in groupby(pairs, key=lambda pair: pair[0]):
        numbers = [number for _, number in group]
        told.append(replace(same, title=_title(same, numbers, len(order))))
    return tuple(told)


def numbering_sentence(told: Sequence[DocumentFacts], dropped: bool, deliveries: int) -> str:
    """By what a document's number is found among those that were sent; "" where none is told apart
    by its number."""
    if len(told) == 1 or not any(document.title.startswith(NUMBERED_PREFIXES) for document in told):
        return ""
    if dropped:
        return (
            "The documents are numbered in the order in which they were saved: list your folder by"
            " date to see which is which."
        )
    if deliveries > 1:
        return "The documents are numbered in the order in which they reached us."
    return "The documents are numbered in the order in which they are attached to your message."


def _title(document: DocumentFacts, numbers: Sequence[int], of: int) -> str:
    """ "Document 2 of 15, Chronology", "Documents 3 to 15 of 15, each"."""
    first, last = numbers[0], numbers[-1]
    name = "" if document.title == UNKNOWN_TITLE else f", {document.title}"
    if not name and (first, last) == (1, of):
        return f"Each of the {of} documents"
    if first == last:
        return f"Document {first} of {of}{name}"
    return f"Documents {first} to {last} of {of}{name}, each"
