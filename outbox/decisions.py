"""Letters about decisions: what a person settled, told to whom it is about.

Does: derives the letters that decisions cause. Pure: what the register holds goes in, drafts come
out.
Trusts: the register. What a person wrote for the agency is told as they wrote it; why they decided
is not told.
Never touches: anything from inside a document but its findings.
Known limits: none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from config.calendar import Calendar, in_words
from config.kind import Kinds
from config.ladder import Ladder
from config.rule import Severity
from handlers.finding import Finding, Verdict
from handlers.register.decisions import Made
from handlers.register.entry import Entry
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.mending import mendable
from outbox.answers import Answerable, facts_of, how_to_send
from outbox.apart import LETTERS, alone
from outbox.checklist import NOTHING_WAITS, checklist, in_columns
from outbox.facts import AnswerFacts, ReturnFacts
from outbox.ladder import told_by
from outbox.letter import Draft, LetterKind, Recipient, Tells
from outbox.one_letter import with_apart
from outbox.words import listed


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision about what came, with the delivery it is about. `of.entries` are those to tell."""

    made: Made
    of: Answerable


@dataclass(frozen=True, slots=True)
class Agreed:
    """A decision about a return: more time, or that the board does without it. Those that were
    taken together have one lead. `waiting` is what is said of returns for which more time was
    asked."""

    made: Made
    reference: str
    case_id: int
    agency: AgencyRow
    row: ReturnRow
    recipients: tuple[Recipient, ...]
    waiting: Mapping[str, str] = field(default_factory=lambda: NOTHING_WAITS)


def ruled(
    due: Sequence[Ruled], kinds: Kinds, ladder: Ladder, calendar: Calendar, today: date
) -> Iterator[Draft]:
    """What a person decided about documents; what is still held is not mentioned. What was decided
    of one agency's is told to a reader in one letter."""

    def drafts(several: Sequence[Ruled]) -> Iterator[Draft]:
        one = _as_one(several)
        kind = _kind(one.made, one.of.entries)
        for recipient in one.of.recipients:
            if kind is None:
                continue
            yield Draft(
                key=key(one.made.id, recipient),
                kind=kind,
                recipient=recipient,
                facts=_ruling(one.made, one.of, recipient, kinds, today),
                case_id=one.of.case_id,
                agency_id=one.of.agency.id,
                thread=one.of.thread,
                replies=bool(one.of.thread),
                rungs=told_by(one.of.agency, ladder, calendar, today),
                tells=tuple(
                    Tells(decision_id=each.made.id, entry_id=entry.id)
                    for each in several
                    for entry in each.of.entries
                ),
            )

    told = [replace(x, of=replace(x.of, entries=tuple(_told(x.made, x.of.entries)))) for x in due]
    for several in _in_one_letter(told):
        apart = [draft for each in several for draft in drafts([each])]
        yield from with_apart(drafts(several), apart) if len(several) > 1 else apart


def _in_one_letter(due: Iterable[Ruled]) -> list[list[Ruled]]:
    """What goes together. A message without a document is answered by itself."""
    found = defaultdict[Hashable, list[Ruled]](list)
    for each in due:
        documents = each.of.entries and not any(entry.reason for entry in each.of.entries)
        reader = (each.of.agency.id, tuple(to.contact_id for to in each.of.recipients))
        found[reader if documents else each.made.id].append(each)
    return list(found.values())


def _as_one(several: Sequence[Ruled]) -> Ruled:
    """All of them, as the first of them; it answers the last message."""
    first, last = several[0], max(several, key=lambda each: each.of.received)
    of = replace(
        first.of,
        received=min(each.of.received for each in several),
        until=last.of.received,
        thread=last.of.thread,
        entries=tuple(entry for each in several for entry in each.of.entries),
    )
    return replace(first, of=of)


def agreed(
    due: Sequence[Agreed], kinds: Kinds, ladder: Ladder, calendar: Calendar, today: date
) -> Iterator[Draft]:
    """More time, or returns that are no longer asked for: one letter for what was agreed at
    once."""
    together = defaultdict[int, list[Agreed]](list)
    for each in due:
        together[each.made.lead_id].append(each)
    for lead, agreements in together.items():
        first = agreements[0]
        kind: LetterKind = "extension" if first.made.what == "extend" else "waiver"
        for recipient in first.recipients:
            yield Draft(
                key=key(lead, recipient),
                kind=kind,
                recipient=recipient,
                facts=_facts(agreements, recipient, kinds),
                case_id=first.case_id,
                agency_id=first.agency.id,
                rungs=told_by(first.agency, ladder, calendar, today),
                tells=tuple(Tells(decision_id=each.made.id) for each in agreements),
            )


def _kind(made: Made, entries: Sequence[Entry]) -> LetterKind | None:
    """A message that a person has placed is answered as if it had said itself whose it is."""
    only = alone(entries) if made.what == "assign" else None
    if only is not None:
        return LETTERS[only.reason]
    return "decision" if entries else None


def key(decision_id: int, to: Recipient) -> str:
    return f"decision/{decision_id}/{to.contact_id}"


def _ruling(made: Made, of: Answerable, to: Recipient, kinds: Kinds, today: date) -> AnswerFacts:
    """Of a message without a document there is nothing to say but what a person wrote, or that
    they have looked."""
    facts = facts_of(of, to.name, kinds, today)
    if not all(entry.reason for entry in of.entries):
        return facts
    tell = made.because.tell
    rejected = facts.rejected if tell else 0
    return replace(facts, documents=(), tell=tell, seen_to=not tell, rejected=rejected)


def _told(made: Made, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries as they stand by this decision. One that was assigned was judged anew."""
    for entry in entries:
        if made.what == "assign":
            if entry.verdict != "hold":
                yield entry
        else:
            found = (*_findings(made, entry), *_from_a_person(made))
            verdict: Verdict = "accept" if made.what == "accept" else "reject"
            # What a person found wrong is in some part, and nobody says in which.
            passed = () if made.because.tell else entry.told.passed
            told = replace(entry.told, findings=found, passed=passed)
            yield replace(entry, verdict=verdict, told=told)


def _findings(made: Made, entry: Entry) -> tuple[Finding, ...]:
    """A person who accepts has answered the questions; who rejects asks to have all mended."""
    advice = tuple(f for f in entry.told.findings if f.severity == "advice")
    return advice if made.what == "accept" else (*mendable(entry), *advice)


def _from_a_person(made: Made) -> Iterator[Finding]:
    """As one point among the others, whatever lines it was written in."""
    if made.because.tell:
        severity: Severity = "advice" if made.what == "accept" else "fault"
        yield Finding("told", severity, " ".join(made.because.tell.split()), "")


def _facts(agreements: Sequence[Agreed], to: Recipient, kinds: Kinds) -> ReturnFacts:
    agreed, about = agreements[0], {each.row.kind for each in agreements}
    return ReturnFacts(
        to=to.name,
        case=agreed.reference,
        agency=agreed.agency.name,
        noun=listed([kind.noun for kind in kinds.all if kind.id in about]),
        until=in_words(agreed.row.due),
        by_short=f"{agreed.row.due.day} {agreed.row.due:%B}",
        tell=agreed.made.because.tell,
        checklist=tuple(in_columns(checklist(agreed.agency, kinds, agreed.waiting))),
        how=how_to_send(dropped=False),
        several=len(about) > 1,
    )
