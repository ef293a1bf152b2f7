"""Reads mail which says that somebody leaves, or has left, and who takes their place.

It is offered to the administrator; nobody is registered or taken out by it. It knows English
phrases, and takes none of several addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from config.mail_words import MAIL_WORDS
from handlers.checks.form.letter_sentences import split_sentences
from handlers.register.agencies import ContactDirectory, RegisteredContact
from handlers.register.submissions import LeavingNotice
from handlers.senders.absence_notes import MAX_NOTE_LENGTH
from handlers.senders.last_days import read_last_day
from handlers.senders.mail import Mail
from handlers.senders.time_requests import asks_something
from intake.headers import address

_WORDS = MAIL_WORDS.leaving
_ADDRESS = re.compile(r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9.'_+-]*@[A-Za-z0-9.-]+")
_ONE = r"[A-Z][^\W\d_]*(?:['\u2019-][^\W\d_]+)*"
_WORD = rf"(?:(?:Mrs?|Ms|Dr|[A-Z])\.|{_ONE})"
_NAME = rf"({_WORD}(?: {_WORD}){{1,6}})"
_BETWEEN = r"[ ,:;(<\u2013-]*(?:(?:at|on|by|e-?mail)\b[ ,:;(<]*)?"
_TAKES = rf"(?:{'|'.join(map(re.escape, _WORDS.takes_over))})\b"
_INSTEAD = re.compile(rf"\b(?:{'|'.join(map(re.escape, _WORDS.instead))})\b")
_NO_NAME = frozenset(_WORDS.no_name)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


_LEAVES = _any_of(_WORDS.others)
_BEFORE_LEAVING = re.compile(rf"([^.!?]*?)\b(?:{_LEAVES})\b", re.I)
_IN_PLACE_OF = re.compile(rf"\b(?:{_any_of(_WORDS.in_place_of)}) ([^.!?,;]{{1,60}})", re.I)
_ROLES = {"author": _any_of(_WORDS.author), "commissioner": _any_of(_WORDS.commissioner)}
_OF_WHAT = r"(?: (?:of|for|on) (?:[\w'-]+ ){0,3}?[\w'-]+)"  # "of the chronology"
_ABOUT_LEAVING = re.compile(
    rf"\b(?:{_any_of((*_WORDS.others, *_WORDS.ended, *_WORDS.in_place_of, *_WORDS.new_contact))}"
    rf"|{_any_of((*_WORDS.takes_over, *_WORDS.themselves))})\b",
    re.I,
)


def read_leaving_notice(mail: Mail, people: ContactDirectory, today: date) -> LeavingNotice | None:
    """Who leaves, wherever they are registered: its sender, or a colleague of the same agency; and
    who is named instead. None where it says nothing of the kind, or is not proven. `today` is the
    day it reached us."""
    if not mail.is_registered or mail.doubt:
        return None
    message = mail.message
    said = " ".join((message.body_text if message.automatic else message.own_words).split())
    said = said[:MAX_NOTE_LENGTH].replace("\u2019", "'")
    themselves = bool(message.automatic) or _says(said, _WORDS.themselves)
    if not (themselves or _says(said, _WORDS.others) or _says(said, _WORDS.new_contact)):
        return None
    contacts = [place.contact for place in mail.about.places if place.contact is not None]
    gone = [] if themselves else _colleagues_who_leave(said, _colleagues(mail, people))
    ours = {each.casefold() for each in (*mail.ours, message.sender, *(one.email for one in gone))}
    addresses = {each for each in _addresses(said) if each.casefold() not in ours}
    email = addresses.pop() if len(addresses) == 1 else ""
    last_day, has_left = read_last_day(said, today)
    return LeavingNotice(
        tuple(contact.id for contact in gone or contacts),
        *(themselves, email, _name(said, email)),
        colleague=bool(gone),
        asks=not message.automatic and _asks_besides(message.own_words, email),
        automatic=bool(message.automatic),
        last_day=last_day,
        gone=has_left,
        role=_role_said(said),
    )


def _asks_besides(words: str, email: str) -> bool:
    """Whether it asks anything but that whoever takes over is written to."""
    said = split_sentences(words.splitlines())
    left = (one for one in said if not _only_names_who_is_written_to(one.casefold(), email))
    return asks_something("\n\n".join(left))


def _only_names_who_is_written_to(sentence: str, email: str) -> bool:
    named = bool(email) and email.casefold() in sentence and "?" not in sentence
    return named and _INSTEAD.search(sentence) is not None


def _colleagues(mail: Mail, people: ContactDirectory) -> list[RegisteredContact]:
    """Who else is registered for an agency of the sender's, once for each agency."""
    sender, found = mail.message.sender.casefold(), dict[tuple[int, str], RegisteredContact]()
    for place in mail.about.places:
        for contact in people.contacts_of_agency(place.agency_id):
            if (email := contact.email.casefold()) != sender:
                found.setdefault((contact.agency_id, email), contact)
    return [*found.values()]


