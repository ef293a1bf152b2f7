"""The steps of a round by which letters go out: write, look again, hand back, send.

Does: asks the outbox for what is due, and lets go what may; before anybody is chased the sources
are looked at once more.
Trusts: the rooms that do the work.
Never touches: what letters say.
Known limits: none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from commands.app import House
from commands.coming_in import judge, let_go, notice
from commands.round_report import Report
from commands.take_in import take_in
from commands.transports import places
from config.calendar import moment
from handlers.sandbox.protocol import NoWorker
from intake.source_health import ROUNDS, TRANSPORT
from outbox.digest.digest_history import DIGEST
from outbox.sending.bounces import mark_returned
from outbox.sending.transport_back_off import closed
from outbox.writing.groups import numbered
from outbox.writing.letter import OF_THE_LADDER, Letter
from outbox.writing.words import count


def write(house: House, report: Report) -> Iterator[None]:
    """Letters that are due, into the queue."""
    back = mark_returned(house.ledger, house.queue)
    report.met(*(f"Letter {x.id} came back undelivered." for x in back))
    derived = house.correspondence.derive(house.now())
    report.queued += derived.queued
    report.met(*derived.troubles)
    yield


def write_again(house: House, report: Report) -> Iterator[None]:
    """Letters that ended the service when they were last worked out: everybody else's have left."""
    derived = house.correspondence.derive_again(house.now())
    report.queued += derived.queued
    report.met(*derived.troubles)
    report.more |= bool(derived.queued)
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
    zone = house.settings.board.zone
    report.met(*(postponed(x, zone) for x in done.postponed))
    report.met(*(f"Letter {x.id} could not be sent: {x.answer}." for x in done.failed))
    report.met(*(f"Letter {x.id} is held back: {x.answer}." for x in done.held_back))
    report.said += [waits(same, zone) for same in _for_one_reason(done.waits)]
    report.said += [f"Letter {x.id} is not sent: {x.answer}." for x in done.spared]
    _see_to_the_ways(house, report)
    yield


def postponed(letter: Letter, zone: ZoneInfo) -> str:
    """Why its last try did not succeed, how many there were, and when the next is."""
    return (
        f"Letter {letter.id} could not be sent yet: {letter.answer}. Tried"
        f" {count(letter.tries, 'time')}{_next(letter, zone)}."
    )


def waits(letters: Sequence[Letter], zone: ZoneInfo) -> str:
    """What waits for room under a cap, for one reason."""
    ids = [letter.id for letter in letters]
    which = f"Letter {ids[0]} waits" if len(ids) == 1 else f"{numbered('letters', ids)}, wait"
    return f"{which}: {letters[0].answer}{_next(letters[0], zone)}."


def _for_one_reason(letters: Iterable[Letter]) -> list[list[Letter]]:
    found = defaultdict[str, list[Letter]](list)
    for letter in letters:
        found[letter.answer].append(letter)
    return list(found.values())


def _next(letter: Letter, zone: ZoneInfo) -> str:
    at = letter.not_before
    return f"; next at {moment(at.astimezone(zone))}" if at else ""


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
    """One that has not gone is an outage of its own, until one has left: the next round writes the
    alert. A new day's, which there is time for yet, ends nothing."""
    late, left = house.digests.late(house.now()), house.digests.left()
    house.outages.noted({DIGEST: late} if late else {}, (DIGEST,) if left else (), house.now())
    if late is not None:
        report.met(late.sentence)
    yield
