"""A letter without the advice that may not be told.

Does: leaves out of a letter's facts each advice that its reader may not be told, where that is what
stops it: what has to be mended goes all the same.
Trusts: whoever says what may be told.
Never touches: what has to be mended, and what a person will look at.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from outbox.facts import AnswerFacts, CheckFacts, DocumentFacts
from outbox.places import Change
from outbox.receipt import ReceiptFacts

Facts = TypeVar("Facts")


def lighter(facts: Facts, may: Callable[[str], bool]) -> Facts | None:
    """The facts without such advice; None where there is none. `may` says whether its reader may
    be told some words."""
    if not isinstance(facts, AnswerFacts | CheckFacts | ReceiptFacts):
        return None
    documents = tuple(_without(facts.documents, may))
    if documents == facts.documents:
        return None
    return replace(facts, documents=documents)


def _without(
    documents: Iterable[DocumentFacts], may: Callable[[str], bool]
) -> Iterator[DocumentFacts]:
    for document in documents:
        yield replace(document, advice=tuple(c for c in document.advice if may(_words(c))))


def _words(change: Change) -> str:
    return f"{change.place} {change.message} {change.fix}"
