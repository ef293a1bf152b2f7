"""The steps of a round after what came was taken in: judge, let go, and notice what is amiss.

An item that goes wrong stops no other. It is told as the exception's type and our own lines, never
its message, which may hold what was being read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from commands.composition.app import Application
from commands.composition.round_limits import DELIVERY_SECONDS, RELEASE_BATCH
from commands.mail_orders.answering import settle_order_mail
from commands.rounds.round_report import RoundReport
from commands.rounds.round_scanning import note_unscanned, record_refused, record_scanner_outage
from commands.rounds.round_upkeep import storage_places
from commands.unforeseen import bug_location
from config.english import number_word
from handlers.register.row_proofs import RowNotAsRecorded
from handlers.sandbox.protocol import (
    DeliveryOutOfTime,
    WorkerLost,
    WorkerStopped,
    WorkerUnavailable,
)
from handlers.scanning.virus_scanner import ScannerUnavailable
from intake.disk_errors import find_unwritable_place, is_disk_full
from intake.imap.errors import MailServerUnreachable
from intake.source import HeldItem, Source, StillFetching
from intake.source_health import (
    JUDGING_OUTAGE,
    OutageKind,
    OutageSubject,
    message_outage,
    source_outage,
)
from intake.spool import MAX_JUDGING_TRIES, Delivery
from intake.vault import OriginalMissing, SealBroken
from outbox.orders.order_records import OrderRecords
from outbox.orders.refused_mails import REFUSED_FOR, REFUSED_OUTAGE, MailsRefused


@dataclass(frozen=True, slots=True)
class JudgingUnavailable:
    """Why no document can be opened, and what to do, in sentences of ours."""

    sentence: str
    fix: str = "Start the service again; see its log, and whether the machine has memory to spare."


@dataclass(frozen=True, slots=True)
class DeliverySetAside:
    """What could not be judged waits as this entry: said to the operator."""

    entry: int
    delivery: int

    @property
    def sentence(self) -> str:
        return (
            f"Delivery {self.delivery} could not be judged after"
            f" {number_word(MAX_JUDGING_TRIES)} tries. It is kept, and waits as entry {self.entry}."
        )

    @property
    def fix(self) -> str:
        return (
            f"To see whose it is and what can be done: `scr-intake show {self.entry}`"
            " The service's log says where it went wrong: tell whoever looks after it, with that"
            " line."
        )


log = logging.getLogger(__name__)

_TAKES_LONG = "Delivery {} takes long; it is gone on with after the others."
_NOT_JUDGED, _ASIDE = "Delivery {} could not be judged. {}", "It is set aside."


def judge_new(app: Application, report: RoundReport) -> Iterator[None]:
    """What was taken in, into the register; what was tried before comes last of all."""
    yield from _judged(app, report, lambda delivery: not 0 < delivery.tries < MAX_JUDGING_TRIES)


def judge_retried(app: Application, report: RoundReport) -> Iterator[None]:
    """What was tried before this round: should it end us once more, everybody else has had their
    turn, and their letters have left (failure mode 104)."""
    before = len(report.settled)
    yield from _judged(app, report, lambda delivery: delivery.tries > 0)
    report.more |= len(report.settled) > before


def _judged(
    app: Application, report: RoundReport, theirs: Callable[[Delivery], bool]
) -> Iterator[None]:
    waiting = _waiting(app, report, theirs)
    for delivery in waiting:
        report.tried.add(delivery.id)
        if not app.spool.begin_try(delivery):  # the last of them ended us, or the machine
            app.processor.set_delivery_aside(delivery, app.now(), read=False)
            log.error("delivery %d: each try ended the service, or the machine", delivery.id)
            report.more = True  # its sender and the operator are still to be told
            report.add_troubles(_NOT_JUDGED.format(delivery.id, _ASIDE))
            yield
            continue
        try:
            last = delivery.tries + 1 >= MAX_JUDGING_TRIES
            with app.sandbox_judge.delivery_time_limit(DELIVERY_SECONDS, delivery.id, last=last):
                ordered = settle_order_mail(app, delivery)
                settled = ordered or app.processor.settle_delivery(delivery, app.now())
            if settled.others_first:  # until what lies beside it is judged
                app.spool.uncount_try(delivery)
                report.tried.discard(delivery.id)
                waiting.append(delivery)
            else:
                report.settled.append((delivery, settled))
        except (
            DeliveryOutOfTime
        ):  # what there was no time for is judged in a later round, with its own
            report.said.append(_TAKES_LONG.format(delivery.id))
            report.tried.discard(delivery.id)
            report.more = True
        except WorkerLost as why:  # its try counts, and whoever is behind it is served
            report.add_troubles(_went_wrong(app, delivery, why, report))
        except WorkerUnavailable as why:
            app.spool.uncount_try(delivery)
            _note_unable(report, why)
            return
        except Exception as why:  # an unforeseen bug: the item is set aside, not us
            places = storage_places(app.settings.storage)
            if is_disk_full(why) or find_unwritable_place(
                why, *places
            ):  # no fault of the item's: it keeps its tries
                app.spool.uncount_try(delivery)
                raise
            report.add_troubles(_went_wrong(app, delivery, why, report))
        yield


def _waiting(
    app: Application, report: RoundReport, theirs: Callable[[Delivery], bool]
) -> list[Delivery]:
    """Nothing while the virus scanner cannot be relied on: it waits, and no try is counted."""
    if report.unscanned is not None:
        return []
    found = app.spool.waiting_deliveries()
    return [each for each in found if each.id not in report.tried and theirs(each)]


def _note_unable(report: RoundReport, why: WorkerUnavailable) -> None:
    if isinstance(why, ScannerUnavailable):
        note_unscanned(report, why)
    elif not isinstance(why, WorkerStopped):
        report.add_troubles(str(why))
        report.unable = why


def _went_wrong(app: Application, delivery: Delivery, why: Exception, report: RoundReport) -> str:
    if isinstance(why, RowNotAsRecorded):  # no fault of the item's: it waits
        app.spool.uncount_try(delivery)
        return why.explanation
    lost = isinstance(why, OriginalMissing | SealBroken) and app.lost_originals.explain(why)
    last = delivery.tries + 1 >= MAX_JUDGING_TRIES
    if last:
        app.processor.set_delivery_aside(delivery, app.now())
        report.more = True
    log.error("delivery %d: %s", delivery.id, bug_location(why))
    told = _NOT_JUDGED.format(delivery.id, _ASIDE if last else "It will be tried again.")
    return f"{told} {lost}" if lost else told


def release_taken(app: Application, report: RoundReport) -> Iterator[None]:
    """Sources are told what they need not keep; a server is told of many at once."""
    for source in app.sources:
        held = app.spool.deliveries_to_release(source.name)
        at_once = RELEASE_BATCH if source.remote else 1
        for n in range(0, len(held), at_once):
            try:
                away = _let_go(app, source, held[n : n + at_once], report)
            except StillFetching:  # we are to stop
                return
            yield
            if away:
                break


def _let_go(app: Application, source: Source, held: list[Delivery], report: RoundReport) -> bool:
    """Whether the source turned out to be away."""
    told = [HeldItem(each.place, each.content, each.outcome or "set aside") for each in held]
    ended = source.release_items(told)
    app.spool.mark_released([d for d, why in zip(held, ended, strict=True) if not why], app.now())
    for why in filter(None, ended):
        full = ": the disk it lies on is full" if is_disk_full(why) else ""
        report.add_troubles(f"{source.name}: what was taken could not be moved aside{full}.")
    return any(isinstance(why, MailServerUnreachable) for why in ended)


def _notice_aside(app: Application) -> None:
    """What could not be judged is told to the operator once, and once more when it is settled."""
    waits = app.register.entries.entries_not_judged()
    aside = {
        OutageSubject(OutageKind.SET_ASIDE, str(delivery)): DeliverySetAside(entry, delivery)
        for entry, delivery in waits
    }
    told = {
        outage.of
        for outage in app.outages.current_outages()
        if outage.of.kind is OutageKind.SET_ASIDE
    }
    app.outages.record_round(aside, told - aside.keys(), app.now())


def _notice_refused(app: Application) -> None:
    """Mails in the administrator's name that were not believed are told to the operator once, until
    none came for a day."""
    records = OrderRecords(app.database, app.vault)
    lately = records.refused_since(app.now() - REFUSED_FOR)
    refused = {REFUSED_OUTAGE: MailsRefused()} if lately else {}
    app.outages.record_round(refused, () if lately else (REFUSED_OUTAGE,), app.now())


def note_outages(app: Application, report: RoundReport) -> Iterator[None]:
    """Who was away, and what lies in a source and nobody takes."""
    there = [source for source in app.sources if source_outage(source) not in report.absent]
    asked = {message_outage(source) for source in there if source.name in report.looked}
    reached = ({source_outage(source) for source in there} | asked) - report.absent.keys()
    app.outages.record_round(report.absent, reached, app.now())
    unable = {JUDGING_OUTAGE: JudgingUnavailable(str(report.unable))} if report.unable else {}
    app.outages.record_round(unable, () if unable else (JUDGING_OUTAGE,), app.now())
    record_scanner_outage(app, report)
    record_refused(app)
    _notice_aside(app)
    _notice_refused(app)
    app.source_activity.record_answers({source.name for source in there}, app.now())
    for source in app.sources:
        complete = source.name in report.looked and source.name not in report.away
        strays = [*report.unread.get(source.name, {}).values(), *source.list_strays()]
        app.strays.record_strays(source, strays, app.now(), complete=complete)
    yield
