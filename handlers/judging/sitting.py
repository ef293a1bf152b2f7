"""The sittings in which one delivery's documents are judged, each with time of its own.

Does: remembers what the documents of a delivery came to while there was time, so that the next
sitting begins with the one that there was no time for.
Trusts: whoever judges.
Never touches: documents; what they came to is known by their hash and the question.
Known limits: kept in memory, of so many deliveries; a service that starts again judges them again.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from handlers.finding import Judgement
from handlers.judging.question import Question
from handlers.worker.outcomes import OutOfTime

MOST = 20  # deliveries that wait for another sitting; of more nothing is remembered

Said = tuple[Judgement, ...]


@dataclass(slots=True)
class Sitting:
    """`last` says that no other follows."""

    last: bool
    known: dict[bytes, Said] = field(default_factory=dict)

    def remembered(self, data: bytes, question: Question, judge: Callable[[], Said]) -> Said:
        """What was said before, or is now. Raises what judging raises."""
        asked = hashlib.sha256(pickle.dumps(question))
        asked.update(data)
        if (key := asked.digest()) not in self.known:
            self.known[key] = judge()
        return self.known[key]


class Sittings:
    """Those that are not over."""

    def __init__(self) -> None:
        self._known: dict[int, dict[bytes, Said]] = {}

    @contextmanager
    def of(self, delivery: int, *, last: bool) -> Iterator[Sitting]:
        """What was said is forgotten unless it ends with OutOfTime."""
        sitting = Sitting(last, self._known.pop(delivery, {}))
        try:
            yield sitting
        except OutOfTime:
            if len(self._known) < MOST:
                self._known[delivery] = sitting.known
            raise
