"""The answer to each mail of the administrator that counted: what was done, and what was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from outbox.orders.order_records import OrderMailAnswer, OrderRecords
from outbox.writing.asks import OrderOutcome, OrderResult
from outbox.writing.digest_facts import ConfirmationFacts
from outbox.writing.facts import AnswerFacts
from outbox.writing.letter import (
    LADDER_KINDS,
    Draft,
    LetterAttachment,
    LetterKey,
    LetterTopic,
    Recipient,
)


class Confirmations:
    """Drafts the letters that say what was ordered by mail, and what was done."""

    def __init__(
        self, records: OrderRecords, originals: Callable[[int], tuple[LetterAttachment, ...]]
    ) -> None:
        """`originals` gives the files that an entry came as."""
        self._records = records
        self._originals = originals

    def agencies_to_undo(self, undo_time: timedelta, now: datetime) -> frozenset[int]:
        """The agencies whose letters wait, since what causes them may still be undone."""
        return self._records.agencies_to_undo(undo_time, now)

    def draft_confirmations(self, now: datetime) -> Iterator[Draft]:
        """One a mail, to the registered address alone."""
        for delivery_id, answer in self._records.unanswered_mails():
            yield Draft(
                key=f"confirmation/{delivery_id}",
                kind="confirmation",
                recipient=Recipient(answer.name, answer.email),
                facts=_facts(answer),
                thread=answer.thread,
                replies=True,
                tells=(LetterTopic(delivery_id=delivery_id),),
                about=LetterKey(delivery_id=delivery_id),
                numbered=tuple(ask for result in answer.results for ask in result.asks),
                attachments=tuple(
                    file
                    for result in answer.results
                    for id in result.encloses
                    for file in self._originals(id)
                ),
            )


def may_be_undone(draft: Draft) -> bool:
    """Whether a letter tells of a decision or of what was handed in, or would come of what may
    still be undone."""
    if draft.kind in LADDER_KINDS or any(topic.decision_id for topic in draft.tells):
        return True
    return isinstance(draft.facts, AnswerFacts) and draft.facts.handed_in


def _facts(answer: OrderMailAnswer) -> ConfirmationFacts:
    return ConfirmationFacts(
        to=answer.name or "colleague",
        headline=_headline(answer.results),
        results=answer.results,
        words=answer.words,
    )


def _headline(results: tuple[OrderResult, ...]) -> str:
    """ "2 done, 1 not done", "one more step", "what you asked for"."""
    came_to = Counter(result.outcome for result in results)
    if not any(result.number or result.done for result in results):
        return "what you asked for" if results else "nothing was done"
    steps = came_to[OrderOutcome.ONE_MORE_STEP]
    parts = (
        f"{came_to[OrderOutcome.DONE]} done" if came_to[OrderOutcome.DONE] else "",
        ("one more step" if steps == 1 else f"{steps} need one more step") if steps else "",
        f"{came_to[OrderOutcome.NOT_DONE]} not done" if came_to[OrderOutcome.NOT_DONE] else "",
    )
    return ", ".join(filter(None, parts)) or "what you asked for"
