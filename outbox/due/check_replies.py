"""Drafts the answers to rehearsals: documents that an author had checked, and not logged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from config.calendar import moment_in_words
from config.english import join_with_and
from config.kind import Kinds
from handlers.findings import Judgement
from handlers.register.matrix import AgencyRow
from outbox.due.questions import questions_for_board
from outbox.due.told_documents import document_facts
from outbox.writing.checklist import NOTHING_WAITS, align_columns, build_checklist
from outbox.writing.facts import CheckFacts, DocumentFacts
from outbox.writing.letter import Draft, LetterKey, Recipient
from outbox.writing.places import Change

_WOULD = {
    "accept": "would be accepted",
    "reject": "would need changes before we could accept it",
    "refer": "would be received, and a person would look at it",
}
FOR_BOARD_ONLY = Change(
    "", "A point that is for the board to settle.", "There is nothing you need to do about it."
)


@dataclass(frozen=True, slots=True)
class CheckedDelivery:
    """A check that was asked for. `received` is in the board's time zone."""

    delivery_id: int
    received: datetime
    thread: str
    case_id: int
    reference: str
    agency: AgencyRow
    recipient: Recipient
    judgements: tuple[Judgement, ...]
    unsaid: int
    waiting: Mapping[str, str] = field(default_factory=lambda: NOTHING_WAITS)


def draft_check_results(asked: Iterable[CheckedDelivery], kinds: Kinds) -> list[Draft]:
    """One draft for each check. Nobody is told of what would be held, not even that it would:
    when that is all there is, there is no letter."""
    return [
        Draft(
            key=f"check/{one.delivery_id}/{one.recipient.contact_id}",
            kind="check-result",
            recipient=one.recipient,
            facts=_facts(one, kinds),
            case_id=one.case_id,
            agency_id=one.agency.id,
            thread=one.thread,
            replies=True,
            about=LetterKey(delivery_id=one.delivery_id),
        )
        for one in asked
        if one.judgements or not one.unsaid
    ]


def _facts(one: CheckedDelivery, kinds: Kinds) -> CheckFacts:
    said = one.judgements
    came = join_with_and(_nouns(said, kinds)) or "message"
    return CheckFacts(
        to=one.recipient.name,
        case=one.reference,
        agency=one.agency.name,
        received=moment_in_words(one.received),
        came=came,
        would=_would(said, came),
        documents=tuple(_document(j, kinds) for j in said),
        checklist=tuple(align_columns(build_checklist(one.agency, kinds, one.waiting))),
    )


def _document(said: Judgement, kinds: Kinds) -> DocumentFacts:
    """What would be said of one return. That there is something for the board alone is told, or
    its author would look for a reason that is not theirs to find."""
    facts = document_facts(said, said.verdict, _WOULD[said.verdict], kinds)
    if said.verdict == "hold" or not questions_for_board(said.findings, kinds.get(said.kind)):
        return facts
    return replace(facts, looked_at=(*facts.looked_at, FOR_BOARD_ONLY))


def _nouns(said: Sequence[Judgement], kinds: Kinds) -> list[str]:
    named = (kinds.get(judgement.kind) for judgement in said)
    return list(dict.fromkeys(kind.noun if kind else "document" for kind in named))


def _would(said: Sequence[Judgement], came: str) -> str:
    """How the subject ends: the heaviest of what would be said."""
    verdicts = {judgement.verdict for judgement in said}
    if not said:
        return "we found no document"
    if "reject" in verdicts:
        return "changes would be needed"
    return "a person would look at it" if "refer" in verdicts else f"{came} would be accepted"
