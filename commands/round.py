"""One round: take in, judge, let go, write, send. The service is this, again and again.

Does: the steps in their order, each item on its own, so that one that goes wrong stops no
other.
Trusts: the rooms that do the work.
Never touches: what they decide.
Known limits: one thread. What goes wrong is told as the exception's type and our own lines,
never its message, which may hold what was being read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from commands.house import House
from commands.unforeseen import where
from handlers.desk.settlement import Settlement
from handlers.worker.outcomes import NoWorker
from intake.delivery import Delivery
from intake.full import disk_is_full
from intake.imap.trouble import Away, MessageOutOfReach
from intake.outages import message_in
from intake.source import (
    NotHandedOver,
    NotThere,
    NotYet,
    Offer,
    Source,
    TooLarge,
    Unreadable,
    Vanished,
)
from outbox.digest_late import DIGEST
from outbox.letter import OF_THE_LADDER, Draft, Letter
from outbox.returned import mark_returned

log = logging.getLogger(__name__)

FULL = "The disk is full. Nothing is lost: what has come stays where it is until there is room."


@dataclass(slots=True)
class Report:
    """What one round did. `troubles` are sentences for the operator, without names; `away` are
    the sources that could not be reached."""

    taken: int = 0
    settled: list[tuple[Delivery, Settlement]] = field(default_factory=list)
    queued: list[Draft] = field(default_factory=list)
    sent: list[Letter] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    absent: dict[str, NotThere] = field(default_factory=dict)

    @property
    def for_a_person(self) -> int:
        """How many documents wait for a person to look."""
        verdicts = [verdict for _, s in self.settled for verdict in s.verdicts]
        return sum(verdict in ("refer", "hold") for verdict in verdicts)


Watch = Callable[[Report], None]  # called after each thing that happened


def one_round(
    house: House,
    watch: Watch = lambda report: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Report:
    """Do everything that is to be done now; leave off between two things when `stopping`."""
    report = Report()
    try:
        for step in STEPS:
            for _ in step(house, report):
                watch(report)
                if stopping():
                    return report
    except Exception as why:
        if not disk_is_full(why):
            raise
        report.troubles.append(FULL)
    return report


def _take_in(house: House, report: Report) -> Iterator[None]:
    for source in house.sources:
        try:
            for offer in source.offers():
                if not house.spool.knows(source.name, offer.place):
                    _take(house, source, offer, report)
                    yield
        except NotYet:  # we are to stop
            return
        except NotThere as why:
            report.away.append(source.name)
            report.absent[source.name] = why
            report.troubles.append(_away(source, why))


def _away(source: Source, why: NotThere) -> str:
    if isinstance(why, Away):
        return f"{source.name}: {why}"
    if type(why) is NotThere:
        return f"The source {source.name} is not there."
    return why.sentence  # it says more than that


def _take(house: House, source: Source, offer: Offer, report: Report) -> None:
    try:
        raw = source.read(offer)
    except (Vanished, NotYet):
        return
    except (Unreadable, TooLarge) as why:
        if isinstance(why, TooLarge) and why.head:
            report.taken += house.spool.take(
                source.name, offer, why.head, house.now(), oversize=True
            )
        else:
            report.troubles.append(f"{source.name}: {(why.__doc__ or '').strip()}")
        if isinstance(why, NotHandedOver):
            report.absent[message_in(source.name)] = MessageOutOfReach()
        return
    if house.spool.take(source.name, offer, raw, house.now()):
        report.taken += 1
    elif offer.stays:  # from before we started: it need not be read again
        source.release(offer.place, house.vault.mark(raw), "taken")


def _judge(house: House, report: Report) -> Iterator[None]:
    for delivery in house.spool.waiting():
        try:
            report.settled.append((delivery, house.clerk.settle(delivery, house.now())))
        except NoWorker as why:
            report.troubles.append(str(why))
            return
        except Exception as why:  # an unforeseen bug: the item is set aside, not us
            if disk_is_full(why):  # no fault of the item's, which keeps its tries
                raise
            report.troubles.append(_went_wrong(house, delivery, why))
        yield


def _went_wrong(house: House, delivery: Delivery, why: Exception) -> str:
    last = house.spool.tried(delivery)
    log.error("delivery %d: %s", delivery.id, where(why))
    after = "It is set aside." if last else "It will be tried again."
    return f"Delivery {delivery.id} could not be judged. {after}"


def _let_go(house: House, report: Report) -> Iterator[None]:
    for source in house.sources:
        for delivery in house.spool.to_release(source.name):
            try:
                source.release(delivery.place, delivery.content, delivery.outcome or "set aside")
            except NotYet:  # we are to stop
                return
            except (OSError, NotThere, Unreadable, TooLarge):
                report.troubles.append(f"{source.name}: what was taken could not be moved aside.")
                continue
            house.spool.released(delivery, house.now())
            yield


def _notice(house: House, report: Report) -> Iterator[None]:
    """Who was away, and what lies in the drop folder and nobody takes."""
    there = {source.name for source in house.sources} - report.absent.keys()
    reached = (there | {message_in(name) for name in there}) - report.absent.keys()
    house.outages.noted(report.absent, reached, house.now())
    house.heard.noted(there, house.now())
    if house.drop is not None:
        complete = house.drop.name not in report.away
        house.strays.found(house.drop.strays(), house.now(), complete=complete)
    yield


def _write(house: House, report: Report) -> Iterator[None]:
    back = mark_returned(house.ledger, house.queue)
    report.troubles += [f"Letter {x.id} came back undelivered." for x in back]
    derived = house.correspondence.derive(house.now())
    report.queued += derived.queued
    report.troubles += derived.troubles
    yield


def _look_again(house: House, report: Report) -> Iterator[None]:
    """Before anybody is chased: what they sent in the meantime is taken in, and what need not go
    any more is called back."""
    now = house.now()
    chasers = (x for x in house.queue.ready(now) if x.kind in OF_THE_LADDER)
    if any(house.gate.stops(letter, now) is None for letter in chasers):
        for step in (_take_in, _judge, _let_go, _notice, _write):
            yield from step(house, report)


def _send(house: House, report: Report) -> Iterator[None]:
    done = house.postman.deliver(house.now())
    report.sent += done.sent
    report.troubles += [f"Letter {x.id} could not be sent yet." for x in done.postponed]
    report.troubles += [f"Letter {x.id} could not be sent." for x in done.failed]
    report.troubles += [f"Letter {x.id} is held back." for x in done.held_back]
    yield


def _hand_back(house: House, report: Report) -> Iterator[None]:
    """Receipts, into the folders that files came from."""
    if house.receipts is None:
        return
    try:
        for trouble in house.receipts.hand_back(house.now()):
            if trouble and trouble not in report.troubles:
                report.troubles.append(trouble)
            yield
    except NoWorker as why:
        report.troubles.append(str(why))


def _see_to_the_digest(house: House, report: Report) -> Iterator[None]:
    """One that has not gone is an outage of its own: the next round writes the alert."""
    late = house.digests.late(house.now())
    house.outages.noted({DIGEST: late} if late else {}, () if late else (DIGEST,), house.now())
    if late is not None:
        report.troubles.append(late.sentence)
    yield


STEPS = (
    _take_in,
    _judge,
    _let_go,
    _notice,
    _write,
    _look_again,
    _hand_back,
    _send,
    _see_to_the_digest,
)
