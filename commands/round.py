"""One round: a share of taking in, judging, letting go, writing, sending. The service is this,
again and again.

Does: the steps in their order.
Trusts: the steps, each of which keeps one item that goes wrong from stopping another.
Never touches: what they decide.
Known limits: one thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from commands.clock_doubt import doubted
from commands.coming_in import judge, judge_again, let_go, notice
from commands.going_out import (
    hand_back,
    look_again,
    mark,
    see_to_the_digest,
    send,
    write,
    write_again,
)
from commands.house import House
from commands.keeping_well import alert, believe, keep, kept, see_to_room
from commands.report import Report
from commands.taking_in import take_in
from config.sentence import sentence_of
from intake.full import DiskFull, disk_is_full
from intake.shut import NotWritable, shut

STEPS = (
    believe,
    take_in,
    judge,
    let_go,
    notice,
    see_to_room,
    write,
    look_again,
    hand_back,
    send,
    see_to_the_digest,
    mark,
    alert,
    write_again,
    judge_again,
)

SHARE_SECONDS = 20.0  # of each step, in one round

Step = Callable[[House, Report], Iterator[None]]
Watch = Callable[[Report], None]  # called after each thing that happened


def one_round(
    house: House,
    watch: Watch = lambda report: None,
    stopping: Callable[[], bool] = lambda: False,
    share: float = SHARE_SECONDS,
) -> Report:
    """Do a share of each step, of so many seconds, so that a backlog of one holds up no other
    (failure mode 112); leave off between two things when `stopping`. Where a step had more to do,
    the report says `more`."""
    report = Report()
    _shares(house, report, watch, stopping, share)
    return report


def whole_round(house: House, watch: Watch = lambda report: None) -> Report:
    """Do everything that is to be done now, share after share."""
    report = Report()
    while True:
        report.more, report.let_in = False, 0
        _shares(house, report, watch, lambda: False, SHARE_SECONDS)
        if not report.more:
            now = house.now()
            report.met(*house.alarms.finish(house.outages.recent(now), now))
            return report


def _shares(
    house: House, report: Report, watch: Watch, stopping: Callable[[], bool], share: float
) -> None:
    storage = house.settings.storage
    for step in _steps(house):
        began = time.monotonic()
        try:
            for _ in step(house, report):
                watch(report)
                if stopping():
                    return
                if time.monotonic() - began >= share:
                    report.more = True
                    break
        except Exception as why:
            # Where nothing can be kept the other steps do what they can: letters may still leave.
            if disk_is_full(why, storage.register_file.parent, storage.vault):
                report.met(sentence_of(DiskFull))
                report.full = True
            elif (place := shut(why, *kept(storage))) is not None:
                report.met(f"{sentence_of(NotWritable)} ({place})")
                report.shut = place
            else:
                raise


def _steps(house: House) -> tuple[Step, ...]:
    """While the clock is doubted nothing is judged, let go, written or sent."""
    why = doubted(house.ledger, house.settings, house.now(), played=house.played)
    if why is None:
        return STEPS
    return (lambda house, report: keep(house, why, report), alert)
