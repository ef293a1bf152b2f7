"""Says what a letter that has not left waits for: why, how often it was tried, and when it goes.

Looking moves no letter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from config.calendar import moment_in_words
from config.english import count_noun
from outbox.sending.gate import (
    BarredByGuard,
    GateClosed,
    HeldForPerson,
    LetterNotNeeded,
    SendingGate,
    SentLater,
)
from outbox.sending.retry_waits import LONGEST_WAIT
from outbox.sending.transport_back_off import TransportWait
from outbox.writing.letter import Letter, LetterKind, LetterState
from outbox.writing.letter_reasons import LetterReason

REASON_WITH_SERVER = "the mail server was given it, and has not said yet that it took it"
RESTING_HINTS: Mapping[LetterState, str] = {
    "draft": "you release it: `scr-intake letters release {id}`",
    "failed": "you have it tried again: `scr-intake letters retry {id}`",
    "held back": "you let it go: `scr-intake letters retry {id}`",
    "undelivered": "you have it tried again: `scr-intake letters retry {id}`",
}


@dataclass(frozen=True, slots=True)
class SendingOutlook:
    """`why` is a clause, "" for a letter that nothing stands in the way of; `last` says why its
    last try did not succeed, "" for none. `next` is when it is tried (again), None where that hangs
    on a person or on the mail server; `goes` says what it goes after, "" where time does it."""

    why: str
    last: str
    tries: int
    next: datetime | None
    goes: str = ""

    @property
    def has_obstacle(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.why or self.last or self.goes)

    def outlook_as_json(self) -> dict[str, object]:
        next = self.next.isoformat() if self.next else None
        return {"why": self.why, "last_try": self.last, "next": next}

    def outlook_sentence(self, zone: tzinfo | None) -> str:
        """ "Tried 3 times: its reader's server asks to try later. Next at 10:15am on ..."."""
        last = f": {self.last.rstrip('.')}" if self.last else ""
        said = [f"Tried {count_noun(self.tries, 'time')}{last}."]
        parts = said if self.tries else []
        if self.why and self.why != (self.last if self.tries else ""):
            parts.append(f"{self.why[:1].upper()}{self.why[1:].rstrip('.')}.")
        if self.goes:
            parts.append(f"It goes once {self.goes}")
        elif self.next is not None:
            parts.append(f"{'Next' if self.tries else 'It goes'} at {_at(self.next, zone)}.")
        return " ".join(parts)


class SendingOutlooks:
    """Says what each waits for. `ways` are the kinds of letter that leave by each transport."""

    def __init__(
        self,
        gate: SendingGate,
        away: Mapping[str, TransportWait],
        ways: Mapping[str, Collection[LetterKind]],
        now: datetime,
    ) -> None:
        self._gate = gate
        self._away = {
            kind: away[way] for way, kinds in ways.items() if way in away for kind in kinds
        }
        self._now = now

    def outlook_for(self, letter: Letter) -> SendingOutlook | None:
        """None for what has left, or will never."""
        if letter.state in RESTING_HINTS:
            goes = RESTING_HINTS[letter.state].format(id=letter.id)
            return SendingOutlook(letter.answer, letter.answer, letter.tries, None, goes)
        if letter.state == "sending":
            last = letter.answer if letter.tries > 1 else ""
            return SendingOutlook(REASON_WITH_SERVER, last, letter.tries, None)
        return self._queued(letter) if letter.state == "queued" else None

    def _queued(self, letter: Letter) -> SendingOutlook:
        last = letter.answer if letter.tries else ""
        next = letter.not_before or self._now
        if not self._now <= next <= self._now + LONGEST_WAIT:
            next = self._now  # as the queue has it
        match self._gate.find_obstacle(letter, self._now):
            case GateClosed(why):
                return SendingOutlook(why, last, letter.tries, None)
            case HeldForPerson(reason) | LetterNotNeeded(reason):
                return SendingOutlook(reason.words, last, letter.tries, next)
            case SentLater(reason, until):
                return SendingOutlook(reason.words, last, letter.tries, max(until, self._now))
            case BarredByGuard():
                return SendingOutlook(LetterReason.BARRED.words, last, letter.tries, None)
        away = self._away.get(letter.kind)
        if away is not None:
            return SendingOutlook(away.answer, last, letter.tries, max(next, away.not_before))
        return SendingOutlook("", last, letter.tries, next)


def _at(when: datetime, zone: tzinfo | None) -> str:
    return moment_in_words(when.astimezone(zone))
