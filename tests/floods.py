"""Floods, put straight into a board's register: very many of one thing, without judging each.

Does: logs messages of strangers as the clerk would, a delivery and an entry each.
Trusts: nothing.
Never touches: the confined worker; one flood of `tests/commands/test_grouped.py` goes through it.
Known limits: none.
"""

from __future__ import annotations

from datetime import UTC, datetime

from commands.house import House
from handlers.desk.lots import apart
from handlers.post.attribution import Unplaced
from handlers.register.entry import Docket, Origin
from intake.source import Offer

WHEN = datetime(2010, 3, 30, 9, tzinfo=UTC)
UNKNOWN = Unplaced("hold", "sender-unknown")


def flood(
    house: House,
    number: int,
    domain: str,
    why: Unplaced = UNKNOWN,
    origin: Origin | None = None,
    when: datetime = WHEN,
) -> None:
    """So many messages of one domain; `origin` is that of a registered sender's."""
    before = house.spool.counts()["judged"]
    whose = origin or Origin(domain=domain)
    with house.register.transaction():
        for n in range(before, before + number):
            house.spool.take("mail-1", Offer(f"flood {n}"), b"message %d" % n, when)
        for delivery in house.spool.waiting():
            own = apart(delivery.content, why)
            house.register.logbook.log(Docket(delivery, whose, (own,), when.date(), when))
            house.spool.judged(delivery, "held")
