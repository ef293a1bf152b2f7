"""Which agency's a delivery is, and in which case: decided from what is proven, never guessed.

A dropped file is of the agency after which the first folder of its path is called
(`intake/drop/scan.py` `FoundFile.agency_code`); it is believed only of a source that proves it
(`proves_agency`, in `intake/source.py`). Mail is of whoever is registered under its proven sender.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from handlers.document import Stamp
from handlers.register.agencies import AgencyPlace
from handlers.register.set_apart_reasons import (
    PossibleReason,
    SetApartReason,
    verdict_of_reason,
)
from handlers.values.case_reference import (
    begins_with_word,
    find_other_reference,
    is_in_file_name,
    is_shaped_like,
    names_reference,
)
from handlers.values.normalise import fold_without_spaces

OTHER_PLACE_ID = 0  # points at somebody else's place; register ids begin at 1

PlaceIds = frozenset[int]  # agency ids, each one agency's place in one case


@dataclass(frozen=True, slots=True)
class AttributionContext:
    """What evidence is read against: the sender's places, and the references of cases in which
    the sender has none. `identifiers` are child identifiers, squashed, by reference; `shapes` are
    how the board's references look."""

    places: Sequence[AgencyPlace]
    elsewhere: Collection[str] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    shapes: tuple[str, ...] = ()

    def names_another_review(self, words: str) -> bool:
        """Whether they name a review that the sender has no place in."""
        own = [place.reference for place in self.places]
        known = any(names_reference(words, reference) for reference in self.elsewhere)
        return known or bool(find_other_reference(words, self.shapes, own))

    def places_in_file_name(self, name: str) -> list[AgencyPlace] | None:
        """The sender's places whose case a file is called after: "R21_QA-form v2.docx" is of R21.
        None where it names a review that the sender has no place in."""
        known = any(is_in_file_name(name, reference) for reference in self.elsewhere)
        if known or self.names_another_review(name.replace("_", " ")):
            return None
        return [place for place in self.places if is_in_file_name(name, place.reference)]


@dataclass(frozen=True, slots=True)
class MailEvidence:
    """`answered` are the agencies whose letters of ours it answers; `words` subject and body."""

    words: str = ""
    answered: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentEvidence:
    """`identifier` as the document gives it, "" for none; `stamp` of an issued template."""

    identifier: str = ""
    stamp: Stamp | None = None


def _answers_our_letters(mail: MailEvidence, about: AttributionContext) -> PlaceIds:
    own = {place.agency_id for place in about.places}
    return frozenset(id if id in own else OTHER_PLACE_ID for id in mail.answered)


def _names_a_case(mail: MailEvidence, about: AttributionContext) -> PlaceIds:
    own = {p.agency_id for p in about.places if names_reference(mail.words, p.reference)}
    return frozenset(own | ({OTHER_PLACE_ID} if about.names_another_review(mail.words) else set()))


def _carries_an_identifier(document: DocumentEvidence, about: AttributionContext) -> PlaceIds:
    """ "N13/B" is of case N13, whose own identifier is "N13/A"; "N131" is not."""
    said = fold_without_spaces(document.identifier)
    found = {reference for reference, word in about.identifiers if begins_with_word(said, word)}
    own = {place.agency_id for place in about.places if place.reference in found}
    own_words = [place.reference for place in about.places]
    other = bool(found) or bool(find_other_reference(document.identifier, about.shapes, own_words))
    return frozenset(own or ({OTHER_PLACE_ID} if other else set()))


def _was_issued(document: DocumentEvidence, about: AttributionContext) -> PlaceIds:
    stamp = document.stamp
    if stamp is None:
        return frozenset()
    own = {p.agency_id for p in about.places if stamp.is_issued_for(p.reference, p.code)}
    return frozenset(own or {OTHER_PLACE_ID})


MAIL_FINDERS: tuple[Callable[[MailEvidence, AttributionContext], PlaceIds], ...] = (
    _answers_our_letters,
    _names_a_case,
)
DOCUMENT_FINDERS: tuple[Callable[[DocumentEvidence, AttributionContext], PlaceIds], ...] = (
    _was_issued,
    _carries_an_identifier,
)


