"""Ways for an alert besides mail: what each must be able to do, and what an alert is there.

Does: states the contract of a program and a file that the settings name, and puts an alert's letter
into a few lines for them.
Trusts: the templates that letters are written from.
Never touches: cases: which letter is stopped, and whose it is, is left out.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from outbox.facts import AlertFacts
from outbox.letter import Draft
from outbox.wording import opened, text_of
from outbox.writer import Writer

Name = Literal["command", "file"]
LONGEST = 16 * 1024  # characters; a pipe takes it whole
_ID = "<alert@scr-intake.invalid>"  # of a letter that is never sent
_WHICH = "A letter cannot be written or sent as it stands. To list those: `scr-intake letters`"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is told: a line, and what to do about it."""

    subject: str
    text: str

    def __str__(self) -> str:
        return f"{self.subject}\n\n{self.text}"[:LONGEST]


class OtherWay(Protocol):
    """A program or a file that takes alerts, one at a time."""

    @property
    def name(self) -> Name: ...

    def begin(self, alarm: Alarm, now: datetime) -> None:
        """Hand it over, or begin to. Never waits, raises nothing."""
        ...

    def ended(self) -> str | None:
        """None while it is under way, "" when it is theirs, else why it is not, in a clause of
        ours."""
        ...

    def close(self) -> None:
        """Leave off."""
        ...


Worded = Callable[[Draft, datetime], Alarm]


def worded(writer: Writer) -> Worded:
    """Puts the letter of an alert into the words that it has by mail, without the name of anything
    in a case: a file keeps them in clear."""

    def alarm(draft: Draft, now: datetime) -> Alarm:
        facts = draft.facts
        if isinstance(facts, AlertFacts) and facts.about == "letters":
            draft = replace(draft, facts=replace(facts, said=_WHICH))
        letter = opened(writer.write(draft, _ID, now))
        return Alarm(str(letter["Subject"]), text_of(letter).replace("\r\n", "\n"))

    return alarm
