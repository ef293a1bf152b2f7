"""The steps of a round after what came was taken in: judge, let go, and notice what is amiss.

Does: each item on its own, so that one that goes wrong stops no other.
Trusts: the rooms that do the work.
Never touches: what they decide.
Known limits: what goes wrong is told as the exception's type and our own lines, never its message,
which may hold what was being read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from commands.app import House
from commands.keeping_well import kept
from commands.round_report import Report
from commands.unforeseen import where
from handlers.sandbox.protocol import NoWorker, OutOfTime, Stopped, WorkerLost
from intake.disk_errors import disk_is_full, shut
from intake.imap.errors import Away
from intake.imap.mailbox import Mailbox
from intake.source import Held, NotYet, Source
from intake.source_health import ASIDE, WORKER, message_in
from intake.spool import TRIES, Delivery


@dataclass(frozen=True, slots=True)
class Unable:
    """Why no document can be opened, and what to do, in sentences of ours."""

    sentence: str
    fix: str = "Start the service again; see its log, and whether the machine has memory to spare."


@dataclass(frozen=True, slots=True)
class Aside:
    """What could not be judged waits as this entry: said to the operator."""

    entry: int
    delivery: int

    @property
    def sentence(self) -> str:
        return (
            f"Delivery {self.delivery} could not be judged after three tries. It is kept, and waits"
            f" as entry {self.entry}."
        )

    @property
    def fix(self) -> str:
        return (
            f"To see whose it is and what can be done: `scr-intake show {self.entry}`"
            " The service's log says where it went wrong: tell whoever looks after it, with that"
            " line."
        )


log = logging.getLogger(__name__)

# What all documents of one delivery may take together: well within the service's watchdog.
DELIVERY_SECONDS = 180.0
LET_GO_AT_ONCE = 100  # messages of one mailbox
_TAKES_LONG = "Delivery {} takes long; it is gone on with after the others."
_NOT_JUDGED, _ASIDE = "Delivery {} could not be judged. {}", "It is set aside."


def judge(house: House, report: Report) -> Iterator[None]:
    """What was taken in, into the register; what was tried before comes last of all."""
    yield from _judged(house, report, lambda delivery: not 0 < delivery.tries < TRIES)


def judge_again(house: House, report: Report) -> Iterator[None]:
    """What was tried before this round: should it end us once more, everybody else has had their
    turn, and their letters have left (failure mode 104)."""
    before = len(report.settled)
    yield from _judged(house, report, lambda delivery: delivery.tries > 0)
    report.more |= len(report.settled) > before


def _judged(house: House, report: Report, theirs: Callable[[Delivery], bool]) -> Iterator[None]:
    for delivery in house.spool.waiting():
        if delivery.id in report.tried or not theirs(delivery):
            continue
        report.tried.add(delivery.id)
        if not house.spool.begin_try(delivery):  # the last of them ended us, or the machine
            house.clerk.set_aside(delivery, house.now(), read=False)
            report.more = True  # its sender and the operator are still to be told
            report.met(_NOT_JUDGED.format(delivery.id, _ASIDE))
            yield
            continue
        try:
            last = delivery.tries + 1 >= TRIES
            with house.confined.bounded(DELIVERY_SECONDS, delivery.id, last=last):
                report.settled.append((delivery, house.clerk.settle(delivery, house.now())))
        except OutOfTime:  # what there was no time for is judged in a later round, with its own
            report.said.append(_TAKES_LONG.format(delivery.id))
            report.tried.discard(delivery.id)
            report.more = True
        except WorkerLost as why:  # its try counts, and whoever is behind it is served
            report.met(_went_wrong(house, delivery, why, report))
        except NoWorker as why:
            house.spool.uncount_try(delivery)
            if not isinstance(why, Stopped):
                report.met(str(why))
                report.unable = why
            return
        except Exception as why:  # an unforeseen bug: the item is set aside, not us
            places = kept(house.settings.storage)
            if disk_is_full(why) or shut(
                why, *places
            ):  # no fault of the item's: it keeps its tries
                house.spool.uncount_try(delivery)
                raise
            report.met(_went_wrong(house, delivery, why, report))
        yield


def _went_wrong(house: House, delivery: Delivery, why: Exception, report: Report) -> str:
    last = delivery.tries + 1 >= TRIES
    if last:
        house.clerk.set_aside(delivery, house.now())
        report.more = True
    log.error("delivery %d: %s", delivery.id, where(why))
    return _NOT_JUDGED.format(delivery.id, _ASIDE if last else "It will be tried again.")


def let_go(house: House, report: Report) -> Iterator[None]:
    """Sources are told what they need not keep; a server is told of many at once."""
    for source in house.sources:
        held = house.spool.to_release(source.name)
        at_once = LET_GO_AT_ONCE if isinstance(source, Mailbox) else 1
        for n in range(0, len(held), at_once):
            try:
                away = _let_go(house, source, held[n : n + at_once], report)
            except NotYet:  # we are to stop
                return
            yield
            if away:
                break


def _let_go(house: House, source: Source, held: list[Delivery], report: Report) -> bool:
    """Whether the source turned out to be away."""
    told = [Held(each.place, each.content, each.outcome or "set aside") for each in held]
    ended = source.release_all(told)
    house.spool.released([d for d, why in zip(held, ended, strict=True) if not why], house.now())
    for why in filter(None, ended):
        full = ": the disk it lies on is full" if disk_is_full(why) else ""
        report.met(f"{source.name}: what was taken could not be moved aside{full}.")
    return any(isinstance(why, Away) for why in ended)


def _notice_aside(house: House) -> None:
    """What could not be judged is told to the operator once, and once more when it is settled."""
    waits = house.register.entries.not_judged()
    aside = {f"{ASIDE}{delivery}": Aside(entry, delivery) for entry, delivery in waits}
    told = {outage.source for outage in house.outages.lasting() if outage.source.startswith(ASIDE)}
    house.outages.noted(aside, told - aside.keys(), house.now())


def notice(house: House, report: Report) -> Iterator[None]:
    """Who was away, and what lies in a source and nobody takes."""
    there = {source.name for source in house.sources} - report.absent.keys()
    asked = {message_in(name) for name in there & report.looked}
    reached = (there | asked) - report.absent.keys()
    house.outages.noted(report.absent, reached, house.now())
    unable = {WORKER: Unable(str(report.unable))} if report.unable else {}
    house.outages.noted(unable, () if unable else (WORKER,), house.now())
    _notice_aside(house)
    house.heard.noted(there, house.now())
    for source in house.sources:
        complete = source.name in report.looked and source.name not in report.away
        strays = [*report.unread.get(source.name, {}).values(), *source.strays()]
        house.strays.found(source.name, strays, house.now(), complete=complete)
    yield
