"""Reads mail which says that somebody leaves, or has left, and who takes their place.

It is offered to the administrator; nobody is registered or taken out by it. It knows English
phrases, and takes none of several addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.mail_words import MAIL_WORDS
from handlers.register.submissions import LeavingNotice
from handlers.senders.mail import Mail
from intake.headers import address

MAX_NOTE_LENGTH = 4_000  # characters; what follows is footers
_WORDS = MAIL_WORDS.leaving
_ADDRESS = re.compile(r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9.'_+-]*@[A-Za-z0-9.-]+")
_ONE = r"[A-Z][^\W\d_]*(?:['\u2019-][^\W\d_]+)*"
_WORD = rf"(?:(?:Mrs?|Ms|Dr|[A-Z])\.|{_ONE})"
_NAME = rf"({_WORD}(?: {_WORD}){{1,6}})"
_BETWEEN = r"[ ,:;(<\u2013-]*(?:(?:at|on|by|e-?mail)\b[ ,:;(<]*)?"
_TAKES = rf"(?:{'|'.join(map(re.escape, _WORDS.takes_over))})\b"
_NO_NAME = frozenset(_WORDS.no_name)


def read_leaving_notice(mail: Mail) -> LeavingNotice | None:
    """Who its sender is wherever they are registered, where they leave themselves; and who is
    named instead. None where it says nothing of the kind, or is not proven."""
    if not mail.is_registered or mail.doubt:
        return None
    message = mail.message
    said = " ".join((message.body_text if message.automatic else message.own_words).split())
    said = said[:MAX_NOTE_LENGTH].replace("\u2019", "'")
    themselves = bool(message.automatic) or _says(said, _WORDS.themselves)
    if not (themselves or _says(said, _WORDS.others)):
        return None
    ours = {each.casefold() for each in (*mail.ours, message.sender)}
    addresses = {each for each in _addresses(said) if each.casefold() not in ours}
    email = addresses.pop() if len(addresses) == 1 else ""
    contacts = [place.contact.id for place in mail.about.places if place.contact is not None]
    return LeavingNotice(tuple(contacts), themselves, email, _name(said, email))


def _says(said: str, phrases: tuple[str, ...]) -> bool:
    lower = said.lower()
    return any(re.search(rf"\b{re.escape(phrase)}\b", lower) for phrase in phrases)


def _addresses(said: str) -> Iterator[str]:
    for found in _ADDRESS.finditer(said):
        if strict := address.strict_address(found.group().strip(".'_")):
            yield strict


def _name(said: str, email: str) -> str:
    """The one name before the words that say that somebody takes over, else before the address."""
    for words in _TAKES, re.escape(email):
        names = dict.fromkeys(_names_before(said, words) if words else ())
        if len(names) == 1:
            return next(iter(names))
    return ""


def _names_before(said: str, words: str) -> Iterator[str]:
    """Two or three words in capitals just before these, without those that begin a sentence, name
    a day or address somebody. Of more or fewer it is not sure which are the name."""
    for found in re.finditer(rf"\b{_NAME}{_BETWEEN}(?:{words})", said):
        name = found[1].split()
        while name and name[0].lower().strip(".") in _NO_NAME:
            name = name[1:]
        if len(name) in (2, 3) and not _NO_NAME.intersection(word.lower() for word in name):
            yield " ".join(name)
