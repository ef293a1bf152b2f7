"""Whose is it? Which agency's, in which case: decided from what is proven, never guessed.

Does: turns the sender, or the folder, and any case reference named into a place in the register,
or into the reason why a person has to look. Pure.
Trusts: the register's places it is given; a folder's agency, which permissions prove; a sender
only when the mailbox's policy proved it.
Never touches: the documents. A reference alone opens no door (failure mode 47), but one that is
not the sender's shuts it.
Known limits: replies to our own letters are not yet used as evidence of the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.finding import Verdict
from handlers.register.people import Place


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a message says it is from. `address` is the one strict address or "", `proven` what the
    mailbox's policy makes of it, `ours` that it is an address the service itself writes from."""

    address: str
    proven: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """It has no certain place: held or referred, and why. `candidates` are case references."""

    verdict: Verdict
    reason: str
    candidates: tuple[str, ...] = ()


# Why something was set apart, in the words the administrator reads.
REASONS: dict[str, str] = {
    "sender-ours": "it claims to come from the service's own address",
    "sender-unproven": "the sender is not proven",
    "sender-unknown": "nobody is registered under the sender's address",
    "agency-unknown": "it lay in a folder whose name is not an agency of any open case",
    "case-unclear": "it could belong to more than one case",
    "case-other": "it names a case that is not this agency's",
    "nothing-attached": "a message without a document",
    "automatic": "a machine wrote it",
}


def by_sender(
    sender: Sender, places: Sequence[Place], words: str, elsewhere: Iterable[str] = ()
) -> Place | Unplaced:
    """Where mail belongs. `words` (subject and body) are searched for the references of the
    sender's own cases, and for those `elsewhere`, in which the sender has no place: mail that
    names one of these is not put into another case for want of a better."""
    if sender.ours:
        return Unplaced("hold", "sender-ours")
    if not sender.address or not sender.proven:
        return Unplaced("hold", "sender-unproven")
    if not places:
        return Unplaced("hold", "sender-unknown")
    own = [place for place in places if _names(words, place.reference)]
    if not any(_names(words, reference) for reference in elsewhere):
        return _the_one(own or places)
    if own:
        return Unplaced("refer", "case-unclear", _references(own))
    return Unplaced("hold", "case-other", _references(places))


def by_folder(code: str | None, reference: str | None, places: Sequence[Place]) -> Place | Unplaced:
    """Where a dropped file belongs: its folder's agency, and the case of the folder below if
    there is one."""
    if not code or not places:
        return Unplaced("hold", "agency-unknown")
    if reference is None:
        return _the_one(places)
    for place in places:
        if place.reference.casefold() == reference.casefold():
            return place
    return Unplaced("hold", "case-other", _references(places))


def _the_one(places: Sequence[Place]) -> Place | Unplaced:
    if len(places) == 1:
        return places[0]
    return Unplaced("refer", "case-unclear", _references(places))


def _references(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.reference for place in places))


def _names(words: str, reference: str) -> bool:
    """The reference as a word of its own: "N1" is named neither by "N12" nor by "N1.2"."""
    alone = rf"(?<![\w-])(?<!\w\.){re.escape(reference)}(?![\w-])(?!\.\w)"
    return re.search(alone, words, re.I) is not None
