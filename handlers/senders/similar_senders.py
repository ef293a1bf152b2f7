"""Words the note about an unknown sender that looks like somebody registered, or like their domain.

Nobody is trusted for what it finds. A domain that merely sounds official is not told from any
other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from config.mail_words import MAIL_WORDS
from handlers.register.agencies import RegisteredPerson
from handlers.register.set_apart_reasons import PossibleReason, SetApartReason
from handlers.values.normalise import fold_text

# Letters of other alphabets, and digits, that a reader takes for a Latin letter.
_CONFUSABLE = str.maketrans(
    {"а": "a", "ɑ": "a", "α": "a", "с": "c", "ԁ": "d", "е": "e", "ҽ": "e", "ɡ": "g", "һ": "h",
     "і": "l", "ı": "l", "ι": "l", "ј": "j", "κ": "k", "к": "k", "ⅼ": "l", "ӏ": "l", "м": "m",
     "ո": "n", "о": "o", "ο": "o", "σ": "o", "р": "p", "ρ": "p", "ԛ": "q", "г": "r", "ѕ": "s",
     "т": "t", "τ": "t", "υ": "u", "ս": "u", "ν": "v", "ѵ": "v", "ԝ": "w", "х": "x", "у": "y",
     "γ": "y", "ᴢ": "z", "0": "o", "1": "l", "3": "e", "5": "s", "i": "l"}
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
MIN_LONG_NAME = 12  # letters of a name from which on two may differ


@dataclass(frozen=True, slots=True)
class UnknownSender:
    """Who a mail is from and what it shows; nobody is registered under the address."""

    address: str
    shown: str = ""

    @property
    def address_domain(self) -> str:
        return self.address.rpartition("@")[2]


def find_likeness(stranger: UnknownSender, people: Iterable[RegisteredPerson]) -> PossibleReason:
    """A reason of `register/set_apart_reasons.py`, or "" for a stranger like any other."""
    known = list(people)
    return next((reason for reason, is_like in _LIKE if is_like(stranger, known)), "")


def _shows_an_address(stranger: UnknownSender, known: list[RegisteredPerson]) -> bool:
    shown = stranger.shown.casefold()
    return any(person.email.casefold() in shown for person in known)


def _writes_from_home(stranger: UnknownSender, known: list[RegisteredPerson]) -> bool:
    return stranger.address_domain in MAIL_WORDS.webmail and _is_named(stranger, known)


def _looks_like_a_domain(stranger: UnknownSender, known: list[RegisteredPerson]) -> bool:
    domains = {person.email.rpartition("@")[2].casefold() for person in known}
    return any(is_lookalike_domain(stranger.address_domain, domain) for domain in domains)


def _shows_a_name(stranger: UnknownSender, known: list[RegisteredPerson]) -> bool:
    domains = {person.email.rpartition("@")[2].casefold() for person in known}
    return stranger.address_domain not in domains and _is_named(stranger, known)


LikenessCheck = Callable[[UnknownSender, list[RegisteredPerson]], bool]

_LIKE: tuple[tuple[SetApartReason, LikenessCheck], ...] = (
    (SetApartReason.SENDER_SHOWN, _shows_an_address),
    (SetApartReason.SENDER_WEBMAIL, _writes_from_home),
    (SetApartReason.SENDER_LOOKALIKE, _looks_like_a_domain),
    (SetApartReason.SENDER_NAMED, _shows_a_name),
)


def _is_named(stranger: UnknownSender, known: list[RegisteredPerson]) -> bool:
    """By the name that is shown, or by one in the address: jane.author@ for Jane Author."""
    local = re.split(r"[._+-]|\d+", stranger.address.rpartition("@")[0].casefold())
    said = {_name(stranger.shown), _name(" ".join(local))} - {""}
    return any(_name(person.name) in said for person in known)


def _name(text: str) -> str:
    """The words of a name in whatever order; a single word is nobody's."""
    words = sorted(fold_text(text).split())
    return " ".join(words) if len(words) > 1 else ""


def is_lookalike_domain(domain: str, registered: str) -> bool:
    """Whether a reader might take `domain` for `registered`, which it is not."""
    if domain == registered or not domain or not registered:
        return False
    one, other = _skeleton(domain), _skeleton(registered)
    if one == other or one.startswith(f"{other}."):
        return True
    name, _, rest = one.partition(".")
    their_name, _, their_rest = other.partition(".")
    if name == their_name:  # the same name under another ending
        return len(name) > 3 and rest != their_rest
    allowed = 2 if len(other) >= MIN_LONG_NAME else 1
    return _distance(one, other, allowed) <= allowed and rest == their_rest


def _skeleton(domain: str) -> str:
    """What a reader sees of it: accents gone, letters of other alphabets as Latin ones."""
    try:
        seen = domain.encode("ascii").decode("idna")
    except UnicodeError:
        seen = domain
    plain = unicodedata.normalize("NFKD", seen.casefold())
    text = "".join(c for c in plain if not unicodedata.combining(c)).translate(_CONFUSABLE)
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return text.replace("-", "")


def _distance(one: str, other: str, most: int) -> int:
    """How many letters to add, drop, change or swap; more than `most` is not counted further."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = row, before, [i, *([0] * len(other))]
        for j, theirs in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if above and letter == other[j - 2] and one[i - 2] == theirs and j > 1:
                row[j] = min(row[j], above[j - 2] + 1)
    return row[-1]
