"""Tells the administrator what those who answer for them have settled by mail since the last
digest: who, what, and the link that takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from config.calendar import moment_in_words
from outbox.orders.order_records import OrderRecords
from outbox.writing.digest_facts import Need


def deputy_orders(
    records: OrderRecords, administrator: str, since: datetime | None, zone: tzinfo | None
) -> Iterator[Need]:
    """In the order in which they were done; an undo is one of them."""
    for answer, at in records.answered_since(since):
        if answer.email.casefold() == administrator.casefold():
            continue
        when = moment_in_words(at.astimezone(zone))
        for result in answer.results:
            if result.done:
                ended = result.about.endswith((".", "?", "!"))
                about = f"{result.about}{'' if ended else '.'} " if result.about else ""
                says = f"{answer.name or answer.email}, {when}: {about}{result.says[0]}"
                yield Need(says, links=result.undo_links)
