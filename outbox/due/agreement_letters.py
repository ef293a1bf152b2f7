"""Letters about what was agreed of returns: more time, or that the board does without them.

What a reader is told about what came, and of what was agreed in the same while, is one letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from config.calendar import Calendar, date_in_words, day_and_month
from config.english import join_with_and
from config.kind import Kinds
from config.ladder import Ladder
from handlers.register.dependent_returns import report_kind
from handlers.register.matrix import AgencyRow
from handlers.register.returns import CHASED_STATES, SETTLED_STATES
from outbox.due.answers import how_to_send
from outbox.due.decision_letters import AgreedReturn, decision_letter_key
from outbox.due.ladder_steps import covered_reminders
from outbox.due.still_to_send import pressing
from outbox.writing.checklist import align_columns, build_checklist
from outbox.writing.facts import AnswerFacts, ReturnFacts
from outbox.writing.letter import Draft, LetterKey, LetterKind, LetterTopic, Recipient

SEVERAL_DAYS = "the dates below"


def draft_agreements(
    due: Sequence[AgreedReturn], kinds: Kinds, ladder: Ladder, calendar: Calendar, today: date
) -> Iterator[Draft]:
    """More time, or returns that are no longer asked for: one letter for what was agreed of one
    sort."""
    together = defaultdict[Hashable, list[tuple[AgreedReturn, Recipient]]](list)
    for each in due:
        for reader in each.recipients:
            together[each.agency.id, each.made.what, reader].append((each, reader))
    for same in together.values():
        agreements, (first, reader) = [each for each, _ in same], same[0]
        kind: LetterKind = "extension" if first.made.what == "extend" else "waiver"
        yield Draft(
            key=decision_letter_key(first.made.lead_id, reader),
            kind=kind,
            recipient=reader,
            facts=_facts(agreements, reader, kinds, today),
            case_id=first.case_id,
            agency_id=first.agency.id,
            rungs=covered_reminders(first.agency, ladder, calendar, today),
            tells=tuple(LetterTopic(decision_id=each.made.id) for each in agreements),
            about=LetterKey(decision_id=first.made.lead_id),
        )


def _facts(
    agreements: Sequence[AgreedReturn], to: Recipient, kinds: Kinds, today: date
) -> ReturnFacts:
    agreed, about = agreements[0], {each.row.kind for each in agreements}
    presses, still = pressing(agreed.agency, agreed.waiting, kinds, today)
    days = {each.row.due for each in agreements}
    one_day = len(days) == 1
    here, accepted = _come(agreements)
    return ReturnFacts(
        to=to.name,
        case=agreed.reference,
        agency=agreed.agency.name,
        noun=join_with_and([kind.noun for kind in kinds.all if kind.id in about]),
        until=date_in_words(agreed.row.due) if one_day else SEVERAL_DAYS,
        by_short=day_and_month(agreed.row.due) if one_day else "",
        tell="\n\n".join(dict.fromkeys(filter(None, (x.made.because.tell for x in agreements)))),
        checklist=tuple(align_columns(build_checklist(agreed.agency, kinds, agreed.waiting))),
        how=how_to_send(dropped=False),
        several=len(about) > 1,
        here=join_with_and([kind.noun for kind in kinds.all if kind.id in here]),
        accepted=join_with_and([kind.noun for kind in kinds.all if kind.id in accepted]),
        whole=len(here | accepted) == len(about),
        pressing=presses,
        still=still,
        with_it=_with_it(agreed.agency, about, kinds),
    )


def _with_it(agency: AgencyRow, about: Collection[str], kinds: Kinds) -> str:
    """Which forms are due with a report that was given more time, though nobody agreed it of them;
    "" for none."""
    rows = {row.kind: row for row in agency.returns if row.state in CHASED_STATES}
    moved = [
        kind.noun
        for kind in kinds.all
        if kind.id in rows and kind.id not in about and rows[kind.id].is_with_report
        if report_kind(kind.id, kinds) in about
    ]
    if not moved:
        return ""
    return f"The {join_with_and(moved)} {'are' if moved[1:] else 'is'} due with it."


def _come(agreements: Sequence[AgreedReturn]) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds of those that have come since more time was asked for: those that wait for a
    person, and those that are settled by now."""
    come = [each.row for each in agreements if each.row.state not in CHASED_STATES]
    settled = frozenset(row.kind for row in come if row.state in SETTLED_STATES)
    return frozenset(row.kind for row in come) - settled, settled


_LEADING: tuple[LetterKind, ...] = ("decision", "extension", "waiver")


def join_decision_drafts(drafts: Iterable[Draft]) -> list[Draft]:
    """One letter for each reader of an agency: what was agreed stands in that about what came. A
    message that is answered by itself keeps its own letter, and takes in what was agreed."""
    found = list(drafts)
    led = dict[Hashable, Draft]()
    for draft in sorted(found, key=_leading):
        if draft.kind in _LEADING:
            led.setdefault((draft.agency_id, draft.recipient), draft)
    joined = list[Draft]()
    for draft in found:
        lead = led.get((draft.agency_id, draft.recipient), draft)
        if draft is lead:
            besides = [x for x in found if x is not lead and _goes_in(x, lead)]
            joined.append(_with(lead, besides) if besides else lead)
        elif not _goes_in(draft, lead):
            joined.append(draft)
    return joined


def _leading(draft: Draft) -> int:
    return _LEADING.index(draft.kind) if draft.kind in _LEADING else len(_LEADING)


def _goes_in(draft: Draft, lead: Draft) -> bool:
    of_one = (draft.agency_id, draft.recipient) == (lead.agency_id, lead.recipient)
    return of_one and draft.kind in ("extension", "waiver")


def _with(lead: Draft, besides: Sequence[Draft]) -> Draft:
    facts = lead.facts
    if not isinstance(facts, AnswerFacts | ReturnFacts):
        raise TypeError(lead.kind)
    return replace(
        lead,
        facts=replace(facts, agreed=tuple(agreement_sentences(draft) for draft in besides)),
        tells=(*lead.tells, *(topic for draft in besides for topic in draft.tells)),
        apart=(*(lead.apart or (lead,)), *besides),
    )


def agreement_sentences(draft: Draft) -> str:
    """What a letter of its own would say, within another's."""
    facts = draft.facts
    if not isinstance(facts, ReturnFacts):
        raise TypeError(draft.kind)
    it, is_ = ("them", "are") if facts.several else ("it", "is")
    if draft.kind == "waiver":
        said = f"The board no longer needs the {facts.noun}, and will not ask you for {it} again."
    elif facts.whole and not facts.here:
        said = f"We have accepted the {facts.noun}: you do not need to send {it} again."
    elif facts.whole:
        said = f"The {facts.noun} {is_} due by {facts.until} should we ask for {it} again."
    else:
        rest = "the rest" if facts.here or facts.accepted else it
        said = f"You have more time for the {facts.noun}: please send {rest} by {facts.until}."
        said = f"{said} {facts.with_it}".rstrip()
    return f"{said} {facts.tell}" if facts.tell else said
