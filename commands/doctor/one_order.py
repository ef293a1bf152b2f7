"""Puts what is wrong with what is kept into one order: what to do first, and what comes then.

What makes the rest another question, as a register that is put back does, comes first, and the
rest is looked at again after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import IntEnum

from commands.doctor.check import DoctorResult

_COMMAND = re.compile(r"`([^`]+)`")
_LOOK_AGAIN = "Once what stands above is done, look again: `scr-intake doctor`"


class Turn(IntEnum):
    """When a thing is to be done, the first first."""

    ACCESS = 0  # nothing else can be mended, or is known for certain, before
    LATEST = 1  # another register is to lie there
    REGISTER = 2  # or a backup is to be restored
    RECOVER = 3
    ORIGINALS = 4
    JOURNAL = 5
    OTHER = 6

    @property
    def changes_the_rest(self) -> bool:
        """Whether what else was found may be another thing once it is done."""
        return self <= Turn.REGISTER


def in_one_order(found: Iterable[tuple[Turn, DoctorResult]]) -> Iterator[DoctorResult]:
    """What is wrong first, by its turn. A way out that is the same as one before stands once more;
    any other is put after the first, or is left for a second look."""
    kept = list(found)
    wrong = sorted((each for each in kept if each[1].state == "wrong"), key=lambda each: each[0])
    typed = list[str]()
    for turn, result in wrong:
        commands = _COMMAND.findall(result.fix)
        if not typed or not commands or set(commands) & set(typed):
            yield result
        elif wrong[0][0].changes_the_rest and turn > wrong[0][0]:
            yield replace(result, fix=_LOOK_AGAIN)
            continue
        else:
            yield replace(result, fix=f"After that: {result.fix}")
        typed += commands
    yield from (result for _, result in kept if result.state != "wrong")
