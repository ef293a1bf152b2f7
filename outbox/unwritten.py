"""Letters that could not be written, and words of the board's own that could not be used.

Does: gathers from each round what stood in the way, and keeps it as outages are kept, from begun to
over, so that the operator hears of each once when it begins and once when it is over.
Trusts: the rounds to say what was not written.
Never touches: letters.
Known limits: one outage for each kind of letter, and one for all templates together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from config.sentence import sentence_of
from intake.ledger import Ledger
from intake.outages import SERVICE, Outages
from outbox.guard import BARRED, Withheld
from outbox.letter import LetterKind
from outbox.proofreader import Proofreader
from outbox.slip import Slip
from outbox.stopped import Stopped
from outbox.working import SetAside

TEMPLATES = f"{SERVICE}templates"  # what an outage of the board's own words is called
LETTERS = f"{SERVICE}letters/"  # ... and one of a kind of letter begins with
MOST = 8  # slips in one alert; `doctor` tells all

_BARRED = "SELECT DISTINCT kind FROM letters WHERE state IN ('held back', 'failed') AND answer = ?"
_MEND = (
    "Mend them in the folder that `letters` in the settings names; nothing has to be started anew."
    " To be told every slip: `scr-intake doctor`"
    " To see a letter: `scr-intake letters preview KIND`"
)
_LOOK = (
    "Tell whoever looks after scr-intake, with the line that the service wrote about it."
    " The letter is written as soon as that is mended."
)
_SAY_OTHERWISE = (
    "The administrator should look at what was last decided for it, and say it in other words;"
    " or at the names, references and people that the case file gives."
)
_THEIRS = sentence_of(Withheld)
_LISTED = "To list those that are stopped, with the ways on: `scr-intake letters`"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and what to do, in sentences of ours."""

    sentence: str
    fix: str


class Unwritten:
    """What stood in a letter's way."""

    def __init__(self, ledger: Ledger, outages: Outages, proofreader: Proofreader) -> None:
        self._ledger = ledger
        self._outages = outages
        self._proofreader = proofreader
        self._missed: dict[str, Reason] = {}

    def missed(self, kind: LetterKind, why: Exception) -> None:
        """A letter of that kind was not written in this round."""
        self._missed.setdefault(f"{LETTERS}{kind}", reason(why))

    def stopped(self, letters: Iterable[Stopped]) -> None:
        """Which letters the guard stops: an alert says whose each is, and what it is about."""
        by_kind: dict[str, list[str]] = {}
        for letter in letters:
            of = ", ".join(part for part in (letter.whose, letter.what) if part)
            by_kind.setdefault(f"{LETTERS}{letter.kind}", []).append(of)
        for source, about in by_kind.items():
            more = f", and {len(about) - MOST} more" if len(about) > MOST else ""
            said = f"{_THEIRS} This is so of {'; '.join(about[:MOST])}{more}."
            self._missed[source] = Reason(said, f"{_SAY_OTHERWISE} {_LISTED}")

    def noted(self, now: datetime) -> None:
        """The end of a round: what is not in the way any more is over."""
        away = self._barred() | self._missed | self._own_words()
        every = {TEMPLATES, *(f"{LETTERS}{kind}" for kind in get_args(LetterKind))}
        self._outages.noted(away, every - away.keys(), now)
        self._missed = {}

    def slips(self) -> tuple[Slip, ...]:
        return self._proofreader.slips()

    def _barred(self) -> dict[str, Reason]:
        """Written, and stopped by the guard before it was sent."""
        rows = self._ledger.rows(_BARRED, BARRED)
        return {f"{LETTERS}{row['kind']}": reason(Withheld()) for row in rows}

    def _own_words(self) -> dict[str, Reason]:
        slips = self.slips()
        if not slips:
            return {}
        more = [f"And {len(slips) - MOST} more."] if len(slips) > MOST else []
        said = "\n".join([*(f"{slip} {slip.fix}" for slip in slips[:MOST]), *more])
        return {TEMPLATES: Reason(said, _MEND)}


def reason(why: Exception) -> Reason:
    """In words of ours: what was raised may carry a letter's own."""
    if isinstance(why, Withheld):
        return Reason(_THEIRS, _SAY_OTHERWISE)
    if isinstance(why, SetAside):
        return Reason(f"{sentence_of(SetAside)} This is so of {why.whose}.", SetAside.fix)
    return Reason(f"Something in the service is not as it should be ({type(why).__name__}).", _LOOK)
