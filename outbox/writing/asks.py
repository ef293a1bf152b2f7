"""What a digest asks, and the ready-written mails that answer it: a link of RFC 6068 each.

A link writes To, Subject and Body. Its body is one line, an order of the closed grammar; the last
word of its subject is the code by which the service knows it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from urllib.parse import quote, unquote

AskSort = Literal["", "entries", "letters", "stopped", "case", "agency"]
MAX_LINK_CHARS = 499
PAUSE_DAYS = 10  # working days, which may be changed in the mail that opens
_MAX_SUBJECT_CHARS = 60  # before the code


@dataclass(frozen=True, slots=True)
class AskTopic:
    """What is asked about: entries or letters by their numbers, letters that the guard stops by
    their keys, a case, or an agency in it; "" for what nobody settles by mail. `agency` is a
    code."""

    sort: AskSort = ""
    items: tuple[int | str, ...] = ()
    case: str = ""
    agency: str = ""


NO_TOPIC = AskTopic()


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to answer: the label of its link, and the order that the link writes behind the
    number."""

    label: str
    order: str


DETAILS = Offer("details", "details")
UNDO = Offer("undo", "undo")
HAND_IN = Offer("hand in what was in it", "hand in")  # with the documents attached
SEND_ME = Offer("send me", "send me")  # the original, with what was found
_RELEASE, _RETRY, _CANCEL = (Offer(word, word) for word in ("release", "retry", "cancel"))
# Of a letter that came back for good: to let it be says nothing about the address.
_RETRY_WORKS = Offer("retry: the address works again", "retry")
_CANCEL_CLOSED = Offer("cancel: nothing goes to that address", "cancel")
STOPPED_OFFERS = (Offer("cancel", "cancel"), DETAILS)


def letter_offers(state: str) -> tuple[Offer, ...]:
    """What may be done with a letter that rests; `state` is "undelivered" for one whose reader's
    address is closed."""
    if state == "undelivered":
        return (_RETRY_WORKS, _CANCEL_CLOSED, DETAILS)
    return (_RELEASE if state == "draft" else _RETRY, _CANCEL, DETAILS)


@dataclass(frozen=True, slots=True)
class AskLine:
    """An ask in the one line that it has in the digest: whose it is and `what`, what was `found`
    and why it needs a person, and who sent it and when. Where there is less room it says what was
    found `briefly`, and the first `least` words of that are what matters. `whence` is all of how it
    came, and `at_length` more of what was found, which only a letter about it alone has room for.
    `first` says that it stands before all others."""

    whose: str
    what: str
    found: str = ""
    came: str = ""
    whence: str = ""
    briefly: str = ""
    least: int = 0
    at_length: str = ""
    first: bool = False

    @property
    def says(self) -> str:
        """ "Shire Police: an IMR; it is not signed (Author Two, 13 April).", or with words of
        theirs: 'Shire Police: "Whom do I ask?" (Author Two, 13 April).'."""
        told = "; ".join(filter(None, [self.what, self._found]))
        begins = f"{self.whose}: {told}" if self.whose else _upper(told)
        if self.whence:
            return f"{_ended(begins)} {_upper(self.whence)}."
        return _ended(f"{begins} ({self.came})" if self.came else begins)

    @property
    def _found(self) -> str:
        found = (self.whence and self.at_length) or self.found
        return found if found.endswith(('"', "...")) else found.rstrip(".;, ")


def _ended(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class OrderLink:
    """A link as it stands in a letter."""

    label: str
    mailto: str


def ordered_by(link: OrderLink) -> str:
    """The order that a link writes, without its number; "" of one that writes to somebody else."""
    _, written, body = link.mailto.partition("&body=")
    number, _, order = unquote(body).partition(" ")
    return order if written and number.isdigit() else ""


@dataclass(frozen=True, slots=True)
class OrderLinks:
    """Makes links. `address` is where they write to, `code` makes the code of what a stamp says."""

    address: str
    code: Callable[[str], str]
    without: frozenset[str] = frozenset()  # words that this board's mails do not ask for

    def make_link(self, offer: Offer, number: int, topic: AskTopic, stamp: str) -> OrderLink:
        """The link of one offer of the ask with this number."""
        of = " ".join(word for word in (topic.case, topic.agency) if word)
        subject = f"{offer.label[:_MAX_SUBJECT_CHARS]}{f', {of}' if of else ''}"
        mailto = self._mailto(f"{subject} {self.code(stamp)}", f"{number} {offer.order}")
        return OrderLink(offer.label, mailto)

    def make_plain_link(self, label: str, words: str) -> OrderLink:
        """One that only asks, by its words alone: "Status N12 GP"."""
        return OrderLink(label, self._mailto(words, words))

    def _mailto(self, subject: str, body: str) -> str:
        return _mailto(self.address, subject, body)


def link_to_write(label: str, email: str, subject: str, body: str) -> OrderLink:
    """One that opens a letter to somebody else; no order is in it."""
    return OrderLink(label, _mailto(email, subject, body))


def _mailto(address: str, subject: str, body: str) -> str:
    to, about, line = (
        quote(said, safe=kept) for said, kept in ((address, "@"), (subject, ""), (body, ""))
    )
    return f"mailto:{to}?subject={about}&body={line}"


@dataclass(frozen=True, slots=True)
class NumberedAsk:
    """What a digest asks under a number, as it is kept. `stamp` is what the code of its links
    stands for."""

    number: int
    says: str
    topic: AskTopic
    links: tuple[OrderLink, ...]
    stamp: str


class OrderOutcome(StrEnum):
    """What came of a line: it was done, its link does it, it was told, or nothing was done."""

    DONE = "done"
    ONE_MORE_STEP = "one more step"
    TOLD = "told"
    NOT_DONE = "not done"


@dataclass(frozen=True, slots=True)
class OrderResult:
    """What came of one line. `number` is 0 for what is about no ask; `about` says what that asked,
    `says` what was done or what is asked back. The originals that it `encloses` go with the answer,
    by the numbers of their entries. `asks` are what its links are about where that is no ask of a
    digest."""

    number: int
    about: str
    says: tuple[str, ...]
    links: tuple[OrderLink, ...] = ()
    outcome: OrderOutcome = OrderOutcome.NOT_DONE
    encloses: tuple[int, ...] = ()
    asks: tuple[NumberedAsk, ...] = ()

    @property
    def done(self) -> bool:
        return self.outcome is OrderOutcome.DONE

    @property
    def undo_links(self) -> tuple[OrderLink, ...]:
        return tuple(link for link in self.links if link.label == UNDO.label)

    @property
    def other_links(self) -> tuple[OrderLink, ...]:
        return tuple(link for link in self.links if link.label != UNDO.label)
