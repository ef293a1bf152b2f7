"""The readers of an agency's letters: who may be written to now, and who not, and why.

Does: reads who is registered, who is away and who stands in for them, whom a person has left in
peace, and from whom mail has come back.
Trusts: the register. A deputy whom a note names is written to only where the board registered them
for the same agency; any other is told to the administrator alone.
Never touches: letters.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.calendar import briefly
from config.ladder import Rung
from handlers.register.entry import Absence
from handlers.register.people import Contact
from handlers.register.register import Register
from outbox.away import instead, known_to, until
from outbox.letter import Recipient
from outbox.recipients import recipient

_NOT_REACHED = "whom our letters do not reach"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with one role or more. `kept` says why nothing is sent to them of our own accord,
    to end "Author One ...", "" when nothing is in the way; `away` the same when it is no secret
    from their colleagues; `returned` that mail to them came back. `instead` says whom an absence
    note names, `deputy` is that address where the administrator may well register it. `instead_of`
    says for whom they stand in: "Author One, who is away until Thursday 22 April"."""

    roles: frozenset[str]
    recipient: Recipient
    kept: str = ""
    away: str = ""
    instead: str = ""
    deputy: str = ""
    instead_of: tuple[str, ...] = ()
    returned: bool = False

    def hears(self, rung: Rung, readers: Sequence[Reader]) -> bool:
        """Whether a step is told to them: by their role; or since whoever it is for cannot be
        reached, and they can."""
        return bool(self.roles.intersection(rung.to)) or self in _in_place(rung, readers)

    def in_place_of(self, rung: Rung, readers: Sequence[Reader]) -> tuple[str, ...]:
        """For whom they are told of a step that is not theirs: "Author One, whom our letters do not
        reach"."""
        if self not in _in_place(rung, readers):
            return ()
        return tuple(
            f"{r.recipient.name}, who {r.away}" if r.away else f"{r.recipient.name}, {_NOT_REACHED}"
            for r in _meant(rung, readers)
        )


def _meant(rung: Rung, readers: Sequence[Reader]) -> list[Reader]:
    return [r for r in readers if r.roles.intersection(rung.to)]


def _in_place(rung: Rung, readers: Sequence[Reader]) -> list[Reader]:
    """Who hears of a step of which nobody can that it is for, since mail to them came back or they
    are away: whoever of the agency can. Nobody is reminded of what is not late yet for who is only
    away, and whom a person left in peace nobody stands in for."""
    meant = _meant(rung, readers)
    late = rung.letter != "reminder"
    if not meant or not all(r.returned or (r.away and late) for r in meant):
        return []
    return [r for r in readers if not r.kept and r.recipient.contact_id is not None]


def readers(
    register: Register, agency_id: int, today: date, returned: Collection[int]
) -> tuple[Reader, ...]:
    """Everyone registered for an agency, authors first, each address once. `returned` are the
    contacts whose mail came back."""
    contacts = register.people.contacts_of(agency_id)
    found: dict[str, Reader] = {}
    for contact in contacts:
        note = register.notes.away(contact.id, today)
        each = _reader(contact, note, today, contact.id in returned)
        known = found.setdefault(contact.email.casefold(), each)
        found[contact.email.casefold()] = replace(known, roles=known.roles | each.roles)
    return tuple(_with_stand_ins(found))


def _reader(contact: Contact, note: Absence | None, today: date, returned: bool) -> Reader:
    role = frozenset({contact.role})
    away = f"is away{until(note)}" if note else ""
    kept = away
    if returned:
        kept = f"cannot be reached: mail to {contact.email} came back"
    elif contact.paused is not None and contact.paused > today:
        kept = f"is not to be written to before {briefly(contact.paused)}"
    if note is None:
        return Reader(role, recipient(contact), kept, returned=returned)
    deputy = note.deputy if known_to(note, contact.email) else ""
    names = instead(note, contact.email)
    return Reader(role, recipient(contact), kept, away, names, deputy, returned=returned)


def _with_stand_ins(found: dict[str, Reader]) -> Iterator[Reader]:
    """Whoever stands in for somebody who is away has their roles as well, and is told so."""
    for email, reader in found.items():
        away = [r for r in found.values() if r.away and r.deputy.casefold() == email]
        roles = reader.roles.union(*(r.roles for r in away))
        instead_of = tuple(f"{r.recipient.name}, who {r.away}" for r in away)
        yield _known_deputy(replace(reader, roles=roles, instead_of=instead_of), found)


def _known_deputy(reader: Reader, found: Mapping[str, Reader]) -> Reader:
    """A deputy who is registered is not offered to be."""
    stands_in = found.get(reader.deputy.casefold())
    if stands_in is None:
        return reader
    says = reader.instead if stands_in.kept else f"{stands_in.recipient.name} is written to instead"
    return replace(reader, deputy="", instead=says)


def absent(readers: Sequence[Reader]) -> list[str]:
    """ "Author One is away until Thursday 22 April", for their colleagues."""
    return [f"{r.recipient.name} {r.away}" for r in readers if r.away]
