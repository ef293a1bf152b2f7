"""Answers: one letter for each delivery that was judged, with every document's verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from config.calendar import (
    Calendar,
    date_in_words,
    date_without_year,
    day_and_month,
    moment_in_words,
)
from config.english import count_noun, join_with_and, plural_of
from config.kind import Kinds
from config.ladder import Ladder
from handlers.register.matrix import AgencyRow
from handlers.register.returns import CHASED_STATES, EXTENSION_REQUEST, SETTLED_STATES
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import NOT_JUDGED_REASON, Entry
from handlers.register.time_requests import WITHDRAWN_REASON
from outbox.due.counted_versions import CountedVersion, version_of
from outbox.due.ladder_steps import covered_reminders
from outbox.due.questions import (
    has_agency_question,
    is_empty_file,
    is_unopened,
    leaves_something_to_do,
)
from outbox.due.recipients import NO_STAND_INS, StandIns
from outbox.due.set_apart import ANSWERS_BY_REASON, REMOVED_REASON, sole_message_entry
from outbox.due.signing_again import signing_again
from outbox.due.still_to_send import pressing
from outbox.due.told_documents import document_again, document_of
from outbox.writing.checklist import (
    MORE_TIME,
    NOTHING_WAITS,
    align_columns,
    build_checklist,
)
from outbox.writing.document_numbers import number_documents, numbering_sentence
from outbox.writing.facts import AnswerFacts, DocumentFacts
from outbox.writing.letter import Draft, LetterKey, LetterKind, LetterTopic, Recipient

_ASKING_KINDS: tuple[LetterKind, ...] = ("nothing-found", "too-big")

# Questions that ask the author to send it again, in so many words.
RESEND_RULES = frozenset({"sealed", "cut-short"})


@dataclass(frozen=True, slots=True)
class AnswerableDelivery:
    """A judged delivery that may be answered, with all an answer needs.

    `received` is in the board's time zone. `again` are earlier entries whose bytes came again;
    `kept` is the version of each kind of return that counts now, `waiting` what is said of those
    for which more time was asked. One that stands for several has their numbers in `answers`,
    and came from `received` to `until`. `settled` are the entries, by number, about
    which nothing is left to do, since they ask for more time for what is settled or a later version
    has replaced them, with what a letter says of each. `stand_ins` are asked as well
    where something is to be done.
    """

    delivery_id: int
    received: datetime
    dropped: bool
    thread: str
    case_id: int
    reference: str
    agency: AgencyRow
    recipients: tuple[Recipient, ...]
    entries: tuple[Entry, ...]
    again: tuple[Entry, ...]
    kept: Mapping[str, CountedVersion] = field(default_factory=dict)
    waiting: Mapping[str, str] = field(default_factory=lambda: NOTHING_WAITS)
    until: datetime | None = None
    answers: tuple[int, ...] = ()
    settled: Mapping[int, str] = field(default_factory=dict)
    stand_ins: StandIns = NO_STAND_INS
    handed_in: bool = False  # by the board, for the agency

    @property
    def delivery_ids(self) -> tuple[int, ...]:
        return self.answers or (self.delivery_id,)


def draft_answers(
    due: Sequence[AnswerableDelivery], kinds: Kinds, ladder: Ladder, calendar: Calendar, today: date
) -> list[Draft]:
    """Every answer that is due, one draft for each recipient."""
    drafts = []
    for delivery in due:
        kind = answer_kind(delivery)
        if kind is not None:
            drafts += [
                Draft(
                    key=f"answer/{delivery.delivery_id}/{recipient.contact_id}",
                    kind=kind,
                    recipient=recipient,
                    facts=facts,
                    case_id=delivery.case_id,
                    agency_id=delivery.agency.id,
                    thread="" if facts.instead_of else delivery.thread,
                    replies=not facts.instead_of,
                    rungs=covered_reminders(delivery.agency, ladder, calendar, today),
                    tells=answer_topics(delivery),
                    about=LetterKey(delivery_id=delivery.delivery_id),
                )
                for recipient, facts in facts_for_each(
                    delivery, answer_facts(delivery, "", kinds, today), kind
                )
            ]
    return drafts


def facts_for_each(
    of: AnswerableDelivery, facts: AnswerFacts, kind: LetterKind
) -> Iterator[tuple[Recipient, AnswerFacts]]:
    """What each reader is told; those who stand in, of what asks something of its reader."""
    yield from ((to, replace(facts, to=to.name)) for to in of.recipients)
    if facts.rejected or facts.asks or facts.resend or kind in _ASKING_KINDS:
        instead_of = of.stand_ins.instead_of
        for to in of.stand_ins.people:
            yield to, replace(facts, to=to.name, instead_of=instead_of)


def answer_topics(of: AnswerableDelivery) -> tuple[LetterTopic, ...]:
    """What an answer is about: all that it answers, and what it says how it stands. Of what came
    again that a person has decided about nothing more is to come."""
    told = [*of.entries, *(entry for entry in of.again if entry.decided is None)]
    return (
        *(LetterTopic(delivery_id=id) for id in of.delivery_ids),
        *(LetterTopic(entry_id=entry.id) for entry in told if entry.verdict != "hold"),
    )


def answer_kind(delivery: AnswerableDelivery) -> LetterKind | None:
    """The heaviest verdict that may be told gives the letter its kind; None when all is held."""
    only = sole_message_entry(delivery.entries)
    if only is not None:
        return ANSWERS_BY_REASON[only.reason]
    if all(entry.verdict == "hold" for entry in delivery.entries):
        return "duplicate" if any(e.verdict != "hold" for e in delivery.again) else None
    about = [*delivery.entries, *_unmended(delivery)]
    verdicts = {"accept" if entry.id in delivery.settled else entry.verdict for entry in about}
    if "reject" in verdicts:
        mend = [
            e.told.findings for e in about if e.verdict == "reject" and e.id not in delivery.settled
        ]
        return "unreadable" if all(map(is_unopened, mend)) else "rejection"
    return "referral" if "refer" in verdicts else "acknowledgement"


def _unmended(delivery: AnswerableDelivery) -> list[Entry]:
    """What came again and still has to be mended, by where its return stands."""
    wanting = {row.kind for row in delivery.agency.returns if row.state == "rejected"}
    return [e for e in delivery.again if e.verdict == "reject" and e.kind in wanting]


def answer_facts(delivery: AnswerableDelivery, to: str, kinds: Kinds, today: date) -> AnswerFacts:
    """What a letter says of the documents of a delivery; what is held is not mentioned."""
    fresh = [e for e in delivery.entries if e.verdict != "hold"]
    again = [e for e in delivery.again if e.verdict != "hold"]
    told = [*fresh, *again]
    # What the letter is about: of what came again, what has to be mended all the same.
    about = [*fresh, *_unmended(delivery)] if fresh else told
    rejected = [e for e in about if e.verdict == "reject" and e.id not in delivery.settled]
    referred = [e for e in about if e.verdict == "refer" and e.id not in delivery.settled]
    open_ = [e for e in about if e.id not in delivery.settled]
    documents = [
        *(_said_of(delivery, e, kinds) or document_of(e, kinds) for e in fresh),
        *(_said_of(delivery, e, kinds) or document_again(e, kinds, e in about) for e in again),
    ]
    presses, still = pressing(delivery.agency, delivery.waiting, kinds, today)
    by, by_short = _by(delivery, rejected, today)
    told_apart = number_documents(
        [
            document
            if entry.id in delivery.settled
            else replace(document, version=version_of(entry, told, delivery.kept, kinds))
            for document, entry in zip(documents, told, strict=True)
        ],
        [(e.delivery_id, e.position) for e in told],
    )
    numbers = sum(len(d.changes) for d in told_apart)
    return AnswerFacts(
        to=to,
        case=delivery.reference,
        agency=delivery.agency.name,
        received=_received(delivery),
        came=join_with_and(_nouns(told, kinds)),
        nouns=join_with_and(_nouns(rejected or referred or open_ or about, kinds)),
        promise=" ".join(_promises(referred, delivery.agency, kinds)),
        documents=told_apart,
        pressing=presses,
        still=still,
        signing=signing_again(delivery.agency, open_, kinds),
        order=numbering_sentence(told_apart, delivery.dropped, len(delivery.delivery_ids)),
        stand=_stand(delivery.agency, rejected),
        checklist=tuple(align_columns(build_checklist(delivery.agency, kinds, delivery.waiting))),
        outstanding=any(r.state in CHASED_STATES for r in delivery.agency.returns),
        rest=_rest(delivery.agency, today),
        complete=delivery.agency.is_complete,
        rejected=len(rejected),
        referred=bool(referred),
        empty=all(is_empty_file(e.told.findings) for e in rejected),
        change_count=count_noun(numbers, "change"),
        by=by,
        by_short=by_short,
        resend=_resend(referred),
        urgent=any(is_urgent_news(e, kinds) for e in referred),
        asks=any(has_agency_question(e.told.findings, kinds.get(e.kind)) for e in referred),
        offers=any(leaves_something_to_do(c.fix) for d in told_apart for c in d.looked_at),
        removed=any(e.reason == REMOVED_REASON for e in delivery.entries),
        withdrawn=any(e.reason == WITHDRAWN_REASON for e in delivery.entries),
        already=not open_ and all(e.kind == EXTENSION_REQUEST for e in about),
        replaced=not open_ and any(e.kind != EXTENSION_REQUEST for e in about),
        how=how_to_send(dropped=delivery.dropped),
        handed_in=delivery.handed_in,
        status={e.reason for e in about} == {SetApartReason.STATUS_ASKED},
    )


def _said_of(delivery: AnswerableDelivery, entry: Entry, kinds: Kinds) -> DocumentFacts | None:
    """What is said of what nothing is left to do about; None for anything else."""
    says, kind = delivery.settled.get(entry.id), kinds.get(entry.kind)
    if not says or kind is None:
        return None
    asks = kind.id == EXTENSION_REQUEST
    return DocumentFacts("Your request for more time" if asks else kind.title, says)


def _promises(referred: Sequence[Entry], agency: AgencyRow, kinds: Kinds) -> Iterator[str]:
    """What becomes of all that a person looks at. Of what may turn out to be no return nobody is
    written to then, so that no letter about it is promised."""
    owed = {row.kind for row in agency.returns}
    asks = [e for e in referred if e.kind == EXTENSION_REQUEST and not e.reason]
    urgent = [e for e in referred if is_urgent_news(e, kinds)]
    known = [*asks, *urgent]
    open_ = [e for e in referred if e not in known and _may_be_no_return(e, owed, kinds)]
    sure = [e for e in referred if e not in known and e not in open_]
    if sure:
        nouns = join_with_and(_nouns(sure, kinds))
        yield f"A person here will look at your {nouns}, and we write to you when they have."
    if urgent:
        nouns = join_with_and(_nouns(urgent, kinds))
        yield f"A person of the board is told of your {nouns} at once, and answers you if need be."
    if asks:
        nouns = join_with_and(_nouns(asks, kinds))
        yield f"A person decides about your {nouns}, and we write to you when they have."
    if open_:
        nouns, it = (
            join_with_and(_nouns(open_, kinds)),
            "it counts" if len(open_) == 1 else "they count",
        )
        yield (
            f"A person here will look at your {nouns}. We write to you if {it} as one of the"
            " returns, or if we need anything more."
        )


def is_urgent_news(entry: Entry, kinds: Kinds) -> bool:
    """Whether it is news of which a person is told at once, and nothing that is asked for."""
    kind = kinds.get(entry.kind)
    return kind is not None and kind.urgent and not entry.reason


def is_all_news(entries: Sequence[Entry], kinds: Kinds) -> bool:
    """Whether nothing in it was asked for, so that none of it is accepted."""
    return bool(entries) and all(is_urgent_news(entry, kinds) for entry in entries)


def _may_be_no_return(entry: Entry, owed: Collection[str], kinds: Kinds) -> bool:
    """Whether a person may keep it as none: a document that nobody recognised, or words that were
    taken for a small return."""
    kind = kinds.get(entry.kind)
    if entry.reason:
        return False
    return kind is None or (bool(kind.signs) and kind.id not in owed)


def _rest(agency: AgencyRow, today: date) -> str:
    """By when what is still to be sent is looked forward to; a day that has passed is not named."""
    days = [row.due for row in agency.returns if row.state in CHASED_STATES]
    late = [day for day in days if day < today]
    if late and len(late) == len(days):
        return "as soon as you can"
    return "by the dates above" + (", and to what is late as soon as you can" if late else "")


def _received(of: AnswerableDelivery) -> str:
    """When it came, or the first and the last of it."""
    first = moment_in_words(of.received)
    last = moment_in_words(of.until) if of.until else first
    return first if first == last else f"{first} and later, the last at {last}"


def _resend(referred: Sequence[Entry]) -> bool:
    """Whether something that waits for a person cannot be read as it came."""
    rules = {finding.rule for entry in referred for finding in entry.told.findings}
    return not RESEND_RULES.isdisjoint(rules) or any(
        entry.reason == REMOVED_REASON for entry in referred
    )


def how_to_send(*, dropped: bool) -> str:
    """How to send the new version, by the way the last one came."""
    if dropped:
        return "Put the new version in your drop folder, or attach it to a reply to this message."
    return "Attaching it to a reply to this message is enough."


def _nouns(entries: Sequence[Entry], kinds: Kinds) -> list[str]:
    """The returns by name, each once, in the order of the kinds: "chronologies" where there are
    several."""
    named = [kinds.get(entry.kind) for entry in entries if not entry.reason]
    many = Counter(kind.id for kind in named if kind is not None)
    known = sorted(
        {k.order: plural_of(k.noun) if many[k.id] > 1 else k.noun for k in named if k}.items()
    )
    unknown = named.count(None) + sum(entry.reason == NOT_JUDGED_REASON for entry in entries)
    document = "document" if unknown == 1 else f"{unknown:,} documents"
    nouns = [noun for _, noun in known] + ([document] if unknown else [])
    return nouns or ["message"]


def _by(of: AnswerableDelivery, rejected: Sequence[Entry], today: date) -> tuple[str, str]:
    """ "by Friday 16 April 2010" and "16 April", or "as soon as you can" once the day is past. What
    is settled already is asked for by no day, nor is that for which more time may be given."""
    owed = [r for r in of.agency.returns if r.state not in SETTLED_STATES]
    mended = [r for r in owed for e in rejected if r.kind == e.kind]
    dues = [row.due for row in mended if of.waiting.get(row.kind) != MORE_TIME]
    if mended and not dues:
        return "as soon as you can: more time was asked for, and is not decided yet", ""
    if not dues:
        return "as soon as you can", ""
    first = min(dues)
    if first < today:
        return f"as soon as you can: it was due on {date_without_year(first)}", ""
    return f"by {date_in_words(first)}", day_and_month(first)


def _stand(agency: AgencyRow, rejected: Sequence[Entry]) -> bool:
    """Whether all that has to be mended came after a version that is accepted and stays."""
    accepted = {row.kind for row in agency.returns if row.state == "accepted"}
    return bool(rejected) and all(entry.kind in accepted for entry in rejected)
