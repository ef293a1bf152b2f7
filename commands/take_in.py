"""Takes in from every source in turn into the spool, who is registered first."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from commands.app import House
from commands.round_report import Report
from commands.unforeseen import where
from config.calendar import briefly
from config.sentence import sentence_of
from handlers.sandbox.protocol import NoWorker, Stopped, WorkerLost
from intake.database import is_the_registers
from intake.disk_errors import disk_is_full
from intake.imap.errors import Away, MessageOutOfReach
from intake.imap.mailbox import Mailbox
from intake.source import (
    Beginning,
    CannotBeRead,
    NotHandedOver,
    NotThere,
    NotYet,
    Offer,
    Past,
    Source,
    Stray,
    TooLarge,
    Unreadable,
    Vanished,
)
from intake.source_health import message_in
from intake.unregistered_senders import A_ROUND, domain_of


def look_back(house: House, source: Source, report: Report) -> None:
    """Tell the source from when on. Raises NotThere or NotYet."""
    beginnings, now = house.reception.beginnings, house.now()
    known = beginnings.of(source.name)
    since = house.reception.since.get(source.name)
    today = midnight(now.date(), now)
    for past in source.past(known, midnight(since, now) if since else today):
        began = beginnings.begin(source.name, past, today, now)
        known[past.part] = began
        if past.messages:
            report.said.append(f"{source.name}: {lies_there(past, since or now.date())}")
        if since is not None:
            report.said.append(f"{source.name}: {are_taken(past, since)}")
    for part, beginning in known.items():
        at = midnight(since, now) if since else beginning.at.astimezone(now.tzinfo)
        source.begins(part, Beginning(at, beginning.last))


def lies_there(past: Past, since: date) -> str:
    """ "20,000 messages lie there from before, the oldest of 2019, and are left. ..."."""
    one = past.messages == 1
    what = "1 message lies" if one else f"{past.messages:,} messages lie"
    oldest = f"{'' if one else 'the oldest '}of {past.oldest}, " if past.oldest else ""
    return (
        f"{what} there from before, {oldest}and {'is' if one else 'are'} left. What comes from"
        f" {briefly(since)} {since.year} on is taken in; `since` in the settings of the mailbox"
        " names another day."
    )


def are_taken(past: Past, since: date) -> str:
    """ "412 messages there came from Thursday 1 January 2009 on and are taken in."."""
    when = f"came from {briefly(since)} {since.year} on"
    if not past.later:
        return f"No message there {when}."
    one = past.later == 1
    what = "1 message there" if one else f"{past.later:,} messages there"
    return f"{what} {when} and {'is' if one else 'are'} taken in."


def midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)


log = logging.getLogger(__name__)

AT_ONCE = 200  # messages that are described in one question


def take_in(house: House, report: Report) -> Iterator[None]:
    """Into the spool, a thing of every source in turn; one that was away already in this round is
    not asked again."""
    report.strangers = 0
    # What is on this machine first: no server is waited for before it is looked at.
    sources = sorted(house.sources, key=lambda source: isinstance(source, Mailbox))
    turns = deque(_turn(house, source, report) for source in sources)
    while turns:
        turn = turns.popleft()
        for _ in turn:
            turns.append(turn)
            yield
            break


def _turn(house: House, source: Source, report: Report) -> Iterator[None]:
    """All of one source, a thing at a time."""
    if source.name in report.absent:
        return
    try:
        look_back(house, source, report)
        yield from _in_order(house, source, report)
        report.looked.add(source.name)
    except NotYet:  # we are to stop
        return
    except NotThere as why:
        report.away.append(source.name)
        report.absent[source.name] = why
        report.met(_away(source, why))


def _away(source: Source, why: NotThere) -> str:
    if isinstance(why, Away):
        return f"{source.name}: {why}"
    if type(why) is NotThere:
        return f"The source {source.name} is not there."
    return why.sentence  # it says more than that


def _in_order(house: House, source: Source, report: Report) -> Iterator[None]:
    """Whoever is registered, and then strangers. Raises NotThere, when only a part is away after
    everything else was taken."""
    offers, trouble = _new(house, source)
    strangers: list[Offer] = []
    for offer in _described(house, source, offers):
        if offer is None:
            yield  # something was asked of the source
        elif offer.early:  # of the source's past, whoever sent it
            continue
        elif offer.expected:
            _take(house, source, offer, report)
            yield
        else:
            strangers.append(offer)
    yield from _of_strangers(house, source, strangers, report)
    if trouble is not None:
        raise trouble


def _new(house: House, source: Source) -> tuple[list[Offer], NotThere | None]:
    """What is offered and was not met before, and what was in the way of the rest. It costs one
    look at the source, and no transaction."""
    offers, trouble = [], None
    try:
        for offer in source.offers():
            offers.append(offer)
    except NotThere as why:
        trouble = why
    places = [offer.place for offer in offers]
    known = house.spool.known(source.name, places)
    house.spool.put_back(
        source.name, [o.place for o in offers if o.moves and o.place in known], house.now()
    )
    if not known.issuperset(places):
        known |= house.reception.strangers.passed_over(source.name, places)
    return [offer for offer in offers if offer.place not in known], trouble


def _described(house: House, source: Source, offers: list[Offer]) -> Iterator[Offer | None]:
    """With all that can be told without reading; None after each question."""
    reception = house.reception
    described, others = reception.backlog.sorted_out(source.name, offers)
    yield from described
    for n in range(0, len(others), AT_ONCE):
        batch = [
            replace(offer, expected=offer.expected or reception.registered(offer.sender))
            for offer in source.described(others[n : n + AT_ONCE])
        ]
        reception.backlog.add(source.name, batch)
        yield from batch
        yield None


def _of_strangers(
    house: House, source: Source, offers: list[Offer], report: Report
) -> Iterator[None]:
    """So many a round, and so many a day of each domain; colleagues of those who are registered
    first. What waits for its turn is noted, for a person to be told."""
    reception, today = house.reception, house.now().date()
    if not offers:
        reception.turns.noted(source.name, {}, (), house.now())
        return
    near, unjudged = reception.domains(), house.spool.strangers_waiting()
    full, waiting = reception.strangers.full(today), Counter[str]()
    for offer in sorted(offers, key=lambda offer: domain_of(offer.sender) not in near):
        domain = domain_of(offer.sender)
        if report.let_in + unjudged >= A_ROUND:
            waiting[domain] += 1
            report.more |= report.let_in > 0
            continue
        if full(domain):
            waiting[domain] += 1
            continue
        taken = report.taken
        if _let_in(house, source, offer, report):
            report.let_in += 1
        if report.taken > taken:
            reception.strangers.taken(domain, today)
            full = reception.strangers.full(today)
        yield
    report.strangers += waiting.total()
    reception.turns.noted(source.name, waiting, [d for d in waiting if full(d)], house.now())


def _let_in(house: House, source: Source, offer: Offer, report: Report) -> bool:
    """Whether it is dealt with: taken, or left where it is since it is for nobody here; of that
    nothing goes into the vault."""
    strangers = house.reception.strangers
    if not strangers.look_begins(source.name, offer.place, house.now()):
        return _take(house, source, offer, report)
    raw, left = None, False
    try:
        raw = source.read(offer)
        left = house.clerk.is_for_others(source.name, raw, house.now())
    except WorkerLost:
        pass  # it is taken in, where tries are counted
    except NoWorker as why:
        if not isinstance(why, Stopped):
            report.met(str(why))
        return False
    except (Vanished, NotYet, NotThere, Unreadable, TooLarge):
        pass  # as it is told of anything else
    except Exception as why:  # whatever it is: it is taken in, where tries are counted
        if disk_is_full(why):
            raise
    finally:
        strangers.look_ends(source.name, offer.place, left=left)
    if left:
        report.passed_over += 1
        return True
    return _take(house, source, offer, report, raw)


def _take(
    house: House, source: Source, offer: Offer, report: Report, raw: bytes | None = None
) -> bool:
    """Whether it is in the spool. `raw` are its bytes, where they were read already."""
    try:
        raw = source.read(offer) if raw is None else raw
    except (Vanished, NotYet):
        return False
    except (Unreadable, TooLarge) as why:
        return _told(house, source, offer, report, why)
    except NotThere:
        raise
    except Exception as why:  # one that is met as nobody foresaw stops no other
        if disk_is_full(why) or is_the_registers(why):
            raise
        log.error("%s: %s", source.name, where(why))
        refused = NotHandedOver() if isinstance(source, Mailbox) else Unreadable()
        return _told(house, source, offer, report, refused)
    if house.spool.take(source.name, offer, raw, house.now()):
        report.taken += 1
    elif offer.stays:  # from before we started: it need not be read again
        source.release(offer.place, house.vault.mark(raw), "taken")
    return True


def _told(
    house: House, source: Source, offer: Offer, report: Report, why: Unreadable | TooLarge
) -> bool:
    """What cannot be taken whole. Of a message that is too large its header block is."""
    if isinstance(why, TooLarge) and why.head:
        report.taken += house.spool.take(source.name, offer, why.head, house.now(), oversize=True)
        return True
    report.met(f"{source.name}{_whose(house, offer)}: {sentence_of(why)}")
    if isinstance(why, Unreadable):
        by_server = isinstance(why, NotHandedOver)
        why_not = MessageOutOfReach() if by_server else CannotBeRead()
        report.absent[message_in(source.name)] = why_not
        stray = Stray(offer.place, (), "unreadable", (offer.size or 0, 0))
        report.unread.setdefault(source.name, {})[offer.place] = stray
    return False


def _whose(house: House, offer: Offer) -> str:
    """The agency that a folder is registered for; any other name may be a child's."""
    code = offer.agency or ""
    return f", {code}" if code and house.register.people.places_of_agency(code) else ""
