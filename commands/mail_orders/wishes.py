"""What an order asks for, as a command would ask for it: the words of the closed grammar, turned
into requests. To turn it changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from config.kind import Kinds
from config.order_words import ORDER_GRAMMAR
from handlers.orders.order import Assignment, Order
from handlers.register.agencies import AgencyPlace
from handlers.register.decision import DecisionReason, DecisionRefused
from handlers.register.requests import Request, RequestKind
from handlers.register.returns import EXTENSION_REQUEST, STAFF_LIST
from handlers.register.submissions import NOT_JUDGED_REASON, Entry
from outbox.writing.asks import AskTopic
from outbox.writing.commands_to_paste import is_bare_message

LetterVerb = Literal["release", "retry", "cancel"]
LETTER_VERBS: Mapping[str, LetterVerb] = {verb: verb for verb in get_args(LetterVerb)}


@dataclass(frozen=True, slots=True)
class LetterWish:
    """Letters that rest, or that are not written, are let go or not."""

    verb: LetterVerb
    items: tuple[int | str, ...]
    written: bool  # they have numbers, and not keys


@dataclass(frozen=True, slots=True)
class AssignWish:
    """Entries are of this place; None for those that stay where they are."""

    entries: tuple[int, ...]
    place: Assignment | None
    because: DecisionReason


@dataclass(frozen=True, slots=True)
class SendBackWish:
    """What is of no agency yet goes back to the one that its sender is of."""

    entry: int
    place: AgencyPlace
    because: DecisionReason


Wish = Request | tuple[Request, ...] | LetterWish | AssignWish | SendBackWish
_ARRIVED = "The {} has arrived: the board has it on paper, and nothing more is needed for it."
_TAKEN_BACK = "You have written to us that it is not to stand. Please send us what should."


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """What an order is about: the topic of the ask, the first of its entries that waits, and for
    which returns that asks more time."""

    topic: AskTopic
    entry: Entry | None
    asks_time_for: tuple[str, ...] = ()
    owes: Collection[str] = ()  # the kinds of return that its agency owes
    takes_back: tuple[int, ...] = ()  # what was accepted that a message may take back
    until: date | None = None  # the one day until which it asks for time
    asked_days: tuple[tuple[str, date | None], ...] = ()  # of each return, a day that it asks for
    decided: Collection[str] = ()  # of the returns that it asks more time for, those decided since
    of_sender: tuple[AgencyPlace, ...] = ()  # of what is of no agency yet: its sender's, if known

    @property
    def asks_for_several_days(self) -> bool:
        """Whether it asks for other days for one return than for another."""
        by_kind = defaultdict[str, set[date | None]](set)
        for kind, day in self.asked_days:
            by_kind[kind].add(day)
        return len({*map(frozenset, by_kind.values())}) > 1


def wish_of_order(
    order: Order, about: AskedAbout, because: DecisionReason, kinds: Kinds
) -> Wish | DecisionRefused:
    """What is asked for, or why that cannot be asked of it."""
    topic = about.topic
    if topic.sort in ("letters", "stopped"):
        verb = LETTER_VERBS.get(order.word)
        if verb is None or (topic.sort == "stopped" and verb != "cancel"):
            return _no_such_answer(order)
        return LetterWish(verb, topic.items, topic.sort == "letters")
    if topic.sort == "case":
        return _about_case(order, topic, because)
    if topic.sort == "agency":
        return _about_agency(order, topic, because)
    if about.entry is None:
        return _no_such_answer(order)
    return _about_entries(order, about, about.entry, because, kinds)


def _about_entries(
    order: Order, about: AskedAbout, entry: Entry, because: DecisionReason, kinds: Kinds
) -> Wish | DecisionRefused:
    ids = tuple(int(id) for id in about.topic.items)
    match order.word:
        case "accept" | "cleared":
            return _accepted(order, entry, ids, because)
        case "send back" | "ask again":
            return _sent_back(entry, ids, because, about)
        case "file":
            what = _filing(entry, about.owes, kinds)
            return Request(what, because, ids) if what else DecisionRefused(_IS_A_RETURN)
        case "no" if entry.kind == EXTENSION_REQUEST or about.asks_time_for:
            return Request("reject", because, ids)
        case "yes" if about.takes_back:
            taken = replace(because, tell=_TAKEN_BACK)
            back = (Request("reject", taken, (id,)) for id in about.takes_back)
            return (*back, Request("accept", because, ids))
        case "more time":
            return _more_time(order, about, because)
        case "waive" if about.asks_time_for:
            return Request(
                *("waive", because),
                case=about.topic.case,
                agency=about.topic.agency,
                kinds=about.asks_time_for,
            )
        case "assign":
            return AssignWish(ids, order.place, because)
        case "retry" if entry.reason == NOT_JUDGED_REASON and entry.agency_id is not None:
            return AssignWish(ids, None, because)
        case _:
            return _message_answered(order, about, entry, because, kinds)


def _message_answered(
    order: Order, about: AskedAbout, entry: Entry, because: DecisionReason, kinds: Kinds
) -> Wish | DecisionRefused:
    """A message without a document is answered in her words, and so is news; or by what its agency
    owes; or the board has seen what it speaks of."""
    ids = tuple(int(id) for id in about.topic.items)
    if order.word == "answer" and entry.agency_id is None and about.of_sender:
        return SendBackWish(entry.id, _their_place(about, because.tell), because)
    if order.word == "answer" and entry.agency_id is not None and _is_news(entry, kinds):
        return Request("accept", because, ids)
    if not is_bare_message(entry):
        return _no_such_answer(order)
    match order.word:
        case "answer":
            return Request("reject", because, ids)
        case "yes":
            return AssignWish(ids, None, because)
        case "seen outside" if not order.kind:
            return DecisionRefused(_WHICH_SEEN)
        case "seen outside":
            seen = _seen(order, about.topic, because)
            told = replace(because, tell=_ARRIVED.format(kinds[order.kind].noun))
            return (seen, Request("reject", told, ids))
        case _:
            return _no_such_answer(order)


def _accepted(
    order: Order, entry: Entry, ids: tuple[int, ...], because: DecisionReason
) -> Request | DecisionRefused:
    """Nobody on a list of staff is interviewed before the administrator says that they may be."""
    if entry.kind == EXTENSION_REQUEST:
        return DecisionRefused(_WHICH_DAY)
    if entry.kind != STAFF_LIST:
        accepts = order.word == "accept"
        return Request("accept", because, ids) if accepts else _no_such_answer(order)
    if order.word == "cleared":
        return Request("clear", replace(because, tell=_CLEARED), ids)
    return Request("accept", replace(because, tell=_NOT_BEFORE), ids)


_CASE_WORDS: Mapping[str, RequestKind] = {
    "put on hold": "hold",
    "reopen case": "reopen",
    "close case": "close",
    "more time": "prolong",
}


def _about_case(
    order: Order, topic: AskTopic, because: DecisionReason
) -> Request | DecisionRefused:
    what = _CASE_WORDS.get(order.word)
    if what is None:
        return _no_such_answer(order)
    return Request(what, because, case=topic.case, until=order.day)


def _about_agency(
    order: Order, topic: AskTopic, because: DecisionReason
) -> Request | DecisionRefused:
    match order.word:
        case "seen outside":
            return _seen(order, topic, because) if order.kind else DecisionRefused(_WHICH_SEEN)
        case "more time" if not order.kind:
            return DecisionRefused(_WHICH_RETURN)
        case "more time":
            return Request(
                *("extend", because),
                case=topic.case,
                agency=topic.agency,
                kinds=(order.kind,),
                until=order.day,
            )
        case _:
            return _no_such_answer(order)


def _seen(order: Order, topic: AskTopic, because: DecisionReason) -> Request:
    return Request(
        *("outside", because),
        case=topic.case,
        agency=topic.agency,
        kinds=(order.kind,),
        until=order.day,
    )


def words_to_tell(order: Order) -> str:
    """What the agency is told in her own words."""
    if order.word not in ("send back", "ask again", "answer", "no"):
        return ""
    told = order.rest.rstrip(" .").casefold() != ORDER_GRAMMAR.as_found
    return order.rest if told else ""


def _sent_back(
    entry: Entry, ids: Sequence[int], because: DecisionReason, about: AskedAbout
) -> Request | SendBackWish | DecisionRefused:
    if entry.agency_id is None and about.of_sender and because.tell and len(ids) == 1:
        return SendBackWish(ids[0], _their_place(about, because.tell), because)
    if entry.agency_id is None:
        return DecisionRefused(
            "It belongs to no agency yet, so there is nobody to send it back to. Say whose it is,"
            " or file it."
        )
    return Request("reject", because, tuple(ids))


def _their_place(about: AskedAbout, words: str) -> AgencyPlace:
    """Of a sender's places the one whose review the words name, else the first."""
    said = words.casefold()
    named = [place for place in about.of_sender if place.reference.casefold() in said]
    return (named or about.of_sender)[0]