def _colleagues_who_leave(
    said: str, colleagues: Sequence[RegisteredContact]
) -> list[RegisteredContact]:
    """The one person, wherever they are registered, who is said to leave: by name, or since
    somebody takes their place, or as the one who has a role at their agency."""
    for leaves in (_is_said_to_leave, _has_a_successor, _has_a_role_that_ends):
        gone = [one for one in colleagues if leaves(one, said)]
        if gone:
            return gone if len({one.email.casefold() for one in gone}) == 1 else []
    return []


def _is_said_to_leave(one: RegisteredContact, said: str) -> bool:
    """Whether their name stands in a sentence before the words that say that somebody leaves; their
    first name alone, or weaker words, only right behind each other."""
    before = [m[1] for m in _BEFORE_LEAVING.finditer(said)]
    if any(_is_named(one, text) for text in before):
        return True
    first, whole = re.escape(one.name.split()[0]), re.escape(one.name)
    return bool(
        re.search(rf"\b{first} (?i:{_any_of(_WORDS.others)})\b", said)
        or re.search(rf"\b(?:{first}|(?i:{whole})),? (?i:{_any_of(_WORDS.ended)})\b", said)
    )


def _has_a_successor(one: RegisteredContact, said: str) -> bool:
    """ "Sam Orr takes over from Tom Vane"."""
    first = one.name.split()[0]
    behind = [m[1] for m in _IN_PLACE_OF.finditer(said)]
    return any(_is_named(one, text) or text.split()[0] == first for text in behind)


def _has_a_role_that_ends(one: RegisteredContact, said: str) -> bool:
    """ "Our author has left", where they are the one who has that role."""
    words = _ROLES.get(one.role, "")
    return bool(words and re.search(rf"\b(?:{words}){_OF_WHAT}? (?:{_LEAVES})\b", said, re.I))


def _role_said(said: str) -> str:
    """The one role that is named where somebody leaves or takes over, "" for none or several."""
    about = [one for one in split_sentences([said]) if _ABOUT_LEAVING.search(one)]
    found = {
        role
        for role, words in _ROLES.items()
        if any(re.search(rf"\b(?:{words})\b", one, re.I) for one in about)
    }
    return found.pop() if len(found) == 1 else ""


def _is_named(one: RegisteredContact, text: str) -> bool:
    """By the whole name, or by the last part of it behind a title: any other may be a word."""
    whole, last = re.escape(one.name), re.escape(one.name.split()[-1])
    return re.search(rf"\b(?:{whole}|(?:Mrs?|Ms|Miss|Dr)\.? {last})\b", text, re.I) is not None


def _says(said: str, phrases: tuple[str, ...]) -> bool:
    lower = said.lower()
    return any(re.search(rf"\b{re.escape(phrase)}\b", lower) for phrase in phrases)


def _addresses(said: str) -> Iterator[str]:
    for found in _ADDRESS.finditer(said):
        if strict := address.strict_address(found.group().strip(".'_")):
            yield strict


def _name(said: str, email: str) -> str:
    """The one name before the words that say that somebody takes over, else before the address,
    else behind the words that say whom to write to."""
    for words in _TAKES, re.escape(email):
        names = dict.fromkeys(_names_before(said, words) if words else ())
        if len(names) == 1:
            return next(iter(names))
    names = dict.fromkeys(_names_behind(said))
    return next(iter(names)) if len(names) == 1 else ""


def _names_behind(said: str) -> Iterator[str]:
    for found in re.finditer(rf"\b(?i:{'|'.join(map(re.escape, _WORDS.write_to))}) {_NAME}", said):
        if (name := _plain_name(found[1])) is not None:
            yield name


def _names_before(said: str, words: str) -> Iterator[str]:
    """Two or three words in capitals just before these, without those that begin a sentence, name
    a day or address somebody. Of more or fewer it is not sure which are the name."""
    for found in re.finditer(rf"\b{_NAME}{_BETWEEN}(?:{words})", said):
        if (name := _plain_name(found[1])) is not None:
            yield name


def _plain_name(words: str) -> str | None:
    name = words.split()
    while name and name[0].lower().strip(".") in _NO_NAME:
        name = name[1:]
    sure = len(name) in (2, 3) and not _NO_NAME.intersection(word.lower() for word in name)
    return " ".join(name) if sure else None
