"""Sorts documents whose case the mail does not tell, each by what it says of itself.

Only the proven sender's own cases are considered, and a document sorted in this way is read twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.deliveries.judge_documents import (
    DeliveryDocument,
    DocumentJudge,
    origin_of_place,
    set_apart_submission,
    unplaced_origin,
    with_possible_places,
)
from handlers.findings import Judgement
from handlers.in_order_parts import with_later_findings
from handlers.judging import arrival
from handlers.register.agencies import AgencyPlace
from handlers.register.register import Register
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import DeliveryPart, Submission
from handlers.senders.attribution import (
    AttributionContext,
    DocumentEvidence,
    MailEvidence,
    UncertainPlace,
    references_of,
    resolve_place,
    weigh_document,
)
from handlers.senders.mail import Mail
from handlers.values.case_reference import begins_with_word, names_reference
from handlers.values.normalise import fold_without_spaces
from intake.message.message import Message

MAX_DESCRIBED = 3
# What is found in a document of an agency that is not its sender's, whatever review it is of.
ANOTHER_AGENCY_RULE = "another-agency"
# What is found in a document that is judged for a review it is not of.
OTHER_CASE_RULES = frozenset({"subjects-of-another", "not-owed", "identifier-unknown"})
NEW_VERSION_RULE = "taken-as-new-version"
OUTSIDE_PERIOD_RULE, MIN_STRAY_DATES = (
    "date-outside-period",
    3,
)  # a date or two may stray from the period


def fits_the_case(
    judgement: Judgement, owed: Collection[str], owed_anywhere: Collection[str] = ()
) -> bool:
    """Whether a document judged for a place may be of it: what none of its sender's places owes,
    as a nil return, is for any in which something is owed."""
    rules = Counter(finding.rule for finding in judgement.findings)
    if judgement.verdict == "hold" or not OTHER_CASE_RULES.isdisjoint(rules):
        return False
    never_owed = judgement.kind is not None and judgement.kind not in owed_anywhere
    is_for_it = bool(owed) if never_owed else judgement.kind in owed
    return is_for_it and rules[OUTSIDE_PERIOD_RULE] < MIN_STRAY_DATES


def _is_of_another_agency(said: Sequence[Judgement]) -> bool:
    return any(f.rule == ANOTHER_AGENCY_RULE for judgement in said for f in judgement.findings)


def _meant_another(
    message: Message | None, places: Sequence[AgencyPlace], found: Collection[AgencyPlace]
) -> bool:
    """Whether the subject names one of the sender's cases, and every document is of another."""
    named = [
        p for p in places if message is not None and names_reference(message.subject, p.reference)
    ]
    return len(named) == 1 and bool(found) and named[0] not in found


@dataclass(frozen=True, slots=True)
class NewVersionFor:
    """Nothing says whose a document is but that one of its kind was sent back in this place."""

    place: AgencyPlace


def told_as_new_versions(
    submissions: Iterable[Submission], contents: Collection[str]
) -> tuple[Submission, ...]:
    """All of them; the letter says of those with these contents that they were taken to be new
    versions."""
    said = [arrival.file_finding(NEW_VERSION_RULE)]
    return tuple(
        replace(one, judgements=tuple(with_later_findings(j, said) for j in one.judgements))
        if one.content in contents
        else one
        for one in submissions
    )


