"""How letters leave: what every transport must be able to do.

Does: states the contract that `tests/outbox/test_transports.py` holds every transport to.
Trusts: nothing.
Never touches: the queue.
Known limits: one recipient a letter, so that nothing can be half refused (failure mode 74).
"""

from __future__ import annotations

from typing import Protocol

from outbox.letter import Letter


class NotNow(Exception):
    """The letter could not be handed over now; the same letter may go through later."""


class Away(NotNow):
    """The transport takes no letter now, this one or another: there is no need to try them all."""


class Never(Exception):
    """The letter was refused for good."""


class Answer(Protocol):
    """The answer to a letter, while it is awaited beside the others."""

    def within(self, seconds: float) -> bool:
        """Whether it is there by then."""
        ...

    def take(self) -> None:
        """Wait for it. Raises NotNow or Never."""
        ...


class Awaited(Exception):
    """The letter was given to the server, which takes its time: others need not wait for that."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class Transport(Protocol):
    """Something that takes letters. `name` is its place in the settings: "outbox"."""

    @property
    def name(self) -> str: ...

    def open(self) -> None:
        """Be ready for a letter. Raises Away; no letter has been tried then.

        Asked before each letter, and costs nothing while the transport is ready.
        """
        ...

    def send(self, letter: Letter) -> None:
        """Hand over one letter; on return it is theirs. Raises NotNow, Away, Never
        or Awaited.

        The same letter again, after a crash, must be recognisable as the same.
        """
        ...

    def rest(self) -> None:
        """The round is over: nothing has to be kept open. Raises nothing."""
        ...
