"""One letter of the ladder: what a chaser tells one reader of what an agency owes.

It says what is awaited, and what was wrong only to whoever stands in for those who were told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from config.calendar import date_without_year
from config.english import count_noun, join_with_and
from config.kind import Kinds
from config.ladder import CHAIR_LETTER
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.chasing.change_requests import (
    ChangeRequest,
    ListOf,
    change_list_sentences,
    the_list_itself,
)
from outbox.chasing.repeats import letter_kind_for
from outbox.due.answers import how_to_send
from outbox.due.ladder_steps import ReachedStep, rung_of_step
from outbox.due.recipients import LetterReader, absence_sentences
from outbox.writing.checklist import align_columns, build_checklist
from outbox.writing.facts import ChaserFacts
from outbox.writing.letter import Draft, Recipient

MAX_NAMED_RETURNS = 2  # returns by name in a subject


@dataclass(frozen=True, slots=True)
class OwingAgency:
    """An agency that owes something, with all that a letter to it needs."""

    case: CaseRow
    agency: AgencyRow
    readers: Sequence[LetterReader]
    kinds: Kinds
    today: date
    waiting: Mapping[str, str]  # what is said of what waits, by the kind of return
    changes: Mapping[int, ChangeRequest]  # by the return
    list_of: ListOf
    panel_met: Callable[[CaseRow], bool] = lambda case: False
    never_written_to: frozenset[int] = frozenset()

    def return_nouns(self, owed: Sequence[ReachedStep]) -> str:
        return join_with_and(list(dict.fromkeys(self.kinds[row.kind].noun for row, _ in owed)))


def draft_chaser(
    owing: OwingAgency,
    reader: LetterReader,
    own: Sequence[ReachedStep],
    more: Sequence[ReachedStep],
) -> Draft:
    letter, said = letter_kind_for(own), (*own, *more)
    return Draft(
        key=_key(letter, said, reader.recipient),
        kind=letter,
        recipient=reader.recipient,
        facts=replace(_facts(owing, reader, said), first=not any(map(_is_late, more))),
        case_id=owing.case.id,
        agency_id=owing.agency.id,
        rungs=tuple(map(rung_of_step, said)),
        to_release=letter == CHAIR_LETTER,
    )


def _key(letter: str, theirs: Sequence[ReachedStep], to: Recipient) -> str:
    about = "+".join(f"{row.id}v{row.due_version}r{rung.days}" for row, rung in theirs)
    return f"{letter}/{about}/{to.contact_id or 'chair'}"


def _facts(owing: OwingAgency, reader: LetterReader, theirs: Sequence[ReachedStep]) -> ChaserFacts:
    owed = sorted(_asked_for(theirs), key=lambda row: row.due)
    named = _named(theirs, owed)
    return ChaserFacts(
        to=reader.recipient.name,
        case=owing.case.reference,
        agency=owing.agency.name,
        nouns=join_with_and([owing.kinds[row.kind].noun for row in named]),
        count=len(named),
        about=_about([owing.kinds[row.kind].noun for row in named]),
        then=_about(
            [owing.kinds[row.kind].noun for row in owed if row not in named], "more return"
        ),
        sentence=_sentence(owed, owing.kinds, owing.today),
        soonest=date_without_year(owed[0].due),
        today=owed[0].due <= owing.today,
        told=join_with_and(_others(owing, reader)),
        away=tuple(
            absence_sentences([r for r in owing.readers if r != reader and _not_for(r, reader)])
        ),
        instead_of=join_with_and(reader.instead_of),
        checklist=tuple(align_columns(build_checklist(owing.agency, owing.kinds, owing.waiting))),
        how=how_to_send(dropped=False),
        lists=tuple(
            change_list_sentences(owed, owing.changes, reader.recipient.contact_id, owing.kinds)
        ),
        documents=tuple(the_list_itself(owed, owing.changes, reader, owing.readers, owing.list_of)),
        panel_met=owing.panel_met(owing.case),
    )


def _not_for(absent: LetterReader, reader: LetterReader) -> bool:
    """Whether a letter need still say that somebody is away: not where its reader is told that
    they are written to instead."""
    return not any(each.startswith(f"{absent.recipient.name}, ") for each in reader.instead_of)


def _asked_for(theirs: Sequence[ReachedStep]) -> list[ReturnRow]:
    """What the letter is about. Where something is late that is all: of what is only due soon the
    checklist reminds."""
    late = [step[0] for step in theirs if _is_late(step)]
    return late or [row for row, _ in theirs]


def _is_late(step: ReachedStep) -> bool:
    return step[1].letter != "reminder"


def _named(theirs: Sequence[ReachedStep], owed: Sequence[ReturnRow]) -> Sequence[ReturnRow]:
    """What the subject says: what is late, or else what is due on the day that it names. Of the
    rest the checklist reminds."""
    if any(map(_is_late, theirs)):
        return owed
    return [row for row in owed if row.due == owed[0].due]


def _about(nouns: Sequence[str], otherwise: str = "return") -> str:
    """Two by name, and more by their number: a subject is read at a glance."""
    return (
        join_with_and(nouns)
        if len(nouns) <= MAX_NAMED_RETURNS
        else count_noun(len(nouns), otherwise)
    )


def _others(owing: OwingAgency, to: LetterReader) -> list[str]:
    """Who was written to before, as far as anybody could be: the authors; for the chair's office
    everybody at the agency."""
    chair = to.recipient.contact_id is None
    within_reach = [
        r
        for r in owing.readers
        if r != to and not r.kept and r.recipient.contact_id not in owing.never_written_to
    ]
    return [r.recipient.name for r in within_reach if chair or "author" in r.roles]


def _sentence(owed: Sequence[ReturnRow], kinds: Kinds, today: date) -> str:
    """ "the chronology and IMR, which were due on Friday 16 April", and so for each day. What was
    sent back is asked for as what it is: to say that nothing came would be wrong."""
    by_day = defaultdict[date, list[ReturnRow]](list)
    for row in owed:
        by_day[row.due].append(row)
    were = {day: "was" if len(rows) == 1 else "were" for day, rows in by_day.items()}
    return join_with_and(
        [
            f"{_awaited(rows, kinds)}, {f'which {were[day]} due on' if day < today else 'due on'}"
            f" {date_without_year(day)}"
            for day, rows in by_day.items()
        ]
    )


def _awaited(rows: Sequence[ReturnRow], kinds: Kinds) -> str:
    """ "the chronology and the new version of the IMR": what never came is no new version."""
    first = [kinds[row.kind].noun for row in rows if row.state != "rejected"]
    again = [kinds[row.kind].noun for row in rows if row.state == "rejected"]
    parts = [f"the {join_with_and(first)}"] if first else []
    if again:
        parts.append(
            f"the new version{'' if len(again) == 1 else 's'} of the {join_with_and(again)}"
        )
    return join_with_and(parts)
