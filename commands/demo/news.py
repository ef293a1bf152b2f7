"""Puts what a round of the demonstration did into words for somebody who is new to it.

It names people and agencies, which are made up here; `once` names neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import SMTP

from commands.decisions.submission_words import submission_outcomes
from commands.once import ORDERED, SAME_DOCUMENT
from commands.rounds.round_report import RoundReport
from config.kind import Kinds
from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.register.matrix import CaseRow
from outbox.writing.letter import Letter, LetterKind

LETTER_WORDS: dict[LetterKind, str] = {
    "acknowledgement": "accepted, thank you",
    "rejection": "what to mend, place by place",
    "unreadable": "it could not be opened",
    "referral": "received, a person will look at it",
    "duplicate": "received again",
    "nothing-found": "no document was found",
    "unplaced": "which review it is for is asked",
    "sealed-waiting": "a person will open it",
    "too-big": "too large to take",
    "check-result": "checked, and not logged",
    "reminder": "a reminder of what is due",
    "chaser": "a first note that it is late",
    "escalation": "it is still late",
    "to-chair": "so late that the chair's office should hear of it",
    "undecided": "a decision has waited so long that the chair's office should hear of it",
    "confirmation": "what the administrator's mail did",
    "urgent": "urgent, for the administrator at any hour",
    "decision": "what a person decided",
    "extension": "more time is agreed",
    "waiver": "one return is not needed after all",
    "withdrawal": "what should never have come is destroyed",
    "digest": "the digest, the whole case on one page",
    "alert": "the service itself is in trouble, or well again",
}


class RoundNews:
    """What is new in a report since it was last asked."""

    def __init__(self, kinds: Kinds, case: CaseRow) -> None:
        self._kinds = kinds
        self._names = {agency.code: agency.name for agency in case.agencies}
        self._told = 0

    def new_lines(self, report: RoundReport) -> list[str]:
        lines = list(self._lines(report))
        new, self._told = lines[self._told :], len(lines)
        return new

    def _lines(self, report: RoundReport) -> Iterator[str]:
        for _, settlement in report.settled:
            yield self._settled(settlement)
        yield from (_posted(letter) for letter in report.sent)
        yield from report.troubles

    def _settled(self, settlement: JudgedDelivery) -> str:
        if settlement.ordered:
            return f"{ORDERED[:1].upper()}{ORDERED[1:]}"
        who = self._names.get(settlement.first_origin.code or "")
        said = ", ".join(submission_outcomes(settlement.submissions, self._kinds)) or SAME_DOCUMENT
        return f"{who}: {said}" if who else f"{said[:1].upper()}{said[1:]}"


def _posted(letter: Letter) -> str:
    to = message_from_bytes(letter.message, policy=SMTP)["To"].addresses[0]
    return f"Letter to {to.display_name}: {LETTER_WORDS[letter.kind]}"
