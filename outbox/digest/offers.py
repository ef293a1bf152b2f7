"""The ways in which a mail may answer what a digest asks about, each as its order of the closed
grammar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from config.calendar import Calendar, day_and_month
from config.kind import Kinds
from config.order_words import ORDER_GRAMMAR
from handlers.orders.grammar import is_place
from handlers.register.entries import WAITING_ELSEWHERE_REASONS
from handlers.register.entry_decisions import mendable_findings
from handlers.register.returns import EXTENSION_REQUEST, STAFF_LIST
from handlers.register.set_apart_reasons import REFUSED_REASONS, SetApartReason
from handlers.register.submissions import NOT_JUDGED_REASON, SEALED_NOTICE_REASON, Entry
from outbox.digest.time_offers import TimeAsked, time_offers
from outbox.digest.unproven_reports import ReportedReader
from outbox.due.refused_requests import NOT_ASKED_FOR
from outbox.writing.asks import DETAILS, HAND_IN, SEND_ME, Offer
from outbox.writing.commands_to_paste import is_bare_message, is_question_of_several

FILE = Offer("file", "file")
NO = Offer("no", "no")
ANOTHER_DATE = Offer("more time until another date", "more time until another date")
SEEN = Offer("seen", "seen")  # of news, which nobody asked for, and of what a stranger fears
TAKE_BACK = Offer("yes: it takes that back", "yes")
ANSWER = Offer("answer: your words", "answer: your words")
SEND_STATUS = Offer("yes: send them what they owe", "yes")
REGISTER_SENDER = Offer("register sender", "register sender")
MAX_PLACES = 6  # links to say whose something is, and what
# What is told with it where nothing was found that could be mended; she may put other words.
_NOT_USABLE = "we could not use this document as it is; please send it again"
_NOT_OPENED = "we could not open this document; please send it again, as a Word file"
# Without the words of a mail server's own notices, which are no words of hers.
_REFUSED = (
    "our safety check did not let us open this; please have it looked at where you work, and send"
    " the document again"
)
_OTHER_REVIEW = (
    "it names a review in which your agency has no part; please tell us which review it is for"
)
_WHICH_COUNTS = "we have several versions of this; please send the one that counts"
_SHORT = {
    NOT_ASKED_FOR: "not asked for",
    _REFUSED: "have it looked at, send it again",
    _OTHER_REVIEW: "which review?",
    _NOT_USABLE: "send it again",
    _NOT_OPENED: "send it as a Word file",
    _WHICH_COUNTS: "which one counts?",
}


@dataclass(frozen=True, slots=True)
class PossiblePlace:
    """Where something could be of: a case, an agency's code in it, and the kinds that it owes."""

    case: str
    agency: str
    owed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryToAnswer:
    """An entry, or several that are asked about in one line, of which it is the first."""

    entry: Entry
    places: tuple[PossiblePlace, ...] = ()
    time: TimeAsked = field(default_factory=TimeAsked)
    rivals: bool = False
    many: bool = False
    takes_back: bool = False  # a message may take back what was accepted
    on_paper: bool = False  # a message speaks of what the board sees itself
    of_sender: bool = False  # its sender has one place, which stands among the `places`
    people: tuple[Offer, ...] = ()  # to register who takes over, and take out who leaves
    reported: ReportedReader | None = None  # whose letter did not arrive, as a report says
    elsewhere: tuple[PossiblePlace, ...] = ()  # of its agency, in reviews that it may be for


# For a review that should be complete: each link first says what it would do.
LATE_CASE_OFFERS = (
    ANOTHER_DATE,
    Offer("put on hold", "put on hold"),
    Offer("close case", "close case"),
    Offer("details", "details"),
)


def entry_offers(
    ask: EntryToAnswer, kinds: Kinds, calendar: Calendar, today: date
) -> tuple[Offer, ...]:
    """What a mail may say about it, the likeliest first."""
    entry = ask.entry
    if entry.kind == EXTENSION_REQUEST and entry.agency_id is not None:
        found = [*time_offers(ask.time, kinds, today)]
        found += [] if ask.many else [ANOTHER_DATE, NO, *_waiver(ask, kinds)]
    elif ask.time.ways and not ask.many:
        found = [*time_offers(ask.time, kinds, today), ANOTHER_DATE, FILE]
    elif entry.agency_id is None:
        found = [*_nobodys_offers(ask, kinds, calendar, today)]
    elif entry.reason == NOT_JUDGED_REASON:
        found = [Offer("retry", "retry"), _send_back(_NOT_OPENED)]
    elif entry.reason in REFUSED_REASONS:
        found = [*([] if ask.many else [_send_back(_REFUSED)]), FILE]
    elif not entry.position:
        found = [*([] if ask.many else _message_offers(ask, kinds, today)), FILE]
        if ask.people and not ask.many:  # what it asks for is about them
            found = [*ask.people, *found]
    elif entry.kind is None:
        back = [] if ask.many else [_send_back(NOT_ASKED_FOR)]
        found = [*_assign_offers(ask, kinds), FILE, *back]
    else:
        moved = _assign_offers(replace(ask, places=ask.elsewhere), kinds)
        news = [SEEN] if ask.many else [SEEN, ANSWER]
        found = news if kinds[entry.kind].urgent else [*moved, *_document_offers(ask)]
    if not ask.many:
        found += [*(one for one in ask.people if one not in found), *_beside(entry)]
    dangerous = any(finding.severity == "danger" for finding in entry.told.findings)
    kept_back = dangerous or ask.many or _stands_in_details(entry, kinds)
    return (*found, *([] if kept_back else [SEND_ME]), DETAILS)