@dataclass(frozen=True, slots=True)
class WeighedEvidence:
    """What all the evidence comes to: `place` where it agrees on one; otherwise `candidates`,
    none of them when it points at nobody but others (`foreign`)."""

    place: AgencyPlace | None
    candidates: tuple[AgencyPlace, ...] = ()
    foreign: bool = False


def weigh_mail(mail: MailEvidence, about: AttributionContext) -> WeighedEvidence:
    return _weighed((find(mail, about) for find in MAIL_FINDERS), about.places)


def weigh_document(document: DocumentEvidence, about: AttributionContext) -> WeighedEvidence:
    return _weighed((find(document, about) for find in DOCUMENT_FINDERS), about.places)


def _weighed(pointings: Iterable[PlaceIds], places: Sequence[AgencyPlace]) -> WeighedEvidence:
    said = [pointing for pointing in pointings if pointing]
    if not said:
        only = places[0] if len(places) == 1 else None
        return WeighedEvidence(only, () if only else tuple(places))
    agreed = frozenset[int].intersection(*said)
    meant = frozenset[int].union(*said)
    own = tuple(place for place in places if place.agency_id in meant)
    if len(agreed) == 1 and agreed <= {place.agency_id for place in own}:
        return WeighedEvidence(next(place for place in own if place.agency_id in agreed))
    return WeighedEvidence(None, own, foreign=not own)


@dataclass(frozen=True, slots=True)
class UncertainPlace:
    """It has no certain place, and why. `candidates` are case references."""

    reason: SetApartReason
    candidates: tuple[str, ...] = ()

    @property
    def verdict(self) -> Literal["refer", "hold"]:
        return verdict_of_reason(self.reason)


def place_by_sender(
    doubt: PossibleReason,
    mail: MailEvidence,
    about: AttributionContext,
    unknown: SetApartReason = SetApartReason.SENDER_UNKNOWN,
) -> AgencyPlace | UncertainPlace:
    """Where mail belongs. `doubt` is why the sender is not proven, "" when they are; `unknown`
    the reason when nobody is registered under the address."""
    if doubt:
        return UncertainPlace(doubt)
    if not about.places:
        return UncertainPlace(unknown)
    return resolve_place(weigh_mail(mail, about), about.places)


def place_by_folder(
    code: str | None,
    below: str | None,
    places: Sequence[AgencyPlace],
    elsewhere: Iterable[str] = (),
    shapes: Iterable[str] = (),
) -> AgencyPlace | UncertainPlace:
    """Where a dropped file belongs: its folder's agency, and the case that a folder `below` it, of
    "N12/final", is called after. Other names are the agency's own, and say nothing; `elsewhere`
    are references of cases in which it has no place, `shapes` how the board's look."""
    if not code or not places:
        return UncertainPlace(SetApartReason.AGENCY_UNKNOWN)
    names = {name.strip().casefold() for name in (below or "").split("/")}
    own = [place for place in places if place.reference.casefold() in names]
    known = {place.reference.casefold() for place in places}
    references = (*known, *elsewhere)
    others = [name for name in names - known if _of_another_case(name, references)]
    if others or any(find_other_reference(name, shapes, known) == name for name in names if name):
        return UncertainPlace(SetApartReason.CASE_OTHER, references_of(places))
    return resolve_place(
        weigh_mail(MailEvidence(), AttributionContext(own or places)), own or places
    )


def _of_another_case(name: str, references: Iterable[str]) -> bool:
    known = {reference.casefold() for reference in references}
    return name in known or is_shaped_like(name, known)


def resolve_place(
    weighed: WeighedEvidence, places: Sequence[AgencyPlace]
) -> AgencyPlace | UncertainPlace:
    """The place that evidence agrees on, or the question it leaves."""
    if weighed.place is not None:
        return weighed.place
    if weighed.foreign:
        return UncertainPlace(SetApartReason.CASE_OTHER, references_of(places))
    return UncertainPlace(SetApartReason.CASE_UNCLEAR, references_of(weighed.candidates))


def references_of(places: Iterable[AgencyPlace]) -> tuple[str, ...]:
    """The references of their cases, each once."""
    return tuple(dict.fromkeys(place.reference for place in places))
