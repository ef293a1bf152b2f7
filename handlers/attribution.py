"""Whose is it? Which agency's, in which case: decided from what is proven, never guessed.

Does: turns the sender, or the folder, and any case reference named into a place in the register,
or into the reason why a person has to look. Pure.
Trusts: the register's places it is given; a folder's agency, which permissions prove; a sender
only when the mailbox's policy proved it (`authentic`).
Never touches: the documents. A reference alone opens no door (failure mode 47).
Known limits: replies to our own letters are not yet used as evidence of the case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.finding import Verdict
from handlers.register.people import Place


@dataclass(frozen=True, slots=True)
class Unplaced:
    """It has no certain place: held or referred, and why. `candidates` are case references."""

    verdict: Verdict
    reason: str
    candidates: tuple[str, ...] = ()


# Why something was set apart, in the words the administrator reads.
REASONS: dict[str, str] = {
    "sender-unproven": "the sender is not proven",
    "sender-unknown": "nobody is registered under the sender's address",
    "agency-unknown": "it lay in a folder whose name is not an agency of any open case",
    "case-unclear": "it could belong to more than one case",
    "case-other": "it names a case that is not this agency's",
    "nothing-attached": "a message without a document",
    "automatic": "a machine wrote it",
}


def by_sender(
    sender: str, authentic: bool, places: Sequence[Place], words: str
) -> Place | Unplaced:
    """Where mail belongs. `sender` is the one strict address or ""; `words` (subject and body)
    are searched for the references of the sender's own cases and nothing else."""
    if not sender or not authentic:
        return Unplaced("hold", "sender-unproven")
    if not places:
        return Unplaced("hold", "sender-unknown")
    named = [place for place in places if _names(words, place.reference)]
    return _the_one(named or places)


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
    return Unplaced("hold", "case-other", tuple(p.reference for p in places))


def _the_one(places: Sequence[Place]) -> Place | Unplaced:
    if len(places) == 1:
        return places[0]
    return Unplaced("refer", "case-unclear", tuple(p.reference for p in places))


def _names(words: str, reference: str) -> bool:
    """The reference as a word of its own: "N1" is not named by "N12"."""
    return re.search(rf"(?<![\w-]){re.escape(reference)}(?![\w-])", words, re.I) is not None
