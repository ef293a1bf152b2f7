"""Letters that confirm that what should never have come is destroyed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from config.calendar import Calendar, moment_in_words
from config.english import join_with_and
from config.kind import Kinds
from config.ladder import Ladder
from handlers.register.decisions import RecordedDecision
from handlers.register.matrix import AgencyRow
from handlers.register.submissions import Entry
from outbox.due.ladder_steps import covered_reminders
from outbox.due.still_to_send import pressing
from outbox.writing.checklist import NOTHING_WAITS, align_columns, build_checklist
from outbox.writing.facts import WithdrawalFacts
from outbox.writing.letter import Draft, LetterKey, LetterTopic, Recipient

A_DOCUMENT, A_MESSAGE = "document", "message"  # what is called so where its kind is not known


@dataclass(frozen=True, slots=True)
class WithdrawnEntry:
    """An entry that was withdrawn, and whom a letter tells. `received` is when it came, in the
    board's time zone."""

    made: RecordedDecision
    entry: Entry
    reference: str
    case_id: int
    agency: AgencyRow
    received: datetime
    recipients: tuple[Recipient, ...]
    thread: str


def draft_withdrawals(
    due: Sequence[WithdrawnEntry], kinds: Kinds, ladder: Ladder, calendar: Calendar, today: date
) -> Iterator[Draft]:
    """What was withdrawn together is told to a reader in one letter."""
    together = defaultdict[Hashable, list[tuple[WithdrawnEntry, Recipient]]](list)
    for each in due:
        for reader in each.recipients:
            together[each.agency.id, each.made.decided, reader].append((each, reader))
    for same in together.values():
        withdrawn, (first, reader) = [each for each, _ in same], same[0]
        yield Draft(
            key=f"decision/{first.made.id}/{reader.contact_id}",
            kind="withdrawal",
            recipient=reader,
            facts=_facts(withdrawn, reader, kinds, today),
            case_id=first.case_id,
            agency_id=first.agency.id,
            thread=first.thread,
            replies=bool(first.thread),
            rungs=covered_reminders(first.agency, ladder, calendar, today),
            tells=tuple(
                LetterTopic(decision_id=each.made.id, entry_id=each.entry.id) for each in withdrawn
            ),
            about=LetterKey(decision_id=first.made.id),
        )


def _facts(
    withdrawn: Sequence[WithdrawnEntry], to: Recipient, kinds: Kinds, today: date
) -> WithdrawalFacts:
    first = withdrawn[0]
    presses, still = pressing(first.agency, NOTHING_WAITS, kinds, today)
    return WithdrawalFacts(
        to=to.name,
        case=first.reference,
        agency=first.agency.name,
        noun=_noun([each.entry for each in withdrawn], kinds),
        received=moment_in_words(first.received),
        tell=first.made.because.tell,
        checklist=tuple(align_columns(build_checklist(first.agency, kinds, NOTHING_WAITS))),
        pressing=presses,
        still=still,
    )


def _noun(entries: Sequence[Entry], kinds: Kinds) -> str:
    """The returns that it was taken for; else what it was."""
    about = {entry.kind for entry in entries if entry.position}
    named = join_with_and([kind.noun for kind in kinds.all if kind.id in about])
    return named or (A_DOCUMENT if any(entry.position for entry in entries) else A_MESSAGE)
