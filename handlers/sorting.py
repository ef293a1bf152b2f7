"""Sorting: documents whose case the mail does not tell, each by what it says of itself.

Does: has each document read without a case, and finds the one of the sender's own cases that all
it says points at. For what is held, finds what the administrator would want to know of it.
Trusts: the sender's places, which the register gave for a proven sender.
Never touches: what is logged; the judgement of a document for its case is made anew.
Known limits: a document sorted in this way is read twice. Of what is held, MOST documents are
looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.attribution import Unplaced, placed
from handlers.desk import Desk, Paper
from handlers.evidence import (
    DocumentEvidence,
    MailEvidence,
    Surroundings,
    begins,
    names,
    weigh_document,
)
from handlers.fold import squash
from handlers.register.entry import Submission
from handlers.register.people import Place
from handlers.register.register import Register

MOST = 3


@dataclass(frozen=True, slots=True)
class Sorted:
    """Documents by place, in the order of their first, and those that are for a person."""

    placed: tuple[tuple[Place, list[Paper]], ...]
    apart: tuple[Submission, ...]


class Sorting:
    """Sorts papers."""

    def __init__(self, register: Register, desk: Desk) -> None:
        self._register = register
        self._desk = desk

    def by_case(
        self, papers: Sequence[Paper], about: Surroundings, unsure: Unplaced, day: date
    ) -> Sorted:
        """Each paper's place, among the `unsure` candidates alone."""
        about = replace(about, identifiers=tuple(self._register.cases.identifiers()))
        found: dict[Place, list[Paper]] = {}
        apart: list[Submission] = []
        for paper in papers:
            weighed = weigh_document(self._desk.evidence(paper, day), about)
            place = placed(weighed, about.places)
            if isinstance(place, Place) and place.reference not in unsure.candidates:
                place = unsure  # it disagrees with what the mail says
            if isinstance(place, Place):
                found.setdefault(place, []).append(paper)
            else:
                apart.append(_apart(paper, place))
        return Sorted(tuple(found.items()), tuple(apart))

    def described(
        self, apart: Submission, papers: Sequence[Paper], mail: MailEvidence, day: date
    ) -> Submission:
        """What is held, with what its first recognised document reads like, and the cases that
        it or its mail names: for the administrator alone."""
        if apart.verdict != "hold":
            return apart
        for paper in papers[:MOST]:
            kind, evidence = self._desk.likeness(paper, day)
            if kind is not None:
                return replace(apart, kind=kind, candidates=self._named(mail, evidence))
        return apart

    def _named(self, mail: MailEvidence, document: DocumentEvidence) -> tuple[str, ...]:
        said = squash(document.identifier)
        known = self._register.cases.identifiers()
        found = [r for r, word in known if names(mail.words, r) or begins(said, word)]
        if document.stamp is not None:
            found.append(document.stamp.reference)
        return tuple(dict.fromkeys(found))


def _apart(paper: Paper, why: Unplaced) -> Submission:
    return Submission(
        paper.position,
        paper.content,
        verdict=why.verdict,
        reason=why.reason,
        candidates=why.candidates,
    )
