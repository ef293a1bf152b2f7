"""Who is written to: who may be now, who not, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from config.calendar import date_without_year
from config.english import join_with_and
from config.ladder import LadderStep
from handlers.register.agencies import ContactDirectory, RegisteredContact
from handlers.register.left_contacts import Departure
from handlers.register.register import Register
from handlers.register.submissions import Absence
from outbox.writing.letter import Recipient


def until_phrase(note: Absence) -> str:
    """ " until Thursday 22 April", "" where the note does not say."""
    return f" until {date_without_year(note.until)}" if note.until else ""


def deputy_phrase(note: Absence, email: str) -> str:
    """ "the note names deputy@agency.example instead", "" for nobody; `email` is of who is away."""
    if not note.deputy:
        return ""
    apart = "" if has_same_domain(note, email) else ", at another domain than theirs"
    return f"the note names {note.deputy} instead{apart}"


def has_same_domain(note: Absence, email: str) -> bool:
    """Whether the deputy is at the same domain."""
    own, theirs = (each.rpartition("@")[2].casefold() for each in (email, note.deputy))
    return own == theirs


def answer_recipients(
    people: ContactDirectory, agency_id: int, contact_id: int | None
) -> list[Recipient]:
    """Who sent a message, while they are registered; of a dropped file the authors. An answer is
    not a surprise, so it also goes to somebody who is not written to otherwise."""
    return asker_recipients(people, contact_id) or _authors(people.contacts_of_agency(agency_id))


def asker_recipients(people: ContactDirectory, contact_id: int | None) -> list[Recipient]:
    """Who asked, while they are registered, and nobody in their place."""
    contact = people.find_contact(contact_id) if contact_id is not None else None
    return [contact_recipient(contact)] if contact is not None and not contact.removed else []


def author_recipients(people: ContactDirectory, agency_id: int, today: date) -> list[Recipient]:
    """The authors, or whoever there is."""
    return _authors(_reachable(people, agency_id, today))


def contact_recipient(contact: RegisteredContact) -> Recipient:
    return Recipient(contact.name, contact.email, contact.id)


def _reachable(people: ContactDirectory, agency_id: int, today: date) -> list[RegisteredContact]:
    """Those whose letters are not paused."""
    return [
        contact
        for contact in people.contacts_of_agency(agency_id)
        if contact.paused is None or contact.paused <= today
    ]


def _authors(people: Sequence[RegisteredContact]) -> list[Recipient]:
    authors = [contact for contact in people if contact.role == "author"]
    return [contact_recipient(contact) for contact in authors or people[:1]]


_NOT_REACHED = "whom our letters do not reach"


@dataclass(frozen=True, slots=True)
class LetterReader:
    """Somebody with one role or more. `kept` says why nothing is sent to them of our own accord, to
    end "Author One ...", "" when nothing is in the way; `away` the same when it is no secret from
    their colleagues; `returned` that mail to them came back. `instead` says whom an absence
    note names, `deputy` is that address where the administrator may well register it. `instead_of`
    says for whom they stand in: "Author One, who is away until Thursday 22 April". `away_until` is
    the last day of that, None where it is not known or they are here. `left` says that they have
    left, or leave, as a clause. Who leaves is written to, and so is who stands in; but of what is
    due until the day on which they leave, `leaves_on`. Who `has_left` is kept, while anybody else
    can be written to."""

    roles: frozenset[str]
    recipient: Recipient
    kept: str = ""
    away: str = ""
    instead: str = ""
    deputy: str = ""
    instead_of: tuple[str, ...] = ()
    returned: bool = False
    away_until: date | None = None
    left: str = ""
    leaves_on: date | None = None
    has_left: bool = False

    @property
    def is_there(self) -> bool:
        """Whether they can stand in for somebody."""
        return not (self.kept or self.left)

    def is_told_of(self, rung: LadderStep, due: date, readers: Sequence[LetterReader]) -> bool:
        """Whether a step about what is due on a day is told to them: by their role; or since
        whoever it is for cannot be reached, and they can."""
        return bool(self.roles.intersection(rung.to)) or self in _in_place(rung, due, readers)

    def stands_in_for(
        self, rung: LadderStep, due: date, readers: Sequence[LetterReader]
    ) -> tuple[str, ...]:
        """For whom they are told of a step that is not theirs: "Author One, whom our letters do not
        reach"."""
        if self not in _in_place(rung, due, readers):
            return ()
        return tuple(map(_in_words, _meant(rung, readers)))


def _in_words(absent: LetterReader) -> str:
    """ "Author One, who is away until Thursday 22 April"."""
    if absent.left and not absent.returned:
        return f"{absent.recipient.name}, {absent.left}"
    return f"{absent.recipient.name}, {f'who {absent.away}' if absent.away else _NOT_REACHED}"


def _meant(rung: LadderStep, readers: Sequence[LetterReader]) -> list[LetterReader]:
    return [r for r in readers if r.roles.intersection(rung.to)]


