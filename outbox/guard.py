"""The disclosure guard: the last look at a letter, before it is queued and again before it is sent.

Does: lets a letter through only to a person registered for that agency and case (or to the board's
own officers), and only when it names no subject of a review and no other case.
Trusts: the register alone, and the settings for who the officers are.
Never touches: the letter's words, except to look for what must not be there.
Known limits: a subject is looked for by the names the case file gives (see `spelling.py`). Digests
name cases freely and go to the administrator alone; an alert may name the case of a letter that it
is about, and goes to the operator alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from config.casefile import CaseFile
from handlers.register.people import Place
from handlers.register.register import Register
from outbox.letter import TO_THE_CHAIR, Draft, Letter, Recipient
from outbox.spelling import among, names, plain, referred, refers
from outbox.wording import opened, readings

SHORTEST = 3  # letters of an identifier that can be told from any other word

# What is said of a letter that was written and may not go any more.
BARRED = "its reader is not registered any more, or it says what they may not be told"


class Withheld(Exception):
    """The letter would tell somebody what is not theirs to know. It does not go."""


class Guard:
    """Nobody is told of a case that is not theirs (promise 5)."""

    def __init__(
        self,
        register: Register,
        administrator: Recipient,
        operator: Recipient | None = None,
        chair: Recipient | None = None,
    ) -> None:
        self._register = register
        self._administrator = administrator
        self._operator = operator
        self._chair = chair

    def check(self, draft: Draft) -> None:
        """The recipient. Raises Withheld."""
        if draft.agency_id is None:
            self._officer(draft.kind, draft.recipient.email)
            return
        place = self._place(draft.kind, draft.agency_id)
        if draft.case_id != place.case_id:
            raise Withheld(draft.kind)
        self._may_read(draft.kind, place, draft.recipient.contact_id, draft.recipient.email)

    def read(self, draft: Draft, message: bytes) -> None:
        """The words. Raises Withheld."""
        self._read(draft.kind, draft.agency_id, message)

    def leaving(self, letter: Letter) -> None:
        """Both, of a letter about to be sent: the register may have changed since it was written.
        Raises Withheld."""
        to = opened(letter.message)["To"].addresses[0].addr_spec
        if letter.agency_id is None:
            self._officer(letter.kind, to)
        else:
            place = self._place(letter.kind, letter.agency_id)
            self._may_read(letter.kind, place, letter.contact_id, to)
        self._read(letter.kind, letter.agency_id, letter.message)

    def words(self, words: str, own: str | None, kind: str = "receipt") -> None:
        """Words for whoever may know of the case `own`. Raises Withheld."""
        self._look([words], own, kind)

    def may_say(self, words: str, own: str | None, kind: str = "receipt") -> bool:
        """Whether whoever may know of the case `own` may be told some words."""
        try:
            self.words(words, own, kind)
        except Withheld:
            return False
        return True

    def _read(self, kind: str, agency_id: int | None, message: bytes) -> None:
        own = None if agency_id is None else self._place(kind, agency_id).reference
        self._look(readings(opened(message)), own, kind)

    def _look(self, readings: Iterable[str], own: str | None, kind: str) -> None:
        files = self._register.cases.files()
        unsaid = {subject.name for file in files for subject in file.subjects}
        others: set[str] = set()
        if kind != "digest":  # which names cases freely
            others = {file.reference for file in files} - {own} if kind != "alert" else others
            unsaid |= _identifiers(files, own)
        texts = tuple(map(plain, readings))
        people, cases = among(texts, unsaid), referred(texts, others)
        for said in texts:
            if any(names(said, name) for name in people) or refers(said, own or "", cases):
                raise Withheld(kind)

    def _officer(self, kind: str, email: str) -> None:
        officer = self._operator if kind == "alert" else self._administrator
        if kind in TO_THE_CHAIR:
            officer = self._chair
        if officer is None or email != officer.email:
            raise Withheld(kind)

    def _place(self, kind: str, agency_id: int) -> Place:
        place = self._register.people.place(agency_id)
        if place is None:
            raise Withheld(kind)
        return place

    def _may_read(self, kind: str, place: Place, contact_id: int | None, email: str) -> None:
        if kind in (*TO_THE_CHAIR, "urgent"):
            self._officer(kind, email)
            return
        people = self._register.people.contacts_of(place.agency_id)
        if (contact_id, email) not in {(person.id, person.email) for person in people}:
            raise Withheld(kind)


def _identifiers(files: Sequence[CaseFile], own: str | None) -> set[str]:
    """What other cases' documents are called by, where it can be told from any other word."""
    ours = {f.child_identifier for f in files if f.reference == own}
    return {
        f.child_identifier
        for f in files
        if f.child_identifier not in ours
        and len(f.child_identifier) >= SHORTEST
        and not f.child_identifier.isdigit()
    }
