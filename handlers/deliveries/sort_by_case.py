"""Sorting: documents whose case the mail does not tell, each by what it says of itself.

Does: has each document read without a case, and finds the one of the sender's own cases that all
it says points at; where it names none, the one whose people, period and returns it fits. For what
is held, finds what the administrator would want to know of it.
Trusts: the sender's places, which the register gave for a proven sender.
Never touches: what is logged; the judgement of a document for its case is made anew.
Known limits: a document sorted in this way is read twice. Of what is held, MOST documents are
looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from handlers.deliveries.judge_documents import Desk, Paper, apart, could_be, nobodys, origin_of
from handlers.findings import Judgement
from handlers.register.agencies import Place
from handlers.register.register import Register
from handlers.register.submissions import Lot, Submission
from handlers.senders.attribution import (
    DocumentEvidence,
    MailEvidence,
    Surroundings,
    Unplaced,
    placed,
    weigh_document,
)
from handlers.values.case_reference import begins, names
from handlers.values.normalise import squash
from intake.message.message import Message

MOST = 3
# What is found in a document that is judged for a review it is not of.
NOT_OF_IT = frozenset({"subjects-of-another", "not-owed", "identifier-unknown"})
OUTSIDE, STRAY = "date-outside-period", 3  # a date or two may stray from the period


def fits(judgement: Judgement, owed: Collection[str]) -> bool:
    """Whether a document judged for a place may be of it."""
    rules = Counter(finding.rule for finding in judgement.findings)
    if judgement.verdict == "hold" or not NOT_OF_IT.isdisjoint(rules):
        return False
    return judgement.kind in owed and rules[OUTSIDE] < STRAY


def _meant_another(
    message: Message | None, places: Sequence[Place], found: Collection[Place]
) -> bool:
    """Whether the subject names one of the sender's cases, and every document is of another."""
    named = [p for p in places if message is not None and names(message.subject, p.reference)]
    return len(named) == 1 and bool(found) and named[0] not in found


class Sorting:
    """Sorts papers."""

    def __init__(self, register: Register, desk: Desk) -> None:
        self._register = register
        self._desk = desk

    def by_case(
        self,
        papers: Sequence[Paper],
        about: Surroundings,
        unsure: Unplaced,
        day: date,
        message: Message | None = None,
        besides: Sequence[Submission] = (),
    ) -> tuple[Lot, ...]:
        """A lot for each case, among the `unsure` candidates, that papers are of by what they say
        themselves, and one for the papers that do not say, and for what there is `besides`. None
        when no paper says anything: the delivery is then one question, as a whole."""
        about = replace(about, identifiers=tuple(self._register.cases.identifiers()))
        found: dict[Place, list[Paper]] = {}
        rest: list[Submission] = []
        for paper in papers:
            place = self._place(paper, about, unsure, day)
            if isinstance(place, Place):
                found.setdefault(place, []).append(paper)
            else:
                one = apart(paper.content, place, paper.position)
                rest.append(could_be(one, about.places if one.reason == unsure.reason else ()))
        if _meant_another(message, about.places, found):
            return ()
        if not found and all(one.reason == unsure.reason for one in rest):
            return ()
        lots = [self._lot(place, own, day, message) for place, own in found.items()]
        rest += besides
        return (*lots, Lot(nobodys(message), tuple(rest))) if rest else tuple(lots)

    def _place(
        self, paper: Paper, about: Surroundings, unsure: Unplaced, day: date
    ) -> Place | Unplaced:
        place = placed(weigh_document(self._desk.evidence(paper, day), about), about.places)
        if isinstance(place, Unplaced) and place.reason == unsure.reason:
            named = {*place.candidates}.intersection(unsure.candidates) or {*unsure.candidates}
            return self._fitting(paper, about, named, day) or unsure
        disagrees = isinstance(place, Place) and place.reference not in unsure.candidates
        return unsure if disagrees else place

    def _fitting(
        self, paper: Paper, about: Surroundings, named: Collection[str], day: date
    ) -> Place | None:
        """The one of the sender's places that what is in the document fits: it is owed there, and
        its people and its dates are of that review. None where several do, or it says nothing."""
        places = [place for place in about.places if place.reference in named]
        owing = [place for place in places if self._fits(paper, place, day)]
        return owing[0] if len(owing) == 1 < len(places) else None

    def _fits(self, paper: Paper, place: Place, day: date) -> bool:
        (said,) = self._desk.judged([paper], place, day)
        owed = self._register.owed.kinds(place.agency_id)
        return all(fits(judgement, owed) for judgement in said)

    def _lot(self, place: Place, own: list[Paper], day: date, message: Message | None) -> Lot:
        submissions = self._desk.submitted(own, place, day)
        if message is not None:
            return self._desk.heeded(submissions, place, message)
        return Lot(origin_of(place), submissions)

    def described(
        self, whole: Submission, papers: Sequence[Paper], mail: MailEvidence, day: date
    ) -> Submission:
        """What is held, with what its first recognised document reads like, and the cases that
        it or its mail names: for the administrator alone."""
        if whole.verdict != "hold":
            return whole
        for paper in papers[:MOST]:
            kind, evidence = self._desk.likeness(paper, day)
            if kind is not None:
                return replace(whole, kind=kind, candidates=self._named(mail, evidence))
        return whole

    def _named(self, mail: MailEvidence, document: DocumentEvidence) -> tuple[str, ...]:
        said = squash(document.identifier)
        known = self._register.cases.identifiers()
        found = [r for r, word in known if names(mail.words, r) or begins(said, word)]
        if document.stamp is not None:
            found.append(document.stamp.reference)
        return tuple(dict.fromkeys(found))