class CaseSorter:
    """Sorts the documents of a delivery by the cases that they say they are of."""

    def __init__(self, register: Register, judge: DocumentJudge) -> None:
        self._register = register
        self._judge = judge

    def sort_documents(
        self,
        papers: Sequence[DeliveryDocument],
        about: AttributionContext,
        unsure: UncertainPlace,
        day: date,
        message: Message | None = None,
        besides: Sequence[Submission] = (),
        file_name: str = "",
    ) -> tuple[DeliveryPart, ...]:
        """A part for each case, among the `unsure` candidates, that papers are of by what they say
        themselves, by what a dropped file is called, or since such a return was sent back there;
        and one for the papers that do not say, and for what there is `besides`. None when no paper
        says anything: the delivery is then one question, as a whole."""
        about = self._with_other_cases(about)
        found: dict[AgencyPlace, list[DeliveryDocument]] = {}
        rest: list[Submission] = []
        taken: list[DeliveryDocument] = []
        for paper in papers:
            place = self._place(paper, about, unsure, day, file_name)
            if isinstance(place, NewVersionFor):
                place = place.place
                taken.append(paper)
            if isinstance(place, AgencyPlace):
                found.setdefault(place, []).append(paper)
            else:
                one = set_apart_submission(paper.content, place, paper.position)
                rest.append(
                    with_possible_places(one, about.places if one.reason == unsure.reason else ())
                )
        if _meant_another(message, about.places, found):
            return ()
        if not found and all(one.reason == unsure.reason for one in rest):
            return ()
        made = [self._part(place, own, day, message) for place, own in found.items()]
        contents = {paper.content for paper in taken}
        parts = [
            replace(part, submissions=told_as_new_versions(part.submissions, contents))
            for part in made
        ]
        rest += besides
        return (
            (*parts, DeliveryPart(unplaced_origin(message), tuple(rest))) if rest else tuple(parts)
        )

    def _with_other_cases(self, about: AttributionContext) -> AttributionContext:
        own, cases = references_of(about.places), self._register.cases
        elsewhere = tuple(each for each in cases.case_references() if each not in own)
        identifiers = tuple(cases.case_identifiers())
        return AttributionContext(about.places, elsewhere, identifiers, cases.shapes)

    def _place(
        self,
        paper: DeliveryDocument,
        about: AttributionContext,
        unsure: UncertainPlace,
        day: date,
        file_name: str,
    ) -> AgencyPlace | NewVersionFor | UncertainPlace:
        place = resolve_place(
            weigh_document(self._judge.document_evidence(paper, day), about), about.places
        )
        if isinstance(place, UncertainPlace) and place.reason == unsure.reason:
            named = {*place.candidates}.intersection(unsure.candidates) or {*unsure.candidates}
            found = self._judged_for(paper, [p for p in about.places if p.reference in named], day)
            if found and all(map(_is_of_another_agency, found.values())):
                return replace(unsure, reason=SetApartReason.CASE_OTHER)
            says_nothing = named == {*unsure.candidates}
            return self._most_likely(found, about, file_name, unnamed=says_nothing) or unsure
        disagrees = isinstance(place, AgencyPlace) and place.reference not in unsure.candidates
        return unsure if disagrees else place

    def _most_likely(
        self,
        found: Mapping[AgencyPlace, Sequence[Judgement]],
        about: AttributionContext,
        file_name: str,
        *,
        unnamed: bool,
    ) -> AgencyPlace | NewVersionFor | None:
        """The one of the sender's places that what is in the document fits, or that its file is
        called after, where these do not disagree; else the only one in which a return of its kind
        was sent back and is awaited again, unless the document names several."""
        fitting = self._fitting(found)
        called = about.places_in_file_name(file_name)
        if called is None or len(called) > 1:
            return None
        if called:
            own = [place for place in self._owing(found) if place in called]
            return own[0] if own and fitting in (None, own[0]) else None
        return fitting or (self._sent_back(found) if unnamed else None)

    def _judged_for(
        self, paper: DeliveryDocument, places: Sequence[AgencyPlace], day: date
    ) -> dict[AgencyPlace, Sequence[Judgement]]:
        return {place: self._judge.judge_for_place([paper], place, day)[0] for place in places}

    def _fitting(self, found: Mapping[AgencyPlace, Sequence[Judgement]]) -> AgencyPlace | None:
        """The one of the sender's places that what is in the document fits. None where several do,
        or it says nothing."""
        owing = self._owing(found)
        return owing[0] if len(owing) == 1 < len(found) else None

    def _owing(self, found: Mapping[AgencyPlace, Sequence[Judgement]]) -> list[AgencyPlace]:
        """Those that it may be of: it is owed there, and its people and its dates are of that
        review."""
        owed = {place: self._register.owed.kinds_owed(place.agency_id) for place in found}
        anywhere = frozenset[str]().union(*owed.values())
        return [
            place
            for place, said in found.items()
            if all(fits_the_case(judgement, owed[place], anywhere) for judgement in said)
        ]

    def _sent_back(self, found: Mapping[AgencyPlace, Sequence[Judgement]]) -> NewVersionFor | None:
        """The only place in which a return of this kind is awaited again after one was sent back: a
        new version is what our letter asked for."""
        kinds = {judgement.kind for said in found.values() for judgement in said}
        if len(kinds) != 1 or None in kinds:
            return None
        back = [
            place
            for place in self._owing(found)
            if self._register.owed.is_sent_back(place.agency_id, *kinds)
        ]
        return NewVersionFor(back[0]) if len(back) == 1 else None

    def _part(
        self, place: AgencyPlace, own: list[DeliveryDocument], day: date, message: Message | None
    ) -> DeliveryPart:
        submissions = self._judge.judge_submissions(own, place, day)
        if message is not None:
            return self._judge.weigh_covering_note(submissions, place, message)
        return DeliveryPart(origin_of_place(place), submissions)

    def describe_held(
        self, whole: Submission, papers: Sequence[DeliveryDocument], mail: Mail, day: date
    ) -> Submission:
        """What is held, with what its first recognised document reads like, and the cases that
        it or its mail names: for the administrator alone. What may be of several cases, with the
        kinds that it can only be."""
        if whole.reason == SetApartReason.CASE_UNCLEAR and 0 < len(papers) <= MAX_DESCRIBED:
            return replace(whole, likely=self._judge.kinds_of_all(papers, mail, day))
        if whole.verdict != "hold" or whole.kind is not None:
            return whole
        for paper in papers[:MAX_DESCRIBED]:
            kind, evidence = self._judge.recognise_document(paper, day)
            if kind is not None:
                named = self.named_cases(mail.evidence, evidence)
                described = replace(whole, kind=kind, candidates=named)
                return replace(described, places=self._same_agency(named, whole, mail))
        return whole

    def _same_agency(
        self, named: Collection[str], whole: Submission, mail: Mail
    ) -> tuple[tuple[int, None], ...]:
        """Where it can only be of, by a proven sender whose own agency has a place in the one case
        that is named: their agency there. That they may send for it a person says."""
        if whole.reason != SetApartReason.CASE_OTHER or mail.doubt or len(named) != 1:
            return ()
        codes = {place.code for place in mail.about.places}
        there = [
            place.agency_id
            for code in codes
            for place in self._register.people.places_of_agency(code)
            if place.reference in named
        ]
        return ((there[0], None),) if len(there) == 1 else ()

    def named_cases(
        self, mail: MailEvidence, document: DocumentEvidence | None = None
    ) -> tuple[str, ...]:
        """The references of the cases that a message or its document names."""
        document = document or DocumentEvidence()
        said = fold_without_spaces(document.identifier)
        known = self._register.cases.case_identifiers()
        found = [
            r for r, word in known if names_reference(mail.words, r) or begins_with_word(said, word)
        ]
        if document.stamp is not None:
            found.append(document.stamp.reference)
        return tuple(dict.fromkeys(found))
