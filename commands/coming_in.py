"""The steps of a round by which things come in: take in, judge, let go, and notice what is amiss.

Does: each item on its own, so that one that goes wrong stops no other.
Trusts: the rooms that do the work.
Never touches: what they decide.
Known limits: what goes wrong is told as the exception's type and our own lines, never its message,
which may hold what was being read.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from commands.house import House
from commands.report import Report
from commands.unforeseen import where
from handlers.worker.outcomes import NoWorker, Stopped
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
from intake.spool import TRIES

log = logging.getLogger(__name__)

# What all documents of one delivery may take together: well within the service's watchdog.
DELIVERY_SECONDS = 180.0
_NOT_JUDGED, _ASIDE = "Delivery {} could not be judged. {}", "It is set aside."


def take_in(house: House, report: Report) -> Iterator[None]:
    """Into the spool, from every source; one that was away already in this round is not asked
    again."""
    for source in house.sources:
        if source.name in report.absent:
            continue
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
            report.met(_away(source, why))


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
            report.met(f"{source.name}: {(why.__doc__ or '').strip()}")
        if isinstance(why, NotHandedOver):
            report.absent[message_in(source.name)] = MessageOutOfReach()
        return
    if house.spool.take(source.name, offer, raw, house.now()):
        report.taken += 1
    elif offer.stays:  # from before we started: it need not be read again
        source.release(offer.place, house.vault.mark(raw), "taken")


def judge(house: House, report: Report) -> Iterator[None]:
    """What was taken in, into the register."""
    for delivery in house.spool.waiting():
        if not house.spool.begin_try(delivery):  # the last of them ended us, or the machine
            report.met(_NOT_JUDGED.format(delivery.id, _ASIDE))
            yield
            continue
        try:
            with house.confined.bounded(DELIVERY_SECONDS):
                report.settled.append((delivery, house.clerk.settle(delivery, house.now())))
        except NoWorker as why:
            house.spool.uncount_try(delivery)
            if not isinstance(why, Stopped):
                report.met(str(why))
            return
        except Exception as why:  # an unforeseen bug: the item is set aside, not us
            if disk_is_full(why):  # no fault of the item's, which keeps its tries
                house.spool.uncount_try(delivery)
                raise
            report.met(_went_wrong(house, delivery, why))
        yield


def _went_wrong(house: House, delivery: Delivery, why: Exception) -> str:
    last = delivery.tries + 1 >= TRIES
    if last:
        house.spool.set_aside(delivery)
    log.error("delivery %d: %s", delivery.id, where(why))
    return _NOT_JUDGED.format(delivery.id, _ASIDE if last else "It will be tried again.")


def let_go(house: House, report: Report) -> Iterator[None]:
    """Sources are told what they need not keep."""
    for source in house.sources:
        for delivery in house.spool.to_release(source.name):
            try:
                source.release(delivery.place, delivery.content, delivery.outcome or "set aside")
            except NotYet:  # we are to stop
                return
            except (OSError, NotThere, Unreadable, TooLarge) as why:
                full = ": the disk it lies on is full" if disk_is_full(why) else ""
                report.met(f"{source.name}: what was taken could not be moved aside{full}.")
                continue
            house.spool.released(delivery, house.now())
            yield


def notice(house: House, report: Report) -> Iterator[None]:
    """Who was away, and what lies in the drop folder and nobody takes."""
    there = {source.name for source in house.sources} - report.absent.keys()
    reached = (there | {message_in(name) for name in there}) - report.absent.keys()
    house.outages.noted(report.absent, reached, house.now())
    house.heard.noted(there, house.now())
    if house.drop is not None:
        complete = house.drop.name not in report.away
        house.strays.found(house.drop.strays(), house.now(), complete=complete)
    yield
