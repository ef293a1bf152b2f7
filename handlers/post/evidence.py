"""Evidence of the case: what a mail or a document points at, and whether all of it agrees.

Does: asks a table of small functions, each of which points at some of the sender's own places, at
somebody else's, or at nothing, and finds the one place that all of them can mean. Pure.
Trusts: the sender's places, which the register gave for a proven sender: nothing else opens a
case's door (failure mode 47). Evidence chooses among them, or shuts the door.
Never touches: the register, documents.
Known limits: that a case is the agency's only open one is no evidence; it serves where all else
is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from handlers.document.stamp import Stamp
from handlers.register.people import Place
from handlers.typed.fold import squash
from handlers.typed.reference import another, begins, names

NOT_THEIRS = 0  # points at somebody else's place; register ids begin at 1

Pointing = frozenset[int]  # agency ids, each one agency's place in one case


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What evidence is read against: the sender's places, and the references of cases in which
    the sender has none. `identifiers` are child identifiers, squashed, by reference; `shapes` are
    how the board's references look."""

    places: Sequence[Place]
    elsewhere: Collection[str] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    shapes: tuple[str, ...] = ()

    def another_in(self, words: str) -> bool:
        """Whether they name a review that the sender has no place in."""
        own = [place.reference for place in self.places]
        known = any(names(words, reference) for reference in self.elsewhere)
        return known or bool(another(words, self.shapes, own))


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


def _answers_our_letters(mail: MailEvidence, about: Surroundings) -> Pointing:
    own = {place.agency_id for place in about.places}
    return frozenset(id if id in own else NOT_THEIRS for id in mail.answered)


def _names_a_case(mail: MailEvidence, about: Surroundings) -> Pointing:
    own = {p.agency_id for p in about.places if names(mail.words, p.reference)}
    return frozenset(own | ({NOT_THEIRS} if about.another_in(mail.words) else set()))


def _carries_an_identifier(document: DocumentEvidence, about: Surroundings) -> Pointing:
    """ "N13/B" is of case N13, whose own identifier is "N13/A"; "N131" is not."""
    said = squash(document.identifier)
    found = {reference for reference, word in about.identifiers if begins(said, word)}
    own = {place.agency_id for place in about.places if place.reference in found}
    own_words = [place.reference for place in about.places]
    other = bool(found) or bool(another(document.identifier, about.shapes, own_words))
    return frozenset(own or ({NOT_THEIRS} if other else set()))


def _was_issued(document: DocumentEvidence, about: Surroundings) -> Pointing:
    stamp = document.stamp
    if stamp is None:
        return frozenset()
    own = {p.agency_id for p in about.places if stamp.is_for(p.reference, p.code)}
    return frozenset(own or {NOT_THEIRS})


MAIL: tuple[Callable[[MailEvidence, Surroundings], Pointing], ...] = (
    _answers_our_letters,
    _names_a_case,
)
DOCUMENT: tuple[Callable[[DocumentEvidence, Surroundings], Pointing], ...] = (
    _was_issued,
    _carries_an_identifier,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What all the evidence comes to: `place` where it agrees on one; otherwise `candidates`,
    none of them when it points at nobody but others (`foreign`)."""

    place: Place | None
    candidates: tuple[Place, ...] = ()
    foreign: bool = False


def weigh_mail(mail: MailEvidence, about: Surroundings) -> Weighed:
    return _weighed((find(mail, about) for find in MAIL), about.places)


def weigh_document(document: DocumentEvidence, about: Surroundings) -> Weighed:
    return _weighed((find(document, about) for find in DOCUMENT), about.places)


def _weighed(pointings: Iterable[Pointing], places: Sequence[Place]) -> Weighed:
    said = [pointing for pointing in pointings if pointing]
    if not said:
        only = places[0] if len(places) == 1 else None
        return Weighed(only, () if only else tuple(places))
    agreed = frozenset[int].intersection(*said)
    meant = frozenset[int].union(*said)
    own = tuple(place for place in places if place.agency_id in meant)
    if len(agreed) == 1 and agreed <= {place.agency_id for place in own}:
        return Weighed(next(place for place in own if place.agency_id in agreed))
    return Weighed(None, own, foreign=not own)