def _is_news(entry: Entry, kinds: Kinds) -> bool:
    """Whether it is news, which somebody has seen to."""
    kind = kinds.get(entry.kind)
    return kind is not None and kind.urgent


def _filing(entry: Entry, owes: Collection[str], kinds: Kinds) -> RequestKind | None:
    """What it is to put something away that needs no answer; None for a return, which has one."""
    if entry.agency_id is None:
        return "reject"
    kind = kinds.get(entry.kind)
    if kind is not None and kind.signs and kind.id not in owes:
        return "keep"
    if not entry.position:
        return "accept"
    return "keep" if kind is None else None


def _more_time(
    order: Order, about: AskedAbout, because: DecisionReason
) -> Request | DecisionRefused:
    kinds = returns_for_time(order, about)
    if not kinds:
        return DecisionRefused(_WHICH_RETURN)
    return Request(
        *("extend", because),
        case=about.topic.case,
        agency=about.topic.agency,
        kinds=kinds,
        until=order.day,
    )


def returns_for_time(order: Order, about: AskedAbout) -> tuple[str, ...]:
    """The kinds of return that an order gives more time; none where that is not plain. A day
    without a return, where they ask for other days, is for those that ask for it."""
    if order.kind:
        return (order.kind,) if order.kind in about.owes else ()
    if about.asks_for_several_days:
        return tuple(kind for kind, day in about.asked_days if day == order.day)
    return about.asks_time_for


_WHICH_RETURN = (
    "It does not say plainly for which return more time is asked: say it with the day, such as:"
    " until 11 June for the IMR."
)
_WHICH_SEEN = (
    "It does not say plainly which return was seen: say it before the words, such as: chronology"
    " seen on paper 13 April."
)
_NOT_BEFORE = "Please interview nobody on it until we write to you that they are cleared."
_CLEARED = "The staff on it are cleared, and may be interviewed."
_WHICH_DAY = (
    "To accept it is to agree to a day, and it asks for none, or for several: say which, with the"
    " words more time until."
)
_IS_A_RETURN = "It is a return, and needs an answer: accept it, or send it back."


def _no_such_answer(order: Order) -> DecisionRefused:
    return DecisionRefused(f'"{order.word}" is no answer to this.')
