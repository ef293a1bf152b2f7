"""What is said of a message that was set apart: to its sender, and to the administrator.

Does: holds, by reason, which letter answers it, and puts into a sentence what is for a person.
Trusts: the register's reasons, which are words of `handlers/post/attribution.py`.
Never touches: the message.
Known limits: only what is placed with an agency is ever answered; the rest is for the
administrator alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.kind import Kind
from handlers.post.attribution import REASONS
from handlers.register.entry import NOT_JUDGED, Entry
from outbox.letter import LetterKind
from outbox.words import listed

REMOVED = "removed-on-the-way"
UNCLEAR = "case-unclear"

# What answers a message that holds nothing but this. None: nothing is said, a person reads it.
LETTERS: dict[str, LetterKind | None] = {
    "nothing-attached": None,
    "takes-back": "referral",
    "thanks": None,
    "document-missing": "nothing-found",
    "removed-on-the-way": "nothing-found",
    "sealed-waiting": "sealed-waiting",
    "share-waiting": "sealed-waiting",
    "too-big": "too-big",
    "not-whole": "referral",
    NOT_JUDGED: "referral",
}

# Of these the letter says that a person looks, and that we write when they have.
PROMISED = frozenset({"sealed-waiting", "share-waiting", "not-whole"})


def alone(entries: Sequence[Entry]) -> Entry | None:
    """The message itself, set apart, where that is all that came."""
    return entries[0] if len(entries) == 1 and entries[0].reason in LETTERS else None


def told(entry: Entry, kind: Kind | None) -> str:
    """What an entry is, in a sentence without its end: "it could belong to more than one case,
    N12 or N13", "a message from a sender nobody is registered under, with a document that reads
    like a chronology for N12"."""
    if not entry.reason:
        return kind.noun if kind else "a document not recognised"
    said, cases = REASONS[entry.reason], entry.told.candidates
    if entry.told.places and entry.reason != UNCLEAR:
        said = with_article(kind.noun) if kind is not None else said
        return f"{said}; it could be for {' or '.join(cases)}"
    if kind is not None:
        case = f" for {listed(cases)}" if cases else ""
        return f"{said}, with a document that reads like {with_article(kind.noun)}{case}"
    return f"{said}, {' or '.join(cases)}" if len(cases) > 1 else said


def with_article(noun: str) -> str:
    """ "a chronology", "an IMR"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
