"""The steps of a round that look after the service itself: its clock, its room, its alerts.

Does: doubts the clock before anything else is done, notes a disk that is nearly full, and tells the
operator by other ways than mail.
Trusts: the rooms that decide.
Never touches: what comes in, letters.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from commands.app import House
from commands.health_facts import free
from commands.round_report import Report
from commands.take_in import take_in
from config.sentence import sentence_of
from config.settings import Storage
from intake.disk_errors import DiskFull, NotWritable
from intake.source_health import CLOCK, DISK, KEPT, Doubt

LOW = 0.03  # of the disk, free


@dataclass(frozen=True, slots=True)
class NoRoom:
    """What is the matter, and what to do, in sentences of ours."""

    sentence: str
    fix: str


def kept(storage: Storage) -> tuple[Path, ...]:
    """The places that things are kept in, what lies in another before that."""
    return storage.vault, storage.register_file, storage.register_file.parent


def hindrance(report: Report, storage: Storage) -> tuple[str, NoRoom | None]:
    """What keeps the service from keeping anything: as which outage, and why; None for nothing."""
    if report.shut is not None:
        return KEPT, _shut(report.shut)
    fix = f"Make room in {storage.register_file.parent}."
    return DISK, NoRoom(sentence_of(DiskFull), fix) if report.full else None


def _shut(place: Path) -> NoRoom:
    return NoRoom(f"{sentence_of(NotWritable)} It is {place}.", NotWritable.fix)


def believe(house: House, report: Report) -> Iterator[None]:
    """The clock is believed: if it was not, what came meanwhile came by now."""
    for outage in house.outages.lasting():
        if outage.source == CLOCK:
            house.spool.taken_in_doubt(outage.since, house.now())
            house.outages.noted({}, {CLOCK}, house.now())
            report.said.append("The clock is believed again.")
    yield


def keep(house: House, why: Doubt, report: Report) -> Iterator[None]:
    """The clock is doubted: what comes is kept, as of when it was last believed, and no more."""
    report.met(why.sentence)
    house.outages.noted({CLOCK: why}, (), why.last)
    yield from take_in(replace(house, now=lambda: why.last), report)


def see_to_room(house: House, report: Report) -> Iterator[None]:
    """A disk that is nearly full is told while it can still be."""
    storage = house.settings.storage
    share, folder = min((free(f), f) for f in (storage.register_file.parent, storage.vault))
    low = NoRoom(f"Only {share:.1%} of the disk is free.", f"Make room in {folder}.")
    short = share < LOW
    house.outages.noted({DISK: low} if short else {}, () if short else (DISK,), house.now())
    closed = {KEPT: _shut(report.shut)} if report.shut else {}
    house.outages.noted(closed, () if closed else (KEPT,), house.now())
    yield


def alert(house: House, report: Report) -> Iterator[None]:
    """By other ways than mail; also of what keeps anything from being noted."""
    now = house.now()
    house.alarms.nothing_kept(now, *hindrance(report, house.settings.storage))
    report.met(*house.alarms.step(house.outages.recent(now), now))
    yield
