"""How reading a document can end without an answer.

Does: names the endings. All but `NoWorker` are about the document: it could not be read, and
that is never the service's failure (failure mode 48). `NoWorker` is about us: try again later.
Trusts: nothing; what a child says of itself has been checked before it comes here.
Never touches: the document. No message carries a word from it (failure mode 89).
Known limits: a child the kernel stopped for want of memory looks like any other that died.
"""

from __future__ import annotations

from typing import Literal

from config.sentence import sentence_of

Bound = Literal["memory", "processor", "nesting", "answer"]

_BOUNDS: dict[Bound, str] = {
    "memory": "memory",
    "processor": "processor time",
    "nesting": "depth of nesting",
    "answer": "size of the answer",
}


class CouldNotRead(Exception):
    """The document could not be read."""

    def __str__(self) -> str:
        return sentence_of(self)


class TimedOut(CouldNotRead):
    """Reading the document took longer than is allowed."""


class OutOfTime(CouldNotRead):
    """The time for all documents of a delivery ran out before this one was read."""


class OverLimit(CouldNotRead):
    """Reading the document needed more than is allowed."""

    def __init__(self, bound: Bound) -> None:
        super().__init__(bound)
        self.bound = bound

    def __str__(self) -> str:
        return f"{super().__str__()[:-1]}: {_BOUNDS[self.bound]}."


class Died(CouldNotRead):
    """The process reading the document broke down."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how  # a signal's name, an exit status, or what was wrong with the reply

    def __str__(self) -> str:
        return f"{super().__str__()[:-1]}: {self.how}."


class Unforeseen(CouldNotRead):
    """The program met something in the document that it was not written for."""

    def __init__(self, type_name: str, places: tuple[str, ...]) -> None:
        super().__init__(type_name, places)
        self.type_name = type_name  # the exception's type, never its message
        self.places = places  # "module:line" of our own code, outermost first

    def __str__(self) -> str:
        where = " < ".join(reversed(self.places)) or "no line of our own"
        return f"{super().__str__()[:-1]}: {self.type_name} at {where}."


class NoWorker(Exception):
    """The confined worker is not there, so nothing can be read now."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return f"{sentence_of(NoWorker)[:-1]}: {self.why}."


class WorkerLost(NoWorker):
    """The worker ended in the middle of one document, each time: perhaps by that document's doing,
    so a try was made of it, and the next one is not kept waiting."""

    def __init__(self) -> None:
        super().__init__("it ended in the middle of a document, each time")


class Stopped(NoWorker):
    """The service is to stop: nothing more is read."""

    def __init__(self) -> None:
        super().__init__("the service is to stop")
