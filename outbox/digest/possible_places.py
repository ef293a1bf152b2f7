"""Where something could be of that waits and is of no agency yet, as far as its sender tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handlers.register.agencies import ContactDirectory
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import SEALED_NOTICE_REASON, Entry
from intake.unregistered_senders import domain_of_sender
from outbox.digest.offers import PossiblePlace
from outbox.writing.asks import NO_TOPIC, AskTopic

_OTHER_REVIEW = "another-case"
PlacesById = Mapping[int, tuple[CaseRow, AgencyRow]]  # by the agency's number


def places_by_agency(cases: Sequence[CaseRow]) -> PlacesById:
    return {agency.id: (case, agency) for case in cases for agency in case.agencies}


def possible_places(entry: Entry, places: PlacesById) -> Iterator[PossiblePlace]:
    """Those that were found as it was judged."""
    for agency_id, _ in entry.told.places:
        if agency_id in places:
            yield _place(*places[agency_id])


def sender_places(
    entry: Entry, places: PlacesById, people: ContactDirectory
) -> tuple[PossiblePlace, ...]:
    """Of what names a review in which its registered sender has no part: where people of the same
    domain are registered. It may have been sent for one of those, under the wrong name."""
    if entry.reason != SetApartReason.CASE_OTHER or not entry.told.domain:
        return ()
    return tuple(
        _place(case, agency)
        for case, agency in places.values()
        if case.state != "closed"
        and any(
            domain_of_sender(each.email) == entry.told.domain
            for each in people.contacts_of_agency(agency.id)
        )
    )


def _place(case: CaseRow, agency: AgencyRow) -> PossiblePlace:
    return PossiblePlace(case.reference, agency.code, tuple(row.kind for row in agency.returns))


def places_elsewhere(
    entry: Entry, places: PlacesById, agency: AgencyRow
) -> tuple[PossiblePlace, ...]:
    """Of a document that names another review: those in which its agency has a part too."""
    if all(finding.rule != _OTHER_REVIEW for finding in entry.told.findings):
        return ()
    return tuple(
        _place(case, other)
        for case, other in places.values()
        if other.code == agency.code and other.id != agency.id and case.state != "closed"
    )


def topic_of_notice(entry: Entry, where: Sequence[PossiblePlace]) -> AskTopic:
    """Of the notice of something sealed: for which agency what waits elsewhere is handed in."""
    if entry.reason != SEALED_NOTICE_REASON or len(where) != 1:
        return NO_TOPIC
    return AskTopic("entries", (entry.id,), where[0].case, where[0].agency)
