"""One round: take in, judge, let go, write, send. The service is this, again and again.

Does: the steps in their order.
Trusts: the steps, each of which keeps one item that goes wrong from stopping another.
Never touches: what they decide.
Known limits: one thread.
"""

from __future__ import annotations

from collections.abc import Callable

from commands.coming_in import judge, let_go, notice, take_in
from commands.going_out import hand_back, look_again, see_to_the_digest, send, write
from commands.house import House
from commands.report import Report
from intake.full import disk_is_full

FULL = "The disk is full. Nothing is lost: what has come stays where it is until there is room."
STEPS = (
    take_in,
    judge,
    let_go,
    notice,
    write,
    look_again,
    hand_back,
    send,
    see_to_the_digest,
)

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
        report.met(FULL)
    return report
