"""Asks the confined worker what a reply says, and believes no more of the answer than its shape."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from handlers.orders.order import OrderQuestion
from handlers.orders.reading import ReplyReading, ReplyRequest
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import DocumentUnreadable, UnforeseenFault

_READING = TypeAdapter(ReplyReading)
_UNREAD = ReplyReading(questions=(OrderQuestion(None, "unread"),))


@dataclass(frozen=True, slots=True)
class ReplyReader:
    """Reads replies, each in a process of its own."""

    worker: Worker

    def read_reply(self, raw: bytes, request: ReplyRequest) -> ReplyReading:
        """What it asks for. A reply that could not be read is a question, never an order.

        Raises UnforeseenFault or WorkerUnavailable.
        """
        try:
            told = self.worker.run_in_child("answer", raw, request).value
            return _READING.validate_python(told)
        except UnforeseenFault:
            raise
        except (DocumentUnreadable, ValidationError):
            return _UNREAD
