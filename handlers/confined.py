"""Asking the confined worker, and believing no more of its answers than their shape.

Does: has a document judged or a mail unpacked in the worker, checks what comes back against the
types it must have, and turns a death, a time-out or an over-limit into a finding.
Trusts: nothing the worker says beyond that shape: a document may have taken it over.
Never touches: the inside of a document.
Known limits: an unforeseen bug of ours is not a finding: it is raised, and the delivery is tried
again and then set aside.
"""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from config.kind import Kinds
from handlers import arrival
from handlers.finding import Judgement
from handlers.question import Question
from handlers.worker.client import Worker
from handlers.worker.outcomes import Died, OverLimit, TimedOut
from intake.message.message import Message
from intake.message.wire import Garbled, from_wire

_JUDGEMENTS = TypeAdapter(list[Judgement])


class Confined:
    """Judging and unpacking, each document in a process of its own."""

    def __init__(self, worker: Worker, kinds: Kinds) -> None:
        self._worker = worker
        self._kinds = kinds

    def judge(self, data: bytes, question: Question) -> tuple[Judgement, ...]:
        """What the document came to. Raises Unforeseen or NoWorker."""
        try:
            said = _JUDGEMENTS.validate_python(self._worker.ask("judge", data, question).value)
        except (TimedOut, OverLimit, Died, ValidationError):
            said = []
        if self._credible(said):
            return tuple(said)
        return arrival.judged("too-much", self._kinds.get(question.context.assume))

    def _credible(self, said: list[Judgement]) -> bool:
        """One judgement at least, or the document would go unanswered; of kinds that there are."""
        return bool(said) and all(j.kind is None or j.kind in self._kinds for j in said)

    def unpack(self, raw: bytes) -> Message:
        """The mail, read; an unreadable one has the trouble "unreadable". Raises Unforeseen or
        NoWorker."""
        try:
            answer = self._worker.ask("unpack", raw, None)
            return from_wire(answer.value, answer.blobs)
        except (TimedOut, OverLimit, Died, Garbled):
            return Message(sender_trouble="none", trouble=("unreadable",))