def _in_place(rung: LadderStep, due: date, readers: Sequence[LetterReader]) -> list[LetterReader]:
    """Who hears of a step of which nobody can that it is for, since mail to them came back, or they
    have left or are away: whoever of the agency can. Nobody is reminded of what is not late yet for
    who will be back before it is due, and whom a person left in peace nobody stands in for."""
    meant = _meant(rung, readers)
    late = rung.letter != "reminder"

    def is_missed(reader: LetterReader) -> bool:
        past_due = reader.away_until is not None and reader.away_until >= due
        gone = bool(reader.left) and (reader.leaves_on is None or reader.leaves_on < due)
        return reader.returned or gone or bool(reader.away and (late or past_due))

    if not meant or not all(map(is_missed, meant)):
        return []
    return [r for r in readers if r.is_there and r.recipient.contact_id is not None]


def ladder_readers(
    register: Register,
    agency_id: int,
    today: date,
    returned: Collection[int],
    left: Mapping[int, Departure] = MappingProxyType({}),
) -> tuple[LetterReader, ...]:
    """Everyone registered for an agency, authors first, each address once. `returned` are the
    contacts whose mail came back, `left` those who leave, or have left."""
    contacts = register.people.contacts_of_agency(agency_id)
    found: dict[str, LetterReader] = {}
    for contact in contacts:
        note = register.notes.find_absence(contact.id, today)
        each = _reader(contact, note, today, contact.id in returned)
        if (leaves := left.get(contact.id)) is not None:
            on = leaves.last_day if leaves.is_to_come(today) else None
            says, gone = leaves.departure_clause(today), leaves.has_left(today)
            each = replace(each, left=says, leaves_on=on, has_left=gone)
        known = found.setdefault(contact.email.casefold(), each)
        found[contact.email.casefold()] = replace(known, roles=known.roles | each.roles)
    readers = tuple(_with_stand_ins(found))
    anybody = any(reader.is_there for reader in readers)
    return tuple(_without_who_left(reader) if anybody else reader for reader in readers)


def _without_who_left(reader: LetterReader) -> LetterReader:
    """Whoever has left is not written to of our own accord; where nobody else can be, they are."""
    if not reader.has_left or reader.kept:
        return reader
    return replace(reader, kept=reader.left.removeprefix("who "))


def _reader(
    contact: RegisteredContact, note: Absence | None, today: date, returned: bool
) -> LetterReader:
    role = frozenset({contact.role})
    away = f"is away{until_phrase(note)}" if note else ""
    kept = away
    if returned:
        kept = f"cannot be reached: mail to {contact.email} came back"
    elif contact.paused is not None and contact.paused > today:
        kept = f"is not to be written to before {date_without_year(contact.paused)}"
    if note is None:
        return LetterReader(role, contact_recipient(contact), kept, returned=returned)
    deputy = note.deputy if has_same_domain(note, contact.email) else ""
    names = deputy_phrase(note, contact.email)
    return LetterReader(
        *(role, contact_recipient(contact), kept, away, names, deputy),
        returned=returned,
        away_until=note.until,
    )


def _with_stand_ins(found: dict[str, LetterReader]) -> Iterator[LetterReader]:
    """Whoever stands in for somebody who is away has their roles as well, and is told so."""
    for email, reader in found.items():
        away = [r for r in found.values() if r.away and r.deputy.casefold() == email]
        roles = reader.roles.union(*(r.roles for r in away))
        instead_of = tuple(map(_in_words, away))
        yield _known_deputy(replace(reader, roles=roles, instead_of=instead_of), found)


def _known_deputy(reader: LetterReader, found: Mapping[str, LetterReader]) -> LetterReader:
    """A deputy who is registered is not offered to be."""
    stands_in = found.get(reader.deputy.casefold())
    if stands_in is None:
        return reader
    says = reader.instead if stands_in.kept else f"{stands_in.recipient.name} is written to instead"
    return replace(reader, deputy="", instead=says)


@dataclass(frozen=True, slots=True)
class StandIns:
    """Who is asked as well, since nobody whom a letter asks can act on it now. `instead_of` says
    for whom: "Author One, who is away until Thursday 22 April"."""

    people: tuple[Recipient, ...] = ()
    instead_of: str = ""


NO_STAND_INS = StandIns()


def stand_ins_for(asked: Collection[Recipient], readers: Sequence[LetterReader]) -> StandIns:
    """Where each of those is away or has left, or mail to them came back: who the absence note
    names, or else the other authors, or else whoever of the agency can be written to."""
    addresses = {to.email.casefold() for to in asked}
    meant = [r for r in readers if r.recipient.email.casefold() in addresses]
    if not meant or not all(r.away or r.returned or (r.left and not r.leaves_on) for r in meant):
        return NO_STAND_INS
    able = [r for r in readers if r.is_there]
    named = [r for r in able if any(_stands_in(r, absent) for absent in meant)]
    authors = [r for r in able if "author" in r.roles]
    people = tuple(r.recipient for r in named or authors or able)
    return StandIns(people, join_with_and([_in_words(r) for r in meant]))


def _stands_in(reader: LetterReader, absent: LetterReader) -> bool:
    return any(each.startswith(f"{absent.recipient.name}, ") for each in reader.instead_of)


def absence_sentences(readers: Sequence[LetterReader]) -> list[str]:
    """ "Author One is away until Thursday 22 April", for their colleagues."""
    return [f"{r.recipient.name} {r.away}" for r in readers if r.away]
