"""The disclosure guard: the last look at a letter before it may be queued.

Does: lets a letter through only to a person registered for that agency and case (or to the
administrator), and only when it names no subject of a review and no other case.
Trusts: the register alone.
Never touches: the letter's words, except to look for what must not be there.
Known limits: a subject is looked for by the names the case file gives. Digests name cases freely
and go to the administrator alone.
"""

from __future__ import annotations

import re

from handlers.register.register import Register
from outbox.letter import Draft, Recipient
from outbox.wording import all_words, opened


class Withheld(Exception):
    """The letter would tell somebody what is not theirs to know. It was not queued."""


class Guard:
    """Nobody is told of a case that is not theirs (promise 5)."""

    def __init__(
        self, register: Register, administrator: Recipient, operator: Recipient | None = None
    ) -> None:
        self._register = register
        self._administrator = administrator
        self._operator = operator

    def check(self, draft: Draft) -> None:
        """The recipient. Raises Withheld."""
        if draft.agency_id is None:
            ours = self._operator if draft.kind == "alert" else self._administrator
            if draft.recipient != ours:
                raise Withheld(draft.kind)
            return
        people = self._register.people.contacts_of(draft.agency_id)
        known = {(person.id, person.email) for person in people}
        if (draft.recipient.contact_id, draft.recipient.email) not in known:
            raise Withheld(draft.kind)

    def read(self, draft: Draft, message: bytes) -> None:
        """The words. Raises Withheld."""
        if draft.agency_id is None:
            return
        case = getattr(draft.facts, "case", None)
        self.words(all_words(opened(message)), case, draft.kind)

    def words(self, words: str, own: str | None, kind: str = "receipt") -> None:
        """Words for whoever may know of the case `own`. Raises Withheld."""
        for reference in self._register.cases.references():
            case = self._register.cases.file(reference)
            theirs = reference == own
            if any(_says(words, subject.name) for subject in case.subjects):
                raise Withheld(kind)
            if not theirs and _says(words, reference):
                raise Withheld(kind)


def _says(words: str, name: str) -> bool:
    """As words of their own, however they are spaced or capitalised."""
    spelled = r"\s+".join(re.escape(part) for part in name.split())
    return bool(spelled) and re.search(rf"(?<!\w){spelled}(?!\w)", words, re.I) is not None
