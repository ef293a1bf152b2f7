"""What was only tried, and that nobody was told since: asked about, an agency each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from config.calendar import day_and_month
from config.english import join_with_and
from intake.database import RegisterDatabase
from outbox.sending.trial import FindContact, NeverAnswered, TriedLetter, list_never_answered
from outbox.writing.asks import DETAILS, AskLine, AskTopic, Offer
from outbox.writing.digest_facts import Need
from outbox.writing.letter import LETTER_NAMES, THANKS_KINDS, LetterKind

_OFFERS = (
    Offer("retry: send what is still so", "retry"),
    Offer("cancel: nothing more to send", "cancel"),
    DETAILS,
)


def never_answered_needs(database: RegisterDatabase, find_contact: FindContact) -> Iterator[Need]:
    """What tells of what came or was decided; the ladder goes on by itself."""
    for never in list_never_answered(database, find_contact):
        letters = [letter for letter in never.letters if letter.answers]
        if letters:
            yield _need(never, letters)


def _need(never: NeverAnswered, letters: Sequence[TriedLetter]) -> Need:
    people = defaultdict[str, list[TriedLetter]](list)
    for letter in letters:
        people[letter.reader].append(letter)
    told = join_with_and([f"{name} never had {_kinds(of)}" for name, of in people.items()])
    what = f"letters were only tried: {told}"
    whose = ", ".join(filter(None, (never.case, never.agency)))
    ids = tuple(letter.id for letter in letters)
    return Need(
        f"{whose}: {what}.",
        topic=AskTopic("letters", ids, never.case, never.code),
        offers=_OFFERS,
        line=AskLine(never.agency, what),
    )


def _kinds(letters: Sequence[TriedLetter]) -> str:
    """Each kind with its days, what is not mere thanks first: "a request for changes (1 April)"."""
    days = defaultdict[LetterKind, list[str]](list)
    for letter in sorted(letters, key=lambda one: one.kind in THANKS_KINDS):
        days[letter.kind].append(day_and_month(letter.day))
    return join_with_and(
        [f"{LETTER_NAMES[kind]} ({', '.join(dict.fromkeys(on))})" for kind, on in days.items()]
    )
