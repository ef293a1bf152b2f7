"""The steps of a round by which letters go out: write, look again, hand back, send.

Does: asks the outbox for what is due, and lets go what may; before anybody is chased the sources
are looked at once more.
Trusts: the rooms that do the work.
Never touches: what letters say.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator

from commands.coming_in import judge, let_go, notice
from commands.house import House
from commands.report import Report
from commands.taking_in import take_in
from commands.ways import places
from handlers.worker.outcomes import NoWorker
from intake.heard import ROUNDS
from intake.outages import TRANSPORT
from outbox.closed import closed
from outbox.digest_late import DIGEST
from outbox.letter import OF_THE_LADDER
from outbox.returned import mark_returned


def write(house: House, report: Report) -> Iterator[None]:
    """Letters that are due, into the queue."""
    back = mark_returned(house.ledger, house.queue)
    report.met(*(f"Letter {x.id} came back undelivered." for x in back))
    derived = house.correspondence.derive(house.now())
    report.queued += derived.queued
    report.met(*derived.troubles)
    yield


def look_again(house: House, report: Report) -> Iterator[None]:
    """Before anybody is chased: what they sent in the meantime is taken in, and what need not go
    any more is called back."""
    now = house.now()
    chasers = (house.queue.is_ready(id) for id in house.queue.ready(now, OF_THE_LADDER))
    if any(letter and house.gate.stops(letter, now) is None for letter in chasers):
        for step in (take_in, judge, let_go, notice, write):
            yield from step(house, report)


def hand_back(house: House, report: Report) -> Iterator[None]:
    """Receipts, into the folders that files came from."""
    if house.receipts is None:
        return
    try:
        for trouble in house.receipts.hand_back(house.now()):
            if trouble:
                report.met(trouble)
            yield
    except NoWorker as why:
        report.met(str(why))


def send(house: House, report: Report) -> Iterator[None]:
    """Letters that may go, by the way that is theirs."""
    done = house.postman.deliver(house.now())
    report.sent += done.sent
    report.met(*(f"Letter {x.id} could not be sent yet." for x in done.postponed))
    report.met(*(f"Letter {x.id} could not be sent." for x in done.failed))
    report.met(*(f"Letter {x.id} is held back." for x in done.held_back))
    _see_to_the_ways(house, report)
    yield


def _see_to_the_ways(house: House, report: Report) -> None:
    """One that takes no letters is an outage from the first round that meets it to the last."""
    names = {place for place, _ in places(house.settings.outbox)}
    away = {f"{TRANSPORT}{w.transport}": w for w in house.transport_waits.all()}
    for wait in list(away.values()):
        if wait.transport not in names:  # it is not in the settings any more
            house.transport_waits.found_open(wait.transport)
            del away[f"{TRANSPORT}{wait.transport}"]
    ended = {outage.source for outage in house.outages.lasting()} - away.keys()
    house.outages.noted(
        {source: closed(wait) for source, wait in away.items()},
        {source for source in ended if source.startswith(TRANSPORT)},
        house.now(),
    )
    report.closed = [wait.transport for wait in away.values()]
    report.met(*(f"Letters cannot leave: {wait.answer}." for wait in away.values()))


def mark(house: House, report: Report) -> Iterator[None]:
    """The round has ended: what a monitor asks for."""
    house.heard.noted({ROUNDS}, house.now())
    yield


def see_to_the_digest(house: House, report: Report) -> Iterator[None]:
    """One that has not gone is an outage of its own: the next round writes the alert."""
    late = house.digests.late(house.now())
    house.outages.noted({DIGEST: late} if late else {}, () if late else (DIGEST,), house.now())
    if late is not None:
        report.met(late.sentence)
    yield
