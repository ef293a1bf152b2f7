"""The digests that were written, read back."""

from __future__ import annotations

from datetime import date

from outbox.digest_late import LastDigest
from outbox.past_digests import day_of_last, last_written, newest
from tests.outbox.conftest import NOW, Desk
from tests.outbox.test_queue import queued


def test_the_last_one_is_the_one_before_today(desk: Desk) -> None:
    queued(desk.queue)
    assert day_of_last(desk.ledger, NOW.date()) is None
    assert last_written(desk.ledger, NOW.date()) is None
    assert day_of_last(desk.ledger, date(2010, 4, 6)) == NOW.date()
    assert last_written(desk.ledger, date(2010, 4, 6)) == NOW


def test_the_newest_one_says_how_it_fared(desk: Desk) -> None:
    assert newest(desk.ledger) is None
    letter = queued(desk.queue)
    assert newest(desk.ledger) == LastDigest(NOW.date(), "queued", False, "")
    desk.queue.sending(letter)
    desk.queue.failed(letter, "nobody of that name")
    assert newest(desk.ledger) == LastDigest(NOW.date(), "failed", True, "nobody of that name")
