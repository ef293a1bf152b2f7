"""What a letter that has not left waits for: why, how often it was tried, and when it goes.

Does: asks the gate and the transports as the postman would, and puts what stands in its way into
words for whoever looks.
Trusts: the queue's rows; what a transport said is in words of ours.
Never touches: letters; looking moves none.
Known limits: what a round finds meanwhile may be something else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from config.calendar import moment
from outbox.sending.gate import Barred, Gate, HeldBack, Shut, Spared, Waits
from outbox.sending.transport_back_off import LONGEST_WAIT, TransportWait
from outbox.writing.disclosure_guard import BARRED
from outbox.writing.letter import Letter, LetterKind, LetterState
from outbox.writing.words import count

WITH_THE_SERVER = "the mail server was given it, and has not said yet that it took it"
AT_REST: Mapping[LetterState, str] = {
    "draft": "you release it: `scr-intake letters release {id}`",
    "failed": "you have it tried again: `scr-intake letters retry {id}`",
    "held back": "you let it go: `scr-intake letters retry {id}`",
    "undelivered": "you have it tried again: `scr-intake letters retry {id}`",
}


@dataclass(frozen=True, slots=True)
class Outlook:
    """`why` is a clause, "" for a letter that nothing stands in the way of; `last` says why its
    last try did not succeed, "" for none. `next` is when it is tried (again), None where that hangs
    on a person or on the mail server; `goes` says what it goes after, "" where time does it."""

    why: str
    last: str
    tries: int
    next: datetime | None
    goes: str = ""

    @property
    def stuck(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.why or self.last or self.goes)

    def as_json(self) -> dict[str, object]:
        next = self.next.isoformat() if self.next else None
        return {"why": self.why, "last_try": self.last, "next": next}

    def sentence(self, zone: tzinfo | None) -> str:
        """ "Tried 3 times: its reader's server asks to try later. Next at 10:15am on ..."."""
        last = f": {self.last.rstrip('.')}" if self.last else ""
        said = [f"Tried {count(self.tries, 'time')}{last}."]
        parts = said if self.tries else []
        if self.why and self.why != (self.last if self.tries else ""):
            parts.append(f"{self.why[:1].upper()}{self.why[1:].rstrip('.')}.")
        if self.goes:
            parts.append(f"It goes once {self.goes}")
        elif self.next is not None:
            parts.append(f"{'Next' if self.tries else 'It goes'} at {_at(self.next, zone)}.")
        return " ".join(parts)


class Outlooks:
    """Says what each waits for. `ways` are the kinds of letter that leave by each transport."""

    def __init__(
        self,
        gate: Gate,
        away: Mapping[str, TransportWait],
        ways: Mapping[str, Collection[LetterKind]],
        now: datetime,
    ) -> None:
        self._gate = gate
        self._away = {
            kind: away[way] for way, kinds in ways.items() if way in away for kind in kinds
        }
        self._now = now

    def of(self, letter: Letter) -> Outlook | None:
        """None for what has left, or will never."""
        if letter.state in AT_REST:
            goes = AT_REST[letter.state].format(id=letter.id)
            return Outlook(letter.answer, letter.answer, letter.tries, None, goes)
        if letter.state == "sending":
            last = letter.answer if letter.tries > 1 else ""
            return Outlook(WITH_THE_SERVER, last, letter.tries, None)
        return self._queued(letter) if letter.state == "queued" else None

    def _queued(self, letter: Letter) -> Outlook:
        last = letter.answer if letter.tries else ""
        next = letter.not_before or self._now
        if not self._now <= next <= self._now + LONGEST_WAIT:
            next = self._now  # as the queue has it
        match self._gate.stops(letter, self._now):
            case Shut(why):
                return Outlook(why, last, letter.tries, None)
            case HeldBack(why) | Spared(why):
                return Outlook(why, last, letter.tries, next)
            case Waits(why, until):
                return Outlook(why, last, letter.tries, max(until, self._now))
            case Barred():
                return Outlook(BARRED, last, letter.tries, None)
        away = self._away.get(letter.kind)
        if away is not None:
            return Outlook(away.answer, last, letter.tries, max(next, away.not_before))
        return Outlook("", last, letter.tries, next)


def _at(when: datetime, zone: tzinfo | None) -> str:
    return moment(when.astimezone(zone))