SEALED_RULE = "sealed"  # of config/arrivals.toml


def _nobodys_offers(
    ask: EntryToAnswer, kinds: Kinds, calendar: Calendar, today: date
) -> Iterator[Offer]:
    """Of what is of no agency yet. The notice of something sealed is no return: what waits
    elsewhere is, where the one whom it names has one place."""
    entry = ask.entry
    if entry.reason == SEALED_NOTICE_REASON:
        yield from [HAND_IN] if len(ask.places) == 1 and not ask.many else []
    else:
        yield from (*_assign_offers(ask, kinds), *_back_to_sender(ask))
        yield from [ANSWER] if is_question_of_several(entry) and not ask.many else []
    yield SEEN if entry.told.danger else FILE
    if ask.reported is not None:
        yield from ask.reported.offers(calendar, today)


def _stands_in_details(entry: Entry, kinds: Kinds) -> bool:
    """Whether it is a message whose words the answer to "details" has, with the link that sends
    the original."""
    kind = kinds.get(entry.kind)
    if kind is not None:
        return kind.urgent or kind.id == EXTENSION_REQUEST
    return not entry.position and entry.reason not in WAITING_ELSEWHERE_REASONS


def _back_to_sender(ask: EntryToAnswer) -> Iterator[Offer]:
    """To whoever sent what is of another review, where they are of one agency in one of ours."""
    if ask.of_sender and not ask.many and ask.entry.reason == SetApartReason.CASE_OTHER:
        yield _send_back(_OTHER_REVIEW)


def _beside(entry: Entry) -> Iterator[Offer]:
    """What may be done beside an answer: a sealed message was opened, its sender is nobody yet."""
    elsewhere = entry.reason in WAITING_ELSEWHERE_REASONS or is_sealed_message(entry)
    if entry.agency_id is not None and elsewhere:
        yield HAND_IN
    if entry.agency_id is None and entry.reason == SetApartReason.SENDER_UNKNOWN:
        yield REGISTER_SENDER


def is_sealed_message(entry: Entry) -> bool:
    """Whether it came encrypted, and nobody here could open it: it stands as a document of its
    own, and what was in it can be handed in once somebody has opened it."""
    return any(finding.rule == SEALED_RULE for finding in entry.told.findings)


def _message_offers(ask: EntryToAnswer, kinds: Kinds, today: date) -> Iterator[Offer]:
    """Of a message of an agency's; one that tells who leaves has offers of its own."""
    if ask.takes_back:
        yield TAKE_BACK
    elif is_bare_message(ask.entry) and _asks_besides(ask.entry):
        if ask.on_paper:
            yield from (seen_offer(kinds[kind].noun, today) for kind in _perhaps_on_paper(ask))
        yield from (ANSWER, SEND_STATUS)


def _asks_besides(entry: Entry) -> bool:
    """Whether there is anything to answer, beside who leaves and who takes over."""
    return entry.told.leaving is None or entry.told.leaving.asks


def _perhaps_on_paper(ask: EntryToAnswer) -> Sequence[str]:
    """The returns still to come that it names, or any of them."""
    owed = [kind for kind, _ in ask.time.dues]
    return [kind for kind in owed if kind in ask.entry.told.names] or owed


def seen_offer(noun: str, today: date) -> Offer:
    """That the board has seen a return itself, today or on another day that is written there."""
    day = day_and_month(today)
    return Offer(f"{noun} seen on paper {day}", f"seen outside {noun} on {day}: on paper")


def _document_offers(ask: EntryToAnswer) -> Iterator[Offer]:
    """Of a document that was recognised."""
    if ask.rivals:
        yield _send_back(_WHICH_COUNTS)
        return
    if ask.entry.verdict == "refer":
        yield Offer("accept", "accept")
    if ask.entry.kind == STAFF_LIST and not ask.many:
        yield Offer("cleared", "cleared")
    if not ask.many:
        found = mendable_findings(ask.entry)
        yield _send_back(ORDER_GRAMMAR.as_found if found else _NOT_USABLE)


def _send_back(words: str) -> Offer:
    """The link writes the words, which can be changed before it is sent; the label has few."""
    return Offer(f"send back: {_SHORT.get(words, words)}", f"send back: {words}")


def _waiver(ask: EntryToAnswer, kinds: Kinds) -> Iterator[Offer]:
    """To do without what more time is asked for: the link first says what that would do."""
    asked = dict.fromkeys(kind for way in ask.time.ways for kind in way.kinds)
    if asked:
        (first, *others) = asked
        yield Offer("waive them" if others else f"waive the {kinds[first].noun}", "waive")


def _assign_offers(ask: EntryToAnswer, kinds: Kinds) -> Iterator[Offer]:
    """One for each place that it could be of, and for each kind that it could be there."""
    found = [
        Offer(f"assign {words}", f"assign {words}")
        for place in ask.places
        for kind in _kinds_there(ask.entry, place, kinds)
        if is_place(words := f"{place.case} {place.agency} {kind}", kinds)
    ]
    yield from found[:MAX_PLACES]


def _kinds_there(entry: Entry, place: PossiblePlace, kinds: Kinds) -> Sequence[str]:
    """As an order calls them: what it was recognised as, else what it may be."""
    if entry.kind is not None:
        return [kinds[entry.kind].noun]
    if not entry.position:
        return [ORDER_GRAMMAR.as_it_reads]
    likely = [kind for kind in place.owed if kind in entry.told.clues.likely]
    return [kinds[kind].noun for kind in likely or place.owed]
